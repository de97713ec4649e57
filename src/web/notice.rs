//! Every sentence that a flash can carry. Rocket's own `Flash` carries it over a redirect, but its cookie
//! contains only a code of this closed set: whatever a forged cookie says, no other text can appear on a
//! page.

use std::borrow::Cow;

use rocket::http::CookieJar;
use rocket::request::FlashMessage;
use rocket::response::{Flash, Redirect};
use rocket::time::Duration;
use serde::Serialize;

use super::moment::Moment;
use crate::base::Time;

/// The name of Rocket's flash cookie.
pub const COOKIE: &str = "_flash";

/// The lifetime of that cookie, as Rocket sets it.
pub(super) const LIFE: Duration = Duration::minutes(5);

/// A sentence for the next page, shown once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Notice {
    /// A page needs a user.
    LogInFirst,
    /// The address of a sign-up already has an account.
    EmailTaken,
    /// A login failed; the same text for every reason.
    LogInFailed,
    /// The same on a site where addresses must be confirmed: the text is the same for all, confirmed or not.
    LogInFailedOrUnconfirmed,
    /// A login failed in a browser that has just signed up with that address.
    ConfirmFirst,
    /// An account was created.
    AccountReady,
    /// A user logged out.
    LoggedOut,
    /// A page needs a fresh login.
    ReauthenticateFirst,
    /// A form needs one too: the last one was too long ago.
    ReauthenticateAgain,
    /// A copy of one's data needs it, and nothing was typed.
    ReauthenticateToDownload,
    /// A device was logged out from another one.
    DeviceEnded,
    /// All other devices were logged out.
    OthersEnded,
    /// The name of the account was changed.
    NameChanged,
    /// The password was changed, and all other sessions have ended.
    PasswordChanged,
    /// The password was set by a link.
    PasswordReset,
    /// A sign-up continues with an email; the same text whether or not the address has an account.
    ConfirmSent,
    /// A reset link was requested; the same text for every address.
    LinkAsked,
    /// A confirmation link was requested; the same text for every address.
    ConfirmAsked,
    /// An address was confirmed.
    Confirmed,
    /// A change of address was requested.
    EmailAsked,
    /// The address of the account was changed.
    EmailChanged,
    /// The address could not be changed.
    EmailTakenElsewhere,
    /// The previous address was restored.
    EmailRestored,
    /// The owner did not recognize a login.
    Secured,
    /// A link that deletes the account was requested.
    CloseAsked,
    /// An account was deleted.
    AccountDeleted,
    /// An older cookie of a remembered device was used again, so there is a copy of it.
    DeviceReused,
    /// A form was sent from a page that was shown to another account.
    OtherAccount,
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
    /// This device was logged out: when, and from which browser or by the operator. The flash carries neither
    /// value; both are looked up for the device of the cookie.
    pub fn logged_out(at: Time, from: Option<&str>) -> Shown {
        let (at, by) = (
            Moment::from(at).words,
            from.map_or("by the operator".to_owned(), |from| format!("from {from}")),
        );
        Shown {
            kind: "warning",
            text: format!("This device was logged out on {at}, {by}.").into(),
            link: None,
        }
    }
}

impl Notice {
    const ALL: &'static [Notice] = &[
        Notice::LogInFirst,
        Notice::EmailTaken,
        Notice::LogInFailed,
        Notice::LogInFailedOrUnconfirmed,
        Notice::ConfirmFirst,
        Notice::AccountReady,
        Notice::LoggedOut,
        Notice::ReauthenticateFirst,
        Notice::ReauthenticateAgain,
        Notice::ReauthenticateToDownload,
        Notice::DeviceEnded,
        Notice::OthersEnded,
        Notice::NameChanged,
        Notice::PasswordChanged,
        Notice::PasswordReset,
        Notice::ConfirmSent,
        Notice::LinkAsked,
        Notice::ConfirmAsked,
        Notice::Confirmed,
        Notice::EmailAsked,
        Notice::EmailChanged,
        Notice::EmailTakenElsewhere,
        Notice::EmailRestored,
        Notice::Secured,
        Notice::CloseAsked,
        Notice::AccountDeleted,
        Notice::DeviceReused,
        Notice::OtherAccount,
    ];

    /// Its code in the cookie, its kind, its sentence.
    fn facts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Notice::LogInFirst => ("log-in-first", "warning", "Please log in to access this page."),
            Notice::EmailTaken => ("email-taken", "error", "Email address already exists."),
            Notice::LogInFailed => {
                ("log-in-failed", "error", "Please check your login details and try again.")
            }
            Notice::LogInFailedOrUnconfirmed => (
                "log-in-failed-or-unconfirmed",
                "error",
                "Please check your login details and try again. If you have just signed up, confirm your email address first.",
            ),
            Notice::ConfirmFirst => (
                "confirm-first",
                "warning",
                "Check your email: open the link that we sent to this address, then log in. If you have done that, your login details were not right.",
            ),
            Notice::AccountReady => ("account-ready", "success", "Your account is ready. Please log in."),
            Notice::LoggedOut => ("logged-out", "success", "You have been logged out."),
            Notice::ReauthenticateFirst => {
                ("reauthenticate-first", "warning", "Please reauthenticate to access this page.")
            }
            Notice::ReauthenticateToDownload => (
                "reauthenticate-download",
                "warning",
                "Please enter your password. Then press Download again.",
            ),
            Notice::ReauthenticateAgain => (
                "reauthenticate-again",
                "warning",
                "Please reauthenticate to access this page. What you typed was not saved; please type it again afterwards.",
            ),
            Notice::DeviceEnded => ("device-ended", "success", "That device is logged out."),
            Notice::OthersEnded => ("others-ended", "success", "All other devices are logged out."),
            Notice::NameChanged => ("name-changed", "success", "Your name was changed."),
            Notice::PasswordChanged => (
                "password-changed",
                "success",
                "Your password was changed. All other devices are logged out.",
            ),
            Notice::PasswordReset => {
                ("password-reset", "success", "Your password was changed. Please log in.")
            }
            Notice::ConfirmSent => (
                "confirm-sent",
                "success",
                "Nearly done. We sent a mail to this address; open the link in it to go on.",
            ),
            Notice::LinkAsked => (
                "link-asked",
                "success",
                "If there is an account for this address, a mail with a link is on its way.",
            ),
            Notice::ConfirmAsked => (
                "confirm-asked",
                "success",
                "If this address waits to be confirmed, a mail with a link is on its way.",
            ),
            Notice::Confirmed => ("confirmed", "success", "Your email address is confirmed."),
            Notice::EmailAsked => (
                "email-asked",
                "success",
                "We sent a link to the new address. Until it is opened, nothing changes.",
            ),
            Notice::EmailChanged => ("email-changed", "success", "The email address was changed."),
            Notice::EmailTakenElsewhere => (
                "email-taken-elsewhere",
                "error",
                "That address belongs to another account. Nothing was changed.",
            ),
            Notice::EmailRestored => (
                "email-restored",
                "success",
                "The email address is as it was before, and all devices are logged out. We sent a mail with a link for a new password.",
            ),
            Notice::Secured => (
                "secured",
                "success",
                "All devices are logged out. We sent a mail with a link for a new password.",
            ),
            Notice::CloseAsked => (
                "close-asked",
                "success",
                "We sent you an email with a link. Until you open it and press the button there, nothing is deleted.",
            ),
            Notice::AccountDeleted => ("account-deleted", "success", "Your account was deleted."),
            Notice::DeviceReused => (
                "device-reused",
                "warning",
                "A device that remembered you was logged out: its cookie was used in two places, so somebody may have \
                 copied it. If you do not know why, change your password.",
            ),
            Notice::OtherAccount => (
                "other-account",
                "warning",
                "The page before was opened with another account. Nothing was changed. Please try again here.",
            ),
        }
    }

    /// Whether it reports that the visitor's wish was carried out.
    pub fn is_good_news(self) -> bool {
        self.facts().1 == "success"
    }

    /// Its code, which the database keeps for a while.
    pub fn code(self) -> &'static str {
        self.facts().0
    }

    /// The notice with a code; `None` if there is none, for example because another version had it.
    pub fn by_code(code: &str) -> Option<Notice> {
        Notice::ALL.iter().copied().find(|notice| notice.code() == code)
    }

    /// The value of the cookie that carries it, as Rocket writes it.
    pub(super) fn cookie_value(self) -> String {
        let (code, kind, _) = self.facts();
        format!("{}:{kind}{code}", kind.len())
    }

    /// A redirect that shows this notice on the next page.
    pub fn after(self, redirect: Redirect) -> Flash<Redirect> {
        let (code, kind, _) = self.facts();
        Flash::new(redirect, kind, code)
    }

    /// The notice for this visitor, if the cookie contains a known one. The whole value is compared: Rocket's
    /// own parser panics on some forged values.
    pub fn waiting(cookies: &CookieJar<'_>) -> Option<Notice> {
        let cookie = cookies.get(COOKIE)?;
        Notice::ALL.iter().copied().find(|notice| cookie.value() == notice.cookie_value())
    }

    /// Removes a waiting notice that is no longer true.
    pub fn forget(cookies: &CookieJar<'_>) {
        if cookies.get(COOKIE).is_some() {
            cookies.remove(COOKIE);
        }
    }

    /// Takes the notice for showing, with a link to the login page if it has one. Removes the cookie that
    /// carried it.
    pub fn show(self, flash: &FlashMessage<'_>, login_href: &str) -> Shown {
        let _ = flash.kind(); // this removes the cookie; kind and text come from the notice
        let (_, kind, text) = self.facts();
        let login = Link { text: "Go to login page.", href: login_href.to_owned() };
        Shown { kind, text: text.into(), link: (self == Notice::EmailTaken).then_some(login) }
    }
}
