//! What the gate uses of its site, for one request.

use rocket::Request;

use super::cookies::GateCookies;
use super::log_lines::Unknown;
use crate::base::Site;
use crate::people::passes::PassCache;
use crate::services::apps::AppsCache;

/// The site, and what the gate keeps in memory.
#[derive(Clone, Copy)]
pub(super) struct Gate<'r> {
    pub(super) site: &'r Site,
    pub(super) cookies: &'r GateCookies,
    pub(super) apps: &'r AppsCache,
    pub(super) passes: &'r PassCache,
    pub(super) unknown: &'r Unknown,
}

impl<'r> Gate<'r> {
    /// The gate of a request's server.
    pub(super) fn of(request: &'r Request<'_>) -> Option<Gate<'r>> {
        let rocket = request.rocket();
        Some(Gate {
            site: rocket.state()?,
            cookies: rocket.state()?,
            apps: rocket.state()?,
            passes: rocket.state()?,
            unknown: rocket.state()?,
        })
    }
}
