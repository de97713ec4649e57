//! What the page of an account says: how its owner can log in, what emails are sent, and how much it shows of what others
//! wrote.

use std::fs;

use crate::admin_accounts::root;
use crate::admin_acts::{page_of, press};
use crate::admin_pages::{email, run};
use crate::recovery_codes::new_set;
use crate::second_factor_switch::add_passkey;
use crate::support::{ADA, Setup, Visitor};

#[test]
fn an_owner_with_a_passkey_is_not_said_to_be_kept_out_by_what_is_about_passwords() {
    const BY_PASSKEY: &str = "Yes, with a passkey.";
    const BY_PASSWORD: &str = "Yes, with the right password.";
    const WAITS: &str = "With the password, there is a wait.";
    const UNTIL: &str = "After wrong passwords, new browsers must wait until";
    const NONE: &str = "There is no password.";
    let site = Setup::new().mail().build();
    let mut root = root(&site);
    site.logged_in(ADA);
    let (page, id) = (page_of(&site, ADA), site.account(ADA).id);
    let said = |root: &mut Visitor<'_>| {
        let shown = root.get(&page);
        [BY_PASSKEY, BY_PASSWORD, WAITS, UNTIL, NONE].map(|sentence| shown.says(sentence))
    };
    assert_eq!(said(&mut root), [false, true, false, false, false]);
    add_passkey(&site, &id, "Key");
    assert_eq!(said(&mut root), [true, true, false, false, false]);
    for _ in 0..6 {
        site.visitor_from("203.0.113.7").log_in(ADA, "seven lazy violet teapots");
    }
    assert_eq!(said(&mut root), [true, false, true, true, false]);
    run(&site, format!("delete from passwords where account_id = '{id}'"));
    assert_eq!(said(&mut root), [true, false, false, false, false], "it waits for nothing");
    // A passkey that rests is no way in, and the next password has to wait.
    site.change("update passkeys set rests_since = 1");
    assert_eq!(said(&mut root), [false, false, false, true, true]);
    site.change("update passkeys set rests_since = null");
    // What keeps out everyone keeps out those with a passkey.
    let shown = press(&mut root, &page, "disabling", &[]);
    assert!(shown.says("Enable the account"), "{}", shown.body);
    assert_eq!(said(&mut root), [false; 5]);
    press(&mut root, &page, "enabling", &[]);
    run(&site, format!("update accounts set confirmed_at = null where id = '{id}'"));
    assert!(root.get(&page).says("The email address is not confirmed."));
    assert_eq!(said(&mut root), [false; 5]);
}

#[test]
fn an_email_is_promised_where_one_is_sent_and_nowhere_else() {
    const TOLD: &str = "The owner of the account is told by email.";
    for (mail, confirmed) in [(true, true), (true, false), (false, true), (false, false)] {
        let site = if mail { Setup::new().mail() } else { Setup::new() }.patient().build();
        let mut root = root(&site);
        site.logged_in(ADA);
        let (page, id) = (page_of(&site, ADA), site.account(ADA).id);
        new_set(&site, &id);
        if !confirmed {
            run(&site, format!("update accounts set confirmed_at = null where id = '{id}'"));
        }
        // With the reset link, the change of the address, and the second steps.
        let promised = root.get(&page).text().matches(TOLD).count();
        let is_sent = mail && confirmed;
        assert_eq!(promised, if is_sent { 3 } else { 0 }, "{mail}, {confirmed}");
        press(&mut root, &page, "links", &[]);
        press(&mut root, &page, "factor-removal", &[]);
        let sent = if mail { site.subjects(ADA) } else { Vec::new() };
        for subject in ["A link was made for your account", "second factor was removed"] {
            let is_there = sent.iter().any(|sent| sent.contains(subject));
            assert_eq!(is_there, is_sent, "{mail}, {confirmed}: {subject} in {sent:?}");
        }
    }
    // The hints themselves say nothing of it, in any language.
    for language in ["en", "de", "fr", "es"] {
        let file = format!("{}/words/{language}.ftl", env!("CARGO_MANIFEST_DIR"));
        let words = fs::read_to_string(file).unwrap();
        for key in ["admin-link-hint", "admin-factors-hint"] {
            let beginning = format!("{key} = ");
            let hint = words.lines().find_map(|line| line.strip_prefix(&beginning)).unwrap().to_lowercase();
            assert!(!hint.contains("mail") && !hint.contains("correo"), "{language}: {hint}");
        }
    }
}

#[test]
fn the_words_of_a_mail_server_are_cut_as_on_the_page_of_emails() {
    let site = Setup::new().mail().build();
    let mut root = root(&site);
    site.logged_in(ADA);
    email(&site, 1, Some(ADA), 3_600, false);
    run(&site, format!("update outbox set last_error = '{}'", "x".repeat(100_000)));
    for page in [page_of(&site, ADA), "/admin/emails".to_owned()] {
        let shown = root.get(&page);
        assert!(shown.says(&"x".repeat(100)) && !shown.says(&"x".repeat(1_000)), "{page}");
    }
}
