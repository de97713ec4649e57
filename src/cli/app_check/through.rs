//! Asks through the proxy.

use super::arrived::Arrived;
use crate::base::fetch::{Answer, Failure, Request, Server, Trust, fetch};
use crate::base::{Site, WebOrigin};
use crate::features::gate::probe;
use crate::features::snippets::Proxy;
use crate::web::paths;

/// An address of an app, asked through the proxy.
pub(super) struct Through<'a> {
    pub(super) site: &'a Site,
    pub(super) origin: &'a WebOrigin,
    /// Where it is asked.
    pub(super) at: &'a WebOrigin,
    server: Server,
    /// What is asked of the gate: one address for the whole run, so that answers can be compared.
    probe: String,
}

impl<'a> Through<'a> {
    /// Asked where the origin leads, or where the operator says.
    pub(super) fn to(
        site: &'a Site,
        origin: &'a WebOrigin,
        at: Option<&'a WebOrigin>,
        trust: &Trust,
    ) -> Through<'a> {
        let at = at.unwrap_or(origin);
        let (host, port) = place(at);
        // The certificate is that of the app's host, wherever the connection goes.
        let tls = at.is_https().then(|| (origin.host().to_owned(), trust.clone()));
        Through { site, origin, at, server: Server { host, port, tls }, probe: probe::path(site) }
    }

    /// Asks for a page with these headers.
    pub(super) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
        let host = self.origin.as_str().split_once("://").unwrap_or_default().1;
        self.get_of(host, path, headers).await
    }

    /// Asks with another `Host` than the app's.
    async fn get_of(&self, host: &str, path: &str, headers: &[(&str, &str)]) -> Result<Answer, Failure> {
        fetch(&self.server, Request { method: "GET", host, path, headers }).await
    }

    /// Asks the gate what arrives there of these headers.
    pub(super) async fn probe(&self, headers: &[(&str, &str)]) -> Result<(Answer, Option<Arrived>), Failure> {
        let answer = self.get(&self.probe, headers).await?;
        let arrived = Arrived::read(&answer);
        Ok((answer, arrived))
    }

    /// Asks the gate what arrives there if a visitor names another host: in `Host` alone, and next to the app's own in the
    /// first line. What the proxy refuses, does not arrive.
    pub(super) async fn probe_of(&self, host: &str) -> Vec<Arrived> {
        let mut all = Vec::new();
        for path in [self.probe.clone(), self.origin.at(&self.probe)] {
            let answer = self.get_of(host, &path, &[]).await;
            all.extend(answer.ok().and_then(|answer| Arrived::read(&answer)));
        }
        all
    }
}

/// The host without brackets, and the port.
pub(super) fn place(origin: &WebOrigin) -> (String, u16) {
    let host = origin.host();
    let own = if origin.is_https() { 443 } else { 80 };
    let (_, authority) = origin.as_str().split_once("://").unwrap_or_default();
    let port = authority.strip_prefix(host).and_then(|port| port.strip_prefix(':')?.parse::<u16>().ok());
    (host.trim_matches(['[', ']']).to_owned(), port.unwrap_or(own))
}

/// Which proxy this is, if that can be told.
pub(super) fn known(answer: &Answer, arrived: Option<&Arrived>) -> Option<Proxy> {
    let says = |word: &str| {
        ["server", "via"]
            .iter()
            .any(|name| answer.all(name).any(|value| value.to_ascii_lowercase().contains(word)))
    };
    let asked = arrived.map(|arrived| arrived.asked.as_str());
    if says("nginx") || says("openresty") {
        Some(Proxy::Nginx)
    } else if says("caddy") {
        Some(Proxy::Caddy)
    } else if says("envoy") {
        Some(Proxy::Envoy)
    } else if arrived.is_some_and(|arrived| !arrived.values("x-forwarded-server").is_empty()) {
        Some(Proxy::Traefik)
    } else if matches!(asked, Some(paths::ENTER | paths::AUTH_REQUEST)) {
        Some(Proxy::Nginx)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_from_an_origin() {
        for (origin, host, port) in [
            ("https://wiki.example.org", "wiki.example.org", 443),
            ("http://wiki.example.org", "wiki.example.org", 80),
            ("http://wiki.localhost:8080", "wiki.localhost", 8080),
            ("https://[::1]", "::1", 443),
            ("https://[::1]:8443", "::1", 8443),
        ] {
            assert_eq!(place(&WebOrigin::parse(origin).unwrap()), (host.to_owned(), port));
        }
    }

    #[test]
    fn a_proxy_is_known_by_what_it_says() {
        let answer = |name: &str, value: &str| Answer {
            headers: vec![(name.to_owned(), value.to_owned())],
            ..Answer::default()
        };
        assert_eq!(known(&answer("server", "nginx/1.22.1"), None), Some(Proxy::Nginx));
        assert_eq!(known(&answer("server", "Caddy"), None), Some(Proxy::Caddy));
        assert_eq!(known(&answer("via", "1.1 Caddy"), None), Some(Proxy::Caddy));
        assert_eq!(known(&answer("server", "envoy"), None), Some(Proxy::Envoy));
        assert_eq!(known(&answer("server", "gunicorn"), None), None);
        let arrived =
            |text: &str| Arrived::read(&Answer { body: text.as_bytes().to_vec(), ..Answer::default() });
        let traefik = r#"{"probe": true, "asked": "/gate/forward-auth", "peer": "127.0.0.1", "trusted": true,
                          "headers": [["x-forwarded-server", "a"]]}"#;
        assert_eq!(known(&Answer::default(), arrived(traefik).as_ref()), Some(Proxy::Traefik));
        let nginx = traefik.replace("forward-auth", "enter").replace("x-forwarded-server", "host");
        assert_eq!(known(&Answer::default(), arrived(&nginx).as_ref()), Some(Proxy::Nginx));
        assert_eq!(known(&answer("via", "1.1 Caddy"), arrived(&nginx).as_ref()), Some(Proxy::Caddy));
    }
}
