//! A rate limit on the requests of one network, for every path, mounted or not: on forms, and separately on the
//! requests of programs. A flood reaches no guard, database or body.

use rocket::Request;
use rocket::http::{Method, Status};

use super::request::WireMethod;
use super::route_class::{Counted, Rules};
use crate::base::rate_limit::{Counts, Kept, LimitKey, LimitedAction, Rate};
use crate::base::{Client, Site, refused};

/// A request that may change something, of any kind and with any outcome.
static FORM: LimitedAction = LimitedAction {
    code: "form",
    rate: |settings| Rate::a_minute(settings.limit_forms.get()),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: LimitedAction::WAIT,
    logged: "too many forms",
};

/// A request of a program, of any kind and with any outcome. An app asks for all of its users from one address:
/// twenty a second are two for each of six hundred logins a minute.
static MACHINE: LimitedAction = LimitedAction {
    code: "machine",
    rate: |_| Rate::a_minute(1_200),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: LimitedAction::WAIT,
    logged: "too many requests of programs",
};

/// Seconds that a visitor has to wait, for the header `Retry-After`.
#[derive(Clone, Copy, Debug)]
pub struct TooMany(pub Option<i64>);

/// Refuses a request that comes too early (429).
pub(super) fn check(request: &Request<'_>, rules: Rules) -> Result<(), Status> {
    let reads = matches!(WireMethod::of(request), Method::Get | Method::Head | Method::Options);
    let action = match rules.counted {
        Counted::Forms if reads => return Ok(()),
        Counted::Forms => &FORM,
        // A HEAD request that no route takes is asked for again, as GET.
        Counted::All if WireMethod::of(request) == Method::Head && request.method() == Method::Get => {
            return Ok(());
        }
        Counted::All => &MACHINE,
        Counted::Nothing => return Ok(()),
    };
    let site = request.rocket().state::<Site>().ok_or(Status::InternalServerError)?;
    let client = Client::of(request, site);
    let network = LimitKey::network(client.address);
    site.limits.take(action, &network, site.clock.now()).map_err(|wait| {
        refused::too_early(site, &client, "", &wait, action.logged);
        request.local_cache(|| TooMany(Some(wait.seconds())));
        Status::TooManyRequests
    })
}
