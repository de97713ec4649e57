//! The one error that a handler returns: we could not find out. Ordinary outcomes (a wrong password, a taken
//! address) are not errors but values of the feature that they belong to.

use std::fmt;

use rocket::Request;
use rocket::http::Status;
use rocket::response::{self, Responder};

use super::request::RequestId;
use crate::base::admission::AdmitError;
use crate::base::hashing::Failure;
use crate::base::submissions;
use crate::base::{Client, Site, refused};

/// The answer of a handler, or why there is none.
pub type Result<T> = std::result::Result<T, Error>;

/// Why there is no answer. The cause goes to the log, once; the visitor reads a calm page without it.
#[derive(Debug)]
pub enum Error {
    /// The database did not answer: 503.
    Database(sqlx::Error),
    /// Too many passwords are being checked: 503.
    Busy,
    /// Too many emails requested by strangers wait to be sent: 503.
    OutboxFull,
    /// The same form was sent before, and is still being processed: 503.
    Underway,
    /// The form was sent twice and processed once, by another instance: 409, if its answer is not known.
    DoneBefore,
    /// Something that should not happen: 500.
    Broken(&'static str),
    /// The operator does not allow it: 403.
    Closed {
        /// What happened: the key of a sentence.
        heading: &'static str,
        /// What to do next: the key of a sentence.
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
    /// The status this error answers with.
    pub fn status(&self) -> Status {
        match self {
            Error::Database(_) | Error::Busy | Error::OutboxFull | Error::Underway => {
                Status::ServiceUnavailable
            }
            Error::DoneBefore => Status::Conflict,
            Error::Broken(_) => Status::InternalServerError,
            Error::Closed { .. } => Status::Forbidden,
        }
    }

    /// Logs the error, and stores the sentences of its page with the request. Returns the status; guards answer
    /// with it too.
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
            Error::DoneBefore => log::info!(event = "form_repeated", request_id; "{self}"),
            Error::Broken(_) => log::error!(event = "sys_broken", request_id; "{self}"),
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
            Error::DoneBefore => submissions::DoneBefore.fmt(f),
            Error::Broken(what) | Error::Closed { logged: what, .. } => f.write_str(what),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match error {
            sqlx::Error::AnyDriverError(cause) if cause.is::<submissions::DoneBefore>() => Error::DoneBefore,
            error => Error::Database(error),
        }
    }
}

impl From<AdmitError> for Error {
    fn from(error: AdmitError) -> Error {
        match error {
            AdmitError::Busy => Error::Busy,
            AdmitError::Database(error) => error.into(),
        }
    }
}

impl From<Failure> for Error {
    fn from(failure: Failure) -> Error {
        match failure {
            Failure::Busy => Error::Busy,
            Failure::Broken => Error::Broken("a password computation ended without a result"),
        }
    }
}

impl<'r> Responder<'r, 'static> for Error {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        Err(self.report(request))
    }
}
