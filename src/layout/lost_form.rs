//! What is lost with a form that needs a login, sent without one: in some of them nothing was typed.

use rocket::Request;

use crate::web::paths;

/// Forms that are only a button: nothing that was typed in them is lost.
const BUTTONS: [&str; 17] = [
    paths::JOIN_INVITED,
    paths::EXPORT,
    paths::END_DEVICE,
    paths::END_OTHER_DEVICES,
    paths::CANCEL_EMAIL,
    paths::LANGUAGE,
    paths::TWO_FACTOR,
    paths::NEW_APP,
    paths::REMOVE_APP,
    paths::NEW_CODES,
    paths::CODES,
    paths::CODES_FILE,
    paths::PASSKEYS,
    paths::PLAIN_PASSKEY,
    paths::UPGRADE,
    paths::REMOVE_PASSKEY,
    paths::WAKE_PASSKEY,
];

/// Buttons on the page of one thing of a list of administrators: the list, and how the address ends. An app has forms of its
/// own below `/admin`, so each is named with its list.
const BUTTONS_OF_ADMINISTRATORS: [(&str, &str); 19] = [
    (paths::ADMIN_ACCOUNTS, "logout"),
    (paths::ADMIN_ACCOUNTS, "devices"),
    (paths::ADMIN_ACCOUNTS, "disabling"),
    (paths::ADMIN_ACCOUNTS, "enabling"),
    (paths::ADMIN_ACCOUNTS, "confirmation"),
    (paths::ADMIN_ACCOUNTS, "unlocking"),
    (paths::ADMIN_ACCOUNTS, "network-unlocking"),
    (paths::ADMIN_ACCOUNTS, "factor-removal"),
    (paths::ADMIN_ACCOUNTS, "links"),
    (paths::ADMIN_ACCOUNTS, "memberships"),
    (paths::ADMIN_ACCOUNTS, "departures"),
    (paths::ADMIN_INVITATIONS, "links"),
    (paths::ADMIN_INVITATIONS, "revocation"),
    (paths::ADMIN_GROUPS, "departures"),
    (paths::ADMIN_APPS, "disabling"),
    (paths::ADMIN_APPS, "enabling"),
    (paths::ADMIN_APPS, "removal"),
    (paths::ADMIN_EMAILS, "attempts"),
    (paths::ADMIN_EMAILS, "removal"),
];

/// Whether something was typed in the form of this request. A form that is not known to be a button has fields.
pub(super) fn is_typed(request: &Request<'_>) -> bool {
    let path = request.uri().path().as_str();
    !BUTTONS.contains(&path) && !is_button_of_administrators(path)
}

/// Whether the address is one such as `/admin/accounts/ID/disabling`.
fn is_button_of_administrators(path: &str) -> bool {
    let parts = path.rsplit_once('/').and_then(|(page, act)| Some((page.rsplit_once('/')?.0, act)));
    parts.is_some_and(|parts| BUTTONS_OF_ADMINISTRATORS.contains(&parts))
}
