//! A login whose cookie the browser did not keep: the password was right, but the next page does not know
//! the user. No cookie can carry the reason to the login page, so the address does. It counts only if the
//! browser sends no cookie at all.

use rocket::Request;
use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};

use crate::base::log::OnceAMinute;
use crate::base::{Sentence, Site};
use crate::web::FormErrors;
use crate::web::lost_cookie::was_lost;
use crate::web::request::only;

/// Whether the login page is shown because a cookie was lost, and why.
pub(super) enum LostCookie {
    /// It is shown for another reason.
    No,
    /// Pages are visited over http, where a browser does not keep the cookies of an https site. Contains the
    /// site's address.
    Insecure(String),
    /// The browser stores no cookies.
    Blocked,
}

impl LostCookie {
    /// The message for the page of the form.
    pub(super) fn errors(&self) -> FormErrors {
        match self {
            LostCookie::No => FormErrors::none(),
            LostCookie::Insecure(base_url) => {
                FormErrors::about_all(Sentence::new("form-cookie-insecure").with("url", base_url.as_str()))
            }
            LostCookie::Blocked => FormErrors::about_all("form-cookie-blocked"),
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for LostCookie {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        static TOLD: OnceAMinute = OnceAMinute::new();
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error((Status::InternalServerError, ()));
        };
        if !was_lost(request) {
            return Outcome::Success(LostCookie::No);
        }
        let base_url = &site.settings.base_url;
        // The page of the form, which the visitor comes from.
        let insecure =
            site.is_https() && only(request, "referer").is_some_and(|page| page.starts_with("http://"));
        if TOLD.may_log(site.clock.now()) {
            let why = if insecure {
                "it opened the page over http, where it drops the cookies of an https site"
            } else {
                "it does not accept cookies"
            };
            log::warn!(
                event = "authn_cookie_lost";
                "a browser did not send the session cookie after a login: {why}; base_url is {base_url}"
            );
        }
        Outcome::Success(if insecure {
            LostCookie::Insecure(base_url.to_string())
        } else {
            LostCookie::Blocked
        })
    }
}
