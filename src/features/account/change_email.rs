//! A change of address: requested here, applied by the link that is sent there.

use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use crate::base::{Sentence, Site};
use crate::features::email_links;
use crate::layout::Layout;
use crate::people::{self, Email, Fresh, User, Visit};
use crate::services::links::Purpose;
use crate::services::outbox::{Asked, EmailIsOn};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

#[derive(FromForm)]
struct Address<'r> {
    email: &'r str,
}

#[get("/settings/email")]
async fn edit(fresh: Fresh, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    form(&layout, site, &fresh, "", FormErrors::none()).await
}

#[post("/settings/email", data = "<post>")]
async fn update(
    fresh: Fresh,
    _on: EmailIsOn,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Address<'_>>,
) -> web::Result<Answer> {
    let user = fresh.into_user();
    let typed = post.typed("email");
    let invalid =
        async |errors: FormErrors| form(&layout, visit.site, &user, &typed, errors).await.map(Answer::from);
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let Some(email) = Email::new_address(fields.email) else {
        return invalid(FormErrors::of("email", Email::advice(fields.email))).await;
    };
    if email.key() == user.email.key() {
        return invalid(FormErrors::of("email", "form-email-same")).await;
    }
    let submission = visit.leads(paths::ACCOUNT, Notice::EmailAsked);
    match email_links::ask(visit.site, &user, &email, &visit.client, &submission).await? {
        Asked::Done => Ok(submission.answer()),
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)).await,
    }
}

async fn form(
    layout: &Layout<'_>,
    site: &Site,
    user: &User,
    email: &str,
    errors: FormErrors,
) -> web::Result<Page> {
    let account = people::accounts::by_id(&site.db, &user.id).await?;
    // Only the reader of a confirmed address is told, and can undo the change.
    let confirmed = account.is_some_and(|account| account.confirmed_at.is_some());
    let undo = Sentence::from("email-page-undo").lasting(Purpose::RevertEmail.seconds());
    let context = json!({
        "lead": layout.say(&Sentence::from("email-page-lead").lasting(Purpose::Change.seconds())),
        "undo": confirmed.then(|| layout.say(&undo)),
        "new_email": Email::shown_again(email),
    });
    Ok(layout.page("email.html", "email-page-title", context).with_errors(errors))
}
