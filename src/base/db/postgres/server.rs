//! Which server, and how it is spoken to.

use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};
use url::Url;

use crate::base::database_url::DatabaseUrl;
use crate::base::db::deadline::Deadline;
use crate::base::settings::Settings;

/// The name by which the server knows our connections, unless the address gives another.
const NAME: &str = "vestibule";
/// A connection that rested for longer is asked whether it is still there before it is used: its server may have been started
/// anew, or something between have forgotten it.
const RESTED: Duration = Duration::from_secs(1);
/// So long is waited for a server that was just named, before it is said that it does not answer.
const FIRST_ANSWER: Duration = Duration::from_secs(10);

/// A server's database.
pub(in crate::base::db) struct Server {
    url: Url,
    connections: u32,
    timeout: Duration,
}

impl Server {
    /// The one of an address, spoken to as the settings say.
    pub(in crate::base::db) fn new(mut url: Url, settings: &Settings) -> Server {
        if !url.query_pairs().any(|(key, _)| key == "application_name") {
            url.query_pairs_mut().append_pair("application_name", NAME);
        }
        let statements = settings.database_statements.get().to_string();
        url.query_pairs_mut().append_pair("statement-cache-capacity", &statements);
        let connections = settings.database_connections.get();
        Server { url, connections, timeout: settings.database_timeout.into() }
    }

    /// Whether nothing lies between: it is on this machine, or behind a socket.
    pub(super) fn is_here(&self) -> bool {
        let socket = self.url.query_pairs().any(|(key, value)| key == "host" && value.starts_with('/'));
        let host = self.url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let loopback = host.parse().is_ok_and(|address: IpAddr| address.is_loopback());
        socket || loopback || host == "localhost" || host.starts_with("%2F")
    }

    /// One connection, for what takes longer than a page may: no statement is cut short.
    pub(in crate::base::db) async fn connect_once(&self) -> sqlx::Result<AnyConnection> {
        let options = self.options()?;
        Deadline::after(FIRST_ANSWER).of(options.connect()).await
    }

    /// How long one answer may take.
    pub(super) fn within(&self) -> Deadline {
        Deadline::after(self.timeout)
    }

    /// Its connections.
    pub(super) async fn pool(&self) -> sqlx::Result<AnyPool> {
        let limit = self.timeout.as_millis();
        // A transaction that nobody goes on with keeps others waiting, so it ends as soon as they would give up.
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
            // Where the answer did not come in time, neither may this: the connection would be kept for a server that is gone.
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
