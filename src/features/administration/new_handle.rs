//! The form that gives an account another handle, or none: what apps call it, which its owner cannot change.

use rocket::http::Status;
use rocket::{FromForm, Route, post, routes};

use super::acts::{self, By};
use super::one_account::{Answered, Typed, found, page};
use crate::layout::Layout;
use crate::people::Visit;
use crate::people::accounts::{Handle, HandleSet};
use crate::people::groups::Admin;
use crate::web::{Answer, FormErrors, Notice, Post, paths};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![change]
}

#[derive(FromForm)]
struct NewHandle<'r> {
    /// Empty: none.
    handle: &'r str,
}

/// An administrator may change their own, too: no setting of theirs does.
#[post("/admin/accounts/<id>/handle", data = "<post>")]
async fn change(
    admin: Admin,
    id: &str,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, NewHandle<'_>>,
) -> Answered<Answer> {
    let Some(account) = found(visit.site, id).await? else { return Ok(Err(Status::NotFound)) };
    let typed = post.typed("handle");
    let invalid = async |errors: FormErrors| {
        let typed = Typed { handle: Some(&typed), errors, ..Typed::default() };
        let shown = page(&layout, visit.site, &admin, &account, typed).await;
        shown.map(|page| Ok(Answer::from(page)))
    };
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let handle = match fields.handle.trim() {
        "" => None,
        typed => match Handle::parse(typed) {
            Ok(handle) => Some(handle),
            Err(error) => return invalid(FormErrors::of("handle", error.sentence())).await,
        },
    };
    let administrator = &admin.acting_from(&visit.client);
    let submission = visit.leads(paths::admin_account(account.id.as_str()), Notice::AdminHandleChanged);
    let by = By { administrator, submission: &submission };
    match acts::set_handle(visit.site, &account, handle.as_ref(), by).await? {
        HandleSet::Done | HandleSet::Unchanged => Ok(Ok(submission.answer())),
        HandleSet::Taken => invalid(FormErrors::of("handle", "admin-handle-taken")).await,
        HandleSet::UsedBefore => invalid(FormErrors::of("handle", "admin-handle-used")).await,
    }
}
