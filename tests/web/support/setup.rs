//! How the site of a test is set up: its settings, its files and its routes.

use rocket::Route;
use vestibule::base::config;
use vestibule::base::secret::SecretKey;
use vestibule::base::{Clock, Time};
use vestibule::web::RouteClass;
use vestibule::web::route_class::ClassedRoutes;

use super::database::TestDatabase;
use super::{BEGINNING, TestSite};

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
