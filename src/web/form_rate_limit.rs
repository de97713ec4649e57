//! A rate limit on all forms from one network: for every path, mounted or not. One route directly behind the
//! cross-origin check applies it, so a flood reaches no guard, database or body. Requests that another site
//! made a browser send were refused before and do not count: they would use up the allowance of the visitor's
//! own network.

use rocket::http::{Method, Status};
use rocket::route::{Handler, Outcome, Route};
use rocket::{Data, Request};

use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate};
use crate::base::{Client, Site, refused};

/// A request that may change something, of any kind and with any outcome.
static FORM: LimitedAction = LimitedAction {
    code: "form",
    rate: |settings| Rate::a_minute(settings.limit_forms.get()),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: "There were too many requests from your network.",
    logged: "too many forms",
};

/// The routes ranked second of all.
pub fn second() -> Vec<Route> {
    let methods = [Method::Put, Method::Post, Method::Delete, Method::Trace, Method::Connect, Method::Patch];
    methods.map(|method| Route::ranked(isize::MIN + 1, method, "/<_..>", FormRateLimit)).into()
}

/// Seconds that a visitor has to wait, for the header `Retry-After`.
#[derive(Clone, Copy, Debug)]
pub struct TooMany(pub Option<i64>);

#[derive(Clone)]
struct FormRateLimit;

#[rocket::async_trait]
impl Handler for FormRateLimit {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> Outcome<'r> {
        let Some(site) = request.rocket().state::<Site>() else {
            return Outcome::Error(Status::InternalServerError);
        };
        let client = Client::of(request, site);
        let network = LimitKey::network(client.address);
        match site.limits.take(&FORM, &network, site.clock.now()) {
            Ok(()) => Outcome::Forward((data, Status::NotFound)),
            Err(wait) => {
                refused::too_early(site, &client, "", &wait, FORM.logged);
                request.local_cache(|| TooMany(Some(wait.seconds())));
                Outcome::Error(Status::TooManyRequests)
            }
        }
    }
}
