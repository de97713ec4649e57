//! Caddy: a site for each host of the app.

use super::filled::filled;
use super::listener::Listener;
use super::names::Names;

/// Where the operator may name a certificate.
const TLS: &str = "\t# Caddy gets a certificate by itself. With one of your own:
\t# tls /etc/caddy/fullchain.pem /etc/caddy/privkey.pem
";

/// The one file, or the part of it that is about this app.
pub(super) fn files(names: &Names) -> Vec<(String, String)> {
    let site = |listener: Listener<'_>, origin: &str| {
        let host = listener.hosts.concat();
        let address = if listener.is_https && listener.has_own_port() { host.as_str() } else { origin };
        let mut first = listener.loopback().map(|at| format!("\tbind {at}\n")).unwrap_or_default();
        if listener.is_https {
            first += TLS;
        }
        let values = [
            ("site", address),
            ("first", &*first),
            ("vestibule", &*names.vestibule_at.to_string()),
            ("app", &*names.app_at.to_string()),
        ];
        filled(include_str!("text/caddy.conf"), &values)
    };
    let sites: Vec<_> =
        names.origins.iter().map(|origin| site(Listener::of(origin), origin.as_str())).collect();
    vec![("Caddyfile".to_owned(), sites.join("\n"))]
}
