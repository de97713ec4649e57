//! The secret key: prints a new one, or replaces the site's.

use super::output;
use super::serve::small_runtime;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::config::{self, Config, Flags};
use crate::base::db::{self, Found};
use crate::base::instance::{self, StagedKey};
use crate::base::secret::SecretKey;
use crate::base::{Db, Refusal};
use crate::people::sessions;

/// Prints a new key. It is not stored.
pub(super) fn print() {
    output::line(SecretKey::generate().reveal());
}

/// Gives the database the configured key, or a new one in the data folder. All users are logged out. The site
/// must not be running: it would continue with the old key.
pub(super) fn replace(flags: &Flags) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    small_runtime()?.block_on(async {
        let present = match db::look(&config.settings).await? {
            Found::Ours { key, .. } => key,
            Found::Nothing => return Err(db::missing(&config.settings)),
            Found::Moved { to } => return Err(db::moved(&config.settings, &to)),
        };
        let _instance = instance::claim_stopped(&config.settings)?;
        if config.secret_key.is_none() && matches!(config.settings.database(), DatabaseUrl::Server(_)) {
            return Err(instance::must_be_given(&config.settings));
        }
        if config.secret_key.as_ref().is_some_and(|key| key.fingerprint() == present) {
            return Err(Refusal::new(format!(
                "The configured secret key is the one that the database already has. Configure a new one first; \
                 `{} key` prints one.",
                config.settings.program.name
            )));
        }
        let db = db::open_keyless(&config.settings).await?;
        let done = change(&config, &db).await;
        db.close().await;
        done
    })?;
    output::line("Replaced the secret key. Everyone is logged out. Start the site.");
    Ok(())
}

/// Writes the new key next to the old one, then changes the database, then puts the key in place. Whatever
/// fails, one of the two keys fits, and the error says where it is.
async fn change(config: &Config, db: &Db) -> Result<(), Refusal> {
    let key = config.secret_key.clone().unwrap_or_else(SecretKey::generate);
    let staged = match config.secret_key {
        Some(_) => None,
        None => Some(instance::stage_key(&config.settings, &key)?),
    };
    match adopt(db, &key).await {
        Ok(()) => staged.map_or(Ok(()), StagedKey::put_in_place),
        Err(error) => {
            if let Some(staged) = staged {
                staged.discard();
            }
            Err(Refusal::new(format!("The secret key was not replaced: {error}.")))
        }
    }
}

async fn adopt(db: &Db, key: &SecretKey) -> sqlx::Result<()> {
    let mut tx = db.begin_locked(&[]).await?;
    sessions::end_everything(&mut tx).await?;
    db::adopt_key(&mut tx, key).await?;
    tx.commit().await
}
