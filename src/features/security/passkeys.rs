//! The passkeys of one's own account: added, renamed, removed, woken.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::response::content::RawJson;
use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::json;

use super::page::form;
use super::passkey_changes::{
    Added, Change, ChangeBy, Changed, New, PasskeyRemoved, add, change, question, remove,
};
use crate::base::{Sentence, Site};
use crate::layout::Layout;
use crate::people::accounts::NameError;
use crate::people::sessions;
use crate::people::{Enrolling, FreshEnrolling, User, Visit};
use crate::services::passkeys::{self, PasskeyId, PasskeyName, RegistrationAnswer, RegistrationMode};
use crate::web::next::with_next;
use crate::web::{self, Answer, FormErrors, Notice, Post, paths};

/// The most characters of a name, for the sentence about a longer one.
const LONGEST_NAME: &str = "60";

/// Their routes.
pub fn routes() -> Vec<Route> {
    routes![options, create, plain_options, create_plain, update, destroy, wake]
}

/// JSON for the script; 404 where passkeys cannot be used.
pub(super) type Asked = Result<RawJson<String>, Status>;

/// The answer to a form; 404 where passkeys cannot be used.
pub(super) type Answered = Result<Answer, Status>;

#[get("/settings/security/passkeys/options")]
async fn options(fresh: FreshEnrolling, site: &State<Site>) -> web::Result<Asked> {
    asked(site, &fresh, RegistrationMode::Asked).await
}

#[post("/settings/security/passkeys", data = "<post>")]
async fn create(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Registration<'_>>,
) -> web::Result<Answered> {
    add_to(&fresh, layout, &visit, post, RegistrationMode::Asked).await
}

#[get("/settings/security/passkeys/plain/options")]
async fn plain_options(fresh: FreshEnrolling, site: &State<Site>) -> web::Result<Asked> {
    asked(site, &fresh, RegistrationMode::Plain).await
}

#[post("/settings/security/passkeys/plain", data = "<post>")]
async fn create_plain(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Registration<'_>>,
) -> web::Result<Answered> {
    add_to(&fresh, layout, &visit, post, RegistrationMode::Plain).await
}

#[derive(FromForm)]
pub(super) struct Registration<'r> {
    credential: &'r str,
    next: Option<&'r str>,
}

/// What the browser is asked for a new passkey.
pub(super) async fn asked(site: &Site, user: &User, mode: RegistrationMode) -> web::Result<Asked> {
    let Some(at) = passkeys::site(site) else { return Ok(Err(Status::NotFound)) };
    let options = question(site, &at, user, mode).await?;
    Ok(options.map(|options| RawJson(json!(options).to_string())).ok_or(Status::NotFound))
}

/// Adds the passkey of a form. One that was made without a question is not missed, so it fails without a word.
pub(super) async fn add_to(
    user: &User,
    layout: Layout<'_>,
    visit: &Visit<'_>,
    post: Post<'_, Registration<'_>>,
    mode: RegistrationMode,
) -> web::Result<Answered> {
    let site = visit.site;
    let Some(at) = passkeys::site(site) else { return Ok(Err(Status::NotFound)) };
    let Some(fields) = post.fields() else {
        return Ok(Ok(form(&layout, site, user, FormErrors::not_whole()).await?.into()));
    };
    let layout = layout.keeping(fields.next.unwrap_or_default());
    let back = with_next(paths::SECURITY, layout.next());
    let refused = |notice: Notice| -> Answer {
        let redirect = Redirect::to(back.clone());
        if mode == RegistrationMode::Upgrade { redirect.into() } else { notice.after(redirect).into() }
    };
    let Some(answer) = RegistrationAnswer::parse(fields.credential) else {
        return Ok(Ok(refused(Notice::PasskeyNotAdded)));
    };
    let otherwise = visit.client.browser.in_sentence(Sentence::new("passkeys-default-name"));
    let Ok(otherwise) = PasskeyName::parse(&layout.say(&otherwise)) else {
        return Err(web::Error::Broken("the words for a new passkey are not a name"));
    };
    let notice = if mode == RegistrationMode::Upgrade { Notice::PasskeySaved } else { Notice::PasskeyAdded };
    let submission = visit.leads(back.as_str(), notice);
    let by = ChangeBy { user, client: &visit.client, submission: &submission };
    let new = New { mode, answer: &answer, otherwise: &otherwise };
    Ok(Ok(match add(site, &at, new, by).await? {
        Added::Done => submission.answer(),
        Added::TooMany => refused(Notice::TooManyPasskeys),
        Added::Refused => refused(Notice::PasskeyNotAdded),
        Added::Wait(wait) => form(&layout, site, user, FormErrors::wait(wait)).await?.into(),
    }))
}

#[derive(FromForm)]
struct Renamed<'r> {
    id: &'r str,
    name: &'r str,
}

#[post("/settings/security/passkeys/rename", data = "<post>")]
async fn update(
    user: Enrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Renamed<'_>>,
) -> web::Result<Answer> {
    let (site, typed) = (visit.site, post.typed("name"));
    let Some(fields) = post.fields() else {
        return Ok(form(&layout, site, &user, FormErrors::not_whole()).await?.into());
    };
    let Some(id) = PasskeyId::parse(fields.id) else { return Ok(unchanged()) };
    let name = match PasskeyName::parse(fields.name) {
        Ok(name) => name,
        Err(error) => {
            let page = form(&layout, site, &user, FormErrors::of("name", wrong(&error))).await?;
            return Ok(page.with("renamed", json!({ "id": id.as_str(), "name": typed })).into());
        }
    };
    let submission = visit.leads(paths::SECURITY, Notice::PasskeyRenamed);
    let by = ChangeBy { user: &user, client: &visit.client, submission: &submission };
    Ok(match change(site, &id, Change::Name(&name), by).await? {
        Changed::Done => submission.answer(),
        Changed::Unchanged => unchanged(),
        Changed::Wait(wait) => form(&layout, site, &user, FormErrors::wait(wait)).await?.into(),
    })
}

#[derive(FromForm)]
struct Chosen<'r> {
    id: &'r str,
}

#[post("/settings/security/passkeys/remove", data = "<post>")]
async fn destroy(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Chosen<'_>>,
) -> web::Result<Answer> {
    let site = visit.site;
    let Some(fields) = post.fields() else {
        return Ok(form(&layout, site, &fresh, FormErrors::not_whole()).await?.into());
    };
    let Some(id) = PasskeyId::parse(fields.id) else { return Ok(unchanged()) };
    let submission = visit.leads(paths::SECURITY, Notice::PasskeyRemoved);
    let last = visit.leads(paths::SECURITY, Notice::LastFactorRemoved);
    let by = ChangeBy { user: &fresh, client: &visit.client, submission: &submission };
    let errors = match remove(site, &id, &last, by).await? {
        PasskeyRemoved::Done { token, turned_off } => {
            if let Some(token) = token {
                visit.rotate(&token);
                // The passkey had opened the session, and its device has ended with it.
                if visit.device().is_some() {
                    sessions::forget_device(visit.cookies);
                }
            }
            return Ok(if turned_off { last.answer() } else { submission.answer() });
        }
        PasskeyRemoved::Before => return Ok(unchanged()),
        PasskeyRemoved::Required => FormErrors::about_all("notice-factor-required"),
        PasskeyRemoved::Wait(wait) => FormErrors::wait(wait),
    };
    Ok(form(&layout, site, &fresh, errors).await?.into())
}

/// Lets a passkey log in by itself again that rests since the password was reset.
#[post("/settings/security/passkeys/wake", data = "<post>")]
async fn wake(
    fresh: FreshEnrolling,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, Chosen<'_>>,
) -> web::Result<Answer> {
    let site = visit.site;
    let Some(fields) = post.fields() else {
        return Ok(form(&layout, site, &fresh, FormErrors::not_whole()).await?.into());
    };
    let Some(id) = PasskeyId::parse(fields.id) else { return Ok(unchanged()) };
    let submission = visit.leads(paths::SECURITY, Notice::PasskeyWoken);
    let by = ChangeBy { user: &fresh, client: &visit.client, submission: &submission };
    Ok(match change(site, &id, Change::Wake, by).await? {
        Changed::Done => submission.answer(),
        Changed::Unchanged => unchanged(),
        Changed::Wait(wait) => form(&layout, site, &fresh, FormErrors::wait(wait)).await?.into(),
    })
}

/// The answer if there was nothing to do.
fn unchanged() -> Answer {
    Redirect::to(paths::SECURITY).into()
}

/// How to correct the name of a passkey. It is no person's, and shorter than one.
fn wrong(error: &NameError) -> Sentence {
    match error {
        NameError::Empty => Sentence::new("passkeys-name-empty"),
        NameError::TooLong => Sentence::new("form-name-long").with("most", LONGEST_NAME),
        NameError::Unprintable | NameError::Invisible | NameError::Piled => error.sentence(),
    }
}
