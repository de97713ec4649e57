//! The purposes of links, with all their properties.

use crate::base::closed_set::closed_set;
use crate::base::config::values::LONGEST_MAIL_PAUSE;
use crate::base::words::DurationInWords;
use crate::people::audit::Event;
use crate::web::cookies::PrivateCookie;
use crate::web::paths;

/// The properties of one purpose.
pub(super) struct LinkProperties {
    /// The page that the link opens, or the one that asks for the code.
    pub(super) page: &'static str,
    /// Its lifetime, in seconds.
    pub(super) seconds: i64,
    /// How many of an account are valid at once. Beyond that the oldest is ended; for
    /// [`RevertEmail`](Purpose::RevertEmail), no further one is created.
    pub(super) most: i64,
    /// The cookie for its secret. `None` for a code: it is typed, not opened.
    pub(super) cookie: Option<PrivateCookie>,
    /// Whether using it confirms the address of the account.
    pub(super) confirms: bool,
    /// The event that is recorded when one is created.
    pub(super) made: Option<Event>,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// After the emails that strangers may request for an address at once, the next may be sent this many seconds
/// after the last.
pub const NEXT_MAIL_AFTER: i64 = LONGEST_MAIL_PAUSE;

closed_set! {
    /// What a link is for.
    pub enum Purpose {
        /// Set a new password, after forgetting the old one.
        // It is enough to take over the account. (NIST SP 800-63B-4 allows a day; emails are kept, so it
        // is short.) But never shorter than the time until the next one may be sent: either a link is
        // valid, or asking gets one.
        Reset = "reset" => LinkProperties {
            page: paths::RESET,
            seconds: NEXT_MAIL_AFTER,
            // If an email is late, another is requested, and then the first one is opened, it works. As
            // many as may be sent at once.
            most: 5,
            cookie: Some(PrivateCookie::named("reset", "__Host-reset")),
            confirms: true,
            made: Some(Event::ResetLinkMade),
        },
        /// Confirm an email address.
        // NIST SP 800-63B-4, 3.1.3.1: a day. It grants no access without the password.
        Confirm = "confirm" => LinkProperties {
            page: paths::CONFIRM,
            seconds: DAY,
            most: 1,
            cookie: Some(PrivateCookie::named("confirm", "__Host-confirm")),
            confirms: true,
            made: None,
        },
        /// Change the address of an account.
        Change = "change" => LinkProperties {
            page: paths::CHANGE_EMAIL,
            seconds: HOUR,
            most: 1,
            cookie: Some(PrivateCookie::named("change", "__Host-change")),
            confirms: false,
            made: None,
        },
        /// Restore the previous address.
        // An attacker who changed the address must not be safe before the owner is back.
        RevertEmail = "undo" => LinkProperties {
            page: paths::RESTORE_EMAIL,
            seconds: 7 * DAY,
            most: 20,
            cookie: Some(PrivateCookie::named("undo", "__Host-undo")),
            confirms: false,
            made: None,
        },
        /// End every session, after a login that the owner does not recognize.
        LockAccount = "secure" => LinkProperties {
            page: paths::SECURE,
            seconds: 7 * DAY,
            // Each reported login has its own link, which the next one does not end.
            most: 20,
            cookie: Some(PrivateCookie::named("secure", "__Host-secure")),
            confirms: false,
            made: None,
        },
        /// Delete the account.
        // It cannot be undone, so it is short.
        Close = "close" => LinkProperties {
            page: paths::DELETE,
            seconds: HOUR,
            most: 1,
            cookie: Some(PrivateCookie::named("close", "__Host-close")),
            confirms: false,
            made: None,
        },
        /// Replace a lost second factor, once. The only one that is a code.
        // It is worth nothing without the password, and is read out or typed at once: as short as that
        // allows.
        Recovery = "recovery" => LinkProperties {
            page: paths::RECOVERY,
            seconds: 30 * MINUTE,
            most: 1,
            cookie: None,
            confirms: false,
            made: Some(Event::RecoveryCodeMade),
        },
    }
    /// Its properties.
    pub(super) fn properties(self) -> LinkProperties;
}

impl Purpose {
    /// Its lifetime, in seconds.
    pub fn seconds(self) -> i64 {
        self.properties().seconds
    }

    /// Its lifetime, for a sentence of a page.
    pub fn duration(self) -> DurationInWords {
        DurationInWords::of(self.seconds())
    }

    /// Its lifetime, in the English of commands.
    pub fn life(self) -> String {
        let seconds = self.properties().seconds;
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
    use crate::people::accounts::EMAILS_FOLLOW_AFTER;

    #[test]
    fn emails_keep_their_language_as_long_as_a_change_of_the_address_can_be_undone() {
        assert_eq!(Purpose::RevertEmail.seconds(), EMAILS_FOLLOW_AFTER);
    }

    #[test]
    fn the_life_of_a_link_is_told_in_the_unit_that_fits() {
        let lives: Vec<_> = Purpose::ALL.iter().map(|purpose| purpose.life()).collect();
        assert_eq!(lives, ["an hour", "24 hours", "an hour", "7 days", "7 days", "an hour", "30 minutes"]);
    }
}
