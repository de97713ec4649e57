//! Mail servers that are down, slow, or refuse emails. An email is kept and retried until it is sent once or given
//! up, and no page waits for it.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::folder::Folder;
use crate::smtp::{Smtp, dead_port, hurry, link_in, tried, waiting, with_mail};
use crate::visitor::{ADA, PASSWORD, Visitor, form};

const PLAIN: &str = "smtp://localhost?tls=none";

/// Seconds between two timestamps of a listed email.
fn seconds(mail: &serde_json::Value, from: &str, to: &str) -> i64 {
    let at = |name: &str| {
        let text = mail[name].as_str().unwrap();
        let (hours, rest) = text[11..].split_once(':').unwrap();
        let (minutes, seconds) = rest.trim_end_matches('Z').split_once(':').unwrap();
        [hours, minutes, seconds].iter().fold(0, |all, part| all * 60 + part.parse::<i64>().unwrap())
    };
    (at(to) - at(from)).rem_euclid(86_400)
}

#[test]
fn permanent_refusals_of_a_recipient_are_given_up_and_temporary_ones_retried() {
    for (code, given_up) in [("550", true), ("451", false)] {
        let Some(smtp) = Smtp::start(&["--refuse", code]) else { return };
        let folder = Folder::new();
        let server = smtp.site(&folder, PLAIN).start();
        Visitor::at(server.address).sign_up(ADA);
        let mail = tried(&folder);
        assert_eq!((&mail["kind"], &mail["address"]), (&"confirm".into(), &ADA.into()));
        assert!(
            mail["last_error"].as_str().unwrap().contains("no mail for <ada@example.org> here"),
            "{mail:#}"
        );
        assert_eq!((mail["given_up_at"].is_string(), &mail["attempts"]), (given_up, &1.into()), "{mail:#}");
        let (told, level) =
            if given_up { ("an email was given up", "error") } else { ("will be retried", "warn") };
        let line = folder.run(&["mail", "list"]).succeeded().out;
        assert!(line.contains(if given_up { "  given up 2" } else { "  tried once, next 2" }), "{line}");
        if !given_up {
            let pause = seconds(&mail, "queued_at", "due_at");
            assert!((60..80).contains(&pause), "the first pause: {mail:#}");
        }
        let log = server.stop().err;
        let lines: Vec<_> = log.lines().filter(|line| line.contains("sys_mail")).collect();
        assert!(lines.len() == 1 && lines[0].contains(told), "{log}");
        assert!(lines[0].contains(&format!("\"level\":\"{level}\"")) && !log.contains(ADA), "{log}");
        // The server's text may name the recipient or not.
        assert!(!log.contains("no mail for"), "{log}");
        assert_eq!(log.contains("it replied 451"), !given_up, "{log}");
    }
}

#[test]
fn when_the_server_rejects_the_sender_the_email_waits_for_the_operator() {
    for words in [&["--mode", "closed"][..], &["--refuse-sender", "550"]] {
        let Some(smtp) = Smtp::start(words) else { return };
        let folder = Folder::new();
        let server = smtp.site(&folder, PLAIN).start();
        Visitor::at(server.address).sign_up(ADA);
        let mail = tried(&folder);
        assert!(
            mail["given_up_at"].is_null() && mail["last_error"].as_str().unwrap().contains("55"),
            "{mail:#}"
        );
        drop(server);
    }
}

#[test]
fn an_email_arrives_once_after_its_server_was_down_and_the_site_was_killed() {
    let port = dead_port();
    let folder = Folder::new();
    let site = || with_mail(&folder, &["--port", "0"], &format!("smtp://localhost:{port}"));
    let server = site().start();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.sign_up(ADA).leads_to(), "/confirm/new");
    let mail = tried(&folder);
    assert!(mail["given_up_at"].is_null() && mail["attempts"] == 1, "{mail:#}");
    assert!(mail["last_error"].as_str().unwrap().contains("refused"), "{mail:#}");
    server.kill();
    assert_eq!(waiting(&folder), [mail], "nothing was lost, and the pause stays");
    let Some(smtp) = Smtp::start(&["--port", &port.to_string()]) else { return };
    hurry(&folder);
    let server = site().start();
    let link = link_in(&smtp.mail());
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.get(&link).leads_to(), "/confirm");
    assert_eq!(ada.post("/confirm", &[("password", PASSWORD)]).leads_to(), "/profile");
    smtp.stays_idle();
    assert!(waiting(&folder).is_empty());
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn neither_a_page_nor_the_shutdown_waits_for_a_hanging_mail_server() {
    let Some(smtp) = Smtp::start(&["--mode", "tarpit"]) else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).patient().start();
    let mut ada = Visitor::at(server.address);
    let mut median = |_: &str| {
        let mut times: Vec<_> = (0..21)
            .map(|_| {
                let begun = Instant::now();
                assert_eq!(ada.get("/login").status, 200);
                begun.elapsed()
            })
            .collect();
        times.sort();
        times[10]
    };
    let before = median("no mail");
    Visitor::at(server.address).sign_up(ADA);
    smtp.next("connected");
    let during = median("one that hangs");
    println!("a page took {before:?} before, and {during:?} while an email hung");
    assert!(during < before * 5 + Duration::from_millis(100), "{before:?}, then {during:?}");
    let begun = Instant::now();
    let fields = form(&[("email", "bob@example.org"), ("name", "Bob"), ("password", PASSWORD)]);
    assert_eq!(
        Visitor::at(server.address).send("POST", "/signup", &fields).unwrap().leads_to(),
        "/confirm/new"
    );
    assert_eq!(
        Visitor::at(server.address).post("/forgot", &[("email", "carol@example.org")]).leads_to(),
        "/forgot"
    );
    assert!(begun.elapsed() < Duration::from_secs(5), "forms took {:?}", begun.elapsed());
    assert_eq!(waiting(&folder).len(), 3);
    let ended = server.stop();
    assert!(ended.status == Some(0) && ended.took < Duration::from_secs(5), "{ended:?}");
    assert_eq!(waiting(&folder).len(), 3, "no email was lost");
}

#[test]
fn a_flood_of_requests_for_unknown_addresses_does_not_delay_an_owners_email() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    smtp.command(&folder, &["account", "add", ADA, "Ada"], PLAIN).input(PASSWORD).finish().succeeded();
    // Each email occupies a worker for half a second. All of them would take twice as long as this test waits,
    // even with four workers.
    folder.sql(&["insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 400) \
         select 'row ' || i, 'reset', null, 'nobody' || i || '@example.org', '{\"at\":0,\"actor\":\"command_line\"}', 1, 1, 0 from n"]);
    let before = folder.rows("outbox");
    smtp.command(&folder, &["account", "set-password", ADA], PLAIN)
        .input("seven grey owls")
        .finish()
        .succeeded();
    let mail = smtp.mail();
    assert!(mail["text"].as_str().unwrap().contains("Hello Ada,"), "{mail:#}");
    assert!(folder.rows("outbox") > before / 2, "most emails still wait");
    drop(server);
}

#[test]
fn emails_dropped_by_the_rate_limit_of_an_address_share_one_log_line() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    let people = ["ada@example.org", "bob@example.org", "carol@example.org"];
    for email in people {
        smtp.command(&folder, &["account", "add", email, "Ada"], PLAIN).input(PASSWORD).finish().succeeded();
    }
    let ask = || {
        for email in people {
            assert_eq!(
                Visitor::at(server.address).post("/forgot", &[("email", email)]).leads_to(),
                "/forgot"
            );
        }
    };
    ask();
    people.iter().for_each(|_| _ = smtp.mail());
    ask();
    let end = Instant::now() + Duration::from_secs(25);
    while folder.rows("outbox") > 0 {
        assert!(Instant::now() < end, "the emails still wait");
        std::thread::sleep(Duration::from_millis(100));
    }
    let log = server.stop().err;
    let lines: Vec<_> = log.lines().filter(|line| line.contains("too many to its address")).collect();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(lines[1].contains("2 more within a minute: ") && lines[1].contains("\"more\":2"), "{lines:#?}");
}

#[test]
fn a_full_outbox_is_logged_once_a_minute() {
    let folder = Folder::new();
    let url = format!("smtp://localhost:{}?tls=none", dead_port());
    let server = with_mail(&folder, &["--port", "0"], &url).start();
    let later = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs() + 3_000;
    folder.sql(&[&format!(
        "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
         with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000) \
         select 'row ' || i, 'reset', null, 'n' || i || '@x.test', '{{\"at\":0,\"actor\":\"command_line\"}}', {later} - 3000, {later}, 0 from n"
    )]);
    let mut visitor = Visitor::at(server.address);
    for path in ["/forgot", "/confirm/new"] {
        assert_eq!(visitor.post(path, &[("email", ADA)]).status, 503, "{path}");
    }
    assert_eq!(visitor.sign_up(ADA).status, 503);
    let log = server.stop().err;
    let lines: Vec<_> = log.lines().filter(|line| line.contains("are waiting")).collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert!(lines[0].contains("\"level\":\"warn\"") && lines[0].contains("sys_mail"), "{log}");
    assert!(lines[1].contains("2 more within a minute: "), "{log}");
}
