//! In which language an account's emails come after its language was changed. A thief in an account could change
//! it first, and the owner could not read the warnings that follow.

use rocket::http::Status;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "mallory@evil.test";
const DAY: i64 = 24 * 3_600;

/// The subject of the email about a login from a new browser, in English, German and Spanish.
const DEVICE: [&str; 3] =
    ["New login to Vestibule", "Neue Anmeldung bei Vestibule", "Nuevo inicio de sesión en Vestibule"];

fn with_mail() -> TestSite {
    Setup::new().mail().patient().build()
}

fn choose(visitor: &mut Visitor<'_>, language: &str) {
    let answer = visitor.submit("/settings/language", &[("language", language)]);
    assert_eq!(answer.location(), "/settings/account");
}

/// The subject of the email that the owner gets about a login from a browser that was never seen.
fn told_of_a_login(site: &TestSite) -> String {
    site.clock.advance(2 * 3_600);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    site.newest(ADA).subject
}

#[test]
fn a_thief_who_changes_the_language_first_cannot_hide_the_email_that_undoes_the_rest() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    choose(&mut thief, "es");
    assert_eq!(thief.get("/settings/account").header("content-language"), "es", "pages are at once");
    site.clock.advance(2);
    thief.submit("/settings/email", &[("email", NEW)]);
    let link = site.mailed_link(NEW);
    thief.get(&link);
    assert_eq!(thief.submit("/change-email", &[("password", PASSWORD)]).status, Status::SeeOther);
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "Your email address at Vestibule was changed");
    assert!(mail.html.contains("<html lang=\"en\""), "{}", mail.html);
}

#[test]
fn emails_follow_a_change_of_the_language_after_a_week() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    choose(&mut ada, "de");
    assert_eq!(told_of_a_login(&site), DEVICE[0]);
    site.clock.advance(6 * DAY);
    assert_eq!(told_of_a_login(&site), DEVICE[0]);
    site.clock.advance(DAY);
    assert_eq!(told_of_a_login(&site), DEVICE[1]);
}

#[test]
fn several_changes_within_a_week_count_as_one() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    for language in ["de", "es"] {
        choose(&mut thief, language);
    }
    assert_eq!(told_of_a_login(&site), DEVICE[0]);
    // A later one begins with the language that the emails have come in by then.
    site.clock.advance(8 * DAY);
    let mut ada = site.visitor();
    ada.log_in(ADA, PASSWORD);
    assert_eq!(site.newest(ADA).subject, DEVICE[2]);
    choose(&mut ada, "de");
    assert_eq!(told_of_a_login(&site), DEVICE[2]);
}

#[test]
fn the_language_of_a_sign_up_counts_from_the_start() {
    let site = with_mail();
    let mut ada = site.visitor().sending("Accept-Language", "de");
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(site.newest(ADA).subject, "Bestätigen Sie Ihre E-Mail-Adresse für Vestibule");
    assert_eq!(site.number("select count(*) from accounts where language_changed_at is null"), 1);
    let link = site.mailed_link(ADA);
    ada.get(&link);
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
    // An owner who goes back to the language before gets all emails in it.
    for language in ["es", "de"] {
        choose(&mut ada, language);
    }
    assert_eq!(told_of_a_login(&site), DEVICE[1]);
    site.clock.advance(8 * DAY);
    assert_eq!(told_of_a_login(&site), DEVICE[1]);
}

#[test]
fn a_page_names_an_email_in_the_language_of_that_email() {
    let site = with_mail();
    site.ada_by_mail();
    let mut thief = site.visitor();
    thief.log_in(ADA, PASSWORD);
    let alarm = site.mailed_link(ADA);
    thief.submit("/settings/email", &[("email", NEW)]);
    let link = site.mailed_link(NEW);
    thief.get(&link);
    assert_eq!(thief.submit("/change-email", &[("password", PASSWORD)]).status, Status::SeeOther);
    let subject = site.newest(ADA).subject;
    let mut owner = site.visitor().sending("Accept-Language", "de");
    owner.get(&alarm);
    let page = owner.get("/secure");
    assert_eq!(page.header("content-language"), "de");
    assert!(page.says(&format!("mit dem Betreff „{subject}“")), "{}", page.body);
}
