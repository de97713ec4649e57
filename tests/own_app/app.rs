//! The app: notes that everyone reads, with a form and a command that write them; and its other versions: newer ones,
//! and some with a mistake.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::path::PathBuf;

use rocket::response::Redirect;
use rocket::{FromForm, State, get, post, routes};
use serde::Deserialize;
use serde_json::Value;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::{App, Group, Layout, Member, Page, Post, Refusal, Result, Secret, Site, new_id, sqlx};

const TABLE: &str =
    "create table app_notes (\n    id text primary key not null,\n    text text not null\n);\n";

/// Reads a table of ours that has this name since version 15: the app's migrations run after all of ours.
const DEVICES: &str = "create table app_devices (id text primary key not null);\n\
                       insert into app_devices select id from remember_tokens;";

/// Works at first, then no more.
const HALF: &str = "create table app_tags (name text primary key not null);\n\
                    insert into app_tags values ('new');\n\
                    update app_notes set text = text || '!';\n\
                    insert into app_nothing values ('x');";

/// Another app's.
const LISTS: &str = "create table app_lists (id text primary key not null)";

/// The variable that names the folder with the app's templates.
pub const TEMPLATES: &str = "TEMPLATES_OF_APP";

/// The `Rocket.toml` inside the version with settings.
const SETTINGS: &str = "[default.notes]\npage_size = 20\n";

/// The files of an app with these migrations.
macro_rules! migrations {
    ($($file:literal => $text:expr),*) => {{
        fn names() -> Vec<String> {
            vec![$($file.to_owned()),*]
        }
        fn read(path: &str) -> Option<Cow<'static, [u8]>> {
            let files: &'static [(&'static str, &'static str)] = &[$(($file, $text)),*];
            let found = files.iter().find(|(name, _)| *name == path);
            found.map(|&(_, text)| Cow::Borrowed(text.as_bytes()))
        }
        AppFiles { migrations: Folder::new(names, read, ""), ..AppFiles::default() }
    }};
}

/// The app, or another version of it.
pub fn version(name: &str) -> App {
    let of = |name, files| App::new(name, "1.2.0", files).mount(routes![index, create, plan]);
    let app = |name| of(name, files());
    match name {
        "with a name of ours" => app("vestibule"),
        "with a page of ours" => app("notes").mount(routes![our_own_login]),
        "with a command of ours" => app("notes").command("check", "Check the notes", add),
        "with a lost link" => app("notes").link("Todos", "/todos"),
        "with a wrong base" => app("notes").mount_at("shop", routes![index]),
        "newer" => of("notes", migrations!("0001_notes.sql" => TABLE, "0002_devices.sql" => DEVICES)),
        "that fails half-way" => of("notes", migrations!("0001_notes.sql" => TABLE, "0002_tags.sql" => HALF)),
        "with a bare table" => of(
            "notes",
            migrations!("0001_notes.sql" => TABLE, "0002_tags.sql" => "create table tags (name text)"),
        ),
        "another app" => of("lists", migrations!("0001_lists.sql" => LISTS)),
        "with templates" => of("notes", AppFiles { templates: templates(), ..files() }).mount(routes![page]),
        "with settings" => of("notes", AppFiles { settings: SETTINGS, ..files() }).settings::<Settings>(),
        _ => app("notes")
            .command("add", "Add a note", add)
            .command("clear", "Remove all notes", |_, _| async {
                Err(Refusal::new("Nothing was removed.\nType it twice."))
            })
            .command("broken", "Ask for a table that is not there", broken)
            .command("echo", "Repeat what was typed", |_, typed| async move {
                println!("{typed:?}");
                Ok(())
            }),
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    page_size: u16,
    greeting: Option<String>,
    payment_key: Option<Secret>,
}

fn files() -> AppFiles {
    migrations!("0001_notes.sql" => TABLE)
}

/// The folder that a variable names, as a debug build of an app has it.
fn templates() -> Folder {
    fn place() -> PathBuf {
        env::var_os(TEMPLATES).unwrap_or_default().into()
    }
    fn names() -> Vec<String> {
        let (mut names, mut folders) = (Vec::new(), vec![place()]);
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
                match entry.is_dir() {
                    true => folders.push(entry),
                    false => names.push(entry.strip_prefix(place()).unwrap().to_str().unwrap().to_owned()),
                }
            }
        }
        names
    }
    fn read(path: &str) -> Option<Cow<'static, [u8]>> {
        fs::read(place().join(path)).ok().map(Cow::Owned)
    }
    Folder::new(names, read, place().into_os_string().into_string().unwrap().leak())
}

#[get("/notes")]
async fn index(site: &State<Site>) -> Result<String> {
    let select = sqlx::query_scalar("select text from app_notes order by id");
    let notes: Vec<String> = select.fetch_all(site.db.reader()).await?;
    Ok(notes.join("; "))
}

#[get("/page")]
fn page(layout: Layout<'_>) -> Page {
    layout.page("notes.html", "Notes", Value::Null)
}

#[derive(FromForm)]
struct Note<'r> {
    text: &'r str,
}

#[post("/notes", data = "<post>")]
async fn create(site: &State<Site>, post: Post<'_, Note<'_>>) -> Result<Redirect> {
    if let Some(note) = post.fields() {
        let insert = sqlx::query("insert into app_notes (id, text) values ($1, $2)");
        insert.bind(new_id()).bind(note.text).execute(site.db.writer()).await?;
    }
    Ok(Redirect::to("/notes"))
}

struct Planners;

impl Group for Planners {
    const NAME: &'static str = "planners";
}

#[get("/plans/<id>")]
fn plan(planner: Member<Planners>, id: &str) -> String {
    format!("The plan {id} of {}", planner.name)
}

#[get("/login")]
fn our_own_login() -> &'static str {
    "Who are you?"
}

async fn add(site: Site, typed: Vec<String>) -> std::result::Result<(), Refusal> {
    if typed.is_empty() {
        return Err(Refusal::new("There is no note. Type notes add TEXT."));
    }
    let insert = sqlx::query("insert into app_notes (id, text) values ($1, $2)");
    let mut tx = site.db.begin_locked(&[]).await?;
    insert.bind(new_id()).bind(typed.join(" ")).execute(&mut tx).await?;
    tx.commit().await?;
    println!("Added.");
    Ok(())
}

async fn broken(site: Site, _: Vec<String>) -> std::result::Result<(), Refusal> {
    sqlx::query("select * from app_pictures").fetch_optional(site.db.reader()).await?;
    Ok(())
}
