//! Undoing a change of the address: the owner of the first address wins, whatever later changes a thief
//! makes.

use rocket::http::Status;
use vestibule::features::{account_changes, email_links};
use vestibule::people::Actor;
use vestibule::people::Email;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "ada@new.example";

fn with_mail() -> TestSite {
    Setup::new().mail().patient().build()
}

/// Requests a change of the address. Returns the link that was sent to the new one.
fn ask(site: &TestSite, ada: &mut Visitor<'_>, email: &str) -> String {
    site.clock.advance(2);
    let answer = ada.submit("/settings/email", &[("email", email)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    site.mailed_link(&email.trim().to_lowercase())
}

/// Opens a link and presses its button, with the password if the page asks for it.
fn press(visitor: &mut Visitor<'_>, link: &str) -> (Status, String) {
    let page = visitor.get(link).location().to_owned();
    let answer = match visitor.get(&page).says("name=\"password\"") {
        true => visitor.submit(&page, &[("password", PASSWORD)]),
        false => visitor.post(&page, ""),
    };
    (answer.status, answer.location().to_owned())
}

/// Requests a change of the address and opens the link.
fn change(site: &TestSite, visitor: &mut Visitor<'_>, email: &str) {
    let link = ask(site, visitor, email);
    assert_eq!(press(visitor, &link).0, Status::SeeOther);
}

fn address(site: &TestSite) -> String {
    site.text("select email from accounts order by created_at limit 1")
}

#[test]
fn of_two_changes_the_link_of_the_second_ends_nothing_of_the_first() {
    // Even if the clock was set back in between.
    for back in [false, true] {
        let site = with_mail();
        let mut thief = site.ada_by_mail();
        change(&site, &mut thief, "mallory@evil.test");
        let owners = site.mailed_link(ADA);
        if back {
            site.clock.advance(-3_600);
            thief = site.visitor();
            // Each rate limit knows the later time too, and has to notice the change.
            while thief.log_in("mallory@evil.test", PASSWORD).location() != "/profile" {
                site.clock.advance(1);
            }
        }
        change(&site, &mut thief, "mallory@worse.test");
        let thiefs = site.mailed_link("mallory@evil.test");
        assert_eq!(press(&mut thief, &thiefs), (Status::SeeOther, "/login".to_owned()));
        assert_eq!(address(&site), "mallory@evil.test");
        // Mallory continues as if the account were hers.
        thief.get(&site.mailed_link("mallory@evil.test"));
        while thief.submit("/reset", &[("new_password", PASSWORD)]).location() != "/login" {
            site.clock.advance(1);
        }
        assert_eq!(thief.log_in("mallory@evil.test", PASSWORD).location(), "/profile");
        change(&site, &mut thief, "mallory@worst.test");
        let again = site.mailed_link("mallory@evil.test");

        assert_eq!(press(&mut site.visitor(), &owners), (Status::SeeOther, "/login".to_owned()));
        assert_eq!(address(&site), ADA);
        assert!(!thief.is_logged_in());
        assert_eq!(press(&mut site.visitor(), &again).0, Status::Gone, "the younger link has ended");
        assert!(site.mailed_link(ADA).starts_with("/reset?token="));
    }
}

#[test]
fn emails_for_the_first_address_are_sent_even_if_the_second_link_is_used() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    site.mails();
    change(&site, &mut thief, "mallory@evil.test");
    site.mails();
    // The email still waits, as if its server had been down.
    let put_back = "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts, last_error) \
                    select id, 'changed', account_id, email, '{\"at\":0,\"actor\":\"command_line\"}', 0, 9999999999, 1, 'later' \
                    from links where email = 'ada@example.org'";
    assert_eq!(site.change(put_back), 1);
    change(&site, &mut thief, "mallory@worse.test");
    press(&mut thief, &site.mailed_link("mallory@evil.test"));
    let before = site.subjects(ADA).len();
    site.change("update outbox set due_at = 0");
    assert_eq!(site.subjects(ADA).len(), before + 1);
    assert_eq!(press(&mut site.visitor(), &site.mailed_link(ADA)).0, Status::SeeOther);
    assert_eq!(address(&site), ADA);
}

#[test]
fn an_address_changes_at_most_twenty_times_in_seven_days_and_no_link_is_pushed_out() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    change(&site, &mut thief, "mallory0@evil.test");
    let owners = site.mailed_link(ADA);
    for number in 1..20 {
        change(&site, &mut thief, &format!("mallory{number}@evil.test"));
    }
    let link = ask(&site, &mut thief, "mallory20@evil.test");
    thief.get(&link);
    let page = thief.submit("/change-email", &[("password", PASSWORD)]);
    assert_eq!(page.status, Status::TooManyRequests);
    assert!(page.says("Your email address was changed too often. Wait 7 days"), "{}", page.body);
    assert_eq!(site.number("select count(*) from links where purpose = 'undo'"), 20);
    press(&mut site.visitor(), &owners);
    assert_eq!(address(&site), ADA);
}

#[test]
fn an_address_set_by_the_operator_cannot_be_undone() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    change(&site, &mut thief, "mallory@evil.test");
    change(&site, &mut thief, "mallory@worse.test");
    let thiefs = site.mailed_link("mallory@evil.test");
    let (account, new) = (site.account("mallory@worse.test"), Email::parse(NEW).unwrap());
    let link = site
        .runtime
        .block_on(email_links::link(&site.site, &account, &new, Actor::CommandLine))
        .unwrap()
        .unwrap()
        .address;
    let link = link.strip_prefix("http://localhost:8000").unwrap();
    assert_eq!(press(&mut site.visitor(), link).0, Status::SeeOther);
    assert_eq!(address(&site), NEW);
    let mail = site.newest("mallory@worse.test");
    assert_eq!(mail.subject, "Your account at Vestibule has another email address");
    assert!(!mail.text.contains("token=") && !mail.text.contains(NEW), "{}", mail.text);
    assert_eq!(site.number("select count(*) from links where purpose = 'undo'"), 0);
    assert_eq!(press(&mut site.visitor(), &thiefs).0, Status::Gone, "the older link has ended too");
}

#[test]
fn an_account_that_was_disabled_meanwhile_still_gets_its_address_back() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    change(&site, &mut thief, "mallory@evil.test");
    let account = site.account("mallory@evil.test");
    site.runtime.block_on(account_changes::disable(&site.site, &account, Actor::CommandLine)).unwrap();
    let undo = site.mailed_link(ADA);
    assert!(undo.starts_with("/restore-email"), "its email was still waiting");
    assert_eq!(press(&mut site.visitor(), &undo).0, Status::Gone);
    site.visitor().sign_up(ADA, "Eve", PASSWORD);
    assert_eq!(site.number("select count(*) from accounts"), 1, "no one can take the address");
    site.runtime.block_on(account_changes::enable(&site.site, &account.id, Actor::CommandLine)).unwrap();
    assert_eq!(press(&mut site.visitor(), &undo).0, Status::SeeOther);
    assert_eq!(address(&site), ADA);
}
