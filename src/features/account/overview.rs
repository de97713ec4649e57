//! One's own account: the name, and links to all other settings.

use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use crate::base::Site;
use crate::features::account_changes::{self, Renamed};
use crate::layout::Layout;
use crate::people::{self, Actor, Name, User, Visit};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

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
    form(&layout, site, &user, user.name.as_str(), FormErrors::none()).await
}

#[post("/settings/account", data = "<post>")]
async fn update(
    user: User,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Profile<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("name");
    let invalid =
        async |errors: FormErrors| form(&layout, visit.site, &user, &typed, errors).await.map(Answer::from);
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let name = match Name::parse(fields.name) {
        Ok(name) => name,
        Err(error) => return invalid(FormErrors::of("name", error.to_string())).await,
    };
    let submission = visit.leads(paths::ACCOUNT, Notice::NameChanged);
    match account_changes::rename(visit.site, &user.id, &name, Actor::Owner(&visit.client), &submission)
        .await?
    {
        Renamed::Done => Ok(submission.answer()),
        Renamed::Wait(wait) => invalid(FormErrors::wait(wait)).await,
    }
}

/// The page, with its errors.
pub(super) async fn form(
    layout: &Layout<'_>,
    site: &Site,
    user: &User,
    name: &str,
    errors: FormErrors,
) -> web::Result<Page> {
    let account = people::accounts::by_id(&site.db, &user.id).await?;
    // Without email, no address can be confirmed.
    let unconfirmed = site.mailer.is_on() && account.is_some_and(|account| account.confirmed_at.is_none());
    let focus = errors.focus(&["name"], "");
    let context = json!({ "name": name, "focus": focus, "unconfirmed": unconfirmed });
    Ok(layout.page("account.html", "Account", context).with_errors(errors))
}
