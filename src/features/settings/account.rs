//! One's own account: the name, and the ways to everything else that may be done with it.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::Site;
use crate::features::lifecycle;
use crate::frame::Shell;
use crate::people::{Name, User};
use crate::web::post::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Visitor, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![home, edit, update]
}

/// The settings begin here.
#[get("/settings")]
fn home(_user: User) -> Redirect {
    Redirect::to(paths::ACCOUNT)
}

#[derive(FromForm)]
struct Profile<'r> {
    name: &'r str,
}

#[get("/settings/account")]
fn edit(user: User, shell: Shell<'_>) -> Page {
    form(&shell, &user.name, Value::Null)
}

#[post("/settings/account", data = "<post>")]
async fn update(
    user: User,
    shell: Shell<'_>,
    site: &State<Site>,
    visitor: Visitor,
    post: Post<'_, Profile<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("name");
    let invalid =
        |errors: Value| Ok(form(&shell, &typed, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    match Name::parse(fields.name) {
        Err(error) => invalid(json!({ "name": error.to_string() })),
        Ok(name) => {
            lifecycle::rename(site, &user.id, &name, Some(&visitor)).await?;
            Ok(Notice::NameChanged.after(Redirect::to(paths::ACCOUNT)).into())
        }
    }
}

fn form(shell: &Shell<'_>, name: &str, errors: Value) -> Page {
    let focus = if errors.get("name").is_some() { "name" } else { "" };
    let errors = if errors.is_null() { json!({}) } else { errors };
    shell.page("account.html", "Account", json!({ "name": name, "errors": errors, "focus": focus }))
}
