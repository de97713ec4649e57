//! The app: notes that everyone reads, with a command that writes them.

use std::borrow::Cow;

use rocket::{State, get, routes};
use vestibule::base::program::{AppFiles, Folder};
use vestibule::{App, Refusal, Result, Site, new_id, sqlx};

const TABLE: &str =
    "create table app_notes (\n    id text primary key not null,\n    text text not null\n);\n";

/// The app, or the app with a mistake in it.
pub fn version(name: &str) -> App {
    let app = |name| App::new(name, "1.2.0", files()).mount(routes![index]);
    match name {
        "with a name of ours" => app("vestibule"),
        "with a page of ours" => app("notes").mount(routes![our_own_login]),
        "with a command of ours" => app("notes").command("check", "Check the notes", add),
        "with a lost link" => app("notes").link("Todos", "/todos"),
        "with a wrong base" => app("notes").mount_at("shop", routes![index]),
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

fn files() -> AppFiles {
    fn names() -> Vec<String> {
        vec!["0001_notes.sql".to_owned()]
    }
    fn read(path: &str) -> Option<Cow<'static, [u8]>> {
        (path == "0001_notes.sql").then_some(Cow::Borrowed(TABLE.as_bytes()))
    }
    AppFiles { migrations: Folder::new(names, read, ""), ..AppFiles::default() }
}

#[get("/notes")]
async fn index(site: &State<Site>) -> Result<String> {
    let select = sqlx::query_scalar("select text from app_notes order by id");
    let notes: Vec<String> = select.fetch_all(site.db.reader()).await?;
    Ok(notes.join("; "))
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
