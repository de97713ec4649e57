//! What the tests of an app begin with: `vestibule::testing`, as an app uses it.

use std::borrow::Cow;

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::base::program::{AppFiles, Folder};
use vestibule::testing::{PASSWORD, Setup, TestSite};
use vestibule::{App, Group, Member, User};

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.org";

struct Editors;

impl Group for Editors {
    const NAME: &'static str = "editors";
}

#[get("/notes")]
fn notes(user: User) -> String {
    format!("The notes of {}", user.name)
}

#[get("/drafts")]
fn drafts(editor: Member<Editors>) -> String {
    format!("The drafts of {}", editor.name)
}

#[get("/broken")]
fn broken() -> Status {
    Status::InternalServerError
}

#[get("/login")]
fn in_the_way() -> &'static str {
    "Not the login page"
}

fn app() -> App {
    App::new("notes", "1.0.0", AppFiles::default()).mount(routes![notes, drafts]).link("Notes", "/notes")
}

#[test]
fn a_visitor_is_logged_in_in_one_line_and_their_password_works() {
    let site = TestSite::of(app());
    let mut ada = site.logged_in(ADA);
    let answer = ada.get("/notes");
    assert_eq!((answer.status(), &*answer.body), (200, "The notes of Ada"));
    assert_eq!(ada.get("/profile").menu(), ["Home", "Notes", "Profile", "Settings", "Logout"]);
    assert_eq!(site.visitor().get("/notes").location(), "/login?next=%2Fnotes");
    // The same account in another browser, and a real login.
    assert!(site.logged_in(ADA).get("/notes").says("The notes of Ada"));
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(site.number("select count(*) from accounts"), 1);
    assert_eq!(site.number("select count(*) from sessions"), 3);
    // Pages that ask for the password again.
    assert_eq!(ada.get("/settings/close").status(), 200);
    site.clock.advance(1_200);
    assert_eq!(ada.get("/settings/close").location(), "/reauthenticate?next=%2Fsettings%2Fclose");
    assert_eq!(ada.reauthenticate().location(), "/profile");
    assert_eq!(ada.get("/settings/close").status(), 200);
}

#[test]
fn a_visitor_has_their_copy_and_deletes_their_account_with_and_without_email() {
    for site in [TestSite::of(app()), Setup::of(app()).with_email().build()] {
        let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in(BOB));
        assert_eq!(ada.export()["account"]["email"], ADA);
        site.clock.advance(1_200);
        assert_eq!(ada.export()["account"]["name"], "Ada");
        site.clock.advance(1_200);
        assert_eq!(ada.close_account().location(), "/");
        assert_eq!(site.text("select email from accounts"), BOB);
        assert_eq!(
            (ada.get("/session").status(), bob.get("/session").json()["email"].as_str()),
            (401, Some(BOB))
        );
        assert_eq!(site.emails().iter().any(|email| email.to == ADA), site.site.mailer.is_on());
    }
}

#[test]
fn a_visitor_joins_a_group() {
    let site = TestSite::of(app());
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in(BOB));
    site.add_to_group(ADA, "editors");
    assert!(ada.get("/drafts").says("The drafts of Ada"));
    assert_eq!(bob.get("/drafts").status(), 403);
    assert_eq!(ada.get("/session").json()["groups"][0], "editors");
}

#[test]
fn a_command_runs_in_a_test() {
    async fn greet(site: vestibule::Site, typed: Vec<String>) -> Result<(), vestibule::Refusal> {
        let name = typed.first().map_or("no one", String::as_str);
        let update = vestibule::sqlx::query("update accounts set name = $1").bind(name);
        update.execute(site.db.writer()).await?;
        if typed.is_empty() { Err(vestibule::Refusal::new("Whom?")) } else { Ok(()) }
    }
    let site = TestSite::of(app().command("greet", "Greet someone", greet));
    site.logged_in(ADA);
    assert_eq!(site.command("greet", &["Grace"]), Ok(()));
    assert_eq!(site.text("select name from accounts"), "Grace");
    assert_eq!(site.command("greet", &[]).unwrap_err().to_string(), "Whom?");
}

#[test]
fn a_walk_opens_every_page() {
    let site = TestSite::of(app());
    site.walk();
    let mut editor = site.logged_in(ADA);
    site.add_to_group(ADA, "editors");
    site.walk_as(&mut editor);
    TestSite::of(App::alone()).walk();
    Setup::of(App::alone()).with_email().build().walk();
}

#[test]
#[should_panic(expected = "GET /broken is answered with 500 Internal Server Error")]
fn a_walk_fails_at_a_page_that_cannot_be_shown() {
    TestSite::of(app().mount(routes![broken])).walk();
}

/// An app whose login page lacks the field that leads back to the page from which a visitor came.
fn without_next() -> App {
    fn names() -> Vec<String> {
        vec!["login.html".to_owned()]
    }
    fn read(name: &str) -> Option<Cow<'static, [u8]>> {
        let field = "<input type=\"hidden\" name=\"next\" value=\"{{ next }}\">";
        let ours = crate::guide::read("templates/login.html");
        assert!(ours.contains(field));
        (name == "login.html").then(|| Cow::Owned(ours.replace(field, "").into_bytes()))
    }
    let templates = Folder::new(names, read, "");
    App::new("notes", "1.0.0", AppFiles { templates, ..AppFiles::default() })
}

#[test]
#[should_panic(expected = "templates/login.html has no field `next` in its form to /login")]
fn a_walk_fails_at_an_overridden_page_that_lacks_a_field() {
    TestSite::of(without_next()).walk();
}

#[test]
#[should_panic(expected = "the app does not start: GET /login (function in_the_way) belongs to Vestibule.")]
fn what_stops_the_start_stops_the_test_with_the_same_words() {
    TestSite::of(app().mount(routes![in_the_way]));
}

#[test]
#[should_panic(expected = "the app does not start: password_min_length")]
fn a_wrong_setting_does_too() {
    Setup::of(app()).with("password_min_length", 1).build();
}
