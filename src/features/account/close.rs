//! Deletes one's own account. It takes the password, and the address, typed so that no one does it by mistake.
//! If email is on, a link completes it, since another person may know the password.

use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use crate::base::{Password, Sentence, Site};
use crate::features::account_changes::{self, Closed, ClosedByLink};
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::{Email, Fresh, Visit};
use crate::services::links::{LinkCookie, Purpose};
use crate::web::{self, Answer, Cookies, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, destroy, edit_by_link, destroy_by_link]
}

const BY_LINK: LinkPage =
    LinkPage { purpose: Purpose::Close, template: "delete.html", title: "delete-title" };

/// The message if the address was confirmed since the page was shown.
const CONFIRMED: &str = "form-close-confirmed";
/// The message to the last administrator who can log in.
const LAST_ADMIN: &str = "close-last-admin";

#[derive(FromForm)]
struct Closing<'r> {
    email: &'r str,
    password: &'r str,
}

#[get("/settings/close")]
async fn new(fresh: Fresh, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let by_link = account_changes::closes_by_link(site, &fresh.id).await?;
    Ok(form(&layout, by_link, "", FormErrors::none()))
}

#[post("/settings/close", data = "<post>")]
async fn destroy(
    fresh: Fresh,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Closing<'_>>,
) -> web::Result<Answer> {
    let (user, site) = (fresh.into_user(), visit.site);
    let (typed, by_link) = (post.typed("email"), account_changes::closes_by_link(site, &user.id).await?);
    let invalid = |errors: FormErrors| Ok(form(&layout, by_link, &typed, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let own = Email::parse(fields.email).is_some_and(|email| email.key() == user.email.key());
    if !own || fields.password.is_empty() {
        let email = (!own).then(|| FormErrors::not_own(fields.email));
        let password = fields.password.is_empty().then_some(FormErrors::NO_PASSWORD);
        return invalid(FormErrors::none().and("email", email).and("password", password));
    }
    let (password, known_browser) = (Password::typed(fields.password), visit.known_browser());
    let submission = match by_link {
        true => visit.leads(paths::ACCOUNT, Notice::CloseAsked),
        false => visit.leads(paths::HOME, Notice::AccountDeleted),
    };
    let client = &visit.client;
    match account_changes::close(site, &user, &password, by_link, &known_browser, client, &submission).await?
    {
        Closed::Done => {
            visit.log_out();
            known_browser.forget(&user.id, visit.cookies);
            Ok(submission.answer())
        }
        Closed::Asked => Ok(submission.answer()),
        Closed::Confirmed => Ok(form(&layout, true, &typed, FormErrors::about_all(CONFIRMED)).into()),
        Closed::LastAdmin => invalid(FormErrors::about_all(LAST_ADMIN)),
        Closed::Ended => Ok(Notice::LogInFirstTyped.after(Redirect::to(paths::LOGIN)).into()),
        Closed::Wrong => invalid(FormErrors::of("password", FormErrors::WRONG_PASSWORD)),
        Closed::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn form(layout: &Layout<'_>, by_link: bool, email: &str, errors: FormErrors) -> Page {
    let empty = if email.is_empty() { "email" } else { "password" };
    let context = json!({
        "by_link": by_link,
        // Both are said only if it takes a link.
        "link_lead": layout.say(&Sentence::from("close-by-link").lasting(Purpose::Close.seconds())),
        "link_where": layout.say(&Sentence::from("close-by-link-where").lasting(Purpose::RevertEmail.seconds())),
        "email": Email::shown_again(email),
        "focus": errors.focus(&["email"], empty),
    });
    layout.page("close.html", "close-title", context).with_errors(errors)
}

#[get("/delete-account?<token>")]
async fn edit_by_link(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    BY_LINK.show(token, &layout, cookies).await
}

#[post("/delete-account")]
async fn destroy_by_link(layout: Layout<'_>, visit: Visit<'_>) -> web::Result<Answer> {
    let link = match BY_LINK.submitted_link(&layout, &visit).await? {
        Ok(link) => link,
        Err(page) => return Ok(page.into()),
    };
    let done = visit.leads(paths::HOME, Notice::AccountDeleted);
    match account_changes::close_by_link(visit.site, &link, &visit.client, &done).await? {
        ClosedByLink::Done => {}
        ClosedByLink::Over => {
            LinkCookie::forget(BY_LINK.purpose, visit.cookies);
            return Ok(BY_LINK.gone(&layout, visit.cookies).await?.into());
        }
        ClosedByLink::LastAdmin => {
            let errors = FormErrors::about_all(LAST_ADMIN);
            return Ok(BY_LINK.form(&layout, &link, errors).into());
        }
    }
    LinkCookie::forget(BY_LINK.purpose, visit.cookies);
    let account = &link.link.account;
    visit.log_out_of(account);
    visit.known_browser().forget(account, visit.cookies);
    Ok(done.answer())
}
