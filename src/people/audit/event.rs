//! All events, with all their texts: the code in the database, and the name (from OWASP's Logging Vocabulary) and
//! the sentence in the log. The sentence for the owner has the key `event-` and the code.

use log::Level;

use crate::base::closed_set::closed_set;

closed_set! {
    /// An event of an account.
    pub enum Event {
        /// An account was created.
        SignedUp = "signed_up" => Words { logged: "user_created", sentence: "Signed up" },
        /// A password was right, and a session was started.
        LoggedIn = "logged_in" => Words { logged: "authn_login_success", sentence: "Logged in" },
        /// The same, in a browser in which the owner was not known. Never the first login.
        LoggedInNewBrowser = "logged_in_new_browser" => Words {
            logged: "authn_login_success",
            sentence: "Logged in from a new browser",
        },
        /// A remembered device opened a session.
        ResumedByDevice = "resumed_by_device" => Words {
            logged: "authn_login_success",
            sentence: "Logged in by a remembered device",
        },
        /// A password was wrong.
        PasswordWrong = "password_wrong" => Words {
            logged: "authn_login_fail",
            sentence: "A wrong password was typed",
        },
        /// A password was right, but the address of the account is not confirmed.
        BarredUnconfirmed = "barred_unconfirmed" => Words {
            logged: "authn_login_fail",
            sentence: "The right password of an unconfirmed account was typed",
        },
        /// A password was right, but the account is disabled.
        BarredDisabled = "barred_disabled" => Words {
            logged: "authn_login_fail",
            sentence: "The right password of a disabled account was typed",
        },
        /// There were too many wrong passwords: a pause began.
        PasswordsPaused = "passwords_paused" => Words {
            logged: "authn_login_fail_max",
            sentence: "Too many wrong passwords were typed",
        },
        /// The operator ended such a pause.
        Unlocked = "unlocked" => Words {
            logged: "user_updated",
            sentence: "The pause after wrong passwords was ended",
        },
        /// A user who is logged in entered the password again.
        Reauthenticated = "reauthenticated" => Words {
            logged: "authn_login_success",
            sentence: "Gave the password again",
        },
        /// A device was remembered at login.
        DeviceRemembered = "device_remembered" => Words {
            logged: "authn_token_created",
            sentence: "Asked to be remembered",
        },
        /// An older cookie of a remembered device was used again; the device was logged out.
        DeviceReused = "device_reused" => Words {
            logged: "authn_token_reuse",
            sentence: "A remembered device was logged out, since a copy of its cookie was used",
        },
        /// A user logged out of a session.
        LoggedOut = "logged_out" => Words { logged: "session_expired", sentence: "Logged out" },
        /// A session, or a remembered device with its sessions, was logged out from another one.
        DeviceEnded = "device_ended" => Words {
            logged: "session_expired",
            sentence: "Logged out another device",
        },
        /// All other sessions were logged out.
        OthersEnded = "others_ended" => Words {
            logged: "session_expired",
            sentence: "Logged out all other devices",
        },
        /// The password was changed; all other sessions ended.
        PasswordChanged = "password_changed" => Words {
            logged: "authn_password_change",
            sentence: "The password was changed",
        },
        /// The password was set with a link; all sessions ended.
        PasswordReset = "password_reset" => Words {
            logged: "authn_password_change",
            sentence: "The password was changed by a reset link",
        },
        /// A link for a new password was created.
        ResetLinkMade = "reset_link_made" => Words {
            logged: "authn_token_created",
            sentence: "A reset link was made",
        },
        /// The address was confirmed.
        Confirmed = "confirmed" => Words {
            logged: "user_updated",
            sentence: "The email address was confirmed",
        },
        /// A change of address was requested.
        EmailChangeAsked = "email_change_asked" => Words {
            logged: "authn_token_created",
            sentence: "Another email address was asked for",
        },
        /// A requested change of address was cancelled.
        EmailChangeCancelled = "email_change_cancelled" => Words {
            logged: "user_updated",
            sentence: "The change of the email address was cancelled",
        },
        /// The address of the account was changed.
        EmailChanged = "email_changed" => Words {
            logged: "user_updated",
            sentence: "The email address was changed",
        },
        /// The previous address was restored.
        EmailRestored = "email_restored" => Words {
            logged: "user_updated",
            sentence: "The change of the email address was undone",
        },
        /// A link that deletes the account was requested.
        CloseAsked = "close_asked" => Words {
            logged: "authn_token_created",
            sentence: "A link that deletes the account was asked for",
        },
        /// The owner did not recognize a login: all sessions ended, and the password was removed.
        Secured = "secured" => Words {
            logged: "session_expired",
            sentence: "All devices were logged out, and the password stopped, by a link in an email",
        },
        /// The name of the account was changed.
        NameChanged = "name_changed" => Words { logged: "user_updated", sentence: "The name was changed" },
        /// The owner downloaded a copy of their data.
        Exported = "exported" => Words { logged: "user_exported", sentence: "A copy of the data was taken" },
        /// The account was disabled.
        Disabled = "disabled" => Words { logged: "user_disabled", sentence: "The account was disabled" },
        /// The account was enabled again.
        Enabled = "enabled" => Words { logged: "user_enabled", sentence: "The account was enabled again" },
        /// The account was added to a group.
        GroupJoined = "group_joined" => Words {
            logged: "privilege_permissions_changed",
            sentence: "The account was added to a group",
        },
        /// The account was removed from a group, or the group was deleted.
        GroupLeft = "group_left" => Words {
            logged: "privilege_permissions_changed",
            sentence: "The account was removed from a group",
        },
        /// The account was deleted, with everything that belonged to it: only the log records this.
        Deleted = "deleted" => Words { logged: "user_deleted", sentence: "The account was deleted" },
    }
    /// Its texts.
    pub(super) fn words(self) -> Words;
}

/// The texts of one event.
pub(super) struct Words {
    /// The name in the log.
    pub(super) logged: &'static str,
    /// The sentence in the log, which is English. Its owner reads one from the file of a language.
    pub(super) sentence: &'static str,
}

impl Event {
    /// What makes an owner look twice, as the code of a mark: the four kinds of events by which a stranger would
    /// be noticed.
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Event::PasswordWrong | Event::PasswordsPaused => Some("wrong-password"),
            Event::LoggedInNewBrowser => Some("new-browser"),
            Event::PasswordChanged | Event::PasswordReset | Event::Secured => Some("password"),
            Event::EmailChangeAsked | Event::EmailChanged | Event::EmailRestored => Some("email"),
            _ => None,
        }
    }

    /// The level in the log.
    pub(super) fn level(self) -> Level {
        if self == Event::DeviceReused { Level::Warn } else { Level::Info }
    }
}
