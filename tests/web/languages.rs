//! In which language a visitor reads, and how they choose another. The sentences themselves are checked elsewhere:
//! here they are looked up by their keys.

use rocket::http::Status;
use vestibule::base::{Language, Sentence};

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const GERMAN: &str = "de-AT,de;q=0.9,en;q=0.5";
const HOUR: i64 = 3_600;

/// A sentence in the language with this code.
fn said(site: &TestSite, code: &str, sentence: impl Into<Sentence>) -> String {
    site.site.words.text(Language::by_code(code).unwrap(), &sentence.into())
}

/// The language that a page says it is in: in its header, and in its first element.
fn language_of(page: &Answer) -> &str {
    let header = page.header("content-language");
    assert_eq!(page.values("lang").first().map(String::as_str), Some(header), "{}", page.body);
    header
}

fn reading<'s>(visitor: Visitor<'s>, languages: &str) -> Visitor<'s> {
    visitor.sending("Accept-Language", languages)
}

#[test]
fn a_visitor_reads_what_their_browser_asks_for() {
    let site = TestSite::new();
    for (asked, language) in [
        (GERMAN, "de"),
        ("fr-CA", "fr"),
        ("tlh, es;q=0.3, en;q=0.2", "es"),
        ("en, de", "en"),
        ("tlh", "en"),
        ("*", "en"),
        ("", "en"),
    ] {
        let page = reading(site.visitor(), asked).get("/login");
        assert_eq!(language_of(&page), language, "{asked}");
        assert!(page.says(&said(&site, language, "login-remember")), "{asked}");
        assert!(page.body.contains(" dir=\"ltr\""), "{asked}");
    }
    assert_eq!(language_of(&site.visitor().get("/")), "en", "the language of the site");
}

#[test]
fn the_site_has_a_language_of_its_own_for_those_who_ask_for_no_known_one() {
    let site = Setup::new().with("language", "fr").build();
    assert_eq!(language_of(&site.visitor().get("/login")), "fr");
    assert_eq!(language_of(&reading(site.visitor(), "tlh").get("/login")), "fr");
    assert_eq!(language_of(&reading(site.visitor(), GERMAN).get("/login")), "de");
}

#[test]
fn error_pages_are_in_the_language_of_the_visitor_too() {
    let site = TestSite::new();
    let mut visitor = reading(site.visitor(), GERMAN);
    let page = visitor.get("/nowhere");
    assert_eq!((page.status, language_of(&page)), (Status::NotFound, "de"));
    assert!(page.says(&said(&site, "de", "error-404")));
    let refused = visitor.sending("Sec-Fetch-Site", "cross-site").post("/login", "");
    assert_eq!((refused.status, language_of(&refused)), (Status::Forbidden, "de"));
    assert!(refused.says(&said(&site, "de", "error-403")));
}

#[test]
fn a_language_in_the_address_of_a_page_is_remembered_by_a_cookie() {
    let site = TestSite::new();
    let mut visitor = reading(site.visitor(), GERMAN);
    let page = visitor.get("/login?lang=fr");
    assert_eq!(language_of(&page), "fr");
    let line = page.set_cookie("language");
    assert!(line.contains(&format!("{}=fr", site.cookie_name("language"))), "{line}");
    for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=31536000"] {
        assert!(line.contains(attribute), "{line} lacks {attribute}");
    }
    let again = visitor.get("/");
    assert_eq!((language_of(&again), again.set_cookie("language")), ("fr", ""));
    assert_eq!(language_of(&visitor.get("/nowhere")), "fr");
    assert_eq!(language_of(&visitor.get("/?lang=es")), "es");
    assert_eq!(language_of(&visitor.get("/")), "es");
    // Also where the page itself is refused, or leads elsewhere.
    assert_eq!(language_of(&visitor.get("/nowhere?lang=de")), "de");
    assert_eq!(visitor.get("/profile?lang=en").status, Status::SeeOther);
    assert_eq!(language_of(&visitor.get("/login")), "en");
}

#[test]
fn on_https_the_cookie_of_the_language_is_bound_to_this_host() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    let page = site.visitor().get("/?lang=de");
    let line =
        page.all("set-cookie").into_iter().find(|line| line.starts_with("__Host-language=de;")).unwrap();
    for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
        assert!(line.contains(attribute), "{line} lacks {attribute}");
    }
}

#[test]
fn an_unknown_language_changes_nothing() {
    let site = TestSite::new();
    let mut visitor = reading(site.visitor(), GERMAN);
    for odd in ["tlh", "", "DE", "..%2Fen", "%00", "de-AT", "%3Cb%3E"] {
        let page = visitor.get(&format!("/login?lang={odd}"));
        assert_eq!((language_of(&page), page.set_cookie("language")), ("de", ""), "{odd}");
    }
    for odd in ["tlh", ""] {
        visitor.plant("language", odd);
        assert_eq!(language_of(&visitor.get("/login")), "de", "{odd}");
    }
    assert_eq!(visitor.post("/login?lang=fr", "").set_cookie("language"), "", "it is no address of a page");
}

#[test]
fn notices_and_errors_of_forms_are_in_the_language_of_the_visitor() {
    let site = TestSite::new();
    let mut visitor = reading(site.visitor(), GERMAN);
    visitor.get("/profile");
    assert_eq!(visitor.get("/login").notices(), [said(&site, "de", "notice-log-in-first")]);
    let page = visitor.sign_up("ada", "", PASSWORD);
    assert_eq!((page.status, language_of(&page)), (Status::UnprocessableEntity, "de"));
    for key in ["form-email-invalid", "form-name-empty"] {
        assert!(page.says(&said(&site, "de", key)), "{key}");
    }
}

#[test]
fn an_account_has_a_language_that_its_owner_chooses() {
    let site = TestSite::new();
    let mut ada = reading(site.ada(), "es");
    let page = ada.get("/settings/account");
    assert_eq!(language_of(&page), "es");
    assert!(page.values("action").iter().any(|action| action == "/settings/language"));
    let events = site.number("select count(*) from audit");
    let answer = ada.fill_in("/settings/account", "/settings/language", &[("language", "de")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    let page = ada.get("/settings/account");
    assert_eq!(page.notices(), [said(&site, "de", "notice-language-changed")], "in the new language");
    assert!(page.body.contains("<option value=\"de\" selected"), "{}", page.body);
    assert_eq!(site.text("select language from accounts"), "de");
    assert_eq!(site.number("select count(*) from audit"), events, "no event");
    // It wins over the cookie and the browser, on each device.
    ada.plant("language", "fr");
    assert_eq!(language_of(&ada.get("/profile")), "de");
    assert_eq!(language_of(&ada.get("/nowhere")), "de");
    let mut elsewhere = reading(site.visitor(), "en");
    elsewhere.log_in(ADA, PASSWORD);
    assert_eq!(language_of(&elsewhere.get("/profile")), "de");
    // But not over the address of the page.
    assert_eq!(language_of(&ada.get("/profile?lang=es")), "es");
    assert_eq!(language_of(&ada.get("/profile")), "de");
    // Nor for those who come after.
    ada.post("/logout", "");
    assert_eq!(language_of(&ada.get("/login")), "es");
}

#[test]
fn an_account_can_follow_the_browser_again() {
    let site = TestSite::new();
    let mut ada = reading(site.ada(), GERMAN);
    ada.submit("/settings/language", &[("language", "fr")]);
    assert_eq!(ada.get("/settings/account").notices(), [said(&site, "fr", "notice-language-changed")]);
    let answer = ada.submit("/settings/language", &[("language", "fr")]);
    assert_eq!(
        (answer.location(), ada.get("/profile").notices().len()),
        ("/settings/account", 0),
        "as before"
    );
    ada.submit("/settings/language", &[("language", "")]);
    assert_eq!(ada.get("/settings/account").notices(), [said(&site, "de", "notice-language-changed")]);
    assert_eq!(site.number("select count(*) from accounts where language is null"), 1);
}

#[test]
fn a_language_that_is_not_on_the_list_is_refused() {
    let site = TestSite::new();
    let mut ada = reading(site.ada(), GERMAN);
    for odd in ["tlh", "DE", "../en", " "] {
        let page = ada.submit("/settings/language", &[("language", odd)]);
        assert_eq!(page.status, Status::UnprocessableEntity, "{odd}");
        assert!(page.says(&said(&site, "de", "form-language")), "{odd}");
    }
    for body in ["", "language=de&language=fr", "language=de&name=Eve"] {
        assert_eq!(ada.post("/settings/language", body).status, Status::UnprocessableEntity, "{body}");
    }
    assert_eq!(site.number("select count(*) from accounts where language is null"), 1);
    let answer = site.visitor().submit("/settings/language", &[("language", "de")]);
    assert!(answer.location().starts_with("/login"), "{}", answer.location());
}

#[test]
fn an_account_with_a_language_that_no_longer_exists_follows_the_browser() {
    let site = TestSite::new();
    let mut ada = reading(site.ada(), GERMAN);
    site.change("update accounts set language = 'tlh'");
    ada.submit("/settings/account", &[("name", "Ada the first")]);
    assert_eq!(language_of(&ada.get("/settings/account")), "de");
}

#[test]
fn saving_an_unchanged_name_is_no_event_and_sends_nothing() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    let mails = site.mails().len();
    let before = site.rows_without("last_used_at");
    let answer = ada.fill_in("/settings/account", "/settings/account", &[("name", " Ada ")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    assert_eq!(site.rows_without("last_used_at"), before);
    assert_eq!(ada.get("/settings/account").notices(), [said(&site, "en", "notice-name-unchanged")]);
    assert_eq!(site.mails().len(), mails);
}

#[test]
fn a_name_in_hebrew_is_isolated_from_the_words_around_it() {
    let site = TestSite::new();
    let mut ada = site.ada();
    ada.submit("/settings/account", &[("name", "דוד (Dave)")]);
    assert!(ada.get("/profile").body.contains("Welcome, <bdi>דוד (Dave)</bdi>!"));
    ada.submit("/settings/account", &[("name", "Zoë")]);
    assert!(ada.get("/profile").body.contains("Welcome, Zoë!"), "no marks where none are needed");
}

#[test]
fn a_session_that_ended_says_why() {
    let by = |notice: &'static str, seconds: i64| Sentence::from(notice).lasting(seconds);
    for age in [HOUR, 3 * HOUR] {
        let (ended, typed) = (by("notice-session-idle", HOUR), by("notice-session-idle-typed", HOUR));
        let site = Setup::new().with("session_idle", "1h").with("session_lifetime", "2h").build();
        let (mut ada, mut tab) = (site.ada(), site.visitor());
        tab.log_in(ADA, PASSWORD);
        site.clock.advance(age);
        assert_eq!(ada.get("/profile").location(), "/login?next=%2Fprofile");
        assert_eq!(ada.get("/login").notices(), [said(&site, "en", ended)]);
        tab.submit("/settings/account", &[("name", "Countess")]);
        assert_eq!(tab.get("/login").notices(), [said(&site, "en", typed)]);
        assert_eq!(site.text("select name from accounts"), "Ada");
    }
}

#[test]
fn a_session_that_was_in_use_until_its_end_was_too_old() {
    let site = Setup::new().with("session_idle", "1h").with("session_lifetime", "2h").build();
    let mut ada = site.ada();
    for _ in 0..3 {
        site.clock.advance(HOUR / 2);
        assert!(ada.is_logged_in());
    }
    site.clock.advance(HOUR / 2);
    ada.get("/profile");
    let sentence = Sentence::from("notice-session-old").lasting(2 * HOUR);
    assert_eq!(ada.get("/login").notices(), [said(&site, "en", sentence)]);
}

#[test]
fn a_stranger_is_not_told_of_a_session() {
    let site = Setup::new().with("session_idle", "1h").build();
    let ada = site.ada();
    site.clock.advance(HOUR);
    let first = said(&site, "en", "notice-log-in-first");
    let mut stranger = site.visitor();
    stranger.get("/profile");
    assert_eq!(stranger.get("/login").notices(), [&*first]);
    stranger.plant("session", "made up");
    stranger.get("/profile");
    assert_eq!(stranger.get("/login").notices(), [&*first]);
    // Once the row is gone, nothing is known.
    site.change("delete from sessions");
    let mut late = ada.clone();
    late.get("/profile");
    assert_eq!(late.get("/login").notices(), [&*first]);
    late.submit("/settings/account", &[("name", "Countess")]);
    assert_eq!(late.get("/login").notices(), [said(&site, "en", "notice-log-in-first-typed")]);
}

#[test]
fn a_change_of_address_can_be_cancelled_until_its_link_is_used() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    assert!(!ada.get("/settings/account").values("action").iter().any(|to| to == "/settings/email/cancel"));
    ada.submit("/settings/email", &[("email", "new@example.org")]);
    let link = site.mailed_link("new@example.org");
    let page = ada.get("/settings/account");
    assert!(page.says("new@example.org"), "{}", page.body);
    let answer = ada.fill_in("/settings/account", "/settings/email/cancel", &[]);
    assert_eq!(answer.location(), "/settings/account");
    let page = ada.get("/settings/account");
    assert_eq!(page.notices(), [said(&site, "en", "notice-email-cancelled")]);
    assert!(!page.says("new@example.org"));
    assert_eq!(site.number("select count(*) from audit where event = 'email_change_cancelled'"), 1);
    ada.get(&link);
    assert_eq!(ada.submit("/change-email", &[("password", PASSWORD)]).status, Status::Gone);
    // There is nothing left to cancel.
    ada.submit("/settings/email/cancel", &[]);
    assert!(ada.get("/settings/account").notices().is_empty());
    assert_eq!(site.text("select email from accounts"), ADA);
}
