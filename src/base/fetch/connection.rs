//! A connection to a server, over TLS or not.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use rocket::tokio::io::{AsyncRead, AsyncWrite};
use rocket::tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;

use super::failure::Failure;
use super::trust::Trust;

/// Where a request goes.
#[derive(Clone, Debug)]
pub struct Server {
    /// A name or an IP address, without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Over TLS: the name that its certificate must have, and which certificates are accepted.
    pub tls: Option<(String, Trust)>,
}

/// A stream of bytes.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

/// Connects.
pub(super) async fn connect(server: &Server) -> Result<Box<dyn Stream>, Failure> {
    let stream = plain(server).await?;
    let Some((name, trust)) = &server.tls else { return Ok(Box::new(stream)) };
    let name = ServerName::try_from(name.trim_matches(['[', ']']).to_owned());
    let name = name.map_err(|_| Failure::NotTrusted("no certificate can have its name".to_owned()))?;
    let stream = TlsConnector::from(trust.0.clone()).connect(name, stream).await;
    Ok(Box::new(stream.map_err(|error| Trust::failure(&error))?))
}

/// Tries each address of the server in turn.
async fn plain(server: &Server) -> Result<TcpStream, Failure> {
    let mut last = Failure::NoAddress;
    for address in addresses(server).await {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = Failure::NotConnected(error.to_string()),
        }
    }
    Err(last)
}

async fn addresses(server: &Server) -> Vec<SocketAddr> {
    let Server { host, port, .. } = server;
    if let Ok(ip) = host.parse::<IpAddr>() {
        return vec![SocketAddr::new(ip, *port)];
    }
    // This machine, as browsers read it; not every system knows the names below it (RFC 6761, 6.3).
    if host == "localhost" || host.ends_with(".localhost") {
        let here = [IpAddr::from(Ipv4Addr::LOCALHOST), IpAddr::from(Ipv6Addr::LOCALHOST)];
        return here.map(|ip| SocketAddr::new(ip, *port)).to_vec();
    }
    lookup_host((host.as_str(), *port)).await.map(Iterator::collect).unwrap_or_default()
}
