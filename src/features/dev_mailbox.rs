//! The emails of a site under development, only for its own machine. A release build has no such page.

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, Route, State, get, routes};
use serde_json::{Value, json};

use crate::base::mailer::Mail;
use crate::base::{Language, Site};
use crate::layout::Layout;
use crate::web::Page;
use crate::web::moment::Moment;
use crate::web::request::asked_on_loopback;

/// The page's route.
pub fn routes() -> Vec<Route> {
    routes![index]
}

#[get("/dev/mailbox")]
fn index(_here: Here, layout: Layout<'_>, site: &State<Site>) -> Page {
    let base = site.settings.base_url.to_string();
    let mails: Vec<Value> =
        site.mailer.kept().iter().rev().map(|mail| shown(mail, &base, site, layout.language())).collect();
    layout.page(
        "dev_mailbox.html",
        "Mailbox",
        json!({ "mails": mails, "way": site.mailer.in_words(site.settings.program.name) }),
    )
}

/// An email, line by line; a line that is a link to this site becomes a link.
fn shown(mail: &Mail, base: &str, site: &Site, language: Language) -> Value {
    let line = |line: &str| {
        let link = line.trim().strip_prefix(base).filter(|path| path.starts_with('/'));
        json!({ "text": line, "link": link })
    };
    json!({
        "to": mail.to,
        "subject": mail.subject,
        "at": Moment::new(mail.at, site, language),
        "lines": mail.text.lines().map(line).collect::<Vec<_>>(),
    })
}

/// The request comes from this machine and names it: another site's page must not read it under a host name
/// of its own.
struct Here;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Here {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let near = request.remote().is_some_and(|peer| peer.ip().to_canonical().is_loopback());
        match near && asked_on_loopback(request) {
            true => Outcome::Success(Here),
            false => Outcome::Error((Status::NotFound, ())),
        }
    }
}
