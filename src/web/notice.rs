//! Every sentence a flash can carry. Rocket's own `Flash` takes it over the redirect, but what travels in its cookie is a
//! code of this closed set: whatever a forged cookie says, no other text can appear on a page.

use std::borrow::Cow;

use rocket::http::CookieJar;
use rocket::request::FlashMessage;
use rocket::response::{Flash, Redirect};
use rocket::time::Duration;
use serde::Serialize;

use super::moment::Moment;
use crate::base::Time;

/// The name of the cookie Rocket carries a flash in.
pub const COOKIE: &str = "_flash";

/// For how long it carries one, as Rocket does.
pub(super) const LIFE: Duration = Duration::minutes(5);

/// A sentence for the next page, shown once.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Notice {
    /// A page needs a user.
    LogInFirst,
    /// The address of a sign-up has an account.
    EmailTaken,
    /// A log-in failed; the same whatever was wrong.
    LogInFailed,
    /// The same where an address has to be confirmed first: told to all, whether theirs is or not.
    LogInFailedOrUnconfirmed,
    /// It failed in a browser where that address was signed up with a moment ago.
    ConfirmFirst,
    /// An account was made.
    AccountReady,
    /// A session was ended by its owner.
    LoggedOut,
    /// A page needs a password that was given a moment ago.
    ReauthenticateFirst,
    /// So does a form, which was sent too late for that.
    ReauthenticateAgain,
    /// A device was logged out from another one.
    DeviceEnded,
    /// All other devices were.
    OthersEnded,
    /// The account has another name.
    NameChanged,
    /// It has another password, and everything else has ended.
    PasswordChanged,
    /// It has another password, set by a link.
    PasswordReset,
    /// A sign-up goes on by a mail; the same whether the address has an account already.
    ConfirmSent,
    /// A reset link was asked for; the same for every address.
    LinkAsked,
    /// A link to confirm an address was asked for; the same for every address.
    ConfirmAsked,
    /// An address is confirmed.
    Confirmed,
    /// Another address was asked for.
    EmailAsked,
    /// The account has another address.
    EmailChanged,
    /// It could not be given one.
    EmailTakenElsewhere,
    /// It has the address before again.
    EmailRestored,
    /// Its owner did not know a log-in.
    Secured,
    /// A link that deletes the account was asked for.
    CloseAsked,
    /// An account is gone.
    AccountDeleted,
    /// An older cookie of a remembered device was used once more, so somebody has a copy.
    DeviceReused,
    /// A form was sent from a page that was shown to another account.
    OtherAccount,
}

/// A notice as templates show it: the sentence, then a link where it has one.
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
    /// That this device was logged out: when, and from which browser or by the operator. Nothing travels with a flash: both
    /// values are looked up for the device whose cookie was shown.
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

    /// Whether it tells of something that was done as the visitor wished.
    pub fn is_good_news(self) -> bool {
        self.facts().1 == "success"
    }

    /// Its code, as the database keeps it for a while.
    pub fn code(self) -> &'static str {
        self.facts().0
    }

    /// The notice of a code; `None` where there is none, as where another version had one.
    pub fn by_code(code: &str) -> Option<Notice> {
        Notice::ALL.iter().copied().find(|notice| notice.code() == code)
    }

    /// What the cookie holds that carries it, as Rocket writes it.
    pub(super) fn cookie_value(self) -> String {
        let (code, kind, _) = self.facts();
        format!("{}:{kind}{code}", kind.len())
    }

    /// A redirect that shows this notice on the page after it.
    pub fn after(self, redirect: Redirect) -> Flash<Redirect> {
        let (code, kind, _) = self.facts();
        Flash::new(redirect, kind, code)
    }

    /// The notice that waits for this visitor, if the cookie holds a known one. It is compared as a whole: Rocket's own
    /// reading of it panics on some forged values.
    pub fn waiting(cookies: &CookieJar<'_>) -> Option<Notice> {
        let cookie = cookies.get(COOKIE)?;
        Notice::ALL.iter().copied().find(|notice| cookie.value() == notice.cookie_value())
    }

    /// Drops a notice that waits: what it says is over.
    pub fn forget(cookies: &CookieJar<'_>) {
        if cookies.get(COOKIE).is_some() {
            cookies.remove(COOKIE);
        }
    }

    /// Takes the notice for showing, with a link to log-in where it has one: the cookie that carried it is removed.
    pub fn show(self, flash: &FlashMessage<'_>, login_href: &str) -> Shown {
        let _ = flash.kind(); // this is what removes the cookie; kind and text are ours
        let (_, kind, text) = self.facts();
        let login = Link { text: "Go to login page.", href: login_href.to_owned() };
        Shown { kind, text: text.into(), link: (self == Notice::EmailTaken).then_some(login) }
    }
}
