//! Changing the address: nothing changes before the new one is confirmed, and the old one gets an email. The tests of
//! `undoing` cover how its holder undoes the change.

use rocket::http::Status;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

pub const NEW: &str = "ada@new.example";

pub fn with_mail() -> TestSite {
    Setup::new().mail().patient().build()
}

/// Requests a change of the address. Returns the link that was sent to the new one.
pub fn ask(site: &TestSite, ada: &mut Visitor<'_>, email: &str) -> String {
    site.clock.advance(2);
    let answer = ada.submit("/settings/email", &[("email", email)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    site.mailed_link(&email.trim().to_lowercase())
}

/// Opens a link and presses its button, with the password if the page asks for it.
pub fn press(visitor: &mut Visitor<'_>, link: &str) -> (Status, String) {
    press_with(visitor, link, PASSWORD)
}

fn press_with(visitor: &mut Visitor<'_>, link: &str, password: &str) -> (Status, String) {
    let page = visitor.get(link).location().to_owned();
    let answer = match visitor.get(&page).says("name=\"password\"") {
        true => visitor.submit(&page, &[("password", password)]),
        false => visitor.post(&page, ""),
    };
    (answer.status, answer.location().to_owned())
}

/// Requests a change of the address and opens the link.
pub fn change(site: &TestSite, visitor: &mut Visitor<'_>, email: &str) {
    change_with(site, visitor, email, PASSWORD);
}

pub fn change_with(site: &TestSite, visitor: &mut Visitor<'_>, email: &str, password: &str) {
    let link = ask(site, visitor, email);
    assert_eq!(press_with(visitor, &link, password).0, Status::SeeOther);
}

pub fn address(site: &TestSite) -> String {
    site.text("select email from accounts order by created_at limit 1")
}

#[test]
fn the_link_sent_to_the_new_address_changes_it_and_the_old_one_gets_an_email() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    assert!(ada.get("/settings/email").says("Your address is ada@example.org."));
    let link = ask(&site, &mut ada, " ada@New.example");
    assert_eq!(
        ada.get("/settings/account").notices(),
        ["We've sent a link to the new address. Your address will change when you open it."]
    );
    assert!(link.starts_with("/change-email?token="), "{link}");
    let mail = site.newest(NEW);
    assert!(!mail.text.contains("Ada"), "the requester may not be the owner of the address");
    for _ in 0..3 {
        let mut scanner = site.visitor();
        assert_eq!(scanner.get(&link).location(), "/change-email");
        assert!(scanner.get("/change-email").says("ada@new.example"));
    }
    assert_eq!(address(&site), ADA, "opening it changes nothing");
    assert_eq!(press(&mut ada, &link), (Status::SeeOther, "/settings/account".to_owned()));
    assert_eq!(ada.get("/settings/account").notices(), ["Your email address has been changed."]);
    assert_eq!(address(&site), NEW);
    assert!(ada.is_logged_in());
    assert_eq!(site.newest(ADA).subject, "Your email address at Vestibule was changed");
    assert!(site.newest(ADA).text.contains(NEW));
    assert_eq!(site.visitor().log_in(NEW, PASSWORD).location(), "/profile");
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/login");
    assert_eq!(press(&mut site.visitor(), &link).0, Status::Gone, "the link works once");
}

#[test]
fn a_change_that_cannot_be_recorded_sends_no_link() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    site.refuse("insert", "audit");
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).status, Status::ServiceUnavailable);
    site.allow("audit");
    assert_eq!(
        site.number("select count(*) from outbox"),
        0,
        "an email must not be sent without a record for the owner"
    );
    ask(&site, &mut ada, NEW);
    assert_eq!(site.number("select count(*) from audit where event = 'email_change_asked'"), 1);
}

#[test]
fn it_needs_a_fresh_password_and_a_valid_different_address() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    for (typed, sentence) in [
        ("", "Enter your email address."),
        ("ada", "Enter an email address such as"),
        ("ADA@example.org", "That is already your email address."),
    ] {
        let answer = ada.submit("/settings/email", &[("email", typed)]);
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.says(sentence) && answer.values("value").contains(&typed.to_owned()), "{typed}");
    }
    site.clock.advance(301);
    assert_eq!(ada.get("/settings/email").location(), "/reauthenticate?next=%2Fsettings%2Femail");
    let before = site.mails().len();
    ada.submit("/settings/email", &[("email", NEW)]);
    assert_eq!(
        site.visitor().submit("/settings/email", &[("email", NEW)]).location(),
        "/login?next=%2Fsettings%2Femail"
    );
    assert_eq!(site.mails().len(), before, "no email was sent");
}

#[test]
fn the_link_is_valid_for_an_hour_and_ends_with_a_newer_one_and_with_the_password() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let older = ask(&site, &mut ada, NEW);
    let newer = ask(&site, &mut ada, "ada@newer.example");
    assert_eq!(press(&mut site.visitor(), &older).0, Status::Gone);
    site.clock.advance(3_599);
    let mut slow = site.visitor();
    slow.get(&newer);
    assert_eq!(slow.get("/change-email").status, Status::Ok);
    site.clock.advance(1);
    assert_eq!(slow.submit("/change-email", &[("password", PASSWORD)]).status, Status::Gone);

    ada.log_in(ADA, PASSWORD);
    let third = ask(&site, &mut ada, NEW);
    site.clock.advance(2);
    ada.submit("/settings/email", &[("email", "ada@fourth.example")]); // its email is still waiting
    let passwords = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
    assert_eq!(ada.submit("/settings/password", &passwords).location(), "/settings/account");
    assert_eq!(press(&mut site.visitor(), &third).0, Status::Gone);
    assert!(site.subjects("ada@fourth.example").is_empty());
    assert_eq!(address(&site), ADA);
}

#[test]
fn two_changes_at_once_never_set_an_unconfirmed_address() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    // Her own address and another one, in either order: the link for one never confirms the other.
    for [own, others] in
        [["ada@own.example", "victim@example.org"], ["ada@own2.example", "victim2@example.org"]]
    {
        let first = ask(&site, &mut ada, own);
        let second = ask(&site, &mut ada, others);
        assert_eq!(press(&mut ada, &first).0, Status::Gone);
        assert_ne!(address(&site), others);
        let third = ask(&site, &mut ada, own);
        assert_eq!(press(&mut ada, &second).0, Status::Gone);
        assert_eq!(press(&mut ada, &third).0, Status::SeeOther);
        assert_eq!(address(&site), own);
    }
}

#[test]
fn of_many_simultaneous_uses_one_succeeds() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let (link, mut reader) = (ask(&site, &mut ada, NEW), site.visitor());
    reader.get(&link);
    let cookie = reader.cookie("change").unwrap().to_owned();
    let answers = site.at_once_with(20, "/change-email", &[("password", PASSWORD)], &[("change", &cookie)]);
    assert_eq!(answers.iter().filter(|(status, _)| *status == Status::SeeOther).count(), 1, "{answers:?}");
}

#[test]
fn a_taken_address_is_answered_like_any_other_and_its_owner_gets_an_email() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    site.mails();
    site.clock.advance(2);
    let answer = ada.submit("/settings/email", &[("email", "bob@example.org")]);
    assert_eq!(answer.location(), "/settings/account");
    assert_eq!(site.newest("bob@example.org").subject, "You already have an account at Vestibule");
    // Taken after the link was sent.
    let link = ask(&site, &mut ada, NEW);
    site.clock.advance(2);
    site.visitor().sign_up(NEW, "Carol", PASSWORD);
    assert_eq!(press(&mut ada, &link).1, "/settings/account");
    assert_eq!(
        ada.get("/settings/account").notices(),
        ["That address belongs to another account. Nothing was changed."]
    );
    assert_eq!(address(&site), ADA);
}

#[test]
fn reading_the_email_without_knowing_the_password_changes_nothing() {
    let site = with_mail();
    let mut mallory = site.ada_by_mail();
    // Mallory wants Bob to confirm his address for Mallory's account.
    let link = ask(&site, &mut mallory, "bob@example.org");
    let mut bob = site.visitor();
    assert_eq!(press_with(&mut bob, &link, "seven lazy violet teapots").0, Status::UnprocessableEntity);
    assert_eq!(press_with(&mut bob, &link, "").0, Status::UnprocessableEntity);
    assert_eq!(address(&site), ADA);
    assert_eq!(
        press(&mut site.visitor(), &link).0,
        Status::SeeOther,
        "the owner may do it on another device"
    );
}

#[test]
fn without_email_the_page_says_whom_to_ask() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let page = ada.get("/settings/email");
    assert!(
        page.says("To change it, ask the people who run this site for a link.")
            && !page.says("name=\"email\"")
    );
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).status, Status::Forbidden);
    assert_eq!(site.number("select count(*) from outbox"), 0);
}
