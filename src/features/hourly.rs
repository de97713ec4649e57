//! Work of an app that is done once an hour, in a task that runs as long as the server: by one instance, whichever
//! asks first.

use std::sync::Arc;
use std::time::Duration;

use rocket::Shutdown;
use rocket::fairing::{AdHoc, Fairing};
use rocket::futures::future::BoxFuture;
use rocket::tokio::task::JoinHandle;
use rocket::tokio::time::sleep;
use rocket::tokio::{select, spawn};

use crate::base::Site;
use crate::web;

/// How often, in seconds.
const EVERY: i64 = 60 * 60;
/// How often it is asked whether an hour is over, and how often other instances are told that the work goes on.
const LOOK_EVERY: Duration = Duration::from_secs(10 * 60);
/// The name of the work in the database.
const WORK: &str = "hourly";

/// A piece of work.
pub type HourlyWork = Arc<dyn Fn(Site) -> BoxFuture<'static, web::Result<()>> + Send + Sync>;

/// What an app does once an hour, in this order.
pub struct Hourly(pub Vec<HourlyWork>);

/// Starts the task with the server, if the app has such work. It ends when the shutdown begins, and so does the work.
pub fn fairing() -> impl Fairing {
    AdHoc::on_liftoff("hourly work", |rocket| {
        Box::pin(async move {
            let Some(site) = rocket.state::<Site>().cloned() else { return };
            if !works(&site).is_empty() {
                spawn(watch_the_clock(site, rocket.shutdown()));
            }
        })
    })
}

async fn watch_the_clock(site: Site, mut shutdown: Shutdown) {
    loop {
        select! {
            () = &mut shutdown => return,
            done = work_if_due(&site) => match done {
                Ok(()) => {}
                // The server has ended; the next start continues.
                Err(sqlx::Error::PoolClosed) => return,
                Err(error) => log::warn!(event = "sys_database"; "could not tell whether an hour is over: {error}"),
            },
        }
        select! {
            () = &mut shutdown => return,
            () = sleep(LOOK_EVERY) => {}
        }
    }
}

fn works(site: &Site) -> Vec<HourlyWork> {
    site.settings.program.attached::<Hourly>().map(|hourly| hourly.0.clone()).unwrap_or_default()
}

/// Does the work of this hour, unless it was done already, or another instance is doing it. If a piece of it fails,
/// that is logged, and the others are still done.
pub async fn work_if_due(site: &Site) -> sqlx::Result<()> {
    if !site.db.begin_if_due(WORK, site.clock.now(), EVERY).await? {
        return Ok(());
    }
    for work in works(site) {
        // In a task of its own: a panic ends nothing but itself.
        if let Err(why) = finished(site, Ended(spawn(work(site.clone())))).await {
            log::error!(event = "sys_broken"; "hourly work failed: {why}");
        }
    }
    Ok(())
}

/// Waits for a piece of work, and says meanwhile that it goes on.
async fn finished(site: &Site, mut task: Ended) -> Result<(), String> {
    loop {
        select! {
            done = &mut task.0 => {
                return match done {
                    Ok(done) => done.map_err(|error| error.to_string()),
                    Err(panic) => Err(panic.to_string()),
                };
            }
            () = sleep(LOOK_EVERY) => {
                if let Err(error) = site.db.renew(WORK, site.clock.now()).await {
                    log::warn!(event = "sys_database"; "could not record that hourly work goes on: {error}");
                }
            }
        }
    }
}

/// A task that is aborted when it is no longer awaited: work that goes on after the shutdown would keep the database open.
struct Ended(JoinHandle<web::Result<()>>);

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.abort();
    }
}
