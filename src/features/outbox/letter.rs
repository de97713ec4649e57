//! Every mail there is. Their words are in `templates/mail`, a folder for each.

use serde::{Deserialize, Serialize};

use crate::features::links::Purpose;
use crate::web::Visitor;

/// A mail.
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
    /// There is a new password.
    Password,
    /// There is another name.
    Name,
    /// A log-in from a browser not seen before, and a link for who does not know it.
    Device,
    /// Several wrong passwords in a row.
    Guesses,
}

impl Letter {
    /// All of them.
    pub(super) const ALL: &'static [Letter] = &[
        Letter::Confirm,
        Letter::Reset,
        Letter::Taken,
        Letter::Change,
        Letter::Changed,
        Letter::Password,
        Letter::Name,
        Letter::Device,
        Letter::Guesses,
    ];

    /// Its name in the database, and the name of its folder.
    pub(super) fn code(self) -> &'static str {
        match self {
            Letter::Confirm => "confirm",
            Letter::Reset => "reset",
            Letter::Taken => "taken",
            Letter::Change => "change",
            Letter::Changed => "changed",
            Letter::Password => "password",
            Letter::Name => "name",
            Letter::Device => "device",
            Letter::Guesses => "guesses",
        }
    }

    /// The link in it.
    pub(super) fn purpose(self) -> Option<Purpose> {
        match self {
            Letter::Confirm => Some(Purpose::Confirm),
            Letter::Reset => Some(Purpose::Reset),
            Letter::Change => Some(Purpose::Change),
            Letter::Changed => Some(Purpose::Undo),
            Letter::Device => Some(Purpose::Secure),
            Letter::Taken | Letter::Password | Letter::Name | Letter::Guesses => None,
        }
    }

    /// The mail of a row. `None` for one that a newer version wrote.
    pub(super) fn of(code: &str) -> Option<Letter> {
        Letter::ALL.iter().copied().find(|letter| letter.code() == code)
    }
}

/// What a mail tells of.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Facts {
    /// When it happened, in seconds since 1970.
    pub(super) at: i64,
    /// Who did it. `None`: the operator, from the command line.
    pub(super) visitor: Option<Visitor>,
}
