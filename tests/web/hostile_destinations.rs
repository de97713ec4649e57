//! Addresses that a login must not lead to: those off this site, those of no page, and the logout.

use rocket::http::Status;
use rocket::{get, routes};
use url::Url;

use crate::next::pages;
use crate::support::{Answer, PASSWORD, Setup, TestSite, encoded};

#[get("/<page>/<part>")]
fn part(page: &str, part: &str) -> String {
    format!("{page} {part}")
}

#[get("/<page>")]
fn whole(page: &str) -> &str {
    page
}

/// Addresses that have led people to other sites, here or in other programs, and others that must not confuse
/// the site.
#[rustfmt::skip]
pub const HOSTILE: [&str; 86] = [
    "//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test", "\\/evil.test",
    "/\\/evil.test", "//\\evil.test", "\\evil.test", "http://evil.test", "https://evil.test/profile",
    "HTTP://evil.test", "http:evil.test", "http:/evil.test", "https:///evil.test", "http:\\\\evil.test",
    "ftp://evil.test", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "mailto:a@evil.test",
    "blob:https://evil.test/x", "about:blank", "evil.test", "www.evil.test", "@evil.test", "user@evil.test",
    "//user:pass@evil.test", "http://localhost:8000@evil.test/", "//localhost@evil.test",
    "http://localhost:8000/profile", "//localhost:8000/profile", ".evil.test", ":evil.test", ":80",
    "?next=//evil.test", "#/profile", "./profile", "../profile", "profile", " /profile", "/profile ",
    "\t/profile", "/\tprofile", "/\t/evil.test", "/\n/evil.test", "/\r\n/evil.test",
    "/profile\r\nLocation: http://evil.test", "/profile\0", "/profile%00",
    "/profile%0d%0aLocation:%20http://evil.test", "/%0d%0aevil.test", "/%09/evil.test", "/%0a/evil.test",
    "/%2f/evil.test", "/%2Fevil.test", "%2f%2fevil.test", "/%5cevil.test", "/%5C/evil.test",
    "%5c%5cevil.test", "/profile?x=%5c%5cevil.test", "/..//evil.test", "/.//evil.test", "/%2e%2e//evil.test",
    "/profile/..//evil.test", "/./\\evil.test", "//evil.test/..", "//evil%00.test", "//[::1]/",
    "//127.0.0.1", "//0x7f000001", "//evil。test", "/／evil.test", "／／evil.test", "/\u{202e}tset.live//",
    "/\u{a0}/evil.test", "/a^b", "/é", "/a{b}", "/profile?y=<", "/%", "/%ff%fe",
];

/// Where a browser on this site would end up.
fn resolved(location: &str) -> Url {
    Url::parse("http://localhost:8000/login").unwrap().join(location).unwrap()
}

/// Where the login page leads a user who is logged in.
fn leads(page: &Answer) -> String {
    assert_eq!(page.status, Status::Ok);
    let text = page.text();
    let (_, rest) = text.split_once("<a class=\"primary\" href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn no_hostile_address_leads_off_this_site_by_its_link() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for text in HOSTILE {
        let link = format!("/login?{}", encoded(&[("next", text)]));
        let onward = leads(&ada.get(&link));
        assert_eq!(onward, "/profile", "{text:?}");
        assert!(resolved(&onward).as_str().starts_with("http://localhost:8000/"), "{text:?}");
        let page = site.visitor().get(&link);
        assert_eq!(page.status, Status::Ok, "{text:?}");
        assert!(!page.says("name=\"next\"") && !page.says("next=") && !page.says("evil.test"), "{text:?}");
    }
}

#[test]
fn no_hostile_address_leads_off_this_site_by_the_hidden_field() {
    let site = Setup::new().patient().build();
    site.ada();
    for text in HOSTILE.into_iter().chain([""]) {
        let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", text)];
        let onward = site.visitor().submit("/login", &fields);
        let taken = if text.contains('\0') {
            (Status::UnprocessableEntity, "")
        } else {
            (Status::SeeOther, "/profile")
        };
        assert_eq!((onward.status, onward.location()), taken, "{text:?}");
    }
}

#[test]
fn no_hostile_address_survives_a_failed_login_or_a_sign_up() {
    let site = Setup::new().patient().build();
    for text in [
        "//evil.test",
        "/\\evil.test",
        "https://evil.test",
        "/%2f/evil.test",
        "/\t/evil.test",
        "/logout",
        "/a^b",
    ] {
        let wrong = [("email", "ada@example.org"), ("password", "wrong horse battery"), ("next", text)];
        assert_eq!(site.visitor().submit("/login", &wrong).location(), "/login", "{text:?}");
        let email = format!("{}@example.org", site.number("select count(*) from accounts"));
        let fields = [("email", &*email), ("name", "Ada"), ("password", PASSWORD), ("next", text)];
        assert_eq!(site.visitor().submit("/signup", &fields).location(), "/login", "{text:?}");
        assert_eq!(site.visitor().submit("/signup", &fields).location(), "/signup", "{text:?}");
    }
}

#[test]
fn raw_and_repeated_queries_are_read_in_the_same_way() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for (query, there) in [
        ("next=//evil.test", "/profile"),
        ("next=/%5Cevil.test", "/profile"),
        ("next=https:%2F%2Fevil.test", "/profile"),
        ("next", "/profile"),
        ("next=", "/profile"),
        ("Next=%2F", "/profile"),
        ("next=%2F", "/"),
        ("a=b&next=/signup", "/signup"),
        ("next=%2F&next=//evil.test", "/"),
        ("next=//evil.test&next=%2F", "/profile"),
    ] {
        assert_eq!(leads(&ada.get(&format!("/login?{query}"))), there, "{query}");
    }
}

#[test]
fn only_a_page_is_a_destination() {
    let site = Setup::new().page(pages()).build();
    let mut ada = site.ada();
    for nowhere in ["/nowhere", "/vote", "/profile/", "/profile/x", "/static/", "/.", "/login.html"] {
        let link = format!("/login?{}", encoded(&[("next", nowhere)]));
        assert_eq!(leads(&ada.get(&link)), "/profile", "{nowhere}");
    }
}

#[test]
fn the_logout_is_no_destination_in_any_spelling() {
    let site = Setup::new().page(pages()).page(routes![part, whole]).build();
    let mut ada = site.ada().sending("Sec-Fetch-Site", "same-origin");
    let spellings = [
        "/logout",
        "/logout?x=1",
        "/logout/",
        "/./logout",
        "/../logout",
        "/%2e/logout",
        "/%2E%2e/logout",
        "/notes/../logout",
        "/notes/x/../../logout",
        "/notes/%2e%2e/logout",
        "/notes/.%2E/logout",
        "/profile/../logout",
        "/%6cogout",
        "/LOGOUT",
    ];
    for text in spellings {
        let link = format!("/login?{}", encoded(&[("next", text)]));
        let there = resolved(&leads(&ada.get(&link))); // as a browser does before its request
        assert_eq!(
            ada.get(&there[url::Position::BeforePath..]).status,
            Status::Ok,
            "{text} leads to {there}"
        );
        assert!(ada.is_logged_in(), "{text} logs out");
    }
    assert_eq!(site.visitor().get("/logout").location(), "/login");
}
