//! Everything that a decision may use: one value, created at the start and passed down. Nothing is global.

use std::any::type_name;
use std::num::NonZero;
use std::thread::available_parallelism;

use super::brand::Brand;
use super::clock::Clock;
use super::config::{Settings, app_settings};
use super::db::Db;
use super::gate::Gate;
use super::hashing::Hashing;
use super::log_digest::Digest;
use super::mailer::Mailer;
use super::rate_limit::Limits;
use super::secret::SecretKey;
use super::words::Words;

/// The running site: the database, the clock, the settings. A handler takes `site: &State<Site>`.
///
/// ```no_run
/// use rocket::{State, get};
/// use vestibule::{Result, Site, User, sqlx};
///
/// #[get("/notes/count")]
/// async fn count(user: User, site: &State<Site>) -> Result<String> {
///     let select = sqlx::query_scalar("select count(*) from app_notes where account_id = $1");
///     let notes: i64 = select.bind(user.id.as_str()).fetch_one(site.db.reader()).await?;
///     Ok(notes.to_string())
/// }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Site {
    /// The operator's settings, such as `site.settings.data_dir`. Those of the app are in [`own`](Site::own).
    pub settings: Settings,
    /// The sentences of pages and emails.
    #[doc(hidden)]
    pub words: Words,
    /// The owner's logo, icon and colour.
    #[doc(hidden)]
    pub brand: Brand,
    /// The clock: now is `site.clock.now()`. A test can set it.
    pub clock: Clock,
    /// The database.
    pub db: Db,
    /// Hashes passwords.
    #[doc(hidden)]
    pub hashing: Hashing,
    /// Judges new passwords.
    #[doc(hidden)]
    pub judging: Gate,
    /// The rate limits.
    #[doc(hidden)]
    pub limits: Limits,
    /// Refusals that are counted instead of logged.
    #[doc(hidden)]
    pub digest: Digest,
    /// Where emails are sent.
    #[doc(hidden)]
    pub mailer: Mailer,
    /// The secret key, from which keys for single purposes are derived.
    #[doc(hidden)]
    pub key: SecretKey,
}

/// What a site is made of, in addition to its settings.
pub struct SiteParts {
    /// The sentences of pages and emails.
    pub words: Words,
    /// The owner's logo, icon and colour.
    pub brand: Brand,
    /// The current time.
    pub clock: Clock,
    /// The open database.
    pub db: Db,
    /// Hashes passwords.
    pub hashing: Hashing,
    /// Where emails are sent.
    pub mailer: Mailer,
    /// The secret key.
    pub key: SecretKey,
}

impl Site {
    /// A site whose rate limits have counted nothing yet.
    pub(crate) fn new(settings: Settings, parts: SiteParts) -> Site {
        let SiteParts { words, brand, clock, db, hashing, mailer, key } = parts;
        let (limits, digest) = (Limits::new(&settings), Digest::default());
        // Half of the cores, so that the rest is left for hashing and every login.
        let judging = Gate::new(available_parallelism().map_or(1, NonZero::get) / 2);
        Site { settings, words, brand, clock, db, hashing, judging, limits, digest, mailer, key }
    }

    /// Whether visitors use TLS.
    pub fn is_https(&self) -> bool {
        self.settings.base_url.is_https()
    }

    /// The app's own settings: the struct that `App::settings` names. A handler may also take them as `&State<S>`.
    ///
    /// ```
    /// use serde::Deserialize;
    /// use vestibule::Site;
    ///
    /// #[derive(Clone, Deserialize)]
    /// #[serde(deny_unknown_fields)]
    /// struct Settings {
    ///     page_size: u16,
    /// }
    ///
    /// fn limit(site: &Site) -> i64 {
    ///     site.own::<Settings>().page_size.into()
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// If the app gave no such struct to `App::settings`.
    #[expect(clippy::panic, reason = "a mistake in the code of an app, at its first use")]
    pub fn own<S: Send + Sync + 'static>(&self) -> &S {
        app_settings::own(&self.settings.program)
            .unwrap_or_else(|| panic!("App::settings::<{}>() is missing", type_name::<S>()))
    }
}
