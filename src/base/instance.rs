//! One running program per data folder, and what it keeps there next to the database: the lock and the secret
//! key.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use rustix::fs::{Gid, OFlags, Uid};

use super::config::Settings;
use super::config::database_url::DatabaseUrl;
use super::refusal::Refusal;
use super::secret::SecretKey;
use super::text_file;

/// The lock on a data folder, and on a database that is kept elsewhere. It ends with the program, however the
/// program ends: the kernel holds the lock, not the existence of a file, so what a killed process leaves
/// behind does not block the next start.
#[derive(Debug)]
pub struct Instance {
    _locks: Vec<File>,
}

/// Creates the data folder if it does not exist (0700) and locks it. If the database is on a server, nothing
/// is kept in the folder, and any number of programs may share it.
pub fn claim(settings: &Settings) -> Result<Instance, Refusal> {
    claim_or(settings, "Stop it first, or name another folder with --data-dir and another port with --port.")
}

/// The same for a command that requires a stopped site: starting a second site would not help it.
pub fn claim_stopped(settings: &Settings) -> Result<Instance, Refusal> {
    claim_or(settings, "Stop it first.")
}

fn claim_or(settings: &Settings, advice: &str) -> Result<Instance, Refusal> {
    let folder = &settings.data_dir;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    let title = settings.program.title();
    made.map_err(|error| no_folder(folder).unwrap_or_else(|| unwritable(folder, title, &error)))?;
    for_us_alone(folder, title)?;
    let mut locks = Vec::new();
    if let DatabaseUrl::File(file) = settings.database() {
        let who = (title, advice);
        locks
            .push(lock(&folder.join("lock"), folder, who, |folder, error| unwritable(folder, title, error))?);
        if settings.database_url.is_some() {
            // Another data folder may name the same database.
            let place = PathBuf::from(format!("{}.lock", file.display()));
            locks.push(lock(&place, &file, who, |folder, error| {
                database_unwritable(&file, folder, title, error)
            })?);
        }
    }
    Ok(Instance { _locks: locks })
}

/// Refuses a data folder that the start would refuse: for `check`, which creates nothing. A folder that does not
/// exist yet is created by the start.
pub fn check_folder(settings: &Settings) -> Result<(), Refusal> {
    let folder = &settings.data_dir;
    if let Some(refusal) = no_folder(folder) {
        return Err(refusal);
    }
    match fs::metadata(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        _ => for_us_alone(folder, settings.program.title()),
    }
}

/// Refuses a folder that other users may write to: they could replace the key or the database.
fn for_us_alone(folder: &Path, title: &str) -> Result<(), Refusal> {
    let mode = fs::metadata(folder).map_err(|error| unwritable(folder, title, &error))?.permissions().mode();
    if mode & 0o022 == 0 {
        return Ok(());
    }
    // If the folder serves other users too, as /tmp does, advising to restrict it would break the machine.
    let ours_alone = mode & 0o1000 == 0 && holds_ours_alone(folder);
    let (mode, folder) = (mode & 0o7777, folder.display());
    Err(Refusal::new(if ours_alone {
        format!(
            "Other users can write to the data folder {folder} (mode {mode:04o}). Type chmod go-w {folder}; or, if it is not \
             yours to change, name a folder inside it, which is then created for this site alone: --data-dir {folder}/site"
        )
    } else {
        format!(
            "Other users can write to the data folder {folder} (mode {mode:04o}), and it is not for this site alone. Name a \
             folder inside it, which is then created for this site alone: --data-dir {folder}/site"
        )
    }))
}

/// Whether a folder contains only what this program creates there, and what it reads there.
fn holds_ours_alone(folder: &Path) -> bool {
    let Ok(mut entries) = fs::read_dir(folder) else { return false };
    entries.all(|entry| {
        let name = entry.map(|entry| entry.file_name().to_string_lossy().into_owned()).unwrap_or_default();
        let is_owners = name == "brand" || name == "words";
        is_owners || name == "lock" || name.starts_with("secret.key") || name.starts_with("vestibule.sqlite")
    })
}

/// Locks a file until it is dropped. `what` is what the lock protects; `title` is what the program calls itself.
fn lock(
    place: &Path,
    what: &Path,
    (title, advice): (&str, &str),
    unwritable: impl Fn(&Path, &io::Error) -> Refusal,
) -> Result<File, Refusal> {
    let folder = place.parent().unwrap_or(place);
    let opened = owner_only().create(true).truncate(false).custom_flags(no_link()).open(place);
    let mut lock = opened.map_err(|error| unwritable(folder, &error))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            let _ = lock.read_to_string(&mut process); // the process number only improves the message
            return Err(Refusal::new(format!(
                "{title} is already running (process {}) on {}. {advice}",
                process.trim(),
                what.display()
            )));
        }
        Err(TryLockError::Error(error)) => return Err(unwritable(folder, &error)),
    }
    give(&lock, &fs::metadata(folder).map_err(|error| unwritable(folder, &error))?)
        .map_err(|error| unwritable(folder, &error))?;
    let number = lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id()));
    number.map_err(|error| unwritable(folder, &error))?;
    Ok(lock)
}

/// The secret key: the one that a setting gives, otherwise the one in the data folder. It is created only if
/// there is no database yet: a database whose key is lost must not silently get another. If the database is
/// on a server, a setting must give the key: one that an instance created would be unknown to all others.
pub fn key(settings: &Settings, given: Option<&SecretKey>) -> Result<SecretKey, Refusal> {
    if let Some(key) = given {
        return Ok(key.clone());
    }
    let DatabaseUrl::File(database) = settings.database() else { return Err(must_be_given(settings)) };
    let (place, program) = (key_file(settings), settings.program.name);
    match text_file::read(&place) {
        Ok(text) => SecretKey::parse(&text).ok_or_else(|| {
            Refusal::new(format!(
                "The file {} does not hold a secret key (32 bytes in base64). Put the right key back, or run `{program} key \
                 replace`, which logs everyone out.",
                place.display()
            ))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !database.exists() => {
            let key = SecretKey::generate();
            stage_key(settings, &key)?.put_in_place()?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Refusal::new(format!(
            "The secret key {} is missing, but there is a database. Put the key back, or run `{program} key replace`, which \
             creates a new one and logs everyone out; with --drop-authenticator-apps if accounts have such apps.",
            place.display()
        ))),
        Err(error) => Err(Refusal::new(format!("The secret key {} cannot be read: {error}.", place.display()))),
    }
}

/// The error for a key that a setting must give and does not.
pub fn must_be_given(settings: &Settings) -> Refusal {
    Refusal::new(format!(
        "With PostgreSQL, the secret key must be set, to the same one for every instance. Write a key, as `{} key` prints \
         it, to a file, and set ROCKET_SECRET_KEY_FILE to that file.",
        settings.program.name
    ))
}

/// A key that is written (0600) next to its place, complete and safe from a power loss, but not yet in use.
#[derive(Debug)]
pub struct StagedKey {
    staged: PathBuf,
    place: PathBuf,
}

/// Writes a key next to its place.
pub fn stage_key(settings: &Settings, key: &SecretKey) -> Result<StagedKey, Refusal> {
    let place = key_file(settings);
    let staged = place.with_extension("key.new");
    // A leftover is removed first, and so is a symbolic link that another user put there: it is not followed.
    let cleared = fs::remove_file(&staged).or_else(|error| match error.kind() {
        io::ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    });
    let made = cleared.and_then(|()| owner_only().create_new(true).custom_flags(no_link()).open(&staged));
    let written = made.and_then(|mut file| {
        // If root replaces it, those who could read it still can.
        if let Ok(before) = fs::metadata(&place) {
            give(&file, &before)?;
            file.set_permissions(before.permissions())?;
        }
        writeln!(file, "{}", key.reveal())?;
        file.sync_all()
    });
    written.map_err(|error| unwritable(&settings.data_dir, settings.program.title(), &error))?;
    Ok(StagedKey { staged, place })
}

impl StagedKey {
    /// Makes it the key of the data folder.
    pub fn put_in_place(self) -> Result<(), Refusal> {
        let folder = self.place.parent().unwrap_or(&self.place);
        let moved = fs::rename(&self.staged, &self.place).and_then(|()| File::open(folder)?.sync_all());
        moved.map_err(|error| {
            Refusal::new(format!(
                "The new key could not be put in place: {error}. Move {} to {}.",
                self.staged.display(),
                self.place.display()
            ))
        })
    }

    /// Removes it again.
    pub fn discard(self) {
        let _ = fs::remove_file(&self.staged); // under this name it has no effect
    }
}

/// Options for a file that only its owner may read and write, whatever the umask.
pub fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

/// Gives a file that root created to the owner of another one: a command run by root must not lock the site
/// out. Only root can do this.
fn give(file: &File, like: &fs::Metadata) -> io::Result<()> {
    if rustix::process::geteuid().is_root() {
        rustix::fs::fchown(file, Some(Uid::from_raw(like.uid())), Some(Gid::from_raw(like.gid())))?;
    }
    Ok(())
}

/// A symbolic link is not opened: those who can create one could redirect the write to another file.
fn no_link() -> i32 {
    i32::try_from(OFlags::NOFOLLOW.bits()).unwrap_or_default()
}

/// The file of the key in the data folder.
pub fn key_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("secret.key")
}

/// The error for a data folder that is a file, or that would be below one.
fn no_folder(folder: &Path) -> Option<Refusal> {
    let file = folder.ancestors().find(|place| place.is_file())?.display();
    Some(Refusal::new(format!(
        "The data folder {} cannot be created: {file} is a file, not a folder. Name another folder with --data-dir.",
        folder.display()
    )))
}

/// The error if the folder of the database in database_url is not writable.
fn database_unwritable(database: &Path, folder: &Path, title: &str, error: &io::Error) -> Refusal {
    let (database, place) = (database.display(), folder.display());
    Refusal::new(match error.kind() {
        io::ErrorKind::NotFound => format!(
            "There is no folder {place} for the database {database} that database_url names. Create the folder, or name \
             another file in database_url."
        ),
        _ => format!(
            "The folder {place} of the database {database} that database_url names cannot be written: {error}. Make it \
             writable for the user that runs {title}, or name another file in database_url."
        ),
    })
}

fn unwritable(folder: &Path, title: &str, error: &io::Error) -> Refusal {
    Refusal::new(format!(
        "The data folder {} cannot be written: {error}. Make it writable for the user that runs {title}, or choose another \
         with --data-dir.",
        folder.display()
    ))
}
