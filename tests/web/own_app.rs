//! An app: its pages next to ours, its fairings and state, its commands, its hourly work, and what is refused.

use std::mem::replace;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread::sleep;
use std::time::Duration;

use rocket::fairing::AdHoc;
use rocket::http::{Header, Status};
use rocket::local::blocking::Client;
use rocket::{FromForm, Route, State, get, post, routes};
use vestibule::app::build_app;
use vestibule::base::clock::Clock;
use vestibule::base::program::AppFiles;
use vestibule::cli::check_app;
use vestibule::features::hourly;
use vestibule::web::Error;
use vestibule::{App, Post, Refusal, Result, Site, User, sqlx};

use crate::support::{ADA, Setup, TestSite};

const HOUR: i64 = 3_600;

#[get("/")]
fn front() -> &'static str {
    "The notes of everyone"
}

#[get("/profile")]
fn profile(user: User) -> String {
    format!("The notes of {}", user.name)
}

#[get("/notes")]
fn notes(user: User) -> String {
    user.email.as_str().to_owned()
}

#[derive(FromForm)]
struct Note<'r> {
    text: &'r str,
}

#[post("/notes", data = "<post>")]
fn add(_user: User, post: Post<'_, Note<'_>>) -> String {
    post.fields().map(|note| note.text.to_owned()).unwrap_or_default()
}

#[get("/login")]
fn login() -> &'static str {
    "Who are you?"
}

struct Greeting(&'static str);

#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only asked for")]
struct Own {
    greeting: String,
}

#[get("/greeting")]
fn greeting(greeting: &State<Greeting>) -> &'static str {
    greeting.0
}

fn app(routes: Vec<Route>) -> App {
    App::new("notes", "1.2.0", AppFiles::default()).mount(routes)
}

/// A site of the app with its pages, without its fairings and its state.
fn site_of(app: App) -> TestSite {
    let (program, parts, commands) = app.into_parts();
    check_app(&program, &parts, &commands).unwrap();
    Setup::new().program(program).page(parts.routes.into_routes()).build()
}

/// Why the app does not start.
fn refused(app: App) -> String {
    let (program, parts, commands) = app.into_parts();
    check_app(&program, &parts, &commands).unwrap_err().to_string()
}

#[test]
fn a_page_of_the_app_takes_the_place_of_the_front_page_and_of_the_profile() {
    let site = site_of(app(routes![front, profile, notes]));
    let mut ada = site.ada();
    assert_eq!(ada.get("/").body, "The notes of everyone");
    assert_eq!(ada.get("/profile").body, "The notes of Ada");
    assert!(ada.get("/settings/account").says("Ada"), "all others are ours");
    let site = site_of(app(routes![notes]));
    let mut ada = site.ada();
    assert!(ada.get("/profile").says("Welcome, Ada!"), "without one, ours stays");
}

#[test]
fn what_holds_for_our_pages_holds_for_the_apps() {
    let site = site_of(app(routes![notes, add]));
    let mut visitor = site.visitor();
    assert_eq!(visitor.get("/notes").location(), "/login?next=%2Fnotes");
    let mut ada = site.ada();
    assert_eq!(ada.get("/notes").body, ADA);
    assert_eq!(ada.submit("/notes", &[("text", "Water the plants")]).body, "Water the plants");
    let answer = ada.request("PUT", "/notes", None, "");
    assert_eq!((answer.status, answer.header("allow")), (Status::MethodNotAllowed, "GET, HEAD, POST"));
    let foreign = ada.clone().sending("Sec-Fetch-Site", "cross-site").submit("/notes", &[("text", "Sold")]);
    assert_eq!(foreign.status, Status::Forbidden);
    let large = ada.post("/notes", &"a".repeat(20_000));
    assert_eq!(large.status, Status::PayloadTooLarge);
    assert_eq!(ada.get("/notes/").status, Status::NotFound);
    let (theirs, ours) = (ada.get("/notes"), ada.get("/profile"));
    for header in ["content-security-policy", "x-content-type-options", "referrer-policy", "cache-control"] {
        assert!(!ours.header(header).is_empty() && theirs.header(header) == ours.header(header), "{header}");
    }
}

#[test]
fn pages_below_a_path_are_there_and_nowhere_else() {
    let site =
        site_of(App::new("notes", "1.2.0", AppFiles::default()).mount_at("/shop", routes![front, notes]));
    let mut ada = site.ada();
    assert_eq!(ada.get("/shop").body, "The notes of everyone");
    assert_eq!(ada.get("/shop/notes").body, ADA);
    assert_eq!(ada.get("/notes").status, Status::NotFound);
    assert!(ada.get("/profile").says("Welcome, Ada!"));
}

#[test]
fn a_page_that_is_ours_or_there_twice_stops_the_start() {
    let line = refused(app(routes![notes, login]));
    assert!(line.starts_with("GET /login (function login) belongs to Vestibule."), "{line}");
    assert!(line.contains("write templates/login.html"), "{line}");
    let line = refused(app(routes![notes]).mount(routes![notes]));
    assert!(
        line.starts_with("GET /notes (function notes) and GET /notes (function notes) would answer"),
        "{line}"
    );
    let line = refused(app(routes![notes]).mount_at("shop", routes![notes]));
    assert!(line.starts_with("App::mount_at cannot mount below \"shop\"."), "{line}");
    let line = refused(app(routes![notes]).manage(Greeting("a")).manage(Greeting("b")));
    assert!(line.contains("Greeting") && line.contains("Only one value of a type"), "{line}");
    let line = refused(app(routes![notes]).settings::<Own>().manage(Own { greeting: "a".to_owned() }));
    assert!(line.starts_with("App::manage is called with a ") && line.contains("Own, which"), "{line}");
    let line = refused(app(routes![notes]).manage(Own { greeting: "a".to_owned() }).settings::<Own>());
    assert!(line.starts_with("App::settings is called with a ") && line.contains("Own, which"), "{line}");
    let line = refused(app(routes![notes]).mount_at("/gate", routes![notes]));
    assert!(
        line.starts_with("GET /gate/notes (function notes) is below /gate, which is reserved."),
        "{line}"
    );
    let line = refused(app(routes![notes]).allow("script-src", "'unsafe-inline'"));
    assert!(line.contains("'unsafe-inline'"), "{line}");
    let line = refused(App::new("Notes", "1.2.0", AppFiles::default()));
    assert!(line.starts_with("The name \"Notes\" of the app"), "{line}");
}

#[test]
fn fairings_and_state_of_the_app_come_after_ours() {
    let stamped = AdHoc::on_response("stamp", |_, response| {
        Box::pin(async move {
            let policy = response.headers().get_one("content-security-policy").is_some();
            response.set_header(Header::new("X-Policy-Seen", policy.to_string()));
        })
    });
    let app = app(routes![greeting]).manage(Greeting("Good morning")).attach(stamped);
    let (program, parts, _) = app.into_parts();
    let mut site = Setup::new().program(program).build();
    let with_parts = Client::untracked(build_app(&site.config, &site.key, site.site.clone(), parts)).unwrap();
    let _before = replace(&mut site.client, with_parts); // connections to a server live in its runtime
    let answer = site.visitor().get("/greeting");
    assert_eq!((&*answer.body, answer.header("x-policy-seen")), ("Good morning", "true"));
}

#[test]
fn a_command_of_the_app_has_the_site_and_what_was_typed() {
    async fn count(site: Site, typed: Vec<String>) -> std::result::Result<(), Refusal> {
        let accounts: i64 =
            sqlx::query_scalar("select count(*) from accounts").fetch_one(site.db.reader()).await?;
        Err(Refusal::new(format!("{accounts} accounts, {typed:?}")))
    }
    let app = app(routes![notes]).command("count", "Count the accounts", count);
    let (program, parts, commands) = app.into_parts();
    assert_eq!(check_app(&program, &parts, &commands), Ok(()));
    let site = Setup::new().program(program).build();
    site.ada();
    let done = site.runtime.block_on(commands[0].on(&site.site, vec!["all".to_owned()]));
    assert_eq!(done, Err(Refusal::new("1 accounts, [\"all\"]")));
}

async fn fails(_: Site) -> Result<()> {
    Err(Error::Broken("the shelf is empty"))
}

async fn panics(_: Site) -> Result<()> {
    panic!("the shelf fell over")
}

/// The app with hourly work that counts how often it is done, after work that fails.
fn counting(count: &Arc<AtomicUsize>) -> App {
    let count = count.clone();
    app(routes![notes]).hourly(fails).hourly(panics).hourly(move |_: Site| {
        let count = count.clone();
        async move {
            count.fetch_add(1, SeqCst);
            Ok(())
        }
    })
}

#[test]
fn hourly_work_is_done_as_soon_as_the_server_runs() {
    let count = Arc::new(AtomicUsize::new(0));
    let _site = site_of(counting(&count));
    let is_done = (0..1_000).any(|_| {
        sleep(Duration::from_millis(10));
        count.load(SeqCst) == 1
    });
    assert!(is_done, "{count:?}");
}

#[test]
fn hourly_work_is_done_once_an_hour_by_one_instance_even_if_some_of_it_fails() {
    let count = Arc::new(AtomicUsize::new(0));
    let (program, ..) = counting(&count).into_parts();
    // Servers without such work. The task of one that has some asks once when it starts, and if that is late, it does so
    // with the time of an hour ago.
    let site = site_of(app(routes![notes]));
    let other = site.another();
    let work = |on: &TestSite, seconds_behind: i64| {
        let mut instance = on.site.clone();
        instance.settings.program = program.clone();
        instance.clock = Clock::standing_at(on.clock.now().minus(seconds_behind));
        on.runtime.block_on(hourly::work_if_due(&instance)).unwrap();
    };
    for hour in 1..=3 {
        work(&site, 0);
        work(&other, 1);
        work(&other, 0);
        assert_eq!(count.load(SeqCst), hour);
        site.clock.advance(HOUR - 1);
        work(&other, 0);
        work(&site, 0);
        assert_eq!(count.load(SeqCst), hour, "not twice in an hour");
        site.clock.advance(1);
    }
}
