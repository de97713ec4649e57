//! Envoy: a whole configuration.

use super::authority::Authority;
use super::filled::{filled, lines};
use super::listener::Listener;
use super::names::Names;

/// Where the operator names a certificate.
const TLS: &str = "      # transport_socket:
      #   name: envoy.transport_sockets.tls
      #   typed_config:
      #     \"@type\": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
      #     common_tls_context:
      #       tls_certificates:
      #       - certificate_chain: { filename: /etc/envoy/fullchain.pem }
      #         private_key: { filename: /etc/envoy/privkey.pem }
";

/// The one file.
pub(super) fn files(names: &Names) -> Vec<(String, String)> {
    let listeners = lines(Listener::all(names).iter().map(|one| listener(one, names)));
    let (app, vestibule) = (&names.app_at, &names.vestibule_at);
    let values = [
        ("listeners", &*listeners),
        ("name", names.app.as_str()),
        ("vestibule_type", kind(vestibule)),
        ("vestibule_host", vestibule.host()),
        ("vestibule_port", &*vestibule.port().to_string()),
        ("app_type", kind(app)),
        ("app_host", app.host()),
        ("app_port", &*app.port().to_string()),
    ];
    vec![("envoy.yaml".to_owned(), filled(include_str!("text/envoy.yaml"), &values))]
}

fn listener(listener: &Listener<'_>, names: &Names) -> String {
    let domains: Vec<_> = listener.hosts.iter().map(|host| format!("\"{host}\", \"{host}:*\"")).collect();
    let at = match listener.loopback() {
        Some(address) => format!("{{ address: \"{}\", port_value: {} }}", bare(address), listener.port),
        None => format!("{{ address: \"::\", ipv4_compat: true, port_value: {} }}", listener.port),
    };
    let values = [
        ("listener", &*format!("{}_{}", listener.scheme(), listener.port)),
        ("listen", &*at),
        ("name", names.app.as_str()),
        ("domains", &*domains.join(", ")),
        ("vestibule", &*names.vestibule_at.to_string()),
        ("tls", if listener.is_https { TLS } else { "" }),
    ];
    filled(include_str!("text/envoy_listener.yaml"), &values)
}

/// How Envoy finds out where a cluster is.
fn kind(at: &Authority) -> &'static str {
    if at.as_ip().is_some() { "STATIC" } else { "STRICT_DNS" }
}

/// An address without brackets.
fn bare(address: &str) -> &str {
    address.trim_matches(['[', ']'])
}
