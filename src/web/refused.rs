//! Logs how much was refused, after the first of each minute ([`refused`](crate::base::refused)).

use std::time::Duration;

use rocket::fairing::{AdHoc, Fairing};
use rocket::tokio::time::sleep;
use rocket::tokio::{select, spawn};

use crate::base::Site;

/// How often to check for minutes that are over.
const EVERY: Duration = Duration::from_secs(10);

/// Logs the counts: every few seconds, and all of them when the program ends.
pub fn fairing() -> impl Fairing {
    AdHoc::on_liftoff("what was refused", |rocket| {
        Box::pin(async move {
            let Some(site) = rocket.state::<Site>().cloned() else { return };
            let mut shutdown = rocket.shutdown();
            spawn(async move {
                loop {
                    select! {
                        () = &mut shutdown => break,
                        () = sleep(EVERY) => site.digest.log_finished(site.clock.now()),
                    }
                }
            });
        })
    })
}
