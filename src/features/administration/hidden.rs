//! Hides everything below `/admin` from users who are not administrators.
//!
//! - Who is logged in gets the same 404 at every address, whether it has a page, takes a form, or is unknown. A 403 or a 405
//!   would tell them apart.
//! - Who is not logged in is led to the login from every address, also from an unknown one. It may be an administrator whose
//!   session has ended, who must come back to the page; and a stranger learns no more than from an unknown address.
//!
//! The pages of an app keep the 403 of their guards, also below `/admin`: they belong to the app.

use rocket::http::{Method, Status};
use rocket::outcome::Outcome;
use rocket::route::{self, Handler, Route};
use rocket::{Data, Request};

use crate::people::User;
use crate::people::groups::{self, GroupName, NotAMember};
use crate::web::methods;

/// The same routes, which are not there for a user who is no administrator.
pub(super) fn from_others(routes: Vec<Route>) -> Vec<Route> {
    let hidden = |mut route: Route| {
        route.handler = Box::new(Hidden(route.handler));
        route
    };
    routes.into_iter().map(hidden).collect()
}

/// Routes for all addresses below `/admin` that no page answers. Their rank is after all pages, and before the routes that
/// answer 405. HEAD is left to Rocket, which answers it as GET.
pub fn rest() -> Vec<Route> {
    let all = [
        Method::Get,
        Method::Put,
        Method::Post,
        Method::Delete,
        Method::Options,
        Method::Trace,
        Method::Connect,
        Method::Patch,
    ];
    all.map(|method| Route::ranked(methods::LAST - 1, method, "/admin/<_..>", Nothing)).into()
}

#[derive(Clone)]
struct Hidden(Box<dyn Handler>);

#[rocket::async_trait]
impl Handler for Hidden {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> route::Outcome<'r> {
        let outcome = self.0.handle(request, data).await;
        let NotAMember(outside) = *request.local_cache(|| NotAMember(false));
        match outcome {
            Outcome::Error(Status::Forbidden) if outside => Outcome::Error(Status::NotFound),
            outcome => outcome,
        }
    }
}

#[derive(Clone)]
struct Nothing;

#[rocket::async_trait]
impl Handler for Nothing {
    async fn handle<'r>(&self, request: &'r Request<'_>, data: Data<'r>) -> route::Outcome<'r> {
        let user = match request.guard::<User>().await {
            Outcome::Success(user) => user,
            Outcome::Error((status, ())) => return Outcome::Error(status),
            Outcome::Forward(status) => return Outcome::Forward((data, status)),
        };
        match groups::names_for(request, &user).await {
            // What it is for them: an unknown address, or the wrong method.
            Ok(groups) if groups.iter().any(GroupName::is_admins) => {
                Outcome::Forward((data, Status::NotFound))
            }
            Ok(_) => Outcome::Error(Status::NotFound),
            Err(status) => Outcome::Error(status),
        }
    }
}
