//! Whether a password is the right one. A wrong answer takes the same time whatever is wrong, as long as hashes were made with
//! today's parameters; after the operator raised them, an account not seen since answers in the time of its old ones.

use sqlx::{Any, Transaction};

use super::store;
use crate::base::hashing::Verdict;
use crate::base::{Password, Site};
use crate::people::AccountId;
use crate::web;

/// A password that was right a moment ago.
#[derive(Debug)]
pub struct Proof {
    account: AccountId,
    hash: String,
}

impl Proof {
    /// Whose password it is.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it still is their password, and they may sign in. Checking takes long enough for it to be changed meanwhile:
    /// asked in the transaction that relies on it.
    pub async fn stands(&self, tx: &mut Transaction<'static, Any>) -> sqlx::Result<bool> {
        store::is_current(tx, &self.account, &self.hash).await
    }
}

/// Checks a password against that of an account; for no account, or one without a password, as much is computed and the
/// answer is no.
pub async fn check(
    site: &Site,
    account: Option<&AccountId>,
    password: &Password,
    request_id: &str,
) -> web::Result<Option<Proof>> {
    loop {
        let stored = match account {
            Some(account) => store::hash_of(&site.db, account).await?,
            None => None,
        };
        let (Some(account), Some(stored)) = (account, stored) else {
            site.hashing.verify_nobody(password).await?;
            return Ok(None);
        };
        match site.hashing.verify(password, &stored).await? {
            Verdict::Wrong => return Ok(None),
            Verdict::Right => return Ok(Some(Proof { account: account.clone(), hash: stored })),
            // Where another log-in renewed it first, the password is compared with what that one stored.
            Verdict::RightButOutdated => {
                if let Some(hash) = renew(site, account, password, stored, request_id).await? {
                    return Ok(Some(Proof { account: account.clone(), hash }));
                }
            }
            Verdict::Unusable => {
                log::error!(
                    event = "sys_broken", request_id, account:%;
                    "a stored password hash cannot be used; set a new password for this account"
                );
                return Ok(None);
            }
        }
    }
}

/// Hashes a right password with today's parameters. The answer is the hash that is stored from now on, or nothing where that
/// was changed meanwhile. If renewing fails, the log-in stands with the old one, and the next tries again.
async fn renew(
    site: &Site,
    account: &AccountId,
    password: &Password,
    old: String,
    request_id: &str,
) -> web::Result<Option<String>> {
    let new = site.hashing.hash(password).await?;
    Ok(match store::refresh(&site.db, account, &old, &new).await {
        Ok(replaced) => replaced.then_some(new),
        Err(error) => {
            log::warn!(event = "sys_database", request_id, account:%; "a password hash was not renewed: {error}");
            Some(old)
        }
    })
}
