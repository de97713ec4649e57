//! Notices for the next page: each is shown once, and none can be forged.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const F1: &str = "Please log in to access this page.";
const F2: &str = "Email address already exists. Log in instead.";
const F3: &str = "Please check your login details and try again.";
const READY: &str = "Your account is ready. Please log in.";
const BYE: &str = "You have been logged out.";

#[test]
fn each_notice_is_shown_once_in_a_live_region_with_its_own_link_only() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    let answer = ada.get("/profile");
    shown_once(F1, "warning", "alert", &answer, &mut ada);
    let answer = ada.sign_up("ada@example.org", "Ada", PASSWORD);
    shown_once(READY, "success", "status", &answer, &mut ada);
    let answer = ada.sign_up("ada@example.org", "Ada", PASSWORD);
    shown_once(F2, "error", "alert", &answer, &mut ada);
    let answer = ada.log_in("ada@example.org", "wrong horse battery");
    shown_once(F3, "error", "alert", &answer, &mut ada);
    ada.log_in("ada@example.org", PASSWORD);
    let answer = ada.post("/logout", "");
    shown_once(BYE, "success", "status", &answer, &mut ada);
}

fn shown_once(text: &str, kind: &str, role: &str, from: &Answer, visitor: &mut Visitor<'_>) {
    assert_eq!(from.status, Status::SeeOther, "{text}");
    let page = visitor.get("/");
    assert_eq!(page.notices(), [text]);
    assert!(
        page.body.contains(&format!("<p class=\"notice {kind}\" role=\"{role}\" id=\"notice\">")),
        "{text}"
    );
    assert!(page.takes_back("_flash"));
    assert!(visitor.get("/").notices().is_empty(), "{text} is shown twice");
}

#[test]
fn a_notice_is_shown_on_the_next_page_even_on_an_error() {
    let site = TestSite::new();
    for path in ["/", "/login", "/signup", "/nowhere", "/login/"] {
        let mut stranger = site.visitor();
        stranger.get("/profile");
        assert_eq!(stranger.get(path).notices(), [F1], "{path}");
        assert!(stranger.get("/").notices().is_empty(), "{path}");
    }
    let mut stranger = site.visitor();
    stranger.get("/profile");
    let refused = stranger.clone().sending("Sec-Fetch-Site", "cross-site").post("/login", "");
    assert_eq!((refused.status, refused.notices()), (Status::Forbidden, vec![F1.to_owned()]));
}

#[test]
fn a_notice_waits_through_redirects_files_and_answers_that_are_no_pages() {
    let site = TestSite::new();
    let mut stranger = site.visitor();
    stranger.get("/profile");
    let home = stranger.get("/").text();
    let style = home.split('"').find(|part| part.starts_with("/static/style-")).unwrap();
    stranger.get("/profile");
    let waiting = stranger.cookie("_flash").map(str::to_owned);
    assert!(waiting.is_some());
    for (path, status) in [(style, 200), ("/health", 200), ("/static/none.css", 404)] {
        let mut asset = stranger.clone().sending("Sec-Fetch-Mode", "no-cors");
        assert_eq!(asset.get(path).status.code, status, "{path}");
        assert_eq!(asset.cookie("_flash"), waiting.as_deref(), "{path} must not take it from the page");
    }
    let mut script = stranger.clone().sending("Accept", "application/json");
    for path in ["/nowhere", "/profile"] {
        assert!(script.get(path).body.starts_with('{'));
        assert_eq!(script.cookie("_flash"), waiting.as_deref(), "{path}: it was not read yet");
    }
    assert_eq!(stranger.get("/login").notices(), [F1]);
}

#[test]
fn requests_in_addition_to_a_page_do_not_use_up_its_notice() {
    // Over HTTP, except on this machine, a browser sends no `Sec-Fetch-…` header.
    let site = Setup::new().with("base_url", "http://intranet.example").build();
    let mut stranger = site.visitor();
    stranger.get("/profile");
    let waiting = stranger.cookie("_flash").map(str::to_owned);
    for (path, name, value) in [
        ("/favicon.png", "Accept", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"),
        ("/static/style-0123456789abcdef.css", "Accept", "text/css,*/*;q=0.1"),
        ("/humans.txt", "Accept", "*/*"),
        ("/apple-touch-icon-precomposed.png", "Accept", "*/*"),
        ("/login/", "Accept", "*/*"),
        ("/favicon.png", "Sec-Fetch-Dest", "image"),
        ("/nowhere", "Sec-Fetch-Dest", "iframe"),
    ] {
        let mut beside = stranger.clone().sending(name, value);
        let answer = beside.get(path);
        assert_eq!((answer.status, answer.notices().len()), (Status::NotFound, 0), "{path} {value}");
        assert_eq!(beside.cookie("_flash"), waiting.as_deref(), "{path} {value}");
    }
    let html = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    assert_eq!(stranger.clone().sending("Accept", html).get("/nowhere").notices(), [F1]);
    let both = stranger.clone().sending("Accept", html).sending("Sec-Fetch-Dest", "document");
    assert_eq!({ both }.get("/nowhere").notices(), [F1]);
    assert_eq!(stranger.get("/login").notices(), [F1]);
}

#[test]
fn of_two_waiting_notices_the_newer_is_shown() {
    let site = TestSite::new();
    site.ada();
    let mut visitor = site.visitor();
    visitor.get("/profile");
    visitor.log_in("ada@example.org", "wrong horse battery");
    assert_eq!(visitor.get("/login").notices(), [F3]);
    visitor.log_in("ada@example.org", "wrong horse battery");
    visitor.get("/profile");
    assert_eq!(visitor.get("/").notices(), [F1]);
    assert!(visitor.get("/").notices().is_empty());
}

#[test]
fn a_login_discards_earlier_notices() {
    let site = TestSite::new();
    site.ada();
    let mut ada = site.visitor();
    ada.get("/profile");
    ada.log_in("ada@example.org", "wrong horse battery");
    ada.log_in("ada@example.org", PASSWORD);
    assert!(ada.get("/profile").notices().is_empty());
}

#[test]
fn a_forged_notice_shows_nothing_and_blocks_no_real_one() {
    let forged = [
        "1:éx",
        "2:éx",
        "3:日本",
        "4:🦊🦊",
        "0:",
        "",
        ":",
        "x",
        "-1:x",
        "+7:warninglog-in-first",
        "07:warninglog-in-first",
        "18446744073709551615:x",
        "18446744073709551616:x",
        "99:warninglog-in-first",
        "7:successlog-in-first",
        "5:errorlog-in-first",
        "7:warninglogged-out",
        "7:warninglog-in-first ",
        "7:warningPlease call 555-1234",
        "5:errorYour password has expired: evil.test",
        "7:warning<script>alert(1)</script>",
        "7:warning{{7*7}}",
        "7:warninglog-in-first\0",
        "%31:x",
        "0:account-ready",
        "1:",
        "999999999999999999999:x",
        "7:successaccount-ready-and-more",
        "5:erroraccount-ready",
        "7:successYou have won",
        "7:success<script>alert(1)</script>",
        "7:successlogged-out\0",
    ];
    let site = TestSite::new();
    let mut ada = site.ada();
    let (plain_home, plain_profile) =
        (site.visitor().get("/").body, ada.get("/profile").without_form_values());
    for value in forged {
        let mut visitor = site.visitor();
        visitor.plant("_flash", value);
        let home = visitor.get("/");
        assert_eq!((home.status, &home.body), (Status::Ok, &plain_home), "{value:?}");
        let missing = visitor.get("/nowhere");
        assert_eq!((missing.status, missing.notices().len()), (Status::NotFound, 0), "{value:?}");
        visitor.plant("_flash", value);
        assert!(visitor.get("/login").notices().is_empty(), "{value:?}");
        visitor.plant("_flash", value);
        ada.plant("_flash", value);
        let profile = ada.get("/profile");
        assert_eq!(
            (profile.status, &profile.without_form_values()),
            (Status::Ok, &plain_profile),
            "{value:?}"
        );
        assert_eq!(visitor.get("/profile").status, Status::SeeOther);
        assert_eq!(visitor.get("/login").notices(), [F1], "a real one replaces it: {value:?}");
    }
    let mut visitor = site.visitor();
    visitor.plant("_flash", &"x".repeat(8_000));
    assert_eq!(visitor.get("/").body, plain_home);
    visitor.plant("_flash", "1:éx");
    assert_eq!(visitor.log_in("ada@example.org", PASSWORD).location(), "/profile");
    assert_eq!(visitor.cookie("_flash"), None, "the notice is gone");
}

#[test]
fn the_cookie_of_a_notice_is_http_only_and_survives_a_visit_from_another_site() {
    let plain = ("http://localhost:8000", false);
    for (base_url, secure) in [plain, ("https://login.example.org", true)] {
        let site = Setup::new().with("base_url", base_url).build();
        let mut stranger = site.visitor();
        let given = stranger.get("/profile");
        let taken = stranger.get("/");
        for line in [given.set_cookie("_flash"), taken.set_cookie("_flash")] {
            for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                assert!(line.contains(attribute), "{base_url}: {line} lacks {attribute}");
            }
            assert_eq!(line.contains("; Secure"), secure, "{base_url}: {line}");
            assert!(!line.contains("Domain"), "{line}");
        }
        assert!(given.set_cookie("_flash").contains("Max-Age=300") && taken.takes_back("_flash"));
        let held = given.set_cookie("_flash").split(';').next().unwrap();
        assert!(!held.contains("Please"), "the cookie holds a code and not a sentence: {held}");
    }
}
