//! The texts of the emails: each has a folder with text and HTML, and no one can inject anything into either.

use std::fs;

use vestibule::features::email_links;
use vestibule::people::Actor;
use vestibule::people::Email;

use crate::support::{ADA, PASSWORD, Setup, TestSite, link_in};

const HOSTILE: &str = "<b>Ada</b> & \"{{ site_name }}\"";

fn folder() -> std::path::PathBuf {
    concat!(env!("CARGO_MANIFEST_DIR"), "/templates/mail").into()
}

fn read(path: &str) -> String {
    fs::read_to_string(folder().join(path)).unwrap()
}

fn codes() -> Vec<String> {
    let folders =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir());
    folders.map(|entry| entry.file_name().into_string().unwrap()).collect()
}

#[test]
fn each_email_has_a_subject_a_text_and_the_same_as_escaped_html() {
    assert_eq!(codes().len(), 12);
    for code in codes() {
        let (text, html) = (read(&format!("{code}/mail.txt")), read(&format!("{code}/mail.html")));
        let (subject, rest) = text.split_once("\n\n").unwrap();
        assert!(!subject.contains('\n') && subject.contains("{{ site_name }}"), "{code}: {subject}");
        assert!(rest.starts_with("Hello"), "{code}");
        for word in ["safe", "autoescape", "{% raw", "set_escape", "<script", "<img"] {
            assert!(!html.contains(word), "{code}: {word}");
        }
        // Both contain the same values.
        for name in [
            "link",
            "forgot",
            "life",
            "place",
            "at",
            "email",
            "new_email",
            "item.what",
            "item.at",
            "item.times",
            "item.place",
        ] {
            let says = |text: &str| text.contains(&format!("{{{{ {name} }}}}"));
            assert_eq!(says(rest), says(&html), "{code}: {name}");
        }
    }
}

/// A site with a hostile name, whose owner has one as well.
fn hostile() -> TestSite {
    let mails = [("limit_mails", "100"), ("limit_mails_to", "100"), ("limit_mail_pause", "1s")];
    let setup = Setup::new().mail().with("site_name", "Tom & <i>Co</i>");
    mails.into_iter().fold(setup, |setup, (limit, value)| setup.with(limit, value)).build()
}

#[test]
fn names_are_plain_text_in_every_email() {
    let site = hostile();
    let mut ada = site.ada_by_mail();
    ada.submit("/settings/account", &[("name", HOSTILE)]);
    site.visitor().log_in(ADA, PASSWORD);
    for _ in 0..5 {
        site.visitor().log_in(ADA, "seven lazy violet teapots");
    }
    site.clock.advance(2);
    ada.submit("/forgot", &[("email", ADA)]);
    site.clock.advance(2);
    site.visitor().sign_up(ADA, "Eve", PASSWORD);
    ada.submit("/reauthenticate", &[("password", PASSWORD)]);
    let passwords = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
    ada.submit("/settings/password", &passwords);
    site.clock.advance(2);
    ada.submit("/settings/email", &[("email", "ada@new.example")]);
    ada.get(&site.mailed_link("ada@new.example"));
    ada.submit("/change-email", &[("password", "seven lazy violet teapots")]);
    for number in 0..6 {
        ada.submit("/settings/account", &[("name", &format!("{HOSTILE} {number}"))]);
    }
    site.clock.advance(720);
    site.mails();
    ada.submit("/reauthenticate", &[("password", "seven lazy violet teapots")]);
    let closing = [("email", "ada@new.example"), ("password", "seven lazy violet teapots")];
    assert_eq!(ada.submit("/settings/close", &closing).location(), "/settings/account");
    assert!(site.mailed_link(ADA).starts_with("/delete-account?token="), "it is sent to the former address");
    let (account, third) = (site.account("ada@new.example"), Email::parse("ada@third.example").unwrap());
    let link = site
        .runtime
        .block_on(email_links::link(&site.site, &account, &third, Actor::CommandLine))
        .unwrap()
        .unwrap()
        .address;
    ada.get(link.strip_prefix("http://localhost:8000").unwrap());
    ada.submit("/change-email", &[("password", "seven lazy violet teapots")]);

    let mails = site.mails();
    let mut subjects: Vec<_> = mails.iter().map(|mail| mail.subject.clone()).collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 12, "each kind was sent: {subjects:?}");
    for mail in mails {
        assert!(mail.subject.contains("Tom & <i>Co</i>"), "{}", mail.subject);
        assert!(mail.text.contains("Tom & <i>Co</i>") && !mail.html.contains("<i>"), "{}", mail.html);
        assert!(!mail.html.contains("<b>"), "{}", mail.html);
        if mail.text.contains("<b>Ada") {
            assert!(mail.text.contains(HOSTILE), "{}", mail.text);
            assert!(mail.html.contains("&lt;b&gt;Ada"), "{}", mail.html);
        }
    }
}

#[test]
fn reading_an_email_loads_nothing() {
    let site = Setup::new().mail().build();
    site.ada_by_mail();
    for mail in site.mails() {
        let links = mail.html.matches("http").count();
        assert_eq!(links, mail.html.matches("http:&#x2F;&#x2F;localhost:8000").count(), "{}", mail.html);
        assert!(!mail.html.contains("src="));
    }
}

#[test]
fn text_and_html_contain_the_same_link_once() {
    let site = Setup::new().mail().build();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let mail = site.newest(ADA);
    assert_eq!(mail.text.matches("token=").count(), 1);
    assert_eq!(link_in(&mail).len(), "/confirm?token=".len() + 43);
}
