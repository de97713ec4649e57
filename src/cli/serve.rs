//! The site itself, from its settings to its last answer.

use std::io::{Write, stderr};
use std::time::Duration;

use rocket::tokio::runtime::{Builder, Runtime};

use super::launch;
use crate::app::{Parts, build_app};
use crate::base::config::{self, Config, Flags};
use crate::base::hashing::Hashing;
use crate::base::secret::SecretKey;
use crate::base::{Brand, Clock, Db, Mailer, Refusal, Site, SiteParts, Words, db, instance, log, own_words};
use crate::features::state;
use crate::layout::check_templates;
use crate::web::paths;

/// Serves until a signal ends it.
pub(super) fn serve(flags: &Flags, parts: Parts) -> Result<(), Refusal> {
    let config = config::load(flags)?;
    log::start(config.server.log_level, flags.program.name);
    for warning in &config.warnings {
        ::log::warn!("{warning}");
    }
    // Incomplete settings of the mail server, and wrong files of the owner or the app, are refused before anything is
    // created.
    mailer(&config)?;
    let branding = branding(&config)?;
    raise_file_limit();
    launch::port_is_free(&config)?;
    // The lock is held until the end of this function, after the last connection is closed.
    let _instance = instance::claim(&config.settings)?;
    let runtime = runtime(&config)?;
    let ended = runtime.block_on(run(&config, branding, parts));
    runtime.shutdown_timeout(Duration::from_secs(1));
    ended
}

async fn run(config: &Config, branding: (Words, Brand), parts: Parts) -> Result<(), Refusal> {
    // A problem with the database is reported before one with its key.
    let found = db::look(&config.settings).await?;
    let key = instance::key(&config.settings, config.secret_key.as_ref())?;
    let db = db::open_found(&config.settings, found, &key).await?;
    let ended = match site(config, db.clone(), key.clone(), (mailer(config), branding)) {
        Ok(site) => {
            let digest = site.digest.clone();
            let ended = match state::apply_at_start(&site).await {
                Ok(()) => launch::launch(build_app(config, &key, site, parts), config).await,
                Err(refusal) => Err(refusal),
            };
            digest.log_all();
            ended
        }
        Err(refusal) => Err(refusal),
    };
    db.close().await;
    ended
}

/// Where its emails go.
fn mailer(config: &Config) -> Result<Mailer, Refusal> {
    Mailer::new(&config.settings, |name| config.source_of(name))
}

/// The sentences, with those of the app and of the owner, and the owner's logo, icon and colour. Templates of the app that
/// show them are checked, too.
pub(super) fn branding(config: &Config) -> Result<(Words, Brand), Refusal> {
    let words = own_words::read(&config.settings)?;
    let brand = Brand::read(&config.settings, paths::STATIC)?;
    check_templates(&config.settings, &words, &brand)?;
    Ok((words, brand))
}

/// The running site, on an open database.
fn site(
    config: &Config,
    db: Db,
    key: SecretKey,
    (mailer, (words, brand)): (Result<Mailer, Refusal>, (Words, Brand)),
) -> Result<Site, Refusal> {
    let settings = config.settings.clone();
    let hashing = Hashing::new(settings.argon2_memory_kib.get(), settings.argon2_passes.get());
    let hashing = hashing.map_err(|error| {
        Refusal::new(format!(
            "The settings argon2_memory_kib and argon2_passes cannot be used together: {error}."
        ))
    })?;
    let (clock, mailer) = (Clock::system(), mailer?);
    Ok(Site::new(settings, SiteParts { words, brand, clock, db, hashing, mailer, key }))
}

/// The site for commands. Its key is a random one: no command creates anything that another process must
/// verify, and a key that is never read cannot leak. It does not send emails either; those that it queues are
/// sent by the running site.
pub(super) fn site_of_command(config: &Config, db: Db) -> Result<Site, Refusal> {
    let branding = (words_of_command(config), Brand::default());
    site(config, db, SecretKey::generate(), (Ok(Mailer::of_command(&config.settings)), branding))
}

/// The same with the site's own key, for a command that looks whether secrets can be read. Without it, none can.
pub(super) fn site_with_key(config: &Config, db: Db) -> Result<Site, Refusal> {
    let key =
        instance::key(&config.settings, config.secret_key.as_ref()).unwrap_or_else(|_| SecretKey::generate());
    let branding = (words_of_command(config), Brand::default());
    site(config, db, key, (Ok(Mailer::of_command(&config.settings)), branding))
}

/// The sentences and the branding of the owner for a command that shows them. A wrong file keeps no command from its
/// work: it is told, and what is built in is used.
pub(super) fn branding_of_command(config: &Config) -> (Words, Brand) {
    let brand = Brand::read(&config.settings, paths::STATIC).unwrap_or_else(|refusal| {
        warn(&refusal, "No logo is used");
        Brand::default()
    });
    (words_of_command(config), brand)
}

fn words_of_command(config: &Config) -> Words {
    own_words::read(&config.settings).unwrap_or_else(|refusal| {
        warn(&refusal, "The built-in sentences are used");
        own_words::without(&config.settings)
    })
}

fn warn(refusal: &Refusal, instead: &str) {
    let _ = writeln!(stderr(), "Warning: {refusal} {instead}."); // there is no other place to tell it
}

/// Each connection is a file. The soft limit is 1,024 on many systems, and beyond it no client is answered.
fn raise_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        ::log::warn!("could not raise the limit of open files: {error}");
    }
}

/// Rocket's own runtime would be sized by Rocket's settings, not by ours.
fn runtime(config: &Config) -> Result<Runtime, Refusal> {
    let mut builder = Builder::new_multi_thread();
    builder
        .worker_threads(config.server.workers.max(1))
        .max_blocking_threads(config.server.max_blocking.max(1));
    builder.thread_name(config.settings.program.name).enable_all();
    builder.build().map_err(|error| Refusal::new(format!("Cannot start threads: {error}.")))
}

/// A runtime for a command that does one thing.
pub(super) fn small_runtime() -> Result<Runtime, Refusal> {
    let built = Builder::new_current_thread().enable_all().build();
    built.map_err(|error| Refusal::new(format!("Cannot start threads: {error}.")))
}
