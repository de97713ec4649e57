//! One running program per data folder, and what it keeps there beside the database: the lock and the secret key.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::refusal::Refusal;
use super::secret::Key;
use super::settings::Settings;

/// The claim on a data folder. It ends with the program, however that ends: the lock is the kernel's, not a file's
/// existence, so what a killed process leaves behind is no obstacle.
#[derive(Debug)]
pub struct Instance {
    _lock: File,
}

/// Makes the data folder if there is none (0700) and claims it.
pub fn claim(settings: &Settings) -> Result<Instance, Refusal> {
    let folder = &settings.data_dir;
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| unwritable(folder, &error))?;
    let place = folder.join("lock");
    let mut lock =
        owner_only().create(true).truncate(false).open(&place).map_err(|error| unwritable(folder, &error))?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut process = String::new();
            let _ = lock.read_to_string(&mut process); // the number is a help, not a need
            let process = process.trim();
            return Err(Refusal::new(format!(
                "Vestibule is already running (process {process}) on the data folder {}. Stop it first, or choose \
                 another folder with --data-dir and another port with --port.",
                folder.display()
            )));
        }
        Err(TryLockError::Error(error)) => return Err(unwritable(folder, &error)),
    }
    let number = lock.set_len(0).and_then(|()| writeln!(lock, "{}", std::process::id()));
    number.map_err(|error| unwritable(folder, &error))?;
    Ok(Instance { _lock: lock })
}

/// The secret key: the one that was given, else the one in the data folder. It is made only where there is no database
/// yet, for a database whose key is gone must not get another without a word.
pub fn key(settings: &Settings, given: Option<&Key>) -> Result<Key, Refusal> {
    if let Some(key) = given {
        return Ok(key.clone());
    }
    let place = key_file(settings);
    match fs::read_to_string(&place) {
        Ok(text) => Key::parse(&text).ok_or_else(|| {
            Refusal::new(format!(
                "{} does not hold a key (32 bytes in base64). Put the right one back, or run `vestibule key replace`, \
                 which logs everybody out.",
                place.display()
            ))
        }),
        Err(error) if error.kind() == io::ErrorKind::NotFound && !settings.database_file().exists() => {
            let key = Key::new();
            write_key(settings, &key)?;
            Ok(key)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Refusal::new(format!(
            "The key {} is missing beside an existing database. Put it back, or run `vestibule key replace`, which \
             makes a new one and logs everybody out.",
            place.display()
        ))),
        Err(error) => Err(Refusal::new(format!("The key {} cannot be read: {error}.", place.display()))),
    }
}

/// Writes the key (0600), whole or not at all.
pub fn write_key(settings: &Settings, key: &Key) -> Result<(), Refusal> {
    let place = key_file(settings);
    let beside = place.with_extension("key.new");
    let written = owner_only().create(true).truncate(true).open(&beside).and_then(|mut file| {
        writeln!(file, "{}", key.reveal())?;
        file.sync_all()?;
        fs::rename(&beside, &place)
    });
    written.map_err(|error| unwritable(&settings.data_dir, &error))
}

/// A file that only its owner may read and write, whatever the umask.
pub fn owner_only() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

fn key_file(settings: &Settings) -> PathBuf {
    settings.data_dir.join("secret.key")
}

fn unwritable(folder: &Path, error: &io::Error) -> Refusal {
    Refusal::new(format!(
        "The data folder {} cannot be written: {error}. Give it to the user this runs as, or choose another with \
         --data-dir.",
        folder.display()
    ))
}
