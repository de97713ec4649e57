//! Every mail there is. Their words are in `templates/mail`, a folder for each.

use serde::{Deserialize, Serialize};

use crate::features::links::Purpose;
use crate::web::Visitor;

/// An email.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Letter {
    /// A link that proves who reads it.
    Confirm,
    /// A link for a new password.
    Reset,
    /// Somebody wanted an account for this address, which has one.
    Taken,
    /// To an address that an account is to have: a link that gives it to it.
    Change,
    /// To the address that an account had: it has another, and a link that undoes that.
    Changed,
    /// The same where the operator vouched for the other address: there is nothing to undo that by.
    Moved,
    /// There is a new password.
    Password,
    /// There is another name.
    Name,
    /// A log-in from a browser not seen before, and a link for who does not know it.
    Device,
    /// Several wrong passwords in a row.
    Guesses,
    /// What would have been several emails, told in one, and a link for who does not know some of it.
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

    /// Its name in the database, and the name of its folder.
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

    /// What it tells of, as an item of a list, where that is how it is told.
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

    /// The mail of a row. `None` for one that a newer version wrote.
    pub(super) fn of(code: &str) -> Option<Letter> {
        Letter::ALL.iter().copied().find(|letter| letter.code() == code)
    }
}

/// What an email tells of.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Facts {
    /// When it happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it. `None`: the operator, from the command line.
    pub(super) visitor: Option<Visitor>,
    /// Each of several things, in the order in which they first happened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Item>,
}

/// One of several things that an email tells of, however often it happened.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct Item {
    /// The mail that it would have been.
    pub(super) letter: String,
    /// When it happened last, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it.
    pub(super) visitor: Option<Visitor>,
    /// How often.
    #[serde(default = "once")]
    pub(super) times: u32,
    /// Whether it stands for all that is not listed by itself: from here and there.
    #[serde(default)]
    pub(super) elsewhere: bool,
}

impl Item {
    /// Something that happened once.
    pub(super) fn new(letter: &str, at: i64, visitor: Option<Visitor>) -> Item {
        Item { letter: letter.to_owned(), at, visitor, times: once(), elsewhere: false }
    }
}

fn once() -> u32 {
    1
}
