//! A form is accepted only from this site, whatever its path and method, and whether it is one of an app or ours:
//! which headers say where it comes from. When it is refused is in `foreign_forms`.

use rocket::http::Status;

use crate::forms::{GUESTS, app_pages};
use crate::support::{Setup, TestSite};

const UNSAFE: [&str; 6] = ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT"];
const SAFE: [&str; 3] = ["GET", "HEAD", "OPTIONS"];

/// Sends a request with these headers and no others except `Host: localhost:8000`.
fn ask(site: &TestSite, method: &str, path: &str, headers: &[(&str, &str)]) -> Status {
    let mut visitor = site.visitor();
    for (name, value) in headers {
        visitor = visitor.sending(name, value);
    }
    visitor.request(method, path, None, "").status
}

/// A site with the pages of an app.
pub fn of_app() -> TestSite {
    Setup::new().page(app_pages()).build()
}

#[test]
fn sec_fetch_site_decides_if_a_browser_sends_it() {
    let site = TestSite::new();
    for fine in ["same-origin", "none"] {
        assert_eq!(ask(&site, "POST", "/logout", &[("Sec-Fetch-Site", fine)]), Status::SeeOther, "{fine}");
        // The older header does not overrule the newer one.
        let both = [("Sec-Fetch-Site", fine), ("Origin", "https://evil.test")];
        assert_eq!(ask(&site, "POST", "/logout", &both), Status::SeeOther, "{fine}");
    }
    let refused =
        ["cross-site", "same-site", "", "Same-Origin", "same-origin, cross-site", "same-origin ", "x"];
    for other in refused {
        assert_eq!(
            ask(&site, "POST", "/logout", &[("Sec-Fetch-Site", other)]),
            Status::Forbidden,
            "{other:?}"
        );
        let both = [("Sec-Fetch-Site", other), ("Origin", "http://localhost:8000")];
        assert_eq!(ask(&site, "POST", "/logout", &both), Status::Forbidden, "{other:?} with our own origin");
    }
}

#[test]
fn a_repeated_header_is_refused_if_one_of_its_values_is_foreign() {
    let site = TestSite::new();
    for pair in [["same-origin", "cross-site"], ["cross-site", "same-origin"], ["none", "same-site"]] {
        let headers = pair.map(|value| ("Sec-Fetch-Site", value));
        assert_eq!(ask(&site, "POST", "/logout", &headers), Status::Forbidden, "{pair:?}");
    }
    let (own, evil) = ("http://localhost:8000", "http://evil.test");
    for pair in [[own, evil], [evil, own]] {
        let headers = pair.map(|value| ("Origin", value));
        assert_eq!(ask(&site, "POST", "/logout", &headers), Status::Forbidden, "{pair:?}");
    }
}

#[test]
fn without_sec_fetch_site_the_origin_must_name_the_requested_host() {
    let site = TestSite::new();
    for (host, origin, passes) in [
        ("localhost:8000", "http://localhost:8000", true),
        ("localhost:8000", "https://localhost:8000", true), // a proxy may end TLS: the host and port count
        ("box.lan", "http://box.lan", true),
        ("box.lan", "https://box.lan", true),
        ("box.lan:80", "http://box.lan", true),
        ("BOX.lan", "http://box.lan", true),
        ("[::1]:8000", "http://[::1]:8000", true),
        ("127.0.0.1:9000", "http://127.0.0.1:9000", true),
        ("localhost:8001", "http://localhost:8000", true), // base_url counts, and not the host of the request
        ("box.lan:9000", "http://box.lan", false),
        ("box.lan", "http://box.lan:9000", false),
        ("localhost:9000", "http://localhost:9001", false),
        ("127.0.0.1:8000", "http://localhost:9000", false),
        ("localhost:8000", "http://127.0.0.1:8000", false),
        ("localhost:8000", "null", false),
        ("localhost:8000", "", false),
        ("localhost:8000", "localhost:8000", false),
        ("localhost:8000", "//localhost:8000", false),
        ("localhost:8000", "http://localhost:8000/", false),
        ("localhost:8000", "http://localhost:8000/login", false),
        ("localhost:8000", "http://localhost:8000.evil.test", false),
        ("localhost:8000", "http://localhost:80000", false),
        ("localhost:8000", "http://localhost:8000@evil.test", false),
        ("localhost:8000", "http://evil.test@localhost:8000", false),
        ("localhost:8000", "http://evil.localhost:8000", false),
        ("box.lan", "http://evilbox.lan", false),
        ("box.lan", "http://box.lan.evil.test", false),
        ("box.lan", "http://box.lan, http://evil.test", false),
        ("box.lan", "ftp://box.lan", false),
        ("box.lan", "chrome-extension://box.lan", false),
        ("box.lan", "file://", false),
        ("box.lan", "http://", false),
        ("box.lan", "*", false),
        ("null", "null", false),
    ] {
        let status = ask(&site, "POST", "/logout", &[("Host", host), ("Origin", origin)]);
        let expected = if passes { Status::SeeOther } else { Status::Forbidden };
        assert_eq!(status, expected, "Host: {host}, Origin: {origin}");
    }
}

#[test]
fn if_base_url_is_set_only_that_is_this_site() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    let asked_as =
        |origin| ask(&site, "POST", "/logout", &[("Host", "login.example.org"), ("Origin", origin)]);
    assert_eq!(asked_as("https://login.example.org"), Status::SeeOther);
    for other in [
        "https://login.example.org:8443",
        "https://example.org",
        "https://evil.login.example.org",
        "https://login.example.org.evil.test",
        "null",
    ] {
        assert_eq!(asked_as(other), Status::Forbidden, "{other}");
    }
}

#[test]
fn a_client_that_sends_neither_header_is_not_a_browser_and_passes() {
    let site = TestSite::new();
    assert_eq!(ask(&site, "POST", "/logout", &[]), Status::SeeOther);
    assert_eq!(ask(&site, "POST", "/nowhere", &[]), Status::NotFound);
}

#[test]
fn the_referer_decides_if_a_browser_sends_neither_header() {
    let site = TestSite::new();
    for (referer, passes) in [
        ("http://localhost:8000/login", true),
        ("http://localhost:8000", true),
        ("", true), // says nothing
        ("http://evil.test/", false),
        ("http://localhost:8001/", false),
        ("http://localhost:8000.evil.test/", false),
        ("http://evil.test/http://localhost:8000/", false),
        ("about:blank", false),
        ("null", false),
        ("/login", false),
    ] {
        let expected = if passes { Status::SeeOther } else { Status::Forbidden };
        assert_eq!(ask(&site, "POST", "/logout", &[("Referer", referer)]), expected, "{referer:?}");
        // `Referer` is not used if one of the other headers answers the question.
        let own = [("Referer", referer), ("Sec-Fetch-Site", "same-origin")];
        assert_eq!(ask(&site, "POST", "/logout", &own), Status::SeeOther, "{referer:?}");
        let own = [("Referer", referer), ("Origin", "http://localhost:8000")];
        assert_eq!(ask(&site, "POST", "/logout", &own), Status::SeeOther, "{referer:?}");
    }
    let both = [("Referer", "http://localhost:8000/"), ("Referer", "http://evil.test/")];
    assert_eq!(ask(&site, "POST", "/logout", &both), Status::Forbidden);
}

#[test]
fn the_rule_applies_to_every_path_and_method_that_may_change_something() {
    let site = of_app();
    let paths =
        ["/", "/login", "/logout", "/signup", "/profile", "/health", "/static/x", "/nowhere", "/a/b/c"];
    for path in paths.into_iter().chain([GUESTS, "/guests?next=%2F"]).chain([
        "/login/",
        "//login",
        "/?a=b",
        "/login?next=%2Fprofile",
    ]) {
        for method in UNSAFE {
            let foreign = [("Sec-Fetch-Site", "cross-site")];
            assert_eq!(ask(&site, method, path, &foreign), Status::Forbidden, "{method} {path}");
            let older = [("Origin", "https://evil.test")];
            assert_eq!(ask(&site, method, path, &older), Status::Forbidden, "{method} {path}");
            let own = [("Sec-Fetch-Site", "same-origin")];
            let passed = ask(&site, method, path, &own);
            assert_ne!(passed, Status::Forbidden, "{method} {path} from here");
        }
        for method in SAFE {
            let status = ask(&site, method, path, &[("Sec-Fetch-Site", "cross-site")]);
            assert_ne!(status, Status::Forbidden, "{method} {path}");
        }
    }
}
