//! What the operator reads of proxies that are not set up right, and of browsers that do not keep a cookie: each at most
//! once a minute, since strangers can cause it at will.

use std::collections::HashMap;
use std::net::IpAddr;

use parking_lot::Mutex;

use crate::base::log::OnceAMinute;
use crate::base::{Site, Time, WebOrigin};

/// The most names of hosts in the log of one minute.
const MOST: usize = 100;

/// The hosts that were asked for and are no app's, so that each is in the log once a minute.
#[derive(Debug, Default)]
pub struct Unknown(Mutex<HashMap<String, i64>>);

impl Unknown {
    /// Warns of a host.
    pub(super) fn warn(&self, site: &Site, host: &str) {
        if self.is_first(host, site.clock.now()) {
            let program = site.settings.program.name;
            log::warn!(
                event = "gate_unknown_host", host;
                "a proxy asked the gate about {host}, which is no app that is enabled, and was answered 403; `{program} app list` \
                 shows where the apps are"
            );
        }
    }

    fn is_first(&self, host: &str, now: Time) -> bool {
        let minute = now.unix().div_euclid(60);
        let mut hosts = self.0.lock();
        if hosts.get(host) == Some(&minute) {
            return false;
        }
        if hosts.len() >= MOST {
            hosts.retain(|_, told| *told == minute);
        }
        let has_room = hosts.len() < MOST;
        if has_room {
            hosts.insert(host.to_owned(), minute);
        }
        has_room
    }
}

/// A connection that comes from no trusted proxy.
pub(super) fn untrusted(site: &Site, peer: Option<IpAddr>) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    if TOLD.may_log(site.clock.now()) {
        let peer = peer.map_or_else(|| "unknown".to_owned(), |peer| peer.to_string());
        log::warn!(
            event = "gate_untrusted", peer;
            "the gate was asked from {peer}, which is not trusted, and answered 403; if that is your proxy, add {peer} to \
             trusted_proxies"
        );
    }
}

/// A question that came to the front door.
pub(super) fn front_door(site: &Site) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    if TOLD.may_log(site.clock.now()) {
        let base_url = &site.settings.base_url;
        log::warn!(
            event = "gate_front_door";
            "the gate was asked under the name of base_url ({base_url}), which visitors use, and answered 404; if a proxy of yours \
             asked, let it use another address of this program, such as http://127.0.0.1:8000"
        );
    }
}

/// A question that cannot be read.
pub(super) fn unreadable(site: &Site) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    if TOLD.may_log(site.clock.now()) {
        let program = site.settings.program.name;
        log::warn!(
            event = "gate_unreadable";
            "a proxy asked the gate without one X-Forwarded-Host and one X-Forwarded-Uri that can be read, and was answered 403; \
             `{program} app snippet` prints what to write into its configuration"
        );
    }
}

/// The database did not answer.
pub(super) fn no_database(site: &Site, error: &sqlx::Error) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    if TOLD.may_log(site.clock.now()) {
        log::error!(event = "sys_database"; "the gate refuses all requests with 503: the database did not answer: {error}");
    }
}

/// A cookie of an app's host that did not come back.
pub(super) fn cookie_lost(site: &Site, origin: &WebOrigin, was_set: bool) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    if TOLD.may_log(site.clock.now()) {
        let host = origin.host();
        let why = match was_set {
            true => "the cookie of its login was set and did not come back",
            false => "it had no cookie of a visit",
        };
        log::warn!(
            event = "gate_cookie_lost", host;
            "a browser could not be let in at {host}: {why}; if this happens to everyone, the proxy does not pass on Set-Cookie or \
             Cookie"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_is_told_once_a_minute_and_a_flood_fills_nothing() {
        let unknown = Unknown::default();
        let first = |host: &str, second| unknown.is_first(host, Time::from_unix(second));
        assert!(first("a.test", 0) && !first("a.test", 59) && first("b.test", 59) && first("a.test", 60));
        let told = (0..1_000).filter(|number| first(&format!("{number}.test"), 61)).count();
        assert_eq!(told, MOST - 1, "a.test has been told in this minute");
        assert_eq!(unknown.0.lock().len(), MOST);
        assert!(!first("c.test", 119) && first("c.test", 120));
        assert!(unknown.0.lock().len() <= MOST);
    }
}
