//! A port that visitors reach, with the hosts of an app behind it.

use super::names::Names;
use crate::base::WebOrigin;

/// A port of the proxy.
pub(super) struct Listener<'n> {
    pub(super) is_https: bool,
    pub(super) port: u16,
    /// The hosts of the app there; at least one.
    pub(super) hosts: Vec<&'n str>,
}

impl<'n> Listener<'n> {
    /// The one that an origin needs for itself.
    pub(super) fn of(origin: &'n WebOrigin) -> Listener<'n> {
        let is_https = origin.is_https();
        let own = if is_https { 443 } else { 80 };
        let port =
            origin.as_str().rsplit_once(':').and_then(|(_, port)| port.parse::<u16>().ok()).unwrap_or(own);
        Listener { is_https, port, hosts: vec![origin.host()] }
    }

    /// Those that an app needs: hosts on the same port share one.
    pub(super) fn all(names: &'n Names) -> Vec<Listener<'n>> {
        let mut all: Vec<Listener<'n>> = Vec::new();
        for one in names.origins.iter().map(Listener::of) {
            match all.iter_mut().find(|known| (known.is_https, known.port) == (one.is_https, one.port)) {
                Some(known) => known.hosts.extend(one.hosts),
                None => all.push(one),
            }
        }
        all
    }

    pub(super) fn scheme(&self) -> &'static str {
        if self.is_https { "https" } else { "http" }
    }

    /// Whether the port is the one that browsers do not show.
    pub(super) fn has_own_port(&self) -> bool {
        self.port == if self.is_https { 443 } else { 80 }
    }

    /// The loopback address to listen on, where all hosts are names of it: no other host needs the port.
    pub(super) fn loopback(&self) -> Option<&'static str> {
        let is_local = |host: &&str| {
            *host == "localhost"
                || host.ends_with(".localhost")
                || *host == "[::1]"
                || host.starts_with("127.")
        };
        if !self.hosts.iter().all(is_local) {
            return None;
        }
        Some(if self.hosts.contains(&"[::1]") { "[::1]" } else { "127.0.0.1" })
    }
}

#[cfg(test)]
mod tests {
    use super::super::authority::Authority;
    use super::*;
    use crate::services::apps::AppName;

    #[test]
    fn hosts_on_the_same_port_share_a_listener() {
        let origins = [
            "https://wiki.example.org",
            "http://wiki.localhost:8080",
            "https://wiki.example.com",
            "https://wiki.example.net:8443",
            "http://[::1]:8080",
            "http://127.0.0.1:8081",
        ];
        let address = || Authority::parse("127.0.0.1:3000").unwrap();
        let names = Names {
            app: AppName::parse("wiki").unwrap(),
            origins: origins.iter().map(|typed| WebOrigin::parse(typed).unwrap()).collect(),
            app_at: address(),
            vestibule_at: address(),
        };
        let all = Listener::all(&names);
        let shown: Vec<_> =
            all.iter().map(|one| (one.scheme(), one.port, one.hosts.join(" "), one.loopback())).collect();
        let expected = [
            ("https", 443, "wiki.example.org wiki.example.com", None),
            ("http", 8080, "wiki.localhost [::1]", Some("[::1]")),
            ("https", 8443, "wiki.example.net", None),
            ("http", 8081, "127.0.0.1", Some("127.0.0.1")),
        ];
        assert_eq!(shown, expected.map(|(scheme, port, hosts, at)| (scheme, port, hosts.to_owned(), at)));
        assert!(all[0].has_own_port() && !all[1].has_own_port());
    }
}
