//! A separate site for each test, and a visitor who uses only its pages: those of `vestibule::testing`, which the tests
//! of an app have too, and what only our own tests do with a site.

pub mod gate;
mod mailbox;
pub mod own_app;
pub mod phone;
mod rows;

use std::ops::{Deref, DerefMut};
use std::sync::Barrier;

use rocket::Route;
use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous;
use rocket::tokio::runtime::Handle;
use vestibule::app::{self, Parts};
use vestibule::base::{Program, config};
use vestibule::testing;
use vestibule::web::RouteClass;
use vestibule::web::route_class::ClassedRoutes;

pub use mailbox::ADA;
pub use vestibule::testing::{Answer, BEGINNING, PASSWORD, Visitor, encoded, link_in};

/// How a test's site differs from the default.
pub struct Setup(testing::Setup);

impl Setup {
    /// The default site.
    pub fn new() -> Setup {
        Setup(testing::Setup::of(vestibule::App::alone()))
    }

    /// Changes one setting.
    pub fn with(self, setting: &str, value: &str) -> Setup {
        Setup(self.0.with(setting, value))
    }

    /// Puts a file into the data folder.
    pub fn file(self, path: &str, content: &[u8]) -> Setup {
        Setup(self.0.file(path, content))
    }

    /// Hashes passwords with the parameters in the settings, for tests about hashes and about time.
    pub fn with_full_hashes(self) -> Setup {
        Setup(self.0.with_full_hashes())
    }

    /// Raises the rate limits, for tests that try more often than a visitor would.
    pub fn patient(self) -> Setup {
        let limits = config::known::own().filter(|setting| setting.allowed == "a number from 1 to 1000000");
        let raised = limits.fold(self, |setup, limit| setup.with(limit.name, "1000000"));
        raised.with("limit_mail_pause", "1s")
    }

    /// Makes it the site of an app.
    pub fn program(mut self, program: Program) -> Setup {
        self.0.program = program;
        self
    }

    /// Adds pages of the test.
    pub fn page(self, routes: Vec<Route>) -> Setup {
        self.routes(RouteClass::Page, routes)
    }

    /// Adds routes for programs.
    pub fn machine(self, routes: Vec<Route>) -> Setup {
        self.routes(RouteClass::Machine, routes)
    }

    fn routes(mut self, class: RouteClass, routes: Vec<Route>) -> Setup {
        let before = std::mem::take(&mut self.0.parts.routes);
        self.0.parts.routes = before.and(class, routes);
        self
    }

    /// Builds the site in an empty folder.
    pub fn build(self) -> TestSite {
        TestSite(self.0.build())
    }
}

/// A running site in an empty folder, with a clock that stands until it is moved.
pub struct TestSite(testing::TestSite);

impl Deref for TestSite {
    type Target = testing::TestSite;

    fn deref(&self) -> &testing::TestSite {
        &self.0
    }
}

impl DerefMut for TestSite {
    fn deref_mut(&mut self) -> &mut testing::TestSite {
        &mut self.0
    }
}

impl TestSite {
    /// The default site.
    pub fn new() -> TestSite {
        Setup::new().build()
    }

    /// The same site after a restart: what was only in memory is lost.
    pub fn restarted(self) -> TestSite {
        self.runtime.block_on(self.db.close());
        self.killed()
    }

    /// The same site after its program was killed: nothing was closed.
    pub fn killed(self) -> TestSite {
        let site = self.0;
        let (place, clock) = ((site.folder, site.database), (site.clock, site.hash));
        TestSite(testing::TestSite::launch(place, site.config, clock, site.key, nothing_more()))
    }

    /// Another instance on the same database, with the same clock. It must be dropped first.
    pub fn another(&self) -> TestSite {
        let place = (tempfile::tempdir().unwrap(), None);
        let (config, clock) = (self.config.clone(), (self.clock.clone(), self.hash));
        TestSite(testing::TestSite::launch(place, config, clock, self.key.clone(), nothing_more()))
    }

    /// A visitor who has signed up as Ada and logged in.
    pub fn ada(&self) -> Visitor<'_> {
        let mut ada = self.visitor();
        let next = if self.site.mailer.is_on() { "/confirm/new" } else { "/login" };
        assert_eq!(ada.sign_up("ada@example.org", "Ada", PASSWORD).location(), next);
        assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/profile");
        ada
    }

    /// A visitor who logs in by the form, to an account that is there already; on a device that remembers it, or not.
    pub fn entered(&self, email: &str, remember: bool) -> Visitor<'_> {
        let mut visitor = self.visitor();
        let answer = match remember {
            true => visitor.log_in_remembered(email, PASSWORD),
            false => visitor.log_in(email, PASSWORD),
        };
        assert_eq!(answer.location(), "/profile");
        visitor
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

    /// A client of this site that sends several requests at the same time, which the blocking one cannot. Nothing that
    /// the site caches is in memory yet.
    pub async fn parallel_client(&self) -> asynchronous::Client {
        let rocket = app::build_with(&self.config, &self.key, self.site.clone(), ClassedRoutes::default());
        asynchronous::Client::untracked(rocket).await.unwrap()
    }

    /// From now on, the database answers no queries.
    pub fn silence_database(&self) {
        self.runtime.block_on(self.db.close());
    }
}

/// The parts of Vestibule without an app.
fn nothing_more() -> (Parts, Vec<vestibule::cli::AppCommand>) {
    (Parts::default(), Vec::new())
}

/// The same form sent to each of these sites at the same moment; a site may occur several times.
pub fn at_once_on(
    sites: &[&TestSite],
    path: &str,
    fields: &[(&str, &str)],
    cookies: &[(&str, &str)],
) -> Vec<(Status, String)> {
    let client = |site: &&TestSite| (site.block_on(site.parallel_client()), site.runtime.handle().clone());
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
