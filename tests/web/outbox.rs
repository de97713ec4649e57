//! Emails that wait to be sent: each is stored with the event that it reports, tried for a day, and sent
//! once. None contains a secret.

use std::net::TcpListener;

use vestibule::services::outbox;

use crate::support::{ADA, PASSWORD, Setup, TestSite, link_in};

const NEW: &str = "seven lazy violet teapots";

/// A site whose mail server is down.
fn with_a_dead_server() -> TestSite {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    Setup::new()
        .with("smtp_url", &format!("smtp://127.0.0.1:{port}"))
        .with("mail_from", "Vestibule <login@example.org>")
        .with("base_url", "http://localhost:8000")
        .build()
}

fn deliver(site: &TestSite) -> usize {
    site.runtime.block_on(outbox::deliver(&site.site)).unwrap()
}

#[test]
fn an_email_that_is_not_accepted_is_retried_after_growing_pauses_for_a_day() {
    let site = with_a_dead_server();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let mut pauses = Vec::new();
    while site.number("select count(*) from outbox where given_up_at is null") == 1 {
        let due = site.number("select due_at from outbox");
        site.clock.advance((due - site.clock.now().unix()).max(0));
        assert_eq!(deliver(&site), 0);
        pauses.push(site.number("select due_at from outbox") - site.clock.now().unix());
        assert!(site.text("select last_error from outbox").contains("onnection"), "the error is kept");
    }
    pauses.pop();
    assert_eq!(pauses[..7], [60, 120, 240, 480, 960, 1_920, 3_600]);
    assert_eq!(pauses.iter().sum::<i64>() / 3_600, 24);
    assert_eq!(site.text("select details from outbox"), "", "an email that was given up keeps no details");
    site.clock.advance(7 * 24 * 3_600);
    site.runtime.block_on(outbox::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from outbox"), 0);
}

#[test]
fn a_page_does_not_wait_for_the_server_and_the_email_survives_a_restart() {
    // It accepts connections, and says nothing.
    let tarpit = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = Setup::new()
        .with("smtp_url", &format!("smtp://{}", tarpit.local_addr().unwrap()))
        .with("mail_from", "login@example.org")
        .with("base_url", "http://localhost:8000")
        .build();
    let begun = std::time::Instant::now();
    assert_eq!(site.visitor().sign_up(ADA, "Ada", PASSWORD).location(), "/confirm/new");
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    let site = site.restarted();
    assert_eq!(site.number("select count(*) from outbox"), 1);
    assert_eq!(site.text("select address from outbox"), ADA);
}

#[test]
fn each_email_is_sent_once_however_many_instances_send() {
    let site = Setup::new().mail().patient().build();
    for number in 0..10 {
        site.visitor().sign_up(&format!("a{number}@example.org"), "Ada", PASSWORD);
    }
    let before = site.site.mailer.kept().len();
    let (one, runtime) = (&site.site, site.runtime.handle());
    let sent: usize = std::thread::scope(|scope| {
        let send = || runtime.block_on(outbox::deliver(one)).unwrap();
        let all: Vec<_> = (0..8).map(|_| scope.spawn(send)).collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    let mails = site.mails();
    let ids: std::collections::BTreeSet<_> = mails.iter().map(|mail| mail.id.clone()).collect();
    assert_eq!((mails.len(), ids.len()), (10, 10));
    assert!(sent <= 10 - before, "{sent}");
}

/// Sends what is due, as if the server's answer to each was lost.
fn deliver_without_an_answer(site: &TestSite, mails: u64) {
    site.change("create table kept_back as select * from outbox");
    site.mails();
    assert_eq!(site.number("select count(*) from outbox"), 0);
    assert_eq!(site.change("insert into outbox select * from kept_back"), mails);
    site.change("drop table kept_back");
    site.change("update outbox set attempts = 1, due_at = due_at + 300, last_error = 'no answer'");
}

#[test]
fn an_email_that_is_sent_again_is_the_same_with_the_same_link() {
    let site = Setup::new().mail().build();
    site.ada_by_mail();
    site.clock.advance(180);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    deliver_without_an_answer(&site, 1);
    let first = site.site.mailer.kept().pop().unwrap();
    site.clock.advance(3_600);
    let second = site.newest(ADA);
    assert_eq!(site.subjects(ADA).len(), 3, "it was sent again");
    assert_eq!((&first.id, link_in(&first)), (&second.id, link_in(&second)));
    assert_eq!(site.number("select count(*) from links"), 1);
    assert_eq!(site.number("select count(*) from audit where event = 'reset_link_made'"), 1);
    // The time limit of the link began again. Whichever copy is opened, the link works once.
    let mut owner = site.visitor();
    owner.get(&link_in(&first));
    assert_eq!(owner.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    owner.get(&link_in(&second));
    assert_eq!(owner.get("/reset").status.code, 410);
}

#[test]
fn a_link_that_was_used_is_not_sent_again() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    site.clock.advance(180);
    ada.submit("/forgot", &[("email", ADA)]);
    site.visitor().log_in(ADA, PASSWORD); // sends an alarm, whose link ends every session
    deliver_without_an_answer(&site, 2);
    let kept = site.site.mailer.kept();
    let of = |path: &str| kept.iter().map(link_in).find(|link| link.starts_with(path)).unwrap();
    ada.get(&of("/secure"));
    assert_eq!(ada.post("/secure", "").location(), "/login");
    let resets =
        || site.subjects(ADA).iter().filter(|subject| subject.starts_with("Choose a new password")).count();
    assert_eq!(resets(), 2, "the alarm's link starts another reset");
    ada.get(&of("/reset"));
    assert_eq!(ada.get("/reset").status.code, 410, "it ended with the password");
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    let sent = site.mails().len();
    site.clock.advance(3_600);
    assert_eq!(site.mails().len(), sent);
    assert_eq!(site.number("select count(*) from links"), 0);
}

#[test]
fn an_email_that_is_sent_late_does_not_end_the_link_of_a_newer_one() {
    let site = Setup::new().mail().build();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    deliver_without_an_answer(&site, 1);
    site.clock.advance(180);
    ada.submit("/confirm/new", &[("email", ADA)]);
    let newer = site.mailed_link(ADA);
    let sent = site.mails().len();
    site.clock.advance(3_600);
    assert_eq!(site.mails().len(), sent, "the older email has no link to carry any more");
    ada.get(&newer);
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
}

#[test]
fn a_request_beyond_the_limit_does_not_affect_the_waiting_one() {
    let site = Setup::new().mail().build();
    site.ada_by_mail();
    site.clock.advance(180);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    deliver_without_an_answer(&site, 1);
    site.clock.advance(10);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    let sent = site.mails().len();
    site.clock.advance(3_600);
    assert_eq!(site.mails().len(), sent + 1, "the first one is tried again");
}

#[test]
fn a_sent_email_leaves_nothing_behind_and_a_waiting_one_contains_no_secret() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    site.clock.advance(180);
    ada.submit("/forgot", &[("email", ADA)]);
    assert!(!site.text("select coalesce(max(details), '') from outbox").contains("token"));
    let link = site.mailed_link(ADA);
    assert_eq!(site.number("select count(*) from outbox"), 0);
    let token = link.split('=').nth(1).unwrap();
    assert!(!site.written().windows(token.len()).any(|part| part == token.as_bytes()));
}

#[test]
fn an_email_from_the_future_is_sent_now_and_tried_for_a_day_from_now() {
    let site = Setup::new().mail().build();
    let year = 365 * 24 * 3_600;
    site.clock.advance(year);
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.clock.advance(-year);
    assert_eq!(site.subjects(ADA).len(), 1, "written while the clock was ahead");

    let site = with_a_dead_server();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let now = site.clock.now().unix();
    // Tried while the clock was ahead, and postponed.
    site.change(
        "update outbox set queued_at = queued_at + 31536000, due_at = queued_at + 31536060, attempts = 1",
    );
    assert_eq!(deliver(&site), 0);
    assert_eq!(site.number("select queued_at from outbox"), now);
    assert_eq!(site.number("select due_at from outbox") - now, 15 * 60, "an instance may be sending it");
    site.change("update outbox set due_at = queued_at + 31536000");
    assert_eq!(deliver(&site), 0);
    assert_eq!(site.number("select due_at from outbox") - now, 15 * 60);
    // An email that waits for its next attempt stays as it is.
    site.change("update outbox set due_at = queued_at + 3600, attempts = 8");
    assert_eq!(deliver(&site), 0);
    assert_eq!(site.number("select due_at from outbox") - now, 3_600);
    site.change("update outbox set given_up_at = queued_at + 31536000");
    site.runtime.block_on(outbox::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select given_up_at from outbox"), now);
}

#[test]
fn an_instance_reserves_an_email_for_a_quarter_of_an_hour() {
    // It accepts connections, and says nothing.
    let tarpit = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = Setup::new()
        .with("smtp_url", &format!("smtp://{}", tarpit.local_addr().unwrap()))
        .with("mail_from", "login@example.org")
        .with("base_url", "http://localhost:8000")
        .build();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let (one, begun) = (&site.site, std::time::Duration::from_millis(500));
    let cut_short = async { rocket::tokio::time::timeout(begun, outbox::deliver(one)).await };
    site.runtime.block_on(cut_short).unwrap_err();
    assert_eq!(site.number("select due_at from outbox") - site.clock.now().unix(), 15 * 60);
    assert_eq!(deliver(&site), 0, "another instance leaves it alone");
}

#[test]
fn an_email_is_stored_only_with_the_event_that_it_reports() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    let hash = site.text("select hash from passwords");
    let passwords = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
    site.refuse("insert", "audit");
    assert_eq!(ada.submit("/settings/password", &passwords).status.code, 503);
    site.allow("audit");
    site.refuse("insert", "outbox");
    assert_eq!(ada.submit("/settings/password", &passwords).status.code, 503);
    assert_eq!(
        site.text("select hash from passwords"),
        hash,
        "the password is not changed without its email either"
    );
    assert_eq!(site.subjects(ADA).len(), 1);
}

#[test]
fn deleting_an_account_deletes_its_emails() {
    let site = with_a_dead_server();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(site.number("select count(*) from outbox"), 1);
    site.change("delete from accounts");
    assert_eq!(site.number("select count(*) from outbox"), 0);
}
