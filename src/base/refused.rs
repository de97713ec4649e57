//! Logs what a visitor was refused. A stranger can be refused thousands of times a second, so there is one
//! line for each cause, network and minute ([`Digest`](super::log_digest::Digest)).

use super::client::Client;
use super::log_digest::Cause;
use super::rate_limit::{LimitKey, RetryAfter};
use super::site::Site;

/// Calls `write` for the first of its minute, and counts the others.
pub fn log(site: &Site, client: &Client, event: &'static str, what: &'static str, write: impl FnOnce()) {
    let network = LimitKey::network(client.address);
    if site.digest.is_first(Cause { event, what }, network, site.clock.now()) {
        write();
    }
}

/// Logs that something came too early, with its account if there is one.
pub fn too_early(site: &Site, client: &Client, account: &str, wait: &RetryAfter, what: &'static str) {
    let event = "excess_rate_limit_exceeded";
    log(site, client, event, what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
        log::info!(event, request_id, account, address:%, browser:%, seconds = wait.seconds(); "{what}");
    });
}
