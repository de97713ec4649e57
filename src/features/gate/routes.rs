//! All routes of the gate.

use rocket::Route;

use super::{check, page, trouble};

/// The pages on the login host.
pub fn pages() -> Vec<Route> {
    [page::routes(), trouble::routes()].concat()
}

/// The addresses that proxies ask.
pub fn checks() -> Vec<Route> {
    check::routes()
}
