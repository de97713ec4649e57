//! Sends emails that are due. One that was not accepted is retried for a day, after growing pauses. One that
//! may have been accepted is retried after much longer ones. One that never will be is given up at once.
//! `vestibule mail list` shows each.

use std::future::{Future, pending};
use std::pin::pin;
use std::time::Duration;

use rocket::tokio::select;
use rocket::tokio::time::{interval, sleep};

use super::compose::compose;
use super::store::{self, Due, Row};
use crate::base::Site;
use crate::base::clock::CLOCKS_DIFFER;
use crate::base::mailer::{Mail, Trouble};
use crate::web::Error;

/// Emails taken at once: of accounts, and of those that strangers request.
const BATCH: i64 = 20;
/// How long an email belongs to the worker that took it, in seconds. Then another instance may take it, since
/// the first has died.
pub(super) const LEASE: i64 = 15 * 60;
/// How often a worker renews the lease during a conversation, so that it does not end before.
pub(super) const RENEW_EVERY: Duration = Duration::from_secs(5 * 60);
/// The first pause, in seconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 60;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 3_600;
/// The shortest pause, in seconds, after an attempt with an unknown result: by then, a server that accepted
/// the email and could not say so has delivered it.
const FIRST_CAREFUL_PAUSE: i64 = 30 * 60;
/// Each further pause is this many times the age of the email. If it stays uncertain, four copies are sent in
/// a day: at once, after half an hour, four hours and a day, all with one `Message-ID`.
const CAREFUL_FACTOR: i64 = 7;
/// After this many seconds it is given up.
const TRIED_FOR: i64 = 24 * 3_600;
/// Attempts to remove an email that the server has accepted, with a pause in between.
const REMOVE_ATTEMPTS: usize = 5;
const REMOVE_PAUSE: Duration = Duration::from_secs(2);

/// The result for an email that was taken.
#[derive(Debug, PartialEq)]
pub(super) enum Attended {
    /// The server accepted it.
    Sent,
    /// There was nothing to send; no server was contacted.
    Nothing,
    /// The server did not accept it, or did not say.
    NotTaken,
    /// Another worker was faster.
    Elsewhere,
}

/// Sends the emails that are due, one after the other. Returns how many were sent.
pub async fn deliver(site: &Site) -> sqlx::Result<usize> {
    let mut sent = 0;
    loop {
        let rows = due(site).await?;
        if rows.is_empty() {
            return Ok(sent);
        }
        for row in rows {
            if attend(site, &row, pending()).await? == Attended::Sent {
                sent += 1;
            }
        }
    }
}

/// The emails that are due: first those of accounts, then those that strangers request. Neither group delays
/// the other. Times in the future are corrected: the clock was ahead, and those emails would wait for it.
pub(super) async fn due(site: &Site) -> sqlx::Result<Vec<Row>> {
    let now = site.clock.now();
    let furthest = now.plus(TRIED_FOR + FIRST_CAREFUL_PAUSE);
    let due = Due { now, furthest, written: now.plus(CLOCKS_DIFFER), most: BATCH };
    let mut rows = store::due_to_owners(&site.db, due).await?;
    rows.append(&mut store::due_to_strangers(&site.db, due).await?);
    let (due, ahead): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.due_at <= now.unix());
    for row in &ahead {
        // One that was taken may be on its way right now.
        let due_at = if row.attempts == 0 { now } else { now.plus(LEASE) };
        store::put_right(&site.db, row, now, due_at).await?;
    }
    Ok(due)
}

/// Takes an email and sends it. A conversation with a server is aborted when the site `ends`.
pub(super) async fn attend(
    site: &Site,
    row: &Row,
    ends: impl Future<Output = ()> + Send,
) -> sqlx::Result<Attended> {
    if !store::claim(&site.db, row, site.clock.now().plus(LEASE)).await? {
        return Ok(Attended::Elsewhere);
    }
    let outcome = match compose(site, row).await {
        Ok(None) => {
            return store::delete(&site.db, &row.id).await.map(|()| Attended::Nothing);
        }
        Ok(Some(mail)) => send(site, row, &mail, ends).await,
        Err(Error::Database(error)) => return Err(error),
        Err(error) => Err(Trouble::Later(error.to_string())),
    };
    match outcome {
        Ok(()) => remove(site, row).await.map(|()| Attended::Sent),
        Err(trouble) => settle(site, row, trouble).await.map(|()| Attended::NotTaken),
    }
}

/// Hands an email to the server, and renews the lease meanwhile.
async fn send(
    site: &Site,
    row: &Row,
    mail: &Mail,
    ends: impl Future<Output = ()> + Send,
) -> Result<(), Trouble> {
    let mut sending = pin!(site.mailer.send(mail, ends));
    let mut renewed = interval(RENEW_EVERY);
    renewed.tick().await; // the first is immediate
    loop {
        select! {
            outcome = &mut sending => return outcome,
            _ = renewed.tick() => {}
        }
        let until = site.clock.now().plus(LEASE);
        if let Err(error) = store::renew(&site.db, row, until).await {
            // Nothing is lost: it is retried long before the lease ends.
            log::warn!(event = "sys_database"; "could not renew the lease on an email that is being sent: {error}");
        }
    }
}

/// Removes an email that the server accepted. A short failure of the database must not cause it to be sent
/// again.
async fn remove(site: &Site, row: &Row) -> sqlx::Result<()> {
    for _ in 1..REMOVE_ATTEMPTS {
        match store::delete(&site.db, &row.id).await {
            Err(sqlx::Error::PoolClosed) => return Err(sqlx::Error::PoolClosed),
            Err(_) => sleep(REMOVE_PAUSE).await,
            Ok(()) => return Ok(()),
        }
    }
    store::delete(&site.db, &row.id).await
}

/// Postpones an email that was not accepted, or gives it up.
async fn settle(site: &Site, row: &Row, trouble: Trouble) -> sqlx::Result<()> {
    let (now, attempts) = (site.clock.now(), row.attempts + 1);
    let (mail, kind) = (row.id.as_str(), &*row.kind);
    let program = site.settings.program.name;
    // A server's own words may contain the recipient: they are for `mail list` and not for the log.
    let told = match &trouble {
        Trouble::Refused { code, .. } => format!("it replied {code}; `{program} mail list` says why"),
        trouble if trouble.to_string().contains('@') => format!("`{program} mail list` says why"),
        trouble => trouble.to_string(),
    };
    let age = now.unix().saturating_sub(row.queued_at).max(0);
    match trouble {
        Trouble::Later(why) | Trouble::Refused { why, .. } if age < TRIED_FOR => {
            log::warn!(
                event = "sys_mail", mail, kind, attempts;
                "the mail server did not accept an email; it will be retried: {told}"
            );
            store::put_off(&site.db, &row.id, now.plus(pause(attempts)), &why).await
        }
        Trouble::Uncertain(why) if age < TRIED_FOR => {
            log::warn!(
                event = "sys_mail", mail, kind, attempts;
                "the mail server did not say whether it accepted an email; it will be retried much later"
            );
            let why = format!("the server may have accepted it: {why}");
            store::put_off(&site.db, &row.id, now.plus(careful_pause(age)), &why).await
        }
        Trouble::Later(why)
        | Trouble::Refused { why, .. }
        | Trouble::Never(why)
        | Trouble::Uncertain(why) => {
            log::error!(event = "sys_mail", mail, kind, attempts; "an email was given up; `{program} mail list` says why");
            store::give_up(&site.db, &row.id, now, &why).await
        }
    }
}

/// The pause after this many attempts, in seconds.
fn pause(attempts: i64) -> i64 {
    LONGEST_PAUSE.min(FIRST_PAUSE << attempts.clamp(1, 16).saturating_sub(1))
}

/// The pause after an attempt with an unknown result, for an email of this age, both in seconds. The last one
/// ends with its day.
fn careful_pause(age: i64) -> i64 {
    let left = TRIED_FOR - age;
    age.saturating_mul(CAREFUL_FACTOR).min(left).max(FIRST_CAREFUL_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_a_minute_to_an_hour() {
        assert_eq!([1, 2, 3, 6, 7, 40].map(pause), [60, 120, 240, 1_920, 3_600, 3_600]);
    }

    #[test]
    fn of_what_is_never_certain_there_are_few_copies() {
        for first in [0, 1, 90, 3_600, 10 * 3_600, TRIED_FOR - 1] {
            let (mut age, mut copies) = (first, 1);
            while age < TRIED_FOR {
                age += careful_pause(age);
                copies += 1;
            }
            assert!(copies <= 4 && age < TRIED_FOR + FIRST_CAREFUL_PAUSE, "{first}: {copies}, {age}");
        }
        assert_eq!(careful_pause(0), 1_800);
    }
}
