//! Emails that strangers request by the thousand: they do not delay the emails of owners, and a limited
//! number of them waits. Beyond the limit, every request gets the same refusal.

use rocket::http::Status;
use serde_json::Value;
use vestibule::base::Client;
use vestibule::base::hashing::QUEUE;
use vestibule::features::housekeeping;
use vestibule::people::Actor;
use vestibule::people::Email;
use vestibule::services::outbox::{self, EmailKind};
use vestibule::web::Error;

use crate::equality::shape;
use crate::hashing::crowd;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite};

const NEW: &str = "ada@new.example";
const FULL: &str = "We can't send emails right now. Please try again in a few minutes.";

/// Requests for a link at addresses without an account. They wait longer than the test takes.
fn strangers_ask(site: &TestSite, wishes: u64) {
    let sql = format!(
        "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < {wishes}) \
         select 'row ' || i, 'reset', null, 'nobody' || i || '@example.org', '{{\"at\":0,\"actor\":\"command_line\"}}', \
         1767225600, 1767225600 + 7200, 0 from n"
    );
    assert_eq!(site.change(sql.leak()), wishes);
}

/// Postpones the emails that wait now, so that the server's own task does not send them.
fn later(site: &TestSite) {
    site.change("update outbox set due_at = due_at + 3600 where due_at <= 1767225600 + 1800");
}

#[test]
fn alarms_are_sent_first_then_requests_of_owners_then_those_of_strangers() {
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
            "New login to Vestibule",
            "Confirm your new email address for Vestibule",
            "Choose a new password for Vestibule",
            "You already have an account at Vestibule",
            "Confirm your email address for Vestibule",
        ],
        "a new address and a taken one wait alike, in the order in which they were asked for"
    );
}

/// A stranger's requests for each kind of email, and their answers. All addresses must have the same length.
fn strangers_requests(site: &TestSite, who: &str) -> [Answer; 3] {
    let fields = [("email", who)];
    let asked = site.visitor().submit("/forgot", &fields);
    let again = site.visitor().submit("/confirm/new", &fields);
    [asked, again, site.visitor().sign_up(who, "Eve Moneypenny", PASSWORD)]
}

#[test]
fn if_too_many_emails_wait_all_strangers_get_the_same_refusal_and_nothing_is_done() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD); // who has not confirmed the address
    site.clock.advance(180);
    let sent = site.mails().len();
    let counts = |site: &TestSite| {
        let all = "select (select count(*) from accounts) + (select count(*) from audit) + (select count(*) from outbox) \
                   + (select count(*) from rate_limits) + (select count(*) from submissions)";
        site.number(all)
    };
    strangers_ask(&site, 2_000);
    let before = counts(&site);
    let mut shapes = Vec::new();
    for who in [ADA, "bob@example.org", "new@example.org"] {
        let answers = strangers_requests(&site, who);
        for answer in &answers {
            assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "180"));
            assert_eq!(answer.notices(), [FULL]);
            assert!(answer.says(&format!("value=\"{who}\"")), "what was typed is still there");
            assert!(!answer.says(PASSWORD) && answer.all("set-cookie").is_empty());
        }
        assert!(answers[2].says("value=\"Eve Moneypenny\""));
        let shape_of = |answer: &Answer| {
            let (status, headers, body) = shape(answer);
            (status, headers, body.replace(who, "(the address)"))
        };
        shapes.push(answers.each_ref().map(shape_of));
    }
    assert!(shapes.iter().all(|shape| *shape == shapes[0]), "{shapes:#?}");
    assert_eq!((counts(&site), site.mails().len()), (before, sent), "nothing was written, nothing is sent");
    // Alarms to owners, and what owners request, are queued all the same.
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(site.newest(ADA).subject, "New login to Vestibule");
    ada.submit("/reauthenticate", &[("password", PASSWORD)]);
    assert_eq!(ada.submit("/settings/email", &[("email", NEW)]).location(), "/settings/account");
    assert!(site.mailed_link(NEW).starts_with("/change-email?token="));
    // An email that was tried does not count as waiting any more, so there is room for another.
    site.change("update outbox set attempts = 1, last_error = 'later' where id in ('row 1', 'row 2')");
    let back = strangers_requests(&site, "new@example.org");
    assert_eq!([back[0].location(), back[1].location()], ["/forgot", "/confirm/new"]);
    assert_eq!((back[2].status, back[2].notices()), (Status::ServiceUnavailable, vec![FULL.to_owned()]));
    site.change("delete from outbox where id like 'row %'");
    assert_eq!(site.visitor().sign_up("new@example.org", "New", PASSWORD).location(), "/confirm/new");
    assert!(site.mailed_link("new@example.org").starts_with("/confirm?token="));
}

#[test]
fn a_program_learns_in_json_that_too_many_emails_wait() {
    let site = Setup::new().mail().patient().build();
    strangers_ask(&site, 2_000);
    let mut program = site.visitor().sending("Accept", "application/json");
    let signed_up = program.sign_up(ADA, "Ada", PASSWORD);
    for answer in [signed_up, program.submit("/forgot", &[("email", ADA)])] {
        assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "180"));
        let error: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(error["error"]["description"], FULL);
        assert_eq!((&error["error"]["code"], &error["error"]["retry_after"]), (&503.into(), &180.into()));
    }
}

/// Parallel requests may all find room, so the queue is checked again when an email is written.
#[test]
fn a_request_without_room_writes_nothing_and_owners_are_never_refused() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    site.mails();
    strangers_ask(&site, 1_999);
    let (ada, address) = (site.account(ADA), Email::parse(ADA).unwrap());
    let client = Client::default();
    site.runtime.block_on(async {
        for _ in 0..2 {
            outbox::room(&site.site).await.unwrap(); // both find some
        }
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let (first, next) = (Email::parse(NEW).unwrap(), EmailKind::Taken);
        outbox::write_for_stranger(&mut tx, &site.site, next, None, &first, &client).await.unwrap();
        let refused = outbox::write_for_stranger(&mut tx, &site.site, next, None, &address, &client).await;
        assert!(matches!(refused, Err(Error::OutboxFull)), "{refused:?}");
        let confirm = EmailKind::Confirm;
        let refused =
            outbox::write_for_stranger(&mut tx, &site.site, confirm, Some(&ada.id), &address, &client).await;
        assert!(
            matches!(refused, Err(Error::OutboxFull)),
            "{refused:?}: a new address is treated like a taken one"
        );
        let asked = outbox::write_asked(&mut tx, &site.site, EmailKind::Reset, None, &address, &client).await;
        assert!(matches!(asked, Err(Error::OutboxFull)), "{asked:?}");
        for letter in [EmailKind::Close, EmailKind::Change] {
            let own = outbox::write_asked(&mut tx, &site.site, letter, Some(&ada.id), &address, &client);
            own.await.unwrap();
        }
        let alarm = outbox::write(
            &mut tx,
            &site.site,
            EmailKind::Changed,
            Some(&ada.id),
            &address,
            Actor::CommandLine,
        )
        .await;
        assert!(alarm.unwrap().is_some());
        tx.commit().await.unwrap();
        assert!(matches!(outbox::room(&site.site).await, Err(Error::OutboxFull)));
    });
    assert_eq!(site.number("select count(*) from outbox where kind = 'taken'"), 1);
}

/// A sign-up that is refused computes no hash: with a full hashing gate, the answer is still the one about
/// emails.
#[test]
fn room_is_checked_before_the_work() {
    let site = Setup::new().mail().patient().build();
    strangers_ask(&site, 2_000);
    let _crowd = site.runtime.block_on(crowd(&site.site.hashing, QUEUE));
    let [.., signed_up] = strangers_requests(&site, ADA);
    assert_eq!(signed_up.notices(), [FULL]);
}

#[test]
fn the_newest_ten_thousand_emails_that_were_given_up_are_kept() {
    let site = Setup::new().mail().build();
    strangers_ask(&site, 10_200);
    site.change("update outbox set given_up_at = queued_at - 1 where id <> 'row 7'");
    site.change("update outbox set given_up_at = queued_at where id = 'row 8'");
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from outbox"), 10_001, "these and the one that waits");
    assert_eq!(site.number("select count(*) from outbox where id in ('row 7', 'row 8')"), 2);
}

/// Repeated requests for a link at an owner's address must not move the owner's request to the end of the
/// queue.
#[test]
fn a_repeated_request_keeps_its_place_in_the_queue() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    site.mails();
    site.clock.advance(180);
    let waits = |site: &TestSite| {
        later(site);
        site.text("select id || ' ' || due_at from outbox where kind = 'reset' and account_id is null")
    };
    site.visitor().submit("/forgot", &[("email", ADA)]);
    let before = waits(&site);
    let asked = "select details from outbox where kind = 'reset'";
    let facts = site.text(asked);
    site.clock.advance(1);
    site.visitor_from("203.0.113.7").submit("/forgot", &[("email", "ADA@example.org")]);
    assert_eq!(site.number("select count(*) from outbox where kind = 'reset'"), 1);
    assert_eq!(waits(&site), before);
    assert_ne!(site.text(asked), facts, "the email names the last request");
}
