//! A change of address: requested here, applied by the link that is sent there.

use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use crate::features::email_links;
use crate::layout::Layout;
use crate::people::{Email, Fresh, Visit};
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
fn edit(_user: Fresh, layout: Layout<'_>) -> Page {
    form(&layout, "", FormErrors::none())
}

#[post("/settings/email", data = "<post>")]
async fn update(
    user: Fresh,
    _on: EmailIsOn,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Address<'_>>,
) -> web::Result<Answer> {
    let Fresh(user) = user;
    let typed = post.typed("email");
    let invalid = |errors: FormErrors| Ok(form(&layout, &typed, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let Some(email) = Email::new_address(fields.email) else {
        return invalid(FormErrors::of("email", Email::advice(fields.email)));
    };
    if email.key() == user.email.key() {
        return invalid(FormErrors::of("email", "This is your email address already."));
    }
    let submission = visit.leads(paths::ACCOUNT, Notice::EmailAsked);
    match email_links::ask(visit.site, &user, &email, &visit.client, &submission).await? {
        Asked::Done => Ok(submission.answer()),
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn form(layout: &Layout<'_>, email: &str, errors: FormErrors) -> Page {
    let (life, undo_life) = (Purpose::Change.life(), Purpose::RevertEmail.life());
    let context = json!({ "life": life, "undo_life": undo_life, "new_email": email });
    layout.page("email.html", "Change email", context).with_errors(errors)
}
