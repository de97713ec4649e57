//! A form of a page: for whom the page was shown, and that the form is processed once, however often it is
//! sent.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use rocket::Request;
use rocket::request::{FromRequest, Outcome};
use rocket::response::Redirect;

use super::app_notice::Waiting;
use super::notice::Notice;
use super::view::Answer;
use super::{Error, Result, paths};
use crate::base::form_value::FormValue;
use crate::base::rate_limit::KeyedGuard;
use crate::base::submissions::FormResult;
use crate::base::{Site, TokenHash, Tx, submissions};

pub use super::template_forms::FIELD;

/// The key of the message for a form that was shown for another link than the current one. For a form that was
/// shown to another account there is a notice ([`Notice::OtherAccount`]).
pub const OTHER_LINK: &str = "form-other-link";

/// A form of a page of ours, stored with its request.
pub(super) struct Sent {
    pub(super) value: FormValue,
    /// The identifier of this submission. Empty until a handler has read the form, if it is too long to identify it
    /// before.
    pub(super) key: OnceLock<String>,
    /// Held until the answer is known, so that a copy of the form waits for it.
    pub(super) permit: Mutex<Option<KeyedGuard>>,
    /// Whether its success was recorded, or its answer is to stand as it is.
    pub(super) written: Arc<AtomicBool>,
}

/// Stored with every request; `None` if no page of ours sent a form.
pub(super) struct Arrived(pub(super) Option<Sent>);

impl Sent {
    pub(super) fn of<'r>(request: &'r Request<'_>) -> Option<&'r Sent> {
        request.local_cache(|| Arrived(None)).0.as_ref()
    }

    /// Its identifier, if it is known.
    pub(super) fn key(&self) -> Option<&str> {
        self.key.get().map(String::as_str)
    }

    /// Takes what is held, to release it with the answer.
    pub(super) fn take_permit(&self) -> Option<KeyedGuard> {
        self.permit.lock().take()
    }
}

/// The form of a request, as an argument of a handler. A form that no page of ours sent, such as one from
/// `curl`, is processed like any other.
#[derive(Clone, Copy)]
pub struct Submitted<'r>(Option<&'r Sent>, &'r Site);

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Submitted<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match Submitted::of(request) {
            Some(submitted) => Outcome::Success(submitted),
            None => Outcome::Error((rocket::http::Status::InternalServerError, ())),
        }
    }
}

impl<'r> Submitted<'r> {
    /// The form of a request; `None` before the site is available.
    pub fn of(request: &'r Request<'_>) -> Option<Submitted<'r>> {
        Some(Submitted(Sent::of(request), request.rocket().state::<Site>()?))
    }

    /// Whether a page of ours sent it.
    pub fn is_of_a_page(&self) -> bool {
        self.0.is_some()
    }

    /// Whether its page was shown to another account than the current one.
    pub fn is_of_another_account(&self, id: &str) -> bool {
        self.0.is_some_and(|sent| sent.value.is_of_another_account(&self.1.key, id))
    }

    /// Whether its page was shown for another link than the current one.
    pub fn is_of_another_link(&self, link: &TokenHash) -> bool {
        self.0.is_some_and(|sent| sent.value.is_of_another_link(&self.1.key, link))
    }

    /// Whether it was too long to be identified before it was read.
    pub(super) fn is_unidentified(&self) -> bool {
        self.0.is_some_and(|sent| sent.key().is_none())
    }

    /// Identifies it by all of its fields, once they are read. An error if it was done before: the answer of that
    /// time takes the place of this one.
    pub(super) async fn identify(&self, request: &Request<'_>, fields: &str) -> Result<()> {
        let Some(sent) = self.0 else { return Ok(()) };
        let site_key = &self.1.key;
        let key = sent
            .key
            .get_or_init(|| sent.value.submission(site_key, &request.uri().to_string(), fields.as_bytes()));
        match result_at_arrival(request, self.1, Some(key)).await? {
            Some(_) => Err(Error::DoneBefore),
            None => Ok(()),
        }
    }

    /// The answer to come stands, even if an earlier one is stored.
    pub fn stands(&self) {
        if let Some(sent) = self.0 {
            sent.written.store(true, Ordering::SeqCst);
        }
    }

    /// What a decision records together with its work: where the answer will lead, and its notice.
    pub fn leads(&self, location: impl Into<String>, notice: impl Into<Option<Notice>>) -> Submission {
        let notice: Option<Notice> = notice.into();
        self.leads_with(location.into(), notice.map(Waiting::Ours))
    }

    /// The same for a notice of ours or of the app.
    pub fn leads_with(&self, location: String, notice: Option<Waiting>) -> Submission {
        let written = self.0.and_then(|sent| Some((sent.key()?.to_owned(), sent.written.clone())));
        Submission { written, location, notice, ..Submission::default() }
    }
}

/// What is recorded about a form: how it is answered once it is done.
#[derive(Clone, Debug)]
pub struct Submission {
    written: Option<(String, Arc<AtomicBool>)>,
    location: String,
    notice: Option<Waiting>,
    seconds: i64,
    anew: bool,
}

impl Default for Submission {
    fn default() -> Submission {
        let seconds = submissions::SECONDS;
        Submission { written: None, location: String::new(), notice: None, seconds, anew: false }
    }
}

impl Submission {
    /// Without a form: for the command line.
    pub fn none() -> Submission {
        Submission::default()
    }

    /// The same, replayed for at most this many seconds: after that it may be done again, or has to be.
    pub fn true_for(self, seconds: i64) -> Submission {
        Submission { seconds, ..self }
    }

    /// The same, in place of an earlier result: it could be done again, so that one was undone.
    pub fn done_anew(&self) -> Submission {
        Submission { anew: true, ..self.clone() }
    }

    /// Records the success in the transaction that does the work, before it commits. An error if it was
    /// already done: then nothing is done again. Removes the results of the account's other forms, which may
    /// no longer be true.
    pub async fn succeed(&self, tx: &mut Tx, site: &Site, account: Option<&str>) -> sqlx::Result<()> {
        self.write(tx, site, account, None).await?;
        match account {
            Some(account) => self.supersede(tx, account).await,
            None => Ok(()),
        }
    }

    /// Removes the results of an account's other forms.
    pub async fn supersede(&self, tx: &mut Tx, account: &str) -> sqlx::Result<()> {
        submissions::forget(tx, account, self.key()).await
    }

    /// Whether this very form was already done, for example by another instance at the same time. Asked
    /// before a password counts as wrong: the first may have changed it.
    pub async fn is_done(&self, site: &Site) -> sqlx::Result<bool> {
        let Some((key, _)) = &self.written else { return Ok(false) };
        Ok(submissions::find(&site.db, key, site.clock.now()).await?.is_some())
    }

    /// Its identifier; empty if no page of ours sent the form.
    pub fn key(&self) -> &str {
        self.written.as_ref().map_or("", |(key, _)| key)
    }

    /// The same as [`succeed`](Self::succeed) for a login. Its answer is not replayed: only the password
    /// gives it its cookie.
    pub async fn log_in(&self, tx: &mut Tx, site: &Site, session: &str) -> sqlx::Result<()> {
        self.write(tx, site, None, Some(session)).await
    }

    async fn write(
        &self,
        tx: &mut Tx,
        site: &Site,
        account: Option<&str>,
        session: Option<&str>,
    ) -> sqlx::Result<()> {
        let Some((key, written)) = &self.written else { return Ok(()) };
        let (location, notice) = (&*self.location, self.notice.map(Waiting::code));
        let (notice, seconds, anew) = (notice.as_deref(), self.seconds, self.anew);
        let new = submissions::New { key, location, notice, seconds, anew };
        if !submissions::put(tx, new, account, session, site.clock.now()).await? {
            return Err(sqlx::Error::AnyDriverError(Box::new(submissions::DoneBefore)));
        }
        written.store(true, Ordering::SeqCst);
        Ok(())
    }

    /// The answer.
    pub fn answer(self) -> Answer {
        answer(self.location, self.notice)
    }
}

/// The result of a form that was sent before.
pub(super) async fn earlier_result(site: &Site, key: Option<&str>) -> Result<Option<FormResult>> {
    match key {
        Some(key) => Ok(submissions::find(&site.db, key, site.clock.now()).await?),
        None => Ok(None),
    }
}

/// The same before the form is handled. A sign-up is always handled: it checks whether its account still exists, and
/// takes equally long either way.
pub(super) async fn result_at_arrival(
    request: &Request<'_>,
    site: &Site,
    key: Option<&str>,
) -> Result<Option<FormResult>> {
    earlier_result(site, key.filter(|_| request.uri().path().as_str() != paths::SIGNUP)).await
}

/// A redirect, with a notice if there is one.
pub(super) fn answer(location: String, notice: Option<Waiting>) -> Answer {
    let redirect = Redirect::to(location);
    match notice {
        Some(notice) => notice.after(redirect).into(),
        None => redirect.into(),
    }
}
