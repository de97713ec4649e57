//! Copies a whole installation from one database into another, for example when a site outgrows its file. The
//! new database exists completely or not at all. The old one is only read, and marked as moved at the end.

use std::sync::atomic::{AtomicU64, Ordering};

use rocket::tokio::select;
use sqlx::{AnyConnection, Connection, Executor};

use super::copy::{self, Moved, Side};
use super::engine::Engine;
use super::found::Found;
use super::meta;
use super::open::{look, missing};
use super::postgres::{self, Held, Server};
use super::sqlite;
use crate::base::config::Settings;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::progress::{Done, shown};
use crate::base::refusal::Refusal;

/// Copies the database of one site's settings into the empty one of another's, and marks the first as moved.
/// The first is up to date. If either is a file, the caller holds its lock. If `stopped` completes first,
/// nothing is kept.
pub async fn move_to(
    settings: &Settings,
    target: &Settings,
    stopped: impl Future<Output = ()>,
) -> Result<Vec<Moved>, Refusal> {
    let to = target.database();
    let server = match settings.database() {
        DatabaseUrl::File(_) => None,
        DatabaseUrl::Server(url) => Some(Server::new(url, settings)),
    };
    let mut source = match (&server, settings.database()) {
        (None, DatabaseUrl::File(file)) => Source::File(sqlite::hold(&file).await?),
        (Some(server), _) => Source::Server(Box::new(postgres::hold(server).await?)),
        (None, DatabaseUrl::Server(_)) => return Err(missing(settings)),
    };
    let copied = select! {
        biased;
        () = stopped => Err(Refusal::new("Interrupted. Nothing was moved, and nothing was changed.")),
        copied = copy_all(&mut source, settings, target) => copied,
    };
    match copied {
        Err(refusal) => {
            source.release().await;
            Err(refusal)
        }
        Ok(moved) => {
            source.mark(&to.to_string()).await.map_err(|refusal| {
                Refusal::new(format!(
                    "Everything was moved to {to}, but the old database could not be marked as moved: do not start a site on it again. \
                     {refusal}"
                ))
            })?;
            Ok(moved)
        }
    }
}

async fn copy_all(
    source: &mut Source<'_>,
    settings: &Settings,
    target: &Settings,
) -> Result<Vec<Moved>, Refusal> {
    let (from, to) = (settings.database().to_string(), target.database());
    let place = to.to_string();
    let to_engine = match to {
        DatabaseUrl::File(_) => Engine::Sqlite,
        DatabaseUrl::Server(_) => Engine::Postgres,
    };
    let (done, all) = (AtomicU64::new(0), AtomicU64::new(0));
    let far = || Done::Rows(done.load(Ordering::Relaxed), all.load(Ordering::Relaxed));
    let copied = async |connection: &mut AnyConnection| {
        let moved = {
            let engine = source.engine();
            let source = Side { connection: source.connection(), engine, place: &from };
            copy::copy(source, Side { connection, engine: to_engine, place: &place }, &done, &all).await?
        };
        source.check()?;
        Ok(moved)
    };
    let work = async {
        match to {
            DatabaseUrl::File(file) => sqlite::fill(&file, &target.program, copied).await,
            DatabaseUrl::Server(url) => postgres::fill(&Server::new(url, target), copied).await,
        }
    };
    shown("Copying and comparing", far, work).await
}

/// The old database, locked against writes.
enum Source<'s> {
    File(AnyConnection),
    Server(Box<Held<'s>>),
}

impl Source<'_> {
    fn connection(&mut self) -> &mut AnyConnection {
        match self {
            Source::File(connection) => connection,
            Source::Server(held) => held.connection(),
        }
    }

    fn engine(&self) -> Engine {
        match self {
            Source::File(_) => Engine::Sqlite,
            Source::Server(_) => Engine::Postgres,
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        match self {
            Source::File(_) => Ok(()), // its lock is held
            Source::Server(held) => held.check(),
        }
    }

    /// Records where it was moved to, and releases it.
    async fn mark(self, to: &str) -> Result<(), Refusal> {
        match self {
            Source::File(mut connection) => {
                let marked = async {
                    meta::mark(&mut connection, to).await?;
                    connection.execute("commit").await?;
                    connection.close().await
                };
                marked.await.map_err(|error: sqlx::Error| Refusal::new(format!("{error}.")))
            }
            Source::Server(held) => {
                let marked = held.mark(to).await;
                held.release().await;
                marked
            }
        }
    }

    async fn release(self) {
        match self {
            Source::File(connection) => drop(connection.close().await), // what was not committed is rolled back
            Source::Server(held) => held.release().await,
        }
    }
}

/// Undoes the mark of a move: the database is used again, in its old state. The caller holds the lock on a
/// file.
pub async fn undo_move(settings: &Settings) -> Result<(), Refusal> {
    match look(settings).await? {
        Found::Moved { .. } => {}
        Found::Nothing => return Err(missing(settings)),
        Found::Ours { .. } => {
            return Err(Refusal::new(format!(
                "The database {} was not moved. Nothing was changed.",
                settings.database()
            )));
        }
    }
    let undone = match settings.database() {
        DatabaseUrl::File(file) => {
            let mut connection = sqlite::hold(&file).await?;
            async {
                meta::unmark(&mut connection).await?;
                connection.execute("commit").await?;
                connection.close().await
            }
            .await
        }
        DatabaseUrl::Server(url) => {
            let server = Server::new(url, settings);
            async {
                let mut connection = server.connect_once().await?;
                meta::unmark(&mut connection).await?;
                connection.close().await
            }
            .await
        }
    };
    undone.map_err(|error| {
        Refusal::new(format!("The database {} could not be changed: {error}.", settings.database()))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::base::db::schema::TABLES;
    use crate::base::program::Program;

    #[rocket::async_test]
    async fn every_table_is_moved_after_those_that_it_refers_to() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.sqlite");
        let program = Program::default();
        let made = sqlite::fill(&file, &program, async |connection| {
            let tables: Vec<String> = sqlx::query_scalar(
                "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\' order by name",
            )
            .fetch_all(&mut *connection)
            .await
            .unwrap();
            let references: Vec<(String, String)> = sqlx::query_as(
                "select m.name, f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f \
                 where m.type = 'table'",
            )
            .fetch_all(connection)
            .await
            .unwrap();
            Ok((tables, references))
        });
        let (tables, references) = made.await.unwrap();
        assert_eq!(
            tables.iter().map(String::as_str).collect::<BTreeSet<_>>(),
            TABLES.iter().copied().chain(["open_by"]).collect()
        );
        let order: BTreeMap<&str, usize> =
            TABLES.iter().enumerate().map(|(at, table)| (*table, at)).collect();
        assert!(references.len() >= 6, "{references:?}");
        for (table, referred) in references {
            assert!(order[&*referred] < order[&*table], "{table} refers to {referred}");
        }
    }
}
