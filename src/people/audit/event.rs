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
        /// The wrong passwords and codes of a network no longer count. The event is of no account.
        NetworkUnlocked = "network_unlocked" => Words {
            logged: "user_updated",
            sentence: "The wait of a network after wrong passwords was ended",
        },
        /// A user who is logged in entered the password again.
        Reauthenticated = "reauthenticated" => Words {
            logged: "authn_login_success",
            sentence: "Proved again who they are",
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
        /// All sessions and remembered devices were ended, by someone other than the owner.
        AllEnded = "all_ended" => Words {
            logged: "session_expired",
            sentence: "All devices were logged out",
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
        /// What the account is called in apps was changed, given or taken away.
        HandleChanged = "handle_changed" => Words { logged: "user_updated", sentence: "The handle was changed" },
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
        /// A group was created. The event is of no account.
        GroupCreated = "group_created" => Words {
            logged: "privilege_permissions_changed",
            sentence: "A group was created",
        },
        /// A group was deleted. The event is of no account.
        GroupDeleted = "group_deleted" => Words {
            logged: "privilege_permissions_changed",
            sentence: "A group was deleted",
        },
        /// A group was given another title. The event is of no account.
        GroupTitleChanged = "group_title_changed" => Words {
            logged: "privilege_permissions_changed",
            sentence: "The title of a group was changed",
        },
        /// An app behind the operator's proxy was added. The event is of no account, as are the next four.
        AppCreated = "connected_app_created" => Words {
            logged: "privilege_permissions_changed",
            sentence: "An app was added",
        },
        /// What such an app is, where it is, or who may open it was changed.
        AppChanged = "connected_app_changed" => Words {
            logged: "privilege_permissions_changed",
            sentence: "An app was changed",
        },
        /// Such an app was disabled: no one can open it.
        AppDisabled = "connected_app_disabled" => Words {
            logged: "privilege_permissions_changed",
            sentence: "An app was disabled",
        },
        /// It was enabled again.
        AppEnabled = "connected_app_enabled" => Words {
            logged: "privilege_permissions_changed",
            sentence: "An app was enabled again",
        },
        /// It was removed.
        AppDeleted = "connected_app_deleted" => Words {
            logged: "privilege_permissions_changed",
            sentence: "An app was removed",
        },
        /// An invitation was created. The event is of no account.
        InvitationMade = "invitation_made" => Words {
            logged: "authn_token_created",
            sentence: "An invitation was created",
        },
        /// An invitation got a new link; the one before is over.
        InvitationRenewed = "invitation_renewed" => Words {
            logged: "authn_token_created",
            sentence: "An invitation got a new link",
        },
        /// An invitation was taken back.
        InvitationRevoked = "invitation_revoked" => Words {
            logged: "authn_token_revoked",
            sentence: "An invitation was taken back",
        },
        /// The account used an invitation.
        InvitationUsed = "invitation_used" => Words {
            logged: "user_updated",
            sentence: "An invitation was used",
        },
        /// An administrator made an email that could not be sent due again.
        EmailRetried = "email_retried" => Words { logged: "user_updated", sentence: "An email was tried again" },
        /// An administrator dropped an email before it was sent.
        EmailDropped = "email_dropped" => Words { logged: "user_updated", sentence: "An email was dropped" },
        /// An authenticator app or a passkey was added, or came back when its removal was undone.
        FactorAdded = "factor_added" => Words {
            logged: "authn_factor_added",
            sentence: "An authenticator app or a passkey was added",
        },
        /// An authenticator app, a passkey or the recovery codes were removed.
        FactorRemoved = "factor_removed" => Words {
            logged: "authn_factor_removed",
            sentence: "An authenticator app, a passkey or the recovery codes were removed",
        },
        /// An authenticator app took the place of another one, or the one from before came back.
        FactorReplaced = "factor_replaced" => Words {
            logged: "authn_factor_replaced",
            sentence: "The authenticator app was replaced",
        },
        /// Two-factor authentication was turned on.
        TwoFactorOn = "two_factor_on" => Words {
            logged: "user_updated",
            sentence: "Two-factor authentication was turned on",
        },
        /// Two-factor authentication was turned off, or the last factor was removed.
        TwoFactorOff = "two_factor_off" => Words {
            logged: "user_updated",
            sentence: "Two-factor authentication was turned off",
        },
        /// A code, a recovery code or the answer of a passkey was wrong.
        FactorWrong = "factor_wrong" => Words {
            logged: "authn_factor_fail",
            sentence: "A wrong code was typed, or a passkey was refused",
        },
        /// There were too many wrong codes: a pause began.
        FactorsPaused = "factors_paused" => Words {
            logged: "authn_factor_fail_max",
            sentence: "Too many wrong codes were typed",
        },
        /// The authenticator app met its limit of wrong codes: it must be set up again.
        AppStopped = "app_stopped" => Words {
            logged: "authn_factor_fail_max",
            sentence: "The authenticator app was stopped after very many wrong codes",
        },
        /// A recovery code was right, and is used up.
        RecoveryCodeUsed = "recovery_code_used" => Words {
            logged: "authn_recovery_used",
            sentence: "A recovery code was used",
        },
        /// A single recovery code was made, for an owner who has lost everything else.
        RecoveryCodeMade = "recovery_code_made" => Words {
            logged: "authn_token_created",
            sentence: "A recovery code was made",
        },
        /// A set of recovery codes was kept, or the one from before came back; all others stopped working.
        RecoveryCodesKept = "recovery_codes_kept" => Words {
            logged: "authn_factor_added",
            sentence: "Recovery codes were set up",
        },
        /// The name of a passkey was changed.
        PasskeyRenamed = "passkey_renamed" => Words {
            logged: "user_updated",
            sentence: "A passkey was renamed",
        },
        /// The signature counter of a passkey went back: there may be a copy of it.
        PasskeyCounter = "passkey_counter" => Words {
            logged: "authn_passkey_counter",
            sentence: "A passkey was used whose counter went back: there may be a copy of it",
        },
        /// A passkey is now backed up by its provider, or no longer.
        PasskeyBackupChanged = "passkey_backup_changed" => Words {
            logged: "authn_passkey_backup_changed",
            sentence: "A passkey is now backed up by its provider, or no longer",
        },
        /// All passkeys rest since the password was reset: each is a second factor, and does not log in alone.
        PasskeysRest = "passkeys_rest" => Words {
            logged: "user_updated",
            sentence: "All passkeys rest: they are second factors only",
        },
        /// Passkeys that rested can log in alone again.
        PasskeysWoken = "passkeys_woken" => Words {
            logged: "user_updated",
            sentence: "The passkeys rest no longer",
        },
        /// The account was deleted, with everything that belonged to it. If its owner did it, only the log records this; the
        /// row of another's act is of no account.
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
    /// What makes an owner look twice, as the code of a mark: the kinds of events by which a stranger would be
    /// noticed.
    pub fn mark(self) -> Option<&'static str> {
        match self {
            Event::PasswordWrong | Event::PasswordsPaused => Some("wrong-password"),
            // The password was right, or was not needed.
            Event::FactorWrong | Event::FactorsPaused | Event::AppStopped => Some("wrong-code"),
            Event::LoggedInNewBrowser => Some("new-browser"),
            Event::PasswordChanged | Event::PasswordReset | Event::Secured => Some("password"),
            Event::EmailChangeAsked | Event::EmailChanged | Event::EmailRestored | Event::EmailDropped => {
                Some("email")
            }
            Event::FactorAdded
            | Event::FactorRemoved
            | Event::FactorReplaced
            | Event::TwoFactorOn
            | Event::TwoFactorOff
            | Event::RecoveryCodeMade
            | Event::RecoveryCodeUsed
            | Event::RecoveryCodesKept
            | Event::PasskeyCounter
            | Event::PasskeysWoken => Some("security"),
            _ => None,
        }
    }

    /// Whether the event is about a group: what was different is then the group's name.
    pub(super) fn is_of_group(self) -> bool {
        matches!(
            self,
            Event::GroupJoined
                | Event::GroupLeft
                | Event::GroupCreated
                | Event::GroupDeleted
                | Event::GroupTitleChanged
        )
    }

    /// The level in the log: a warning where a stranger may have a copy, or the password.
    pub(super) fn level(self) -> Level {
        match self {
            Event::DeviceReused | Event::PasskeyCounter | Event::AppStopped => Level::Warn,
            _ => Level::Info,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_stranger_with_a_copy_or_the_password_did_is_a_warning_in_the_log() {
        let warned: Vec<_> = Event::ALL.iter().filter(|event| event.level() == Level::Warn).collect();
        assert_eq!(warned, [&Event::DeviceReused, &Event::AppStopped, &Event::PasskeyCounter]);
    }
}
