//! nginx: a server for each host of the app, since `$server_name` is what the gate is told.

use super::filled::{filled, lines};
use super::listener::Listener;
use super::names::Names;

/// Where the operator names a certificate.
const TLS: &str = "    # Your certificate with its chain, and its key:
    # ssl_certificate     /etc/ssl/@host@/fullchain.pem;
    # ssl_certificate_key /etc/ssl/@host@/privkey.pem;
";

/// The files, for the folder of `nginx.conf`, which includes those of `conf.d`.
pub(super) fn files(names: &Names) -> Vec<(String, String)> {
    let vestibule = names.vestibule_at.to_string();
    let servers: Vec<_> =
        names.origins.iter().map(|origin| server(&Listener::of(origin), origin.host(), names)).collect();
    vec![
        ("vestibule_ask.conf".to_owned(), include_str!("text/nginx_ask.conf").to_owned()),
        (
            "conf.d/vestibule.conf".to_owned(),
            filled(include_str!("text/nginx_http.conf"), &[("vestibule", &*vestibule)]),
        ),
        (format!("conf.d/{}.conf", file_name(names)), servers.join("\n")),
    ]
}

/// The name of the app's own file. An app may be called as the file for all of them is.
fn file_name(names: &Names) -> String {
    format!("app-{}", names.app)
}

fn server(listener: &Listener<'_>, host: &str, names: &Names) -> String {
    let tls = if listener.is_https { filled(TLS, &[("host", host)]) } else { String::new() };
    let values =
        [("listen", &*listen(listener)), ("host", host), ("tls", &*tls), ("app", &*names.app_at.to_string())];
    filled(include_str!("text/nginx_server.conf"), &values)
}

/// The directives about the port.
fn listen(listener: &Listener<'_>) -> String {
    let (port, ssl) = (listener.port, if listener.is_https { " ssl" } else { "" });
    let at = match listener.loopback() {
        Some(address) => vec![format!("{address}:{port}")],
        None => vec![port.to_string(), format!("[::]:{port}")],
    };
    lines(at.iter().map(|at| format!("    listen {at}{ssl};\n"))).trim_start().to_owned()
}
