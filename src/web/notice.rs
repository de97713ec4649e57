//! Every notice that a flash can carry, a closed set. Its sentence is the message `notice-` and the code.

use self::Kind::{Error, Success, Warning};
use super::next::{Next, with_next};
use super::paths;
use crate::base::closed_set::closed_set;
use crate::base::{Sentence, Settings};

closed_set! {
    /// A sentence for the next page, shown once.
    pub enum Notice {
        /// A page needs a user.
        LogInFirst = "log-in-first" => Warning,
        /// A form needs one; its input is lost.
        LogInFirstTyped = "log-in-first-typed" => Warning,
        /// A page needs a user, and the session was not used for too long.
        SessionIdle = "session-idle" => Warning,
        /// The same of a form; its input is lost.
        SessionIdleTyped = "session-idle-typed" => Warning,
        /// A page needs a user, and the session was too old.
        SessionOld = "session-old" => Warning,
        /// The same of a form; its input is lost.
        SessionOldTyped = "session-old-typed" => Warning,
        /// A page needs a user, and the session of an administrator was not used for too long.
        AdminSessionIdle = "admin-session-idle" => Warning,
        /// The same of a form; its input is lost.
        AdminSessionIdleTyped = "admin-session-idle-typed" => Warning,
        /// A page needs a user, and the session of an administrator was too old.
        AdminSessionOld = "admin-session-old" => Warning,
        /// The same of a form; its input is lost.
        AdminSessionOldTyped = "admin-session-old-typed" => Warning,
        /// The address of a sign-up already has an account.
        EmailTaken = "email-taken" => Error,
        /// A login failed; the same sentence for every reason.
        LogInFailed = "log-in-failed" => Error,
        /// The same on a site where addresses must be confirmed, said to all, confirmed or not.
        LogInFailedOrUnconfirmed = "log-in-failed-or-unconfirmed" => Error,
        /// A login failed in a browser that has just signed up with that address.
        ConfirmFirst = "confirm-first" => Warning,
        /// An account was created.
        AccountReady = "account-ready" => Success,
        /// An account that was there accepted an invitation.
        InvitationAccepted = "invitation-accepted" => Success,
        /// A user logged out.
        LoggedOut = "logged-out" => Success,
        /// A user logged out to log in again, or with another account.
        Switched = "switched" => Success,
        /// A login form was sent while another account is logged in.
        SwitchFirst = "switch-first" => Warning,
        /// A page needs a fresh login.
        ReauthenticateFirst = "reauthenticate-first" => Warning,
        /// A form needs one too: the last one was too long ago.
        ReauthenticateAgain = "reauthenticate-again" => Warning,
        /// A copy of one's data needs it, and nothing was typed.
        ReauthenticateToDownload = "reauthenticate-download" => Warning,
        /// A device was logged out from another one.
        DeviceEnded = "device-ended" => Success,
        /// All other devices were logged out.
        OthersEnded = "others-ended" => Success,
        /// The name of the account was changed.
        NameChanged = "name-changed" => Success,
        /// The name is the same as before.
        NameUnchanged = "name-unchanged" => Success,
        /// The language of the account was changed.
        LanguageChanged = "language-changed" => Success,
        /// The password was changed, and all other sessions have ended.
        PasswordChanged = "password-changed" => Success,
        /// The password was set by a link.
        PasswordReset = "password-reset" => Success,
        /// The first password was set, by a link.
        PasswordFirst = "password-first" => Success,
        /// A sign-up continues with an email; the same sentence whether or not the address has an account.
        ConfirmSent = "confirm-sent" => Success,
        /// A reset link was requested; the same sentence for every address.
        LinkAsked = "link-asked" => Success,
        /// A confirmation link was requested; the same sentence for every address.
        ConfirmAsked = "confirm-asked" => Success,
        /// An address was confirmed.
        Confirmed = "confirmed" => Success,
        /// A link that confirms an address was opened again, by a user whose address is confirmed.
        AlreadyConfirmed = "already-confirmed" => Success,
        /// A change of address was requested.
        EmailAsked = "email-asked" => Success,
        /// A requested change of address was cancelled.
        EmailCancelled = "email-cancelled" => Success,
        /// The address of the account was changed.
        EmailChanged = "email-changed" => Success,
        /// The address could not be changed.
        EmailTakenElsewhere = "email-taken-elsewhere" => Error,
        /// The previous address was restored.
        EmailRestored = "email-restored" => Success,
        /// The owner did not recognize a login.
        Secured = "secured" => Success,
        /// A link that deletes the account was requested.
        CloseAsked = "close-asked" => Success,
        /// An account was deleted.
        AccountDeleted = "account-deleted" => Success,
        /// An older cookie of a remembered device was used again, so there is a copy of it.
        DeviceReused = "device-reused" => Warning,
        /// A form was sent from a page that was shown to another account.
        OtherAccount = "other-account" => Warning,
        /// A passkey that no account has.
        PasskeyUnknown = "passkey-unknown" => Error,
        /// The answer of a passkey was refused, for whatever other reason.
        PasskeyRefused = "passkey-refused" => Error,
        /// The passkey rests since the password was reset: it does not log in by itself.
        PasskeyRests = "passkey-rests" => Error,
        /// A login was not finished in time.
        LogInTooLate = "log-in-too-late" => Warning,
        /// The site requires two-factor authentication, and the account does not have it.
        SecondFactorRequired = "second-factor-required" => Warning,
        /// A recovery code was used.
        RecoveryCodeUsed = "recovery-code-used" => Success,
        /// A recovery code was used, and two are left at most.
        FewCodesLeft = "few-codes-left" => Warning,
        /// The code was used that the operator had given out.
        OperatorCodeUsed = "operator-code-used" => Warning,
        /// The wrong code that stopped the app ended the login as well.
        AppStopped = "app-stopped" => Error,
        /// Two-factor authentication was turned on; all other sessions have ended.
        TwoFactorOn = "two-factor-on" => Success,
        /// Two-factor authentication was turned off.
        TwoFactorOff = "two-factor-off" => Success,
        /// Two-factor authentication needs a factor first.
        AddFactorFirst = "add-factor-first" => Warning,
        /// What was begun on a page of the settings was not finished in time.
        SetUpTooLate = "set-up-too-late" => Warning,
        /// An authenticator app was set up.
        AppAdded = "app-added" => Success,
        /// An authenticator app took the place of another one.
        AppReplaced = "app-replaced" => Success,
        /// The authenticator app was removed.
        AppRemoved = "app-removed" => Success,
        /// A new set of recovery codes counts.
        CodesKept = "codes-kept" => Success,
        /// A passkey was added.
        PasskeyAdded = "passkey-added" => Success,
        /// The browser made a passkey after a login with its password.
        PasskeySaved = "passkey-saved" => Success,
        /// A passkey was not added, since its answer was refused.
        PasskeyNotAdded = "passkey-not-added" => Error,
        /// A passkey was not added, since the account has as many as it may.
        TooManyPasskeys = "too-many-passkeys" => Error,
        /// A passkey was renamed.
        PasskeyRenamed = "passkey-renamed" => Success,
        /// A passkey was removed.
        PasskeyRemoved = "passkey-removed" => Success,
        /// The last factor was removed, and with it two-factor authentication.
        LastFactorRemoved = "last-factor-removed" => Success,
        /// The last factor cannot be removed where the site requires one.
        FactorRequired = "factor-required" => Error,
        /// A passkey that rested logs in by itself again.
        PasskeyWoken = "passkey-woken" => Success,
        /// An administrator ended all sessions of an account.
        AdminLoggedOut = "admin-logged-out" => Success,
        /// An administrator ended one of them.
        AdminDeviceEnded = "admin-device-ended" => Success,
        /// An administrator disabled an account.
        AdminDisabled = "admin-disabled" => Success,
        /// An administrator enabled an account again.
        AdminEnabled = "admin-enabled" => Success,
        /// An administrator confirmed the address of an account.
        AdminConfirmed = "admin-confirmed" => Success,
        /// An administrator ended the pause after wrong passwords and codes.
        AdminUnlocked = "admin-unlocked" => Success,
        /// An administrator ended the wait of a network.
        AdminNetworkUnlocked = "admin-network-unlocked" => Success,
        /// An administrator removed the second factors of an account.
        AdminFactorsRemoved = "admin-factors-removed" => Success,
        /// An administrator gave an account another handle, or none.
        AdminHandleChanged = "admin-handle-changed" => Success,
        /// An administrator made a link, which the page shows once.
        AdminLinkMade = "admin-link-made" => Success,
        /// An administrator made an account; the page shows its link once.
        AdminAccountMade = "admin-account-made" => Success,
        /// An administrator deleted an account.
        AdminDeleted = "admin-deleted" => Success,
        /// An administrator tried to change their own account there.
        AdminOwnAccount = "admin-own-account" => Error,
        /// No link of a disabled account works.
        AdminEnableFirst = "admin-enable-first" => Error,
        /// An administrator tried to take the last administrator away who can log in.
        AdminLast = "admin-last" => Error,
        /// An administrator made an invitation; the page shows its link once.
        AdminInvitationMade = "admin-invitation-made" => Success,
        /// The same, and the link is emailed as well.
        AdminInvitationMailed = "admin-invitation-mailed" => Success,
        /// An invitation got a new link, which the page shows once.
        AdminInvitationRenewed = "admin-invitation-renewed" => Success,
        /// An invitation was taken back.
        AdminInvitationRevoked = "admin-invitation-revoked" => Success,
        /// It was over before.
        AdminInvitationOver = "admin-invitation-over" => Warning,
        /// A group was created.
        AdminGroupCreated = "admin-group-created" => Success,
        /// An account was added to a group.
        AdminGroupJoined = "admin-group-joined" => Success,
        /// An account was removed from a group.
        AdminGroupLeft = "admin-group-left" => Success,
        /// A group was deleted.
        AdminGroupDeleted = "admin-group-deleted" => Success,
        /// An administrator tried to remove themselves from the administrators.
        AdminOwnMembership = "admin-own-membership" => Error,
        /// An app was added.
        AdminAppCreated = "admin-app-created" => Success,
        /// What an app is, where it is, or who may open it was saved.
        AdminAppChanged = "admin-app-changed" => Success,
        /// An app was disabled.
        AdminAppDisabled = "admin-app-disabled" => Success,
        /// An app was enabled again.
        AdminAppEnabled = "admin-app-enabled" => Success,
        /// An app was removed.
        AdminAppRemoved = "admin-app-removed" => Success,
        /// An email that waits is due now.
        AdminEmailRetried = "admin-email-retried" => Success,
        /// An email may be on its way, and is not tried again.
        AdminEmailUnderway = "admin-email-underway" => Warning,
        /// An email does not wait any more.
        AdminEmailGone = "admin-email-gone" => Warning,
        /// An email was dropped.
        AdminEmailDropped = "admin-email-dropped" => Success,
    }
    /// Its kind.
    pub(super) fn kind(self) -> Kind;
}

closed_set! {
    /// The kind of a notice, which decides its colour.
    pub enum Kind {
        /// What the visitor wanted was done.
        Success = "success",
        /// Something that the visitor should know or do.
        Warning = "warning",
        /// What the visitor wanted was not done.
        Error = "error",
    }
}

impl Notice {
    /// Whether it reports that the visitor's wish was carried out.
    pub fn is_good_news(self) -> bool {
        self.kind() == Success
    }

    /// Its sentence: the message `notice-` and its code, but for those that end the session of an administrator. The
    /// settings say how long a session lasts.
    pub fn sentence(self, settings: &Settings) -> Sentence {
        let ((idle, lifetime), (admin_idle, admin_lifetime)) =
            (settings.session_limits(false), settings.session_limits(true));
        let (same, lasting) = match self {
            Notice::SessionIdle | Notice::SessionIdleTyped => (self, Some(idle)),
            Notice::SessionOld | Notice::SessionOldTyped => (self, Some(lifetime)),
            // The same sentences with another time.
            Notice::AdminSessionIdle => (Notice::SessionIdle, Some(admin_idle)),
            Notice::AdminSessionIdleTyped => (Notice::SessionIdleTyped, Some(admin_idle)),
            Notice::AdminSessionOld => (Notice::SessionOld, Some(admin_lifetime)),
            Notice::AdminSessionOldTyped => (Notice::SessionOldTyped, Some(admin_lifetime)),
            _ => (self, None),
        };
        let sentence = Sentence::new(format!("notice-{}", same.code()));
        match lasting {
            Some(seconds) => sentence.lasting(seconds),
            None => sentence,
        }
    }

    /// The link after its sentence: the key of its text, and its address, which keeps where the visitor wanted to
    /// go.
    pub(super) fn link(self, next: Option<&Next>) -> Option<(&'static str, String)> {
        match self {
            Notice::EmailTaken => Some(("notice-email-taken-login", with_next(paths::LOGIN, next))),
            Notice::LogInFailedOrUnconfirmed => {
                Some(("login-unconfirmed", with_next(paths::UNCONFIRMED, next)))
            }
            Notice::RecoveryCodeUsed => Some(("notice-recovery-code-used-link", paths::SECURITY.to_owned())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Language, Words, config};

    #[test]
    fn every_notice_has_its_sentence_in_every_language() {
        let words = Words::unchecked("Shelf", None, Vec::new());
        let settings = config::read(config::defaults()).unwrap().settings;
        for notice in Notice::ALL {
            let sentence = notice.sentence(&settings);
            let link = notice.link(None).map(|(key, _)| key);
            for language in Language::all() {
                assert!(words.has(language, sentence.key()), "{language}: {}", sentence.key());
                assert!(link.is_none_or(|key| words.has(language, key)), "{language}: {link:?}");
            }
        }
    }
}
