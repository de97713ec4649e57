//! A change of address: requested here, applied by the link that is sent there.

use rocket::http::Status;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use crate::base::{Client, Site};
use crate::features::email;
use crate::layout::Layout;
use crate::people::{Email, Fresh};
use crate::services::links::Purpose;
use crate::services::outbox::{Asked, MailIsOn};
use crate::web::form::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Submitted, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![edit, update]
}

#[derive(FromForm)]
struct Address<'r> {
    email: &'r str,
}

#[get("/settings/email")]
fn edit(_user: Fresh, layout: Layout<'_>, site: &State<Site>) -> Page {
    form(&layout, site, "", Value::Null)
}

#[post("/settings/email", data = "<post>")]
async fn update(
    user: Fresh,
    _on: MailIsOn,
    layout: Layout<'_>,
    site: &State<Site>,
    client: Client,
    submitted: Submitted<'_>,
    post: Post<'_, Address<'_>>,
) -> web::Result<Answer> {
    let Fresh(user) = user;
    let typed = post.typed("email");
    let invalid = |errors: Value| {
        Ok(form(&layout, site, &typed, errors).with_status(Status::UnprocessableEntity).into())
    };
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let Some(email) = Email::new_address(fields.email) else {
        return invalid(json!({ "email": Email::advice(fields.email) }));
    };
    if email.key() == Email::key_of(&user.email) {
        return invalid(json!({ "email": "This is your email address already." }));
    }
    let submission = submitted.leads(paths::ACCOUNT, Notice::EmailAsked);
    Ok(match email::ask(site, &user, &email, &client, &submission).await? {
        Asked::Done => submission.answer(),
        Asked::Wait(wait) => {
            form(&layout, site, &typed, json!({ "form": wait.to_string() })).with_wait(&wait).into()
        }
    })
}

fn form(layout: &Layout<'_>, site: &Site, email: &str, errors: Value) -> Page {
    let context = json!({
        "mail_is_on": site.mailer.is_on(),
        "life": Purpose::Change.life(),
        "undo_life": Purpose::RevertEmail.life(),
        "new_email": email,
        "errors": if errors.is_null() { json!({}) } else { errors },
    });
    layout.page("email.html", "Change email", context)
}
