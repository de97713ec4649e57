//! The cause on the error page of an app's debug build.

use std::fmt;
use std::sync::OnceLock;

use rocket::Request;

use crate::base::Site;

/// The cause, stored with the request: the developer of the app need not look for it in the log.
#[derive(Default)]
struct Cause(OnceLock<String>);

/// Keeps the cause; the first one counts. Only in the debug build of an app: a visitor of a site never reads it.
pub(crate) fn keep_cause(request: &Request<'_>, cause: &dyn fmt::Display) {
    let is_of_app = || request.rocket().state::<Site>().is_some_and(|site| !site.settings.program.is_alone());
    if cfg!(debug_assertions) && is_of_app() {
        let _ = request.local_cache(Cause::default).0.set(cause.to_string()); // a later one follows from the first
    }
}

/// The cause in a sentence, for the developer of an app. Nothing in a release build, and nothing without an app.
pub(crate) fn cause(request: &Request<'_>) -> Option<String> {
    let cause = request.local_cache(Cause::default).0.get()?;
    Some(format!("A debug build shows why: {cause}"))
}
