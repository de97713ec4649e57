//! The secret key: a new one printed, or the site's replaced.

use super::output;
use super::serve::small_runtime;
use crate::base::config::{self, Flags};
use crate::base::secret::Key;
use crate::base::{Refusal, db, instance};
use crate::people::sessions;

/// Prints a new key. It is not kept anywhere.
pub(super) fn print() {
    output::line(Key::new().reveal());
}

/// Gives the database the configured key, or a new one in the data folder. Everybody is logged out. The site must not be
/// running: it would go on with the old key.
pub(super) fn replace(flags: &Flags) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    let file = config.settings.database_file();
    let key = config.secret_key.clone().unwrap_or_default();
    small_runtime()?.block_on(async {
        let db = db::attach(&file).await?;
        let _instance = instance::claim(&config.settings)?;
        let failed = |error: sqlx::Error| Refusal::new(format!("The key was not replaced: {error}."));
        let mut tx = db.begin().await.map_err(failed)?;
        sessions::end_everything(&mut tx).await.map_err(failed)?;
        db::adopt_key(&mut tx, &key).await.map_err(failed)?;
        // If the program dies between this and the commit, the key does not fit the database: the next start says so, and
        // this command again mends it.
        if config.secret_key.is_none() {
            instance::write_key(&config.settings, &key)?;
        }
        tx.commit().await.map_err(failed)?;
        db.close().await;
        Ok(())
    })?;
    output::line("The key was replaced. Everybody is logged out.");
    Ok(())
}
