//! A copy of a database in use. Copying the file with `cp` would miss what is still in the write-ahead log;
//! SQLite's own `vacuum into` reads one consistent state. The copy gets its name only when it is complete and
//! checked.

use std::fmt::Display;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};
use rustix::io::Errno;

use super::look::look;
use crate::base::db::found::Found;
use crate::base::db::pools::Db;
use crate::base::instance::owner_only;
use crate::base::program::Program;
use crate::base::progress::{Done, shown};
use crate::base::refusal::Refusal;
use crate::base::secret;

/// Writes a checked copy to a file that must not exist yet (0600).
pub(in crate::base::db) async fn backup(program: &Program, db: &Db, target: &Path) -> Result<(), Refusal> {
    if target.symlink_metadata().is_ok() {
        return Err(taken(target));
    }
    let part = Part::make(target).map_err(|error| {
        let hint = match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => " Name a file in a folder that exists.",
            _ => "",
        };
        Refusal::new(format!("The backup {} cannot be written: {error}.{hint}", target.display()))
    })?;
    copy(program, db, &part.0, target).await?;
    put_in_place(&part.0, target).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => taken(target),
        _ => failed(target, &format!("{error}.")),
    })
}

async fn copy(program: &Program, db: &Db, part: &Path, target: &Path) -> Result<(), Refusal> {
    let name = part.to_str().ok_or_else(|| failed(target, &"its name is not valid UTF-8."))?;
    let all = size(db).await.map_err(|error| failed(target, &format!("{error}.")))?;
    let written = || Done::Bytes(fs::metadata(part).map_or(0, |metadata| metadata.len()), all);
    let copy = sqlx::query("vacuum into $1").bind(name).execute(db.reader());
    let copied = shown(&format!("Copying to {}", target.display()), written, copy).await;
    copied.map_err(|error| failed(target, &format!("{error}.")))?;
    let synced = File::open(part).and_then(|file| file.sync_all());
    synced.map_err(|error| failed(target, &format!("{error}.")))?;
    match look(part, program).await {
        Ok(Found::Ours { .. }) => Ok(()),
        Ok(Found::Nothing | Found::Moved { .. }) => Err(failed(target, &"the copy is missing.")),
        Err(_) => Err(failed(
            target,
            &format!("the copy was damaged and has been removed. Run `{} check`.", program.name),
        )),
    }
}

/// The expected size of a copy, in bytes.
async fn size(db: &Db) -> sqlx::Result<u64> {
    let select = "select (page_count - freelist_count) * page_size from pragma_page_count, pragma_freelist_count, pragma_page_size";
    let size: i64 = sqlx::query_scalar(select).fetch_one(db.reader()).await?;
    Ok(u64::try_from(size).unwrap_or_default())
}

/// Gives a copy its name, unless the name has been taken in the meantime.
fn put_in_place(part: &Path, target: &Path) -> io::Result<()> {
    match renameat_with(CWD, part, CWD, target, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS) => fs::rename(part, target)?, // for file systems that do not support it
        renamed => renamed?,
    }
    File::open(target.parent().unwrap_or(target))?.sync_all()
}

/// An unfinished copy. Removed when dropped, also when the work is cancelled; `kill -9` leaves it behind.
struct Part(PathBuf);

impl Part {
    /// Creates an empty one next to the target, with a unique name: no other copy and no existing file has
    /// it.
    fn make(target: &Path) -> io::Result<Part> {
        let place = PathBuf::from(format!("{}.{}.part", target.display(), secret::random_name()));
        owner_only().create_new(true).open(&place)?;
        Ok(Part(place))
    }

    fn remove(&self) {
        for ending in ["", "-journal", "-wal", "-shm"] {
            let _ = fs::remove_file(format!("{}{ending}", self.0.display())); // usually missing
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        self.remove(); // a finished copy has another name by now
    }
}

fn taken(target: &Path) -> Refusal {
    Refusal::new(format!("{} already exists. Name a new file.", target.display()))
}

fn failed(target: &Path, error: &dyn Display) -> Refusal {
    Refusal::new(format!("The backup {} failed: {error}", target.display()))
}
