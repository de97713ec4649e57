//! A password that was found to be right, until the work that relies on it is done.

use super::store;
use crate::base::{Admission, Site, Time, Tx, admission};
use crate::people::AccountId;
use crate::people::audit::{self, Event};
use crate::people::sessions::{Authenticated, Method, Standing};
use crate::web::{self, Error, Submission};

/// A password that was just found to be right. While it is held, no other request checks a password of the
/// same account.
#[derive(Debug)]
pub struct VerifiedPassword {
    account: AccountId,
    hash: String,
    admission: Admission,
    standing: Standing,
    submission: Submission,
}

/// A login whose password is right. Whether that is enough is decided where its session starts.
#[derive(Debug)]
pub struct VerifiedLogin {
    /// Its owner.
    pub authenticated: Authenticated,
    /// The session that the same form started before, for example after a double click.
    pub session_before: Option<String>,
    /// Whether forms of the account have results, which a login makes untrue.
    has_results: bool,
    /// Whether its owner still has to be told that a remembered device was used in two places.
    is_untold: bool,
}

impl VerifiedLogin {
    /// Does what only a login that starts a session does. Whether its visitor is to be told that a remembered
    /// device was used in two places. It takes no statements unless there is something to do.
    pub async fn finish(&self, tx: &mut Tx, submission: &Submission, now: Time) -> sqlx::Result<bool> {
        let account = self.authenticated.account();
        if self.has_results {
            // "All other devices are logged out" is no longer true.
            submission.supersede(tx, account.as_str()).await?;
        }
        Ok(self.is_untold && audit::mark_reuse_reported(tx, account, now).await?)
    }
}

impl VerifiedPassword {
    /// Records that `hash` was made of an account's password, entered in a form. Until it is used, it stays
    /// counted as a wrong password.
    pub(super) fn new(
        (account, hash): (AccountId, String),
        admission: Admission,
        standing: Standing,
        submission: Submission,
    ) -> VerifiedPassword {
        VerifiedPassword { account, hash, admission, standing, submission }
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

    /// The same for a login. What else it finds takes no statements of its own.
    pub async fn log_in(
        &self,
        tx: &mut Tx,
        submission: &Submission,
        now: Time,
    ) -> sqlx::Result<Option<VerifiedLogin>> {
        let password = (&self.account, &*self.hash);
        let row = store::login(tx, password, submission.key(), Event::DeviceReused.code(), now).await?;
        let Some(store::LoginRow { session_before, results, untold }) = row else {
            return Ok(None);
        };
        let authenticated = Authenticated::by(Method::Password, &self.account, now);
        let (has_results, is_untold) = (results > 0, untold > 0);
        Ok(Some(VerifiedLogin { authenticated, session_before, has_results, is_untold }))
    }

    /// Commits the transaction that relies on it: the attempt was right.
    pub async fn commit(&self, site: &Site, tx: Tx) -> sqlx::Result<()> {
        self.admission.right(site, tx).await
    }

    /// The same for a transaction that takes another admission as well.
    pub async fn commit_with(&self, site: &Site, tx: Tx, other: &Admission) -> sqlx::Result<()> {
        admission::all_right(site, tx, &[other, &self.admission]).await
    }

    /// Does the work that relies on it. If the work fails (a database error, an expired link), a right
    /// password must not remain counted as a wrong one: it is given back. And if the work failed because
    /// another instance was faster with the same form, that is the answer.
    pub async fn settle<T>(&self, site: &Site, work: impl Future<Output = web::Result<T>>) -> web::Result<T> {
        let done = work.await;
        if self.admission.is_settled() {
            return done;
        }
        self.admission.give_back(site).await;
        match done {
            Ok(_) if self.submission.is_done(site).await? => Err(Error::DoneBefore),
            done => done,
        }
    }
}
