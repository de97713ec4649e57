//! Rows of an account, as the document has them.

use serde_json::{Value, json};

use crate::base::{Language, Sentence, Site, Time};
use crate::people::accounts::Account;
use crate::people::audit::Item;
use crate::people::groups::Membership;
use crate::people::passes::AppLogin;
use crate::people::sessions::Place;
use crate::services::invitations::UsedInvitation;
use crate::services::outbox::Waiting;

pub(super) fn account(account: &Account) -> Value {
    json!({
        "id": account.id.as_str(),
        "email": account.email,
        "name": account.name,
        "handle": account.handle,
        "created_at": account.created_at.rfc3339(),
        "confirmed_at": account.confirmed_at.map(Time::rfc3339),
        "logged_in_at": account.logged_in_at.map(Time::rfc3339),
        "logged_in_browser": account.logged_in_browser.map(|browser| browser.to_string()),
        "language": account.language.map(Language::code),
        "language_before": account.language_before.map(Language::code),
        "language_changed_at": account.language_changed_at.map(Time::rfc3339),
        "terms_version": account.terms_version,
        "terms_accepted_at": account.terms_accepted_at.map(Time::rfc3339),
    })
}

pub(super) fn used_invitation(used: &UsedInvitation) -> Value {
    json!({ "used_at": used.used_at.rfc3339(), "email": used.email })
}

pub(super) fn membership(membership: &Membership) -> Value {
    let Membership { group, title, since, .. } = membership;
    json!({ "name": group.as_str(), "title": title, "since": since.rfc3339() })
}

pub(super) fn place(place: &Place) -> Value {
    json!({
        "browser": place.browser.to_string(),
        "address": place.address,
        "logged_in_at": place.began.rfc3339(),
        "last_used_at": place.last_used.rfc3339(),
        "remembered": place.remembered,
    })
}

/// A login at an app behind the proxy.
pub(super) fn app_login(login: &AppLogin) -> Value {
    json!({ "title": login.title, "address": login.origin, "since": login.since.rfc3339() })
}

/// An event, with its sentences in a language; and the name of the group that the account joined or left.
pub(super) fn event(site: &Site, language: Language, item: &Item) -> Value {
    let say = |sentence: &Sentence| site.words.text(language, sentence);
    let (what, place) = (item.sentence(), item.place());
    let (what, place) = (say(&what), say(&place));
    let mut event = json!({ "at": item.at.rfc3339(), "event": item.code(), "what": what, "where": place });
    if let Some(group) = item.group() {
        event["group"] = group.into();
    }
    event
}

pub(super) fn email(email: &Waiting) -> Value {
    let at = Time::from_unix(email.queued_at).rfc3339();
    json!({ "kind": email.kind, "address": email.address, "queued_at": at })
}
