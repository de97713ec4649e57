//! The emails that wait to be sent, and those that were given up, newest first. No text and no link of one is shown.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::one_account::Answered;
use super::paging::{Asked, MOST, Part, Place};
use crate::base::mailer::cut;
use crate::base::{Site, Time};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{Actor, Visit};
use crate::services::outbox::{self, EmailId, Retried, Waiting};
use crate::web::moment::Moment;
use crate::web::{self, Answer, Notice, Page, paths};

/// Their routes.
pub(super) fn routes() -> Vec<Route> {
    routes![index, retry, discard]
}

#[get("/admin/emails?<asked..>")]
async fn index(_admin: Admin, asked: Asked<'_>, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let part = part(site, &asked.place(EmailId::parse)).await?;
    // Counted once, on the page that is seen most.
    let queue = if part.is_newest() { Some(outbox::count(site).await?) } else { None };
    let context = json!({
        "emails": part.rows.iter().map(|email| row(&layout, site, email)).collect::<Vec<_>>(),
        "waiting": queue.map(|queue| queue.waiting),
        "given_up": queue.map(|queue| queue.given_up).filter(|count| *count > 0),
        "links": part.links(paths::ADMIN_EMAILS, |email| email.id.as_str().to_owned()),
    });
    Ok(layout.page("admin_emails.html", "admin-emails-title", context))
}

/// One page of the list.
async fn part(site: &Site, place: &Place<EmailId>) -> sqlx::Result<Part<Waiting>> {
    if let Place::NewerThan(than) = place
        && let Some(part) = Part::newer(outbox::newer(site, than, MOST).await?)
    {
        return Ok(part);
    }
    let than = place.older_than();
    Ok(Part::older(outbox::older(site, than, MOST).await?, than.is_none()))
}

fn row(layout: &Layout<'_>, site: &Site, email: &Waiting) -> Value {
    let moment = |seconds: i64| Moment::recent(Time::from_unix(seconds), site, layout.language());
    json!({
        "id": email.id.as_str(),
        "kind": email.kind,
        "address": email.address,
        "queued": moment(email.queued_at),
        "attempts": email.attempts,
        // The first attempt comes within seconds.
        "next": (email.attempts > 0 && email.given_up_at.is_none()).then(|| moment(email.due_at)),
        "given_up": email.given_up_at.map(moment),
        // The server's own words.
        "trouble": email.last_error.as_deref().map(cut),
    })
}

#[post("/admin/emails/<id>/attempts")]
async fn retry(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    let Some(id) = EmailId::parse(id) else { return Ok(Err(Status::NotFound)) };
    let by = admin.acting_from(&visit.client);
    let submission = visit.leads(paths::ADMIN_EMAILS, Notice::AdminEmailRetried);
    let refused = match outbox::retry(visit.site, &id, Actor::Administrator(&by), &submission).await? {
        Retried::Done => return Ok(Ok(submission.answer())),
        Retried::Underway => Notice::AdminEmailUnderway,
        // It was sent since the page was shown, or given up.
        Retried::GivenUp | Retried::NotFound => Notice::AdminEmailGone,
    };
    Ok(Ok(refused.after(Redirect::to(paths::ADMIN_EMAILS)).into()))
}

#[post("/admin/emails/<id>/removal")]
async fn discard(admin: Admin, id: &str, visit: Visit<'_>) -> Answered<Answer> {
    let Some(id) = EmailId::parse(id) else { return Ok(Err(Status::NotFound)) };
    let by = admin.acting_from(&visit.client);
    let submission = visit.leads(paths::ADMIN_EMAILS, Notice::AdminEmailDropped);
    Ok(Ok(match outbox::discard_one(visit.site, &id, Actor::Administrator(&by), &submission).await? {
        true => submission.answer(),
        false => Notice::AdminEmailGone.after(Redirect::to(paths::ADMIN_EMAILS)).into(),
    }))
}
