//! What a proxy asks: for a request to which host, for which address, by which method. One family of headers says it, and
//! nothing else is read: every proxy lets some other family through from the client, so an address that falls back from one
//! to another can be lied to. What is missing, repeated or malformed is refused.

use std::borrow::Cow;

use rocket::http::HeaderMap;
use url::Url;

use super::host_header::host_of;
use crate::base::WebOrigin;

/// The headers of a proxy.
const HOST: &str = "x-forwarded-host";
/// The path with its query, as the browser sent it.
pub(super) const URI: &str = "x-forwarded-uri";
const METHOD: &str = "x-forwarded-method";

/// Headers for which some apps take a request for one of another method.
const OTHER_METHOD: [&str; 3] = ["x-http-method-override", "x-http-method", "x-method-override"];

/// The longest address, in bytes: longer ones do not pass every proxy.
const LONGEST_URI: usize = 8_192;

/// What a proxy asks.
#[derive(Debug)]
pub(super) struct CheckRequest<'r> {
    /// The host that the browser wants, in lower case, without port and final dot.
    pub(super) host: Cow<'r, str>,
    /// The path with its query.
    pub(super) uri: &'r str,
    headers: &'r HeaderMap<'r>,
}

impl<'r> CheckRequest<'r> {
    /// Reads it. `None` if it is not all there, once.
    pub(super) fn read(headers: &'r HeaderMap<'r>) -> Option<CheckRequest<'r>> {
        let host = host_of(one(headers, HOST)?)?;
        let uri = one(headers, URI).filter(|uri| uri.starts_with('/') && uri.len() <= LONGEST_URI)?;
        Some(CheckRequest { host, uri, headers })
    }

    /// Whether the browser only reads. Without a method it is taken to.
    pub(super) fn reads(&self) -> bool {
        match self.headers.contains(METHOD) {
            true => matches!(one(self.headers, METHOD), Some("GET" | "HEAD")),
            false => true,
        }
    }

    /// Whether a browser asks what a script of another site may do (the preflight of CORS). It sends no cookies with that, and
    /// no header that makes another request of it.
    pub(super) fn is_preflight(&self) -> bool {
        one(self.headers, METHOD) == Some("OPTIONS")
            && self.headers.contains("origin")
            && self.headers.contains("access-control-request-method")
            && !self.headers.iter().any(|header| names_other_method(header.name().as_str()))
    }

    /// Whether a person opens a page, who can be led to another. A script, a program and what a page loads cannot: they would
    /// take the login page for the answer.
    pub(super) fn is_navigation(&self) -> bool {
        const OTHERS: [&str; 3] = ["sec-fetch-site", "sec-fetch-dest", "sec-fetch-user"];
        if self.headers.contains("sec-fetch-mode") {
            return one(self.headers, "sec-fetch-mode") == Some("navigate");
        }
        // On plain http, browsers do not say it.
        let accept = |value: &str| value.to_ascii_lowercase().contains("text/html");
        !OTHERS.iter().any(|name| self.headers.contains(name)) && self.headers.get("accept").any(accept)
    }

    /// The page to come back to: the one that was asked for; for a form, whose input is lost, the page that it stood on.
    pub(super) fn page(&self, origin: &WebOrigin) -> Cow<'r, str> {
        if self.reads() {
            return Cow::Borrowed(self.uri);
        }
        let referer = one(self.headers, "referer").and_then(|referer| Url::parse(referer).ok());
        let own = referer.filter(|page| page.origin().ascii_serialization() == origin.as_str());
        let path = own.map(|page| match page.query() {
            Some(query) => format!("{}?{query}", page.path()),
            None => page.path().to_owned(),
        });
        Cow::Owned(path.unwrap_or_else(|| "/".to_owned()))
    }
}

/// The value of a header. `None` if it is missing or repeated.
pub(super) fn one<'h>(headers: &'h HeaderMap<'_>, name: &str) -> Option<&'h str> {
    let mut values = headers.get(name);
    values.next().filter(|_| values.next().is_none())
}

/// Whether a header names another method. Servers differ about which spellings are one header.
fn names_other_method(name: &str) -> bool {
    let read = name.to_ascii_lowercase().replace(['_', '.'], "-");
    OTHER_METHOD.contains(&&*read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket::http::Header;

    fn sent(headers: &[(&'static str, &'static str)]) -> HeaderMap<'static> {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.add(Header::new(*name, *value));
        }
        map
    }

    const WIKI: (&str, &str) = ("X-Forwarded-Host", "wiki.example.org");
    const PAGE: (&str, &str) = ("X-Forwarded-Uri", "/page?a=b");

    #[test]
    fn a_question_names_one_host_and_one_address() {
        let headers = sent(&[WIKI, PAGE]);
        let asked = CheckRequest::read(&headers).unwrap();
        assert_eq!((&*asked.host, asked.uri, asked.reads()), ("wiki.example.org", "/page?a=b", true));
        for odd in [
            vec![],
            vec![WIKI],
            vec![PAGE],
            vec![WIKI, WIKI, PAGE],
            vec![WIKI, PAGE, PAGE],
            vec![WIKI, ("X-Forwarded-Uri", "")],
            vec![WIKI, ("X-Forwarded-Uri", "page")],
            vec![WIKI, ("X-Forwarded-Uri", "https://wiki.example.org/page")],
            vec![("X-Forwarded-Host", "wiki@evil.test"), PAGE],
            // Nothing else is read.
            vec![("Host", "wiki.example.org"), PAGE],
            vec![("X-Original-Host", "wiki.example.org"), ("X-Original-URL", "/page")],
            vec![("X_Forwarded_Host", "wiki.example.org"), PAGE],
            vec![("Forwarded", "host=wiki.example.org"), PAGE],
        ] {
            assert!(CheckRequest::read(&sent(&odd)).is_none(), "{odd:?}");
        }
        let mut long = sent(&[WIKI]);
        long.add(Header::new("X-Forwarded-Uri", format!("/{}", "a".repeat(LONGEST_URI))));
        assert!(CheckRequest::read(&long).is_none());
    }

    fn is_navigation(more: &[(&'static str, &'static str)]) -> bool {
        CheckRequest::read(&sent(&[&[WIKI, PAGE][..], more].concat())).unwrap().is_navigation()
    }

    #[test]
    fn only_a_person_who_opens_a_page_is_led_on() {
        let html = ("Accept", "text/html,application/xhtml+xml;q=0.9");
        assert!(is_navigation(&[("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Site", "none")]));
        assert!(is_navigation(&[html]) && is_navigation(&[("accept", "TEXT/HTML")]));
        for script in ["cors", "no-cors", "same-origin", "websocket", "Navigate", ""] {
            assert!(!is_navigation(&[("Sec-Fetch-Mode", script), html]), "{script}");
        }
        for (name, value) in [("Sec-Fetch-Dest", "image"), ("Sec-Fetch-Site", "cross-site")] {
            assert!(!is_navigation(&[(name, value), html]), "{name}");
        }
        assert!(!is_navigation(&[]) && !is_navigation(&[("Accept", "*/*")]));
        assert!(!is_navigation(&[("Accept", "application/json")]));
        assert!(!is_navigation(&[("Sec-Fetch-Mode", "navigate"), ("Sec-Fetch-Mode", "navigate")]));
    }

    #[test]
    fn a_preflight_has_all_that_a_browser_sends() {
        let all = [
            ("X-Forwarded-Method", "OPTIONS"),
            ("Origin", "https://a.test"),
            ("Access-Control-Request-Method", "PUT"),
        ];
        let asks = |more: &[(&'static str, &'static str)]| {
            CheckRequest::read(&sent(&[&[WIKI, PAGE][..], more].concat())).unwrap().is_preflight()
        };
        assert!(asks(&all));
        assert!(!asks(&all[..2]) && !asks(&all[1..]) && !asks(&[all[0], all[0], all[1], all[2]]));
        assert!(!asks(&[("X-Forwarded-Method", "GET"), all[1], all[2]]));
        for other in [
            "X-HTTP-Method-Override",
            "x-http-method",
            "X-METHOD-OVERRIDE",
            "X_HTTP_Method_Override",
            "X.Method.Override",
        ] {
            assert!(!asks(&[&all[..], &[(other, "DELETE")]].concat()), "{other}");
        }
        assert!(asks(&[&all[..], &[("X-HTTP-Methods", "DELETE")]].concat()), "another header");
    }

    #[test]
    fn a_form_leads_back_to_its_page_if_that_is_the_apps() {
        let origin = WebOrigin::parse("https://wiki.example.org").unwrap();
        let page = |method: &'static str, referer: &'static str| {
            let headers = sent(&[WIKI, PAGE, ("X-Forwarded-Method", method), ("Referer", referer)]);
            CheckRequest::read(&headers).unwrap().page(&origin).into_owned()
        };
        assert_eq!(page("GET", "https://wiki.example.org/form"), "/page?a=b");
        assert_eq!(page("POST", "https://wiki.example.org/form?x=1#end"), "/form?x=1");
        for foreign in
            ["", "https://evil.test/form", "https://wiki.example.org.evil.test/", "http://wiki.example.org/"]
        {
            assert_eq!(page("POST", foreign), "/", "{foreign}");
        }
        assert_eq!(
            page("PROPFIND", "https://wiki.example.org//evil.test"),
            "//evil.test",
            "of the app's own host"
        );
    }
}
