//! A separate site for each test, and a visitor who uses only its pages.

mod answer;
#[path = "../../support/database.rs"]
mod database;
mod mailbox;
mod rows;
mod visitor;

use std::sync::Barrier;

use rocket::Route;
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous;
use rocket::local::blocking::Client;
use rocket::tokio::runtime::Handle;
use tempfile::TempDir;
use vestibule::app;
use vestibule::base::config::{self, Config};
use vestibule::base::hashing::Hashing;
use vestibule::base::rate_limit::Limits;
use vestibule::base::secret::SecretKey;
use vestibule::base::{Brand, Clock, Db, Mailer, Site, Time, db, own_words};
use vestibule::web::route_class::ClassedRoutes;
use vestibule::web::{RouteClass, paths};

pub use answer::Answer;
use database::TestDatabase;
pub use mailbox::{ADA, link_in};
pub use visitor::Visitor;

/// The time at the start of every test: 2026-01-01 00:00 UTC.
pub const BEGINNING: i64 = 1_767_225_600;

/// A password that the rules accept.
pub const PASSWORD: &str = "correct horse battery";

/// How a test's site differs from the default.
#[derive(Default)]
pub struct Setup {
    settings: Vec<(&'static str, String)>,
    files: Vec<(&'static str, Vec<u8>)>,
    routes: ClassedRoutes,
    full_hashes: bool,
}

/// The parameters of a hash where a test is not about hashes: memory in KiB, and passes. Computing one takes
/// microseconds instead of tens of milliseconds.
const QUICK_HASH: (u32, u32) = (64, 1);

impl Setup {
    /// The default site.
    pub fn new() -> Setup {
        Setup::default()
    }

    /// Changes one setting.
    pub fn with(mut self, setting: &'static str, value: &str) -> Setup {
        self.settings.push((setting, value.to_owned()));
        self
    }

    /// Puts a file into the data folder.
    pub fn file(mut self, path: &'static str, content: &[u8]) -> Setup {
        self.files.push((path, content.to_owned()));
        self
    }

    /// Hashes passwords with the parameters in the settings, for tests about hashes and about time.
    pub fn with_full_hashes(self) -> Setup {
        Setup { full_hashes: true, ..self }
    }

    /// Raises the rate limits, for tests that try more often than a visitor would.
    pub fn patient(self) -> Setup {
        let limits = config::known::own().filter(|setting| setting.allowed == "a number from 1 to 1000000");
        let raised: Vec<_> = limits.map(|limit| (limit.name, "1000000".to_owned())).collect();
        let pause = ("limit_mail_pause", "1s".to_owned());
        Setup { settings: [self.settings, raised, vec![pause]].concat(), ..self }
    }

    /// Adds pages of the test.
    pub fn page(mut self, routes: Vec<Route>) -> Setup {
        self.routes = self.routes.and(RouteClass::Page, routes);
        self
    }

    /// Adds routes for programs.
    pub fn machine(mut self, routes: Vec<Route>) -> Setup {
        self.routes = self.routes.and(RouteClass::Machine, routes);
        self
    }

    /// Builds the site in an empty folder.
    pub fn build(self) -> TestSite {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in &self.files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
        let mut layers = config::defaults()
            .merge(("vestibule.data_dir", folder.path()))
            .merge(("address", "127.0.0.1"))
            .merge(("workers", 2));
        let database = TestDatabase::make();
        if let Some(database) = &database {
            layers = layers.merge(("vestibule.database_url", &database.url));
            layers = layers.merge(("vestibule.database_connections", 6));
        }
        for (setting, value) in &self.settings {
            layers = layers.merge((format!("vestibule.{setting}"), value));
        }
        let config = config::read(layers).unwrap();
        let clock = Clock::standing_at(Time::from_unix(BEGINNING));
        let full = (config.settings.argon2_memory_kib.get(), config.settings.argon2_passes.get());
        let hash = if self.full_hashes { full } else { QUICK_HASH };
        TestSite::launch((folder, database), config, (clock, hash), SecretKey::generate(), self.routes)
    }
}

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

    fn launch(
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

    /// The same form sent by a number of visitors at the same moment, each from its own thread. (The blocking
    /// client cannot be shared among threads.) Returns the answers: status and `Location`.
    pub fn at_once(&self, visitors: usize, path: &str, fields: &[(&str, &str)]) -> Vec<(Status, String)> {
        self.at_once_with(visitors, path, fields, &[])
    }

    /// The same, each with these cookies.
    pub fn at_once_with(
        &self,
        visitors: usize,
        path: &str,
        fields: &[(&str, &str)],
        cookies: &[(&str, &str)],
    ) -> Vec<(Status, String)> {
        at_once_on(&vec![self; visitors], path, fields, cookies)
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

/// The same form sent to each of these sites at the same moment; a site may occur several times.
pub fn at_once_on(
    sites: &[&TestSite],
    path: &str,
    fields: &[(&str, &str)],
    cookies: &[(&str, &str)],
) -> Vec<(Status, String)> {
    let client = |site: &&TestSite| {
        let rocket = app::build_with(&site.config, &site.key, site.site.clone(), ClassedRoutes::default());
        (
            site.runtime.block_on(asynchronous::Client::untracked(rocket)).unwrap(),
            site.runtime.handle().clone(),
        )
    };
    let clients: Vec<_> = sites.iter().map(client).collect();
    let (body, start) = (encoded(fields), Barrier::new(sites.len()));
    let host = sites[0].host();
    let cookies =
        cookies.iter().map(|(name, value)| Cookie::new(sites[0].cookie_name(name), value.to_string()));
    let cookies: Vec<_> = cookies.collect();
    let send = |(client, runtime): &(asynchronous::Client, Handle)| {
        let host = Header::new("Host", host.clone());
        let cookies = cookies.iter().cloned();
        let form = client.post(path.to_owned()).header(ContentType::Form).header(host).body(&body);
        let form = form.cookies(cookies);
        start.wait();
        let answer = runtime.block_on(form.dispatch());
        (answer.status(), answer.headers().get_one("location").unwrap_or_default().to_owned())
    };
    std::thread::scope(|scope| {
        let visits: Vec<_> = clients.iter().map(|client| scope.spawn(|| send(client))).collect();
        visits.into_iter().map(|visit| visit.join().unwrap()).collect()
    })
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
