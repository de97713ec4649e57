//! `vestibule invitation`: the link that its commands print or email. It is printed once, on a terminal also as a QR
//! code, and is never in the log.

use serde_json::json;

use crate::invitations::{RUTH, invitation, made, with_a_choir};
use crate::smtp::{BASE, Smtp, dead_port, link_in, waiting, with_mail};
use crate::support::there_is;
use crate::visitor::Visitor;

const PLAIN: &str = "smtp://localhost?tls=none";

#[test]
fn a_link_is_printed_once_on_a_line_of_its_own() {
    let folder = with_a_choir();
    let out = invitation(&folder, &["add", "--group", "admins"]).succeeded().out;
    let secret = out.strip_prefix(&format!("{BASE}/invited?token=")).and_then(|rest| rest.strip_suffix('\n'));
    assert_eq!(secret.map(str::len), Some(43), "{out}");
    let listed = invitation(&folder, &["list"]).succeeded().out;
    assert!(!listed.contains(secret.unwrap()) && !listed.contains("token"), "{listed}");
    assert!(listed.contains("  works once until 20") && listed.ends_with("  into admins\n"), "{listed}");
    assert_eq!((folder.rows("invitations"), folder.rows("invitation_groups")), (1, 1));
    // Every command works next to a running site as well.
    let server = folder.serve();
    let (_, id) = made(&folder, &["--group", "choir"]);
    invitation(&folder, &["revoke", &id]).succeeded();
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn an_email_waits_for_the_site_and_has_no_link_before() {
    let folder = with_a_choir();
    let dead = format!("smtp://localhost:{}", dead_port());
    let command = |words: &[&str]| with_mail(&folder, &[&["invitation"], words].concat(), &dead).finish();
    let out = command(&["add", "--email", RUTH, "--mail"]).succeeded().out;
    assert!(out.starts_with(&format!("{BASE}/invited?token=")), "it is handed over as well: {out}");
    let mails = waiting(&folder);
    assert_eq!(
        (mails.len(), &mails[0]["kind"], &mails[0]["address"]),
        (1, &json!("invitation"), &json!(RUTH))
    );
    command(&["add", "--email", RUTH]).succeeded();
    assert_eq!(waiting(&folder).len(), 1, "only if asked for");
    let (_, id) = made(&folder, &[]);
    command(&["renew", &id, "--mail"]).refused(&["This invitation is for no address", "Leave out --mail"]);
}

#[test]
fn no_link_of_an_invitation_is_in_the_log() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = with_a_choir();
    let server = smtp.site(&folder, PLAIN).start();
    let words = ["invitation", "add", "--email", RUTH, "--group", "choir", "--mail", "--note", "Sopranos"];
    let out = smtp.command(&folder, &words, PLAIN).finish().succeeded().out;
    let printed = out.trim_end().strip_prefix(BASE).unwrap().to_owned();
    let mail = smtp.mail();
    assert_eq!(mail["headers"]["subject"], "You are invited to Vestibule");
    let mailed = link_in(&mail);
    assert_ne!(mailed, printed);
    assert!(!mail["text"].as_str().unwrap().contains("Sopranos"), "a note is for administrators alone");
    for link in [&printed, &mailed] {
        let mut visitor = Visitor::at(server.address);
        visitor.get(link);
        visitor.post("/invited", &[("email", RUTH), ("name", "Ruth"), ("password", "x")]);
    }
    let ended = server.stop();
    for link in [printed, mailed] {
        let secret = link.strip_prefix("/invited?token=").unwrap();
        assert!(!ended.err.contains(secret) && !ended.out.contains(secret), "{secret} is in {ended:?}");
    }
    assert!(!ended.err.contains("Sopranos") && !ended.err.contains(RUTH), "{ended:?}");
}

#[test]
fn a_link_that_only_this_machine_can_open_causes_a_warning_before_it() {
    let folder = with_a_choir();
    for words in [&["invitation", "add"][..], &["invitation", "add", "--json"]] {
        let ended = folder.run(words);
        assert!(ended.status == Some(0) && ended.out.contains("http://localhost:8000/invited"), "{ended:?}");
        assert!(ended.err.starts_with("Warning: ") && ended.err.contains("set base_url"), "{ended:?}");
        assert_eq!(ended.err.lines().count(), 1, "{ended:?}");
    }
}

#[test]
fn on_a_terminal_an_invitation_is_also_a_qr_code() {
    if !there_is("script", "the code on a terminal") {
        return;
    }
    let folder = with_a_choir();
    let run = folder.command(&["invitation", "add", "--uses", "2", "--base-url", BASE]);
    let out = run.on_a_terminal().finish().succeeded().out;
    let lines: Vec<_> = out.lines().map(str::trim_end).collect();
    assert!(lines[0].starts_with(&format!("{BASE}/invited?token=")), "{out}");
    let last = lines.last().unwrap();
    assert!(last.starts_with("The link works 2 times, until 20"), "{out}");
    let code = &lines[1..lines.len() - 1];
    let drawn = code.iter().all(|line| line.chars().all(|c| " ▀▄█".contains(c)));
    assert!(code.len() > 15 && drawn, "{out}");
    let (_, id) = last.split_once("To take it back: vestibule invitation revoke ").unwrap();
    invitation(&folder, &["revoke", id]).succeeded();
}
