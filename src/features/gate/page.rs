//! The login host's page on the way to an app: it gives the browser a ticket, if the visitor may use the app; else it says
//! what is missing. It is where a login leads that an app asked for.

use std::time::Duration;

use rocket::http::Status;
use rocket::response::{self, Flash, Redirect, Responder};
use rocket::tokio::time::sleep;
use rocket::{Request, Route, State, get, routes};
use serde_json::json;

use super::inside;
use super::judge::{Person, Verdict, judge};
use super::log_lines;
use super::way::{Destination, Way, gate_address, trouble_address};
use crate::base::rate_limit::{Counts, Kept, LimitedAction, Rate};
use crate::base::{Client, Sentence, Site, refused};
use crate::layout::Layout;
use crate::people::groups;
use crate::people::passes::{self, Issued};
use crate::people::{MaybeEnrolling, User};
use crate::services::apps::{App, AppsCache};
use crate::web::error::Explained;
use crate::web::form_rate_limit::TooMany;
use crate::web::next::with_next;
use crate::web::{self, Notice, Onward, Page, paths};

/// How long another tab may take to use the pass that it was given at this moment.
const A_MOMENT: Duration = Duration::from_millis(700);

/// A ticket, for each session: it is a transaction that writes, for a request that is no form. All tabs that a browser opens
/// again at once get one.
static TICKET: LimitedAction = LimitedAction {
    code: "ticket",
    rate: |_| Rate::a_minute(120),
    counts: Counts::Each,
    kept: Kept::InMemory,
    why: LimitedAction::WAIT,
    logged: "too many tickets for apps",
};

/// Its route.
pub(super) fn routes() -> Vec<Route> {
    routes![show]
}

/// The answer.
#[derive(Responder)]
enum Reply {
    Page(Page),
    Go(Redirect),
    Tell(Flash<Redirect>),
    On(Onward),
    Early(TooEarly),
}

/// It came too early: 429, with the seconds to wait.
struct TooEarly(i64);

impl<'r> Responder<'r, 'static> for TooEarly {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        request.local_cache(|| TooMany(Some(self.0)));
        request.local_cache(|| Explained(Some(("gate-early", "error-429-advice"))));
        Err(Status::TooManyRequests)
    }
}

#[get("/gate?<to>")]
async fn show(
    to: Option<&str>,
    visitor: MaybeEnrolling,
    layout: Layout<'_>,
    client: Client,
    site: &State<Site>,
    apps: &State<AppsCache>,
) -> web::Result<Result<Reply, Status>> {
    let Some((to, way)) = to.and_then(|to| Some((to, Way::read(to)?))) else {
        return Ok(Err(Status::NotFound));
    };
    let apps = apps.current(site).await?;
    let Some(destination) = way.destination(&apps) else { return Ok(Err(Status::NotFound)) };
    // The login comes back here.
    let Some(user) = visitor.into_enrolling() else { return Ok(Err(Status::Unauthorized)) };
    let layout = layout.keeping(&gate_address(to));
    if user.is_restricted() {
        let page = Redirect::to(with_next(paths::SECURITY, layout.next()));
        return Ok(Ok(Reply::Tell(Notice::SecondFactorRequired.after(page))));
    }
    let groups = groups::names_of(&site.db, &user.id).await?;
    let person = Person { groups: &groups, authenticated_at: user.authenticated_at };
    match judge(destination.app, destination.uri, Some(person), false, site.clock.now()) {
        Verdict::Open | Verdict::Allowed => {
            if let Err(wait) = site.limits.take(&TICKET, &user.session.limit_key(), site.clock.now()) {
                refused::too_early(site, &client, user.id.as_str(), &wait, TICKET.logged);
                return Ok(Ok(Reply::Early(TooEarly(wait.seconds()))));
            }
            lead_on(site, &user, &layout, &destination).await
        }
        Verdict::Again => {
            let page = Redirect::to(with_next(paths::REAUTHENTICATE, layout.next()));
            Ok(Ok(Reply::Tell(Notice::ReauthenticateFirst.after(page))))
        }
        Verdict::NotYou => {
            log_refused(site, &client, &user, destination.app);
            Ok(Ok(Reply::Page(denied(&layout, &user, destination.app))))
        }
        // Someone is there, so this is not said.
        Verdict::WhoAreYou => Ok(Err(Status::Unauthorized)),
    }
}

/// Gives the browser a ticket, and leads it on to the app's host.
async fn lead_on(
    site: &Site,
    user: &User,
    layout: &Layout<'_>,
    to: &Destination<'_>,
) -> web::Result<Result<Reply, Status>> {
    let Destination { app, origin, uri, visit } = to;
    let issue = || passes::issue(site, &user.session, &user.id, app.id.as_str(), origin, visit);
    let mut issued = issue().await?;
    if matches!(issued, Issued::NotUsed) {
        // Another tab may have arrived at the app just now: what it asks for shows that the cookie comes back.
        sleep(A_MOMENT).await;
        issued = issue().await?;
    }
    Ok(match issued {
        Issued::Ticket(ticket) => {
            let title = Sentence::new("gate-onward-title").with("app", app.title.as_str());
            let page = layout.page("onward.html", title, json!({ "app": app.title.as_str() }));
            Ok(Reply::On(Onward::to(inside::entrance(origin, &ticket, uri), page)))
        }
        Issued::NotUsed => {
            log_lines::cookie_lost(site, origin, true);
            Ok(Reply::Go(Redirect::to(trouble_address(origin, uri, true))))
        }
        Issued::Ended => Err(Status::Unauthorized),
    })
}

/// The page of a user who may not use an app: 403.
fn denied(layout: &Layout<'_>, user: &User, app: &App) -> Page {
    let title = Sentence::new("gate-denied-title").with("app", app.title.as_str());
    let context = json!({ "app": app.title.as_str(), "address": user.email.shown() });
    layout.page("gate_denied.html", title, context).with_status(Status::Forbidden)
}

/// Logs who was refused: the first of each minute, from each network.
fn log_refused(site: &Site, client: &Client, user: &User, app: &App) {
    let (event, what) = ("authz_fail", "accounts asked for an app that they may not use");
    refused::log(site, client, event, what, || {
        let (request_id, address, browser) = (&*client.request_id, client.address_text(), client.browser);
        let (account, app) = (user.id.as_str(), app.name.as_str());
        log::info!(
            event, request_id, account, address:%, browser:%, app;
            "An account that may not use the app {app} asked for it."
        );
    });
}
