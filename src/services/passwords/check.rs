//! Checks whether a password is right. A negative answer takes the same time whatever is wrong, if the hash
//! was made with today's parameters. After the operator raises them, an account that has not logged in since
//! answers in the time of the old ones.

use super::store;
use super::target::{Bar, Target};
use crate::base::hashing::Verdict;
use crate::base::{Password, Site};
use crate::people::AccountId;
use crate::web;

/// The result of a check.
pub(super) enum Checked {
    /// It is the password of this account, whose stored hash this is.
    Right(AccountId, String),
    /// It is, but the account cannot be logged in to.
    Barred(Bar),
    /// It is not.
    Wrong,
    /// It is not, unless it was changed meanwhile: the database could not say.
    Unsure(sqlx::Error),
}

/// Checks a password against an account. Without an account, or if it has no password, as much is computed
/// and the answer is no. For an account that cannot be logged in to, it is also computed whether the password
/// is right, for the log, with no more work than for a wrong one. An error means that it was not checked.
pub(super) async fn check(
    site: &Site,
    target: &Target,
    password: &Password,
    request_id: &str,
) -> web::Result<Checked> {
    let mut stored = target.hash.clone();
    loop {
        let (Some(account), Some(hash)) = (&target.account, &stored) else {
            site.hashing.verify_dummy(password).await?;
            match is_still(site, target, &mut stored).await {
                Ok(true) => return Ok(Checked::Wrong),
                Ok(false) => continue,
                Err(error) => return Ok(Checked::Unsure(error)),
            }
        };
        match (site.hashing.verify(password, hash).await?, target.bar) {
            (Verdict::Right, None) => return Ok(Checked::Right(account.clone(), hash.clone())),
            // If another login renewed the hash first, the password is compared with the new one.
            (Verdict::RightButOutdated, None) => {
                if let Some(hash) = rehash(site, account, password, hash, request_id).await {
                    return Ok(Checked::Right(account.clone(), hash));
                }
                stored = store::hash_of(&site.db, Some(account)).await?;
            }
            // A right password of an account that is barred takes as many queries as a wrong one.
            (verdict, bar) => {
                match is_still(site, target, &mut stored).await {
                    Ok(true) => {}
                    Ok(false) => continue,
                    Err(error) => return Ok(Checked::Unsure(error)),
                }
                if verdict == Verdict::Unusable {
                    log::error!(
                        event = "sys_broken", request_id, account:%;
                        "the stored password hash of this account is not valid; set a new one with `{} account set-password`",
                        site.settings.program.name
                    );
                }
                let is_right = matches!(verdict, Verdict::Right | Verdict::RightButOutdated);
                return Ok(bar.filter(|_| is_right).map_or(Checked::Wrong, Checked::Barred));
            }
        }
    }
}

/// Whether a hash is still the one of the account. It was read before the attempt waited for its turn, and the
/// password may have been changed meanwhile. If so, this replaces it.
async fn is_still(site: &Site, target: &Target, stored: &mut Option<String>) -> sqlx::Result<bool> {
    let now = store::hash_of(&site.db, target.account.as_ref()).await?;
    let is_still = now == *stored;
    *stored = now;
    Ok(is_still)
}

/// Hashes a right password with today's parameters. Returns the hash that is stored from now on, or `None` if
/// it was changed in the meantime. If it cannot be renewed now (the queue is full, or the database fails),
/// the login succeeds with the old one, and the next tries again.
async fn rehash(
    site: &Site,
    account: &AccountId,
    password: &Password,
    old: &str,
    request_id: &str,
) -> Option<String> {
    let renewed: web::Result<_> = async {
        let new = site.hashing.hash(password).await?;
        let replaced = store::rehash(&site.db, account, old, &new).await?;
        Ok(replaced.then_some(new))
    }
    .await;
    renewed.unwrap_or_else(|error| {
        log::warn!(event = "sys_database", request_id, account:%; "could not rehash a password: {error}");
        Some(old.to_owned())
    })
}
