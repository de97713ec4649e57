//! What the owner of the site chooses for its emails: their colour, their logo, and whom an answer reaches.

use lettre::message::Mailbox;

use crate::base::Settings;
use crate::base::config::contact::Contact;

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

/// Whom an answer reaches. `None` without a contact.
pub(super) fn reply_to(settings: &Settings) -> Option<Mailbox> {
    settings.contact.as_ref().map(Contact::mailbox)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_in_an_email_has_the_colour_of_those_on_pages() {
        let css = include_str!("../../../static/style.css");
        let (_, accent) = css.split_once("--accent:").unwrap();
        assert!(accent.trim_start().starts_with(ACCENT), "{ACCENT}");
    }
}
