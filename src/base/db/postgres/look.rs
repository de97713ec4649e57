//! What a server's database contains, found out without changing it.

use sqlx::{AnyConnection, Connection};

use super::server::Server;
use super::trouble::{read_only, refusal};
use crate::base::db::engine::Engine;
use crate::base::db::found::{Found, ours};
use crate::base::db::own;
use crate::base::refusal::Refusal;

/// The oldest supported PostgreSQL version: the oldest that is still maintained.
const OLDEST: i64 = 14;

/// Inspects a server's database.
pub(in crate::base::db) async fn look(server: &Server) -> Result<Found, Refusal> {
    let mut connection = server.connect_once().await.map_err(|error| refusal(server, &error))?;
    let found = examine(&mut connection, server).await;
    warn_of_open_connection(&mut connection, server).await;
    let _ = connection.close().await; // nothing was changed
    found
}

/// Warns of a connection without TLS: those who listen on the network could read hashes and emails, and
/// change queries.
async fn warn_of_open_connection(connection: &mut AnyConnection, server: &Server) {
    let select = "select 1 from pg_stat_ssl where pid = pg_backend_pid() and not ssl";
    let open = sqlx::query(select).fetch_optional(connection).await;
    if !server.is_here() && matches!(open, Ok(Some(_))) {
        log::warn!(
            "the connection to the database {server} is not encrypted; add sslmode=verify-full to database_url, and \
             sslrootcert if the server's certificate is signed by a CA of your own"
        );
    }
}

async fn examine(connection: &mut AnyConnection, server: &Server) -> Result<Found, Refusal> {
    let unreadable = |error: sqlx::Error| refusal(server, &error);
    let (version, encoding, read_only_now): (String, String, String) = sqlx::query_as(
        "select current_setting('server_version_num'), current_setting('server_encoding'), \
         current_setting('transaction_read_only')",
    )
    .fetch_one(&mut *connection)
    .await
    .map_err(unreadable)?;
    if version.parse::<i64>().is_ok_and(|version| version / 10_000 < OLDEST) {
        return Err(Refusal::new(format!(
            "The database {server} runs on PostgreSQL {}. {} needs PostgreSQL {OLDEST} or later: upgrade the server, or \
             name another in database_url.",
            version.parse::<i64>().unwrap_or_default() / 10_000,
            server.program().title()
        )));
    }
    if encoding != "UTF8" {
        return Err(Refusal::new(format!(
            "The database {server} has the encoding {encoding}, which cannot store every name. Create another with \
             `createdb --encoding UTF8 --template template0 NAME`, and name it in database_url."
        )));
    }
    if read_only_now == "on" {
        return Err(Refusal::new(read_only(server)));
    }
    match tables(connection).await.map_err(unreadable)?.as_slice() {
        [] if !may_make_tables(connection).await.map_err(unreadable)? => Err(Refusal::new(format!(
            "The database {server} does not allow {} to create its tables. Make the user in database_url the owner of \
             the database.",
            server.program().title()
        ))),
        [] => Ok(Found::Nothing),
        tables if meta_of(tables).is_none() && !only_begun(tables) => Err(Refusal::new(format!(
            "The database {server} holds tables of another program. Create a database for {} alone, and name it in \
                 database_url.",
            server.program().title()
        ))),
        _ if !has_key(connection).await.map_err(unreadable)? => Ok(Found::Nothing),
        _ => ours(connection, Engine::Postgres, server.program(), server, unreadable).await,
    }
}

/// The names of the tables in our schema.
async fn tables(connection: &mut AnyConnection) -> sqlx::Result<Vec<String>> {
    own::names(connection, Engine::Postgres).await
}

/// Whether tables may be created in our schema. Without a usable schema there is no place for them.
async fn may_make_tables(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    let select = "select 1 where has_schema_privilege(current_schema()::text, 'create')";
    Ok(sqlx::query(select).fetch_optional(connection).await?.is_some())
}

/// Whether a first start was killed before it created the tables.
fn only_begun(tables: &[String]) -> bool {
    tables == ["_sqlx_migrations"]
}

/// Whether a first start was completed: the key is written last, and without it nothing can have been stored.
async fn has_key(connection: &mut AnyConnection) -> sqlx::Result<bool> {
    let select = match meta_of(&tables(connection).await?) {
        Some("meta") => "select 1 from meta where name = 'key_fingerprint'",
        Some(_) => "select 1 from facts where name = 'key_fingerprint'",
        None => return Ok(false),
    };
    Ok(sqlx::query(select).fetch_optional(connection).await?.is_some())
}

/// The table in which a database of ours says whose it is. It had another name before migration 15.
fn meta_of(tables: &[String]) -> Option<&str> {
    tables.iter().map(String::as_str).find(|table| ["meta", "facts"].contains(table))
}
