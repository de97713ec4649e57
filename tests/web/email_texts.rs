//! The texts of the emails: each has a folder with text and HTML, no one can inject anything into either, and both
//! are in the language of the reader and in the look of the site.

use std::fs;

use vestibule::features::email_links;
use vestibule::people::Actor;
use vestibule::people::Email;

use crate::support::{ADA, PASSWORD, Setup, TestSite, link_in};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
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

/// The sentences in a template, in order, except those on buttons: text has none.
fn sentences(template: &str) -> Vec<&str> {
    let keys = template.split("t(\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    keys.filter(|key| !key.ends_with("-button")).collect()
}

#[test]
fn each_email_has_a_text_and_the_same_as_escaped_html() {
    assert_eq!(codes().len(), 26, "each kind, and the one of `mail test`");
    for code in codes() {
        let (text, html) = (read(&format!("{code}/mail.txt")), read(&format!("{code}/mail.html")));
        assert!(!sentences(&text).is_empty(), "{code}");
        assert_eq!(sentences(&text), sentences(&html), "{code}");
        for key in sentences(&text) {
            let own = key.starts_with(&format!("email-{code}-"));
            assert!(own || key == "email-was-you", "{code}: {key}");
        }
        for word in ["safe", "autoescape", "{% raw", "set_escape", "<script", "<img", "style>"] {
            assert!(!html.contains(word), "{code}: {word}");
        }
        // Both contain the same values.
        for (in_text, in_html) in [
            ("{{ link }}", "url=link"),
            ("{{ forgot }}", "url=forgot"),
            ("{{ life }}", "{{ life }}"),
            ("in report %}", "lines=report"),
            ("{{ item.what }}", "{{ item.what }}"),
            ("in item.report %}", "in item.report %}"),
        ] {
            // The sentence may have the address in it.
            let text = text.replace("url=forgot", "{{ forgot }}");
            assert_eq!(text.contains(in_text), html.contains(in_html), "{code}: {in_text}");
        }
    }
}

/// Programs for email drop much of what browsers know.
#[test]
fn the_html_needs_nothing_that_programs_for_email_drop() {
    let frame = read("frame.html") + &read("macros.html");
    assert_eq!(frame.matches("<img").count(), 1, "the logo");
    for word in
        ["<script", "<link", "@import", "@font-face", "url(", "var(--", "display: grid", "display: flex"]
    {
        assert!(!frame.contains(word), "{word}");
    }
    assert!(frame.contains("max-width: 520px") && frame.contains("@media (prefers-color-scheme: dark)"));
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
    // The one kind that only waits from an earlier version.
    let renamed = "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
                   select 'name', 'name', id, email, '{\"at\":0,\"actor\":\"command_line\"}', 0, 0, 0 from accounts";
    assert_eq!(site.change(renamed), 1);
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
    for _ in 0..6 {
        site.visitor().log_in("ada@new.example", "seven lazy violet teapots");
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

/// A name of a site in Hebrew: its marks belong on pages, but some programs for email show them.
#[test]
fn an_account_whose_language_is_german_gets_german_emails() {
    let site = Setup::new().mail().with("site_name", "דוד").with("time_zone", "Europe/Berlin").build();
    site.ada_by_mail();
    assert_eq!(site.newest(ADA).subject, "Confirm your email address for דוד");
    site.change("update accounts set language = 'de'");
    site.visitor_from("203.0.113.7").sending("User-Agent", FIREFOX).log_in(ADA, PASSWORD);
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "Neue Anmeldung bei דוד");
    let lines = [
        "Wann: 1. Januar 2026, 01:00 Uhr (CET)",
        "Wo: IP-Adresse 203.0.113.7",
        "Browser: Firefox unter Linux",
    ];
    let lead = "Jemand hat sich mit Ihrem Konto ada@example.org angemeldet.";
    for words in ["Guten Tag Ada!", lead, "Bitte öffnen Sie den Link innerhalb von 7 Tagen."] {
        assert!(mail.text.contains(words) && mail.html.contains(words), "{words}: {}", mail.text);
    }
    assert!(
        mail.text.contains(&lines.join("\n")) && mail.html.contains(&lines.join("<br>")),
        "{}",
        mail.text
    );
    assert!(mail.html.contains("<html lang=\"de\" dir=\"ltr\">"));
    assert!(mail.html.contains("Diese E-Mail wurde von <bdi>דוד</bdi> gesendet"), "{}", mail.html);
    assert!(mail.text.contains("Diese E-Mail wurde von דוד gesendet"), "{}", mail.text);
    for text in [&mail.subject, &mail.text, &mail.html] {
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{text}");
    }
    assert!(link_in(&mail).starts_with("/secure?token="));
}

#[test]
fn an_account_without_a_language_gets_emails_in_that_of_the_site() {
    let site = Setup::new().mail().with("language", "fr").build();
    site.ada_by_mail();
    assert_eq!(site.newest(ADA).subject, "Confirmez votre adresse e-mail pour Vestibule");
    site.change("update accounts set language = 'tlh'");
    site.visitor().log_in(ADA, PASSWORD);
    assert_eq!(site.newest(ADA).subject, "Nouvelle connexion sur Vestibule", "this language is unknown");
}

/// The account that an email is queued for is then another one than that of its reader.
#[test]
fn the_owner_of_an_address_that_another_person_asked_for_reads_their_own_language() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    site.change("update accounts set language = 'de' where name = 'Bob'");
    site.change("update accounts set language = 'es' where name = 'Ada'");
    site.mails();
    site.clock.advance(2);
    ada.submit("/settings/email", &[("email", "bob@example.org")]);
    assert_eq!(site.newest("bob@example.org").subject, "Sie haben bereits ein Konto bei Vestibule");
}

#[test]
fn emails_have_the_colour_and_the_contact_of_the_site() {
    let plain = Setup::new().mail().build();
    plain.ada_by_mail();
    let mail = plain.newest(ADA);
    assert_eq!(mail.reply_to, None);
    assert!(mail.html.contains("background-color: #0b655f") && mail.text.contains("Please don't reply"));
    let site = Setup::new()
        .mail()
        .with("contact", "Ruth Meier <ruth@example.org>")
        .with("accent", "#7a1f5c")
        .build();
    site.ada_by_mail();
    let mail = site.newest(ADA);
    assert!(mail.reply_to.is_some_and(|reply_to| reply_to.to_string().contains("ruth@example.org")));
    assert!(mail.html.contains("background-color: #7a1f5c") && !mail.html.contains("#0b655f"));
    assert!(mail.text.contains("Questions? Write to Ruth Meier"), "{}", mail.text);
}
