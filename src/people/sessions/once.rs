//! A form of an app that is done once, however often it is sent. It is recorded as ours are.

use std::fmt;

use rocket::http::Status;
use rocket::http::uri::Reference;
use rocket::outcome::{IntoOutcome, try_outcome};
use rocket::request::{FromRequest, Outcome};
use rocket::{Orbit, Request, Rocket};

use super::enrolling::{Held, MaybeEnrolling};
use crate::base::{Site, Tx};
use crate::people::accounts::AccountId;
use crate::web::app_notice::{self, Waiting};
use crate::web::next::leads_nowhere;
use crate::web::template_compare::FINDS_MISTAKES;
use crate::web::{Answer, AppNotice, Error, Result, Submitted};

/// The longest address that is recorded, in bytes.
const LONGEST: usize = 2_000;

/// A form that is done once, however often it is sent, as by a double click: [`commit`](Once::commit) records where it
/// led, together with its work. The same form sent again within ten minutes is answered in the same way, with the same
/// notice, and the handler does not run; while the first one is in progress, the second waits for it. A form whose
/// page was shown to another account than the current one changes nothing.
///
/// ```no_run
/// use rocket::response::Redirect;
/// use rocket::{FromForm, State, post};
/// use vestibule::{Answer, Notice, Once, Post, Result, Site, User, new_id, sqlx};
///
/// const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");
///
/// #[derive(FromForm)]
/// struct Note<'r> {
///     text: &'r str,
/// }
///
/// #[post("/notes", data = "<post>")]
/// async fn create(user: User, site: &State<Site>, once: Once<'_>, post: Post<'_, Note<'_>>) -> Result<Answer> {
///     let Some(note) = post.fields() else { return Ok(Redirect::to("/notes").into()) };
///     let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
///     let insert = sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, $3)");
///     insert.bind(new_id()).bind(user.id.as_str()).bind(note.text).execute(&mut tx).await?;
///     once.commit(tx, "/notes", SAVED).await
/// }
/// ```
///
/// A page of the site names its form by the hidden value: `{{ ui::form(value=form) }}`. One without it, as from
/// `curl`, is done each time. So is one that failed, and one that is sent again after the account has done something
/// else: its answer may no longer be true. Where doing it twice would do harm, such as with a payment, let the
/// database refuse the second row too. A form of 512 bytes or more is only recognized if the handler reads it as a
/// [`Post`](crate::Post).
pub struct Once<'r> {
    site: &'r Site,
    rocket: &'r Rocket<Orbit>,
    submitted: Submitted<'r>,
    /// Who sent it, if someone is logged in.
    account: Option<AccountId>,
}

impl Once<'_> {
    /// Commits the transaction in which the form was done, and leads to a page with a notice; `None` shows none. If
    /// the same form was done in the meantime, nothing is committed, and the answer is that of the first: return the
    /// error with `?`. Do not lead to an address that is itself a secret: a visitor who sends the form again is led
    /// there too.
    ///
    /// # Errors
    ///
    /// 500 if the location is no address or has more than 2,000 bytes; in a debug build and in tests also if it is a path
    /// of this site at which there is no page, so that a misspelt one is found. 503 if the database does not answer.
    pub async fn commit(
        self,
        mut tx: Tx,
        location: impl Into<String>,
        notice: impl Into<Option<AppNotice>>,
    ) -> Result<Answer> {
        let (location, notice): (String, Option<AppNotice>) = (location.into(), notice.into());
        // Mistakes of the app are found before the work is done, not after it.
        if location.is_empty() || location.len() > LONGEST || Reference::parse(&location).is_err() {
            return Err(Error::Broken("a form is to lead to what is no address, or to one that is too long"));
        }
        if FINDS_MISTAKES && leads_nowhere(self.rocket, &location) {
            let path = location.split(['?', '#']).next().unwrap_or_default();
            return Err(Error::failed(format!(
                "a form leads to {path}, which is no page: mount a GET route there, or correct the path"
            )));
        }
        if let Some(notice) = notice {
            app_notice::require_declared(&self.site.settings.program, &Waiting::OfApp(notice).cookie_value());
        }
        let submission = self.submitted.leads_with(location, notice.map(Waiting::OfApp));
        submission.succeed(&mut tx, self.site, self.account.as_ref().map(AccountId::as_str)).await?;
        tx.commit().await?;
        Ok(submission.answer())
    }
}

impl fmt::Debug for Once<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Once").field("account", &self.account).finish_non_exhaustive()
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Once<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        // It refuses a form whose page was shown to another account.
        let _ = try_outcome!(request.guard::<MaybeEnrolling>().await);
        let once = || {
            let (site, submitted) = (request.rocket().state::<Site>()?, Submitted::of(request)?);
            let (rocket, account) = (request.rocket(), Held::of(request).account.clone());
            Some(Once { site, rocket, submitted, account })
        };
        once().or_error((Status::InternalServerError, ()))
    }
}
