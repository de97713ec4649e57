//! The pages of an app: all that holds for ours holds for them, and what an app brings is for its own pages.

use std::borrow::Cow;

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;
use vestibule::base::Program;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::layout::Layout;
use vestibule::layout::menu::{Audience, Menu, MenuEntry};
use vestibule::people::groups::{self, Added, GroupName, GroupTitle};
use vestibule::people::{Actor, User};
use vestibule::web::app_notice::{AppNotice, AppNotices};
use vestibule::web::app_policy::AppPolicy;
use vestibule::web::content_security_policy::{Directive, Source};
use vestibule::web::next::Landing;
use vestibule::web::static_files::{self, StaticFiles};
use vestibule::web::{Answer, Page, Post};

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const SAVED: AppNotice = AppNotice::success("note-saved", "Your note was saved.");
const FULL: AppNotice = AppNotice::error("shelf-full", "The shelf is full.");
#[cfg(debug_assertions)]
const LOST: AppNotice = AppNotice::success("note-lost", "No one declared this.");

const NOTES: &str = r#"{% extends "base.html" %}
{% block main %}<h1>Notes</h1><img src="{{ asset(path="img/tree.png") }}" alt="">{% endblock main %}"#;

const STATIC: [(&str, &str); 3] =
    [("img/tree.png", "a tree"), ("style.css", "h1 { color: green }"), ("img/leaf.svg", "<svg></svg>")];

fn folder(names: fn() -> Vec<String>, read: fn(&str) -> Option<Cow<'static, [u8]>>) -> Folder {
    Folder::new(names, read, "")
}

fn files() -> AppFiles {
    AppFiles {
        templates: folder(
            || vec!["notes.html".to_owned()],
            |path| (path == "notes.html").then(|| Cow::Borrowed(NOTES.as_bytes())),
        ),
        static_files: folder(
            || STATIC.iter().map(|(path, _)| (*path).to_owned()).collect(),
            |path| STATIC.iter().find(|file| file.0 == path).map(|file| Cow::Borrowed(file.1.as_bytes())),
        ),
        ..AppFiles::default()
    }
}

#[get("/notes")]
fn index(_user: User, layout: Layout<'_>) -> Page {
    layout.page("notes.html", "Notes", Value::Null)
}

#[get("/notes/open")]
fn open(layout: Layout<'_>) -> Page {
    layout.page("notes.html", "Notes", Value::Null)
}

#[get("/notes/open/wide")]
fn wide(layout: Layout<'_>) -> Page {
    let there = "https://app.example.org".parse().unwrap();
    open(layout).allowing(Directive::FormAction, Source::site(&there).unwrap())
}

#[get("/notes/text")]
fn text() -> &'static str {
    "a note"
}

#[derive(FromForm)]
struct Note<'r> {
    text: &'r str,
}

#[post("/notes", data = "<post>")]
fn create(_user: User, post: Post<'_, Note<'_>>) -> Answer {
    let there = Redirect::to("/notes");
    match post.fields().map(|note| note.text) {
        Some("lost") => after_lost(there),
        Some("full") => FULL.after(there).into(),
        Some(_) => SAVED.after(there).into(),
        None => there.into(),
    }
}

#[cfg(debug_assertions)]
fn after_lost(there: Redirect) -> Answer {
    LOST.after(there).into()
}

#[cfg(not(debug_assertions))]
fn after_lost(there: Redirect) -> Answer {
    there.into()
}

fn pages() -> Vec<Route> {
    routes![index, open, wide, text, create]
}

/// The app without a menu, a landing or a policy of its own.
fn program() -> Program {
    Program::of_app("notes", "1.0.0", files()).with(AppNotices(vec![SAVED, FULL]))
}

fn site(program: Program) -> TestSite {
    Setup::new().program(program).page(pages()).build()
}

/// Ada after her first login, and where that led.
fn ada<'s>(site: &'s TestSite, next: &str) -> (Visitor<'s>, String) {
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/login");
    let answer = ada.submit("/login", &[("email", ADA), ("password", PASSWORD), ("next", next)]);
    let there = answer.location().to_owned();
    (ada, there)
}

#[test]
fn every_check_of_our_pages_holds_for_those_of_an_app() {
    let site = site(program());
    let mut stranger = site.visitor();
    assert_eq!(stranger.get("/notes").location(), "/login?next=%2Fnotes");
    assert_eq!(stranger.submit("/notes", &[("text", "x")]).location(), "/login?next=%2Fnotes");
    let (mut ada, there) = ada(&site, "/notes?shelf=2");
    assert_eq!(there, "/notes?shelf=2");
    assert!(ada.get("/notes").says("<h1>Notes</h1>"));

    for path in ["/notes", "/logout"] {
        let mut elsewhere = ada.clone().sending("Sec-Fetch-Site", "cross-site");
        assert_eq!(elsewhere.submit(path, &[("text", "x")]).status, Status::Forbidden, "{path}");
    }
    for path in ["/notes", "/login"] {
        let answer = ada.request("PUT", path, None, "");
        let known = (answer.status, answer.header("allow"));
        assert_eq!(known, (Status::MethodNotAllowed, "GET, HEAD, POST"), "{path}");
        let mut visitor = ada.clone();
        assert_eq!(visitor.post(path, &"a".repeat(20_000)).status, Status::PayloadTooLarge, "{path}");
    }
    let head = ada.request("HEAD", "/notes", None, "");
    assert_eq!((head.status, &*head.body), (Status::Ok, ""));
}

#[test]
fn a_page_of_an_app_has_the_headers_of_ours() {
    let site = site(program());
    let headers = |path: &str| {
        let mut headers = site.visitor().get(path).headers;
        headers.retain(|(name, _)| !["x-request-id", "content-length"].contains(&name.as_str()));
        headers.sort();
        headers
    };
    assert_eq!(headers("/notes/open"), headers("/"));
    let text = site.visitor().get("/notes/text");
    for name in ["content-security-policy", "x-frame-options", "x-content-type-options", "cache-control"] {
        assert_eq!(text.header(name), site.visitor().get("/").header(name), "{name}");
    }
}

#[test]
fn a_notice_of_an_app_is_shown_once_with_its_own_kind() {
    let site = site(program());
    let (mut ada, _) = ada(&site, "");
    for (text, said, kind) in
        [("milk", "Your note was saved.", "notice success"), ("full", "The shelf is full.", "notice error")]
    {
        let answer = ada.submit("/notes", &[("text", text)]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/notes"));
        assert!(answer.set_cookie("_flash").contains("HttpOnly"));
        let page = ada.get("/notes");
        assert_eq!(page.notices(), [said]);
        assert!(page.says(kind) && page.takes_back("_flash"), "{text}");
        assert!(ada.get("/notes").notices().is_empty(), "{text} is shown twice");
    }
    // It waits for a page that can show it, ours or the app's.
    ada.submit("/notes", &[("text", "milk")]);
    ada.get("/notes/text");
    assert_eq!(ada.get("/settings/account").notices(), ["Your note was saved."]);
}

#[test]
fn a_forged_notice_shows_nothing() {
    let site = site(program());
    let plain = TestSite::new();
    for forged in [
        "7:successapp.note-gone",
        "5:errorapp.note-saved",
        "7:successnote-saved",
        "7:successapp.Your account is at risk. Call us.",
        "7:successapp.",
        "7:successapp.note-lost",
    ] {
        let mut visitor = site.visitor();
        visitor.plant("_flash", forged);
        let page = visitor.get("/");
        assert!(page.notices().is_empty() && !page.says("at risk"), "{forged}");
    }
    // Another app's notice is none here.
    let mut visitor = plain.visitor();
    visitor.plant("_flash", "7:successapp.note-saved");
    assert!(visitor.get("/").notices().is_empty());
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "the notice `note-lost` is not shown")]
fn a_notice_that_was_not_declared_is_told_with_its_name() {
    let site = site(program());
    ada(&site, "").0.submit("/notes", &[("text", "lost")]);
}

#[test]
fn a_login_without_next_leads_to_the_landing() {
    let site = site(program().with(Landing("/notes".to_owned())));
    let (mut ada, there) = ada(&site, "");
    assert_eq!(there, "/notes");
    let again = ada.submit("/login", &[("email", ADA), ("password", PASSWORD)]);
    assert_eq!(again.location(), "/notes", "a second click on the button");
    assert!(ada.get("/login").says("href=\"/notes\""));
    assert!(ada.get("/login?next=%2Fsettings%2Fdevices").says("href=\"/settings/devices\""));
    assert_eq!(ada.get("/signup").location(), "/notes");
    assert_eq!(ada.get("/reauthenticate").location(), "/notes");
    assert_eq!(ada.get("/profile").status, Status::Ok, "it is still there");
}

#[test]
fn the_menu_has_the_links_of_the_app_for_those_whom_they_are_for() {
    let link = |text, path, audience| MenuEntry { text, path, audience };
    let menu = vec![
        link("Shelf", "/notes/open", Audience::All),
        link("Notes", "/notes", Audience::Users),
        link("Drafts", "/notes/text", Audience::Group("editors")),
    ];
    let site = site(program().with(Menu(menu)));
    assert_eq!(site.visitor().get("/").menu(), ["Home", "Shelf", "Login", "Sign Up"]);
    let (mut ada, _) = ada(&site, "");
    assert_eq!(ada.get("/").menu(), ["Home", "Shelf", "Notes", "Profile", "Settings", "Logout"]);
    assert!(ada.get("/notes").says("<a href=\"/notes\" aria-current=\"page\">Notes</a>"));
    assert!(ada.get("/notes/open").says("<a href=\"/notes/open\" aria-current=\"page\">Shelf</a>"));
    assert!(ada.get("/").says("<a href=\"/notes\">Notes</a>"));

    let (editors, account) = (GroupName::parse("editors").unwrap(), site.account(ADA));
    let added = site.runtime.block_on(async {
        groups::create(&site.site, &editors, &GroupTitle::of(&editors), Actor::CommandLine).await.unwrap();
        groups::add(&site.site, &editors, &account.id, Actor::CommandLine).await.unwrap()
    });
    assert_eq!(added, Added::Done);
    assert_eq!(ada.get("/").menu(), ["Home", "Shelf", "Notes", "Drafts", "Profile", "Settings", "Logout"]);
    // An error page has the menu, too.
    assert!(ada.get("/nowhere").menu().contains(&"Drafts".to_owned()));
}

#[test]
fn the_landing_of_an_app_asks_for_a_passkey_after_a_login_too() {
    let site = site(program());
    let mut ada = site.logged_in(ADA);
    let asks = |ada: &mut Visitor<'_>| ada.get("/notes").values("data-passkey") == ["upgrade"];
    assert!(asks(&mut ada));
    site.clock.advance(15);
    assert!(!asks(&mut ada));
}

#[test]
fn what_an_app_allows_holds_for_its_own_pages_only() {
    let policy = AppPolicy::default().and("img-src", "data:").unwrap().and("media-src", "'self'").unwrap();
    let (site, plain) = (site(program().with(policy)), TestSite::new());
    let policy_of = |site: &TestSite, path: &str| {
        let answer = site.visitor().get(path);
        let policies = answer.all("content-security-policy");
        assert_eq!(policies.len(), 1, "{path}");
        policies[0].to_owned()
    };
    let strict = policy_of(&plain, "/");
    let own = strict.replace("img-src 'self'", "img-src 'self' data:") + "; media-src 'self'";
    for path in ["/notes/open", "/notes/text", "/notes"] {
        assert_eq!(policy_of(&site, path), own, "{path}");
    }
    let wide = own.replace("form-action 'self'", "form-action 'self' https://app.example.org");
    assert_eq!(policy_of(&site, "/notes/open/wide"), wide);
    for path in ["/", "/login", "/nowhere", "/notes/none", "/profile", "/robots.txt"] {
        assert_eq!(policy_of(&site, path), policy_of(&plain, path), "{path}");
    }
}

#[test]
fn files_of_an_app_have_their_folders_and_their_hash_in_the_address() {
    let site = site(program());
    let files = StaticFiles::of(&program());
    let tree = files.address("img/tree.png").unwrap();
    assert!(tree.starts_with("/static/img/tree-") && tree.ends_with(".png"), "{tree}");
    assert!(site.visitor().get("/notes/open").says(&format!("src=\"{tree}\"")));
    let get = |path: &str| site.visitor().get(path);
    let answer = get(&tree);
    assert_eq!((answer.status, answer.header("content-type")), (Status::Ok, "image/png"));
    assert_eq!(
        (&*answer.body, answer.header("cache-control")),
        ("a tree", "public, max-age=31536000, immutable")
    );
    let leaf = get(&files.address("img/leaf.svg").unwrap());
    assert!(
        leaf.header("content-security-policy").starts_with("default-src 'none'; style-src 'unsafe-inline'")
    );

    // Its own comes first, on our pages too; ours stays reachable.
    let (own, ours) = (files.address("style.css").unwrap(), static_files::address("style.css").unwrap());
    let home = get("/");
    assert!(home.says(&own) && !home.says(&ours));
    assert_eq!(get(&own).body.replace([' ', ';'], ""), "h1{color:green}");
    assert_eq!(files.address("vestibule/style.css").as_deref(), Some(&*ours));
    assert_eq!(get(&ours).status, Status::Ok);

    let name = tree.strip_prefix("/static/img/").unwrap();
    for path in [
        "/static/img".to_owned(),
        "/static/img/".to_owned(),
        "/static/img/tree.png".to_owned(),
        "/static/img/tree-0000000000000000.png".to_owned(),
        "/static/img/../Cargo-0123456789abcdef.toml".to_owned(),
        format!("/static/{name}"),
        format!("/static/img%2f{name}"),
        format!("/static/img/../img/{name}"),
        format!("/static/img/./{name}"),
        format!("/static/img/{name}/"),
        format!("/static/x/img/{name}"),
    ] {
        assert_eq!(get(&path).status, Status::NotFound, "{path}");
    }
    assert_eq!(site.visitor().request("POST", &tree, None, "").status, Status::MethodNotAllowed);
    assert_eq!(TestSite::new().visitor().get(&tree).status, Status::NotFound, "on another site");
}

#[test]
fn two_apps_in_one_process_do_not_mix() {
    let other = Program::of_app("shelf", "1.0.0", AppFiles::default()).with(AppNotices(vec![FULL]));
    let (notes, shelf) = (site(program()), Setup::new().program(other).build());
    let show = |site: &TestSite| {
        let mut visitor = site.visitor();
        visitor.plant("_flash", "7:successapp.note-saved");
        visitor.get("/").notices()
    };
    assert_eq!(show(&notes), ["Your note was saved."]);
    assert_eq!(show(&shelf), [""; 0]);
}
