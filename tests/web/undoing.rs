//! Undoing a change of the address: the owner of the first address wins, whatever later changes a thief
//! makes.

use rocket::http::Status;
use vestibule::features::{account_changes, email_links};
use vestibule::people::Actor;
use vestibule::people::Email;

use crate::emails::{NEW, address, ask, change, change_with, press, with_mail};
use crate::support::{ADA, PASSWORD, Setup};

#[test]
fn the_holder_of_the_old_address_undoes_the_change_and_ends_all_other_access() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    change(&site, &mut thief, "mallory@evil.test");
    assert_eq!(address(&site), "mallory@evil.test");
    let undo = site.mailed_link(ADA);
    assert!(undo.starts_with("/restore-email?token="), "{undo}");
    // Whatever the thief does now, the link keeps working.
    let passwords = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
    assert_eq!(thief.submit("/settings/password", &passwords).location(), "/settings/account");
    change_with(&site, &mut thief, "mallory@worse.test", "seven lazy violet teapots");
    assert_eq!(address(&site), "mallory@worse.test");
    let thiefs = site.mailed_link("mallory@evil.test");
    let pending = ask(&site, &mut thief, "mallory@worst.test");
    site.clock.advance(7 * 24 * 3_600 - 60);
    let mut ada = site.visitor();
    ada.get(&undo);
    assert!(ada.get("/restore-email").says("its old address ada@example.org back"));
    assert_eq!(address(&site), "mallory@worse.test", "opening it changes nothing");
    assert_eq!(ada.post("/restore-email", "").location(), "/login");
    assert_eq!(address(&site), ADA);
    assert!(!thief.is_logged_in());
    for link in [&thiefs, &pending, &undo] {
        assert_eq!(press(&mut site.visitor(), link).0, Status::Gone, "{link}");
    }
    assert_eq!(site.visitor().log_in(ADA, "seven lazy violet teapots").location(), "/login");
    // She chooses another password with the email that came with it.
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/reset", &[("new_password", PASSWORD)]).location(), "/login");
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn a_change_can_be_undone_for_seven_days_and_the_old_address_stays_reserved() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    change(&site, &mut ada, NEW);
    let undo = site.mailed_link(ADA);
    let mut mallory = site.visitor();
    site.clock.advance(2);
    mallory.sign_up(ADA, "Mallory", PASSWORD);
    assert_eq!(site.number("select count(*) from accounts"), 1);
    site.clock.advance(7 * 24 * 3_600 - 3);
    let mut late = site.visitor();
    late.get(&undo);
    assert_eq!(late.get("/restore-email").status, Status::Ok);
    site.clock.advance(1);
    assert_eq!(late.post("/restore-email", "").status, Status::Gone);
    mallory.sign_up(ADA, "Mallory", PASSWORD);
    assert_eq!(site.number("select count(*) from accounts"), 2, "the address is free now");
}

#[test]
fn a_late_email_does_not_revive_an_ended_link() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    change(&site, &mut thief, "mallory@evil.test");
    let undo = site.mailed_link(ADA);
    change(&site, &mut thief, "mallory@worse.test");
    // The email to the address in between still waits, as if its server had been down.
    site.mails();
    let late = "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts, last_error) \
                select id, 'changed', account_id, email, '{\"at\":0,\"actor\":\"command_line\"}', 0, 9999999999, 1, 'later' \
                from links where email = 'mallory@evil.test'";
    assert_eq!(site.change(late), 1);
    press(&mut site.visitor(), &undo);
    assert_eq!(address(&site), ADA);
    assert_eq!(site.number("select count(*) from outbox where kind = 'changed'"), 0);
    // If it were still waiting, it would have no link to carry.
    let later = "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
                 select 'late', 'changed', id, 'mallory@evil.test', '{\"at\":0,\"actor\":\"command_line\"}', 0, 0, 1 from accounts";
    assert_eq!(site.change(later), 1);
    let before = site.subjects("mallory@evil.test").len();
    site.mails();
    assert_eq!(site.subjects("mallory@evil.test").len(), before);
    assert_eq!(site.number("select count(*) from links where purpose = 'undo'"), 0);
}

#[test]
fn an_unconfirmed_address_cannot_undo_anything() {
    let site = Setup::new().mail().patient().with("unconfirmed_login", "yes").build();
    let mut ada = site.visitor();
    ada.sign_up("victim@example.org", "Ada", PASSWORD);
    ada.log_in("victim@example.org", PASSWORD);
    let link = ask(&site, &mut ada, NEW);
    press(&mut ada, &link);
    assert_eq!(address(&site), NEW);
    assert_eq!(site.subjects("victim@example.org"), ["Confirm your email address for Vestibule"]);
    assert_eq!(site.number("select count(*) from accounts where confirmed_at is not null"), 1);
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
    site.runtime
        .block_on(account_changes::disable(&site.site, &account, Actor::CommandLine))
        .unwrap()
        .unwrap();
    let undo = site.mailed_link(ADA);
    assert!(undo.starts_with("/restore-email"), "its email was still waiting");
    assert_eq!(press(&mut site.visitor(), &undo).0, Status::Gone);
    site.visitor().sign_up(ADA, "Eve", PASSWORD);
    assert_eq!(site.number("select count(*) from accounts"), 1, "no one can take the address");
    site.runtime.block_on(account_changes::enable(&site.site, &account.id, Actor::CommandLine)).unwrap();
    assert_eq!(press(&mut site.visitor(), &undo).0, Status::SeeOther);
    assert_eq!(address(&site), ADA);
}
