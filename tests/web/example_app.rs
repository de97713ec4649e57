//! The app of docs/your-own-app.md at the end of that page: the starter, and what the page adds to it.

use std::borrow::Cow;

use rocket::response::Redirect;
use rocket::response::content::RawJson;
use rocket::{FromForm, State, get, post, routes};
use serde_json::{Value, json};
use vestibule::base::program::{AppFiles, Folder};
use vestibule::{
    Answer, App, FormErrors, Layout, Notice, Once, Page, Post, Result, Site, User, new_id, sqlx,
};
use vestibule::{Group, Member};

use crate::guide::{blocks, read};

/// The page.
pub const DOCUMENT: &str = "docs/your-own-app.md";

const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");

/// The app.
pub fn app() -> App {
    App::new("notes", "0.1.0", files())
        .mount(routes![index, create, finish, items, add_item, as_json, all])
        .link("Notes", "/notes")
        .link_for::<Editors>("All notes", "/notes/all")
        .landing("/notes")
        .notices(&[SAVED])
}

/// The notes of a user that are not done, newest first.
async fn notes_of(user: &User, site: &Site) -> Result<Vec<Value>> {
    let select = "select id, text from app_notes where account_id = $1 and done = 0 order by id desc";
    let rows: Vec<(String, String)> =
        sqlx::query_as(select).bind(user.id.as_str()).fetch_all(site.db.reader()).await?;
    Ok(rows.into_iter().map(|(id, text)| json!({ "id": id, "text": text })).collect())
}

#[get("/notes")]
async fn index(user: User, layout: Layout<'_>, site: &State<Site>) -> Result<Page> {
    let notes = notes_of(&user, site).await?;
    Ok(layout.page("notes.html", "Notes", json!({ "notes": notes })))
}

#[derive(FromForm)]
struct Note<'r> {
    text: &'r str,
}

#[post("/notes", data = "<post>")]
async fn create(
    user: User,
    layout: Layout<'_>,
    site: &State<Site>,
    once: Once<'_>,
    post: Post<'_, Note<'_>>,
) -> Result<Answer> {
    let typed = post.typed("text");
    let Some(note) = post.fields().filter(|note| !note.text.trim().is_empty()) else {
        let context = json!({ "notes": notes_of(&user, site).await?, "text": typed });
        let page = layout.page("notes.html", "Notes", context);
        return Ok(page.with_errors(FormErrors::of("text", "Enter a note.")).into());
    };
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, $3)")
        .bind(new_id())
        .bind(user.id.as_str())
        .bind(note.text)
        .execute(&mut tx)
        .await?;
    once.commit(tx, "/notes", SAVED).await
}

#[derive(FromForm)]
struct Finished<'r> {
    id: &'r str,
}

#[post("/notes/done", data = "<post>")]
async fn finish(user: User, site: &State<Site>, post: Post<'_, Finished<'_>>) -> Result<Redirect> {
    if let Some(note) = post.fields() {
        sqlx::query("update app_notes set done = 1 where id = $1 and account_id = $2")
            .bind(note.id)
            .bind(user.id.as_str())
            .execute(site.db.writer())
            .await?;
    }
    Ok(Redirect::to("/notes"))
}

#[derive(FromForm)]
struct Item<'r> {
    text: &'r str,
    amount: u32,
}

/// The item, or what is wrong with it.
fn item_of<'r>(post: Post<'_, Item<'r>>) -> std::result::Result<Item<'r>, FormErrors> {
    let text = post.typed("text").trim().is_empty().then_some("Enter what you need.");
    let amount = post.typed("amount").parse::<u32>().is_err().then_some("Enter a number, such as 2.");
    let errors = FormErrors::none().and("text", text).and("amount", amount);
    match post.fields() {
        Some(item) if errors.is_empty() => Ok(item),
        None if errors.is_empty() => Err(FormErrors::not_whole()),
        _ => Err(errors),
    }
}

#[get("/items")]
fn items(_user: User, layout: Layout<'_>) -> Page {
    layout.page("items.html", "Items", json!({}))
}

#[post("/items", data = "<post>")]
async fn add_item(
    user: User,
    layout: Layout<'_>,
    site: &State<Site>,
    post: Post<'_, Item<'_>>,
) -> Result<Answer> {
    let typed = json!({ "text": post.typed("text"), "amount": post.typed("amount") });
    let item = match item_of(post) {
        Ok(item) => item,
        Err(errors) => return Ok(layout.page("items.html", "Items", typed).with_errors(errors).into()),
    };
    sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, $3)")
        .bind(new_id())
        .bind(user.id.as_str())
        .bind(format!("{} times {}", item.amount, item.text))
        .execute(site.db.writer())
        .await?;
    Ok(Redirect::to("/notes").into())
}

#[get("/notes.json")]
async fn as_json(user: User, site: &State<Site>) -> Result<RawJson<String>> {
    let notes = notes_of(&user, site).await?;
    Ok(RawJson(json!({ "notes": notes }).to_string()))
}

struct Editors;

impl Group for Editors {
    const NAME: &'static str = "editors";
}

#[get("/notes/all")]
async fn all(_editor: Member<Editors>, layout: Layout<'_>, site: &State<Site>) -> Result<Page> {
    let select = sqlx::query_scalar("select text from app_notes order by id desc");
    let notes: Vec<String> = select.fetch_all(site.db.reader()).await?;
    Ok(layout.page("all.html", "All notes", json!({ "notes": notes })))
}

/// The files of the starter, and those of the page.
fn files() -> AppFiles {
    AppFiles {
        templates: Folder::new(
            || names(&["all.html", "base.html", "items.html", "notes.html"]),
            template,
            "",
        ),
        static_files: Folder::new(|| names(&["notes.css"]), static_file, ""),
        migrations: Folder::new(|| names(&["0001_notes.sql", "0002_done.sql"]), migration, ""),
        settings: blocks(DOCUMENT, "toml")[0].clone().leak(),
        ..AppFiles::default()
    }
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

fn bytes(text: String) -> Option<Cow<'static, [u8]>> {
    Some(Cow::Owned(text.into_bytes()))
}

fn static_file(name: &str) -> Option<Cow<'static, [u8]>> {
    (name == "notes.css").then(|| read("starter/static/notes.css")).and_then(bytes)
}

fn template(name: &str) -> Option<Cow<'static, [u8]>> {
    let html = blocks(DOCUMENT, "html");
    match name {
        "notes.html" => {
            let (with_item, field) = (html[0].replace(ITEM, &html[1]), &html[2]);
            bytes(with_item.replace(FIELD, field))
        }
        "items.html" => bytes(format!("{FORM_OF_ITEM}{}</form>{{% endblock main %}}", html[3])),
        "all.html" => bytes(html[4].clone()),
        "base.html" => bytes(html[5].clone()),
        _ => None,
    }
}

/// What stands around the fields of an item.
const FORM_OF_ITEM: &str = "{% extends \"base.html\" %}{% import \"macros.html\" as ui %}{% block main %}\
                            <form method=\"post\" action=\"/items\">{{ ui::form(value=form) }}";

/// The lines of the starter's template that the page replaces.
pub const ITEM: &str = "        <li dir=\"auto\">{{ note }}</li>\n";
pub const FIELD: &str =
    "        {{ ui::field(name=\"text\", label=\"Note\", placeholder=\"Note\", autocomplete=\"off\") }}\n";

fn migration(name: &str) -> Option<Cow<'static, [u8]>> {
    let sql = blocks(DOCUMENT, "sql");
    match name {
        "0001_notes.sql" => bytes(sql[0].clone()),
        "0002_done.sql" => bytes(sql[1].clone()),
        _ => None,
    }
}
