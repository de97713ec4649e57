//! Setting up email: refused settings, `mail test`, `mail list`, `check`, and the mailbox of a debug build.

use std::fs;

use serde_json::Value;

use crate::check::{source_of, value_of};
use crate::folder::Folder;
use crate::smtp::{BASE, Smtp, dead_port, tried, with_mail};
use crate::support::release;
use crate::visitor::{ADA, PASSWORD, Visitor};

const PLAIN: &str = "smtp://localhost?tls=none";

#[test]
fn mail_test_prints_the_conversation_and_exits_with_0_or_1() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let sent = smtp.command(&folder, &["mail", "test", " Ada@Example.org "], PLAIN).finish().succeeded();
    let port = smtp.port;
    for said in [
        format!("* connecting to localhost, port {port}\n> EHLO login.localhost\n< mail.example "),
        "* the connection is not encrypted\n> MAIL FROM:<login@example.org>\n< 250 OK\n".to_owned(),
        "> RCPT TO:<Ada@example.org>\n< 250 OK\n> DATA\n< 354 ".to_owned(),
        "< 250 OK: taken\n> QUIT\n< 221 Bye\nThe server accepted the email to Ada@example.org.\n".to_owned(),
    ] {
        assert!(sent.out.contains(&said), "{said} is not in {}", sent.out);
    }
    let mail = smtp.mail();
    assert_eq!(mail["headers"]["subject"], "A test email from Vestibule");
    let text = mail["text"].as_str().unwrap();
    assert!(text.contains(&format!("This is a test. Emails from Vestibule ({BASE}) reach you.")), "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "no database is needed, and none is created");

    let dead = dead_port();
    let ended = with_mail(&folder, &["mail", "test", ADA], &format!("smtp://localhost:{dead}")).finish();
    assert_eq!((ended.status, &*ended.out), (Some(1), &*format!("* connecting to localhost, port {dead}\n")));
    assert!(ended.err.starts_with("vestibule: The email was not sent: "), "{ended:?}");
    assert!(ended.err.lines().count() == 1 && ended.err.contains("refused"), "{ended:?}");

    let smtp = Smtp::start(&["--refuse", "550"]).unwrap();
    let ended = smtp.command(&folder, &["mail", "test", ADA], PLAIN).finish();
    assert_eq!(ended.status, Some(1));
    assert!(ended.out.ends_with("> RCPT TO:<ada@example.org>\n"), "{ended:?}");
    assert!(
        ended.err.contains("no mail for <ada@example.org> here") && ended.err.lines().count() == 1,
        "{ended:?}"
    );
    smtp.command(&folder, &["mail", "test", "ada"], PLAIN)
        .finish()
        .refused(&["\"ada\" is not an email address"]);
    folder.run(&["mail", "test", ADA]).refused(&["Email is off, since smtp_url is not set"]);
}

#[test]
fn waiting_emails_are_listed_as_text_and_as_json() {
    let folder = Folder::new();
    let site = with_mail(&folder, &["--port", "0"], &format!("smtp://localhost:{}", dead_port()));
    folder.run(&["mail", "list"]).refused(&["no database"]);
    let server = site.start();
    assert_eq!(folder.run(&["mail", "list"]).succeeded().out, "No email waits to be sent.\n");
    assert_eq!(folder.run(&["mail", "list", "--json"]).succeeded().out, "[]\n");
    Visitor::at(server.address).sign_up(ADA);
    let mail = tried(&folder);
    let keys: Vec<_> = mail.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        ["address", "attempts", "due_at", "given_up_at", "id", "kind", "last_error", "queued_at"]
    );
    let (queued, due) = (mail["queued_at"].as_str().unwrap(), mail["due_at"].as_str().unwrap());
    let listed = folder.run(&["mail", "list"]).succeeded().out;
    let trouble = mail["last_error"].as_str().unwrap();
    assert_eq!(listed, format!("{queued}  confirm  ada@example.org  tried once, next {due}  ({trouble})\n"));
    let show = folder.run(&["account", "show", ADA, "--json"]).succeeded().out;
    let account: Value = serde_json::from_str(&show).unwrap();
    assert!(account["confirmed_at"].is_null() && account["logged_in_at"].is_null(), "{account}");
}

#[test]
fn check_says_whether_email_is_on_and_how_it_is_sent() {
    let folder = Folder::new();
    let off = folder.run(&["check"]).succeeded().out;
    assert!(off.contains(
        "\nEmail is off, since smtp_url is not set: addresses are not confirmed, and `vestibule account link` prints reset "
    ));
    assert_eq!(value_of(&off, "smtp_url"), "(not set)");
    for (url, told) in [
        ("smtps://smtp.example.org", "smtp.example.org, port 465, over TLS, with a login, from "),
        ("smtp://smtp.example.org", "smtp.example.org, port 587, over STARTTLS, with a login, from "),
        ("smtp://localhost:1025?tls=none", "localhost, port 1025, without encryption, with a login, from "),
        (
            "smtp://smtp.example.org:25?tls=opportunistic",
            "smtp.example.org, port 25, over STARTTLS if the server offers it, with a login, from ",
        ),
        ("smtp://127.0.0.1", "127.0.0.1, port 25, without encryption, with a login, from "),
    ] {
        let check = with_mail(&folder, &["check"], url).var("VESTIBULE_SMTP_USER", "site");
        let on = check.var("VESTIBULE_SMTP_PASSWORD", "hunter2").finish().succeeded().out;
        let line = format!(
            "\nEmails go to {told}Vestibule <login@example.org>. `vestibule mail test EMAIL` sends one.\n"
        );
        assert!(on.contains(&line), "{line} is not in {on}");
        assert_eq!((value_of(&on, "smtp_password"), value_of(&on, "smtp_url")), ("(secret)", url));
        assert_eq!(source_of(&on, "smtp_password"), "variable VESTIBULE_SMTP_PASSWORD");
        assert!(!on.contains("hunter2"));
    }
}

#[test]
fn incomplete_email_settings_are_refused_with_what_to_type() {
    let folder = Folder::new();
    let url = "smtps://smtp.example.org";
    let pem = folder.write("no.pem", "some words");
    let pem = pem.to_str().unwrap();
    let (base, from) = (("VESTIBULE_BASE_URL", BASE), ("VESTIBULE_MAIL_FROM", "login@example.org"));
    let before = folder.snapshot();
    for words in [&["--port", "0"][..], &["check"], &["mail", "test", ADA]] {
        let refused = |set: &[(&str, &str)], words_said: &[&str]| {
            let run = folder.command(words).var("VESTIBULE_SMTP_URL", url);
            let ended = set.iter().fold(run, |run, (name, value)| run.var(name, value)).finish();
            let line = ended.err.strip_suffix('\n').unwrap_or_default();
            assert!(ended.status == Some(1) && !line.contains('\n'), "{words:?} {set:?}: {ended:?}");
            assert!(words_said.iter().all(|word| line.contains(word)), "{words:?} {words_said:?}: {ended:?}");
        };
        refused(&[from], &["smtp_url (variable VESTIBULE_SMTP_URL) is set, but base_url is not"]);
        let no_sender = "smtp_url (variable VESTIBULE_SMTP_URL) is set, but mail_from is not";
        refused(&[base], &[no_sender, "\"Example <login@example.org>\""]);
        refused(
            &[base, from, ("VESTIBULE_SMTP_USER", "site")],
            &["smtp_user (variable VESTIBULE_SMTP_USER) is set, but smtp_password is not"],
        );
        let half = ("VESTIBULE_SMTP_PASSWORD", "hunter2");
        let no_user = "smtp_password (variable VESTIBULE_SMTP_PASSWORD) is set, but smtp_user is not";
        refused(&[base, from, half], &[no_user]);
        let both = [half, ("VESTIBULE_SMTP_PASSWORD_FILE", pem)];
        refused(&[&[base, from], &both[..]].concat(), &["VESTIBULE_SMTP_PASSWORD", "_FILE"]);
        let file = ("VESTIBULE_SMTP_PASSWORD_FILE", "no/such/file");
        refused(&[base, from, file], &["VESTIBULE_SMTP_PASSWORD_FILE", "no/such/file"]);
        let missing = ("VESTIBULE_SMTP_CA_FILE", "no/such.pem");
        refused(
            &[base, from, missing],
            &["The smtp_ca_file /", "/no/such.pem (variable VESTIBULE_SMTP_CA_FILE) cannot be read"],
        );
        let wrong = ("VESTIBULE_SMTP_CA_FILE", pem);
        let no_pem = "no.pem (variable VESTIBULE_SMTP_CA_FILE) does not hold certificates in PEM";
        refused(&[base, from, wrong], &["The smtp_ca_file ", no_pem]);
        refused(
            &[base, ("VESTIBULE_MAIL_FROM", "nobody")],
            &["mail_from (variable VESTIBULE_MAIL_FROM) must be"],
        );
    }
    let no_server = folder.command(&["--port", "0"]).var(from.0, from.1).finish();
    no_server.refused(&[
        "mail_from (variable VESTIBULE_MAIL_FROM) is set, but smtp_url is not.",
        "or remove mail_from.",
    ]);
    assert!(folder.snapshot() == before, "nothing was created");
    let in_url = with_mail(&folder, &["check"], "smtp://site:hunter2@smtp.example.org").finish();
    assert_eq!(in_url.status, Some(1));
    assert!(
        in_url.err.contains("without user and password, such as smtps://smtp.example.org (set smtp_user"),
        "{in_url:?}"
    );
    assert!(!in_url.err.contains("hunter2"), "{in_url:?}");
}

#[test]
fn only_a_debug_build_shows_a_mailbox_and_only_on_loopback() {
    let folder = Folder::new();
    let run = || folder.command(&["--port", "0"]).var("VESTIBULE_SMTP_URL", "dev");
    if release().is_some() {
        run().finish().refused(&["smtp_url (variable VESTIBULE_SMTP_URL) must be", "not \"dev\""]);
        assert_eq!(Visitor::at(folder.serve().address).get("/dev/mailbox").status, 404);
        return;
    }
    let test = folder.command(&["mail", "test", ADA]).var("VESTIBULE_SMTP_URL", "dev").finish();
    test.refused(&["Emails are not sent; the running site shows them at /dev/mailbox."]);
    let server = run().start();
    let mut ada = Visitor::at(server.address);
    assert!(ada.get("/dev/mailbox").body.contains("No mail was sent yet."));
    ada.sign_up(ADA);
    let page = (0..100)
        .map(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            ada.get("/dev/mailbox")
        })
        .find(|page| page.body.contains("Confirm your email address for Vestibule"))
        .unwrap();
    let (_, rest) = page.body.split_once("href=\"&#x2F;confirm?token=").unwrap();
    let token = rest.split('"').next().unwrap();
    assert_eq!(ada.get(&format!("/confirm?token={token}")).leads_to(), "/confirm");
    assert_eq!(ada.post("/confirm", &[("password", PASSWORD)]).leads_to(), "/profile");
    assert_eq!(ada.named("mail.evil.test", "/dev/mailbox").status, 404);
    assert_eq!(ada.named("localhost", "/dev/mailbox").status, 200);
    assert_eq!(server.stop().status, Some(0));
    let off = folder.serve();
    assert_eq!(Visitor::at(off.address).get("/dev/mailbox").status, 200);
}

#[test]
fn check_and_the_start_name_an_administrator_who_cannot_log_in_once_email_is_on() {
    let folder = Folder::new();
    let server = folder.serve();
    Visitor::at(server.address).sign_up(ADA);
    server.stop();
    folder.run(&["group", "add", "admins", ADA]).succeeded();
    let told = "The administrator ada@example.org cannot log in: the address is not confirmed. To confirm it: \
                vestibule account link ada@example.org --confirm\n";
    let url = format!("smtp://localhost:{}", dead_port());
    let off = folder.run(&["check"]).succeeded().out;
    assert!(!off.contains("cannot log in"), "{off}");
    let on = with_mail(&folder, &["check"], &url).finish().succeeded().out;
    assert!(on.contains(told), "{on}");
    let ended = with_mail(&folder, &["--port", "0"], &url).start().stop();
    assert!(ended.out.contains(told) && !ended.out.contains("no administrator"), "{ended:?}");
}
