//! Emails to a real mail server: the SMTP conversation, their content, and that the running site sends them.

use serde_json::Value;

use crate::folder::Folder;
use crate::smtp::{BASE, Smtp, link_in, waiting};
use crate::visitor::{ADA, PASSWORD, Visitor};

const PLAIN: &str = "smtp://localhost?tls=none";

fn header<'m>(mail: &'m Value, name: &str) -> &'m str {
    mail["headers"][name].as_str().unwrap_or_else(|| panic!("no {name} in {mail:#}"))
}

#[test]
fn a_new_user_confirms_the_address_by_email_and_is_logged_in() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.sign_up(ADA).leads_to(), "/confirm/new");
    assert_eq!(
        ada.log_in(ADA, PASSWORD).leads_to(),
        "/confirm/new",
        "no login before the address is confirmed"
    );
    let mail = smtp.mail();
    let link = link_in(&mail);
    assert_eq!(ada.get(&link).leads_to(), "/confirm");
    assert_eq!(ada.post("/confirm", &[("password", PASSWORD)]).leads_to(), "/profile");
    assert!(ada.is_logged_in());
    assert!(waiting(&folder).is_empty(), "sent emails leave the outbox");
    smtp.stays_idle();
    let ended = server.stop();
    assert_eq!(ended.status, Some(0));
    let token = link.split_once('=').unwrap().1;
    assert!(!ended.err.contains(token) && !ended.err.contains(ADA), "{}", ended.err);
}

#[test]
fn an_email_is_sent_with_all_headers_and_both_parts() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let site = smtp.site(&folder, PLAIN).var("VESTIBULE_SITE_NAME", "Käse & <b>Brot</b>");
    let server = site.var("VESTIBULE_MAIL_FROM", "\"Käse, Brot\" <login@example.org>").start();
    Visitor::at(server.address).sign_up(ADA);
    let mail = smtp.mail();
    assert_eq!((&mail["from"], &mail["to"][0]), (&"login@example.org".into(), &ADA.into()));
    assert_eq!(mail["hello"], "login.localhost", "EHLO has the host of base_url");
    assert_eq!(header(&mail, "subject"), "Confirm your email address for Käse & <b>Brot</b>");
    assert_eq!(header(&mail, "from"), "\"Käse, Brot\" <login@example.org>");
    assert_eq!(header(&mail, "to"), ADA);
    assert_eq!(header(&mail, "auto-submitted"), "auto-generated");
    assert!(header(&mail, "date").ends_with(" +0000"), "{mail:#}");
    let id = header(&mail, "message-id");
    assert!(id.starts_with('<') && id.ends_with("@example.org>") && id.len() > 40, "{id}");
    let mut names: Vec<_> = mail["header_lines"].as_array().unwrap().iter().map(Value::to_string).collect();
    let all = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), all, "each header once");
    assert!(mail["raw"].as_str().unwrap().is_ascii(), "old servers accept only ASCII");
    assert_eq!(mail["type"], "multipart/alternative");
    let (text, html) = (mail["text"].as_str().unwrap(), mail["html"].as_str().unwrap());
    assert!(text.contains("Käse & <b>Brot</b>") && html.contains("Käse &amp; &lt;b&gt;Brot&lt;"), "{html}");
    let link = format!("{BASE}{}", link_in(&mail));
    assert!(html.replace("&#x2F;", "/").contains(&link), "{html}");
}

#[test]
fn odd_names_and_addresses_cannot_inject_headers() {
    let Some(smtp) = Smtp::start(&["--utf8"]) else { return };
    let folder = Folder::new();
    let site = smtp.site(&folder, PLAIN).patient().var("VESTIBULE_LIMIT_MAIL_PAUSE", "1s");
    let server = site.var("VESTIBULE_UNCONFIRMED_LOGIN", "yes").start();
    let odd = "\"Ada\" <b>&amp; {{ 7*7 }} 👩‍🚀 עדה";
    for (email, to) in [
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("o'hara+tag@example.org", "o'hara+tag@example.org"),
        ("grüße@example.org", "grüße@example.org"),
    ] {
        let mut ada = Visitor::at(server.address);
        let fields = [("email", email), ("name", odd), ("password", PASSWORD)];
        assert_eq!(ada.post("/signup", &fields).leads_to(), "/confirm/new");
        let mail = smtp.mail();
        assert_eq!(mail["to"], serde_json::json!([to]), "{mail:#}");
        assert_eq!(header(&mail, "to"), to);
        ada.get(&link_in(&mail));
        assert_eq!(ada.post("/confirm", &[("password", PASSWORD)]).leads_to(), "/profile");
        let notice = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
        assert_eq!(ada.post("/settings/password", &notice).leads_to(), "/settings/account");
        let mail = smtp.mail();
        assert!(mail["text"].as_str().unwrap().contains(&format!("Hello {odd},")), "{mail:#}");
        let html = mail["html"].as_str().unwrap();
        assert!(html.contains("&lt;b&gt;&amp;amp; {{ 7*7 }} 👩‍🚀 עדה"), "{html}");
        assert_eq!(mail["to"].as_array().unwrap().len(), 1);
    }
}

#[test]
fn an_address_that_the_server_does_not_support_is_given_up_at_once() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    Visitor::at(server.address).sign_up("grüße@example.org");
    let mail = crate::smtp::tried(&folder);
    assert!(mail["given_up_at"].is_string(), "{mail:#}");
    assert_eq!(mail["last_error"], "the server accepts only ASCII addresses (it does not offer SMTPUTF8)");
}

#[test]
fn the_running_site_sends_the_emails_of_commands() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    let server = smtp.site(&folder, PLAIN).start();
    smtp.command(&folder, &["account", "add", ADA, "Ada"], PLAIN).input(PASSWORD).finish().succeeded();
    let new = "seven lazy violet teapots";
    smtp.command(&folder, &["account", "set-password", ADA], PLAIN).input(new).finish().succeeded();
    let mail = smtp.mail();
    assert_eq!(header(&mail, "subject"), "Your password at Vestibule was changed");
    let text = mail["text"].as_str().unwrap();
    assert!(
        text.contains("Done by: the people who run this site")
            && text.contains("Every device was logged out.")
    );
    assert_eq!(Visitor::at(server.address).log_in(ADA, new).leads_to(), "/profile");
    smtp.stays_idle();
}

#[test]
fn an_email_queued_while_the_site_is_stopped_is_sent_after_the_start() {
    let Some(smtp) = Smtp::start(&[]) else { return };
    let folder = Folder::new();
    assert_eq!(smtp.site(&folder, PLAIN).start().stop().status, Some(0));
    smtp.command(&folder, &["account", "add", ADA, "Ada"], PLAIN).input(PASSWORD).finish().succeeded();
    smtp.command(&folder, &["account", "set-password", ADA], PLAIN)
        .input("seven grey owls")
        .finish()
        .succeeded();
    smtp.stays_idle();
    let _server = smtp.site(&folder, PLAIN).start();
    assert!(smtp.mail()["text"].as_str().unwrap().contains("Hello Ada,"));
}
