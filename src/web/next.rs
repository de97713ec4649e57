//! Where to go after log-in: a page of this site, or nowhere. Open redirects come from reading an address otherwise than
//! browsers do, so it is read by the browsers' own rules (the WHATWG URL standard), and only what has a page is taken.

use rocket::http::Method;
use rocket::http::uri::Origin;
use rocket::response::Redirect;
use rocket::{Orbit, Rocket, Route};
use url::Url;

use super::paths;

/// A path on this site, with its query, that answers GET. Never the log-out.
#[derive(Clone, Debug, PartialEq)]
pub struct Next(Origin<'static>);

impl Next {
    /// Reads a typed, linked or remembered `next`; anything but a page of this site is `None`.
    pub fn parse(rocket: &Rocket<Orbit>, text: &str) -> Option<Next> {
        let next = local(text)?;
        // The log-out is none however it is written: an app's own `/<page>` would fit it too.
        let log_out = percent_decoded(next.path().as_str())? == paths::LOGOUT;
        (!log_out && rocket.state::<Destinations>()?.has(next.path().as_str())).then_some(Next(next))
    }

    /// The path with its query.
    pub fn as_str(&self) -> String {
        self.0.to_string()
    }

    /// The redirect there.
    pub fn redirect(self) -> Redirect {
        Redirect::to(self.0)
    }

    /// The address of a page with this as its `next`: `/login?next=%2Fprofile`.
    pub fn appended_to(&self, page: &str) -> String {
        let value: String = url::form_urlencoded::byte_serialize(self.as_str().as_bytes()).collect();
        format!("{page}?next={value}")
    }
}

/// An address with a `next`, where there is one.
pub fn with_next(page: &'static str, next: Option<&Next>) -> String {
    next.map_or_else(|| page.to_owned(), |next| next.appended_to(page))
}

/// The text as a path of this very site: as a browser would resolve it, and as Rocket can parse it. What changes its
/// meaning when decoded once more is refused too, and what a browser would resolve to another path.
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

fn percent_decoded(text: &str) -> Option<String> {
    // A plus is a plus in a path: this decodes percent signs alone.
    rocket::http::RawStr::new(text).percent_decode().ok().map(Into::into)
}

/// The pages of the site: the paths of all mounted GET routes. Put together by the factory.
#[derive(Debug)]
pub struct Destinations(Vec<String>);

impl Destinations {
    /// The pages among the given routes, without the log-out.
    pub fn among(routes: &[Route]) -> Destinations {
        let pages = routes.iter().filter(|route| route.method == Method::Get);
        let paths = pages.map(|route| route.uri.path().to_owned()).filter(|path| path != paths::LOGOUT);
        Destinations(paths.collect())
    }

    /// Whether a path answers GET.
    pub fn has(&self, path: &str) -> bool {
        self.0.iter().any(|pattern| matches(pattern, path))
    }
}

/// Whether a path fits a route's pattern: `<id>` is any one segment, `<rest..>` any number of them.
fn matches(pattern: &str, path: &str) -> bool {
    let (mut pattern, mut path) = (pattern.split('/'), path.split('/'));
    loop {
        match (pattern.next(), path.next()) {
            (Some(part), _) if part.starts_with('<') && part.ends_with("..>") => return true,
            (Some(part), Some(segment))
                if part.starts_with('<') && part.ends_with('>') && !segment.is_empty() => {}
            (Some(part), Some(segment)) if part == segment => {}
            (None, None) => return true,
            _ => return false,
        }
    }
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
            assert_eq!(matches(pattern, path), fits, "{pattern} {path}");
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
