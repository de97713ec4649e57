//! Where to go after login: a page of this site, or nowhere. Open redirects happen when a server parses an
//! address differently than browsers do. So it is parsed by the browsers' own rules (the WHATWG URL
//! standard), and only existing pages are accepted.

use rocket::http::Method;
use rocket::http::uri::Origin;
use rocket::response::Redirect;
use rocket::{Orbit, Rocket, Route};
use url::Url;

use super::paths;
use super::route_class::matches;
use crate::base::{Refusal, Site};

/// A path on this site, with its query, that answers GET with a page. Never the logout.
#[derive(Clone, Debug, PartialEq)]
pub struct Next(Origin<'static>);

impl Next {
    /// Parses a typed, linked or stored `next`; `None` for anything but a page of this site. Below `/admin` it may be any
    /// address: a stranger does not learn from the login page which of them have a page.
    pub fn parse(rocket: &Rocket<Orbit>, text: &str) -> Option<Next> {
        let below_admin = || local(text).filter(|next| paths::is_below_admin(next.path().as_str())).map(Next);
        rocket.state::<Destinations>()?.page(text).or_else(below_admin)
    }

    /// The path with its query.
    pub fn as_str(&self) -> String {
        self.0.to_string()
    }

    /// Redirects there.
    pub fn redirect(self) -> Redirect {
        Redirect::to(self.0)
    }

    /// The address of a page with this as its `next`: `/login?next=%2Fprofile`.
    fn appended_to(&self, page: &str) -> String {
        let value: String = url::form_urlencoded::byte_serialize(self.as_str().as_bytes()).collect();
        format!("{page}?next={value}")
    }
}

/// An address with its `next`, if there is one.
pub fn with_next(page: &'static str, next: Option<&Next>) -> String {
    next.map_or_else(|| page.to_owned(), |next| next.appended_to(page))
}

/// The page after a login without a `next`. An app attaches it to the program; without it, that is the profile.
#[derive(Clone, Debug)]
pub struct Landing(pub String);

impl Landing {
    /// Refuses a landing that is no page of the program.
    pub fn check(&self, pages: &Destinations) -> Result<(), Refusal> {
        match pages.page(&self.0).is_some_and(|next| next.0.path().as_str() != paths::LOGIN) {
            true => Ok(()),
            false => Err(Refusal::new(format!(
                "The landing {} is no page. Mount a GET route there, or give the path of another page to \
                 `landing`, such as /profile.",
                self.0
            ))),
        }
    }
}

/// The page after a login. Not the login page: it would offer to log in once more.
pub fn onward(site: &Site, next: Option<&Next>) -> String {
    let next = next.filter(|next| next.0.path().as_str() != paths::LOGIN);
    next.map_or_else(|| landing(site).to_owned(), Next::as_str)
}

/// The page of those who are logged in and have not said where they want to go.
pub fn landing(site: &Site) -> &str {
    let landing = site.settings.program.attached::<Landing>();
    landing.map_or(paths::PROFILE, |landing| &*landing.0)
}

/// The text as a path of this site: as a browser would resolve it, and as Rocket can parse it. A text is
/// refused if decoding it once more changes its meaning, or if a browser would resolve it to another path.
fn local(text: &str) -> Option<Origin<'static>> {
    const HERE: &str = "http://vestibule.invalid";
    let decoded = percent_decoded(text)?;
    for reading in [text, &*decoded] {
        let rest = reading.strip_prefix('/')?;
        if rest.starts_with(['/', '\\']) || reading.contains('\\') || reading.chars().any(char::is_control) {
            return None;
        }
        let here = Url::parse(HERE).ok()?;
        let resolved = here.join(reading).ok()?;
        let foreign = resolved.origin() != here.origin()
            || !resolved.username().is_empty()
            || resolved.password().is_some();
        let path = reading.split(['?', '#']).next().unwrap_or_default();
        let detour = path.split('/').any(|segment| matches!(segment, "." | ".."));
        if foreign || detour || resolved.path().starts_with("//") {
            return None;
        }
    }
    let origin = Origin::parse_owned(text.to_owned()).ok()?;
    origin.is_normalized().then_some(origin)
}

/// Whether a path answers GET, but no one should be sent there.
fn is_no_page(path: &str) -> bool {
    path == paths::LOGOUT || paths::IN_JSON.contains(&path)
}

fn percent_decoded(text: &str) -> Option<String> {
    // A plus means a plus in a path: this decodes only percent signs.
    rocket::http::RawStr::new(text).percent_decode().ok().map(Into::into)
}

/// The pages of the site: the paths of all mounted GET routes, and those of its forms. Collected when the server is built.
#[derive(Debug)]
pub struct Destinations {
    pages: Vec<String>,
    forms: Vec<String>,
}

impl Destinations {
    /// The pages among the given routes, without the logout and what only programs read.
    pub fn among<'r>(routes: impl IntoIterator<Item = &'r Route>) -> Destinations {
        let (mut pages, mut forms) = (Vec::new(), Vec::new());
        for route in routes {
            let path = route.uri.path().to_owned();
            match route.method {
                Method::Get if !is_no_page(&path) => pages.push(path),
                Method::Post => forms.push(path),
                _ => {}
            }
        }
        Destinations { pages, forms }
    }

    /// The page at a path, which may have a query. `None` if there is none.
    pub fn page(&self, text: &str) -> Option<Next> {
        let next = local(text)?;
        // Refused in every spelling: an app's own `/<page>` would match it too.
        let no_page = is_no_page(&percent_decoded(next.path().as_str())?);
        (!no_page && self.has(next.path().as_str())).then_some(Next(next))
    }

    /// Whether a path answers GET.
    pub fn has(&self, path: &str) -> bool {
        any_matches(&self.pages, path)
    }

    /// Whether a path answers POST: a form of a page may lead there.
    pub(super) fn takes_form(&self, path: &str) -> bool {
        any_matches(&self.forms, path)
    }
}

fn any_matches(patterns: &[String], path: &str) -> bool {
    patterns.iter().any(|pattern| matches(pattern.split('/'), path.split('/')))
}

/// Whether an address is a path of this site that nothing answers: it is misspelt. Other sites are not judged.
pub fn leads_nowhere(rocket: &Rocket<Orbit>, address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if !path.starts_with('/') || path.starts_with("//") {
        return false;
    }
    // What an app mounts by a fairing is only known to Rocket. Its routes have names; those that answer 405 have none.
    let answers = |route: &Route| {
        route.method == Method::Get
            && route.name.is_some()
            && matches(route.uri.path().split('/'), path.split('/'))
    };
    let is_page = rocket.state::<Destinations>().is_some_and(|pages| pages.has(path));
    !is_page && !rocket.routes().any(answers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_path_of_this_site_is_taken_with_its_query() {
        for fine in ["/", "/profile", "/profile?a=1&b=%2F", "/a-b_c.d~e/f", "/caf%C3%A9", "/profile?next=/x"]
        {
            assert!(local(fine).is_some(), "{fine}");
        }
    }

    #[test]
    fn what_a_browser_would_follow_elsewhere_is_dropped() {
        let hostile = [
            "",
            "profile",
            "//evil.test",
            "///evil.test",
            "/\\evil.test",
            "\\/evil.test",
            "http://evil.test",
            "//evil.test/%2f..",
            "https:evil.test",
            "javascript:alert(1)",
            "/\t/evil.test",
            "/\r\n/evil.test",
            " //evil.test",
            "/%09/evil.test",
            "/%5cevil.test",
            "/%5Cevil.test",
            "/%2f/evil.test",
            "/%2Fevil.test",
            "/..//evil.test",
            "/./\\evil.test",
            "/a^b",
            "/é",
            "/a{b}",
            "/x?y=<",
            "/%00",
            "/%0d%0aSet-Cookie:x",
            "@evil.test",
            "/@evil.test/..//evil.test",
            "/%ff",
        ];
        for text in hostile {
            assert_eq!(local(text).map(|next| next.to_string()), None, "{text:?}");
        }
    }

    #[test]
    fn a_pattern_is_matched_segment_by_segment() {
        for (pattern, path, fits) in [
            ("/static/<_>/<_..>", "/static/", false),
            ("/", "/", true),
            ("/a", "/a", true),
            ("/a", "/b", false),
            ("/a", "/a/b", false),
            ("/a/<id>", "/a/1", true),
            ("/a/<id>", "/a/", false),
            ("/a/<id>", "/a", false),
            ("/a/<rest..>", "/a/b/c", true),
            ("/static/<_>", "/static/x", true),
        ] {
            assert_eq!(matches(pattern.split('/'), path.split('/')), fits, "{pattern} {path}");
        }
    }

    #[test]
    fn a_landing_is_a_page_of_the_program() {
        let get = |path| Route::new(Method::Get, path, rocket::route::dummy_handler);
        let pages = ["/notes", "/notes/<id>", "/login", "/logout"].map(get);
        let pages = Destinations::among(&pages);
        for fine in ["/notes", "/notes?all=1", "/notes/12"] {
            assert_eq!(Landing(fine.to_owned()).check(&pages), Ok(()), "{fine}");
        }
        for wrong in
            ["", "notes", "/note", "/login", "/logout", "//notes", "https://a.example/notes", "/notes#a b"]
        {
            let refusal = Landing(wrong.to_owned()).check(&pages).unwrap_err().to_string();
            assert!(refusal.starts_with(&format!("The landing {wrong} is no page. ")), "{refusal}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_taken_stays_on_this_site(text in "[/\\\\a-z%0-9@:.?#&= \t\r\n^é-]{0,24}") {
            if let Some(next) = local(&text) {
                let site = Url::parse("https://site.test").unwrap();
                let there = site.join(&next.to_string()).unwrap();
                prop_assert_eq!(there.origin(), site.origin());
            }
        }
    }
}
