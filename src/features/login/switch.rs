//! The login page of a visitor who is logged in. It says as whom, leads on to where they wanted to go, and offers to
//! log out first. A login form from an old tab leads there too: it must not replace one account by another without a
//! word.

use rocket::response::Redirect;
use rocket::{FromForm, Route, post, routes};
use serde_json::json;

use super::logout::log_out;
use crate::layout::Layout;
use crate::people::{Email, MaybeEnrolling, User, Visit};
use crate::web::next::with_next;
use crate::web::{self, Answer, Cookies, FormErrors, Notice, OldInput, Page, Post, paths};

/// Its routes. The login page itself belongs to those of the login.
pub fn routes() -> Vec<Route> {
    routes![create]
}

/// The page. An address that was typed for another account is kept for the login form.
pub(super) fn page(layout: &Layout<'_>, user: &User, typed: &OldInput, errors: FormErrors) -> Page {
    let other = if is_own(user, &typed.email) { "" } else { &*typed.email };
    let context = json!({
        "address": user.email.shown(),
        "other": other,
        "remember": typed.remember,
        "onward": layout.onward(),
    });
    layout.page("login_switch.html", "switch-title", context).with_errors(errors)
}

/// Answers a login form that was sent while this user is logged in: they are led on if it is their own, for example
/// after a double click. Otherwise nothing changes, and the page offers to switch.
pub(super) fn answer(layout: &Layout<'_>, user: &User, typed: &OldInput, cookies: Cookies<'_>) -> Answer {
    if is_own(user, &typed.email) {
        return Redirect::to(layout.onward()).into();
    }
    OldInput { remember: typed.remember, ..OldInput::address(typed.email.trim()) }.keep(cookies);
    Notice::SwitchFirst.after(Redirect::to(with_next(paths::LOGIN, layout.next()))).into()
}

/// Whether an address is that of the user.
fn is_own(user: &User, typed: &str) -> bool {
    Email::parse(typed).is_some_and(|email| email.key() == user.email.key())
}

#[derive(FromForm)]
#[expect(dead_code, reason = "read before the fields are known to be right; here so that they may be sent")]
struct Switch<'r> {
    email: Option<&'r str>,
    remember: Option<&'r str>,
    next: Option<&'r str>,
}

#[post("/login/switch", data = "<post>")]
async fn create(
    maybe_user: MaybeEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Switch<'_>>,
) -> web::Result<Answer> {
    let layout = layout.keeping(&post.typed("next"));
    let remember = !post.typed("remember").is_empty();
    let typed = OldInput { remember, ..OldInput::address(post.typed("email").trim()) };
    let login = with_next(paths::LOGIN, layout.next());
    let user = maybe_user.user();
    if post.fields().is_none() {
        return Ok(match user {
            Some(user) => page(&layout, user, &typed, FormErrors::not_whole()).into(),
            None => Redirect::to(login).into(),
        });
    }
    let submission = visit.leads(&*login, Notice::Switched);
    let switched = log_out(user, &visit, &submission).await?;
    if !typed.email.is_empty() {
        typed.keep(visit.cookies);
    }
    Ok(if switched { submission.answer() } else { Redirect::to(login).into() })
}
