//! Debian's nginx in front of an app, three times over: the gate is asked about each request, the app itself is asked, or
//! no one is. It runs with a configuration of its own.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::process::geteuid;
use vestibule::web::paths::AUTH_REQUEST;

use super::argon2::cores;
use super::child::{Server, free_port};
use super::passes::HOST;

/// A running nginx, and where it asks whom.
pub struct Nginx {
    _server: Server,
    /// It asks the gate.
    pub gate: SocketAddr,
    /// It asks the app.
    pub app: SocketAddr,
    /// It asks no one.
    pub nobody: SocketAddr,
}

/// The path at which the app says who is logged in.
const OF_APP: &str = "/check";

/// Starts it in front of an app. The error says why that is not possible.
pub async fn start(folder: &Path, gate: SocketAddr, app: SocketAddr) -> Result<Nginx, String> {
    let program = program().ok_or("there is no nginx (on Debian: apt-get install nginx-light)")?;
    let ports = [free_port(), free_port(), free_port()];
    let servers = [
        server(ports[0], &format!("http://gate{AUTH_REQUEST}")),
        server(ports[1], &format!("http://app{OF_APP}")),
        format!("server {{ listen 127.0.0.1:{}; {READY} location / {{ {} }} }}", ports[2], to_app("")),
    ];
    let file = folder.join("nginx.conf");
    fs::write(&file, configuration(folder, gate, app, &servers.concat())).unwrap();
    let mut command = Command::new(program);
    command.arg("-p").arg(folder).arg("-c").arg(&file).arg("-e").arg(folder.join("nginx.log"));
    let server = Server::start(&mut command, ports[2], "/ready").await;
    let [gate, app, nobody] = ports.map(|port| SocketAddr::from(([127, 0, 0, 1], port)));
    Ok(Nginx { _server: server, gate, app, nobody })
}

/// The path of nginx.
fn program() -> Option<PathBuf> {
    let all = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];
    all.into_iter().map(PathBuf::from).find(|file| file.is_file())
}

/// Is answered before anyone is asked.
const READY: &str = "location = /ready { return 204; }";

/// A server that asks before each request, as `vestibule app snippet` prints it.
fn server(port: u16, asked: &str) -> String {
    let names = ["user", "name", "email", "groups"];
    let known: String = names
        .iter()
        .map(|name| format!("auth_request_set $gate_{name} $upstream_http_remote_{name};\n"))
        .collect();
    let told: String =
        names.iter().map(|name| format!("proxy_set_header Remote-{name} $gate_{name};\n")).collect();
    format!(
        "server {{
            listen 127.0.0.1:{port};
            server_name {HOST};
            auth_request /.vestibule/check;
            {known}
            {READY}
            location = /.vestibule/check {{
                internal;
                proxy_pass {asked};
                proxy_pass_request_body off;
                proxy_set_header Content-Length \"\";
                proxy_set_header Connection \"\";
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $remote_addr;
                proxy_set_header X-Forwarded-Method $request_method;
                proxy_set_header X-Forwarded-Host $server_name;
                proxy_set_header X-Forwarded-Uri $request_uri;
            }}
            location / {{ {} }}
        }}\n",
        to_app(&told)
    )
}

/// The app gets no cookies, or it would look up its own user as well.
fn to_app(told: &str) -> String {
    format!(
        "proxy_pass http://app; proxy_set_header Host $http_host; proxy_set_header Connection \"\"; \
         proxy_set_header Cookie \"\";\n{told}"
    )
}

fn configuration(folder: &Path, gate: SocketAddr, app: SocketAddr, servers: &str) -> String {
    let place = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .iter()
        .map(|kind| format!("{kind}_temp_path {place}/{kind};\n"))
        .collect();
    // The folder of the measurement belongs to the user who runs it.
    let user = if geteuid().is_root() { "user root;" } else { "" };
    let upstream = |name: &str, address: SocketAddr| {
        format!("upstream {name} {{ server {address}; keepalive 64; keepalive_requests 1000000; }}\n")
    };
    format!(
        "{user} daemon off; worker_processes {}; pid {place}/nginx.pid; error_log {place}/nginx.log;
        events {{ worker_connections 1024; }}
        http {{
            access_log off; keepalive_requests 1000000; proxy_http_version 1.1;
            {temporary}{}{}{servers}
        }}\n",
        cores(),
        upstream("gate", gate),
        upstream("app", app),
    )
}
