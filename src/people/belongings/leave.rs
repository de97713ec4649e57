//! Accounts that leave: the app may object before, and is told after it, at least once.

use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};

use rocket::futures::FutureExt;
use rocket::tokio::time::timeout;

use super::departures::{self, Departure};
use super::hooks;
use crate::base::{Site, Time, Tx};
use crate::people::accounts::{self, AccountId};
use crate::web;

/// How long the first attempt may take, for each part of the app: the owner waits for it.
const FIRST_ATTEMPT: Duration = Duration::from_secs(5);
/// How long each later one may take.
const LATER_ATTEMPT: Duration = Duration::from_secs(30);
/// When housekeeping may make the first attempt, in seconds: the program that deleted the account was killed.
const FIRST_AFTER: i64 = 60;
/// The first pause after an attempt, in seconds; each further one is twice as long.
const FIRST_PAUSE: i64 = 5 * 60;
/// The longest pause, in seconds.
const LONGEST_PAUSE: i64 = 24 * 3_600;
/// How many are read at once.
const BATCH: i64 = 200;
/// How long a run begins further attempts: half of the minute after which another instance may begin its own.
const LONGEST_RUN: Duration = Duration::from_secs(30);

/// Deletes an account with everything that refers to it, unless the app objects. After the commit, [`gone`] tells the
/// app.
pub async fn delete(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    let now = site.clock.now();
    // The app never heard of an account that has not begun.
    if hooks::all(site).is_empty() || accounts::is_unbegun(tx, account).await? {
        return Ok(accounts::delete(tx, account, now).await?);
    }
    hooks::in_time("what the app does before an account goes", ask(tx, site, account)).await?;
    accounts::delete(tx, account, now).await?;
    departures::insert(tx, account, now, now.plus(FIRST_AFTER)).await?;
    Ok(())
}

/// Asks the app whether an account may go.
async fn ask(tx: &mut Tx, site: &Site, account: &AccountId) -> web::Result<()> {
    for belongings in hooks::all(site) {
        belongings.leaving(tx, site, account).await?;
    }
    Ok(())
}

/// Deletes an account that has not begun, of which the app never heard.
pub async fn delete_unbegun(tx: &mut Tx, account: &AccountId, now: Time) -> sqlx::Result<()> {
    accounts::delete(tx, account, now).await
}

/// Tells the app that an account is gone, right after the commit of [`delete`]. If that fails, housekeeping goes on.
pub async fn gone(site: &Site, account: &AccountId) {
    if hooks::all(site).is_empty() {
        return;
    }
    if let Err(error) = tell(site, &Departure::of(account), FIRST_ATTEMPT).await {
        log::warn!(
            event = "sys_database", account = account.as_str();
            "could not record that the app knows of a deleted account; it will be told again: {error}"
        );
    }
}

/// Tells the app of accounts that are gone, as long as it does not know of them.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let (begun, now) = (Instant::now(), site.clock.now());
    let due = departures::due(&site.db, now, now.plus(LONGEST_PAUSE), BATCH).await?;
    for departure in &due {
        tell(site, departure, LATER_ATTEMPT).await?;
        if begun.elapsed() >= LONGEST_RUN {
            break;
        }
    }
    if !due.is_empty() {
        site.db.checkpoint().await;
    }
    Ok(())
}

/// Makes an attempt, unless another instance makes it.
async fn tell(site: &Site, departure: &Departure, longest: Duration) -> sqlx::Result<()> {
    let account = &departure.account_id;
    let until = site.clock.now().plus(pause(departure.attempts));
    if !departures::claim(&site.db, departure, until).await? {
        return Ok(());
    }
    let mut failed = None;
    for belongings in hooks::all(site) {
        // A panic must not end the housekeeping.
        let told = AssertUnwindSafe(belongings.gone(site, account)).catch_unwind();
        failed = match timeout(longest, told).await {
            Ok(Ok(Ok(()))) => failed,
            Ok(Ok(Err(error))) => Some(error.to_string()),
            Ok(Err(_)) => Some("it panicked".to_owned()),
            Err(_) => Some(format!("it took longer than {} seconds", longest.as_secs())),
        };
    }
    let Some(error) = failed else { return departures::delete(&site.db, account).await };
    let attempts = departure.attempts + 1;
    log::warn!(
        event = "app_failed", account = account.as_str(), attempts;
        "the app was told that an account is gone, and failed; it will be told again: {error}"
    );
    Ok(())
}

/// The pause after this many earlier attempts, in seconds.
fn pause(attempts: i64) -> i64 {
    LONGEST_PAUSE.min(FIRST_PAUSE << attempts.clamp(0, 16))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_from_five_minutes_to_a_day() {
        assert_eq!([0, 1, 2, 8, 9, 1_000].map(pause), [300, 600, 1_200, 76_800, 86_400, 86_400]);
    }
}
