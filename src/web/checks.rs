//! What every request passes first, as the rules of its class say: for every path, mounted or not. It is one route,
//! ranked before all others, so that what it refuses reaches no handler, guard, database or body. Only what proxies ask of
//! the gate ([`RouteClass::Check`]) comes before it.

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request};

use super::route_class::RouteClass;
use super::{form_rate_limit, host, origin};

/// Every method that Rocket knows.
pub const METHODS: [Method; 9] = [
    Method::Get,
    Method::Put,
    Method::Post,
    Method::Delete,
    Method::Options,
    Method::Head,
    Method::Trace,
    Method::Connect,
    Method::Patch,
];

/// The rank of what proxies ask: before all else.
pub const RANK_OF_CHECKS: isize = isize::MIN;

/// The routes ranked before all others but those.
pub fn first() -> Vec<Route> {
    METHODS.map(|method| Route::ranked(RANK_OF_CHECKS + 1, method, "/<_..>", Checks)).into()
}

#[derive(Clone)]
struct Checks;

#[rocket::async_trait]
impl Handler for Checks {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        match check(request) {
            Ok(()) => Outcome::Forward((data, Status::NotFound)),
            Err(status) => Outcome::Error(status),
        }
    }
}

/// All checks, in order. Requests that another site made a browser send do not count against a rate limit: they
/// would use up the allowance of the visitor's own network.
fn check(request: &Request<'_>) -> Result<(), Status> {
    let rules = RouteClass::of(request).rules();
    host::check(request, rules)?;
    origin::check(request, rules)?;
    has_plain_path(request)?;
    form_rate_limit::check(request, rules)
}

/// For a browser, `/login/` is another page than `/login`; Rocket would serve both.
fn has_plain_path(request: &Request<'_>) -> Result<(), Status> {
    let path = request.uri().path().as_str();
    let is_odd = path != "/" && (path.ends_with('/') || path.contains("//"));
    if is_odd { Err(Status::NotFound) } else { Ok(()) }
}
