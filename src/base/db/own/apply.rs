//! Runs the app's migrations after ours and checks what they made, within a transaction of the caller: what fails or
//! is refused leaves nothing behind.

use sqlx::AnyConnection;
use sqlx::migrate::MigrateError;

use super::dangling::Dangling;
use super::definitions::Definitions;
use super::migrations::OwnMigrations;
use super::rules::{check_names, check_references, check_shape};
use super::tables::{names, own_tables};
use crate::base::db::engine::Engine;
use crate::base::program::Program;
use crate::base::refusal::Refusal;

/// Whether tables are also held to what both engines have in common: while an app is developed or tested.
const IS_STRICT: bool = cfg!(any(debug_assertions, feature = "testing"));

/// Runs the pending migrations of a program's app. The schema has all of ours by now.
pub(in crate::base::db) async fn migrate(
    connection: &mut AnyConnection,
    engine: Engine,
    program: &Program,
) -> Result<(), Refusal> {
    let Some(own) = OwnMigrations::of(program)? else { return Ok(()) };
    let failed = |error: sqlx::Error| own.failed(&error.into());
    // No migration has the number 0: this only makes the table that records them.
    own.migrator.run_to(0, &mut *connection).await.map_err(|error| own.failed(&error))?;
    let applied: Vec<i64> = sqlx::query_scalar("select version from _app_migrations")
        .fetch_all(&mut *connection)
        .await
        .map_err(failed)?;
    let pending: Vec<i64> =
        own.known().map(|(number, _)| number).filter(|number| !applied.contains(number)).collect();
    if pending.is_empty() {
        return Ok(());
    }
    let mut before = names(connection, engine).await.map_err(failed)?;
    let mut defined = Definitions::of(connection, engine).await.map_err(failed)?;
    let mut wrong = Wrong::default();
    wrong.since("", check(connection, engine).await.map_err(failed)?);
    let mut dangling = Dangling::of(connection, engine).await.map_err(failed)?;
    // One at a time: a refusal names the file.
    for &number in &pending {
        own.migrator.run_to(number, &mut *connection).await.map_err(|error| own.failed(&error))?;
        let after = names(connection, engine).await.map_err(failed)?;
        let file = own.file(number);
        check_names(&before, &after, &file)?;
        before = after;
        let after = Definitions::of(connection, engine).await.map_err(failed)?;
        after.check_since(&defined, &file)?;
        defined = after;
        wrong.since(&file, check(connection, engine).await.map_err(failed)?);
        let found = Dangling::of(connection, engine)
            .await
            .map_err(|error| own.failed(&MigrateError::ExecuteMigration(error, number)))?;
        if let Some(table) = found.more_than(&dangling) {
            return Err(Refusal::new(format!(
                "{file} leaves rows in the table {table} that refer to rows which do not exist. SQLite follows no foreign \
                 keys in a migration: delete or change such rows there too."
            )));
        }
        dangling = found;
    }
    wrong.told()
}

/// Checks the tables of the app as they are now.
async fn check(connection: &mut AnyConnection, engine: Engine) -> sqlx::Result<Result<(), Refusal>> {
    let tables = own_tables(connection, engine).await?;
    let checked = check_references(&tables);
    Ok(if IS_STRICT { checked.and_then(|()| check_shape(&tables)) } else { checked })
}

/// What is wrong with the tables, and the file that made it so. A later file may mend it.
#[derive(Default)]
struct Wrong(Option<(String, Refusal)>);

impl Wrong {
    fn since(&mut self, file: &str, checked: Result<(), Refusal>) {
        let refusal = checked.err();
        if self.0.as_ref().map(|(_, refusal)| refusal) != refusal.as_ref() {
            self.0 = refusal.map(|refusal| (file.to_owned(), refusal));
        }
    }

    /// Refuses it, with the name of the file. Of a table that was there before, none is known.
    fn told(self) -> Result<(), Refusal> {
        match self.0 {
            None => Ok(()),
            Some((file, refusal)) if file.is_empty() => Err(refusal),
            Some((file, refusal)) => Err(Refusal::new(format!("{file}: {refusal}"))),
        }
    }
}

/// Records which app the database belongs to.
pub(in crate::base::db) async fn claim(
    connection: &mut AnyConnection,
    program: &Program,
) -> sqlx::Result<()> {
    if program.is_alone() {
        return Ok(());
    }
    let insert = "insert into meta (name, value) values ('app', $1) on conflict (name) do nothing";
    sqlx::query(insert).bind(program.name).execute(connection).await.map(drop)
}

impl OwnMigrations {
    fn failed(&self, error: &MigrateError) -> Refusal {
        let app = self.app;
        Refusal::new(match error {
            MigrateError::ExecuteMigration(cause, number) => {
                format!("The migration {} of {app} failed: {}.", self.file(*number), in_words(cause))
            }
            MigrateError::Execute(cause) => format!("The migrations of {app} failed: {}.", in_words(cause)),
            other => format!("The migrations of {app} failed: {other}."),
        })
    }
}

/// What the engine says, without a row that it may quote.
fn in_words(error: &sqlx::Error) -> String {
    error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned())
}
