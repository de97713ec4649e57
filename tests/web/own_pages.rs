//! The pages of an app and its notices: all that holds for ours holds for them. What an app brings besides is in
//! `own_extras`.

use std::borrow::Cow;

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;
use vestibule::base::Program;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::layout::Layout;
use vestibule::people::User;
use vestibule::web::app_notice::{AppNotice, AppNotices};
use vestibule::web::content_security_policy::{Directive, Source};
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
pub fn program() -> Program {
    Program::of_app("notes", "1.0.0", files()).with(AppNotices(vec![SAVED, FULL]))
}

pub fn site(program: Program) -> TestSite {
    Setup::new().program(program).page(pages()).build()
}

/// Ada after her first login, and where that led.
pub fn ada<'s>(site: &'s TestSite, next: &str) -> (Visitor<'s>, String) {
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
