//! Logs what a visitor was refused. A stranger can be refused thousands of times a second, so there is one
//! line for each cause, network and minute ([`Digest`](crate::base::log_digest::Digest)).

use std::time::Duration;

use rocket::fairing::{AdHoc, Fairing};
use rocket::tokio::time::sleep;
use rocket::tokio::{select, spawn};

use crate::base::log_digest::Cause;
use crate::base::rate_limit::{LimitKey, RetryAfter};
use crate::base::{Client, Site};

/// How often to check for minutes that are over.
const EVERY: Duration = Duration::from_secs(10);

/// Calls `write` for the first of its minute, and counts the others.
pub fn tell(site: &Site, client: &Client, event: &'static str, what: &'static str, write: impl FnOnce()) {
    let network = LimitKey::network(client.address);
    if site.digest.is_first(Cause { event, what }, network, site.clock.now()) {
        write();
    }
}

/// Logs that something came too early, with its account if there is one.
pub fn too_early(site: &Site, client: &Client, account: &str, wait: &RetryAfter, what: &'static str) {
    let event = "excess_rate_limit_exceeded";
    tell(site, client, event, what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), &*client.browser);
        log::info!(event, request_id, account, address:%, browser, seconds = wait.seconds(); "{what}");
    });
}

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
                        () = sleep(EVERY) => site.digest.tell_of_over(site.clock.now()),
                    }
                }
            });
        })
    })
}
