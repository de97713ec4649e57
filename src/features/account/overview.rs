//! One's own account: the name, the language, a change of address that is under way, and links to all other settings.

use rocket::response::Redirect;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use crate::base::{Language, Site};
use crate::features::account_changes::{self, Renamed};
use crate::features::email_links;
use crate::layout::Layout;
use crate::people::{self, Account, Actor, Name, User, Visit};
use crate::services::passkeys::{self, PasskeyOwner};
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, moment, paths};

/// Its routes.
pub fn routes() -> Vec<Route> {
    routes![home, edit, update, update_language, cancel_email]
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

#[derive(FromForm)]
struct Chosen<'r> {
    language: &'r str,
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
        Err(error) => return invalid(FormErrors::of("name", error.sentence())).await,
    };
    let submission = visit.leads(paths::ACCOUNT, Notice::NameChanged);
    match account_changes::rename(visit.site, &user.id, &name, Actor::Owner(&visit.client), &submission)
        .await?
    {
        Renamed::Done => Ok(submission.answer()),
        Renamed::Unchanged => Ok(Notice::NameUnchanged.after(Redirect::to(paths::ACCOUNT)).into()),
        Renamed::Wait(wait) => invalid(FormErrors::wait(wait)).await,
    }
}

/// Chooses the language of the account. An empty one follows the browser.
#[post("/settings/language", data = "<post>")]
async fn update_language(
    user: User,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Chosen<'_>>,
) -> web::Result<Answer> {
    let invalid = async |errors: FormErrors| {
        form(&layout, visit.site, &user, user.name.as_str(), errors).await.map(Answer::from)
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let chosen = Language::by_code(fields.language);
    if chosen.is_none() && !fields.language.is_empty() {
        return invalid(FormErrors::of("language", "form-language")).await;
    }
    let submission = visit.leads(paths::ACCOUNT, Notice::LanguageChanged);
    let changed = account_changes::set_language(visit.site, &user.id, chosen, &submission).await?;
    Ok(if changed { submission.answer() } else { Redirect::to(paths::ACCOUNT).into() })
}

/// Cancels a change of address before its link is used.
#[post("/settings/email/cancel")]
async fn cancel_email(user: User, visit: Visit<'_>) -> web::Result<Answer> {
    let submission = visit.leads(paths::ACCOUNT, Notice::EmailCancelled);
    let cancelled = email_links::cancel(visit.site, &user.id, &visit.client, &submission).await?;
    Ok(if cancelled { submission.answer() } else { Redirect::to(paths::ACCOUNT).into() })
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
    let account = account.as_ref();
    // Without email, no address can be confirmed.
    let unconfirmed = site.mailer.is_on() && account.is_some_and(|account| account.confirmed_at.is_none());
    let language = account.and_then(|account| account.language);
    let pending = email_links::pending(site, &user.id).await?;
    let context = json!({
        "name": name,
        "handle": account.and_then(|account| account.handle.as_ref()),
        "focus": errors.focus(&["name", "language"], ""),
        "unconfirmed": unconfirmed,
        // The new address, if its link was not opened yet.
        "pending": pending.as_ref().map(|pending| pending.email.shown()),
        "pending_by": pending.as_ref().map(|pending| pending.by.code()),
        // The code of the account's own language; empty if it follows the browser.
        "language": language.map_or("", Language::code),
        "languages": Language::all().map(|one| json!({ "code": one.code(), "name": one.name() })).collect::<Vec<_>>(),
        "terms": account.and_then(|account| terms(layout, site, account)),
        "passkey_details": passkey_details(site, user).await?,
    });
    Ok(layout.page("account.html", "settings-account", context).with_errors(errors))
}

/// What the browser is told about the owner of the passkeys, in JSON: it shows their name and address next to each, and
/// both may have changed here.
async fn passkey_details(site: &Site, user: &User) -> web::Result<Option<String>> {
    let Some(at) = passkeys::site(site) else { return Ok(None) };
    let owner = PasskeyOwner { account: &user.id, email: &user.email, name: &user.name };
    let signals = passkeys::signals(&site.db, &at, owner).await?;
    Ok(signals.map(|signals| json!(signals.details).to_string()))
}

/// Which version of the terms of use the owner accepted, and on which day.
fn terms(layout: &Layout<'_>, site: &Site, account: &Account) -> Option<serde_json::Value> {
    let (version, at) = (account.terms_version.as_ref()?, account.terms_accepted_at?);
    Some(json!({ "version": version, "date": layout.say(&moment::date(at, site)) }))
}
