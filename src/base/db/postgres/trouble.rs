//! What an error of a server means, and what to do about it.

use std::io::ErrorKind;

use sqlx::migrate::MigrateError;

use super::server::Server;
use crate::base::refusal::Refusal;

/// Says why a server's database cannot be used. The codes are SQLSTATEs (PostgreSQL, appendix A).
pub(super) fn refusal(server: &Server, error: &sqlx::Error) -> Refusal {
    let error = cause(error);
    let told = error.as_database_error();
    let code = told.and_then(|error| error.code());
    let why = told.map_or_else(|| error.to_string(), |error| error.message().to_owned());
    Refusal::new(match (code.as_deref(), error) {
        (Some("28000" | "28P01"), _) => format!(
            "The database {server} refused the login: {why}. Check the user and the password in database_url."
        ),
        (Some("3D000"), _) => format!(
            "The database {server} does not exist. Create it with `createdb --encoding UTF8 --template template0 NAME`, or \
             name another in database_url."
        ),
        (Some("53300"), _) => format!(
            "The database {server} has no free connection. Raise max_connections there, or lower database_connections here."
        ),
        (Some("57P03"), _) => {
            format!("The database {server} is starting or stopping. Try again in a moment.")
        }
        (Some("42501"), _) => format!(
            "The database {server} does not allow what {} needs: {why}. Make the user in database_url the owner of the \
             database.",
            server.program().title()
        ),
        (Some("25006"), _) => read_only(server),
        // PgBouncer's error for a parameter that it does not know.
        _ if why.contains("unsupported startup parameter") => format!(
            "The pooler in front of the database {server} refused the connection: {why}. Add `ignore_startup_parameters = \
             extra_float_digits` to pgbouncer.ini."
        ),
        (_, sqlx::Error::PoolTimedOut) => format!(
            "The database {server} gave no connection in time: it is being moved or given another key, or all its connections \
             are in use. Try again in a moment."
        ),
        (_, sqlx::Error::Tls(why)) => format!(
            "The TLS connection to the database {server} failed: {why}. Check sslmode and sslrootcert in database_url."
        ),
        // A failed TLS handshake: only that can be invalid before anything else was read.
        (_, sqlx::Error::Io(why)) if why.kind() == ErrorKind::InvalidData => format!(
            "The TLS connection to the database {server} failed: {why}. Check sslmode and sslrootcert in database_url."
        ),
        (_, sqlx::Error::Io(why)) if why.kind() == ErrorKind::TimedOut => {
            format!("The database {server} does not answer. Check the server and the port in database_url.")
        }
        (_, sqlx::Error::Io(why)) if why.kind() == ErrorKind::NotFound => format!(
            "The database {server} cannot be reached: a file that database_url names does not exist. Check sslrootcert, \
             sslcert, sslkey and the folder of the socket in it."
        ),
        (_, sqlx::Error::Io(why)) => format!(
            "The database {server} cannot be reached: {why}. Start it, or check the server and the port in database_url."
        ),
        _ => format!("The database {server} cannot be used: {why}."),
    })
}

/// The cause of an error, including errors while the tables were created.
fn cause(error: &sqlx::Error) -> &sqlx::Error {
    if let sqlx::Error::Migrate(step) = error
        && let MigrateError::Execute(cause) | MigrateError::ExecuteMigration(cause, _) = &**step
    {
        return cause;
    }
    error
}

/// The error for a database that accepts no changes.
pub(super) fn read_only(server: &Server) -> String {
    format!(
        "The database {server} is read-only: it is a standby, or set to read-only. Name the primary server in database_url."
    )
}
