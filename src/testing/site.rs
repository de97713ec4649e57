//! A separate site for each test: in an empty folder, with a clock that stands until it is moved.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

use std::fmt;

use figment::value::Value;
use rocket::local::blocking::Client;
use rocket::tokio::runtime::{Builder, Runtime};
use serde::Serialize;
use tempfile::TempDir;

use super::database::TestDatabase;
use super::log;
use crate::app::{Parts, build_app};
use crate::base::config::{self, Config};
use crate::base::hashing::Hashing;
use crate::base::secret::SecretKey;
use crate::base::{Brand, Clock, Db, Mailer, Program, Refusal, Site, SiteParts, Time, db, own_words};
use crate::cli::{self, AppCommand};
use crate::features::housekeeping::FirstRound;
use crate::layout;
use crate::own::App;
use crate::web::paths;

/// The time at the start of every test: 2026-01-01 00:00 UTC.
pub const BEGINNING: i64 = 1_767_225_600;

/// The parameters of a hash where a test is not about hashes: memory in KiB, and passes. Computing one takes
/// microseconds instead of tens of milliseconds.
const QUICK_HASH: (u32, u32) = (64, 1);

/// How the site of a test differs from the default.
///
/// ```no_run
/// use vestibule::testing::Setup;
/// # fn app() -> vestibule::App { vestibule::app!() }
///
/// let site = Setup::of(app()).with_email().with("password_min_length", "12").with("notes.page_size", 5).build();
/// ```
pub struct Setup {
    settings: Vec<(String, Value)>,
    files: Vec<(String, Vec<u8>)>,
    full_hashes: bool,
    /// The program.
    #[doc(hidden)]
    pub program: Program,
    /// What is mounted.
    #[doc(hidden)]
    pub parts: Parts,
    commands: Vec<AppCommand>,
}

impl Setup {
    /// The default site of an app.
    pub fn of(app: App) -> Setup {
        let (program, parts, commands) = app.into_parts();
        Setup { settings: Vec::new(), files: Vec::new(), full_hashes: false, program, parts, commands }
    }

    /// Changes a setting: one of Vestibule's by its name, one of the app's with the name of the app and a dot before
    /// it.
    pub fn with(mut self, setting: &str, value: impl Serialize) -> Setup {
        let value = Value::serialize(value).unwrap_or_else(|error| panic!("{setting}: {error}"));
        self.settings.push((setting.to_owned(), value));
        self
    }

    /// Turns email on. Emails are kept in memory: [`TestSite::email_to`] reads them.
    pub fn with_email(self) -> Setup {
        self.with("smtp_url", "dev")
    }

    /// Puts a file into the data folder before the start.
    pub fn file(mut self, path: &str, content: &[u8]) -> Setup {
        self.files.push((path.to_owned(), content.to_owned()));
        self
    }

    /// Hashes passwords with the parameters in the settings, for tests about hashes and about time.
    #[doc(hidden)]
    pub fn with_full_hashes(self) -> Setup {
        Setup { full_hashes: true, ..self }
    }

    /// Builds the site in an empty folder. What would stop the start of the app stops the test, with the same words.
    pub fn build(self) -> TestSite {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in &self.files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        started(cli::check_app(&self.program, &self.parts, &self.commands));
        let mut layers = started(config::defaults_for(&self.program))
            .merge(("vestibule.data_dir", folder.path()))
            .merge(("address", "127.0.0.1"))
            .merge(("workers", 2));
        // The tables of an app may be those of another test's app: each begins with none.
        let database = match self.program.is_alone() {
            true => TestDatabase::make(),
            false => TestDatabase::make_empty(),
        };
        if let Some(database) = &database {
            layers = layers.merge(("vestibule.database_url", &database.url));
            layers = layers.merge(("vestibule.database_connections", 6));
        }
        for (setting, value) in self.settings {
            let path = if setting.contains('.') { setting } else { format!("vestibule.{setting}") };
            layers = layers.merge((path, value));
        }
        let config = started(config::read_for(&self.program, layers));
        let clock = Clock::standing_at(Time::from_unix(BEGINNING));
        let full = (config.settings.argon2_memory_kib.get(), config.settings.argon2_passes.get());
        let hash = if self.full_hashes { full } else { QUICK_HASH };
        let parts = (self.parts, self.commands);
        TestSite::launch((folder, database), config, (clock, hash), SecretKey::generate(), parts)
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup").field("program", &self.program).finish_non_exhaustive()
    }
}

/// Where a site keeps its data: its folder, and its database if that is on a server.
pub type Place = (TempDir, Option<TestDatabase>);

/// A running site in an empty folder, with a clock that stands until a test moves it.
///
/// ```no_run
/// use vestibule::testing::TestSite;
/// # fn app() -> vestibule::App { vestibule::app!() }
///
/// let site = TestSite::of(app());
/// let mut ada = site.logged_in("ada@example.org");
/// ada.submit("/notes", &[("text", "Water the plants")]);
/// site.clock.advance(3_600);
/// assert_eq!(site.number("select count(*) from app_notes"), 1);
/// ```
pub struct TestSite {
    /// Its clock: `site.clock.advance(60)` moves it forward by a minute.
    pub clock: Clock,
    /// The database.
    #[doc(hidden)]
    pub db: Db,
    /// The secret key.
    #[doc(hidden)]
    pub key: SecretKey,
    /// All settings.
    #[doc(hidden)]
    pub config: Config,
    /// What sends the requests.
    #[doc(hidden)]
    pub client: Client,
    /// Where the database lives.
    #[doc(hidden)]
    pub runtime: Runtime,
    /// The data folder.
    pub folder: TempDir,
    /// The site as a handler gets it, for what no page does.
    pub site: Site,
    commands: Vec<AppCommand>,
    /// The parameters of hashes.
    #[doc(hidden)]
    pub hash: (u32, u32),
    /// Its database on a server. Dropped last.
    #[doc(hidden)]
    pub database: Option<TestDatabase>,
}

impl TestSite {
    /// The default site of an app. What would stop its start fails the test, with the same words.
    pub fn of(app: App) -> TestSite {
        Setup::of(app).build()
    }

    /// Starts a site at a place, whether it has run there before or not.
    #[doc(hidden)]
    pub fn launch(
        (folder, database): Place,
        config: Config,
        (clock, hash): (Clock, (u32, u32)),
        key: SecretKey,
        (parts, commands): (Parts, Vec<AppCommand>),
    ) -> TestSite {
        log::start();
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let settings = config.settings.clone();
        let words = started(own_words::read(&settings));
        let brand = started(Brand::read(&settings, paths::STATIC));
        started(layout::check_templates(&settings, &words, &brand));
        let db = started(runtime.block_on(db::open(&settings, &key)));
        let hashing = Hashing::new(hash.0, hash.1).unwrap();
        let mailer = started(Mailer::new(&settings, |name| config.source_of(name)));
        let made_of = SiteParts {
            words,
            brand,
            clock: clock.clone(),
            db: db.clone(),
            hashing,
            mailer,
            key: key.clone(),
        };
        let site = Site::new(settings, made_of);
        let rocket = build_app(&config, &key, site.clone(), parts);
        let client =
            Client::untracked(rocket).unwrap_or_else(|error| panic!("the site did not start: {error}"));
        if let Some(first) = client.rocket().state::<FirstRound>() {
            runtime.block_on(first.over());
        }
        TestSite { clock, db, key, config, client, runtime, folder, site, commands, hash, database }
    }

    /// Runs async code to its end: `site.block_on(accounts::by_email(&site.site.db, &email))`.
    pub fn block_on<F: Future>(&self, work: F) -> F::Output {
        self.runtime.block_on(work)
    }

    /// Runs a command of the app, with the words after its name. An error is what the command line would print.
    pub fn command(&self, name: &str, words: &[&str]) -> Result<(), Refusal> {
        let found = self.commands.iter().find(|command| command.name == name);
        let command = found.unwrap_or_else(|| panic!("the app has no command {name:?}"));
        self.block_on(command.on(&self.site, words.iter().map(ToString::to_string).collect()))
    }

    /// The host name that visitors use.
    #[doc(hidden)]
    pub fn host(&self) -> String {
        let base_url = self.config.settings.base_url.to_string();
        base_url.split_once("://").unwrap().1.to_owned()
    }

    /// The full name of a cookie on this site; a cookie that is not ours keeps its name.
    #[doc(hidden)]
    pub fn cookie_name(&self, name: &str) -> String {
        const OURS: [&str; 22] = [
            "session",
            "remember",
            "device",
            "typed",
            "reset",
            "confirm",
            "change",
            "undo",
            "secure",
            "close",
            "signed-up",
            "invited",
            "pending-login",
            "totp-setup",
            "codes-setup",
            "unknown-passkey",
            "sent",
            "logged-out",
            "language",
            "handed-over",
            "gate",
            "visit",
        ];
        match OURS.contains(&name) && !self.config.settings.base_url.is_https() {
            true => format!("{name}-{}", self.key.mark()),
            false => name.to_owned(),
        }
    }
}

impl fmt::Debug for TestSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TestSite").field("folder", &self.folder.path()).finish_non_exhaustive()
    }
}

/// What the start gave; or its refusal, which fails the test.
fn started<T>(start: Result<T, Refusal>) -> T {
    start.unwrap_or_else(|refusal| panic!("the app does not start: {refusal}"))
}
