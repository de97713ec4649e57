//! A login whose cookie did not come back, because the browser keeps none or because an HTTPS site set it
//! over HTTP.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const BLOCKED: &str = "We couldn't log you in, because your browser didn't keep this site's cookie.";
const INSECURE: &str =
    "We couldn't log you in, because this page was opened without encryption. Open https://";

/// Logs in with a browser that keeps no cookies and sends these headers, and follows the redirects to the
/// end.
fn logged_in_without_cookies<'s>(site: &'s TestSite, page: &str) -> (Answer, Visitor<'s>) {
    let mut ada = site.visitor().sending("Referer", page);
    let mut answer = ada.log_in("ada@example.org", PASSWORD);
    assert_eq!(answer.location(), "/profile");
    for _ in 0..2 {
        ada.jar.clear();
        answer = ada.get(answer.location());
        if answer.status == Status::Ok {
            return (answer, ada);
        }
    }
    panic!("{} {}", answer.status, answer.location());
}

#[test]
fn a_browser_that_keeps_no_cookies_gets_a_notice_at_the_login() {
    for base_url in ["http://localhost:8000", "https://login.example.org", "http://intranet.example"] {
        let site = Setup::new().with("base_url", base_url).build();
        site.ada();
        let (page, mut ada) = logged_in_without_cookies(&site, &format!("{base_url}/login?next=%2Fprofile"));
        assert!(page.says("<h1>Login</h1>") && page.says(BLOCKED), "{}", page.text());
        assert!(page.says("name=\"next\" value=\"/profile\""), "it leads there afterwards");
        ada.headers.clear();
        assert!(!ada.get("/login").says(BLOCKED));
    }
}

#[test]
fn a_login_over_http_to_an_https_site_shows_the_right_address() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    site.ada();
    let (page, _) = logged_in_without_cookies(&site, "http://login.example.org/login");
    assert!(page.says(&format!("{INSECURE}login.example.org")), "{}", page.text());
}

#[test]
fn no_other_login_gets_that_notice() {
    let site = TestSite::new();
    let marked = "/login?cookies=lost";
    let mut kept = site.visitor();
    kept.plant("device", "x");
    assert!(!kept.get(marked).says(BLOCKED), "a cookie came back");
    assert!(
        !site.visitor().get(marked).says(BLOCKED),
        "the address was typed, or the page before sends no referer"
    );
    for linked in [
        "http://evil.test/",
        "http://evil.test/login",
        "http://localhost:8000/",
        "http://localhost:8000/signup",
    ] {
        assert!(!site.visitor().sending("Referer", linked).get(marked).says(BLOCKED), "{linked}");
    }
    for referer in ["http://localhost:8000/", "http://evil.test/login", "", "http://localhost:8000/signup"] {
        let answer = site.visitor().sending("Referer", referer).get("/profile");
        assert_eq!(answer.location(), "/login?next=%2Fprofile", "{referer}");
    }
    let answer = site.visitor().get("/profile");
    assert_eq!(answer.location(), "/login?next=%2Fprofile");
}
