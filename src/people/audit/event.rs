//! All events, with all their texts: the code in the database, the name in the log (from OWASP's Logging
//! Vocabulary), and the sentence for the owner.

use log::Level;

/// An event of an account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// An account was created.
    SignedUp,
    /// A password was right, and a session was started.
    LoggedIn,
    /// A remembered device opened a session.
    ResumedByDevice,
    /// A password was wrong.
    PasswordWrong,
    /// A password was right, but the address of the account is not confirmed.
    BarredUnconfirmed,
    /// A password was right, but the account is disabled.
    BarredDisabled,
    /// There were too many wrong passwords: a pause began.
    PasswordsPaused,
    /// The operator ended such a pause.
    Unlocked,
    /// A user who is logged in entered the password again.
    Reauthenticated,
    /// A device was remembered at login.
    DeviceRemembered,
    /// An older cookie of a remembered device was used again; the device was logged out.
    DeviceReused,
    /// A user logged out of a session.
    LoggedOut,
    /// A session, or a remembered device with its sessions, was logged out from another one.
    DeviceEnded,
    /// All other sessions were logged out.
    OthersEnded,
    /// The password was changed; all other sessions ended.
    PasswordChanged,
    /// The password was set with a link; all sessions ended.
    PasswordReset,
    /// A link for a new password was created.
    ResetLinkMade,
    /// The address was confirmed.
    Confirmed,
    /// A change of address was requested.
    EmailChangeAsked,
    /// The address of the account was changed.
    EmailChanged,
    /// The previous address was restored.
    EmailRestored,
    /// A link that deletes the account was requested.
    CloseAsked,
    /// The owner did not recognize a login: all sessions ended, and the password was removed.
    Secured,
    /// The name of the account was changed.
    NameChanged,
    /// The owner downloaded a copy of their data.
    Exported,
    /// The account was disabled.
    Disabled,
    /// The account was enabled again.
    Enabled,
    /// The account was deleted, with everything that belonged to it: only the log records this.
    Deleted,
}

/// The texts of one event.
pub(super) struct Words {
    /// The code in the database.
    pub(super) code: &'static str,
    /// The name in the log.
    pub(super) logged: &'static str,
    /// The sentence for the owner, followed by the browser and address.
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
                "The right password of an unconfirmed account was typed",
            ),
            Event::BarredDisabled => {
                ("barred_disabled", "authn_login_fail", "The right password of a disabled account was typed")
            }
            Event::PasswordsPaused => {
                ("passwords_paused", "authn_login_fail_max", "Too many wrong passwords were typed")
            }
            Event::Unlocked => ("unlocked", "user_updated", "The pause after wrong passwords was ended"),
            Event::Reauthenticated => ("reauthenticated", "authn_login_success", "Gave the password again"),
            Event::DeviceRemembered => ("device_remembered", "authn_token_created", "Asked to be remembered"),
            Event::DeviceReused => (
                "device_reused",
                "authn_token_reuse",
                "A remembered device was logged out, since a copy of its cookie was used",
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
                "All devices were logged out, and the password stopped, by a link in an email",
            ),
            Event::NameChanged => ("name_changed", "user_updated", "The name was changed"),
            Event::Exported => ("exported", "user_exported", "A copy of the data was taken"),
            Event::Disabled => ("disabled", "user_disabled", "The account was disabled"),
            Event::Enabled => ("enabled", "user_enabled", "The account was enabled again"),
            Event::Deleted => ("deleted", "user_deleted", "The account was deleted"),
        };
        Words { code, logged, sentence }
    }

    /// The level in the log.
    pub(super) fn level(self) -> Level {
        if self == Event::DeviceReused { Level::Warn } else { Level::Info }
    }

    /// The event with a code. `None` for a code of a newer version.
    pub(super) fn of(code: &str) -> Option<Event> {
        Event::ALL.iter().copied().find(|event| event.words().code == code)
    }
}
