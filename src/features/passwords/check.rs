//! Whether a password is the right one. A wrong answer takes the same time whatever is wrong, as long as hashes were made with
//! today's parameters; after the operator raised them, an account not seen since answers in the time of its old ones.

use super::store;
use crate::base::hashing::Verdict;
use crate::base::limit::{Guess, Turn, guesses};
use crate::base::{Password, Site, Tx};
use crate::people::AccountId;
use crate::web;

/// A password that was right a moment ago. While it is held, nobody else guesses at the same account.
#[derive(Debug)]
pub struct Proof {
    account: AccountId,
    hash: String,
    guesses: [Guess; 2],
    known: bool,
    _turn: Turn<Guess>,
}

impl Proof {
    /// That `hash` was made of the password of an account. Until that is relied on it is counted as a guess: the first of
    /// these. The second are those of the device, from when it was known, which `known` says of now.
    pub(super) fn new(
        account: AccountId,
        hash: String,
        guesses: [Guess; 2],
        known: bool,
        turn: Turn<Guess>,
    ) -> Proof {
        Proof { account, hash, guesses, known, _turn: turn }
    }

    /// Whether it was given in a browser that the account knows since it has this password.
    pub fn by_known_device(&self) -> bool {
        self.known
    }

    /// Whose password it is.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it still is their password, and they may sign in; then the wrong guesses before it are forgotten. Checking
    /// takes long enough for it to be changed meanwhile: asked in the transaction that relies on it.
    pub async fn stands(&self, tx: &mut Tx) -> sqlx::Result<bool> {
        let stands = store::is_current(tx, &self.account, &self.hash).await?;
        if stands {
            guesses::clear_both(tx, &self.guesses).await?;
        }
        Ok(stands)
    }
}

/// Checks a password against that of an account; for no account, or one without a password, as much is computed and the
/// answer is no. Where it is right, the answer is the account and the hash that is stored of it.
pub(super) async fn check(
    site: &Site,
    account: Option<&AccountId>,
    password: &Password,
    request_id: &str,
) -> web::Result<Option<(AccountId, String)>> {
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
            Verdict::Right => return Ok(Some((account.clone(), stored))),
            // Where another log-in renewed it first, the password is compared with what that one stored.
            Verdict::RightButOutdated => {
                if let Some(hash) = renew(site, account, password, stored, request_id).await? {
                    return Ok(Some((account.clone(), hash)));
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
