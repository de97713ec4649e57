//! A database made, migrated and opened. A new one is built beside its place and moved there when it is whole, so that a
//! start killed half-way leaves nothing behind that looks like a database.

use std::fs;
use std::path::{Path, PathBuf};

use sqlx::any::AnyPoolOptions;
use sqlx::{Any, Executor, Transaction};

use super::address::{Mode, address};
use super::backup::backup;
use super::look::{Found, look};
use super::pools::Db;
use super::schema::{APPLICATION_ID, MIGRATIONS};
use crate::base::instance::owner_only;
use crate::base::refusal::Refusal;
use crate::base::secret::Key;

/// Opens the database of a site, makes it if there is none, brings its schema up to date. The caller holds the claim on
/// the data folder: SQLite gives migrations no lock of their own.
pub async fn open(file: &Path, key: &Key) -> Result<Db, Refusal> {
    let found = look(file).await?;
    open_found(file, found, key).await
}

/// The same for a file that was looked at just now.
pub async fn open_found(file: &Path, found: Found, key: &Key) -> Result<Db, Refusal> {
    match found {
        Found::Nothing => create(file, key).await?,
        Found::Ours { key: fingerprint, .. } if fingerprint != key.fingerprint() => {
            return Err(wrong_key(file));
        }
        Found::Ours { pending: 0, .. } => {}
        Found::Ours { version, .. } => return update(file, version).await,
    }
    connect(file).await
}

/// Opens a database that is there and brings its schema up to date, whatever key it belongs to: for giving it another.
pub async fn open_keyless(file: &Path) -> Result<Db, Refusal> {
    match look(file).await? {
        Found::Nothing => Err(missing(file)),
        Found::Ours { pending: 0, .. } => connect(file).await,
        Found::Ours { version, .. } => update(file, version).await,
    }
}

/// Brings a database up to date. Each step is wholly done or not at all; how it was before the first is kept in a copy beside
/// it, for the way back to an older program.
async fn update(file: &Path, version: i64) -> Result<Db, Refusal> {
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
    if let Err(error) = MIGRATIONS.run(db.writer()).await {
        db.close().await;
        return Err(Refusal::new(format!(
            "The database {} could not be brought up to date: {error}. How it was before is in {}.",
            file.display(),
            copy.display()
        )));
    }
    Ok(db)
}

/// Opens a database that a site has made, running or not, and changes nothing about it.
pub async fn attach(file: &Path) -> Result<Db, Refusal> {
    match look(file).await? {
        Found::Nothing => Err(missing(file)),
        Found::Ours { pending, .. } if pending > 0 => Err(Refusal::new(format!(
            "The database {} is from an older vestibule. Start this one once to bring it up to date.",
            file.display()
        ))),
        Found::Ours { .. } => connect(file).await,
    }
}

/// Makes a database belong to another key. What was encrypted with the old one cannot be read any more; ending it is the
/// caller's part of the transaction.
pub async fn adopt_key(tx: &mut Transaction<'static, Any>, key: &Key) -> sqlx::Result<()> {
    let update = sqlx::query("update facts set value = $1 where name = 'key_fingerprint'");
    update.bind(key.fingerprint()).execute(&mut **tx).await.map(drop)
}

async fn connect(file: &Path) -> Result<Db, Refusal> {
    Db::connect(&address(file, Mode::Write))
        .await
        .map_err(|error| Refusal::new(format!("The database {} cannot be opened: {error}.", file.display())))
}

async fn create(file: &Path, key: &Key) -> Result<(), Refusal> {
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

/// What to say where there is no database.
pub fn missing(file: &Path) -> Refusal {
    Refusal::new(format!(
        "There is no database at {}. Name its folder with --data-dir, or run `vestibule` once to make one.",
        file.display()
    ))
}

/// What to say where the key does not fit.
pub fn wrong_key(file: &Path) -> Refusal {
    Refusal::new(format!(
        "The secret key does not fit the database {}. Put the right key back, or run `vestibule key replace`, which logs \
         everybody out.",
        file.display()
    ))
}
