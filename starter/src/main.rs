//! Notes: an app with accounts. Sign-up, login, settings and all around them come from Vestibule.

use std::process::ExitCode;

use rocket::response::Redirect;
use rocket::{FromForm, State, get, post, routes};
use serde_json::json;
use vestibule::{Answer, App, Layout, Notice, Once, Page, Post, Result, Site, User, sqlx};

#[cfg(test)]
mod tests;

const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");

fn main() -> ExitCode {
    app().run()
}

fn app() -> App {
    vestibule::app!()
        .mount(routes![index, create])
        .link("Notes", "/notes")
        .landing("/notes")
        .notices(&[SAVED])
}

#[get("/notes")]
async fn index(user: User, layout: Layout<'_>, site: &State<Site>) -> Result<Page> {
    let select = "select text from app_notes where account_id = $1 order by id desc";
    let notes: Vec<String> = sqlx::query_scalar(select)
        .bind(user.id.as_str())
        .fetch_all(site.db.reader())
        .await?;
    Ok(layout.page("notes.html", "Notes", json!({ "notes": notes })))
}

#[derive(FromForm)]
struct Note<'r> {
    text: &'r str,
}

#[post("/notes", data = "<post>")]
async fn create(
    user: User,
    site: &State<Site>,
    once: Once<'_>,
    post: Post<'_, Note<'_>>,
) -> Result<Answer> {
    let Some(note) = post.fields() else {
        return Ok(Redirect::to("/notes").into());
    };
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, $3)")
        .bind(vestibule::new_id())
        .bind(user.id.as_str())
        .bind(note.text)
        .execute(&mut tx)
        .await?;
    once.commit(tx, "/notes", SAVED).await
}
