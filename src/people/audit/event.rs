//! Everything that can happen, with all its words: what the database calls it, what the log calls it (by OWASP's Logging
//! Vocabulary), and what its owner reads.

use log::Level;

/// Something that happened to an account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// An account was made.
    SignedUp,
    /// A password was right, and a session was started.
    LoggedIn,
    /// A remembered device opened a session.
    ResumedByDevice,
    /// A password was wrong.
    PasswordWrong,
    /// A password was right, but nobody has proved to read the mail of the account's address.
    BarredUnconfirmed,
    /// A password was right, but the account is disabled.
    BarredDisabled,
    /// It was one too many: a pause began.
    PasswordsPaused,
    /// The operator ended that pause.
    Unlocked,
    /// Somebody who is logged in gave their password again.
    Reauthenticated,
    /// A device was remembered at log-in.
    DeviceRemembered,
    /// An older cookie of a remembered device was used once more; it was logged out.
    DeviceReused,
    /// A session was ended where it was.
    LoggedOut,
    /// A session, or a remembered device with its sessions, was ended from another one.
    DeviceEnded,
    /// All but one were.
    OthersEnded,
    /// There is a new password; everything else ended.
    PasswordChanged,
    /// There is a new password, set by a link; everything ended.
    PasswordReset,
    /// A link for that was made.
    ResetLinkMade,
    /// Its owner proved to read the mail of its address.
    Confirmed,
    /// A link that gives it another address was asked for.
    EmailChangeAsked,
    /// The account has another address.
    EmailChanged,
    /// It has the one before again.
    EmailRestored,
    /// A link that deletes the account was asked for.
    CloseAsked,
    /// Its owner did not know a log-in: everything ended, and the password with it.
    Secured,
    /// The account has another name.
    NameChanged,
    /// Its owner took a copy of what is held about them.
    Exported,
    /// Nobody may sign in any more.
    Disabled,
    /// Somebody may again.
    Enabled,
    /// It is gone, with all that belonged to it: this is told to the log alone.
    Deleted,
}

/// The words for one event.
pub(super) struct Words {
    /// In the database.
    pub(super) code: &'static str,
    /// In the log.
    pub(super) logged: &'static str,
    /// For its owner, followed by where it was done.
    pub(super) sentence: &'static str,
}

impl Event {
    const ALL: &'static [Event] = &[
        Event::SignedUp,
        Event::LoggedIn,
        Event::ResumedByDevice,
        Event::PasswordWrong,
        Event::BarredUnconfirmed,
        Event::BarredDisabled,
        Event::PasswordsPaused,
        Event::Unlocked,
        Event::Reauthenticated,
        Event::DeviceRemembered,
        Event::DeviceReused,
        Event::LoggedOut,
        Event::DeviceEnded,
        Event::OthersEnded,
        Event::PasswordChanged,
        Event::PasswordReset,
        Event::ResetLinkMade,
        Event::Confirmed,
        Event::EmailChangeAsked,
        Event::EmailChanged,
        Event::EmailRestored,
        Event::CloseAsked,
        Event::Secured,
        Event::NameChanged,
        Event::Exported,
        Event::Disabled,
        Event::Enabled,
        Event::Deleted,
    ];

    pub(super) fn words(self) -> Words {
        let (code, logged, sentence) = match self {
            Event::SignedUp => ("signed_up", "user_created", "Signed up"),
            Event::LoggedIn => ("logged_in", "authn_login_success", "Logged in"),
            Event::ResumedByDevice => {
                ("resumed_by_device", "authn_login_success", "Logged in by a remembered device")
            }
            Event::PasswordWrong => ("password_wrong", "authn_login_fail", "A wrong password was typed"),
            Event::BarredUnconfirmed => (
                "barred_unconfirmed",
                "authn_login_fail",
                "The right password was typed, but the email address was not confirmed; the log-in came",
            ),
            Event::BarredDisabled => (
                "barred_disabled",
                "authn_login_fail",
                "The right password was typed, but the account was disabled; the log-in came",
            ),
            Event::PasswordsPaused => {
                ("passwords_paused", "authn_login_fail_max", "Too many wrong passwords were typed")
            }
            Event::Unlocked => ("unlocked", "user_updated", "The pause after wrong passwords was ended"),
            Event::Reauthenticated => ("reauthenticated", "authn_login_success", "Gave the password again"),
            Event::DeviceRemembered => ("device_remembered", "authn_token_created", "Asked to be remembered"),
            Event::DeviceReused => (
                "device_reused",
                "authn_token_reuse",
                "A copy of a remembered device's cookie was used, and the device logged out,",
            ),
            Event::LoggedOut => ("logged_out", "session_expired", "Logged out"),
            Event::DeviceEnded => ("device_ended", "session_expired", "Logged out another device"),
            Event::OthersEnded => ("others_ended", "session_expired", "Logged out all other devices"),
            Event::PasswordChanged => {
                ("password_changed", "authn_password_change", "The password was changed")
            }
            Event::PasswordReset => {
                ("password_reset", "authn_password_change", "The password was changed by a reset link")
            }
            Event::ResetLinkMade => ("reset_link_made", "authn_token_created", "A reset link was made"),
            Event::Confirmed => ("confirmed", "user_updated", "The email address was confirmed"),
            Event::EmailChangeAsked => {
                ("email_change_asked", "authn_token_created", "Another email address was asked for")
            }
            Event::EmailChanged => ("email_changed", "user_updated", "The email address was changed"),
            Event::EmailRestored => {
                ("email_restored", "user_updated", "The change of the email address was undone")
            }
            Event::CloseAsked => {
                ("close_asked", "authn_token_created", "A link that deletes the account was asked for")
            }
            Event::Secured => (
                "secured",
                "session_expired",
                "All devices were logged out, and the password stopped, by a link in a mail",
            ),
            Event::NameChanged => ("name_changed", "user_updated", "The name was changed"),
            Event::Exported => ("exported", "user_exported", "A copy of the data was taken"),
            Event::Disabled => ("disabled", "user_disabled", "The account was disabled"),
            Event::Enabled => ("enabled", "user_enabled", "The account was enabled again"),
            Event::Deleted => ("deleted", "user_deleted", "The account was deleted"),
        };
        Words { code, logged, sentence }
    }

    /// How loudly the log says it.
    pub(super) fn level(self) -> Level {
        if self == Event::DeviceReused { Level::Warn } else { Level::Info }
    }

    /// The event of a row. `None` for one that a newer version wrote.
    pub(super) fn of(code: &str) -> Option<Event> {
        Event::ALL.iter().copied().find(|event| event.words().code == code)
    }
}
