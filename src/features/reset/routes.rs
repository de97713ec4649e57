//! Where to request a link, and the page that the link opens.

use rocket::{FromForm, Route, get, post, routes};
use serde_json::json;

use super::set_password::set_password;
use crate::base::{Password, Site};
use crate::features::check_email;
use crate::features::link_page::LinkPage;
use crate::layout::Layout;
use crate::people::{Actor, Email, Name, Visit, accounts};
use crate::services::links::{LinkCookie, Purpose};
use crate::services::outbox::{self, Asked, EmailIsOn, EmailKind};
use crate::services::passwords::{self, Judged, Owner};
use crate::web::email_sent::EmailForm;
use crate::web::language::BrowserLanguage;
use crate::web::next::with_next;
use crate::web::submission::OTHER_LINK;
use crate::web::{
    self, Answer, Cookies, EmailSent, FormErrors, Notice, OldInput, Page, Post, SignedUp, paths,
};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![new, create, edit, update]
}

const PAGE: LinkPage = LinkPage { purpose: Purpose::Reset, template: "reset.html", title: "reset-title" };
/// The same for those who never had a password.
const FIRST: LinkPage =
    LinkPage { purpose: Purpose::Reset, template: "reset.html", title: "reset-first-title" };

/// The page "Check your email" in a browser that knows where an email was sent; otherwise, and if another address
/// is asked for, the form.
#[get("/forgot?<other>")]
async fn new(other: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Page> {
    if other.is_some() {
        OldInput::forget(cookies);
        EmailSent::forget(cookies);
        return Ok(forgotten(&layout, "", FormErrors::none()));
    }
    let typed = OldInput::look(cookies);
    if let Some(sent) = check_email::last_sent(&[EmailForm::Reset], &typed.email, cookies) {
        return Ok(check_email::again(layout, cookies, &sent));
    }
    let email = match typed.email.is_empty() {
        true => known_address(&layout, cookies).await?,
        false => Some(typed.email),
    };
    Ok(forgotten(&layout, email.as_deref().unwrap_or_default(), FormErrors::none()))
}

/// The address that the visitor has probably come for: their own, or that of the link for which they were asked for
/// their password.
async fn known_address(layout: &Layout<'_>, cookies: Cookies<'_>) -> web::Result<Option<String>> {
    if let Some(user) = layout.user() {
        return Ok(Some(user.email.shown().into_owned()));
    }
    let link = LinkCookie::read(Purpose::Confirm, cookies).await?;
    Ok(link.map(|link| link.link.email.shown().into_owned()))
}

#[derive(FromForm)]
struct Forgotten<'r> {
    email: &'r str,
}

#[post("/forgot", data = "<post>")]
async fn create(
    _on: EmailIsOn,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Forgotten<'_>>,
) -> web::Result<Answer> {
    let typed = post.typed("email");
    let invalid = |errors: FormErrors| Ok(forgotten(&layout, &typed, errors).into());
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let Some(email) = Email::parse(fields.email) else {
        return invalid(FormErrors::of("email", Email::advice(fields.email)));
    };
    let submission = visit.leads(with_next(paths::FORGOT, layout.next()), Notice::LinkAsked);
    match outbox::ask(visit.site, EmailKind::Reset, &email, &visit.client, &submission).await? {
        Asked::Done => {
            let address = fields.email.trim();
            OldInput::address(address).keep(visit.cookies);
            EmailSent::keep(EmailForm::Reset, address, layout.next(), visit.cookies);
            Ok(submission.answer())
        }
        Asked::Wait(wait) => invalid(FormErrors::wait(wait)),
    }
}

fn forgotten(layout: &Layout<'_>, email: &str, errors: FormErrors) -> Page {
    let context = json!({
        "life": Purpose::Reset.duration(),
        "email": Email::shown_again(email),
        "action": with_next(paths::FORGOT, layout.next()),
    });
    layout.page("forgot.html", "forgot-title", context).with_errors(errors)
}

#[get("/reset?<token>")]
async fn edit(token: Option<&str>, layout: Layout<'_>, cookies: Cookies<'_>) -> web::Result<Answer> {
    Ok(match PAGE.open(token, &layout, cookies).await? {
        Ok(link_cookie) => {
            let welcome = Welcome::of(cookies.site, &link_cookie).await?;
            let name = if welcome == Welcome::First { link_cookie.link.name.as_str() } else { "" };
            form(&layout, &link_cookie, welcome, name, FormErrors::none()).into()
        }
        Err(answer) => answer,
    })
}

#[derive(FromForm)]
struct New<'r> {
    name: Option<&'r str>,
    new_password: &'r str,
}

#[post("/reset", data = "<post>")]
async fn update(
    layout: Layout<'_>,
    visit: Visit<'_>,
    browser: BrowserLanguage,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let (site, client) = (visit.site, &visit.client);
    let link_cookie = match PAGE.link(&layout, visit.cookies).await? {
        Ok(link_cookie) => link_cookie,
        Err(page) => return Ok(page.into()),
    };
    let layout = check_email::leading_on(layout, &link_cookie.link.email, visit.cookies);
    let welcome = Welcome::of(site, &link_cookie).await?;
    let typed = post.typed("name");
    let invalid = |errors: FormErrors| Ok(form(&layout, &link_cookie, welcome, &typed, errors).into());
    if visit.submitted.is_of_another_link(&link_cookie.token.hash()) {
        return invalid(FormErrors::about_all(OTHER_LINK));
    }
    let LinkCookie { token, link } = &link_cookie;
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()) };
    let password = Password::typed(fields.new_password);
    let typed_name = match welcome {
        Welcome::Stranger => Some(fields.name.unwrap_or_default()),
        // Unless another name is typed, it stays.
        Welcome::First => Some(fields.name.unwrap_or(link.name.as_str())),
        Welcome::Back => None,
    };
    let name = match typed_name.map(Name::parse) {
        Some(Err(error)) => {
            let advice = passwords::wrong_length(&site.settings, &password);
            return invalid(FormErrors::of("name", error.sentence()).and("new_password", advice));
        }
        Some(Ok(name)) => Some(name),
        None => None,
    };
    let owner = Owner::new(&link.email, name.as_ref().unwrap_or(&link.name));
    match passwords::judge(site, &password, &owner, None, Actor::Owner(client)).await? {
        Judged::Refused(sentence) => return invalid(FormErrors::of("new_password", sentence)),
        Judged::Wait(wait) => return invalid(FormErrors::wait(wait)),
        Judged::Good => {}
    }
    let notice = if welcome == Welcome::First { Notice::PasswordFirst } else { Notice::PasswordReset };
    let submission = visit.leads(with_next(paths::LOGIN, layout.next()), notice);
    let owner = name.as_ref().map(|name| (name, browser.0));
    let set = set_password(site, (token, link), owner, &password, client, &submission).await?;
    LinkCookie::forget(PAGE.purpose, visit.cookies);
    let Some(at) = set else { return Ok(PAGE.gone(&layout, visit.cookies).await?.into()) };
    // The visitor who opened the link reads the email of the address: from now on, wrong passwords of
    // strangers do not make them wait.
    visit.known_browser().reads_mail(&link.account, at, visit.cookies);
    SignedUp::forget(visit.cookies);
    EmailSent::forget(visit.cookies);
    OldInput::address(&link.email.shown()).keep(visit.cookies);
    Ok(submission.answer())
}

/// To whom the page speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Welcome {
    /// Those whose account is known to be theirs: they forgot the password.
    Back,
    /// Those whose account an administrator or the operator made: it never had a password, and its name was typed by
    /// those who run the site.
    First,
    /// Those whose address was never confirmed, though it could have been. A name is required as well: the
    /// person who signed up with it need not be the one who reads its email, and a stranger's words must not
    /// greet the owner. For the same reason the stored name is not shown: it may be an insult or a lure. Nor is a
    /// name derived from the address, whose local part often is none. Those who choose a password can type a name
    /// too. Without email no account is ever confirmed, and the operator hands the link to its user.
    Stranger,
}

impl Welcome {
    async fn of(site: &Site, link_cookie: &LinkCookie) -> web::Result<Welcome> {
        let link = &link_cookie.link;
        Ok(if accounts::awaits_first_password(site.db.reader(), &link.account).await? {
            Welcome::First
        } else if site.mailer.is_on() && !link.confirmed {
            Welcome::Stranger
        } else {
            Welcome::Back
        })
    }
}

fn form(
    layout: &Layout<'_>,
    link_cookie: &LinkCookie,
    welcome: Welcome,
    name: &str,
    errors: FormErrors,
) -> Page {
    let first = if welcome == Welcome::Stranger { "name" } else { "new_password" };
    let focus = errors.focus(&["name", "new_password"], first);
    let page = if welcome == Welcome::First { FIRST } else { PAGE }.form(layout, link_cookie, errors);
    page.with("asks_name", welcome != Welcome::Back)
        .with("is_first", welcome == Welcome::First)
        .with("name", name)
        .with("focus", focus)
}
