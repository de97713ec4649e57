//! Copies a stopped site's database into another, empty one: from a file to a PostgreSQL server, or back.

use std::path::{Path, PathBuf};

use rocket::tokio::signal::ctrl_c;

use super::arguments::MoveArguments;
use super::output;
use super::serve::small_runtime;
use crate::base::config::Absolute;
use crate::base::config::database_url::DatabaseUrl;
use crate::base::config::{self, Config, Flags};
use crate::base::db::{self, Found, Moved};
use crate::base::instance;
use crate::base::{Refusal, Settings, config::known, text_file};

/// Copies everything, and says which setting to change.
pub(super) fn move_to(flags: &Flags, typed: &MoveArguments) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    if typed.undo {
        return undo(&config);
    }
    let target = target(&config.settings, typed)?;
    let moved = small_runtime()?.block_on(all(&config, &target, &given(typed)))?;
    report(&moved);
    what_to_set(&config, &target, typed);
    Ok(())
}

/// The argument that named the new database.
fn given(typed: &MoveArguments) -> String {
    typed.to_file.as_ref().map_or_else(|| "--to".to_owned(), |file| file.display().to_string())
}

async fn all(config: &Config, target: &Settings, given: &str) -> Result<Vec<Moved>, Refusal> {
    let source = &config.settings;
    let (pending, fingerprint) = match db::look(source).await? {
        Found::Ours { pending, key, .. } => (pending, key),
        Found::Nothing => return Err(db::missing(source)),
        Found::Moved { to } => return Err(db::moved(source, &to)),
    };
    if pending > 0 {
        return Err(db::outdated(source));
    }
    // A lost key is reported before the move, not by the first start after it.
    if instance::key(source, config.secret_key.as_ref())?.fingerprint() != fingerprint {
        return Err(db::wrong_key(source));
    }
    if let (DatabaseUrl::File(_), DatabaseUrl::File(_)) = (source.database(), target.database()) {
        return Err(Refusal::new(format!(
            "Both databases are files. To copy one, run `{} backup FILE`, while the site runs or not.",
            source.program.name
        )));
    }
    let _source = instance::claim_stopped(source)?;
    // It is not in database_url yet: an error must name the argument that gave it.
    let found = db::look(target).await;
    let found = found.map_err(|why| Refusal::new(why.to_string().replace("database_url", given)))?;
    if found != Found::Nothing {
        return Err(Refusal::new(format!(
            "The database {} already holds an installation. Nothing was changed. Name an empty database.",
            target.database()
        )));
    }
    let _target = instance::claim_stopped(target)?;
    db::move_to(source, target, async { drop(ctrl_c().await) }).await
}

/// Makes the old database usable again.
fn undo(config: &Config) -> Result<(), Refusal> {
    small_runtime()?.block_on(async {
        if db::look(&config.settings).await? == Found::Nothing {
            return Err(db::missing(&config.settings));
        }
        let _instance = instance::claim_stopped(&config.settings)?;
        db::undo_move(&config.settings).await
    })?;
    output::line(format!(
        "The database {} can be used again, in the state it was in when it was moved. Do not start a site on the other \
         database any more.",
        config.settings.database()
    ));
    Ok(())
}

/// The settings of the future site: the same, with another database.
fn target(settings: &Settings, typed: &MoveArguments) -> Result<Settings, Refusal> {
    let url = match (&typed.to, &typed.to_file) {
        (_, Some(file)) => text_file::read_secret(file).map_err(|error| {
            Refusal::new(format!("{error}. Name a file that holds the URL of the new database."))
        })?,
        (to, None) => to.clone().unwrap_or_default(),
    };
    let given = given(typed);
    if let Some(what) = known::wrong_parameter(&url) {
        return Err(Refusal::new(format!("The URL in {given} {what}")));
    }
    // The value is not repeated: it may contain a password.
    let url: DatabaseUrl = url.parse().map_err(|()| {
        Refusal::new(format!(
            "There is no database URL in {given}. Write postgres://user:password@server/database, or sqlite:FILE."
        ))
    })?;
    Ok(Settings { database_url: Some(url.absolute()?), ..settings.clone() })
}

fn report(moved: &[Moved]) {
    for Moved { table, rows } in moved {
        output::line(format!("{table:<16}{rows:>12}"));
    }
}

fn what_to_set(config: &Config, target: &Settings, typed: &MoveArguments) {
    let source = &config.settings;
    output::line(format!(
        "\nEvery table was compared and is the same in {}.\nThe old database {} is marked as moved: no site or command \
         uses it any more.\n\nTo continue, set{}:",
        shown(&target.database()),
        shown(&source.database()),
        match target.database() {
            DatabaseUrl::File(_) => "",
            DatabaseUrl::Server(_) => " for every instance",
        }
    ));
    output::line(format!("  {}", address(config, target, typed)));
    output::line(match (&config.secret_key, source.database()) {
        (None, DatabaseUrl::File(_)) => {
            format!("  ROCKET_SECRET_KEY_FILE={}", real(&source.data_dir.join("secret.key")).display())
        }
        _ => "  the secret key as it is set now: the new database belongs to the same key".to_owned(),
    });
}

/// The new database in words, without its user name and password.
fn address(config: &Config, target: &Settings, typed: &MoveArguments) -> String {
    let own = Settings { database_url: None, ..config.settings.clone() }.database();
    match (target.database(), own) {
        (DatabaseUrl::File(file), DatabaseUrl::File(own)) if real(&file) == real(&own) => {
            let setting = config.database_setting().unwrap_or_else(|| "database_url".to_owned());
            format!("no {setting} any more: the file is in its default place")
        }
        (DatabaseUrl::File(file), _) => format!("VESTIBULE_DATABASE_URL=sqlite:{}", real(&file).display()),
        (server @ DatabaseUrl::Server(_), _) => match &typed.to_file {
            Some(file) => format!("VESTIBULE_DATABASE_URL_FILE={}", real(file).display()),
            None => format!(
                "VESTIBULE_DATABASE_URL to the URL given with --to ({server}, with its user and password),\n  or \
                 VESTIBULE_DATABASE_URL_FILE to a file that holds it"
            ),
        },
    }
}

fn shown(database: &DatabaseUrl) -> String {
    match database {
        DatabaseUrl::File(file) => real(file).display().to_string(),
        server @ DatabaseUrl::Server(_) => server.to_string(),
    }
}

/// A path that is the same from every working folder.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}
