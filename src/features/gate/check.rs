//! The addresses that proxies ask, for every request to every app. Each step refuses, and only the last one lets a request go on;
//! what the database cannot say is refused too. The method and the query of the request itself are not read: a proxy may
//! pass on those of the browser.

use rocket::data::Data;
use rocket::http::Status;
use rocket::route::{Handler, Outcome, Route};
use rocket::{Request, Response};

use super::answer::{self, Told};
use super::check_request::CheckRequest;
use super::host_header::host_of;
use super::judge::{Person, Verdict, is_named, judge};
use super::parts::Gate;
use super::{inside, log_lines, probe};
use crate::base::WebOrigin;
use crate::people::passes;
use crate::services::apps::App;
use crate::web::checks::{METHODS, RANK_OF_CHECKS};
use crate::web::client_ip::is_trusted;
use crate::web::paths;

/// The routes: for every method, since one proxy asks with that of the browser.
pub(super) fn routes() -> Vec<Route> {
    let addresses = [
        (paths::FORWARD_AUTH, Check::ForwardAuth),
        (paths::AUTH_REQUEST, Check::AuthRequest),
        (paths::ENTER, Check::Enter),
    ];
    let each = |(path, check): (&'static str, Check)| {
        METHODS.map(|method| Route::ranked(RANK_OF_CHECKS, method, path, check))
    };
    addresses.into_iter().flat_map(each).collect()
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    /// A proxy that passes the answer on to the browser.
    ForwardAuth,
    /// nginx, which understands three statuses and passes nothing on.
    AuthRequest,
    /// nginx, for the answer to a browser that it was told to refuse.
    Enter,
}

#[rocket::async_trait]
impl Handler for Check {
    async fn handle<'r>(&self, request: &'r Request<'_>, _: Data<'r>) -> Outcome<'r> {
        let Some(gate) = Gate::of(request) else {
            return Outcome::Success(answer::unavailable());
        };
        let mut response = match self.answer(request, gate).await {
            Ok(response) => response,
            Err(error) => {
                log_lines::no_database(gate.site, &error);
                answer::unavailable()
            }
        };
        probe::mark(request, gate.site, &mut response);
        Outcome::Success(response)
    }
}

impl Check {
    /// The address.
    fn path(self) -> &'static str {
        match self {
            Check::ForwardAuth => paths::FORWARD_AUTH,
            Check::AuthRequest => paths::AUTH_REQUEST,
            Check::Enter => paths::ENTER,
        }
    }

    async fn answer<'r>(self, request: &'r Request<'_>, gate: Gate<'r>) -> sqlx::Result<Response<'r>> {
        let site = gate.site;
        // Another spelling of the address would get other headers.
        if request.uri().path().as_str() != self.path() {
            return Ok(answer::empty(Status::NotFound));
        }
        if let Some(response) = probe::answer(request, site) {
            return Ok(response);
        }
        let peer = request.remote().map(|peer| peer.ip().to_canonical());
        if !peer.is_some_and(|peer| is_trusted(peer, &site.settings.trusted_proxies.0)) {
            log_lines::untrusted(site, peer);
            return Ok(answer::empty(Status::Forbidden));
        }
        if is_front_door(request, gate) {
            log_lines::front_door(site);
            return Ok(answer::empty(Status::NotFound));
        }
        let Some(asked) = CheckRequest::read(request.headers()) else {
            log_lines::unreadable(site);
            return Ok(answer::empty(Status::Forbidden));
        };
        let apps = gate.apps.current(site).await?;
        let Some((app, origin)) = apps.by_host(&asked.host) else {
            gate.unknown.warn(site, &asked.host);
            return Ok(answer::empty(Status::Forbidden));
        };
        if self != Check::AuthRequest && inside::is_here(asked.uri) {
            return inside::answer(request, gate, &asked, (app, origin)).await;
        }
        self.about(request, gate, &asked, (app, origin)).await
    }

    /// The answer about a page of an app.
    async fn about<'r>(
        self,
        request: &'r Request<'_>,
        gate: Gate<'r>,
        asked: &CheckRequest<'_>,
        (app, origin): (&App, &WebOrigin),
    ) -> sqlx::Result<Response<'r>> {
        let passed = match gate.cookies.token(request.cookies(), origin) {
            Some(token) => passes::find(gate.site, gate.passes, &token, origin).await?,
            None => None,
        };
        // The origin may have been another app's when the pass was issued.
        let passed = passed.filter(|passed| passed.app == app.id.as_str());
        let passed = passed.as_deref();
        let now = gate.site.clock.now();
        let verdict = judge(app, asked.uri, passed.map(Person::from), asked.is_preflight(), now);
        let told = match verdict {
            Verdict::Allowed => return Ok(self.goes_on(asked, (app, origin), passed)),
            Verdict::Open => {
                let named = passed.filter(|passed| is_named(app, Person::from(*passed), now));
                return Ok(self.goes_on(asked, (app, origin), named));
            }
            Verdict::WhoAreYou => Told::LogIn,
            Verdict::Again => Told::LogInAgain,
            Verdict::NotYou => Told::NotAllowed,
        };
        Ok(match self {
            Check::AuthRequest => answer::empty(told.status()),
            Check::ForwardAuth | Check::Enter if asked.is_navigation() => {
                answer::to_login(request, (gate.site, gate.cookies), origin, &asked.page(origin))
            }
            Check::ForwardAuth | Check::Enter => answer::json(request, gate.site, told),
        })
    }

    /// The request goes on. Where nginx was told to refuse it a moment ago, the browser asks once more.
    fn goes_on<'r>(
        self,
        asked: &CheckRequest<'_>,
        (app, origin): (&App, &WebOrigin),
        passed: Option<&passes::Passed>,
    ) -> Response<'r> {
        if self != Check::Enter {
            return answer::goes_on(app, passed);
        }
        match inside::might_be_here(asked.uri) {
            // nginx answers each spelling of our own folder here, so it would ask for ever.
            true => answer::empty(Status::NotFound),
            false => answer::leads(&origin.at(&asked.page(origin))),
        }
    }
}

/// Whether the question came under the name that visitors use: then a visitor may have sent it. A site on this machine has
/// one name for both.
fn is_front_door(request: &Request<'_>, gate: Gate<'_>) -> bool {
    let base_url = &gate.site.settings.base_url;
    if base_url.is_loopback() {
        return false;
    }
    let own = base_url.as_url().host_str().unwrap_or_default();
    let own = own.strip_suffix('.').unwrap_or(own);
    // By HTTP/2, which an app on this program may switch on, no header says it.
    let authority = request.host().map(ToString::to_string);
    let mut named = request.headers().get("host").chain(authority.as_deref());
    named.any(|host| host_of(host).is_some_and(|host| host == own))
}
