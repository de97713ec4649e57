//! A copy of a database in use.

use std::path::Path;

use rocket::tokio::select;
use rocket::tokio::signal::ctrl_c;

use super::output;
use super::serve::small_runtime;
use crate::base::absolute::absolute;
use crate::base::config::{self, Flags};
use crate::base::{Refusal, db};

/// Writes a checked copy to a new file.
pub(super) fn backup(flags: &Flags, target: &Path) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    let target = &absolute(target)?;
    small_runtime()?.block_on(async {
        let db = db::attach(&config.settings).await?;
        select! {
            biased;
            // SQLite continues copying until the program ends, which is now.
            _ = ctrl_c() => Err(Refusal::new("Interrupted. No copy was kept.")),
            done = db::backup(&config.settings.program, &db, target) => {
                db.close().await;
                done
            }
        }
    })?;
    output::line(format!(
        "Copied the database to {} and checked the copy. Back up the secret key too, in another place.",
        target.display()
    ));
    Ok(())
}
