//! Launches the server, announces it, and ends it on a signal.

use std::io::{self, IsTerminal, stdout};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::pin::pin;

use rocket::error::ErrorKind;
use rocket::fairing::{AdHoc, Fairing};
use rocket::tokio::net::TcpSocket;
use rocket::tokio::select;
use rocket::tokio::signal::unix::{SignalKind, signal};
use rocket::{Build, Rocket};

use super::{handed_over, last_admin, output};
use crate::base::config::Config;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::{Refusal, Settings, Site, instance};
use crate::features::invited::first_admin::{self, Offer};

/// Refuses a port that is in use before anything is created. If this site itself is using it, the error says
/// so.
pub(super) fn port_is_free(config: &Config) -> Result<(), Refusal> {
    let Err(error) = bind(SocketAddr::new(config.server.address, config.server.port)) else { return Ok(()) };
    if config.settings.data_dir.join("lock").exists() {
        instance::claim(&config.settings)?;
    }
    Err(unbound(&error, config))
}

/// A socket that holds an address and does not listen. If it did, a client that connects just then would be accepted, and cut off
/// when this socket is closed.
fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As Rocket does: connections that have ended hold a port for a minute.
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Serves until a signal ends it.
pub(super) async fn launch(rocket: Rocket<Build>, config: &Config) -> Result<(), Refusal> {
    let rocket = rocket.attach(announcement(&config.settings));
    let rocket = rocket.ignite().await.map_err(|error| refusal(&error, config))?;
    // Signals are handled before the announcement: a reader of it may end the program at once.
    let mut signal = pin!(end_signal()?);
    let shutdown = rocket.shutdown();
    let mut serving = pin!(rocket.launch());
    // Triggered by the task that serves, between two of its turns: if the shutdown begins in the middle of
    // one, Rocket takes the end of its listener for the end of everything and waits for no request.
    let ended = select! {
        biased;
        ended = &mut serving => ended,
        () = &mut signal => {
            shutdown.notify();
            serving.await
        }
    };
    match ended {
        Ok(_) => {}
        // Some request did not end in time. The visitor is gone, the database is intact.
        Err(error) if matches!(error.kind(), ErrorKind::Shutdown(..)) => {
            log::warn!("stopped before every request had ended");
        }
        Err(error) => return Err(refusal(&error, config)),
    }
    log::info!(event = "sys_shutdown"; "stopped");
    Ok(())
}

/// Where the site's data is.
fn place(settings: &Settings) -> String {
    match settings.database() {
        server @ DatabaseUrl::Server(_) => server.to_string(),
        DatabaseUrl::File(_) => {
            let folder = &settings.data_dir;
            folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf()).display().to_string()
        }
    }
}

/// The addresses that browsers try for `localhost`.
const HERE: [IpAddr; 2] = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];

/// The line on stdout, and one more while the site has no administrator.
fn announcement(settings: &Settings) -> impl Fairing + use<> {
    let (title, place) = (settings.program.title(), place(settings));
    AdHoc::on_liftoff("announcement", move |rocket| {
        Box::pin(async move {
            let server = rocket.config();
            let address = SocketAddr::new(server.address, server.port);
            // "All addresses" cannot be opened in a browser, and no passkey works at an IP address, not even on this machine.
            let by_name = server.address.is_unspecified() || HERE.contains(&server.address);
            let here = if by_name { format!("localhost:{}", server.port) } else { address.to_string() };
            output::line(format!("{title} is ready at http://{here} (data in {place})"));
            log::info!(event = "sys_startup"; "listening on {address}");
            if let Some(site) = rocket.state::<Site>() {
                offer_administration(site).await;
            }
        })
    })
}

/// Says how one becomes the first administrator, if there is none. Those who see the terminal have started the program.
async fn offer_administration(site: &Site) {
    let is_shown = stdout().is_terminal();
    let unconfirmed = last_admin::unconfirmed_lines(&site.db, &site.settings).await.unwrap_or_default();
    for line in &unconfirmed {
        output::line(line);
    }
    match first_admin::offer(site, is_shown).await {
        Ok(None) => {}
        // There is one, who needs another command.
        Ok(Some(Offer::Command)) if !unconfirmed.is_empty() => {}
        Ok(Some(Offer::Link(made))) => {
            let link = made.address(site);
            output::line(format!("There is no administrator yet. Become one: {link} (good once, for a day)"));
            handed_over::qr(&link);
        }
        Ok(Some(Offer::Command)) => output::line(format!(
            "There is no administrator yet. To become one, with the flags and variables of this start: \
             {} invitation add --group admins --for 30m",
            site.settings.program.name
        )),
        // The site serves all the same.
        Err(error) => {
            log::warn!(event = "sys_database"; "could not find out whether there is an administrator: {error}");
        }
    }
}

/// Completes on the first signal that ends the program.
fn end_signal() -> Result<impl Future<Output = ()>, Refusal> {
    let listen =
        |kind| signal(kind).map_err(|error| Refusal::new(format!("Cannot listen for signals: {error}.")));
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    // A terminal was closed: an end like any other, unless the caller (`nohup`) had SIGHUP ignored.
    let mut hangup = if hangup_is_ignored() { None } else { Some(listen(SignalKind::hangup())?) };
    Ok(async move {
        select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
            Some(_) = async { hangup.as_mut()?.recv().await } => {}
        }
    })
}

/// Whether SIGHUP was ignored when the program was started; false if `/proc` does not say.
fn hangup_is_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    // The first bit is signal 1.
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

fn refusal(error: &rocket::Error, config: &Config) -> Refusal {
    match error.kind() {
        ErrorKind::Bind(error) => unbound(error, config),
        other => Refusal::new(format!("The server did not start: {other}.")),
    }
}

fn unbound(error: &io::Error, config: &Config) -> Refusal {
    let (address, port) = (config.server.address, config.server.port);
    Refusal::new(match error.kind() {
        io::ErrorKind::AddrInUse => format!(
            "Port {port} of {address} is in use by another program. Stop that program, or choose another port with --port."
        ),
        _ => format!(
            "Cannot listen on port {port} of {address}: {error}. Choose another address or port with --address and --port."
        ),
    })
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;

    #[test]
    fn no_client_can_connect_before_the_site_listens() {
        let bound = bind((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
        let connected = TcpStream::connect(bound.local_addr().unwrap());
        assert_eq!(connected.unwrap_err().kind(), io::ErrorKind::ConnectionRefused);
    }
}
