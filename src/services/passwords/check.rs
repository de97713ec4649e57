//! Checks whether a password is right. A negative answer takes the same time whatever is wrong, if the hash
//! was made with today's parameters. After the operator raises them, an account that has not logged in since
//! answers in the time of the old ones.

use std::sync::atomic::{AtomicBool, Ordering};

use super::store;
use crate::base::hashing::Verdict;
use crate::base::rate_limit::failed_logins::{self, GiveBack};
use crate::base::rate_limit::{FailedLoginsKey, KeyedGuard};
use crate::base::{Client, Password, Site, Time, Tx};
use crate::people::AccountId;
use crate::people::sessions::{Authenticated, Method, Standing};
use crate::web::{self, Error, Submission};

/// A password that was just found to be right. While it is held, no other request checks a password of the
/// same account.
#[derive(Debug)]
pub struct VerifiedPassword {
    account: AccountId,
    hash: String,
    count: Count,
    standing: Standing,
    submission: Submission,
    relied_on: AtomicBool,
    _turn: KeyedGuard<FailedLoginsKey>,
}

/// How an attempt was counted.
#[derive(Debug)]
pub(super) struct Count {
    /// Where it was counted.
    pub(super) counted: FailedLoginsKey,
    /// The separate count of the browser.
    pub(super) own: FailedLoginsKey,
    /// How to take it back.
    pub(super) back: GiveBack,
}

impl VerifiedPassword {
    /// Records that `hash` was made of an account's password, entered in a form. Until it is used, it stays
    /// counted as a wrong password.
    pub(super) fn new(
        (account, hash): (AccountId, String),
        count: Count,
        (standing, submission): (Standing, Submission),
        turn: KeyedGuard<FailedLoginsKey>,
    ) -> VerifiedPassword {
        let relied_on = AtomicBool::new(false);
        VerifiedPassword { account, hash, count, standing, submission, relied_on, _turn: turn }
    }

    /// Whether it was entered in a browser that has logged in to the account since the password was set.
    pub fn by_known_browser(&self) -> bool {
        self.standing == Standing::Known
    }

    /// The account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it still is the account's password, and the account may log in. Checking takes long enough for
    /// a change, so this is called in the transaction that relies on it.
    pub async fn stands(&self, tx: &mut Tx) -> sqlx::Result<bool> {
        store::is_current(tx, &self.account, &self.hash).await
    }

    /// Its owner, if it stands, for a session in the same transaction.
    pub async fn authenticated(&self, tx: &mut Tx, now: Time) -> sqlx::Result<Option<Authenticated>> {
        let stands = self.stands(tx).await?;
        Ok(stands.then(|| Authenticated::by(Method::Password, &self.account, now)))
    }

    /// Commits the transaction that relies on it, and takes back its count: exactly its own, and those of
    /// this browser.
    pub async fn commit(&self, mut tx: Tx) -> sqlx::Result<()> {
        let Count { counted, own, back } = &self.count;
        failed_logins::settle(&mut tx, own, counted, *back).await?;
        tx.commit().await?;
        self.relied_on.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Does the work that relies on it. If the work fails (a database error, an expired link), a right
    /// password must not remain counted as a wrong one: its count is given back. If the visitor disconnects
    /// in between, it stays counted: otherwise, disconnecting would give free attempts. And if the work
    /// failed because another instance was faster with the same form, that is the answer.
    pub async fn settle<T>(
        &self,
        site: &Site,
        client: &Client,
        work: impl Future<Output = web::Result<T>>,
    ) -> web::Result<T> {
        let done = work.await;
        if self.relied_on.load(Ordering::SeqCst) {
            return done;
        }
        self.count.give_back(site, &client.request_id).await;
        match done {
            Ok(_) if self.submission.is_done(site).await? => Err(Error::DoneBefore),
            done => done,
        }
    }
}

impl Count {
    /// Gives the count back in a separate transaction. If that fails too, it stays counted.
    pub(super) async fn give_back(&self, site: &Site, request_id: &str) {
        let given = async {
            let mut tx = site.db.begin_locked(&[]).await?;
            failed_logins::give_back(&mut tx, &self.counted, self.back).await?;
            tx.commit().await
        };
        if let Err(error) = given.await {
            log::warn!(event = "sys_database", request_id; "could not take back the count of a password attempt: {error}");
        }
    }
}

/// Why an account cannot be logged in to, whatever the password.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// Its address is not confirmed.
    Unconfirmed,
    /// The operator disabled it.
    Disabled,
}

/// The result of a check.
pub(super) enum Checked {
    /// It is the password of this account, whose stored hash this is.
    Right(AccountId, String),
    /// It is, but the account cannot be logged in to.
    Barred(Bar),
    /// It is not.
    Wrong,
}

/// Checks a password against an account. Without an account, or if it has no password, as much is computed
/// and the answer is no. For an account that cannot be logged in to, it is also computed whether the password
/// is right, for the log, with no more work than for a wrong one.
pub(super) async fn check(
    site: &Site,
    account: Option<&AccountId>,
    bar: Option<Bar>,
    password: &Password,
    request_id: &str,
) -> web::Result<Checked> {
    loop {
        let stored = match account {
            Some(account) => store::hash_of(&site.db, account).await?,
            None => None,
        };
        let (Some(account), Some(stored)) = (account, stored) else {
            site.hashing.verify_dummy(password).await?;
            return Ok(Checked::Wrong);
        };
        match (site.hashing.verify(password, &stored).await?, bar) {
            (Verdict::Wrong, _) => return Ok(Checked::Wrong),
            (Verdict::Right | Verdict::RightButOutdated, Some(bar)) => return Ok(Checked::Barred(bar)),
            (Verdict::Right, None) => return Ok(Checked::Right(account.clone(), stored)),
            // If another login renewed the hash first, the password is compared with the new one.
            (Verdict::RightButOutdated, None) => {
                if let Some(hash) = rehash(site, account, password, stored, request_id).await {
                    return Ok(Checked::Right(account.clone(), hash));
                }
            }
            (Verdict::Unusable, _) => {
                log::error!(
                    event = "sys_broken", request_id, account:%;
                    "the stored password hash of this account is not valid; set a new one with `vestibule account set-password`"
                );
                return Ok(Checked::Wrong);
            }
        }
    }
}

/// Hashes a right password with today's parameters. Returns the hash that is stored from now on, or `None` if
/// it was changed in the meantime. If it cannot be renewed now (the queue is full, or the database fails),
/// the login succeeds with the old one, and the next tries again.
async fn rehash(
    site: &Site,
    account: &AccountId,
    password: &Password,
    old: String,
    request_id: &str,
) -> Option<String> {
    let renewed: web::Result<_> = async {
        let new = site.hashing.hash(password).await?;
        let replaced = store::rehash(&site.db, account, &old, &new).await?;
        Ok(replaced.then_some(new))
    }
    .await;
    renewed.unwrap_or_else(|error| {
        log::warn!(event = "sys_database", request_id, account:%; "could not rehash a password: {error}");
        Some(old)
    })
}
