//! The site of a test, with its clock, its database and the ways to look into them.

use rocket::local::blocking::Client;
use tempfile::TempDir;
use vestibule::app;
use vestibule::base::config::Config;
use vestibule::base::hashing::Hashing;
use vestibule::base::rate_limit::Limits;
use vestibule::base::secret::SecretKey;
use vestibule::base::{Brand, Clock, Db, Mailer, Site, db, own_words};
use vestibule::web::paths;
use vestibule::web::route_class::ClassedRoutes;

use super::database::TestDatabase;
use super::{Setup, Visitor};

/// The time at the start of every test: 2026-01-01 00:00 UTC.
pub const BEGINNING: i64 = 1_767_225_600;

/// A password that the rules accept.
pub const PASSWORD: &str = "correct horse battery";

/// A running site in an empty folder, with a clock that stands until it is moved.
pub struct TestSite {
    pub clock: Clock,
    pub db: Db,
    pub key: SecretKey,
    pub config: Config,
    pub client: Client,
    pub runtime: rocket::tokio::runtime::Runtime,
    pub folder: TempDir,
    pub site: Site,
    hash: (u32, u32),
    // Dropped last.
    database: Option<TestDatabase>,
}

impl TestSite {
    /// The default site.
    pub fn new() -> TestSite {
        Setup::new().build()
    }

    pub(super) fn launch(
        (folder, database): (TempDir, Option<TestDatabase>),
        config: Config,
        (clock, hash): (Clock, (u32, u32)),
        key: SecretKey,
        routes: ClassedRoutes,
    ) -> TestSite {
        let runtime = rocket::tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let settings = config.settings.clone();
        let db = runtime.block_on(db::open(&settings, &key)).unwrap();
        let hashing = Hashing::new(hash.0, hash.1).unwrap();
        let limits = Limits::new(&settings);
        let mailer = Mailer::new(&settings, |name| config.source_of(name)).unwrap();
        let site = Site {
            words: own_words::read(&settings).unwrap(),
            brand: Brand::read(&settings, paths::STATIC).unwrap(),
            settings,
            clock: clock.clone(),
            db: db.clone(),
            hashing,
            judging: Site::gate_for_judging(),
            limits,
            digest: Default::default(),
            mailer,
            key: key.clone(),
        };
        let client = Client::untracked(app::build_with(&config, &key, site.clone(), routes)).unwrap();
        TestSite { clock, db, key, config, client, runtime, folder, site, hash, database }
    }

    /// The same site after a restart: what was only in memory is lost.
    pub fn restarted(self) -> TestSite {
        self.runtime.block_on(self.db.close());
        self.killed()
    }

    /// The same site after its program was killed: nothing was closed.
    pub fn killed(self) -> TestSite {
        let (place, clock) = ((self.folder, self.database), (self.clock, self.hash));
        TestSite::launch(place, self.config, clock, self.key, ClassedRoutes::default())
    }

    /// Another instance on the same database, with the same clock. It must be dropped first.
    pub fn another(&self) -> TestSite {
        let place = (tempfile::tempdir().unwrap(), None);
        let clock = (self.clock.clone(), self.hash);
        TestSite::launch(place, self.config.clone(), clock, self.key.clone(), ClassedRoutes::default())
    }

    /// The host name that visitors use.
    pub fn host(&self) -> String {
        let base_url = self.config.settings.base_url.to_string();
        base_url.split_once("://").unwrap().1.to_owned()
    }

    /// The full name of a cookie on this site; a cookie that is not ours keeps its name.
    pub fn cookie_name(&self, name: &str) -> String {
        const OURS: [&str; 14] = [
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
            "sent",
            "logged-out",
            "language",
        ];
        match OURS.contains(&name) && !self.config.settings.base_url.is_https() {
            true => format!("{name}-{}", self.key.mark()),
            false => name.to_owned(),
        }
    }

    /// A visitor with a browser that keeps cookies.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { site: self, jar: Vec::new(), headers: Vec::new(), remote: None }
    }

    /// A visitor with their own IP address.
    pub fn visitor_from(&self, address: &str) -> Visitor<'_> {
        self.visitor().at(address)
    }

    /// A visitor who has signed up as Ada and logged in.
    pub fn ada(&self) -> Visitor<'_> {
        let mut ada = self.visitor();
        let next = if self.site.mailer.is_on() { "/confirm/new" } else { "/login" };
        assert_eq!(ada.sign_up("ada@example.org", "Ada", PASSWORD).location(), next);
        assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
        ada
    }

    /// One number from the database, such as a count.
    pub fn number(&self, sql: &'static str) -> i64 {
        self.runtime.block_on(sqlx::query_scalar(sql).fetch_one(self.db.reader())).unwrap()
    }

    /// One text from the database.
    pub fn text(&self, sql: &'static str) -> String {
        self.runtime.block_on(sqlx::query_scalar(sql).fetch_one(self.db.reader())).unwrap()
    }

    /// From now on, the database answers no queries.
    pub fn silence_database(&self) {
        self.runtime.block_on(self.db.close());
    }

    /// Changes the database directly, in the site's process. Returns the number of rows.
    pub fn change(&self, sql: &'static str) -> u64 {
        self.runtime.block_on(async {
            let mut tx = self.db.begin_locked(&[]).await.unwrap();
            let rows = sqlx::query(sql).execute(&mut tx).await.unwrap().rows_affected();
            tx.commit().await.unwrap();
            rows
        })
    }
}
