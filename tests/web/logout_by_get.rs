//! `GET /logout`: the visitor's own click or typed address logs out; any other request gets a page with a
//! button.

use rocket::http::Status;

use crate::support::{Setup, TestSite, Visitor};

const LOOPBACK: &str = "http://localhost:8000";
const ELSEWHERE: &str = "http://intranet.example";
const HTTPS: &str = "https://login.example.org";

fn at(base_url: &str) -> TestSite {
    Setup::new().with("base_url", base_url).build()
}

fn asked(mut visitor: Visitor<'_>, headers: &[(&str, &str)]) -> bool {
    for (name, value) in headers {
        visitor = visitor.sending(name, value);
    }
    let answer = visitor.get("/logout");
    match answer.status {
        Status::Ok => {
            assert!(answer.says("Log out</button>"), "{}", answer.body);
            assert!(answer.all("set-cookie").is_empty(), "nothing is taken before the button is pressed");
            assert!(visitor.is_logged_in(), "the page alone ends nothing");
            false
        }
        Status::SeeOther => {
            assert_eq!(answer.location(), "/");
            assert!(!visitor.is_logged_in());
            true
        }
        other => panic!("{other}"),
    }
}

#[test]
fn the_origin_of_the_request_decides_on_every_kind_of_site() {
    for base_url in [LOOPBACK, ELSEWHERE, HTTPS] {
        let site = at(base_url);
        site.ada();
        for (value, out) in [
            ("same-origin", true),
            ("none", true),
            ("cross-site", false),
            ("same-site", false),
            ("", false),
            ("None", false),
            ("SAME-ORIGIN", false),
            ("none, none", false),
            ("same-origin, none", false),
        ] {
            let mut ada = site.visitor();
            ada.log_in("ada@example.org", crate::support::PASSWORD);
            assert_eq!(asked(ada, &[("Sec-Fetch-Site", value)]), out, "{base_url} {value:?}");
        }
    }
}

#[test]
fn without_the_header_only_a_referer_of_this_site_logs_out() {
    for base_url in [LOOPBACK, "http://127.0.0.1:8000", "http://[::1]:8000", HTTPS, ELSEWHERE] {
        let site = at(base_url);
        let ada = site.ada();
        for (referer, out) in [
            (format!("{base_url}/profile"), true),
            (format!("{base_url}/"), true),
            ("http://evil.test/".to_owned(), false),
            (format!("http://evil.test/?{base_url}/"), false),
            (base_url.replace("://", "://evil."), false),
            ("about:blank".to_owned(), false),
            ("/profile".to_owned(), false),
            ("null".to_owned(), false),
            (String::new(), false),
        ] {
            let mut ada = ada.clone();
            ada.log_in("ada@example.org", crate::support::PASSWORD);
            assert_eq!(asked(ada, &[("Referer", &referer)]), out, "{base_url} {referer:?}");
        }
        let mut ada = ada.clone();
        ada.log_in("ada@example.org", crate::support::PASSWORD);
        assert!(!asked(ada, &[]), "{base_url}: nothing says where the request came from");
    }
}

#[test]
fn a_repeated_header_counts_as_uncertain() {
    let site = at(LOOPBACK);
    assert!(!asked(site.ada(), &[("Sec-Fetch-Site", "none"), ("Sec-Fetch-Site", "none")]));
}

#[test]
fn a_browser_that_prefetches_logs_no_one_out() {
    for base_url in [LOOPBACK, ELSEWHERE, HTTPS] {
        let site = at(base_url);
        let ada = site.ada();
        for (name, value) in [
            ("Sec-Purpose", "prefetch"),
            ("Sec-Purpose", "prefetch;prerender"),
            ("Sec-Purpose", "prefetch;anonymous-client-ip"),
            ("Purpose", "prefetch"),
            ("purpose", "preview"),
        ] {
            for own in ["same-origin", "none"] {
                assert!(
                    !asked(ada.clone(), &[("Sec-Fetch-Site", own), (name, value)]),
                    "{base_url} {name}: {value}"
                );
            }
            assert!(!asked(ada.clone(), &[(name, value)]), "{base_url} {name}: {value}");
        }
    }
}

#[test]
fn a_logout_by_get_is_a_full_logout() {
    let site = at(LOOPBACK);
    site.ada();
    let mut ada = site.visitor();
    ada.log_in_remembered("ada@example.org", crate::support::PASSWORD);
    let before = ada.clone();
    let sessions = site.number("select count(*) from sessions");
    let mut ada = ada.sending("Sec-Fetch-Site", "none");
    let answer = ada.get("/logout");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/"));
    assert_eq!(site.number("select count(*) from sessions"), sessions - 1);
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert_eq!((ada.cookie("session"), ada.cookie("remember")), (None, None));
    assert!(ada.get("/").says("You have been logged out."));
    assert!(!before.clone().is_logged_in(), "the old cookies are worth nothing");
}

#[test]
fn the_page_has_one_button_that_logs_out() {
    let site = at(ELSEWHERE);
    let mut ada = site.ada();
    let page = ada.get("/logout");
    let (_, main) = page.body.split_once("<main").unwrap();
    assert_eq!(main.matches("<button").count(), 1);
    assert_eq!(main.matches("<form").count(), 1);
    let forms = page.text().matches("<form method=\"post\" action=\"/logout\"").count();
    assert_eq!(forms, 2, "one form in the menu and one on the page");
    assert!(page.notices().is_empty());
    assert!(page.says("<title>Log out · Vestibule</title>"));
    let out = ada.post("/logout", "");
    assert_eq!((out.status, out.location()), (Status::SeeOther, "/"));
    assert!(!ada.is_logged_in());
}

#[test]
fn an_anonymous_visitor_is_sent_to_the_login_and_not_back() {
    for base_url in [LOOPBACK, ELSEWHERE, HTTPS] {
        let site = at(base_url);
        for headers in [&[][..], &[("Sec-Fetch-Site", "none")], &[("Sec-Fetch-Site", "cross-site")]] {
            let mut visitor = site.visitor();
            for (name, value) in headers {
                visitor = visitor.sending(name, value);
            }
            let answer = visitor.get("/logout");
            assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login"), "{base_url}");
            assert!(visitor.get("/login").says("Please log in to access this page."));
        }
    }
}

#[test]
fn an_anonymous_visitor_who_presses_the_button_is_sent_home_without_a_notice() {
    let site = TestSite::new();
    site.ada();
    for cookie in [None, Some("garbled")] {
        let mut visitor = site.visitor();
        cookie.into_iter().for_each(|value| visitor.plant("session", value));
        let answer = visitor.post("/logout", "");
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/"));
        assert!(visitor.cookie("session").is_none());
        assert_eq!(visitor.get("/").notices(), Vec::<String>::new());
    }
    assert_eq!(site.number("select count(*) from sessions"), 1);
}
