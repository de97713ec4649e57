//! Every sentence that a flash can carry. Rocket's own `Flash` carries it over a redirect, but its cookie
//! contains only a code of this closed set: whatever a forged cookie says, no other text can appear on a
//! page.

use std::borrow::Cow;

use rocket::request::FlashMessage;
use rocket::response::{Flash, Redirect};
use rocket::time::Duration;
use serde::Serialize;

use self::Kind::{Error, Success, Warning};
use super::cookies::Cookies;
use super::moment::Moment;
use crate::base::Time;
use crate::base::closed_set::closed_set;

/// The name of Rocket's flash cookie.
pub const COOKIE: &str = "_flash";

/// The lifetime of that cookie, as Rocket sets it.
pub(super) const LIFE: Duration = Duration::minutes(5);

closed_set! {
    /// A sentence for the next page, shown once.
    pub enum Notice {
        /// A page needs a user.
        LogInFirst = "log-in-first" => (Warning, "Please log in to access this page."),
        /// The address of a sign-up already has an account.
        EmailTaken = "email-taken" => (Error, "Email address already exists."),
        /// A login failed; the same text for every reason.
        LogInFailed = "log-in-failed" => (Error, "Please check your login details and try again."),
        /// The same on a site where addresses must be confirmed: the text is the same for all, confirmed or not.
        LogInFailedOrUnconfirmed = "log-in-failed-or-unconfirmed" => (
            Error,
            "Please check your login details and try again. If you have just signed up, confirm your email address first.",
        ),
        /// A login failed in a browser that has just signed up with that address.
        ConfirmFirst = "confirm-first" => (
            Warning,
            "Check your email: open the link that we sent to this address, then log in. If you have done that, your login details were not right.",
        ),
        /// An account was created.
        AccountReady = "account-ready" => (Success, "Your account is ready. Please log in."),
        /// A user logged out.
        LoggedOut = "logged-out" => (Success, "You have been logged out."),
        /// A page needs a fresh login.
        ReauthenticateFirst = "reauthenticate-first" => (
            Warning,
            "Please reauthenticate to access this page.",
        ),
        /// A form needs one too: the last one was too long ago.
        ReauthenticateAgain = "reauthenticate-again" => (
            Warning,
            "Please reauthenticate to access this page. What you typed was not saved; please type it again afterwards.",
        ),
        /// A copy of one's data needs it, and nothing was typed.
        ReauthenticateToDownload = "reauthenticate-download" => (
            Warning,
            "Please enter your password. Then press Download again.",
        ),
        /// A device was logged out from another one.
        DeviceEnded = "device-ended" => (Success, "That device is logged out."),
        /// All other devices were logged out.
        OthersEnded = "others-ended" => (Success, "All other devices are logged out."),
        /// The name of the account was changed.
        NameChanged = "name-changed" => (Success, "Your name was changed."),
        /// The password was changed, and all other sessions have ended.
        PasswordChanged = "password-changed" => (
            Success,
            "Your password was changed. All other devices are logged out.",
        ),
        /// The password was set by a link.
        PasswordReset = "password-reset" => (Success, "Your password was changed. Please log in."),
        /// A sign-up continues with an email; the same text whether or not the address has an account.
        ConfirmSent = "confirm-sent" => (
            Success,
            "Nearly done. We sent an email to this address; open the link in it to go on.",
        ),
        /// A reset link was requested; the same text for every address.
        LinkAsked = "link-asked" => (
            Success,
            "If there is an account for this address, an email with a link is on its way.",
        ),
        /// A confirmation link was requested; the same text for every address.
        ConfirmAsked = "confirm-asked" => (
            Success,
            "If this address waits to be confirmed, an email with a link is on its way.",
        ),
        /// An address was confirmed.
        Confirmed = "confirmed" => (Success, "Your email address is confirmed."),
        /// A change of address was requested.
        EmailAsked = "email-asked" => (
            Success,
            "We sent a link to the new address. Until it is opened, nothing changes.",
        ),
        /// The address of the account was changed.
        EmailChanged = "email-changed" => (Success, "The email address was changed."),
        /// The address could not be changed.
        EmailTakenElsewhere = "email-taken-elsewhere" => (
            Error,
            "That address belongs to another account. Nothing was changed.",
        ),
        /// The previous address was restored.
        EmailRestored = "email-restored" => (
            Success,
            "The email address is as it was before, and all devices are logged out. We sent an email with a link for a new password.",
        ),
        /// The owner did not recognize a login.
        Secured = "secured" => (
            Success,
            "All devices are logged out. We sent an email with a link for a new password.",
        ),
        /// A link that deletes the account was requested.
        CloseAsked = "close-asked" => (
            Success,
            "We sent you an email with a link. Until you open it and press the button there, nothing is deleted.",
        ),
        /// An account was deleted.
        AccountDeleted = "account-deleted" => (Success, "Your account was deleted."),
        /// An older cookie of a remembered device was used again, so there is a copy of it.
        DeviceReused = "device-reused" => (
            Warning,
            "A device that remembered you was logged out: its cookie was used in two places, so somebody may have copied it. If you do not know why, change your password.",
        ),
        /// A form was sent from a page that was shown to another account.
        OtherAccount = "other-account" => (
            Warning,
            "The page before was opened with another account. Nothing was changed. Please try again here.",
        ),
    }
    /// Its kind and its sentence.
    fn facts(self) -> (Kind, &'static str);
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

/// A notice as templates show it: the sentence, then a link if it has one.
#[derive(Debug, Serialize)]
pub struct Shown {
    kind: &'static str,
    text: Cow<'static, str>,
    link: Option<Link>,
}

#[derive(Debug, Serialize)]
struct Link {
    text: &'static str,
    href: String,
}

impl Shown {
    /// This device was logged out: when, and by whom ("from Firefox on Linux"). The flash carries neither value;
    /// both are looked up for the device of the cookie.
    pub fn logged_out(at: Time, by: &str) -> Shown {
        let at = Moment::from(at).words;
        Shown {
            kind: Kind::Warning.code(),
            text: format!("This device was logged out on {at}, {by}.").into(),
            link: None,
        }
    }
}

impl Notice {
    /// Whether it reports that the visitor's wish was carried out.
    pub fn is_good_news(self) -> bool {
        self.facts().0 == Kind::Success
    }

    /// The value of the cookie that carries it, as Rocket writes it.
    pub(super) fn cookie_value(self) -> String {
        let kind = self.facts().0.code();
        format!("{}:{kind}{}", kind.len(), self.code())
    }

    /// A redirect that shows this notice on the next page.
    pub fn after(self, redirect: Redirect) -> Flash<Redirect> {
        Flash::new(redirect, self.facts().0.code(), self.code())
    }

    /// The notice for this visitor, if the cookie contains a known one. The whole value is compared: Rocket's
    /// own parser panics on some forged values.
    pub fn waiting(cookies: Cookies<'_>) -> Option<Notice> {
        let cookie = cookies.jar()?.get(COOKIE)?;
        Notice::ALL.iter().copied().find(|notice| cookie.value() == notice.cookie_value())
    }

    /// Removes a waiting notice that is no longer true.
    pub fn forget(cookies: Cookies<'_>) {
        if let Some(jar) = cookies.jar().filter(|jar| jar.get(COOKIE).is_some()) {
            jar.remove(COOKIE);
        }
    }

    /// Takes the notice for showing, with a link to the login page if it has one. Removes the cookie that
    /// carried it.
    pub fn show(self, flash: &FlashMessage<'_>, login_href: &str) -> Shown {
        let _ = flash.kind(); // this removes the cookie; kind and text come from the notice
        let (kind, text) = self.facts();
        let login = Link { text: "Go to login page.", href: login_href.to_owned() };
        Shown { kind: kind.code(), text: text.into(), link: (self == Notice::EmailTaken).then_some(login) }
    }
}
