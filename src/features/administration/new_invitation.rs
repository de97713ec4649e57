//! A new invitation. Its page shows the link, once.

use rocket::{FromForm, Route, State, get, post, routes};
use serde_json::{Value, json};

use super::group_words::GroupWords;
use super::shown_link;
use crate::base::{Sentence, Site};
use crate::features::invite::{self, ByEmail, Invited};
use crate::layout::Layout;
use crate::people::groups::Admin;
use crate::people::{Actor, Email, Handle, Visit};
use crate::services::invitations::{
    CannotInvite, InvitationId, Lifetime, MAX_OPEN, Made, NewInvitation, NotFree, Note, Uses,
};
use crate::services::links::HandedOver;
use crate::web::{self, Answer, FormErrors, Notice, Page, Post, paths};

/// Its routes.
pub(super) fn routes() -> Vec<Route> {
    routes![new, create]
}

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// How long an invitation can last, for choosing: a code, and seconds. The command line takes any time.
const LASTS: [(&str, i64); 5] =
    [("1h", HOUR), ("1d", DAY), ("7d", 7 * DAY), ("30d", 30 * DAY), ("365d", 365 * DAY)];

/// The code of the default.
const A_WEEK: &str = "7d";

#[derive(FromForm)]
struct New<'r> {
    note: &'r str,
    /// The only address that can use it; empty for anyone.
    email: &'r str,
    /// Groups, with spaces or commas between them.
    groups: &'r str,
    /// What apps call the account that uses it; empty or missing for none.
    handle: Option<&'r str>,
    uses: &'r str,
    lasts: &'r str,
    /// Ticked if the link is emailed as well.
    mail: Option<&'r str>,
}

/// What was typed.
struct Typed {
    note: String,
    email: String,
    groups: String,
    handle: String,
    uses: String,
    lasts: String,
    mail: bool,
}

#[get("/admin/invitations/new")]
async fn new(_admin: Admin, layout: Layout<'_>, site: &State<Site>) -> web::Result<Page> {
    let [note, email, groups, handle] = [const { String::new() }; 4];
    let (uses, lasts) = ("1".to_owned(), A_WEEK.to_owned());
    let typed = Typed { note, email, groups, handle, uses, lasts, mail: false };
    form(&layout, site, &typed, FormErrors::none()).await
}

#[post("/admin/invitations/new", data = "<post>")]
async fn create(
    admin: Admin,
    layout: Layout<'_>,
    visit: Visit<'_>,
    post: Post<'_, New<'_>>,
) -> web::Result<Answer> {
    let site = visit.site;
    let typed = Typed {
        note: post.typed("note"),
        email: post.typed("email"),
        groups: post.typed("groups"),
        handle: post.typed("handle"),
        uses: post.typed("uses"),
        lasts: post.typed("lasts"),
        mail: !post.typed("mail").is_empty(),
    };
    let invalid = async |errors: FormErrors| form(&layout, site, &typed, errors).await.map(Answer::from);
    let Some(fields) = post.fields() else { return invalid(FormErrors::not_whole()).await };
    let new = match parsed(&fields, &GroupWords::read(&layout, site).await?) {
        Ok(new) => NewInvitation { created_by_account: Some(admin.id.clone()), ..new },
        Err(errors) => return invalid(errors).await,
    };
    let by_email = if fields.mail.is_some() { ByEmail::Yes } else { ByEmail::No };
    let by = admin.acting_from(&visit.client);
    let notice = match by_email == ByEmail::Yes && site.mailer.is_on() {
        true => Notice::AdminInvitationMailed,
        false => Notice::AdminInvitationMade,
    };
    let leads = |id: &InvitationId| visit.leads(paths::admin_invitation(id.as_str()), notice);
    match invite::invite(site, &new, by_email, Actor::Administrator(&by), leads).await? {
        Invited::Done(made, submission) => {
            let id = made.invitation.id.as_str();
            shown_link::keep(&admin, id, &handed_over(site, &made), visit.cookies);
            Ok(submission.answer())
        }
        Invited::Refused(refusal) => invalid(refused(&refusal)).await,
        Invited::Wait(wait) => invalid(FormErrors::wait(wait)).await,
    }
}

/// The invitation that is to be made, or what is wrong with the fields.
fn parsed(fields: &New<'_>, known: &GroupWords) -> Result<NewInvitation, FormErrors> {
    let for_anyone = fields.email.trim().is_empty();
    let email = if for_anyone { None } else { Email::new_address(fields.email) };
    let Some(lifetime) = lifetime(fields.lasts) else { return Err(FormErrors::not_whole()) };
    let (note, uses) = (Note::parse(fields.note), Uses::parse(fields.uses));
    let groups = known.typed(fields.groups, &[]);
    let handle = match fields.handle.map(str::trim).unwrap_or_default() {
        "" => Ok(None),
        typed => Handle::parse(typed).map(Some),
    };
    let of_email = match (for_anyone, &email) {
        // An invitation for anyone was not meant then.
        (true, _) if fields.mail.is_some() => Some("admin-invitation-mail-where"),
        (false, None) => Some(Email::advice(fields.email)),
        _ => None,
    };
    let of_groups = groups.as_ref().err().cloned();
    let of_uses = match uses {
        None => Some("admin-invitation-uses-wrong"),
        Some(uses) if !for_anyone && uses != Uses::ONCE => Some("admin-invitation-uses-once"),
        Some(uses) if handle != Ok(None) && uses != Uses::ONCE => Some("admin-invitation-handle-once"),
        Some(_) => None,
    };
    let errors = FormErrors::none()
        .and("note", note.is_none().then_some("admin-invitation-note-wrong"))
        .and("email", of_email)
        .and("groups", of_groups)
        .and("handle", handle.as_ref().err().map(|error| error.sentence()))
        .and("uses", of_uses);
    match (note, groups, handle, uses) {
        (Some(note), Ok(groups), Ok(handle), Some(uses)) if errors.is_empty() => {
            Ok(NewInvitation { email, groups, handle, uses, lifetime, note, created_by_account: None })
        }
        _ => Err(errors),
    }
}

/// Why none was made, next to the field that it is about.
fn refused(refusal: &CannotInvite) -> FormErrors {
    match refusal {
        CannotInvite::OnlyOnce => FormErrors::of("uses", "admin-invitation-uses-once"),
        CannotInvite::HandleOnce => FormErrors::of("uses", "admin-invitation-handle-once"),
        CannotInvite::Handle(_, NotFree::Taken) => FormErrors::of("handle", "admin-handle-taken"),
        CannotInvite::Handle(_, NotFree::UsedBefore) => FormErrors::of("handle", "admin-handle-used"),
        CannotInvite::Handle(_, NotFree::Promised) => {
            FormErrors::of("handle", "admin-invitation-handle-promised")
        }
        CannotInvite::NoGroup(name) => {
            FormErrors::of("groups", Sentence::new("admin-new-no-group").with("group", name.as_str()))
        }
        CannotInvite::TooMany => FormErrors::about_all(too_many()),
    }
}

/// There are as many open ones as there may be.
pub(super) fn too_many() -> Sentence {
    Sentence::new("admin-invitations-too-many").with("count", MAX_OPEN)
}

/// The link of an invitation, for the page that shows it.
pub(super) fn handed_over(site: &Site, made: &Made) -> HandedOver {
    HandedOver { address: made.address(site), ends_at: made.invitation.ends_at }
}

/// The time with a code.
pub(super) fn lifetime(code: &str) -> Option<Lifetime> {
    let (_, seconds) = LASTS.into_iter().find(|(known, _)| *known == code)?;
    Lifetime::of_seconds(seconds)
}

/// The times to choose from. A week, if the code of the chosen one is none.
pub(super) fn lasts(layout: &Layout<'_>, chosen: &str) -> Vec<Value> {
    let chosen = if lifetime(chosen).is_some() { chosen } else { A_WEEK };
    let choice = |(code, seconds): (&str, i64)| {
        let text = layout.say(&Sentence::new("duration").lasting(seconds));
        json!({ "code": code, "text": text, "chosen": code == chosen })
    };
    LASTS.into_iter().map(choice).collect()
}

/// The page, with what was typed.
async fn form(layout: &Layout<'_>, site: &Site, typed: &Typed, errors: FormErrors) -> web::Result<Page> {
    let context = json!({
        "note": typed.note,
        "email": Email::shown_again(&typed.email),
        "groups": typed.groups,
        "handle": typed.handle,
        "uses": typed.uses,
        "lasts": lasts(layout, &typed.lasts),
        "mail": typed.mail,
        "known_groups": GroupWords::read(layout, site).await?.all(),
        "focus": errors.focus(&["note", "email", "groups", "handle", "uses"], "note"),
    });
    Ok(layout.page("admin_new_invitation.html", "admin-new-invitation-title", context).with_errors(errors))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_time_to_choose_from_is_allowed() {
        for (code, seconds) in LASTS {
            assert_eq!(lifetime(code).map(Lifetime::seconds), Some(seconds), "{code}");
        }
        assert_eq!(lifetime(A_WEEK), Some(Lifetime::WEEK));
        for odd in ["", "7", "7d ", "366d", "0d"] {
            assert_eq!(lifetime(odd), None, "{odd}");
        }
    }
}
