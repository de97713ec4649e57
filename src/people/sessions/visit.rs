//! What the handler of a form needs to know about its request, as one argument.

use rocket::Request;
use rocket::http::Status;
use rocket::outcome::{IntoOutcome, try_outcome};
use rocket::request::{FromRequest, Outcome};

use super::cookie;
use super::enrolling::{Held, MaybeEnrolling};
use super::known_browser::KnownBrowser;
use super::remember_token::RememberToken;
use super::rotate_with_device::Rotated;
use super::start::Started;
use crate::base::{Client, Site, Time, Token};
use crate::people::accounts::AccountId;
use crate::web::{Cookies, EmailSent, Notice, SignedUp, Submission, Submitted};

/// A visitor's request: who sent it, by which form, and what their browser holds at this moment. It is not what
/// the request brought, since the look-up of the user may have replaced that. Open to all; a page that needs a
/// user asks for [`User`](super::user::User) as well.
pub struct Visit<'r> {
    /// The site.
    pub site: &'r Site,
    /// Address and browser.
    pub client: Client,
    /// The form.
    pub submitted: Submitted<'r>,
    /// The cookies of their browser.
    pub cookies: Cookies<'r>,
    held: &'r Held,
}

impl Visit<'_> {
    /// The token of their remembered device, if there is one.
    pub fn device(&self) -> Option<&RememberToken> {
        self.held.device.as_ref()
    }

    /// Their browser, and the accounts it is known to.
    pub fn known_browser(&self) -> KnownBrowser {
        KnownBrowser::read(self.cookies)
    }

    /// What a decision records about the form: where its answer leads, and the notice there.
    pub fn leads(&self, location: impl Into<String>, notice: impl Into<Option<Notice>>) -> Submission {
        self.submitted.leads(location, notice)
    }

    /// They logged in, with a password that was given at this moment: their browser gets the session, and is
    /// known to the account.
    pub fn log_in(&self, started: &Started, browser: KnownBrowser, account: &AccountId, given_at: Time) {
        // There is no later moment to say that a device was logged out, however recent it was.
        let before = self.held.logged_out.as_ref().or(self.held.replaced.as_ref());
        cookie::set_cookies(started, before, &self.client, self.cookies);
        browser.make_known(account, given_at, self.cookies);
        SignedUp::forget(self.cookies);
        EmailSent::forget(self.cookies);
    }

    /// Their session has a new token.
    pub fn rotate(&self, session: &Token) {
        cookie::rotate_cookie(session, self.cookies);
    }

    /// Their session and its device have new tokens.
    pub fn rotate_with_device(&self, rotated: &Rotated) {
        cookie::rotate_cookies(rotated, self.cookies);
    }

    /// Their session has ended.
    pub fn log_out(&self) {
        cookie::forget(self.cookies);
    }

    /// The sessions of an account have ended; theirs may be one of them.
    pub fn log_out_of(&self, account: &AccountId) {
        if self.held.account.as_ref() == Some(account) {
            self.log_out();
        }
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visit<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let _ = try_outcome!(request.guard::<MaybeEnrolling>().await);
        let visit = || {
            let (cookies, submitted) = (Cookies::of(request)?, Submitted::of(request)?);
            let (site, client) = (cookies.site, Client::of(request, cookies.site));
            Some(Visit { site, client, submitted, cookies, held: Held::of(request) })
        };
        visit().or_error((Status::InternalServerError, ()))
    }
}
