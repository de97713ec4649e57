//! Unusual mail servers: their answers are not UTF-8, they never say whether they accepted an email, or they
//! reject this site's name. An accepted email is sent once. If it is unknown whether an email was accepted, it
//! is sent again much later, with the same `Message-ID`.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::folder::Folder;
use crate::smtp::{Smtp, hurry, tried, waiting};
use crate::visitor::{ADA, PASSWORD, Visitor};

const PLAIN: &str = "smtp://localhost?tls=none";
const NEW: &str = "seven lazy violet teapots";

fn rough(odd: &str) -> Option<Smtp> {
    Smtp::start(&["--mode", "rough", "--odd", odd])
}

#[test]
fn a_server_that_does_not_speak_utf_8_gets_each_email_once() {
    let Some(smtp) = rough("latin1") else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    Visitor::at(server.address).sign_up(ADA);
    assert_eq!(smtp.mail()["to"][0], ADA);
    smtp.stays_idle();
    assert!(waiting(&folder).is_empty());
    let test = smtp.command(&folder, &["mail", "test", ADA], PLAIN).finish().succeeded();
    assert!(test.out.contains("< 250 gr?? Gott ?[31mxxx"), "{}", test.out);
    let odd = |c: char| c != '\n' && c != '…' && !(' '..='~').contains(&c);
    assert!(!test.out.contains(odd), "{}", test.out);
    assert!(test.out.lines().all(|line| line.len() <= 520), "{}", test.out);
}

#[test]
fn one_stalled_email_delays_neither_the_others_nor_the_shutdown() {
    let Some(smtp) = rough("stall") else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    Visitor::at(server.address).sign_up("slow@example.org");
    assert_eq!(smtp.mail()["to"][0], "slow@example.org");
    for email in [ADA, "bob@example.org"] {
        Visitor::at(server.address).sign_up(email);
        assert_eq!(smtp.mail()["to"][0], email);
    }
    let end = Instant::now() + Duration::from_secs(5);
    while waiting(&folder).len() > 1 {
        assert!(Instant::now() < end, "an accepted email still waits: {:?}", waiting(&folder));
    }
    let ended = server.stop();
    assert!(ended.status == Some(0) && ended.took.as_secs() < 5, "{ended:?}");
    let mail = tried(&folder);
    assert_eq!((&mail["address"], &mail["attempts"]), (&"slow@example.org".into(), &1.into()));
    assert_eq!(
        mail["last_error"],
        "the server may have accepted it: the program ended during the SMTP conversation"
    );
}

#[test]
fn an_email_that_may_have_been_accepted_is_sent_again_later_with_the_same_id() {
    let Some(smtp) = rough("cut") else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    smtp.command(&folder, &["account", "add", ADA, "Ada"], PLAIN).input(PASSWORD).finish().succeeded();
    smtp.command(&folder, &["account", "set-password", ADA], PLAIN).input(NEW).finish().succeeded();
    let first = smtp.mail();
    let mail = tried(&folder);
    assert!(
        mail["last_error"].as_str().unwrap().starts_with("the server may have accepted it: "),
        "{mail:#}"
    );
    assert!(mail["given_up_at"].is_null(), "{mail:#}");
    let minutes = |name: &str| {
        let (hours, minutes) = mail[name].as_str().unwrap()[11..16].split_once(':').unwrap();
        hours.parse::<i64>().unwrap() * 60 + minutes.parse::<i64>().unwrap()
    };
    assert!((30..35).contains(&(minutes("due_at") - minutes("queued_at")).rem_euclid(1_440)), "{mail:#}");
    smtp.stays_idle();
    hurry(&folder);
    assert_eq!(smtp.mail(), first, "the mailbox sees one email");
    smtp.stays_idle();
    assert!(waiting(&folder).is_empty());
    let log = server.stop().err;
    let lines: Vec<_> = log.lines().filter(|line| line.contains("sys_mail")).collect();
    assert!(lines.len() == 1 && lines[0].contains("did not say whether it accepted"), "{log}");
}

#[test]
fn a_rejected_ehlo_name_is_reported_with_the_setting_to_change() {
    let Some(smtp) = rough("hello") else { return };
    let folder = Folder::new();
    let _server = smtp.site(&folder, PLAIN).start();
    Visitor::at(_server.address).sign_up(ADA);
    let mail: Value = tried(&folder);
    assert!(
        mail["given_up_at"].is_null() && mail["last_error"].as_str().unwrap().contains("5.7.1"),
        "{mail:#}"
    );
    let Some(smtp) = Smtp::start(&[]) else { return };
    for (name, hello) in [("mail.example.org", "mail.example.org"), ("192.0.2.1", "[192.0.2.1]")] {
        let test = smtp.command(&folder, &["mail", "test", ADA], PLAIN).var("VESTIBULE_SMTP_HELLO", name);
        test.finish().succeeded();
        assert_eq!(smtp.mail()["hello"], hello);
    }
}
