//! Every kind of email. Their texts are in `templates/mail`, a folder for each.

use serde::{Deserialize, Serialize};

use crate::features::links::Purpose;
use crate::web::Visitor;

/// A kind of email.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Letter {
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

impl Letter {
    /// All of them.
    pub(super) const ALL: &'static [Letter] = &[
        Letter::Confirm,
        Letter::Reset,
        Letter::Taken,
        Letter::Change,
        Letter::Changed,
        Letter::Moved,
        Letter::Password,
        Letter::Name,
        Letter::Device,
        Letter::Guesses,
        Letter::Several,
        Letter::Close,
    ];

    /// Its code in the database, and the name of its folder.
    pub(super) fn code(self) -> &'static str {
        match self {
            Letter::Confirm => "confirm",
            Letter::Reset => "reset",
            Letter::Taken => "taken",
            Letter::Change => "change",
            Letter::Changed => "changed",
            Letter::Moved => "moved",
            Letter::Password => "password",
            Letter::Name => "name",
            Letter::Device => "device",
            Letter::Guesses => "guesses",
            Letter::Several => "several",
            Letter::Close => "close",
        }
    }

    /// The link in it.
    pub(super) fn purpose(self) -> Option<Purpose> {
        match self {
            Letter::Confirm => Some(Purpose::Confirm),
            Letter::Reset => Some(Purpose::Reset),
            Letter::Change => Some(Purpose::Change),
            Letter::Changed => Some(Purpose::Undo),
            Letter::Device | Letter::Several => Some(Purpose::Secure),
            Letter::Close => Some(Purpose::Close),
            Letter::Taken | Letter::Moved | Letter::Password | Letter::Name | Letter::Guesses => None,
        }
    }

    /// Its sentence in a list of several events, if it has one.
    pub(super) fn item(self) -> Option<&'static str> {
        match self {
            Letter::Device => {
                Some("Somebody logged in from a browser that had not been used with this password before")
            }
            Letter::Password => Some("The password was changed, and all other devices were logged out"),
            Letter::Name => Some("The name was changed"),
            Letter::Guesses => Some("Several wrong passwords in a row were typed"),
            Letter::Confirm | Letter::Reset | Letter::Taken | Letter::Change | Letter::Changed => None,
            Letter::Moved | Letter::Several | Letter::Close => None,
        }
    }

    /// The kind of email in a row. `None` for one of a newer version.
    pub(super) fn of(code: &str) -> Option<Letter> {
        Letter::ALL.iter().copied().find(|letter| letter.code() == code)
    }
}

/// What an email reports.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Facts {
    /// When it happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it. `None` for the operator on the command line.
    pub(super) visitor: Option<Visitor>,
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
    pub(super) visitor: Option<Visitor>,
    /// How often.
    #[serde(default = "once")]
    pub(super) times: u32,
    /// Whether it stands for all places that are not listed separately.
    #[serde(default)]
    pub(super) elsewhere: bool,
}

impl Item {
    /// An event that happened once.
    pub(super) fn new(letter: &str, at: i64, visitor: Option<Visitor>) -> Item {
        Item { letter: letter.to_owned(), at, visitor, times: once(), elsewhere: false }
    }
}

fn once() -> u32 {
    1
}
