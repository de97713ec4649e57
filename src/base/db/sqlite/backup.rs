//! A copy of a database in use. Copying the file with `cp` would miss what is still in the write-ahead log; SQLite's own
//! `vacuum into` reads one consistent state.

use std::path::Path;

use super::look::look;
use crate::base::db::found::Found;
use crate::base::db::pools::Db;
use crate::base::instance::owner_only;
use crate::base::refusal::Refusal;

/// Writes a checked copy to a file that must not exist yet (0600).
pub(in crate::base::db) async fn backup(db: &Db, target: &Path) -> Result<(), Refusal> {
    let place = target.display();
    owner_only().create_new(true).open(target).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => {
            Refusal::new(format!("{place} exists already. Name a new file."))
        }
        _ => Refusal::new(format!("The backup {place} cannot be written: {error}.")),
    })?;
    let checked = copy(db, target).await;
    if checked.is_err() {
        let _ = std::fs::remove_file(target); // the failure is what matters, and is told
    }
    checked
}

async fn copy(db: &Db, target: &Path) -> Result<(), Refusal> {
    let failed = |error: &dyn std::fmt::Display| {
        Refusal::new(format!("The backup {} failed: {error}", target.display()))
    };
    let name = target.to_str().ok_or_else(|| failed(&"its name is not valid UTF-8."))?;
    sqlx::query("vacuum into $1")
        .bind(name)
        .execute(db.reader())
        .await
        .map_err(|error| failed(&format!("{error}.")))?;
    let file = std::fs::File::open(target).and_then(|file| file.sync_all());
    file.map_err(|error| failed(&format!("{error}.")))?;
    match look(target).await {
        Ok(Found::Ours { .. }) => Ok(()),
        Ok(Found::Nothing) => Err(failed(&"the copy is not there.")),
        Err(_) => Err(failed(&"the copy was not sound and was removed. Run `vestibule check`.")),
    }
}
