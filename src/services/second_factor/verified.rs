//! A code that was found to be right, until the work that relies on it is done.

use super::record::record;
use crate::base::{Admission, Client, Site, Time, Tx};
use crate::people::audit::Event;
use crate::people::sessions::{Authenticated, Method};
use crate::people::{AccountId, Actor, User};
use crate::services::recovery_codes::{self, FEW, Found};
use crate::services::totp_app::{self, Step};
use crate::web::{self, Error, Submission};

/// A code of the authenticator app, or a recovery code, that was just found to be right. While one of the app is held,
/// no other request checks a code of the same app. Until it is used, it stays counted as a wrong one.
#[derive(Debug)]
pub struct VerifiedFactor {
    account: AccountId,
    factor: Factor,
    admission: Admission,
    client: Client,
    submission: Submission,
}

/// What to say to an owner whose code was used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Afterwards {
    /// Nothing: it was a code of the app.
    Nothing,
    /// It was a recovery code of theirs.
    RecoveryCodeUsed,
    /// The same, and so few are left that it is time for new ones.
    FewCodesLeft,
    /// It was the code that the operator gave out: what they had is lost, perhaps.
    OperatorCodeUsed,
}

/// What was right.
#[derive(Debug)]
pub(super) enum Factor {
    /// A code of the authenticator app.
    App(Step),
    /// A recovery code, of the owner's set or from the operator.
    RecoveryCode(Found),
}

impl VerifiedFactor {
    pub(super) fn new(
        account: &AccountId,
        factor: Factor,
        admission: Admission,
        client: &Client,
        submission: &Submission,
    ) -> VerifiedFactor {
        let (account, client, submission) = (account.clone(), client.clone(), submission.clone());
        VerifiedFactor { account, factor, admission, client, submission }
    }

    /// The account.
    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// Whether it is a recovery code.
    pub fn is_recovery_code(&self) -> bool {
        matches!(self.factor, Factor::RecoveryCode(_))
    }

    /// What to say after it was used up, in the same transaction.
    pub async fn afterwards(&self, tx: &mut Tx) -> sqlx::Result<Afterwards> {
        let Factor::RecoveryCode(found) = &self.factor else { return Ok(Afterwards::Nothing) };
        if found.by_operator() {
            return Ok(Afterwards::OperatorCodeUsed);
        }
        let left = recovery_codes::left_in(tx, &self.account).await?.unwrap_or_default();
        Ok(if left <= FEW { Afterwards::FewCodesLeft } else { Afterwards::RecoveryCodeUsed })
    }

    /// Uses the code up, and adds it to what its owner has proved before, in the transaction that relies on both.
    ///
    /// `None` if it no longer is right: another instance has used it, or what it is a code of was removed or replaced.
    /// `None` also if something was proved for another account: there, this code is worth nothing.
    pub async fn authenticated(
        &self,
        tx: &mut Tx,
        site: &Site,
        before: Authenticated,
    ) -> sqlx::Result<Option<Authenticated>> {
        if *before.account() != self.account {
            return Ok(None);
        }
        let now = site.clock.now();
        let method = self.consume(tx, site, now).await?;
        Ok(method.map(|method| before.and(method, now)))
    }

    /// Uses the code up: it is still this user, whose session goes on. Alone it is one factor, which
    /// [starts](crate::people::sessions::start) no session where two are needed. `None` as for the other.
    pub async fn same_user(
        &self,
        tx: &mut Tx,
        site: &Site,
        user: &User,
    ) -> sqlx::Result<Option<Authenticated>> {
        if user.id != self.account {
            return Ok(None);
        }
        let now = site.clock.now();
        let method = self.consume(tx, site, now).await?;
        Ok(method.map(|method| Authenticated::by(method, &self.account, now)))
    }

    /// What it is a code of, if it was right until this moment.
    async fn consume(&self, tx: &mut Tx, site: &Site, now: Time) -> sqlx::Result<Option<Method>> {
        let (method, is_used) = match &self.factor {
            Factor::App(step) => (Method::App, totp_app::consume(tx, &self.account, step, now).await?),
            Factor::RecoveryCode(found) => {
                (Method::RecoveryCode, recovery_codes::consume(tx, site, found).await?)
            }
        };
        if is_used && self.is_recovery_code() {
            let actor = Actor::Owner(&self.client);
            record(tx, Event::RecoveryCodeUsed, &self.account, actor, now).await?;
        }
        Ok(is_used.then_some(method))
    }

    /// Commits the transaction that relies on it: the attempt was right. The wrong ones of this browser are forgotten
    /// if the account knows it, and those of all others stay.
    pub async fn commit(&self, site: &Site, tx: Tx) -> sqlx::Result<()> {
        self.admission.right(site, tx).await
    }

    /// Does the work that relies on it. If the work fails, a right code must not remain counted as a wrong one: it is
    /// given back. And if it failed because another instance was faster with the same form, that is the answer.
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
