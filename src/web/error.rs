//! The one error that a handler returns: we could not find out. Ordinary outcomes (a wrong password, a taken
//! address) are not errors but values of the feature that they belong to.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder};

use super::error_cause::keep_cause;
use super::request::RequestId;
use crate::base::admission::AdmitError;
use crate::base::causes;
use crate::base::hashing::Failure;
use crate::base::submissions;
use crate::base::{Client, Refusal, Site, refused};

/// The answer of a handler, or why there is none.
///
/// ```no_run
/// use rocket::{State, get};
/// use vestibule::{Result, Site};
///
/// #[get("/up")]
/// async fn up(site: &State<Site>) -> Result<&'static str> {
///     site.db.answers().await?; // 503 if it does not
///     Ok("up")
/// }
/// ```
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no answer. The cause goes to the log, once; the visitor reads a calm page without it (a debug build
/// shows it there, too). `?` converts every error that implements [`std::error::Error`]: one of the database to a 503,
/// all others to a 500.
///
/// ```
/// use vestibule::{Error, Result};
///
/// fn amount(typed: &str) -> Result<u32> {
///     Ok(typed.parse()?)
/// }
///
/// assert!(matches!(amount("ten"), Err(Error::Failed(_))));
///
/// let closed = Error::Closed { heading: "The shop is closed", advice: "Come back tomorrow.", logged: "closed" };
/// assert_eq!(closed.status().code, 403); // with these two sentences on its page
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The database did not answer: 503.
    Database(sqlx::Error),
    /// Too many passwords are being checked: 503.
    #[doc(hidden)]
    Busy,
    /// Too many emails requested by strangers wait to be sent: 503.
    #[doc(hidden)]
    OutboxFull,
    /// The same form was sent before, and is still being processed: 503.
    #[doc(hidden)]
    Underway,
    /// What the app does took longer than it may: 503. What it is, and how long that is.
    #[doc(hidden)]
    TooLong(&'static str, Duration),
    /// The form was sent twice and processed once, by another instance: 409, if its answer is not known.
    #[doc(hidden)]
    DoneBefore,
    /// Something that should not happen: 500.
    Broken(&'static str),
    /// The error of another library: 500.
    Failed(Box<dyn StdError + Send + Sync>),
    /// It is not allowed: 403.
    Closed {
        /// What happened: a sentence, or its key in `words/`.
        heading: &'static str,
        /// What to do next: a sentence, or its key in `words/`.
        advice: &'static str,
        /// What happened, for the log.
        logged: &'static str,
    },
}

/// The keys of the sentences on an error page, stored with the request for the catcher: what happened, and what to
/// do next.
#[derive(Clone, Copy, Debug)]
pub struct Explained(pub Option<(&'static str, &'static str)>);

impl Error {
    /// An error as `?` makes it, from what `?` does not accept, such as a text: `.map_err(Error::failed)?`.
    pub fn failed(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Error {
        let cause: Box<dyn StdError + Send + Sync> = cause.into();
        match cause.downcast::<sqlx::Error>() {
            Ok(error) => Error::of_database(*error),
            Err(cause) => Error::Failed(cause),
        }
    }

    fn of_database(error: sqlx::Error) -> Error {
        match error {
            sqlx::Error::AnyDriverError(cause) if cause.is::<submissions::DoneBefore>() => Error::DoneBefore,
            error => Error::Database(error),
        }
    }

    /// The status of the answer.
    pub fn status(&self) -> Status {
        match self {
            Error::Database(_) | Error::Busy | Error::OutboxFull | Error::Underway | Error::TooLong(..) => {
                Status::ServiceUnavailable
            }
            Error::DoneBefore => Status::Conflict,
            Error::Broken(_) | Error::Failed(_) => Status::InternalServerError,
            Error::Closed { .. } => Status::Forbidden,
        }
    }

    /// Logs the error, and stores the sentences of its page with the request. Returns the status, for a guard of yours:
    /// `Outcome::Error((error.report(request), ()))`.
    pub fn report(&self, request: &Request<'_>) -> Status {
        self.log(request);
        let explained = match *self {
            Error::Closed { heading, advice, .. } => Some((heading, advice)),
            Error::OutboxFull => Some(("error-emails-wait", "error-emails-wait-advice")),
            Error::Underway => Some(("error-underway", "error-underway-advice")),
            _ => None,
        };
        if explained.is_some() {
            request.local_cache(|| Explained(explained));
        }
        if let Error::Database(_) | Error::TooLong(..) | Error::Broken(_) | Error::Failed(_) = self {
            keep_cause(request, self);
        }
        self.status()
    }

    /// Logs the cause, with the ID of the request.
    fn log(&self, request: &Request<'_>) {
        let request_id = RequestId::of(request);
        match self {
            Error::Database(_) => log::error!(event = "sys_database", request_id; "{self}"),
            Error::Busy => refused(request, "sys_busy", "too many passwords were being checked", || {
                log::warn!(event = "sys_busy", request_id; "{self}; a visitor was asked to wait");
            }),
            Error::OutboxFull => {} // logged where it was found, once a minute for all visitors
            Error::Underway => refused(
                request,
                "sys_busy",
                "a form was sent again while the first one was still in progress",
                || {
                    log::warn!(event = "sys_busy", request_id; "{self}; a visitor was asked to wait");
                },
            ),
            Error::TooLong(..) => log::error!(event = "app_failed", request_id; "{self}"),
            Error::DoneBefore => log::info!(event = "form_repeated", request_id; "{self}"),
            Error::Broken(_) | Error::Failed(_) => {
                log::error!(event = "sys_broken", request_id; "{self}");
            }
            Error::Closed { logged, .. } => refused(request, "authz_fail", logged, || {
                log::info!(event = "authz_fail", request_id; "{self}");
            }),
        }
    }
}

fn refused(request: &Request<'_>, event: &'static str, what: &'static str, write: impl FnOnce()) {
    if let Some(site) = request.rocket().state::<Site>() {
        refused::log(site, &Client::of(request, site), event, what, write);
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Database(error) => write!(f, "the database did not answer: {error}"),
            Error::Busy => f.write_str("too many passwords are being checked"),
            Error::OutboxFull => f.write_str("too many emails that strangers asked for are waiting"),
            Error::Underway => f.write_str("a form was sent again while the first one was still in progress"),
            Error::TooLong(what, longest) => {
                write!(f, "{what} took longer than {} seconds", longest.as_secs())
            }
            Error::DoneBefore => submissions::DoneBefore.fmt(f),
            Error::Broken(what) | Error::Closed { logged: what, .. } => f.write_str(what),
            Error::Failed(cause) => f.write_str(&causes::chain(&**cause)),
        }
    }
}

// Possible because `Error` itself does not implement `std::error::Error`; nor do the two below.
impl<E: StdError + Send + Sync + 'static> From<E> for Error {
    fn from(error: E) -> Error {
        Error::failed(error)
    }
}

#[doc(hidden)]
impl From<AdmitError> for Error {
    fn from(error: AdmitError) -> Error {
        match error {
            AdmitError::Busy => Error::Busy,
            AdmitError::Database(error) => error.into(),
        }
    }
}

#[doc(hidden)]
impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        match failure {
            Failure::Busy => Error::Busy,
            Failure::Broken => Error::Broken("a password computation ended without a result"),
        }
    }
}

/// For a command of an app, which shares code with its pages.
impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        Refusal::new(format!("It did not work: {error}."))
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        Err(self.report(request))
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;

    /// As `?` makes it.
    fn asked<E: Into<Error>>(error: E) -> Error {
        error.into()
    }

    #[test]
    fn what_the_database_does_not_answer_is_503_and_every_other_failure_500() {
        let read = || -> Result<Vec<u8>> { Ok(std::fs::read("/nowhere/at/all")?) };
        let ask = || -> Result<()> { Ok(Err(sqlx::Error::PoolTimedOut)?) };
        let (read, ask) = (read().unwrap_err(), ask().unwrap_err());
        assert!(matches!(&read, Error::Failed(cause) if cause.is::<io::Error>()), "{read:?}");
        assert!(matches!(&ask, Error::Database(sqlx::Error::PoolTimedOut)), "{ask:?}");
        assert_eq!((read.status().code, ask.status().code), (500, 503));
        // One that an app carries in a box is the database's all the same.
        let boxed: Box<dyn StdError + Send + Sync> = Box::new(sqlx::Error::PoolClosed);
        assert!(matches!(Error::failed(boxed), Error::Database(sqlx::Error::PoolClosed)));
        assert!(matches!(Error::failed("no paper"), Error::Failed(_)));
    }

    #[test]
    fn errors_of_our_own_keep_their_meaning() {
        let done = sqlx::Error::AnyDriverError(Box::new(submissions::DoneBefore));
        assert!(matches!(asked(done), Error::DoneBefore));
        let other = sqlx::Error::AnyDriverError("the server went away".into());
        assert!(matches!(asked(other), Error::Database(sqlx::Error::AnyDriverError(_))));
        assert!(matches!(asked(AdmitError::Busy), Error::Busy));
        let done = sqlx::Error::AnyDriverError(Box::new(submissions::DoneBefore));
        assert!(matches!(asked(AdmitError::Database(done)), Error::DoneBefore));
        assert!(matches!(asked(Failure::Busy), Error::Busy));
        assert!(matches!(asked(Failure::Broken), Error::Broken(_)));
    }
}
