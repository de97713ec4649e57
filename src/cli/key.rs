//! The secret key: prints a new one, or replaces the site's.

use std::path::Path;

use super::output;
use super::serve::small_runtime;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::config::{self, Config, Flags};
use crate::base::db::{self, Found};
use crate::base::instance::{self, StagedKey};
use crate::base::secret::SecretKey;
use crate::base::{Db, Refusal, Settings, text_file};
use crate::people::sessions;
use crate::services::{invitations, links, totp_app};

/// Prints a new key. It is not stored.
pub(super) fn print() {
    output::line(SecretKey::generate().reveal());
}

/// Gives the database the configured key, or a new one in the data folder. All users are logged out. The site
/// must not be running: it would continue with the old key.
///
/// The secrets of authenticator apps are sealed again under the new key, which takes the old one: that of `old_file`, else
/// the one in the data folder. Without it the key is only replaced if `drops` says that the apps may be lost.
pub(super) fn replace(flags: &Flags, old_file: Option<&Path>, drops: bool) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    let sealed = small_runtime()?.block_on(async {
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
        let old = if drops { None } else { old_key(&config.settings, old_file, &present)? };
        let db = db::open_keyless(&config.settings).await?;
        let done = change(&config, &db, old.as_ref(), drops).await;
        db.close().await;
        done
    })?;
    output::line(format!(
        "Replaced the secret key. Everyone is logged out.{} Start the site.",
        sealed.told()
    ));
    Ok(())
}

/// The key that the database has now, if it is at hand. A file that was named and holds another one is refused: its operator
/// expects that nothing is lost.
fn old_key(settings: &Settings, named: Option<&Path>, present: &str) -> Result<Option<SecretKey>, Refusal> {
    let fits = |key: &SecretKey| key.fingerprint() == present;
    let Some(file) = named else {
        let kept = text_file::read(&instance::key_file(settings)).ok();
        return Ok(kept.and_then(|text| SecretKey::parse(&text)).filter(fits));
    };
    let text = text_file::read_secret(file).map_err(|why| Refusal::new(format!("The file {why}.")))?;
    let key = SecretKey::parse(&text).filter(fits);
    key.map(Some).ok_or_else(|| {
        Refusal::new(format!(
            "The file {} does not hold the secret key that the database has now. Nothing was changed.",
            file.display()
        ))
    })
}

/// What became of the authenticator apps, in numbers of accounts.
#[derive(Clone, Copy, Default)]
struct Sealed {
    /// Their app goes on.
    again: u64,
    /// Their app must be set up again.
    lost: u64,
}

impl Sealed {
    /// A sentence about them, if there are any.
    fn told(self) -> String {
        let apps = |count: u64| {
            if count == 1 { "1 authenticator app".to_owned() } else { format!("{count} authenticator apps") }
        };
        let again = (self.again > 0).then(|| format!(" {} sealed under the new key.", apps(self.again)));
        let lost = (self.lost > 0).then(|| {
            format!(" {} must be set up again; until then, their owners log in with a recovery code or a passkey.", apps(self.lost))
        });
        [again, lost].into_iter().flatten().collect()
    }
}

/// Writes the new key next to the old one, then changes the database, then puts the key in place. Whatever
/// fails, one of the two keys fits, and the error says where it is.
async fn change(config: &Config, db: &Db, old: Option<&SecretKey>, drops: bool) -> Result<Sealed, Refusal> {
    let key = config.secret_key.clone().unwrap_or_else(SecretKey::generate);
    let staged = match config.secret_key {
        Some(_) => None,
        None => Some(instance::stage_key(&config.settings, &key)?),
    };
    match adopt(config, db, old, drops, &key).await {
        Ok(sealed) => {
            staged.map_or(Ok(()), StagedKey::put_in_place)?;
            Ok(sealed)
        }
        Err(refusal) => {
            if let Some(staged) = staged {
                staged.discard();
            }
            Err(refusal)
        }
    }
}

async fn adopt(
    config: &Config,
    db: &Db,
    old: Option<&SecretKey>,
    drops: bool,
    key: &SecretKey,
) -> Result<Sealed, Refusal> {
    let not_replaced =
        |error: sqlx::Error| Refusal::new(format!("The secret key was not replaced: {error}."));
    let mut tx = db.begin_locked(&[]).await.map_err(not_replaced)?;
    let sealed = match old {
        Some(old) => {
            let done = totp_app::reseal(&mut tx, old, key).await.map_err(not_replaced)?;
            Sealed { again: done.resealed, lost: done.unreadable }
        }
        None if drops => {
            let lost = totp_app::drop_all(&mut tx).await.map_err(not_replaced)?;
            Sealed { lost: u64::try_from(lost).unwrap_or_default(), ..Sealed::default() }
        }
        None => {
            let concerned = totp_app::concerned(&mut tx).await.map_err(not_replaced)?;
            if concerned > 0 {
                return Err(without_old_key(config, concerned));
            }
            Sealed::default()
        }
    };
    sessions::end_everything(&mut tx).await.map_err(not_replaced)?;
    links::end_everything(&mut tx).await.map_err(not_replaced)?;
    invitations::end_mailed(&mut tx).await.map_err(not_replaced)?;
    db::adopt_key(&mut tx, key).await.map_err(not_replaced)?;
    tx.commit().await.map_err(not_replaced)?;
    Ok(sealed)
}

/// The error if secrets would be lost.
fn without_old_key(config: &Config, concerned: i64) -> Refusal {
    let (accounts, have) = if concerned == 1 { ("account", "has") } else { ("accounts", "have") };
    let program = config.settings.program.name;
    Refusal::new(format!(
        "{concerned} {accounts} {have} an authenticator app, whose secret is sealed under the key of before. Give that key, and \
         they go on: {program} key replace --old-key-file FILE. If it is lost: {program} key replace \
         --drop-authenticator-apps, and they must be set up again. The recovery codes of users and their passkeys go on either way. Nothing was \
         changed."
    ))
}
