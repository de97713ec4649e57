//! The page behind the link of an invitation. It says to which site and groups the link invites, which handle comes
//! with it, and until when, with a form for a new account, also where sign-up is closed, or a button for those who are logged
//! in. As with every link, its secret moves from the address bar into a cookie, and opening it changes
//! nothing.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::join::{Joined, join};
use crate::base::{Client, Password, Site, Token};
use crate::features::signup::{self, Joins, NewAccount, Registered, fields};
use crate::layout::Layout;
use crate::people::{Email, Fresh, Handle, Name, User, Visit, accounts};
use crate::services::invitations::{self, OpenInvitation};
use crate::web::cookies::{Presented, PrivateCookie};
use crate::web::email_sent::EmailForm;
use crate::web::language::BrowserLanguage;
use crate::web::moment::Moment;
use crate::web::next::landing;
use crate::web::submission::OTHER_LINK;
use crate::web::{
    self, Answer, Cookies, EmailSent, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths,
};

/// The cookie for the secret of a link.
const COOKIE: PrivateCookie = PrivateCookie::named("invited", "__Host-invited");
/// The longest time between opening a link and accepting the invitation, in seconds.
const SECONDS: i64 = 3_600;

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![show, create, create_membership]
}

/// An invitation that can be used, as a visitor has opened it.
struct Opened {
    token: Token,
    open: OpenInvitation,
}

impl Opened {
    /// The one in a visitor's cookie. `None` if there is none, or if it is over.
    async fn read(cookies: Cookies<'_>) -> web::Result<Option<Opened>> {
        let token = match COOKIE.read(cookies) {
            Presented::Value(text) => Token::parse(&text),
            Presented::Absent | Presented::Garbled => None,
        };
        let Some(token) = token else { return Ok(None) };
        let open = invitations::look(cookies.site, &token).await?;
        Ok(open.map(|open| Opened { token, open }))
    }

    /// Whether it is for the address of another person than this user.
    fn is_for_another(&self, user: &User) -> bool {
        self.open.email.as_ref().is_some_and(|email| email.key() != user.email.key())
    }
}

#[get("/invited?<token>")]
async fn show(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    if let Some(token) = token {
        return Ok(accept(token, cookies).into());
    }
    let Some(opened) = Opened::read(cookies).await? else { return Ok(over(&layout).into()) };
    let layout = layout.keeping(paths::INVITED);
    if let Some(user) = layout.user() {
        return Ok(button(&layout, cookies.site, &opened, user, FormErrors::none()).await?.into());
    }
    Ok(form(&layout, cookies.site, &opened, &OldInput::take(cookies), FormErrors::none()).into())
}

/// Takes the secret of a link out of the address bar, valid or not, and redirects to the page without it.
fn accept(token: &str, cookies: Cookies<'_>) -> Redirect {
    match Token::parse(token) {
        Some(token) => COOKIE.set(cookies, token.reveal(), Some(SECONDS)),
        None => COOKIE.remove(cookies),
    }
    Redirect::to(paths::INVITED)
}

#[derive(FromForm)]
struct Form<'r> {
    /// Missing where the invitation is for an address.
    email: Option<&'r str>,
    name: &'r str,
    password: &'r str,
    /// The box of the terms of use: the version that the page asked to accept.
    terms: Option<&'r str>,
}

/// A new account.
#[post("/invited", data = "<post>")]
async fn create(
    layout: Layout<'_>,
    visit: Visit<'_>,
    browser: BrowserLanguage,
    post: Post<'_, Form<'_>>,
) -> web::Result<Answer> {
    let (site, client) = (visit.site, &visit.client);
    let Some(opened) = Opened::read(visit.cookies).await? else { return Ok(over(&layout).into()) };
    let layout = layout.keeping(paths::INVITED);
    if layout.user().is_some() {
        return Ok(Redirect::to(paths::INVITED).into()); // it shows them the button
    }
    let typed = typed(site, &opened, &post);
    let invalid = |errors: FormErrors| Ok(form(&layout, site, &opened, &typed, errors).into());
    if visit.submitted.is_of_another_link(&opened.token.hash()) {
        return invalid(FormErrors::about_all(OTHER_LINK));
    }
    let (email, name, password) = match read(site, &opened, post, client).await? {
        Ok(read) => read,
        Err(errors) => return invalid(errors),
    };

    let (page, done) = match site.mailer.is_on() && opened.open.email.is_none() {
        true => (paths::UNCONFIRMED, Notice::ConfirmSent),
        false => (paths::LOGIN, Notice::AccountReady),
    };
    let submission = visit.leads(page, done);
    let person = NewAccount {
        email: &email,
        name: &name,
        language: browser.0,
        terms: fields::terms(site),
        joins: Joins::Invitation(&opened.token, &opened.open),
        handle: None,
    };
    match signup::register(site, person, &password, client, &submission).await? {
        Registered::Made => {
            COOKIE.remove(visit.cookies);
            typed.keep(visit.cookies);
            Ok(submission.answer())
        }
        Registered::Mailed => {
            COOKIE.remove(visit.cookies);
            typed.keep(visit.cookies);
            EmailSent::keep(EmailForm::SignUp, &typed.email, None, visit.cookies);
            SignedUp::keep(&email.key(), visit.cookies);
            Ok(submission.answer())
        }
        // They log in, and are led back to the button.
        Registered::Taken => {
            typed.keep(visit.cookies);
            Ok(Notice::EmailTaken.after(Redirect::to(paths::INVITED)).into())
        }
        Registered::Over => Ok(over(&layout).into()),
        Registered::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

/// What was typed, for the form if it is shown again.
fn typed(site: &Site, opened: &Opened, post: &Post<'_, Form<'_>>) -> OldInput {
    let address = match &opened.open.email {
        Some(email) => email.shown().into_owned(),
        None => post.typed("email").trim().to_owned(),
    };
    OldInput {
        name: post.typed("name").trim().to_owned(),
        terms: fields::accepts(site, &post.typed("terms")),
        ..OldInput::address(&address)
    }
}

/// The new account of the form, or what is wrong with its fields. An invitation for an address decides which it is.
async fn read(
    site: &Site,
    opened: &Opened,
    post: Post<'_, Form<'_>>,
    client: &Client,
) -> web::Result<Result<(Email, Name, Password), FormErrors>> {
    let Some(sent) = post.fields() else { return Ok(Err(FormErrors::not_whole())) };
    let email = match (&opened.open.email, sent.email) {
        (Some(email), _) => Ok(email.clone()),
        (None, Some(email)) => Email::new_address(email).ok_or_else(|| Email::advice(email)),
        (None, None) => return Ok(Err(FormErrors::not_whole())),
    };
    let rest = fields::Typed { name: sent.name, password: sent.password, terms: sent.terms };
    fields::read(site, email, &rest, client).await
}

#[derive(FromForm)]
struct Button<'r> {
    /// Which invitation the page was about: another one may have been opened since.
    invitation: &'r str,
}

/// The account of the user joins.
#[post("/invited/joining", data = "<post>")]
async fn create_membership(
    user: Fresh,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Button<'_>>,
) -> web::Result<Answer> {
    let Some(opened) = Opened::read(visit.cookies).await? else { return Ok(over(&layout).into()) };
    let layout = layout.keeping(paths::INVITED);
    let again = async |errors: FormErrors| {
        let page = button(&layout, visit.site, &opened, &user, errors).await;
        page.map(Answer::from)
    };
    match post.fields() {
        None => return again(FormErrors::not_whole()).await,
        Some(sent) if sent.invitation != opened.open.id.as_str() => {
            return again(FormErrors::about_all(OTHER_LINK)).await;
        }
        Some(_) if opened.is_for_another(&user) => return again(FormErrors::none()).await,
        Some(_) => {}
    }
    let submission = visit.leads(landing(visit.site), Notice::InvitationAccepted);
    match join(visit.site, (&opened.token, &opened.open), &user, &visit.client, &submission).await? {
        Joined::Done => {
            COOKIE.remove(visit.cookies);
            Ok(submission.answer())
        }
        Joined::Over => Ok(over(&layout).into()),
    }
}

/// The page of those who are not logged in.
fn form(layout: &Layout<'_>, site: &Site, opened: &Opened, typed: &OldInput, errors: FormErrors) -> Page {
    let bound = opened.open.email.as_ref().map(Email::shown);
    let first = if bound.is_some() { "name" } else { "email" };
    let context = json!({
        "link_form": layout.link_form(&opened.token),
        "bound": bound,
        "email": Email::shown_again(&typed.email),
        "name": typed.name,
        "terms": typed.terms,
        "terms_version": fields::terms(site),
        "focus": errors.focus(&["email", "name", "password", "terms"], first),
    });
    let page = layout.page("invited.html", "invited-title", context);
    inviting(page, layout, site, &opened.open, true).with_errors(errors)
}

/// The page of those who are. One whose account has a handle keeps it.
async fn button(
    layout: &Layout<'_>,
    site: &Site,
    opened: &Opened,
    user: &User,
    errors: FormErrors,
) -> web::Result<Page> {
    let gets_handle = match &opened.open.handle {
        Some(_) => accounts::by_id(&site.db, &user.id).await?.is_some_and(|account| account.handle.is_none()),
        None => false,
    };
    let context = json!({
        "invitation": opened.open.id.as_str(),
        "bound": opened.open.email.as_ref().map(Email::shown),
        "is_for_another": opened.is_for_another(user),
    });
    let page = layout.page("invited_join.html", "invited-title", context);
    Ok(inviting(page, layout, site, &opened.open, gets_handle).with_errors(errors))
}

/// What both say: to which groups the link invites, which handle it brings to those who get one, and until when.
fn inviting(page: Page, layout: &Layout<'_>, site: &Site, open: &OpenInvitation, gets_handle: bool) -> Page {
    let titles: Vec<String> =
        open.groups.iter().map(|group| layout.group_title(&group.name, &group.title)).collect();
    let ends = Moment::new(open.ends_at, site, layout.language());
    let handle = open.handle.as_ref().filter(|_| gets_handle).map(Handle::as_str);
    let page = page.with("group_count", titles.len()).with("groups", titles);
    page.with("handle", handle).with("ends", json!(ends))
}

/// The answer to every link that cannot be used: it ended, was revoked or used up, or never existed.
fn over(layout: &Layout<'_>) -> Page {
    let context = json!({ "login_href": paths::LOGIN }); // nothing is left to come back for
    layout.page("invited_over.html", "invited-over-title", context).with_status(Status::Gone)
}
