//! Whether the app is there, and reached past the proxy.

use std::net::{IpAddr, SocketAddr, UdpSocket};
use std::time::Duration;

use rocket::tokio::net::{TcpStream, lookup_host};
use rocket::tokio::time::timeout;

use super::finding::Finding;
use super::through::place;
use crate::features::snippets::Authority;
use crate::services::apps::App;

/// How long a connection may take. One that a firewall swallows takes longer.
const PATIENCE: Duration = Duration::from_secs(2);
/// Addresses for documentation, which no machine has (RFC 5737, RFC 3849). No packet is sent there.
const ELSEWHERE: [&str; 2] = ["192.0.2.1:9", "[2001:db8::1]:9"];

/// Tries to reach the app: where the proxy does, and where only the proxy should.
pub(super) async fn past_the_proxy(app: &App, app_at: Option<&Authority>) -> Vec<Finding> {
    let Some(app_at) = app_at else {
        let said = "Whether the app runs, and is reached past the proxy, was not tried: add --app with its address and port.";
        return vec![Finding::note("past-the-proxy", said)];
    };
    let of_here = |ip: IpAddr| ip.is_loopback() || ip.is_unspecified();
    let is_here = app_at.host() == "localhost" || app_at.as_ip().is_some_and(|at| of_here(at.ip()));
    let opens = opens(app_at).await;
    let is_near = is_here || of_own(app_at);
    let mut findings = vec![listens(app_at, is_near, opens)];
    let (before, mut tried) = (findings.len(), Vec::new());
    for at in outside(app, app_at, is_here).await {
        if answers(at).await {
            findings.push(reached(at));
        }
        tried.push(at.to_string());
    }
    if findings.len() > before || (is_near && !opens) {
        // While it is down, it says nothing that it is reached nowhere else.
        return findings;
    }
    if !is_here && opens {
        findings.push(Finding::note(
            "past-the-proxy",
            format!("{app_at} is reached from this machine. That is right if the proxy runs here, and nowhere else."),
        ));
    } else if tried.is_empty() {
        let said =
            "This machine knows no address of its own at which the app could be reached past the proxy.";
        findings.push(Finding::note("past-the-proxy", said));
    } else {
        findings.push(Finding::fine(
            "past-the-proxy",
            format!("From this machine, nothing is reached at {}, past the proxy.", tried.join(", ")),
        ));
    }
    findings
}

/// About the place where the proxy is to reach the app.
fn listens(app_at: &Authority, is_here: bool, opens: bool) -> Finding {
    match (opens, is_here) {
        (true, _) => {
            let said = format!(
                "Something listens at {app_at}. Whether the proxy leads there is seen after a login, or at an open path."
            );
            Finding::fine("listens", said)
        }
        (false, true) => {
            let advice = "Start the app. If it listens elsewhere, name that to app snippet, and here: --app ADDRESS:PORT";
            Finding::wrong("listens", format!("Nothing listens at {app_at}."), vec![advice.to_owned()])
        }
        (false, false) => {
            let said = format!(
                "{app_at} is not reached from this machine. If the proxy runs here, nor does it reach the app."
            );
            Finding::note("listens", said)
        }
    }
}

fn of_own(app_at: &Authority) -> bool {
    app_at.as_ip().is_some_and(|at| own_addresses().contains(&at.ip()))
}

fn reached(at: SocketAddr) -> Finding {
    Finding::wrong(
        "past-the-proxy",
        format!("Something answers at {at}. If it is the app, anyone who reaches it can say who they are."),
        vec!["Let the app listen on 127.0.0.1 only, or on a network that only the proxy is in.".to_owned()],
    )
}

/// Where the port would be reached from other machines: at the addresses of this one, and at those that the app's hosts
/// lead to.
async fn outside(app: &App, app_at: &Authority, is_here: bool) -> Vec<SocketAddr> {
    let port = app_at.port();
    let mut found: Vec<SocketAddr> = Vec::new();
    let own = own_addresses();
    if is_here {
        found.extend(own.iter().map(|ip| SocketAddr::new(*ip, port)));
    } else {
        found.extend(app_at.as_ip().filter(|at| own.contains(&at.ip())));
    }
    for origin in &app.origins {
        let (host, own_port) = place(origin);
        // The proxy itself listens there.
        if own_port != port {
            found.extend(addresses(&host, port).await);
        }
    }
    found.retain(|at| !at.ip().is_loopback() && !at.ip().is_unspecified());
    found.sort_unstable();
    found.dedup();
    found
}

async fn addresses(host: &str, port: u16) -> Vec<SocketAddr> {
    // Of this machine alone, whatever a resolver says.
    if host == "localhost" || host.ends_with(".localhost") {
        return Vec::new();
    }
    let looked_up = timeout(PATIENCE, lookup_host((host, port))).await;
    looked_up.ok().and_then(Result::ok).map(Iterator::collect).unwrap_or_default()
}

/// The addresses by which this machine reaches others.
fn own_addresses() -> Vec<IpAddr> {
    let towards = |elsewhere: &str| {
        let any = if elsewhere.starts_with('[') { "[::]:0" } else { "0.0.0.0:0" };
        let socket = UdpSocket::bind(any).ok()?;
        socket.connect(elsewhere).ok()?;
        socket.local_addr().ok().map(|at| at.ip())
    };
    ELSEWHERE.iter().filter_map(|elsewhere| towards(elsewhere)).collect()
}

async fn answers(at: SocketAddr) -> bool {
    timeout(PATIENCE, TcpStream::connect(at)).await.is_ok_and(|connected| connected.is_ok())
}

async fn opens(app_at: &Authority) -> bool {
    let connected = timeout(PATIENCE, TcpStream::connect((app_at.host(), app_at.port()))).await;
    connected.is_ok_and(|connected| connected.is_ok())
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn nothing_must_listen_elsewhere_to_be_reached_from_here() {
        let app_at = Authority::parse("wiki:3000").unwrap();
        for (is_here, opens, state) in [
            (true, true, State::Fine),
            (true, false, State::Wrong),
            (false, true, State::Fine),
            (false, false, State::Note),
        ] {
            let finding = listens(&app_at, is_here, opens);
            assert_eq!((finding.state, finding.said.contains("wiki:3000")), (state, true));
        }
    }
}
