//! So many forms from one network, whatever they are: for every path, mounted or not. One route right behind the check of where
//! a request comes from, so that no guard, database or body is reached by a flood. What another site has a browser send was
//! refused before, and does not count: it would use up what the visitor's own network may do.

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request};

use super::refused;
use super::visitor::Visitor;
use crate::base::Site;
use crate::base::limit::{Action, Source};

/// The routes ranked second of all.
pub fn second() -> Vec<Route> {
    let methods = [Method::Put, Method::Post, Method::Delete, Method::Trace, Method::Connect, Method::Patch];
    methods.map(|method| Route::ranked(isize::MIN + 1, method, "/<_..>", Ceiling)).into()
}

/// For how many seconds a visitor has to wait, for the header `Retry-After` of the answer.
#[derive(Clone, Copy, Debug)]
pub struct TooMany(pub Option<i64>);

#[derive(Clone)]
struct Ceiling;

#[rocket::async_trait]
impl Handler for Ceiling {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error(Status::InternalServerError);
        };
        let visitor = Visitor::of(request, site);
        let network = Source::network(visitor.address);
        match site.limits.take(Action::Form, &network, site.clock.now()) {
            Ok(()) => Outcome::Forward((data, Status::NotFound)),
            Err(wait) => {
                refused::too_early(site, &visitor, "", &wait, "a form came too early");
                request.local_cache(|| TooMany(Some(wait.seconds())));
                Outcome::Error(Status::TooManyRequests)
            }
        }
    }
}
