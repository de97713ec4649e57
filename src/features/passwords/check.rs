//! Whether a password is the right one. Every wrong answer takes the same time, whatever is wrong.

use super::store;
use crate::base::hashing::Verdict;
use crate::base::{Password, Site};
use crate::people::AccountId;
use crate::web;

/// Checks a password against that of an account; for no account, or one without a password, as much is computed and the
/// answer is no.
pub async fn check(site: &Site, account: Option<&AccountId>, password: &Password) -> web::Result<bool> {
    let stored = match account {
        Some(account) => store::hash_of(&site.db, account).await?,
        None => None,
    };
    let (Some(account), Some(stored)) = (account, stored) else {
        site.hashing.verify_nobody(password).await?;
        return Ok(false);
    };
    match site.hashing.verify(password, &stored).await? {
        Verdict::Wrong => Ok(false),
        Verdict::Right => Ok(true),
        Verdict::RightButOutdated => {
            renew(site, account, password, &stored).await;
            Ok(true)
        }
        Verdict::Unusable => {
            log::error!(event = "sys_broken", account:%; "a stored password hash cannot be used; set a new password for this account");
            Ok(false)
        }
    }
}

/// Hashes a right password with today's parameters. If that fails the log-in stands: the next one tries again.
async fn renew(site: &Site, account: &AccountId, password: &Password, old: &str) {
    let Ok(new) = site.hashing.hash(password).await else { return };
    if let Err(error) = store::refresh(&site.db, account, old, &new).await {
        log::warn!(event = "sys_database", account:%; "a password hash was not renewed: {error}");
    }
}
