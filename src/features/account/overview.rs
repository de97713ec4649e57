//! One's own account: the name, and links to all other settings.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::{Client, Site};
use crate::features::accounts::{self, Renamed};
use crate::layout::Layout;
use crate::people::{self, Name, User};
use crate::web::form::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![home, edit, update]
}

/// The start of the settings.
#[get("/settings")]
fn home(_user: User) -> Redirect {
    Redirect::to(paths::ACCOUNT)
}

#[derive(FromForm)]
struct Profile<'r> {
    name: &'r str,
}

#[get("/settings/account")]
async fn edit(user: User, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    form(&layout, site, &user, &user.name, Value::Null).await
}

#[post("/settings/account", data = "<post>")]
async fn update(
    user: User,
    layout: Layout<'_>,
    site: &State<Site>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Profile<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("name");
    let name = match post.fields() {
        None => Err(json!({ "form": NOT_WHOLE })),
        Some(fields) => Name::parse(fields.name).map_err(|error| json!({ "name": error.to_string() })),
    };
    match name {
        Err(errors) => {
            let page = form(&layout, site, &user, &typed, errors).await?;
            Ok(page.with_status(Status::UnprocessableEntity).into())
        }
        Ok(name) => {
            let submission = submitted.leads(paths::ACCOUNT, Notice::NameChanged);
            match accounts::rename(site, &user.id, &name, Some(&client), &submission).await? {
                Renamed::Done => Ok(submission.answer()),
                Renamed::Wait(wait) => {
                    let errors = json!({ "form": wait.to_string() });
                    Ok(form(&layout, site, &user, &typed, errors).await?.with_wait(&wait).into())
                }
            }
        }
    }
}

/// The page, with its errors.
pub(super) async fn form(
    layout: &Layout<'_>,
    site: &Site,
    user: &User,
    name: &str,
    errors: Value,
) -> web::Result<Page> {
    let account = people::accounts::by_id(&site.db, &user.id).await?;
    // Without email, no address can be confirmed.
    let unconfirmed = site.mailer.is_on() && account.is_some_and(|account| account.confirmed_at.is_none());
    let focus = if errors.get("name").is_some() { "name" } else { "" };
    let errors = if errors.is_null() { json!({}) } else { errors };
    let context = json!({ "name": name, "errors": errors, "focus": focus, "unconfirmed": unconfirmed });
    Ok(layout.page("account.html", "Account", context))
}
