//! A site of its own for each test, and a visitor who walks through it by the front door.

mod answer;
mod mailbox;

use std::net::IpAddr;
use std::sync::Barrier;

use rocket::Route;
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous;
use rocket::local::blocking::Client;
use tempfile::TempDir;
use vestibule::app;
use vestibule::base::config::{self, Config};
use vestibule::base::hashing::Hashing;
use vestibule::base::limit::Limits;
use vestibule::base::secret::Key;
use vestibule::base::{Clock, Db, Mailer, Site, Time, db};

pub use answer::Answer;
pub use mailbox::{ADA, link_in};

/// The moment every test begins at: 2026-01-01 00:00 UTC.
pub const BEGINNING: i64 = 1_767_225_600;

/// A password that the rules take.
pub const PASSWORD: &str = "correct horse battery";

/// How a test's site differs from the one that starts by itself.
#[derive(Default)]
pub struct Setup {
    settings: Vec<(&'static str, String)>,
    routes: Vec<Route>,
}

impl Setup {
    /// The site as it starts by itself.
    pub fn new() -> Setup {
        Setup::default()
    }

    /// With one setting changed.
    pub fn with(mut self, setting: &'static str, value: &str) -> Setup {
        self.settings.push((setting, value.to_owned()));
        self
    }

    /// For somebody who tries more often than a visitor would.
    pub fn patient(self) -> Setup {
        let limits = [
            "free_guesses",
            "wrong_passwords",
            "logins",
            "reauthentications",
            "signups",
            "forms",
            "mails",
            "mails_to",
        ];
        let raised = limits.map(|limit| (&*format!("limit_{limit}").leak(), "1000000".to_owned()));
        let pause = ("limit_mail_pause", "1s".to_owned());
        Setup { settings: [self.settings, raised.into(), vec![pause]].concat(), ..self }
    }

    /// With a page of the test's own.
    pub fn page(mut self, routes: Vec<Route>) -> Setup {
        self.routes.extend(routes);
        self
    }

    /// Builds the site on an empty folder.
    pub fn build(self) -> TestSite {
        let folder = tempfile::tempdir().unwrap();
        let mut layers = config::defaults()
            .merge(("vestibule.data_dir", folder.path()))
            .merge(("address", "127.0.0.1"))
            .merge(("workers", 2));
        for (setting, value) in &self.settings {
            layers = layers.merge((format!("vestibule.{setting}"), value));
        }
        let config = config::read(layers).unwrap();
        let clock = Clock::standing_at(Time::from_unix(BEGINNING));
        TestSite::launch(folder, config, clock, Key::generate(), self.routes)
    }
}

/// A running site in an empty folder, with a clock that stands until it is moved.
pub struct TestSite {
    pub clock: Clock,
    pub db: Db,
    pub key: Key,
    pub config: Config,
    pub client: Client,
    pub runtime: rocket::tokio::runtime::Runtime,
    pub folder: TempDir,
    pub site: Site,
}

impl TestSite {
    /// The site as it starts by itself.
    pub fn new() -> TestSite {
        Setup::new().build()
    }

    fn launch(folder: TempDir, config: Config, clock: Clock, key: Key, routes: Vec<Route>) -> TestSite {
        let runtime = rocket::tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let settings = config.settings.clone();
        let db = runtime.block_on(db::open(&settings.database_file(), &key)).unwrap();
        let hashing = Hashing::new(settings.argon2_memory_kib.get(), settings.argon2_passes.get()).unwrap();
        let limits = Limits::new(&settings);
        let mailer = Mailer::new(&settings).unwrap();
        let site = Site { settings, clock: clock.clone(), db: db.clone(), hashing, limits, mailer };
        let client = Client::untracked(app::build_with(&config, &key, site.clone(), routes)).unwrap();
        TestSite { clock, db, key, config, client, runtime, folder, site }
    }

    /// The same site after its program was stopped and started again: what it only remembered is gone.
    pub fn restarted(self) -> TestSite {
        self.runtime.block_on(self.db.close());
        TestSite::launch(self.folder, self.config, self.clock, self.key, Vec::new())
    }

    /// A visitor with a browser that keeps cookies.
    pub fn visitor(&self) -> Visitor<'_> {
        Visitor { site: self, jar: Vec::new(), headers: Vec::new(), remote: None }
    }

    /// A visitor of an address of their own.
    pub fn visitor_from(&self, address: &str) -> Visitor<'_> {
        self.visitor().at(address)
    }

    /// A visitor who has signed up as Ada and logged in.
    pub fn ada(&self) -> Visitor<'_> {
        let mut ada = self.visitor();
        assert_eq!(ada.sign_up("ada@example.org", "Ada", PASSWORD).location(), "/login");
        assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
        ada
    }

    /// The same form sent by so many visitors in the same moment, each from a thread of its own. (The blocking client
    /// cannot be shared among threads.) How they were answered: status and `Location`.
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
        let rocket = app::build_with(&self.config, &self.key, self.site.clone(), Vec::new());
        let client = self.runtime.block_on(asynchronous::Client::untracked(rocket)).unwrap();
        let (client, body, start) = (&client, encoded(fields), Barrier::new(visitors));
        let runtime = self.runtime.handle();
        let send = || {
            let host = Header::new("Host", "localhost:8000");
            let cookies =
                cookies.iter().map(|(name, value)| Cookie::new(name.to_string(), value.to_string()));
            let form = client.post(path.to_owned()).header(ContentType::Form).header(host).body(&body);
            let form = form.cookies(cookies);
            start.wait();
            let answer = runtime.block_on(form.dispatch());
            (answer.status(), answer.headers().get_one("location").unwrap_or_default().to_owned())
        };
        std::thread::scope(|scope| {
            let visits: Vec<_> = (0..visitors).map(|_| scope.spawn(send)).collect();
            visits.into_iter().map(|visit| visit.join().unwrap()).collect()
        })
    }

    /// One number out of the database, such as a count.
    pub fn number(&self, sql: &'static str) -> i64 {
        self.runtime.block_on(sqlx::query_scalar(sql).fetch_one(self.db.reader())).unwrap()
    }

    /// One text out of the database.
    pub fn text(&self, sql: &'static str) -> String {
        self.runtime.block_on(sqlx::query_scalar(sql).fetch_one(self.db.reader())).unwrap()
    }

    /// From now on the database answers nobody.
    pub fn silence_database(&self) {
        self.runtime.block_on(self.db.close());
    }

    /// Changes the database past all of the site's decisions, from within its process. The answer is how many rows.
    pub fn change(&self, sql: &'static str) -> u64 {
        self.runtime.block_on(async {
            let mut tx = self.db.begin().await.unwrap();
            let rows = sqlx::query(sql).execute(&mut **tx).await.unwrap().rows_affected();
            tx.commit().await.unwrap();
            rows
        })
    }
}

/// A visitor. Requests carry a `Host`, and the cookies that answers gave.
#[derive(Clone)]
pub struct Visitor<'s> {
    pub site: &'s TestSite,
    /// Names and values, as a browser keeps them.
    pub jar: Vec<(String, String)>,
    /// Sent with every request.
    pub headers: Vec<(String, String)>,
    /// Where the connection comes from.
    pub remote: Option<IpAddr>,
}

impl Visitor<'_> {
    /// The same visitor, whose connection comes from this address from now on.
    pub fn at(mut self, address: &str) -> Self {
        self.remote = Some(address.parse().unwrap());
        self
    }

    /// The same visitor, sending one more header from now on.
    pub fn sending(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Opens a page.
    pub fn get(&mut self, path: &str) -> Answer {
        self.request("GET", path, None, "")
    }

    /// Sends a form; `body` is as it travels, `a=1&b=2`.
    pub fn post(&mut self, path: &str, body: &str) -> Answer {
        self.request("POST", path, Some("application/x-www-form-urlencoded"), body)
    }

    /// Sends a form of these fields, encoded.
    pub fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(path, &encoded(fields))
    }

    /// Fills in the sign-up form.
    pub fn sign_up(&mut self, email: &str, name: &str, password: &str) -> Answer {
        self.submit("/signup", &[("email", email), ("name", name), ("password", password)])
    }

    /// Fills in the log-in form.
    pub fn log_in(&mut self, email: &str, password: &str) -> Answer {
        self.submit("/login", &[("email", email), ("password", password)])
    }

    /// Fills in the log-in form and ticks "Remember me".
    pub fn log_in_remembered(&mut self, email: &str, password: &str) -> Answer {
        self.submit("/login", &[("email", email), ("password", password), ("remember", "yes")])
    }

    /// Whether the protected page opens.
    pub fn is_logged_in(&mut self) -> bool {
        self.get("/profile").status == Status::Ok
    }

    /// The value of a cookie in the jar.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.jar.iter().find(|(known, _)| known == name).map(|(_, value)| &**value)
    }

    /// Puts a cookie into the jar, as somebody would who was handed or has stolen one.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.jar.retain(|(known, _)| known != name);
        self.jar.push((name.to_owned(), value.to_owned()));
    }

    /// Sends any request.
    pub fn request(&mut self, method: &str, path: &str, kind: Option<&str>, body: &str) -> Answer {
        let method = method.parse().unwrap();
        let mut request = self.site.client.req(method, path.to_owned());
        if !self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            request.add_header(Header::new("Host", "localhost:8000"));
        }
        if let Some(kind) = kind {
            request.add_header(Header::new("Content-Type", kind.to_owned()));
        }
        for (name, value) in &self.headers {
            request.add_header(Header::new(name.clone(), value.clone()));
        }
        if let Some(address) = self.remote {
            request.set_remote((address, 50_000).into());
        }
        for (name, value) in &self.jar {
            request = request.cookie(Cookie::new(name.clone(), value.clone()));
        }
        let answer = Answer::read(request.body(body).dispatch());
        self.keep_cookies(&answer);
        answer
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for text in answer.all("set-cookie") {
            let cookie = Cookie::parse_encoded(text.to_owned()).unwrap();
            self.jar.retain(|(name, _)| name != cookie.name());
            let gone = cookie.max_age().is_some_and(|age| age.is_zero());
            if !gone {
                self.jar.push((cookie.name().to_owned(), cookie.value().to_owned()));
            }
        }
    }
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
