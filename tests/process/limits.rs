//! Rate limits and sessions, as far as they need the whole program: after a restart, with its own clock, and by
//! IP address.

use std::fs;
use std::thread::sleep;
use std::time::Duration;

use crate::folder::Folder;
use crate::log::{events, named};
use crate::visitor::{ADA, PASSWORD, Visitor, wait_for_a_second_to_begin};

/// Five wrong passwords, and a sixth that has to wait.
fn exhaust(visitor: &mut Visitor) {
    wait_for_a_second_to_begin();
    for _ in 0..5 {
        assert_eq!(visitor.log_in(ADA, "wrong").leads_to(), "/login");
    }
    assert_eq!(visitor.log_in(ADA, "wrong").status, 429);
}

#[test]
fn failed_logins_still_count_after_a_kill() {
    let folder = Folder::new();
    let server = folder.serve();
    Visitor::at(server.address).sign_up(ADA);
    exhaust(&mut Visitor::at(server.address));
    server.kill();
    folder.sql(&["update failed_logins set failures = 12"]); // a pause that lasts longer than the start
    let server = folder.serve();
    let answer = Visitor::at(server.address).log_in(ADA, PASSWORD);
    let left: u64 = answer.header("retry-after").parse().unwrap();
    assert!(answer.status == 429 && (100..=128).contains(&left), "{answer:?}");
}

#[test]
fn the_first_pause_lasts_one_second() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    ada.sign_up(ADA);
    exhaust(&mut ada);
    let answer = ada.log_in(ADA, PASSWORD);
    assert_eq!((answer.status, answer.header("retry-after")), (429, "1"));
    sleep(Duration::from_millis(1_100));
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/profile");
}

#[test]
fn requests_from_loopback_are_limited_whatever_headers_they_send() {
    let folder = Folder::new();
    let server = folder.serve();
    let spoofed = |n: usize| {
        let mut visitor = Visitor::at(server.address);
        visitor.headers = vec![
            format!("X-Forwarded-For: 198.51.100.{n}"),
            format!("X-Real-IP: 198.51.100.{n}"),
            format!("Forwarded: for=198.51.100.{n}"),
        ];
        visitor.log_in(&format!("n{n}@example.org"), "wrong").status
    };
    let statuses: Vec<_> = (0..12).map(spoofed).collect();
    assert_eq!(statuses.iter().filter(|status| **status == 303).count(), 10, "{statuses:?}");
    assert_eq!(statuses[10..], [429, 429]);
    let ended = server.stop();
    let events = events(&ended);
    assert!(named(&events, "authn_login_fail").iter().all(|event| event["address"] == "127.0.0.1"));
    assert!(ended.err.contains("a proxy at 127.0.0.1 sends X-Forwarded-For, but is not trusted"));
    assert_eq!(ended.err.matches("but is not trusted").count(), 1, "it is said once");
}

#[test]
fn at_debug_level_the_log_explains_the_client_ip_of_each_request() {
    for (trusted, sent, address, why) in [
        ("", None, "127.0.0.1", "it is that of the connection"),
        ("", Some("198.51.100.1"), "127.0.0.1", "does not come from one of trusted_proxies"),
        ("127.0.0.1", None, "127.0.0.1", "which sent no X-Forwarded-For"),
        ("127.0.0.1", Some("192.0.2.1, 198.51.100.1"), "198.51.100.1", "whose X-Forwarded-For is trusted"),
    ] {
        let folder = Folder::new();
        let run = folder.command(&["--port", "0"]).var("ROCKET_LOG_LEVEL", "debug");
        let server = run.var("VESTIBULE_TRUSTED_PROXIES", trusted).start();
        let mut visitor = Visitor::at(server.address);
        visitor.headers.extend(sent.map(|hops| format!("X-Forwarded-For: {hops}")));
        let style = visitor.get("/").files()[0].clone();
        let ids: Vec<_> = ["/", "/profile", "/nowhere", "/login//", "/health", &style]
            .map(|path| visitor.get(path))
            .into_iter()
            .chain([visitor.log_in(ADA, "wrong"), visitor.post("/nowhere", &[])])
            .map(|answer| answer.header("x-request-id").to_owned())
            .collect();
        let events = events(&server.stop());
        for id in ids {
            let told = |event: &&serde_json::Value| {
                event["request_id"] == *id && event["message"].as_str().is_some_and(|text| text.contains(why))
            };
            let lines: Vec<_> = events.iter().filter(told).collect();
            assert_eq!(lines.len(), 1, "{why}: {events:#?}");
            assert_eq!((&lines[0]["level"], &lines[0]["address"]), (&"debug".into(), &address.into()));
        }
    }
}

#[test]
fn check_explains_how_the_client_ip_is_found() {
    let folder = Folder::new();
    let nobody = folder.run(&["check"]).succeeded().out;
    assert!(
        nobody.contains(
            "The client IP is that of the connection; no header is trusted, since trusted_proxies is empty."
        ),
        "{nobody}"
    );
    let run = folder.command(&["check"]).var("VESTIBULE_TRUSTED_PROXIES", "10.0.0.0/8, ::1");
    let proxies = run.finish().succeeded().out;
    assert!(
        proxies.contains(
            "If that is in 10.0.0.0/8, ::1/128, it is the right-most address in X-Forwarded-For that is not"
        ),
        "{proxies}"
    );
}

#[test]
fn expired_rows_are_removed_at_the_start_and_shutdown_is_not_delayed() {
    let (folder, mut ada) = Folder::of_ada();
    let old = [
        "insert into failed_logins (key, failures, last_at) values ('x', 3, 1)",
        "insert into audit (id, event, at) values ('x', 'password_wrong', 1)",
        "insert into sessions (id, token_hash, account_id, created_at, last_used_at) select 'x', 'x', id, 1, 1 from accounts",
    ];
    folder.sql(&old);
    let server = folder.serve();
    ada = ada.again_at(server.address);
    assert!(ada.is_logged_in());
    let left = || ["failed_logins", "sessions", "audit where id = 'x'"].map(|table| folder.rows(table));
    for _ in 0..100 {
        if left() == [0, 1, 0] {
            break;
        }
        sleep(Duration::from_millis(50));
    }
    let ended = server.stop();
    assert!(ended.status == Some(0) && ended.took < Duration::from_secs(2), "{ended:?}");
    assert_eq!(left(), [0, 1, 0]);
}

#[test]
fn an_older_database_is_migrated_and_its_sessions_stay_valid() {
    let (folder, ada) = Folder::of_ada();
    // As the first version left it.
    let newer = [
        "drop table passes",
        "drop table apps_path_groups",
        "drop table apps_paths",
        "drop table apps_origins",
        "drop table apps_groups",
        "drop table apps",
        "drop table old_handles",
        "drop index accounts_handle",
        "alter table accounts drop column handle",
        "drop index outbox_requested",
        "drop index outbox_account",
        "drop index accounts_unused",
        "drop index accounts_to_confirm",
        "drop index accounts_disabled",
        "drop index audit_others",
        "alter table audit drop column detail",
        "alter table audit drop column actor_id",
        "alter table links drop column since",
        "drop index remember_tokens_passkey",
        "alter table remember_tokens drop column passkey_id",
        "drop index sessions_passkey",
        "alter table sessions drop column passkey_id",
        "drop table spent_challenges",
        "drop table pending_logins",
        "drop table recovery_codes",
        "drop table recovery_sets",
        "drop table passkeys",
        "drop table totp_apps",
        "drop index accounts_passkey_user_id",
        "alter table accounts drop column passkey_user_id",
        "alter table accounts drop column two_factor_since",
        "drop table departures",
        "drop table applied_invitations",
        "drop table invitation_uses",
        "drop table invitation_groups",
        "drop table invitations",
        "drop table memberships",
        "drop table groups",
        "alter table accounts drop column language_changed_at",
        "alter table accounts drop column language_before",
        "alter table sessions drop column last_login_browser",
        "alter table sessions drop column last_login_at",
        "alter table accounts drop column logged_in_browser",
        "alter table accounts drop column terms_accepted_at",
        "alter table accounts drop column terms_version",
        "alter table accounts drop column language",
        "alter table open_by rename column exclusive to alone",
        "alter table open_by rename column purpose to doing",
        "alter table outbox rename column last_error to trouble",
        "alter table outbox rename column attempts to tries",
        "alter table outbox rename column details to facts",
        "alter table outbox rename column kind to letter",
        "alter table links rename column created_by to made_by",
        "alter table ended_devices drop column actor",
        "alter table ended_devices rename column browser to logged_out_from",
        "alter table remember_tokens rename column retired_browser to retired_from",
        "alter table sessions rename column remember_token_id to remembered_id",
        "drop index outbox_first",
        "drop index rate_limits_whole_at",
        "alter table rate_limits rename to tries",
        "create index tries_whole_at on tries (whole_at)",
        "drop index remember_tokens_account",
        "alter table remember_tokens rename to remembered",
        "create index remembered_account on remembered (account_id)",
        "alter table meta rename to facts",
        "drop table audit",
        "drop table failed_logins",
        "drop index sessions_previous",
        "alter table sessions drop column replaced_at",
        "alter table sessions drop column previous_hash",
        "alter table sessions drop column authenticated_at",
        "alter table sessions drop column address",
        "alter table sessions drop column browser",
        "alter table remembered drop column rotated_at",
        "alter table remembered drop column previous_hash",
        "alter table remembered drop column address",
        "alter table remembered drop column browser",
        "delete from _sqlx_migrations where version in (2, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30)",
    ];
    folder.sql(&newer);
    assert!(folder.run(&["check"]).succeeded().out.contains("will be migrated at the next start"));
    let server = folder.serve();
    let mut ada = ada.again_at(server.address);
    assert!(ada.is_logged_in());
    assert!(ada.get("/settings/devices").body.contains("This device"));
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn the_open_file_limit_is_raised_to_its_maximum() {
    let folder = Folder::new();
    let server = folder.command(&["--port", "0"]).after("ulimit -S -n 64").start();
    let limits = fs::read_to_string(format!("/proc/{}/limits", server.pid())).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max open files")).unwrap();
    let numbers: Vec<_> = line.split_whitespace().filter(|word| word.parse::<u64>().is_ok()).collect();
    assert!(numbers.len() == 2 && numbers[0] == numbers[1] && numbers[0] != "64", "{line}");
}
