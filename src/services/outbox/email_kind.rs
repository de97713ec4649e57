//! Every kind of email. Their texts are in `templates/mail`, a folder for each.

use serde::{Deserialize, Serialize};

use crate::base::Client;
use crate::services::links::Purpose;

/// A kind of email.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum EmailKind {
    /// A link that confirms an address.
    Confirm,
    /// A link for a new password.
    Reset,
    /// A sign-up with this address, which already has an account.
    Taken,
    /// To the new address of an account: a link that changes it.
    Change,
    /// To the previous address of an account: it was changed, and a link that undoes that.
    Changed,
    /// The same if the operator vouched for the new address: without a link.
    Moved,
    /// The password was changed.
    Password,
    /// The name was changed.
    Name,
    /// A login from a new browser, and a link for an owner who does not recognize it.
    Device,
    /// Several wrong passwords in a row.
    Guesses,
    /// What would have been several emails, in one, and a link for an owner who does not recognize something.
    Several,
    /// A link that deletes the account.
    Close,
}

impl EmailKind {
    /// All of them.
    pub(super) const ALL: &'static [EmailKind] = &[
        EmailKind::Confirm,
        EmailKind::Reset,
        EmailKind::Taken,
        EmailKind::Change,
        EmailKind::Changed,
        EmailKind::Moved,
        EmailKind::Password,
        EmailKind::Name,
        EmailKind::Device,
        EmailKind::Guesses,
        EmailKind::Several,
        EmailKind::Close,
    ];

    /// Its code in the database, and the name of its folder.
    pub(super) fn code(self) -> &'static str {
        match self {
            EmailKind::Confirm => "confirm",
            EmailKind::Reset => "reset",
            EmailKind::Taken => "taken",
            EmailKind::Change => "change",
            EmailKind::Changed => "changed",
            EmailKind::Moved => "moved",
            EmailKind::Password => "password",
            EmailKind::Name => "name",
            EmailKind::Device => "device",
            EmailKind::Guesses => "guesses",
            EmailKind::Several => "several",
            EmailKind::Close => "close",
        }
    }

    /// The link in it.
    pub(super) fn purpose(self) -> Option<Purpose> {
        match self {
            EmailKind::Confirm => Some(Purpose::Confirm),
            EmailKind::Reset => Some(Purpose::Reset),
            EmailKind::Change => Some(Purpose::Change),
            EmailKind::Changed => Some(Purpose::RevertEmail),
            EmailKind::Device | EmailKind::Several => Some(Purpose::LockAccount),
            EmailKind::Close => Some(Purpose::Close),
            EmailKind::Taken
            | EmailKind::Moved
            | EmailKind::Password
            | EmailKind::Name
            | EmailKind::Guesses => None,
        }
    }

    /// Its sentence in a list of several events, if it has one.
    pub(super) fn item(self) -> Option<&'static str> {
        match self {
            EmailKind::Device => {
                Some("Somebody logged in from a browser that had not been used with this password before")
            }
            EmailKind::Password => Some("The password was changed, and all other devices were logged out"),
            EmailKind::Name => Some("The name was changed"),
            EmailKind::Guesses => Some("Several wrong passwords in a row were typed"),
            EmailKind::Confirm
            | EmailKind::Reset
            | EmailKind::Taken
            | EmailKind::Change
            | EmailKind::Changed => None,
            EmailKind::Moved | EmailKind::Several | EmailKind::Close => None,
        }
    }

    /// The kind of email in a row. `None` for one of a newer version.
    pub(super) fn of(code: &str) -> Option<EmailKind> {
        EmailKind::ALL.iter().copied().find(|letter| letter.code() == code)
    }
}

/// What an email reports.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct EmailData {
    /// When it happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it. `None` for the operator on the command line.
    #[serde(rename = "visitor")]
    pub(super) client: Option<Client>,
    /// Each of several events, in the order in which they first happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Item>,
}

/// One of several events in an email, however often it happened.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Item {
    /// The kind of email that it would have been.
    pub(super) letter: String,
    /// When it last happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it.
    #[serde(rename = "visitor")]
    pub(super) client: Option<Client>,
    /// How often.
    #[serde(default = "once")]
    pub(super) times: u32,
    /// Whether it stands for all places that are not listed separately.
    #[serde(default)]
    pub(super) elsewhere: bool,
}

impl Item {
    /// An event that happened once.
    pub(super) fn new(letter: &str, at: i64, client: Option<Client>) -> Item {
        Item { letter: letter.to_owned(), at, client, times: once(), elsewhere: false }
    }
}

fn once() -> u32 {
    1
}
