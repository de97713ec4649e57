//! What is due is sent. An email that was not taken is tried again after pauses that grow, for a day; one that may have been, after
//! much longer ones; one that never will be is given up at once. Each is shown by `vestibule mail list`.

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

/// So many of accounts, and of what strangers ask for, are looked at together.
const BATCH: i64 = 20;
/// Whoever takes an email up has so many seconds; then another instance may, since the first has died.
const LEASE: i64 = 15 * 60;
/// Whoever still talks to the server takes it up anew so often. No conversation is longer than the lease in between.
const RENEWED: Duration = Duration::from_secs(5 * 60);
/// The first pause, in seconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 60;
/// The longest.
const LONGEST_PAUSE: i64 = 3_600;
/// The shortest pause, in seconds, after a try of which nobody knows whether it went well: by then a server that took the mail,
/// and could not say so, shows it to its owner.
const FIRST_CAREFUL_PAUSE: i64 = 30 * 60;
/// Each further one is so many times the age of the mail: of an email that is never certain there are four copies in a day, after
/// nothing, half an hour, four hours and a day, all with one `Message-ID`.
const CAREFUL_FACTOR: i64 = 7;
/// After so many seconds it is given up.
const TRIED_FOR: i64 = 24 * 3_600;
/// So often it is tried to remove an email that the server has taken, with a pause in between.
const REMOVED: usize = 5;
const REMOVED_AFTER: Duration = Duration::from_secs(2);

/// What became of an email that was taken up.
#[derive(Debug, PartialEq)]
pub(super) enum Attended {
    /// The server has it.
    Sent,
    /// There was nothing to send after all; no server was spoken to.
    Nothing,
    /// The server does not have it, or did not say.
    NotTaken,
    /// Somebody else was faster.
    Elsewhere,
}

/// Sends the emails that are due, one after the other. The answer is how many were sent.
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

/// The emails that are due: of accounts, then what strangers ask for. Neither keeps the other from being looked at. Those of a
/// time that has not come are put right: the clock was ahead, and they would wait for it.
pub(super) async fn due(site: &Site) -> sqlx::Result<Vec<Row>> {
    let now = site.clock.now();
    let furthest = now.plus(TRIED_FOR + FIRST_CAREFUL_PAUSE);
    let due = Due { now, furthest, written: now.plus(CLOCKS_DIFFER), most: BATCH };
    let mut rows = store::due_to_owners(&site.db, due).await?;
    rows.append(&mut store::due_to_strangers(&site.db, due).await?);
    let (due, ahead): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.due_at <= now.unix());
    for row in &ahead {
        // One that was taken up may be on its way right now.
        let due_at = if row.tries == 0 { now } else { now.plus(LEASE) };
        store::put_right(&site.db, row, now, due_at).await?;
    }
    Ok(due)
}

/// Takes an email up and sends it. What is being said to a server is broken off when the site `ends`.
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
        Ok(Some(mail)) => hand_over(site, row, &mail, ends).await,
        Err(Error::Database(error)) => return Err(error),
        Err(error) => Err(Trouble::Later(error.to_string())),
    };
    match outcome {
        Ok(()) => remove(site, row).await.map(|()| Attended::Sent),
        Err(trouble) => settle(site, row, trouble).await.map(|()| Attended::NotTaken),
    }
}

/// Hands an email to the server, which may take its time.
async fn hand_over(
    site: &Site,
    row: &Row,
    mail: &Mail,
    ends: impl Future<Output = ()> + Send,
) -> Result<(), Trouble> {
    let mut sending = pin!(site.mailer.send(mail, ends));
    let mut renewed = interval(RENEWED);
    renewed.tick().await; // the first is at once
    loop {
        select! {
            outcome = &mut sending => return outcome,
            _ = renewed.tick() => {}
        }
        let until = site.clock.now().plus(LEASE);
        if let Err(error) = store::renew(&site.db, row, until).await {
            // Nothing is lost: it is tried again long before the lease ends.
            log::warn!(event = "sys_database"; "a mail on its way could not be kept from other instances: {error}");
        }
    }
}

/// Removes an email that the server has. A database that is away for a moment must not have it sent again.
async fn remove(site: &Site, row: &Row) -> sqlx::Result<()> {
    for _ in 1..REMOVED {
        match store::delete(&site.db, &row.id).await {
            Err(sqlx::Error::PoolClosed) => return Err(sqlx::Error::PoolClosed),
            Err(_) => sleep(REMOVED_AFTER).await,
            Ok(()) => return Ok(()),
        }
    }
    store::delete(&site.db, &row.id).await
}

/// Puts an email off that was not taken, or gives it up.
async fn settle(site: &Site, row: &Row, trouble: Trouble) -> sqlx::Result<()> {
    let (now, tries) = (site.clock.now(), row.tries + 1);
    let (mail, letter) = (&*row.id, &*row.letter);
    let age = now.unix().saturating_sub(row.queued_at).max(0);
    match trouble {
        Trouble::Later(why) if age < TRIED_FOR => {
            // The server's own words may hold the address: they are for `mail list`.
            log::warn!(event = "sys_mail", mail, letter, tries; "a mail was not taken and will be tried again");
            store::put_off(&site.db, &row.id, now.plus(pause(tries)), &why).await
        }
        Trouble::Uncertain(why) if age < TRIED_FOR => {
            log::warn!(
                event = "sys_mail", mail, letter, tries;
                "the server was told a mail and did not say whether it took it; it will be sent once more, much later"
            );
            let why = format!("it may have been taken: {why}");
            store::put_off(&site.db, &row.id, now.plus(careful_pause(age)), &why).await
        }
        Trouble::Later(why) | Trouble::Never(why) | Trouble::Uncertain(why) => {
            log::error!(event = "sys_mail", mail, letter, tries; "a mail was given up; `vestibule mail list` says why");
            store::give_up(&site.db, &row.id, now, &why).await
        }
    }
}

/// The pause after so many tries, in seconds.
fn pause(tries: i64) -> i64 {
    LONGEST_PAUSE.min(FIRST_PAUSE << tries.clamp(1, 16).saturating_sub(1))
}

/// The pause after a try that may have gone well, of an email of an age, both in seconds. The last one ends with its day.
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
