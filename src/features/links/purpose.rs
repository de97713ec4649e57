//! What a link is for, with all that is to know of it.

use crate::base::limit::NEXT_MAIL_AFTER;
use crate::people::audit::Event;
use crate::web::cookies::PrivateCookie;
use crate::web::paths;

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Purpose {
    /// A new password, for who has forgotten theirs.
    Reset,
    /// The proof that somebody reads the mail of their address.
    Confirm,
    /// Another address for an account.
    Change,
    /// The address before it again.
    Undo,
    /// The end of every session, for who does not know a log-in.
    Secure,
    /// The end of the account.
    Close,
}

/// All about one purpose.
pub(super) struct Facts {
    /// Its name in the database.
    pub(super) code: &'static str,
    /// The page that the link leads to.
    pub(super) page: &'static str,
    /// For how many seconds it is good.
    pub(super) seconds: i64,
    /// How many of an account are good at once. Beyond that the oldest goes; of an undo, no further one is made.
    pub(super) most: i64,
    /// The cookie that carries its secret.
    pub(super) cookie: PrivateCookie,
    /// What is written down when one is made.
    pub(super) made: Option<Event>,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

impl Purpose {
    /// All of them.
    pub(super) const ALL: &'static [Purpose] =
        &[Purpose::Reset, Purpose::Confirm, Purpose::Change, Purpose::Undo, Purpose::Secure, Purpose::Close];

    pub(super) fn facts(self) -> Facts {
        match self {
            // Whoever has it can take the account. (NIST SP 800-63B-4 allows a day; mails are kept, so it is short.) But never
            // shorter than until the next one may be sent: either one is good, or who asks gets one.
            Purpose::Reset => Facts {
                code: "reset",
                page: paths::RESET,
                seconds: NEXT_MAIL_AFTER,
                // A mail is late, another is asked for, and then the first one is opened: it works. As many as may be sent at once.
                most: 5,
                cookie: PrivateCookie::named("reset", "__Host-reset"),
                made: Some(Event::ResetLinkMade),
            },
            // NIST SP 800-63B-4, 3.1.3.1: a day. It opens nothing without the password.
            Purpose::Confirm => Facts {
                code: "confirm",
                page: paths::CONFIRM,
                seconds: DAY,
                most: 1,
                cookie: PrivateCookie::named("confirm", "__Host-confirm"),
                made: None,
            },
            Purpose::Change => Facts {
                code: "change",
                page: paths::CHANGE_EMAIL,
                seconds: HOUR,
                most: 1,
                cookie: PrivateCookie::named("change", "__Host-change"),
                made: None,
            },
            // Whoever took the account over and gave it another address must not be safe before its owner is back.
            Purpose::Undo => Facts {
                code: "undo",
                page: paths::RESTORE_EMAIL,
                seconds: 7 * DAY,
                most: 20,
                cookie: PrivateCookie::named("undo", "__Host-undo"),
                made: None,
            },
            Purpose::Secure => Facts {
                code: "secure",
                page: paths::SECURE,
                seconds: 7 * DAY,
                // Each log-in that its owner is told of has its own, which the next one does not end.
                most: 20,
                cookie: PrivateCookie::named("secure", "__Host-secure"),
                made: None,
            },
            // It cannot be taken back, so it is short.
            Purpose::Close => Facts {
                code: "close",
                page: paths::DELETE,
                seconds: HOUR,
                most: 1,
                cookie: PrivateCookie::named("close", "__Host-close"),
                made: None,
            },
        }
    }

    /// For how long it is good, in words.
    pub fn life(self) -> String {
        let seconds = self.facts().seconds;
        match seconds {
            _ if seconds == HOUR => "an hour".to_owned(),
            ..HOUR => format!("{} minutes", seconds / MINUTE),
            HOUR..=DAY => format!("{} hours", seconds / HOUR),
            _ => format!("{} days", seconds / DAY),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_life_of_a_link_is_told_in_the_unit_that_fits() {
        let lives: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.life()).collect();
        assert_eq!(lives, ["an hour", "24 hours", "an hour", "7 days", "7 days", "an hour"]);
    }
}
