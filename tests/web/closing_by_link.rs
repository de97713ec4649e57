//! With email, a link completes the deletion of an account: what it requires, where it is sent, and what ends
//! it.

use rocket::http::Status;
use vestibule::features::account_changes;
use vestibule::people::Actor;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";

/// Requests the deletion of an account with its password. Returns the link that was sent to `address`.
fn asked(site: &TestSite, visitor: &mut Visitor<'_>, email: &str, to: &str) -> String {
    site.clock.advance(2);
    let answer = close(visitor, email, PASSWORD);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    let link = site.mailed_link(to);
    assert!(link.starts_with("/delete-account?token="), "{link}");
    link
}

fn accounts(site: &TestSite) -> i64 {
    site.number("select count(*) from accounts")
}

/// The status of the page behind a link.
fn opened(site: &TestSite, link: &str) -> Status {
    let mut visitor = site.visitor();
    assert_eq!(visitor.get(link).location(), "/delete-account");
    visitor.get("/delete-account").status
}

fn with_mail() -> TestSite {
    Setup::new().mail().patient().build()
}

#[test]
fn with_email_the_button_behind_an_emailed_link_deletes_the_account() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let page = ada.get("/settings/close");
    assert!(
        page.says("First we'll email you a link. Open it within an hour to delete the account.")
            && page.says("Send the link")
    );
    assert_eq!(close(&mut ada, ADA, NEW).status, Status::UnprocessableEntity);
    let link = asked(&site, &mut ada, ADA, ADA);
    assert_eq!(
        ada.get("/settings/account").notices(),
        ["We've emailed you a link. Nothing will be deleted until you open it and press the button there."]
    );
    assert!(ada.get("/settings/activity").says("You asked to delete your account"));
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "Delete your account at Vestibule");
    assert!(
        mail.text.contains("Hello Ada,") && mail.text.contains("http://localhost:8000/forgot"),
        "{}",
        mail.text
    );
    // Opening the link deletes nothing; nor does anything else on its page.
    for _ in 0..3 {
        let mut scanner = site.visitor();
        assert_eq!(scanner.get(&link).location(), "/delete-account");
        let page = scanner.get("/delete-account");
        assert!(
            page.status == Status::Ok
                && page.says("that we wrote to ada@example.org about")
                && !page.says("token")
        );
    }
    assert_eq!(site.visitor().post("/delete-account", "").status, Status::Gone);
    assert_eq!(accounts(&site), 1);
    let mut owner = site.visitor();
    owner.get(&link);
    let answer = owner.post("/delete-account", "");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/"));
    assert!(answer.takes_back("close"));
    assert_eq!(owner.get("/").notices(), ["Your account has been deleted."]);
    assert_eq!(accounts(&site), 0);
    assert!(!ada.is_logged_in());
    for mark in [ADA, "Ada"] {
        assert!(!contains(&site.written(), mark), "{mark} is left");
    }
    assert_eq!(opened(&site, &link), Status::Gone, "it works once");
    // The same in the browser that is logged in.
    let mut ada = site.ada_by_mail();
    let link = asked(&site, &mut ada, ADA, ADA);
    ada.get(&link);
    let answer = ada.post("/delete-account", "");
    for cookie in ["session", "device"] {
        assert!(answer.takes_back(cookie), "{cookie}");
    }
}

#[test]
fn the_link_of_another_account_or_for_something_else_deletes_nothing() {
    let site = with_mail();
    let mut bob = site.visitor();
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.get(&site.mailed_link("bob@example.org"));
    bob.submit("/confirm", &[("password", PASSWORD)]);
    let mut ada = site.ada_by_mail();
    let bobs = asked(&site, &mut bob, "bob@example.org", "bob@example.org");
    ada.get(&bobs);
    assert_eq!(ada.post("/delete-account", "").location(), "/");
    assert!(ada.is_logged_in() && !bob.is_logged_in(), "only the account of the link is deleted");
    assert_eq!(site.text("select email from accounts"), ADA);
    let link = asked(&site, &mut ada, ADA, ADA);
    for purpose in ["reset", "secure", "undo", "confirm", "change"] {
        site.change(format!("update links set purpose = '{purpose}'").leak());
        let mut owner = site.visitor();
        owner.get(&link);
        assert_eq!(owner.post("/delete-account", "").status, Status::Gone, "{purpose}");
    }
    assert_eq!(accounts(&site), 1);
}

/// An event of Ada's account.
type Happening = fn(&TestSite, &mut Visitor<'_>);

#[test]
fn a_new_password_a_new_address_a_newer_link_an_hour_and_disabling_end_the_link() {
    let changed: Happening = |_, ada| {
        let fields = [("current_password", PASSWORD), ("new_password", NEW)];
        assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    };
    let reset: Happening = |site, _| {
        let mut owner = site.visitor();
        owner.get(&site.reset_link(ADA));
        assert_eq!(owner.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    };
    let moved: Happening = |site, ada| {
        site.clock.advance(2);
        ada.submit("/settings/email", &[("email", "ada@new.example")]);
        ada.get(&site.mailed_link("ada@new.example"));
        ada.submit("/change-email", &[("password", PASSWORD)]);
    };
    let newer: Happening = |site, ada| _ = asked(site, ada, ADA, ADA);
    let disabled: Happening = |site, _| {
        let account = site.account(ADA);
        site.runtime
            .block_on(account_changes::disable(&site.site, &account, Actor::CommandLine))
            .unwrap()
            .unwrap();
        site.runtime.block_on(account_changes::enable(&site.site, &account.id, Actor::CommandLine)).unwrap();
    };
    let hour: Happening = |site, _| site.clock.advance(3_600);
    for (name, happen) in [
        ("changed", changed),
        ("reset", reset),
        ("moved", moved),
        ("newer", newer),
        ("disabled", disabled),
        ("hour", hour),
    ] {
        let site = with_mail();
        let mut ada = site.ada_by_mail();
        let link = asked(&site, &mut ada, ADA, ADA);
        let mut owner = site.visitor();
        owner.get(&link);
        assert_eq!(opened(&site, &link), Status::Ok);
        happen(&site, &mut ada);
        assert_eq!(opened(&site, &link), Status::Gone, "{name}");
        assert_eq!(owner.post("/delete-account", "").status, Status::Gone, "{name}");
        assert_eq!(accounts(&site), 1, "{name}");
    }
}

#[test]
fn a_link_that_still_waits_to_be_sent_ends_with_the_password_too() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    site.clock.advance(2);
    close(&mut ada, ADA, PASSWORD);
    let fields = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    site.mails();
    assert_eq!(site.number("select count(*) from links where purpose = 'close'"), 0);
}

#[test]
fn while_a_change_of_address_can_be_undone_the_link_goes_to_the_former_address() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    for email in ["mallory@evil.test", "mallory@worse.test"] {
        site.clock.advance(2);
        thief.submit("/settings/email", &[("email", email)]);
        thief.get(&site.mailed_link(email));
        assert_eq!(thief.submit("/change-email", &[("password", PASSWORD)]).status, Status::SeeOther);
    }
    let undo = site.mailed_link(ADA);
    let link = asked(&site, &mut thief, "mallory@worse.test", ADA);
    let mail = site.newest(ADA);
    assert!(
        mail.text.contains("now has another email address") && !mail.text.contains("Mallory"),
        "{}",
        mail.text
    );
    for address in ["mallory@evil.test", "mallory@worse.test"] {
        assert!(site.subjects(address).iter().all(|subject| !subject.starts_with("Delete")), "{address}");
    }
    let mut owner = site.visitor();
    owner.get(&undo);
    assert_eq!(owner.post("/restore-email", "").location(), "/login");
    assert_eq!(opened(&site, &link), Status::Gone, "it ended when the change was undone");
    // Seven days later the new address belongs to those who have it.
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    site.clock.advance(2);
    ada.submit("/settings/email", &[("email", "ada@new.example")]);
    ada.get(&site.mailed_link("ada@new.example"));
    ada.submit("/change-email", &[("password", PASSWORD)]);
    site.clock.advance(7 * 24 * 3_600);
    ada.log_in("ada@new.example", PASSWORD);
    asked(&site, &mut ada, "ada@new.example", "ada@new.example");
}

#[test]
fn an_unconfirmed_address_gets_no_link() {
    let site = Setup::new().mail().patient().with("unconfirmed_login", "yes").build();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.log_in(ADA, PASSWORD);
    assert!(!ada.get("/settings/close").says("Send the link"));
    assert_eq!(close(&mut ada, ADA, PASSWORD).location(), "/");
    assert_eq!(accounts(&site), 0);
}

#[test]
fn the_number_of_requested_links_is_limited() {
    let site = Setup::new().mail().with("limit_reauthentications", "100").build();
    let mut ada = site.ada_by_mail();
    let asking: Vec<_> = (0..21).map(|_| close(&mut ada, ADA, PASSWORD).status.code).collect();
    assert_eq!((asking[0], asking[20]), (303, 429), "{asking:?}");
    let deletions = site.subjects(ADA).iter().filter(|subject| subject.starts_with("Delete")).count();
    assert_eq!(deletions, 1, "three minutes must pass before the next one");
}

fn close(visitor: &mut Visitor<'_>, email: &str, password: &str) -> Answer {
    visitor.submit("/settings/close", &[("email", email), ("password", password)])
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}
