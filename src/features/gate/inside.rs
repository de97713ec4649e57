//! What is answered on the app's host itself, below `/.vestibule/`: the end of the hand-over, and the way out. The proxy passes
//! the browser's request on to no app.

use rocket::http::{RawStr, Status};
use rocket::{Request, Response};

use super::answer::{self, leads};
use super::check_request::CheckRequest;
use super::log_lines;
use super::parts::Gate;
use super::way::{self, carried_page};
use crate::base::{Token, WebOrigin};
use crate::people::passes;
use crate::services::apps::App;
use crate::web::{carried, paths};

/// Where it begins. No path of an app does.
const FOLDER: &str = "/.vestibule/";
/// Takes a ticket, and leads to the page.
const IN: &str = "/.vestibule/in";
/// Leads to the logout.
const OUT: &str = "/.vestibule/out";

/// How often an address is decoded: no one encodes one more often, and a stranger could make it thousands of times.
const ROUNDS: usize = 8;

/// The address with a ticket for this origin, which leads to a page there afterwards.
pub(super) fn entrance(origin: &WebOrigin, ticket: &Token, page: &str) -> String {
    origin.at(&format!("{IN}?ticket={}&to={}", ticket.reveal(), carried_page(origin, page)))
}

/// Whether an address is answered here.
pub(super) fn is_here(uri: &str) -> bool {
    uri.starts_with(FOLDER)
}

/// Whether some server might read an address as one of these, however it is written: no one is led back there.
pub(super) fn might_be_here(uri: &str) -> bool {
    let path = uri.split('?').next().unwrap_or_default();
    let mut read = path.to_ascii_lowercase();
    for _ in 0..ROUNDS {
        let decoded = RawStr::new(&read).percent_decode_lossy().to_ascii_lowercase();
        if decoded == read {
            return read.contains(".vestibule");
        }
        read = decoded; // with fewer percent signs
    }
    true
}

/// The answer.
pub(super) async fn answer<'r>(
    request: &Request<'_>,
    gate: Gate<'_>,
    asked: &CheckRequest<'_>,
    (app, origin): (&App, &WebOrigin),
) -> sqlx::Result<Response<'r>> {
    let (path, query) = asked.uri.split_once('?').unwrap_or((asked.uri, ""));
    match path {
        IN => enter(request, gate, (app, origin), query).await,
        OUT => Ok(leads(&format!("{}{}", gate.site.settings.base_url, paths::LOGOUT))),
        _ => Ok(answer::empty(Status::NotFound)),
    }
}

/// Spends the ticket for the token of a pass. What cannot be spent leads to the page all the same: there it turns out whether
/// the browser has a pass already, or begins anew.
async fn enter<'r>(
    request: &Request<'_>,
    gate: Gate<'_>,
    (app, origin): (&App, &WebOrigin),
    query: &str,
) -> sqlx::Result<Response<'r>> {
    let (site, cookies, jar) = (gate.site, gate.cookies, request.cookies());
    let page = page(origin, query);
    let held = cookies.token(jar, origin);
    let Some(visit) = cookies.visit(jar, origin) else {
        // Another tab has arrived before this one, and took the visit back.
        let passed = match &held {
            Some(token) => passes::find(site, gate.passes, token, origin).await?,
            None => None,
        };
        if passed.is_some_and(|passed| passed.app == app.id.as_str()) {
            return Ok(leads(&origin.at(&page)));
        }
        log_lines::cookie_lost(site, origin, false);
        return Ok(leads(&format!(
            "{}{}",
            site.settings.base_url,
            way::trouble_address(origin, &page, false)
        )));
    };
    let mut response = leads(&origin.at(&page));
    let Some(ticket) = field(query, "ticket").and_then(Token::parse) else { return Ok(response) };
    if let Some(token) = passes::redeem(site, &ticket, origin, &visit, held.as_ref()).await? {
        response.adjoin_raw_header("Set-Cookie", cookies.set_token(&token, origin));
        response.adjoin_raw_header("Set-Cookie", cookies.remove_visit(origin));
    }
    Ok(response)
}

/// The page that the address leads to, as path and query: one of this origin, and none of those that are answered here.
fn page(origin: &WebOrigin, query: &str) -> String {
    let address = field(query, "to").and_then(carried::read);
    let page = address.and_then(|address| address.strip_prefix(origin.as_str()).map(str::to_owned));
    page.filter(|page| page.starts_with('/') && !might_be_here(page)).unwrap_or_else(|| "/".to_owned())
}

/// The value of a field of a query. `None` if it is missing or repeated.
fn field<'q>(query: &'q str, name: &str) -> Option<&'q str> {
    let mut values =
        query.split('&').filter_map(|field| field.strip_prefix(name).and_then(|rest| rest.strip_prefix('=')));
    values.next().filter(|_| values.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::carried::carried;

    fn wiki() -> WebOrigin {
        WebOrigin::parse("https://wiki.example.org").unwrap()
    }

    fn page_of(address: &str) -> String {
        page(&wiki(), &format!("ticket=x&to={}", carried(address).unwrap()))
    }

    #[test]
    fn the_entrance_leads_on_to_a_page_of_its_own_origin_and_nowhere_else() {
        let (ticket, origin) = (Token::generate(), wiki());
        let address = entrance(&origin, &ticket, "/a?b=c");
        let query = address.strip_prefix("https://wiki.example.org/.vestibule/in?").unwrap();
        assert_eq!(
            (page(&origin, query), field(query, "ticket")),
            ("/a?b=c".to_owned(), Some(&*ticket.reveal()))
        );
        for hostile in [
            "",
            "/a",
            "https://evil.test/",
            "https://wiki.example.org.evil.test/",
            "https://wiki.example.org@evil.test/",
            "https://wiki.example.org:444/",
            "http://wiki.example.org/",
            "https://wiki.example.org/.vestibule/in?ticket=x",
            "https://wiki.example.org/%2evestibule/in",
            "https://wiki.example.org/a/../.VESTIBULE/out",
        ] {
            assert_eq!(page_of(hostile), "/", "{hostile}");
        }
        // Whatever the path is, it is one of this origin.
        assert_eq!(
            origin.at(&page_of("https://wiki.example.org//evil.test/")),
            "https://wiki.example.org//evil.test/"
        );
        assert_eq!(page(&origin, "ticket=x"), "/");
        assert_eq!(page(&origin, "to=x&to=y"), "/");
    }

    #[test]
    fn an_address_that_some_server_might_answer_here_is_known_in_every_spelling() {
        for here in [
            "/.vestibule/in",
            "/%ff/%2evestibule/",
            "/%252evestibule/x",
            "/a/..//.Vestibule",
            "/.%76estibule",
            "/.vestibule",
        ] {
            assert!(might_be_here(here), "{here}");
        }
        assert!(might_be_here(&format!("/%{}41", "25".repeat(4_000))), "it is not even decoded to its end");
        for other in ["/", "/vestibule", "/a?b=/.vestibule/in", "/%zz", "/.well-known/x", "/%ff"] {
            assert!(!might_be_here(other), "{other}");
        }
        assert!(is_here("/.vestibule/in?x") && !is_here("/.vestibule") && !is_here("/%2evestibule/in"));
    }
}
