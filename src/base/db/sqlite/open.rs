//! Creates a database file, migrates it, opens it, and fills it from another. A new one is built next to its
//! place and moved there when it is complete, so a start that is killed half-way leaves nothing behind that
//! looks like a database.

use std::fmt::Display;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions, Connection, Executor};

use super::address::{Mode, PRAGMAS, address};
use super::backup::backup;
use super::look::unreadable;
use super::pool;
use crate::base::db::engine::Engine;
use crate::base::db::own::{self, Dangling};
use crate::base::db::pools::Db;
use crate::base::db::schema::{APPLICATION_ID, MIGRATIONS};
use crate::base::instance::owner_only;
use crate::base::program::Program;
use crate::base::progress::{Done, shown};
use crate::base::refusal::Refusal;
use crate::base::secret::SecretKey;

/// Brings a database up to date, completely or not at all. A copy of the state before is kept next to it, for
/// going back to an older program. `versions` are the newest migrations that it has seen: of ours, of the app's.
pub(in crate::base::db) async fn update(
    file: &Path,
    program: &Program,
    versions: (i64, i64),
) -> Result<(), Refusal> {
    let db = connect(file).await?;
    let copy = copy_of(file, program, versions);
    let kept = match clear(&copy, program) {
        Ok(()) => backup(program, &db, &copy).await,
        Err(refusal) => Err(refusal),
    };
    if let Err(refusal) = kept {
        db.close().await;
        return Err(refusal);
    }
    log::info!(
        "copied the database to {} before migrating it; remove the copy when all is well",
        copy.display()
    );
    let updating = format!("Migrating {}", file.display());
    let done = shown(&updating, || Done::Unknown, migrate(&db, file, program)).await;
    db.close().await;
    done.map_err(|refusal| Refusal::new(format!("{refusal} A copy from before is in {}.", copy.display())))
}

/// Where the state before a migration is kept.
fn copy_of(file: &Path, program: &Program, (version, own_version): (i64, i64)) -> PathBuf {
    let copy = format!("{}.version-{version}", file.display());
    PathBuf::from(if program.is_alone() { copy } else { format!("{copy}.{}-{own_version}", program.name) })
}

/// Runs all pending migrations in one transaction: ours, then the app's. What fails takes all of them back. So does what
/// leaves rows that refer to nothing. The database is to be closed afterwards: it follows no foreign keys.
async fn migrate(db: &Db, file: &Path, program: &Program) -> Result<(), Refusal> {
    let place = file.display();
    let failed =
        |error: &dyn Display| Refusal::new(format!("The database {place} could not be migrated: {error}."));
    let mut transaction = db.begin_migrating().await.map_err(|error| failed(&error))?;
    let before = Dangling::of(&mut transaction, Engine::Sqlite).await.map_err(|error| failed(&error))?;
    MIGRATIONS.run(&mut *transaction).await.map_err(|error| failed(&error))?;
    let after = Dangling::of(&mut transaction, Engine::Sqlite).await.map_err(|error| failed(&error))?;
    if let Some(table) = after.more_than(&before) {
        return Err(failed(&format!("rows of the table {table} would refer to rows that do not exist")));
    }
    own::migrate(&mut transaction, Engine::Sqlite, program)
        .await
        .map_err(|refusal| Refusal::new(format!("{refusal} The database {place} is as it was.")))?;
    own::claim(&mut transaction, program).await.map_err(|error| failed(&error))?;
    transaction.commit().await.map_err(|error| failed(&error))
}

/// Opens an existing database that is up to date.
pub(in crate::base::db) async fn connect(file: &Path) -> Result<Db, Refusal> {
    pool::connect(&address(file, Mode::Write))
        .await
        .map_err(|error| Refusal::new(format!("The database {} cannot be opened: {error}.", file.display())))
}

/// Creates a database where there is none.
pub(in crate::base::db) async fn create(
    file: &Path,
    program: &Program,
    key: &SecretKey,
) -> Result<(), Refusal> {
    fill(file, program, async |connection| {
        sqlx::query("insert into meta (name, value) values ('key_fingerprint', $1)")
            .bind(key.fingerprint())
            .execute(&mut *connection)
            .await
            .map_err(|error| unwritable(file, &error))?;
        own::claim(connection, program).await.map_err(|error| unwritable(file, &error))
    })
    .await
}

/// Creates a database where there is none, and fills it.
pub(in crate::base::db) async fn fill<T>(
    file: &Path,
    program: &Program,
    work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let staged = PathBuf::from(format!("{}.new", file.display()));
    clear(&staged, program)?;
    owner_only().create_new(true).open(&staged).map_err(|error| unwritable(file, &error))?;
    let unfinished = Unfinished(&staged);
    let done = build(&staged, file, program, work).await?;
    // The whole file is on disk before it gets its name; the name itself is also made to survive a power
    // loss.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = fs::File::open(&staged).and_then(|staged| staged.sync_all());
    let moved =
        written.and_then(|()| fs::rename(&staged, file)).and_then(|()| fs::File::open(folder)?.sync_all());
    moved.map_err(|error| unwritable(file, &error))?;
    drop(unfinished); // it has another name now
    Ok(done)
}

/// An unfinished file. Removed when dropped, also when the work is cancelled.
struct Unfinished<'f>(&'f Path);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        remove(self.0);
    }
}

/// Fills an empty file, without a write-ahead log yet, so that one file is the whole database. Nothing waits
/// for the disk: what a power loss leaves is not a database yet, and is created again.
async fn build<T>(
    staged: &Path,
    file: &Path,
    program: &Program,
    work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, Refusal>,
) -> Result<T, Refusal> {
    let failed = |error: sqlx::Error| unwritable(file, &error);
    let mut connection = open(staged).await.map_err(failed)?;
    let pragmas = "pragma synchronous = off; pragma journal_mode = memory; pragma foreign_keys = off";
    connection.execute(pragmas).await.map_err(failed)?; // as where a database is migrated later
    let mark = sqlx::AssertSqlSafe(format!("pragma application_id = {APPLICATION_ID}"));
    connection.execute(sqlx::query(mark)).await.map_err(failed)?;
    MIGRATIONS.run(&mut connection).await.map_err(|error| failed(error.into()))?;
    let mut transaction = connection.begin().await.map_err(failed)?;
    own::migrate(&mut transaction, Engine::Sqlite, program)
        .await
        .map_err(|refusal| Refusal::new(format!("{refusal} No database was created.")))?;
    transaction.commit().await.map_err(failed)?;
    connection.execute("pragma foreign_keys = on").await.map_err(failed)?;
    let mut transaction = connection.begin().await.map_err(failed)?;
    let done = work(&mut transaction).await?;
    transaction.commit().await.map_err(failed)?;
    connection.close().await.map_err(failed)?;
    Ok(done)
}

/// A connection that sees one state of a database and blocks writes in the meantime: for reading all of it.
pub(in crate::base::db) async fn hold(file: &Path) -> Result<AnyConnection, Refusal> {
    let held = async {
        let mut connection = open(file).await?;
        connection.execute(PRAGMAS).await?;
        connection.execute("begin immediate").await?;
        Ok(connection)
    };
    held.await.map_err(|error: sqlx::Error| Refusal::new(unreadable(file, &error)))
}

async fn open(file: &Path) -> sqlx::Result<AnyConnection> {
    sqlx::any::install_default_drivers();
    address(file, Mode::Write).parse::<AnyConnectOptions>()?.disable_statement_logging().connect().await
}

fn unwritable(file: &Path, error: &dyn Display) -> Refusal {
    Refusal::new(format!(
        "The database {} cannot be created: {error}. Make its folder writable, or choose another with --data-dir or database_url.",
        file.display()
    ))
}

/// Removes what an earlier attempt left in a place that this program considers its own, and nothing else.
fn clear(place: &Path, program: &Program) -> Result<(), Refusal> {
    match is_ours(place) {
        Ok(true) => remove(place),
        Ok(false) => {
            return Err(Refusal::new(format!(
                "{} needs the place of the file {}, which it has not created. Move the file away, then try again.",
                program.title(),
                place.display()
            )));
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unwritable(place, &error)),
    }
    Ok(())
}

/// Whether a file begins like a database of Vestibule, as far as it was written.
fn is_ours(file: &Path) -> io::Result<bool> {
    let mut head = Vec::new();
    fs::File::open(file)?.take(ID_ENDS as u64).read_to_end(&mut head)?;
    let began = SQLITE.iter().zip(&head).all(|(one, other)| one == other);
    let id = head.get(ID_ENDS - 4..).is_none_or(|id| *id == APPLICATION_ID.to_be_bytes()[4..]);
    Ok(began && id || head.iter().all(|byte| *byte == 0))
}

/// The beginning of every SQLite database, and the offset of the end of the application ID, in bytes.
/// (<https://sqlite.org/fileformat.html>, 1.3)
const SQLITE: &[u8; 16] = b"SQLite format 3\0";
const ID_ENDS: usize = 72;

fn remove(file: &Path) {
    for ending in ["", "-journal", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", file.display())); // usually missing
    }
}
