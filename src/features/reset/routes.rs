//! Where to ask for a link, and the page that one leads to. The page takes the secret out of the address bar, where it would be
//! kept and passed on, into a cookie.

use rocket::http::{CookieJar, Status};
use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::renew::renew;
use crate::base::{Password, Site, Token};
use crate::features::links::{self, Link, Purpose};
use crate::features::passwords::{self, Judged};
use crate::frame::Shell;
use crate::web::cookies::{Presented, PrivateCookie};
use crate::web::post::NOT_WHOLE;
use crate::web::{self, Answer, Notice, Page, Post, Visitor, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![forgot, edit, update]
}

/// The secret of a link, for as long as one needs to choose a password.
const LINK: PrivateCookie = PrivateCookie::named("reset", "__Host-reset");

#[get("/forgot")]
fn forgot(shell: Shell<'_>) -> Page {
    shell.page("forgot.html", "Forgot your password?", json!({ "minutes": Purpose::Reset.minutes() }))
}

#[get("/reset?<token>")]
async fn edit(
    token: Option<&str>,
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
) -> web::Result<Answer> {
    if let Some(token) = token {
        // Whatever it is, it does not stay in the address bar.
        match Token::parse(token) {
            Some(token) => LINK.set(cookies, site, token.reveal(), Some(Purpose::Reset.minutes() * 60)),
            None => LINK.remove(cookies, site),
        }
        return Ok(Redirect::to(paths::RESET).into());
    }
    Ok(match shown(site, cookies).await? {
        Some((_, link)) => form(&shell, site, &link, Value::Null).into(),
        None => over(&shell).into(),
    })
}

#[derive(FromForm)]
struct New<'r> {
    new_password: &'r str,
}

#[post("/reset", data = "<post>")]
async fn update(
    shell: Shell<'_>,
    site: &State<Site>,
    cookies: &CookieJar<'_>,
    visitor: Visitor,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let Some((token, link)) = shown(site, cookies).await? else { return Ok(over(&shell).into()) };
    let invalid =
        |errors: Value| Ok(form(&shell, site, &link, errors).with_status(Status::UnprocessableEntity).into());
    let Some(fields) = post.fields() else { return invalid(json!({ "form": NOT_WHOLE })) };
    let password = Password::typed(fields.new_password);
    match passwords::judge(&site.settings, &password, &[&link.email, &link.name]).await {
        Judged::Refused(sentence) => return invalid(json!({ "new_password": sentence })),
        Judged::Good => {}
    }
    let renewed = renew(site, &token, &link, &password, &visitor).await?;
    LINK.remove(cookies, site);
    Ok(match renewed {
        true => Notice::PasswordReset.after(Redirect::to(paths::LOGIN)).into(),
        false => over(&shell).into(),
    })
}

/// The link that a visitor came by, if it is good.
async fn shown(site: &Site, cookies: &CookieJar<'_>) -> web::Result<Option<(Token, Link)>> {
    let token = match LINK.read(cookies, site) {
        Presented::Value(text) => Token::parse(&text),
        Presented::Absent | Presented::Garbled => None,
    };
    let Some(token) = token else { return Ok(None) };
    let link = links::look(site, &token, Purpose::Reset).await?;
    Ok(link.map(|link| (token, link)))
}

fn form(shell: &Shell<'_>, site: &Site, link: &Link, errors: Value) -> Page {
    let context = json!({
        "email": link.email,
        "password_min_length": site.settings.password_min_length.get(),
        "errors": if errors.is_null() { json!({}) } else { errors },
    });
    shell.page("reset.html", "New password", context)
}

/// A link that is used, too old, replaced, or never was one: which of them is nobody's business.
fn over(shell: &Shell<'_>) -> Page {
    shell.page("link_over.html", "This link does not work any more", Value::Null).with_status(Status::Gone)
}
