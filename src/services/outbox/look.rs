//! What the owner of the site chooses for its emails: their colour, their logo, and whom an answer reaches.

use lettre::message::Mailbox;

use crate::base::Settings;

/// The colour of buttons, if none is set: the one on pages.
const ACCENT: &str = "#0b655f";

/// The colour of buttons, as it stands in a style. Their text is white.
pub(super) fn accent(settings: &Settings) -> String {
    settings.accent.as_ref().map_or_else(|| ACCENT.to_owned(), ToString::to_string)
}

/// The full address of the logo, if there is one; `path` is where this site serves it. An email does not contain
/// it: it is a file of the site like any other, with the same address for all, and says nothing about a reader.
pub(super) fn logo(settings: &Settings, path: Option<&str>) -> Option<String> {
    path.map(|path| format!("{}{path}", settings.base_url))
}

/// Whom an answer reaches, as an address with a name or without. `None` without a contact, or if it is none that
/// emails can be sent to.
pub(super) fn reply_to(settings: &Settings) -> Option<String> {
    let contact = settings.contact.as_ref().map(ToString::to_string);
    contact.filter(|contact| contact.parse::<Mailbox>().is_ok())
}
