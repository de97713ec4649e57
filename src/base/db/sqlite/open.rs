//! A database file made, migrated and opened. A new one is built beside its place and moved there when it is whole, so that a
//! start killed half-way leaves nothing behind that looks like a database.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::Executor;
use sqlx::any::AnyPoolOptions;

use super::address::{Mode, address};
use super::backup::backup;
use super::pool;
use crate::base::db::pools::Db;
use crate::base::db::schema::{APPLICATION_ID, MIGRATIONS};
use crate::base::instance::owner_only;
use crate::base::refusal::Refusal;
use crate::base::secret::Key;

/// Brings a database up to date. Each step is wholly done or not at all; how it was before the first is kept in a copy beside
/// it, for the way back to an older program.
pub(in crate::base::db) async fn update(file: &Path, version: i64) -> Result<Db, Refusal> {
    let db = connect(file).await?;
    let copy = PathBuf::from(format!("{}.version-{version}", file.display()));
    remove(&copy); // of an earlier try, perhaps a half one
    if let Err(refusal) = backup(&db, &copy).await {
        db.close().await;
        return Err(refusal);
    }
    log::info!(
        "the database was copied to {} before it is brought up to date; remove the copy when all is well",
        copy.display()
    );
    if let Err(error) = db.migrate(&MIGRATIONS).await {
        db.close().await;
        return Err(Refusal::new(format!(
            "The database {} could not be brought up to date: {error}. How it was before is in {}.",
            file.display(),
            copy.display()
        )));
    }
    Ok(db)
}

/// Opens a database that is there and up to date.
pub(in crate::base::db) async fn connect(file: &Path) -> Result<Db, Refusal> {
    pool::connect(&address(file, Mode::Write))
        .await
        .map_err(|error| Refusal::new(format!("The database {} cannot be opened: {error}.", file.display())))
}

/// Makes a database where none is.
pub(in crate::base::db) async fn create(file: &Path, key: &Key) -> Result<(), Refusal> {
    let beside = PathBuf::from(format!("{}.new", file.display()));
    let unwritable = |error: &dyn std::fmt::Display| {
        Refusal::new(format!(
            "The database {} cannot be made: {error}. Make its folder writable, or choose another with --data-dir or database_url.",
            file.display()
        ))
    };
    remove(&beside);
    owner_only().create_new(true).open(&beside).map_err(|error| unwritable(&error))?;
    let built = build(&address(&beside, Mode::Write), key).await;
    if let Err(error) = &built {
        remove(&beside);
        return Err(unwritable(error));
    }
    // The whole file is on disk before it gets its name; the name itself is made to survive power loss too.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = fs::File::open(&beside).and_then(|beside| beside.sync_all());
    let moved =
        written.and_then(|()| fs::rename(&beside, file)).and_then(|()| fs::File::open(folder)?.sync_all());
    moved.map_err(|error| unwritable(&error))
}

/// Fills an empty file, without a write-ahead log yet, so that one file is the whole database. Nothing waits for the disk:
/// what a power cut leaves is no database yet, and is made anew.
async fn build(address: &str, key: &Key) -> sqlx::Result<()> {
    let pool = AnyPoolOptions::new().max_connections(1).connect(address).await?;
    pool.execute("pragma synchronous = off; pragma journal_mode = memory").await?;
    let mark = sqlx::AssertSqlSafe(format!("pragma application_id = {APPLICATION_ID}"));
    pool.execute(sqlx::query(mark)).await?;
    MIGRATIONS.run(&pool).await?;
    sqlx::query("insert into facts (name, value) values ('key_fingerprint', $1)")
        .bind(key.fingerprint())
        .execute(&pool)
        .await?;
    pool.close().await;
    Ok(())
}

fn remove(file: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", file.display())); // mostly not there
    }
}
