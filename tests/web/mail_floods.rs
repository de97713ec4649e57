//! Emails that strangers ask for by the thousand: they keep no owner's from going, only so many of them wait, and whoever asks is
//! answered alike.

use vestibule::features::housekeeping;

use crate::support::{ADA, PASSWORD, Setup, TestSite};

const NEW: &str = "ada@new.example";

/// Wishes for a link at addresses that have no account, which wait for longer than the test lasts.
fn strangers_ask(site: &TestSite, wishes: u64) {
    let sql = format!(
        "insert into outbox (id, letter, account_id, address, facts, queued_at, due_at, tries) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < {wishes}) \
         select 'row ' || i, 'reset', null, 'nobody' || i || '@example.org', '{{\"at\":0,\"visitor\":null}}', \
         1767225600, 1767225600 + 7200, 0 from n"
    );
    assert_eq!(site.change(sql.leak()), wishes);
}

/// Keeps what was written down until now from the server's own task.
fn later(site: &TestSite) {
    site.change("update outbox set due_at = due_at + 3600 where due_at <= 1767225600 + 1800");
}

#[test]
fn alarms_go_first_then_what_owners_ask_for_then_what_strangers_do() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    let before = site.mails().len();
    site.clock.advance(180);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    later(&site);
    site.clock.advance(1);
    site.visitor().sign_up(ADA, "Eve", PASSWORD);
    later(&site);
    site.clock.advance(1);
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    later(&site);
    site.clock.advance(1);
    ada.submit("/settings/email", &[("email", NEW)]);
    later(&site);
    site.clock.advance(1);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    later(&site);
    site.clock.advance(3_600);
    let subjects: Vec<_> = site.mails().into_iter().skip(before).map(|mail| mail.subject).collect();
    assert_eq!(
        subjects,
        [
            "A new log-in to Vestibule",
            "Confirm your new email address for Vestibule",
            "A new password for Vestibule",
            "You have an account at Vestibule",
            "Confirm your email address for Vestibule",
        ],
        "a new address and a taken one wait alike, in the order in which they were asked for"
    );
}

#[test]
fn of_what_strangers_ask_for_only_so_many_wait_and_all_are_answered_alike() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    let answers = |who: &str| {
        let asked = site.visitor().submit("/forgot", &[("email", who)]);
        let again = site.visitor().submit("/confirm/new", &[("email", who)]);
        let mut visitor = site.visitor();
        let signed_up = visitor.sign_up(who, "Eve", PASSWORD);
        let told = visitor.get("/login").notices();
        let seen = [&asked, &again, &signed_up].map(|answer| (answer.status, answer.location().to_owned()));
        (seen, told)
    };
    site.clock.advance(180);
    let room = answers(ADA);
    let sent = site.mails().len();
    site.clock.advance(180);
    strangers_ask(&site, 2_000);
    for who in [ADA, "new@example.org", "nobody@example.org"] {
        assert_eq!(answers(who), room, "{who}");
    }
    assert_eq!(site.number("select count(*) from outbox where id not like 'row %'"), 0);
    assert_eq!(site.mails().len(), sent, "none was left to wait");
    // What owners are told, and what they ask for, is written down all the same.
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(site.newest(ADA).subject, "A new log-in to Vestibule");
    ada.submit("/reauthenticate", &[("password", PASSWORD)]);
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).location(), "/settings/account");
    assert!(site.mailed_link(NEW).starts_with("/change-email?token="));
    // One that was tried is an account's, so that room is found for another; and who asks once more is heard.
    site.change("update outbox set tries = 1, trouble = 'later' where id = 'row 1'");
    site.visitor().submit("/confirm/new", &[("email", "new@example.org")]);
    assert!(site.mailed_link("new@example.org").starts_with("/confirm?token="));
}

#[test]
fn of_what_was_given_up_the_newest_ten_thousand_are_shown() {
    let site = Setup::new().mail().build();
    strangers_ask(&site, 10_200);
    site.change("update outbox set given_up_at = queued_at - 1 where id <> 'row 7'");
    site.change("update outbox set given_up_at = queued_at where id = 'row 8'");
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from outbox"), 10_001, "and the one that waits");
    assert_eq!(site.number("select count(*) from outbox where id in ('row 7', 'row 8')"), 2);
}

/// Somebody who asks for a link at an owner's address again and again must not move the owner's to the end of the queue.
#[test]
fn who_asks_again_keeps_the_place_of_the_one_that_waits() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    site.mails();
    site.clock.advance(180);
    let waits = |site: &TestSite| {
        later(site);
        site.text("select id || ' ' || due_at from outbox where letter = 'reset' and account_id is null")
    };
    site.visitor().submit("/forgot", &[("email", ADA)]);
    let before = waits(&site);
    let asked = "select facts from outbox where letter = 'reset'";
    let facts = site.text(asked);
    site.clock.advance(1);
    site.visitor_from("203.0.113.7").submit("/forgot", &[("email", "ADA@example.org")]);
    assert_eq!(site.number("select count(*) from outbox where letter = 'reset'"), 1);
    assert_eq!(waits(&site), before);
    assert_ne!(site.text(asked), facts, "who asked last is named");
}
