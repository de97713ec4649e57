//! Which server, and how to connect to it.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};
use url::Url;

use crate::base::config::Settings;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::db::deadline::Deadline;
use crate::base::program::Program;

/// A connection that was idle for longer is tested before it is used: its server may have restarted, or
/// something in between may have dropped it.
const RESTED: Duration = Duration::from_secs(1);
/// Timeout of the first connection to a server, after which the error says that it does not answer.
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// A server's database.
pub(in crate::base::db) struct Server {
    url: Url,
    connections: u32,
    timeout: Duration,
    program: Program,
}

impl Server {
    /// The server at a URL, with the limits that the settings give.
    pub(in crate::base::db) fn new(mut url: Url, settings: &Settings) -> Server {
        // The server shows it for our connections.
        if !url.query_pairs().any(|(key, _)| key == "application_name") {
            url.query_pairs_mut().append_pair("application_name", settings.program.name);
        }
        let statements = settings.database_statements.get().to_string();
        url.query_pairs_mut().append_pair("statement-cache-capacity", &statements);
        let connections = settings.database_connections.get();
        let program = settings.program.clone();
        Server { url, connections, timeout: settings.database_timeout.into(), program }
    }

    /// Whether the server is on this machine: a loopback address or a socket.
    pub(super) fn is_here(&self) -> bool {
        let socket = self.url.query_pairs().any(|(key, value)| key == "host" && value.starts_with('/'));
        let host = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let loopback = host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        socket || loopback || host == "localhost" || host.starts_with("%2F")
    }

    /// The program that uses it.
    pub(super) fn program(&self) -> &Program {
        &self.program
    }

    /// Opens one connection for work that takes longer than a page may: no statement times out.
    pub(in crate::base::db) async fn connect_once(&self) -> sqlx::Result<AnyConnection> {
        let options = self.options()?;
        Deadline::after(FIRST_ANSWER).of(options.connect()).await
    }

    /// The timeout of one answer.
    pub(super) fn within(&self) -> Deadline {
        Deadline::after(self.timeout)
    }

    /// Opens a pool of connections.
    pub(super) async fn pool(&self) -> sqlx::Result<AnyPool> {
        let limit = self.timeout.as_millis();
        // An abandoned transaction keeps others waiting, so it ends as soon as they would give up.
        let told: &'static str = Box::leak(
            format!(
                "set statement_timeout = {limit}; set lock_timeout = {limit}; \
                 set idle_in_transaction_session_timeout = {limit}; set client_min_messages = warning"
            )
            .into_boxed_str(),
        );
        let within = self.within();
        AnyPoolOptions::new()
            .max_connections(self.connections)
            .acquire_timeout(self.timeout)
            .test_before_acquire(false)
            .after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(told).await.map(drop) })
            })
            .before_acquire(move |connection, age| {
                Box::pin(async move {
                    if age.idle_for > RESTED {
                        within.of(connection.ping()).await?;
                    }
                    Ok(true)
                })
            })
            // If the answer did not come in time, this may not either: the connection would be kept for a
            // server that is gone.
            .after_release(move |connection, _| {
                Box::pin(async move {
                    within.of(connection.ping()).await?;
                    Ok(!connection.is_in_transaction())
                })
            })
            .connect_with(self.options()?)
            .await
    }

    fn options(&self) -> sqlx::Result<AnyConnectOptions> {
        sqlx::any::install_default_drivers();
        Ok(self.url.as_str().parse::<AnyConnectOptions>()?.disable_statement_logging())
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        DatabaseUrl::Server(self.url.clone()).fmt(f)
    }
}
