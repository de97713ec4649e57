//! HAProxy: a script that asks, and a backend for each host of the app, since the script is told the host there.

use super::filled::{filled, lines};
use super::listener::Listener;
use super::names::Names;

/// The files: the script, and a whole configuration.
pub(super) fn files(names: &Names) -> Vec<(String, String)> {
    let frontends = lines(Listener::all(names).iter().map(frontend));
    let backends = lines(names.origins.iter().map(|origin| {
        let values = [
            ("backend", &*section(origin.host())),
            ("host", origin.host()),
            ("scheme", if origin.is_https() { "https" } else { "http" }),
            ("app", &*names.app_at.to_string()),
        ];
        filled(include_str!("text/haproxy_backend.cfg"), &values)
    }));
    let values = [("frontends", &*frontends), ("backends", &*backends)];
    vec![
        (
            "vestibule.lua".to_owned(),
            filled(include_str!("text/haproxy.lua"), &[("vestibule", &*names.vestibule_at.to_string())]),
        ),
        ("haproxy.cfg".to_owned(), filled(include_str!("text/haproxy.cfg"), &values)),
    ]
}

fn frontend(listener: &Listener<'_>) -> String {
    let uses = lines(listener.hosts.iter().map(|host| {
        format!("    use_backend {} if {{ req.hdr(host),host_only -i {host} }}\n", section(host))
    }));
    let name = format!("{}_{}", listener.scheme(), listener.port);
    let values = [("frontend", &*name), ("bind", &*bind(listener)), ("uses", &*uses)];
    filled(include_str!("text/haproxy_frontend.cfg"), &values)
}

/// The line about the port, where TLS needs the file of a certificate a comment.
fn bind(listener: &Listener<'_>) -> String {
    let at = match listener.loopback() {
        Some(address) => format!("bind {address}:{}", listener.port),
        None => format!("bind :::{} v4v6", listener.port),
    };
    if listener.is_https {
        format!(
            "    # With your certificate, its chain and its key in one file:\n    # {at} ssl crt /etc/haproxy/{}.pem",
            section(listener.hosts.first().copied().unwrap_or_default())
        )
    } else {
        format!("    {at}")
    }
}

/// The name of a section: HAProxy takes no brackets there.
fn section(host: &str) -> String {
    host.replace(['[', ']', ':'], "_")
}
