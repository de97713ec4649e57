//! The answers to proxies. They are made here and nowhere else: no catcher, page or fairing adds to them. A proxy hands most
//! of them to the browser, as answers of the app's host.

use std::io::Cursor;

use rocket::http::{ContentType, Status};
use rocket::{Request, Response};
use serde_json::{Value, json};

use super::cookies::GateCookies;
use super::way;
use crate::base::{Site, Token, WebOrigin};
use crate::people::passes::Passed;
use crate::services::apps::{App, RemoteUser};
use crate::web::{json_error, paths};

/// Seconds after which a browser may ask again.
const RETRY_AFTER: &str = "5";

/// The request goes on to the app, which is told who is there. If no one is, the four headers are empty: of a header
/// that is missing, some proxies keep what the client sent.
pub(super) fn goes_on<'r>(app: &App, passed: Option<&Passed>) -> Response<'r> {
    let user = passed.map_or("", |passed| match app.remote_user {
        RemoteUser::Handle => passed.handle_text(),
        RemoteUser::Email if passed.email_text().is_empty() => passed.id_text(),
        RemoteUser::Email => passed.email_text(),
        RemoteUser::Id => passed.id_text(),
    });
    let mut response = empty(Status::Ok);
    response.set_raw_header("Remote-User", user.to_owned());
    response.set_raw_header("Remote-Name", passed.map_or("", Passed::name_text).to_owned());
    response.set_raw_header("Remote-Email", passed.map_or("", Passed::email_text).to_owned());
    response.set_raw_header("Remote-Groups", passed.map_or("", Passed::groups_text).to_owned());
    response.set_raw_header("Cache-Control", "no-store");
    response
}

/// A status and nothing else.
pub(super) fn empty<'r>(status: Status) -> Response<'r> {
    let mut response = Response::new();
    response.set_status(status);
    response
}

/// The database did not answer, so no one goes on.
pub(super) fn unavailable<'r>() -> Response<'r> {
    let mut response = empty(Status::ServiceUnavailable);
    response.set_raw_header("Retry-After", RETRY_AFTER);
    response
}

/// A redirect to an address, which is escaped for the value of a header.
pub(super) fn leads<'r>(address: &str) -> Response<'r> {
    let mut response = empty(Status::SeeOther);
    response.set_raw_header("Location", plain(address));
    response
}

/// To the login host, from where the browser comes back to a page of the app. It gets a visit, or keeps the one that it has,
/// so that tabs which are opened together agree.
pub(super) fn to_login<'r>(
    request: &Request<'_>,
    (site, cookies): (&Site, &GateCookies),
    origin: &WebOrigin,
    page: &str,
) -> Response<'r> {
    let visit = cookies.visit(request.cookies(), origin).unwrap_or_else(Token::generate);
    let gate = way::gate_address(&way::to(&visit, origin, page));
    let mut response = leads(&format!("{}{gate}", site.settings.base_url));
    response.adjoin_raw_header("Set-Cookie", cookies.set_visit(&visit, origin));
    response
}

/// What a script or a program is told, which cannot be led to a page.
#[derive(Clone, Copy, Debug)]
pub(super) enum Told {
    /// It needs a login.
    LogIn,
    /// It needs a login that is recent.
    LogInAgain,
    /// The account may not.
    NotAllowed,
}

impl Told {
    /// The status that says it.
    pub(super) fn status(self) -> Status {
        match self {
            Told::LogIn | Told::LogInAgain => Status::Unauthorized,
            Told::NotAllowed => Status::Forbidden,
        }
    }
}

/// The same as JSON; to no visitor a question for a password (`WWW-Authenticate`), which a browser would show to its user.
pub(super) fn json<'r>(request: &Request<'_>, site: &Site, told: Told) -> Response<'r> {
    let address = |path: &str| format!("{}{path}", site.settings.base_url);
    let (description, more) = match told {
        Told::LogIn => ("This needs a login.", json!({ "login": address(paths::LOGIN) })),
        Told::LogInAgain => {
            ("This needs a fresh login.", json!({ "reauthenticate": address(paths::REAUTHENTICATE) }))
        }
        Told::NotAllowed => ("This account may not use this app.", Value::Null),
    };
    let response = json_error::respond(request, told.status(), description, more);
    response.unwrap_or_else(empty)
}

/// A body as JSON.
pub(super) fn with_json<'r>(status: Status, body: &Value) -> Response<'r> {
    let body = body.to_string();
    let mut response = empty(status);
    response.set_header(ContentType::JSON);
    response.set_sized_body(body.len(), Cursor::new(body));
    response
}

/// An address as visible characters of ASCII: what else there is, is written as browsers do.
fn plain(address: &str) -> String {
    let mut text = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            0x21..=0x7e => text.push(byte.into()),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_can_neither_end_its_header_nor_leave_ascii() {
        assert_eq!(plain("https://a.test/b?c=%2F&d=\\#e"), "https://a.test/b?c=%2F&d=\\#e");
        assert_eq!(plain("/größe a\r\nSet-Cookie: b\0"), "/gr%C3%B6%C3%9Fe%20a%0D%0ASet-Cookie:%20b%00");
    }

    #[test]
    fn a_refusal_has_nothing_that_lets_anyone_in() {
        for response in [empty(Status::Forbidden), unavailable(), leads("https://login.example.org/gate")] {
            assert!(response.status().code >= 300);
            assert!(!response.headers().iter().any(|header| header.name().as_str().starts_with("Remote-")));
        }
    }
}
