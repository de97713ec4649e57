//! The task that sends emails as long as the server runs: several at once, each at an unpredictable moment.
//! From the time between two emails, a recipient learns nothing about a third. That one may go to another
//! address, or may not be sent because there is no account.
//!
//! What strangers request has workers of its own, so no flood of it delays what owners are told. These give
//! nothing away: the workers of an email depend on how it was requested, never on whose address it is. A link
//! requested at an address, and both emails of a sign-up (for a new and for a taken address) are in the same
//! queue, with one order and one limit, and occupy a worker equally long whether they are sent or not. And what
//! strangers cause at an existing account (its owner is notified of wrong passwords) uses the other workers, so none
//! of their own requests waits for it.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rocket::fairing::{Fairing, Info, Kind};
use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::{Id, JoinError, JoinHandle, JoinSet};
use rocket::tokio::time::{Instant, sleep, timeout};
use rocket::tokio::{select, spawn};
use rocket::{Orbit, Rocket, Shutdown, async_trait};

use super::deliver::{Attended, attend, due};
use super::email_check;
use super::email_id::EmailId;
use super::store::Row;
use super::usual::Usual;
use crate::base::Site;

/// How often the outbox is checked. A command of the operator may have queued an email, so a signal would not
/// be enough.
const EVERY: Duration = Duration::from_secs(2);
/// The pause after an error of the database, for its sake and that of the log.
const EVERY_IN_TROUBLE: Duration = Duration::from_secs(30);
/// Emails of accounts sent at once, and the same number of those that strangers request. A server that stalls
/// over one email does not delay the others, and a mail server has at most four conversations with this site.
const WORKERS: usize = 2;
/// An email waits for a random part of this before its turn. Longer than an ordinary conversation, so that
/// neither order nor pauses reveal another email; short enough for a user in front of an empty inbox.
const SPREAD: Duration = Duration::from_secs(4);
/// When the server ends, conversations are aborted; this is the time for recording their result.
const TIME_TO_RECORD: Duration = Duration::from_secs(1);

/// Starts the task with the server, if email is on, and lets it record its results when the server ends.
pub fn fairing() -> impl Fairing {
    Outbox::default()
}

#[derive(Default)]
struct Outbox(Mutex<Option<JoinHandle<()>>>);

#[async_trait]
impl Fairing for Outbox {
    fn info(&self) -> Info {
        Info { name: "outbox", kind: Kind::Liftoff | Kind::Shutdown }
    }

    async fn on_liftoff(&self, rocket: &Rocket<Orbit>) {
        email_check::tell(rocket);
        let Some(site) = rocket.state::<Site>().filter(|site| site.mailer.is_on()).cloned() else { return };
        let task = spawn(send_all(site, rocket.shutdown()));
        *self.0.lock() = Some(task);
    }

    async fn on_shutdown(&self, _: &Rocket<Orbit>) {
        let task = self.0.lock().take();
        if let Some(task) = task {
            let _ = timeout(TIME_TO_RECORD, task).await; // unfinished emails are taken again after their lease
        }
    }
}

/// What the workers share.
#[derive(Clone)]
struct Workers {
    site: Site,
    turns: Turns,
    usual: Usual,
    shutdown: Shutdown,
}

/// Free workers for emails of accounts, and for those that strangers request.
#[derive(Clone)]
struct Turns {
    owners: Arc<Semaphore>,
    strangers: Arc<Semaphore>,
}

impl Turns {
    fn new() -> Turns {
        Turns { owners: Arc::new(Semaphore::new(WORKERS)), strangers: Arc::new(Semaphore::new(WORKERS)) }
    }

    fn of(&self, strangers: bool) -> &Semaphore {
        if strangers { &self.strangers } else { &self.owners }
    }
}

async fn send_all(site: Site, mut shutdown: Shutdown) {
    let workers = Workers { site, turns: Turns::new(), usual: Usual::default(), shutdown: shutdown.clone() };
    let mut tasks = JoinSet::new();
    let mut in_hand: HashMap<Id, EmailId> = HashMap::new();
    let mut pause = EVERY;
    loop {
        select! {
            () = &mut shutdown => break,
            () = sleep(pause) => {}
        }
        let looked = look(&workers, &mut tasks, &mut in_hand).await;
        pause = if looked.is_ok() { EVERY } else { EVERY_IN_TROUBLE };
        match looked {
            Ok(()) => {}
            // The server has ended; the next start continues.
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => log::warn!(event = "sys_database"; "could not send emails: {error}"),
        }
    }
    while tasks.join_next().await.is_some() {}
}

/// Gives each email that is due to a worker. The error is that of a finished worker, or of the query.
async fn look(
    workers: &Workers,
    tasks: &mut JoinSet<sqlx::Result<()>>,
    in_hand: &mut HashMap<Id, EmailId>,
) -> sqlx::Result<()> {
    let mut outcome = Ok(());
    while let Some(done) = tasks.try_join_next_with_id() {
        in_hand.remove(&done.as_ref().map_or_else(JoinError::id, |(id, _)| *id));
        if let Ok((_, Err(error))) = done {
            outcome = outcome.and(Err(error));
        }
    }
    outcome?;
    for row in due(&workers.site).await? {
        if !in_hand.values().any(|id| *id == row.id) {
            let id = row.id.clone();
            let task = tasks.spawn(work(workers.clone(), row));
            in_hand.insert(task.id(), id);
        }
    }
    Ok(())
}

/// Sends one email at its time.
async fn work(workers: Workers, row: Row) -> sqlx::Result<()> {
    let Workers { site, turns, usual, mut shutdown } = workers;
    select! {
        () = &mut shutdown => return Ok(()),
        () = sleep(random_part(SPREAD)) => {}
    }
    let _turn = select! {
        () = &mut shutdown => return Ok(()),
        turn = turns.of(row.is_strangers()).acquire() => turn,
    };
    let begun = Instant::now();
    let attended = attend(&site, &row, shutdown.clone()).await?;
    let took = begun.elapsed();
    match attended {
        Attended::Sent | Attended::NotTaken => usual.learn(took),
        Attended::Nothing => select! {
            () = &mut shutdown => {}
            () = sleep(usual.rest(took)) => {}
        },
        Attended::Elsewhere => {}
    }
    Ok(())
}

/// A random part of a duration; half of it if the system has no randomness.
fn random_part(whole: Duration) -> Duration {
    let part = getrandom::u32().unwrap_or(u32::MAX / 2);
    whole.mul_f64(f64::from(part) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_strangers_ask_for_takes_no_worker_that_owners_wait_for_nor_the_other_way_round() {
        for strangers in [true, false] {
            let turns = Turns::new();
            let busy: Vec<_> = (0..WORKERS).map(|_| turns.of(strangers).try_acquire().unwrap()).collect();
            assert!(turns.of(strangers).try_acquire().is_err());
            let free: Vec<_> = (0..WORKERS).map(|_| turns.of(!strangers).try_acquire().unwrap()).collect();
            assert_eq!(busy.len() + free.len(), 4, "in all");
        }
    }

    #[test]
    fn the_time_of_an_email_is_anywhere_in_its_spread() {
        let parts: Vec<_> = (0..400).map(|_| random_part(SPREAD)).collect();
        // Each quarter is missed by all of 400 with a probability of 0.75^400, which is 10^-50.
        for quarter in 0..4 {
            let from = SPREAD / 4 * quarter;
            assert!(parts.iter().any(|part| (from..=from + SPREAD / 4).contains(part)), "{quarter}");
        }
        assert!(parts.iter().all(|part| *part <= SPREAD));
    }
}
