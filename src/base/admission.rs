//! Admission: a password attempt, a sign-up, a new password, an email and an export ask [`admit`] first. A limit
//! without work to give back is taken directly ([`Limits::take`](super::rate_limit::Limits::take),
//! [`shared::take`]). An attempt is counted before any work, and the [`Admission`] says afterwards how it ended:
//!
//! - [`right`](Admission::right) takes back what counts only if it is wrong,
//! - [`wrong`](Admission::wrong) records it, for all instances and over a restart,
//! - [`give_back`](Admission::give_back) takes back all of it: it could not be done,
//! - dropped without a word, for example because the visitor disconnected, it stays counted in memory, and at
//!   the secret. Otherwise disconnecting would give free attempts.

use std::sync::atomic::{AtomicBool, Ordering};

use super::client::Client;
use super::db::Tx;
use super::rate_limit::failures::{self, Counted, FailuresKey, GiveBack, Pause};
use super::rate_limit::{Counts, Kept, KeyedGuard, LimitKey, LimitedAction, RetryAfter, shared};
use super::refused;
use super::site::Site;

/// An attempt: where it counts.
#[derive(Debug)]
pub struct Attempt {
    /// The limits, in the order in which they are asked: what costs nothing first.
    pub limits: Vec<(&'static LimitedAction, LimitKey)>,
    /// The secret that may be guessed, if there is one. Its failures are counted last, since that writes.
    pub secret: Option<Secret>,
}

impl Attempt {
    /// One with a single limit.
    pub fn one(action: &'static LimitedAction, limit_key: LimitKey) -> Attempt {
        Attempt { limits: vec![(action, limit_key)], secret: None }
    }
}

/// A secret that may be guessed: failures in a row at it begin pauses.
#[derive(Debug)]
pub struct Secret {
    /// Where a failure counts.
    pub counted: FailuresKey,
    /// The separate count of the browser, which a right attempt clears.
    pub own: FailuresKey,
    /// How many failures in a row begin no pause.
    pub free: u32,
    /// Why to wait: the key of a sentence for the visitor, with `$count` and `$unit`.
    pub why: &'static str,
    /// The same for the log, in English.
    pub logged: &'static str,
}

/// The answer.
#[derive(Debug)]
pub enum Decision {
    /// It may be done now.
    Admitted(Admission),
    /// It came too early, which is logged. It must not be done.
    RetryAfter(RetryAfter),
}

/// Why there is no answer. Nothing is counted.
#[derive(Debug)]
pub enum AdmitError {
    /// Too many attempts wait for each other.
    Busy,
    /// The database did not answer.
    Database(sqlx::Error),
}

impl From<sqlx::Error> for AdmitError {
    fn from(error: sqlx::Error) -> AdmitError {
        AdmitError::Database(error)
    }
}

/// An attempt that is counted and may be made. While it is held, attempts that depend on how it ends wait.
#[derive(Debug)]
pub struct Admission {
    limits: Vec<(&'static LimitedAction, LimitKey)>,
    failure: Option<Failure>,
    request_id: String,
    settled: AtomicBool,
    permits: Vec<KeyedGuard>,
}

/// How an attempt was counted at its secret.
#[derive(Debug)]
struct Failure {
    secret: Secret,
    pause: Option<Pause>,
    back: GiveBack,
}

/// Counts an attempt, unless one of its limits says to wait. A wait is logged with the client and the ID of the
/// account, which is empty if there is none.
pub async fn admit(
    site: &Site,
    client: &Client,
    account: &str,
    attempt: Attempt,
) -> Result<Decision, AdmitError> {
    let mut admission = Admission {
        limits: Vec::with_capacity(attempt.limits.len()),
        failure: None,
        request_id: client.request_id.clone(),
        settled: AtomicBool::new(false),
        permits: Vec::new(),
    };
    match admission.ask(site, attempt).await {
        Ok(Ok(())) => Ok(Decision::Admitted(admission)),
        Ok(Err((wait, logged))) => {
            admission.give_back_where(site, |action| action.counts == Counts::Wrong);
            refused::too_early(site, client, account, &wait, logged);
            Ok(Decision::RetryAfter(wait))
        }
        Err(error) => {
            admission.give_back_where(site, |_| true);
            Err(error)
        }
    }
}

/// Forgets what this instance has in memory if the operator has ordered that since. A database that does not answer orders
/// nothing.
async fn forget_if_ordered(site: &Site, action: &'static LimitedAction, limit_key: &LimitKey) -> bool {
    if action.kept == Kept::InMemory {
        return false;
    }
    match shared::forgotten(&site.db, action, limit_key).await {
        Ok(mark) => mark.is_some_and(|mark| site.limits.forget(action, limit_key, mark)),
        Err(error) => {
            log::warn!(event = "sys_database"; "could not read which waits were ended: {error}");
            false
        }
    }
}

/// How long to wait, and the words for the log.
type Early = (RetryAfter, &'static str);

impl Admission {
    /// Asks what is in memory, then what is recorded, and counts at the secret.
    async fn ask(&mut self, site: &Site, attempt: Attempt) -> Result<Result<(), Early>, AdmitError> {
        for (action, limit_key) in attempt.limits {
            if action.counts == Counts::Wrong {
                let permits = site.limits.concurrency.at_limit(action, &limit_key).await;
                self.permits.extend(permits.ok_or(AdmitError::Busy)?);
            }
            if let Err(wait) = site.limits.take(action, &limit_key, site.clock.now()) {
                if !forget_if_ordered(site, action, &limit_key).await {
                    return Ok(Err((wait, action.logged)));
                }
                if let Err(wait) = site.limits.take(action, &limit_key, site.clock.now()) {
                    return Ok(Err((wait, action.logged)));
                }
            }
            self.limits.push((action, limit_key));
        }
        let Some(secret) = attempt.secret else { return Ok(self.look(site).await?) };
        let Some(permit) = site.limits.concurrency.at_secret(&secret.counted).await else {
            return self.look(site).await?.map_or_else(|early| Ok(Err(early)), |()| Err(AdmitError::Busy));
        };
        self.permits.push(permit);
        let counted = match self.count_first(site, &secret).await? {
            Some(counted) => counted,
            None => match self.look(site).await? {
                Ok(()) => failures::count(&site.db, &secret.counted, secret.free, site.clock.now()).await?,
                Err(early) => return Ok(Err(early)),
            },
        };
        match counted {
            Counted::Wait(seconds) => Ok(Err((RetryAfter::new(seconds, secret.why), secret.logged))),
            Counted::Go { pause, back } => {
                self.failure = Some(Failure { secret, pause, back });
                Ok(Ok(()))
            }
        }
    }

    /// Asks what is recorded, limit by limit.
    async fn look(&mut self, site: &Site) -> sqlx::Result<Result<(), Early>> {
        for at in 0..self.limits.len() {
            let (action, limit_key) = &self.limits[at];
            if action.kept == Kept::InMemory {
                continue;
            }
            let now = site.clock.now();
            if let Err(wait) = shared::look(&site.db, &site.settings, action, limit_key, now).await? {
                let (action, limit_key) = self.limits.remove(at); // it did not let the attempt through
                site.limits.give_back(action, &limit_key);
                return Ok(Err((wait, action.logged)));
            }
        }
        Ok(Ok(()))
    }

    /// Asks the same and counts at the secret in one statement, if nothing stands against it.
    async fn count_first(&self, site: &Site, secret: &Secret) -> sqlx::Result<Option<Counted>> {
        let now = site.clock.now();
        let recorded = self.limits.iter().filter(|(action, _)| action.kept == Kept::InDatabase);
        let latest = recorded.flat_map(|(action, key)| shared::latest(&site.settings, action, key, now));
        let latest: Vec<_> = latest.collect();
        failures::count_first(&site.db, &secret.counted, secret.free, &latest, now).await
    }

    /// The pause that begins if the attempt is wrong.
    pub fn pause(&self) -> Option<Pause> {
        self.failure.as_ref().and_then(|failure| failure.pause)
    }

    /// Commits the transaction of a right attempt, and takes back what counts only if it is wrong: at the
    /// secret exactly its own count, and those of this browser.
    pub async fn right(&self, site: &Site, tx: Tx) -> sqlx::Result<()> {
        all_right(site, tx, &[self]).await
    }

    /// Commits the transaction of a wrong attempt, and records that it counts.
    pub async fn wrong(&self, site: &Site, mut tx: Tx) -> sqlx::Result<()> {
        self.record(site, &mut tx, |_| true).await?;
        tx.commit().await?;
        self.settled.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// Takes back all that was counted: it could not be done. If the database fails at that too, it stays
    /// counted at the secret.
    pub async fn give_back(&self, site: &Site) {
        if self.settled.swap(true, Ordering::SeqCst) {
            return;
        }
        self.give_back_where(site, |_| true);
        let Some(Failure { secret, back, .. }) = &self.failure else { return };
        if let Err(error) = failures::give_back(site.db.writer(), &secret.counted, *back).await {
            let request_id = &*self.request_id;
            log::warn!(event = "sys_database", request_id; "could not take back the count of an attempt: {error}");
        }
    }

    /// Does the work that was admitted, which says how it ended. If it says nothing, because it failed or
    /// there was nothing to do, the attempt is given back.
    pub async fn during<T, E>(&self, site: &Site, work: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        let done = work.await;
        self.give_back(site).await;
        done
    }

    /// Whether it was said how the attempt ended.
    pub fn is_settled(&self) -> bool {
        self.settled.load(Ordering::SeqCst)
    }

    /// Records an attempt in the database, at those of its limits that are kept there.
    async fn record(
        &self,
        site: &Site,
        tx: &mut Tx,
        counts: impl Fn(&LimitedAction) -> bool,
    ) -> sqlx::Result<()> {
        for (action, limit_key) in &self.limits {
            if action.kept == Kept::InDatabase && counts(action) {
                shared::count(tx, &site.settings, action, limit_key, site.clock.now()).await?;
            }
        }
        Ok(())
    }

    /// Takes back what was counted in memory.
    fn give_back_where(&self, site: &Site, is_given_back: impl Fn(&LimitedAction) -> bool) {
        for (action, limit_key) in &self.limits {
            if is_given_back(action) {
                site.limits.give_back(action, limit_key);
            }
        }
    }
}

/// Commits one transaction in which several attempts were right. Their rows come last in it, since all others
/// in a network wait for them.
pub async fn all_right(site: &Site, mut tx: Tx, admissions: &[&Admission]) -> sqlx::Result<()> {
    for admission in admissions {
        admission.record(site, &mut tx, |action| action.counts == Counts::Each).await?;
        if let Some(Failure { secret, back, .. }) = &admission.failure {
            failures::settle(&mut tx, &secret.own, &secret.counted, *back).await?;
        }
    }
    tx.commit().await?;
    for admission in admissions {
        admission.settled.store(true, Ordering::SeqCst);
        admission.give_back_where(site, |action| action.counts == Counts::Wrong);
    }
    Ok(())
}
