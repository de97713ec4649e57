//! Whether a password is the right one. A wrong answer takes the same time whatever is wrong, as long as hashes were made with
//! today's parameters; after the operator raised them, an account not seen since answers in the time of its old ones.

use std::sync::atomic::{AtomicBool, Ordering};

use super::store;
use crate::base::hashing::Verdict;
use crate::base::limit::guesses::{self, GiveBack};
use crate::base::limit::{Guess, Turn};
use crate::base::{Password, Site, Tx};
use crate::people::AccountId;
use crate::people::sessions::Standing;
use crate::web::{self, Error, Submission, Visitor};

/// A password that was right a moment ago. While it is held, nobody else guesses at the same account.
#[derive(Debug)]
pub struct Proof {
    account: AccountId,
    hash: String,
    count: Count,
    standing: Standing,
    submission: Submission,
    relied_on: AtomicBool,
    _turn: Turn<Guess>,
}

/// What a guess was counted as.
#[derive(Debug)]
pub(super) struct Count {
    /// Where it was counted.
    pub(super) counted: Guess,
    /// Where those of the browser alone are.
    pub(super) own: Guess,
    /// How to take it back.
    pub(super) back: GiveBack,
}

impl Proof {
    /// That `hash` was made of the password of an account, given in a form. Until that is relied on it is counted as a guess.
    pub(super) fn new(
        (account, hash): (AccountId, String),
        count: Count,
        (standing, submission): (Standing, Submission),
        turn: Turn<Guess>,
    ) -> Proof {
        let relied_on = AtomicBool::new(false);
        Proof { account, hash, count, standing, submission, relied_on, _turn: turn }
    }

    /// Whether it was given in a browser that has logged in to the account since it has this password.
    pub fn by_known_device(&self) -> bool {
        self.standing == Standing::Known
    }

    /// Whose password it is.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it still is their password, and they may sign in. Checking takes long enough for it to be changed meanwhile:
    /// asked in the transaction that relies on it.
    pub async fn stands(&self, tx: &mut Tx) -> sqlx::Result<bool> {
        store::is_current(tx, &self.account, &self.hash).await
    }

    /// Commits the transaction that relies on it, and takes its count back with that: exactly its own, and those of this
    /// browser.
    pub async fn commit(&self, mut tx: Tx) -> sqlx::Result<()> {
        let Count { counted, own, back } = &self.count;
        guesses::settle(&mut tx, own, counted, *back).await?;
        tx.commit().await?;
        self.relied_on.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Does the work that relies on it. Where that comes to nothing (the database fails, a link is over), a right password
    /// must not stay behind as a wrong one: its count is given back. Who goes away in the middle leaves it counted, or going
    /// away would be a way to guess for nothing. And where it came to nothing since another instance was quicker to do what the
    /// same form asks for, that is the answer.
    pub async fn settle<T>(
        &self,
        site: &Site,
        visitor: &Visitor,
        work: impl Future<Output = web::Result<T>>,
    ) -> web::Result<T> {
        let done = work.await;
        if self.relied_on.load(Ordering::SeqCst) {
            return done;
        }
        self.count.give_back(site, &visitor.request_id).await;
        match done {
            Ok(_) if self.submission.is_done(site).await? => Err(Error::DoneBefore),
            done => done,
        }
    }
}

impl Count {
    /// Takes it back, by itself. Where that cannot be written either, it stays counted.
    pub(super) async fn give_back(&self, site: &Site, request_id: &str) {
        let given = async {
            let mut tx = site.db.begin(&[]).await?;
            guesses::give_back(&mut tx, &self.counted, self.back).await?;
            tx.commit().await
        };
        if let Err(error) = given.await {
            log::warn!(event = "sys_database", request_id; "a guess was not given back: {error}");
        }
    }
}

/// What keeps an account from being signed in to, whatever is typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// Nobody has proved to read the mail of its address.
    Unconfirmed,
    /// The operator has disabled it.
    Disabled,
}

/// What a check found.
pub(super) enum Checked {
    /// It is the password of this account, of which this hash is stored.
    Right(AccountId, String),
    /// It is, but the account may not be signed in to.
    Barred(Bar),
    /// It is not.
    Wrong,
}

/// Checks a password against that of an account; for no account, or one without a password, as much is computed and the
/// answer is no. Also of an account that may not be signed in to it is computed whether it is, for the log, and no more than
/// for a wrong one.
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
            site.hashing.verify_nobody(password).await?;
            return Ok(Checked::Wrong);
        };
        match (site.hashing.verify(password, &stored).await?, bar) {
            (Verdict::Wrong, _) => return Ok(Checked::Wrong),
            (Verdict::Right | Verdict::RightButOutdated, Some(bar)) => return Ok(Checked::Barred(bar)),
            (Verdict::Right, None) => return Ok(Checked::Right(account.clone(), stored)),
            // Where another log-in renewed it first, the password is compared with what that one stored.
            (Verdict::RightButOutdated, None) => {
                if let Some(hash) = renew(site, account, password, stored, request_id).await {
                    return Ok(Checked::Right(account.clone(), hash));
                }
            }
            (Verdict::Unusable, _) => {
                log::error!(
                    event = "sys_broken", request_id, account:%;
                    "a stored password hash cannot be used; set a new password for this account"
                );
                return Ok(Checked::Wrong);
            }
        }
    }
}

/// Hashes a right password with today's parameters. The answer is the hash that is stored from now on, or nothing where that
/// was changed meanwhile. Where it cannot be renewed now (there is no place to compute it, or the database fails), the log-in
/// stands with the old one, and the next tries again.
async fn renew(
    site: &Site,
    account: &AccountId,
    password: &Password,
    old: String,
    request_id: &str,
) -> Option<String> {
    let renewed: web::Result<_> = async {
        let new = site.hashing.hash(password).await?;
        let replaced = store::refresh(&site.db, account, &old, &new).await?;
        Ok(replaced.then_some(new))
    }
    .await;
    renewed.unwrap_or_else(|error| {
        log::warn!(event = "sys_database", request_id, account:%; "a password hash was not renewed: {error}");
        Some(old)
    })
}
