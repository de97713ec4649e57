//! Known path, other method: 405 with `Allow`, where Rocket would answer 404. Each path gets a last route for
//! the methods that it lacks, so Rocket's own matching decides which paths are known.

use std::collections::BTreeMap;

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request};

/// Ranks after all default ranks of Rocket (-12 to -1).
pub const LAST: isize = 100;

/// The routes ranked after all the given ones. HEAD is left to Rocket, which answers it as GET.
pub fn last(routes: &[Route]) -> Vec<Route> {
    let mut known: BTreeMap<(isize, String), Vec<Method>> = BTreeMap::new();
    for route in routes {
        known.entry((route.rank, pattern(route))).or_default().push(route.method);
    }
    let others = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Trace,
        Method::Connect,
        Method::Patch,
    ];
    let mut routes = Vec::new();
    // Static paths come before dynamic ones, as in Rocket's ranks. Each route has its own rank, so none
    // collide.
    for (rank, ((_, path), have)) in (LAST..).zip(&known) {
        let allow = allowed(have);
        let lacking = others.iter().filter(|method| !have.contains(method));
        routes.extend(lacking.map(|method| Route::ranked(rank, *method, path, NotAllowed(allow.clone()))));
    }
    routes
}

/// A route's path without the names of its parameters: `/notes/<id>` and `/notes/<note>` are one page.
/// Queries do not count.
fn pattern(route: &Route) -> String {
    let segment = |segment: &str| match (segment.starts_with('<'), segment.ends_with("..>")) {
        (true, true) => "<_..>".to_owned(),
        (true, false) => "<_>".to_owned(),
        (false, _) => segment.to_owned(),
    };
    route.uri.path().split('/').map(segment).collect::<Vec<_>>().join("/")
}

fn allowed(have: &[Method]) -> String {
    let mut names: Vec<&str> = have.iter().map(|method| method.as_str()).collect();
    if have.contains(&Method::Get) {
        names.push(Method::Head.as_str());
    }
    names.sort_unstable();
    names.join(", ")
}

/// The methods of a path, for the header `Allow`.
#[derive(Clone, Debug)]
pub struct Allow(pub Option<String>);

#[derive(Clone)]
struct NotAllowed(String);

#[rocket::async_trait]
impl Handler for NotAllowed {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        request.local_cache(|| Allow(Some(self.0.clone())));
        Outcome::Error(Status::MethodNotAllowed)
    }
}
