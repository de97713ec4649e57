//! Forms of an app that are done once, as ours are: their handlers take a `Once`. Which forms are done anew is in
//! `own_forms_anew`.

use std::borrow::Cow;

use rocket::http::{ContentType, Cookie, Header, Status};
use rocket::local::asynchronous::Client;
use rocket::tokio::join;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::Value;
use vestibule::app;
use vestibule::base::Program;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::web::RouteClass;
use vestibule::web::app_notice::AppNotices;
use vestibule::web::route_class::ClassedRoutes;
use vestibule::{Answer, FormErrors, Layout, Notice, Once, Page, Post, Result, Site, Tx, User, new_id, sqlx};

use crate::support::{Setup, TestSite, Visitor, encoded};

const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");

const TABLES: &str = "
    create table app_notes (id text primary key not null,
        account_id text references accounts (id) on delete cascade, text text not null);
    create table app_runs (id text primary key not null);
";

const NOTES: &str = r#"{% extends "base.html" %}
{% import "macros.html" as ui %}
{% block main %}
    <form method="post">
      {{ ui::form(value=form) }}
      <textarea name="text"></textarea>
      <button type="submit">Save</button>
    </form>
{% endblock main %}"#;

#[get("/notes")]
fn index(_user: User, layout: Layout<'_>) -> Page {
    layout.page("notes.html", "Notes", Value::Null)
}

#[get("/wall")]
fn wall(layout: Layout<'_>) -> Page {
    layout.page("notes.html", "The wall", Value::Null)
}

#[derive(FromForm)]
struct Note<'r> {
    text: &'r str,
}

/// Saves a note, unless the shelf is full.
#[post("/notes", data = "<post>")]
async fn create(
    user: User,
    site: &State<Site>,
    layout: Layout<'_>,
    once: Once<'_>,
    post: Post<'_, Note<'_>>,
) -> Result<Answer> {
    // What a handler does outside of its transaction would be done twice.
    let run = sqlx::query("insert into app_runs (id) values ($1)");
    run.bind(new_id()).execute(site.db.writer()).await?;
    let full = sqlx::query_scalar("select count(*) from app_notes where text = 'the shelf is full'");
    let full: i64 = full.fetch_one(site.db.reader()).await?;
    let Some(note) = post.fields().filter(|_| full == 0) else {
        let page = layout.page("notes.html", "Notes", Value::Null);
        return Ok(page.with_errors(FormErrors::of("text", "The shelf is full.")).into());
    };
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    save(&mut tx, Some(user.id.as_str()), note.text).await?;
    once.commit(tx, "/notes", SAVED).await
}

/// Open to all: it does not ask who writes.
#[post("/wall", data = "<post>")]
async fn write(site: &State<Site>, once: Once<'_>, post: Post<'_, Note<'_>>) -> Result<Answer> {
    let text = post.fields().map(|note| note.text.to_owned()).unwrap_or_default();
    let mut tx = site.db.begin_locked(&[]).await?;
    save(&mut tx, None, &text).await?;
    once.commit(tx, "/wall", None).await
}

/// Leads to what was typed.
#[post("/lost", data = "<post>")]
async fn lost(site: &State<Site>, once: Once<'_>, post: Post<'_, Note<'_>>) -> Result<Answer> {
    let text = post.fields().map(|note| note.text.to_owned()).unwrap_or_default();
    let mut tx = site.db.begin_locked(&[]).await?;
    save(&mut tx, None, &text).await?;
    once.commit(tx, text, SAVED).await
}

async fn save(tx: &mut Tx, account: Option<&str>, text: &str) -> Result<()> {
    let insert = sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, $3)");
    insert.bind(new_id()).bind(account).bind(text).execute(tx).await?;
    Ok(())
}

fn pages() -> Vec<Route> {
    routes![index, wall, create, write, lost]
}

pub fn site() -> TestSite {
    let templates = Folder::new(
        || vec!["notes.html".to_owned()],
        |path| (path == "notes.html").then(|| Cow::Borrowed(NOTES.as_bytes())),
        "",
    );
    let migrations = Folder::new(
        || vec!["0001_notes.sql".to_owned()],
        |path| (path == "0001_notes.sql").then(|| Cow::Borrowed(TABLES.as_bytes())),
        "",
    );
    let files = AppFiles { templates, migrations, ..AppFiles::default() };
    let program = Program::of_app("notes", "1.0.0", files).with(AppNotices(vec![SAVED]));
    Setup::new().program(program).page(pages()).build()
}

/// How many notes there are, and how often the handler has run.
pub fn counts(site: &TestSite) -> (i64, i64) {
    (site.number("select count(*) from app_notes"), site.number("select count(*) from app_runs"))
}

/// A client of a site that sends forms while others do.
async fn client(site: &TestSite) -> Client {
    let routes = ClassedRoutes::default().and(RouteClass::Page, pages());
    let rocket = app::build_with(&site.config, &site.key, site.site.clone(), routes);
    Client::untracked(rocket).await.unwrap()
}

/// What the answer to a note is: its status, where it leads, and whether it says that the note was saved.
async fn send(client: &Client, visitor: &Visitor<'_>, fields: &[(&str, &str)]) -> (Status, String, bool) {
    let (site, body) = (visitor.site, encoded(fields));
    let cookies = visitor.jar.iter();
    let cookies = cookies.map(|(name, value)| Cookie::new(site.cookie_name(name), value.clone()));
    let form = client.post("/notes").header(ContentType::Form).header(Header::new("Host", site.host()));
    let answer = form.cookies(cookies).body(body).dispatch().await;
    let location = answer.headers().get_one("location").unwrap_or_default().to_owned();
    let is_said = answer.headers().get("set-cookie").any(|line| line.contains("successapp.note-saved; "));
    (answer.status(), location, is_said)
}

fn saved() -> (Status, String, bool) {
    (Status::SeeOther, "/notes".to_owned(), true)
}

#[test]
fn a_form_that_is_sent_again_is_done_once_and_gets_the_same_page_and_notice() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    for mut browser in [ada.clone(), ada.clone()] {
        let answer = browser.submit("/notes", &[("form", &*value), ("text", "Water the plants")]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/notes"));
        assert!(answer.set_cookie("_flash").contains("HttpOnly"));
        assert_eq!(browser.get("/notes").notices(), ["Your note was saved."]);
        assert_eq!(counts(&site), (1, 1));
    }
    let row = "select location || ' ' || notice from submissions where account_id is not null";
    assert_eq!(site.text(row), "/notes app.note-saved");
    // Filled in differently after going back, it is another form.
    ada.submit("/notes", &[("form", &*value), ("text", "Feed the cat")]);
    assert_eq!(counts(&site), (2, 2));
}

#[test]
fn a_form_that_is_sent_twice_at_the_same_moment_is_done_once() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    let fields = [("form", &*value), ("text", "Water the plants")];
    let (first, second, third) = site.runtime.block_on(async {
        let client = client(&site).await;
        join!(send(&client, &ada, &fields), send(&client, &ada, &fields), send(&client, &ada, &fields))
    });
    assert_eq!([first, second, third], [saved(), saved(), saved()]);
    assert_eq!(counts(&site), (1, 1));
}

/// The second instance learns of it when it records its own work, which is then undone.
#[test]
fn a_form_that_is_sent_to_two_instances_at_the_same_moment_is_done_once() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    let other = site.another();
    let fields = [("form", &*value), ("text", "Water the plants")];
    let (first, second) = site.runtime.block_on(async {
        let (here, there) = (client(&site).await, client(&other).await);
        join!(send(&here, &ada, &fields), send(&there, &ada, &fields))
    });
    assert_eq!([first, second], [saved(), saved()]);
    assert_eq!(counts(&site).0, 1);
}

#[test]
fn a_long_form_is_done_once_too_and_differs_from_one_that_begins_alike() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    let long = "Wässern und gießen. ".repeat(100);
    for (before, end) in [".", "!"].into_iter().enumerate() {
        let text = format!("{long}{end}");
        let done = before as i64 + 1;
        for mut browser in [ada.clone(), ada.clone()] {
            let answer = browser.submit("/notes", &[("form", &*value), ("text", &*text)]);
            assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/notes"));
            assert_eq!(browser.get("/notes").notices(), ["Your note was saved."]);
            assert_eq!(counts(&site), (done, done));
        }
    }
    let value = ada.get("/notes").form_value();
    let fields = [("form", &*value), ("text", &*long)];
    let (first, second) = site.runtime.block_on(async {
        let client = client(&site).await;
        join!(send(&client, &ada, &fields), send(&client, &ada, &fields))
    });
    assert_eq!([first, second], [saved(), saved()]);
    assert_eq!(counts(&site), (3, 3));
}

#[test]
fn a_form_of_a_visitor_who_is_not_logged_in_is_done_once() {
    let site = site();
    let mut stranger = site.visitor();
    let value = stranger.get("/wall").form_value();
    for _ in 0..2 {
        let answer = stranger.submit("/wall", &[("form", &*value), ("text", "Hello")]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/wall"));
        assert_eq!(answer.set_cookie("_flash"), "", "it has no notice");
        assert_eq!(counts(&site).0, 1);
    }
}

#[test]
fn an_answer_whose_notice_this_version_of_the_app_does_not_have_is_given_without_it() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    let fields = [("form", &*value), ("text", "Water the plants")];
    ada.clone().submit("/notes", &fields);
    site.change("update submissions set notice = 'app.note-eaten'");
    let answer = ada.submit("/notes", &fields);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/notes"));
    assert_eq!((answer.set_cookie("_flash"), counts(&site)), ("", (1, 1)));
}
