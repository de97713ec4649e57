//! Removes what has expired, in a task that runs as long as the server: sessions, tickets to apps, logins that were not
//! finished, links, invitations, second factors that were removed, counts of wrong passwords, emails that were given up,
//! accounts that no one confirmed, old activity.

use std::time::Duration;

use rocket::Shutdown;
use rocket::fairing::{AdHoc, Fairing};
use rocket::tokio::sync::watch;
use rocket::tokio::time::sleep;
use rocket::tokio::{select, spawn};

use crate::base::rate_limit::{failures, shared};
use crate::base::{Site, submissions};
use crate::features::invited::first_admin;
use crate::features::{unconfirmed, unfinished};
use crate::people::{audit, belongings, passes, sessions};
use crate::services::{invitations, links, outbox, passkeys, recovery_codes, totp_app};

/// What has expired has no effect from its last second on; this only keeps it from piling up.
const EVERY: Duration = Duration::from_secs(10 * 60);

/// Whether the first round is over. A test waits for it, because its clock may leap before.
#[derive(Default)]
pub struct FirstRound(watch::Sender<bool>);

impl FirstRound {
    /// Returns once the first round is over, whether it succeeded or not.
    pub async fn over(&self) {
        // The sender is here, so it cannot be gone.
        let _ = self.0.subscribe().wait_for(|over| *over).await;
    }
}

/// Starts the task with the server. It ends when the shutdown begins.
pub fn fairing() -> impl Fairing {
    AdHoc::on_liftoff("housekeeping", |rocket| {
        Box::pin(async move {
            let Some(site) = rocket.state::<Site>().cloned() else { return };
            let first = rocket.state::<FirstRound>().map(|first| first.0.clone()).unwrap_or_default();
            spawn(keep_house(site, first, rocket.shutdown()));
        })
    })
}

/// Only the pause in between is cut short: a connection that is dropped while it opens may leave files
/// behind.
async fn keep_house(site: Site, first: watch::Sender<bool>, mut shutdown: Shutdown) {
    loop {
        let swept = sweep_with_lease(&site).await;
        first.send_replace(true);
        match swept {
            Ok(()) => {}
            // The server has ended; the next start continues.
            Err(sqlx::Error::PoolClosed) => return,
            Err(error) => log::warn!(event = "sys_database"; "could not remove what has expired: {error}"),
        }
        select! {
            () = &mut shutdown => return,
            () = sleep(EVERY) => {}
        }
    }
}

/// Removes what has expired, unless another instance is doing it.
async fn sweep_with_lease(site: &Site) -> sqlx::Result<()> {
    let Some(lease) = site.db.lease_work("housekeeping").await? else { return Ok(()) };
    let swept = sweep(site).await;
    lease.end().await?;
    swept
}

/// Removes what has expired. If one thing cannot be removed, the others still are; the result is the first
/// error.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    site.limits.sweep(site.clock.now());
    let swept = [
        sessions::sweep(site).await,
        sessions::sweep_devices(site).await,
        passes::sweep(site).await,
        unfinished::tell(site).await, // before the logins that were not finished are removed
        sessions::sweep_pending(site).await,
        failures::sweep(&site.db, site.clock.now()).await,
        shared::sweep(&site.db, site.clock.now()).await,
        submissions::sweep(&site.db, site.clock.now()).await,
        links::sweep(site).await,
        invitations::sweep(site).await,
        first_admin::sweep(site).await,
        totp_app::sweep(site).await,
        recovery_codes::sweep(site).await,
        passkeys::sweep(site).await,
        outbox::sweep(site).await,
        unconfirmed::sweep(site).await, // after the links and emails that are over
        audit::sweep(site).await,
        belongings::sweep(site).await, // the app is told of accounts that are gone
    ];
    swept.into_iter().collect()
}
