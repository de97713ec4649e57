//! Traefik: its entry points, and what it reads from the folder of its file provider.

use super::filled::{filled, lines};
use super::listener::Listener;
use super::names::Names;

/// For a router with TLS.
const TLS: &str = "      # Or with a resolver of your traefik.yml: tls: { certResolver: NAME }
      tls: {}
";

/// The files: lines for the static configuration, and the dynamic one of this app.
pub(super) fn files(names: &Names) -> Vec<(String, String)> {
    let listeners = Listener::all(names);
    let entry_points = lines(listeners.iter().map(|listener| {
        let values = [("name", &*entry_point(listener)), ("listen", &*listen(listener))];
        filled(include_str!("text/traefik_entrypoint.yml"), &values)
    }));
    let routers = lines(listeners.iter().map(|listener| router(listener, names)));
    let values = [
        ("routers", &*routers),
        ("name", names.app.as_str()),
        ("vestibule", &*names.vestibule_at.to_string()),
        ("app", &*names.app_at.to_string()),
    ];
    vec![
        (
            "traefik.yml".to_owned(),
            filled(include_str!("text/traefik_static.yml"), &[("entrypoints", &*entry_points)]),
        ),
        (format!("dynamic/{}.yml", names.app), filled(include_str!("text/traefik_dynamic.yml"), &values)),
    ]
}

fn router(listener: &Listener<'_>, names: &Names) -> String {
    let entry_point = entry_point(listener);
    let hosts: Vec<_> = listener.hosts.iter().map(|host| format!("Host(`{host}`)")).collect();
    let values = [
        ("router", &*format!("{}-{entry_point}", names.app)),
        ("rule", &*hosts.join(" || ")),
        ("entrypoint", &*entry_point),
        ("name", names.app.as_str()),
    ];
    let mut text = filled(include_str!("text/traefik_router.yml"), &values);
    if listener.is_https {
        text += TLS;
    }
    text
}

/// The names that Traefik's own documentation uses.
fn entry_point(listener: &Listener<'_>) -> String {
    let name = if listener.is_https { "websecure" } else { "web" };
    if listener.has_own_port() { name.to_owned() } else { format!("{name}{}", listener.port) }
}

fn listen(listener: &Listener<'_>) -> String {
    format!("{}:{}", listener.loopback().unwrap_or_default(), listener.port)
}
