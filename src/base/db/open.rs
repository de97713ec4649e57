//! The database that the settings name: inspected, created, migrated, opened, copied.

use std::path::Path;

use super::engine::Engine;
use super::found::Found;
use super::hold::Hold;
use super::holder::OpenPurpose;
use super::meta::Meta;
use super::own::OwnMigrations;
use super::pools::Db;
use super::postgres::{self, Server};
use super::sqlite;
use super::tx::Tx;
use crate::base::config::Settings;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::program::Program;
use crate::base::refusal::Refusal;
use crate::base::secret::SecretKey;

/// Inspects the database without changing it.
pub async fn look(settings: &Settings) -> Result<Found, Refusal> {
    OwnMigrations::of(&settings.program)?; // before anything is made, even where there is no database yet
    match settings.database() {
        DatabaseUrl::File(file) => sqlite::look(&file, &settings.program).await,
        DatabaseUrl::Server(url) => postgres::look(&Server::new(url, settings)).await,
    }
}

/// Opens the database of a site. Creates it if it does not exist and brings its schema up to date. For a
/// file, the caller holds the lock on the data folder: migrations on SQLite take no lock of their own.
pub async fn open(settings: &Settings, key: &SecretKey) -> Result<Db, Refusal> {
    let found = look(settings).await?;
    open_found(settings, found, key).await
}

/// The same for a database that has just been inspected.
pub async fn open_found(settings: &Settings, found: Found, key: &SecretKey) -> Result<Db, Refusal> {
    match found {
        Found::Nothing => create(settings, key).await?,
        Found::Ours { key: fingerprint, .. } if fingerprint != key.fingerprint() => {
            return Err(wrong_key(settings));
        }
        Found::Ours { pending: 0, .. } => {}
        Found::Ours { version, own_version, .. } => update(settings, (version, own_version)).await?,
        Found::Moved { to } => return Err(moved(settings, &to)),
    }
    connect(settings, OpenPurpose::Serve, Some(&key.fingerprint())).await
}

/// Opens an existing database and brings its schema up to date, whichever key it belongs to: for replacing
/// the key. No other program has it open.
pub async fn open_keyless(settings: &Settings) -> Result<Db, Refusal> {
    match look(settings).await? {
        Found::Nothing => return Err(missing(settings)),
        Found::Ours { pending: 0, .. } => {}
        Found::Ours { version, own_version, .. } => update(settings, (version, own_version)).await?,
        Found::Moved { to } => return Err(moved(settings, &to)),
    }
    connect(settings, OpenPurpose::ReplaceKey, None).await
}

/// Opens a database that a site has created, whether the site runs or not, and changes nothing about it.
pub async fn attach(settings: &Settings) -> Result<Db, Refusal> {
    match look(settings).await? {
        Found::Nothing => Err(missing(settings)),
        Found::Ours { pending, .. } if pending > 0 => Err(outdated(settings)),
        Found::Ours { key, .. } => connect(settings, OpenPurpose::Command, Some(&key)).await,
        Found::Moved { to } => Err(moved(settings, &to)),
    }
}

/// Makes a database belong to another key. What was encrypted with the old key can no longer be read; the
/// caller ends it in the same transaction.
pub async fn adopt_key(tx: &mut Tx, key: &SecretKey) -> sqlx::Result<()> {
    let update = sqlx::query("update meta set value = $1 where name = 'key_fingerprint'");
    update.bind(key.fingerprint()).execute(tx).await.map(drop)
}

/// Writes a checked copy to a file that must not exist yet (0600).
pub async fn backup(program: &Program, db: &Db, target: &Path) -> Result<(), Refusal> {
    match db.engine() {
        Engine::Sqlite => sqlite::backup(program, db, target).await,
        Engine::Postgres => Err(Refusal::new(
            "A PostgreSQL database is backed up with PostgreSQL's own tools: `pg_dump --format=custom`, or a base backup with \
             its write-ahead log. Back up the secret key too, in another place.",
        )),
    }
}

async fn create(settings: &Settings, key: &SecretKey) -> Result<(), Refusal> {
    match settings.database() {
        DatabaseUrl::File(file) => sqlite::create(&file, &settings.program, key).await,
        DatabaseUrl::Server(url) => {
            let fingerprint = postgres::create(&Server::new(url, settings), key).await?;
            if fingerprint == key.fingerprint() { Ok(()) } else { Err(wrong_key(settings)) }
        }
    }
}

async fn update(settings: &Settings, versions: (i64, i64)) -> Result<(), Refusal> {
    match settings.database() {
        DatabaseUrl::File(file) => sqlite::update(&file, &settings.program, versions).await,
        DatabaseUrl::Server(url) => postgres::update(&Server::new(url, settings)).await,
    }
}

/// Opens a database that was inspected before. While this program waited for others, it may have been moved
/// or given another key. A command that holds no lock on a file checks this again in each transaction.
async fn connect(settings: &Settings, purpose: OpenPurpose, key: Option<&str>) -> Result<Db, Refusal> {
    let db = match settings.database() {
        DatabaseUrl::File(file) if purpose == OpenPurpose::Command => {
            sqlite::connect(&file).await?.held_by(Hold::Mark)
        }
        DatabaseUrl::File(file) => sqlite::connect(&file).await?,
        DatabaseUrl::Server(url) => postgres::connect(&Server::new(url, settings), purpose).await?,
    };
    let meta = db.lease().map(|lease| lease.meta().clone());
    let changed = match meta {
        Some(Meta { moved_to: Some(to), .. }) => moved(settings, &to),
        Some(Meta { key: now, .. }) if key.is_some_and(|key| key != now) => wrong_key(settings),
        _ => return Ok(db),
    };
    db.close().await;
    Err(changed)
}

/// The error for a missing database.
pub fn missing(settings: &Settings) -> Refusal {
    match settings.database() {
        DatabaseUrl::File(file) => Refusal::new(format!(
            "There is no database at {}. Name its folder with --data-dir, or run `{}` once to create one.",
            file.display(),
            settings.program.name
        )),
        server @ DatabaseUrl::Server(_) => Refusal::new(format!(
            "There is no database of {} at {server} yet. Run `{}` once to create its tables.",
            settings.program.title(),
            settings.program.name
        )),
    }
}

/// The error for migrations that have not been run.
pub fn outdated(settings: &Settings) -> Refusal {
    Refusal::new(format!(
        "The database {} is from an older version of {}. Start the site once with this version to migrate it.",
        settings.database(),
        settings.program.title()
    ))
}

/// The error for a key that does not fit.
pub fn wrong_key(settings: &Settings) -> Refusal {
    Refusal::new(format!(
        "The secret key does not match the database {}. Put the right key back, or run `{} key replace`, which logs \
         everyone out; with --drop-authenticator-apps if accounts have such apps.",
        settings.database(),
        settings.program.name
    ))
}

/// The error for a database that was moved.
pub fn moved(settings: &Settings, to: &str) -> Refusal {
    Refusal::new(format!(
        "The database {} was moved to {to} and is not used any more. Set database_url to the new one, as `{name} move` \
         said. To use this one again, if nothing has been written to the new one, run `{name} move --undo`.",
        settings.database(),
        name = settings.program.name
    ))
}
