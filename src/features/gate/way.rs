//! The way of a browser to an app, as it is carried in the address of the login host's page: where it wants to go, and which
//! visit it is on. Anyone can write one, so it counts only for an app that exists, at the origin that the app was declared
//! with; and a ticket that follows from it is good only in the browser that has the cookie of the visit.

use std::sync::Arc;

use crate::base::{Token, TokenHash, WebOrigin};
use crate::services::apps::{App, Apps};
use crate::web::{carried, paths};

/// The way of a browser, as it was read.
#[derive(Debug)]
pub(super) struct Way {
    visit: TokenHash,
    address: String,
}

/// Where it leads.
#[derive(Debug)]
pub(super) struct Destination<'a> {
    /// The app.
    pub(super) app: &'a Arc<App>,
    /// The app's origin there.
    pub(super) origin: &'a WebOrigin,
    /// The path with its query.
    pub(super) uri: &'a str,
    /// The visit.
    pub(super) visit: &'a TokenHash,
}

/// What carries the way to a page of an app: the value of `to`.
pub(super) fn to(visit: &Token, origin: &WebOrigin, page: &str) -> String {
    format!("{}.{}", visit.hash().as_str(), carried_page(origin, page))
}

/// The address of a page as it is carried. One that is too long is cut: to its path, or to the app's first page.
pub(super) fn carried_page(origin: &WebOrigin, page: &str) -> String {
    let path = page.split('?').next().unwrap_or_default();
    [page, path, "/"].iter().find_map(|page| carried::carried(&origin.at(page))).unwrap_or_default()
}

/// The path and query of the login host's page with such a value.
pub(super) fn gate_address(to: &str) -> String {
    format!("{}?to={to}", paths::GATE)
}

/// The path and query of the page that says why a browser did not get in: its cookie was set and did not come back, or there
/// was none.
pub(super) fn trouble_address(origin: &WebOrigin, page: &str, was_set: bool) -> String {
    let why = if was_set { "&set" } else { "" };
    format!("{}?to={}{why}", paths::GATE_TROUBLE, carried_page(origin, page))
}

impl Way {
    /// Reads the value of `to`.
    pub(super) fn read(to: &str) -> Option<Way> {
        let (visit, address) = to.split_once('.')?;
        Some(Way { visit: TokenHash::parse(visit)?, address: carried::read(address)? })
    }

    /// Reads it from the path and query of the login host's page.
    pub(super) fn of_address(address: &str) -> Option<Way> {
        let query = address.strip_prefix(paths::GATE)?.strip_prefix('?')?;
        Way::read(query.split('&').find_map(|field| field.strip_prefix("to="))?)
    }

    /// Where it leads. `None`: to no app, to one that is disabled, or to another origin than the app's.
    pub(super) fn destination<'a>(&'a self, apps: &'a Apps) -> Option<Destination<'a>> {
        let (app, origin, uri) = page_of(apps, &self.address)?;
        Some(Destination { app, origin, uri, visit: &self.visit })
    }
}

/// The app whose page an address is, with its origin there, and the path and query of the page.
pub(super) fn page_of<'a>(
    apps: &'a Apps,
    address: &'a str,
) -> Option<(&'a Arc<App>, &'a WebOrigin, &'a str)> {
    let (scheme, rest) = address.split_once("://")?;
    let host_end = rest.find('/')?;
    let (named, uri) = address.split_at(scheme.len() + "://".len() + host_end);
    let named = WebOrigin::parse(named).ok()?;
    let (app, origin) = apps.by_host(named.host())?;
    // Compared as it is written: another spelling of the same origin is not ours.
    (address.strip_prefix(origin.as_str()) == Some(uri)).then_some((app, origin, uri))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Time;
    use crate::services::apps::{AppId, AppName, AppTitle, RemoteUser};

    fn apps_with(disabled_at: Option<Time>) -> Apps {
        let name = AppName::parse("wiki").unwrap();
        let origins = ["https://wiki.example.org:8443", "http://wiki.localhost"];
        Apps::new(vec![App {
            id: AppId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap(),
            title: AppTitle::of(&name),
            name,
            groups: Vec::new(),
            origins: origins.iter().map(|origin| WebOrigin::parse(origin).unwrap()).collect(),
            paths: Vec::new(),
            remote_user: RemoteUser::Handle,
            fresh_for: None,
            disabled_at,
            created_at: Time::from_unix(0),
            changed_at: Time::from_unix(0),
        }])
    }

    fn origin() -> WebOrigin {
        WebOrigin::parse("https://wiki.example.org:8443").unwrap()
    }

    #[test]
    fn a_way_is_read_as_it_was_written() {
        let (visit, apps) = (Token::generate(), apps_with(None));
        for page in ["/", "/a?b=%2F&c#d", "//evil.test/", "/\\evil.test", "/@evil.test", "/größe"] {
            let to = to(&visit, &origin(), page);
            let way = Way::read(&to).unwrap();
            let destination = way.destination(&apps).unwrap();
            assert_eq!((destination.uri, destination.origin), (page, &origin()));
            assert!(*destination.visit == visit.hash() && destination.app.name.as_str() == "wiki");
            assert!(Way::of_address(&gate_address(&to)).is_some());
            assert!(Way::of_address(&format!("{}&lang=de", gate_address(&to))).is_some());
        }
        let long = format!("/path?{}", "a".repeat(carried::LONGEST));
        let way = Way::read(&to(&visit, &origin(), &long)).unwrap();
        assert_eq!(way.destination(&apps).unwrap().uri, "/path");
        let way = Way::read(&to(&visit, &origin(), &long.replace('?', "/"))).unwrap();
        assert_eq!(way.destination(&apps).unwrap().uri, "/");
    }

    #[test]
    fn no_way_leads_to_another_origin_than_that_of_an_app() {
        let (visit, apps) = (Token::generate().hash(), apps_with(None));
        for hostile in [
            "",
            "/",
            "//wiki.example.org:8443/",
            "https://wiki.example.org:8443",
            "https://wiki.example.org:8443?/",
            "https://wiki.example.org:8443#/",
            "https://wiki.example.org:8443@evil.test/",
            "https://wiki.example.org:8443.evil.test/",
            "https://wiki.example.org:8443\\evil.test/",
            "https://evil.test/https://wiki.example.org:8443/",
            "https://wiki.example.org/",
            "https://wiki.example.org:443/",
            "http://wiki.example.org:8443/",
            "HTTPS://wiki.example.org:8443/",
            "https://WIKI.example.org:8443/",
            "https://wiki.example.org.:8443/",
            "https://wiki.example.org:08443/",
            "https:/wiki.example.org:8443/",
            "https:///wiki.example.org:8443/",
            " https://wiki.example.org:8443/",
            "https://ada@wiki.example.org:8443/",
            "https://localhost/",
            "javascript:alert(1)//://wiki.example.org:8443/",
        ] {
            let to = format!("{}.{}", visit.as_str(), carried::carried(hostile).unwrap());
            let way = Way::read(&to);
            assert!(way.as_ref().and_then(|way| way.destination(&apps)).is_none(), "{hostile}");
        }
        let fine = format!("{}.{}", visit.as_str(), carried::carried("http://wiki.localhost/").unwrap());
        assert!(Way::read(&fine).unwrap().destination(&apps).is_some());
        let disabled = apps_with(Some(Time::from_unix(1)));
        assert!(Way::read(&fine).unwrap().destination(&disabled).is_none());
    }

    #[test]
    fn what_is_no_way_is_not_read() {
        let hash = Token::generate().hash();
        let address = carried::carried("https://wiki.example.org:8443/").unwrap();
        let whole = format!("{}.{address}", hash.as_str());
        assert!(Way::read(&whole).is_some());
        for odd in [
            "",
            ".",
            "x.y",
            &address,
            hash.as_str(),
            &format!(".{address}"),
            &format!("{whole}="),
            &whole[1..],
        ] {
            assert!(Way::read(odd).is_none(), "{odd}");
        }
        for odd in [
            "/gate",
            "/gate?",
            "/gate?to=",
            "/login?to=x",
            &format!("/gate/?to={whole}"),
            &format!("/gates?to={whole}"),
        ] {
            assert!(Way::of_address(odd).is_none(), "{odd}");
        }
    }
}
