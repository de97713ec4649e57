//! How the activity page is read: by day, twenty entries on a page, with times for people and programs, and a mark
//! where it matters. And on paper.

use crate::activity::{ada, sentences};
use crate::support::{PASSWORD, Setup, TestSite, Visitor};

#[test]
fn on_paper_the_settings_name_the_person_and_the_day() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let line = "<p class=\"print\">Vestibule, Ada (ada@example.org), 1 January 2026";
    for page in ["account", "devices", "activity", "email", "password", "close"] {
        let page = ada.get(&format!("/settings/{page}"));
        assert_eq!(page.pieces("<p class=\"print\">", "</p>"), [line], "{}", page.body);
    }
    for path in ["/", "/profile"] {
        assert!(!ada.get(path).body.contains("class=\"print\""), "{path}: there is nothing to keep");
    }
}

#[test]
fn a_row_that_is_not_ones_own_leads_to_no_earlier_page() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for before in ["x", "%00", "%27", "01a2101a-b07f-76cd-b0da-771bb1bc3083", ""] {
        let page = ada.get(&format!("/settings/activity?before={before}"));
        assert_eq!(sentences(&page), [""; 0], "{before:?}");
    }
    for id in ["x", "'", "01a2101a-b07f-76cd-b0da-771bb1bc3083"] {
        assert_eq!(
            ada.submit("/settings/devices/end", &[("id", id)]).location(),
            "/settings/devices",
            "{id:?}"
        );
    }
    assert!(ada.is_logged_in());
}

#[test]
fn twenty_entries_are_on_a_page_with_a_link_to_the_earlier_ones() {
    let site = Setup::new().patient().build();
    let mut ada = ada(&site);
    for _ in 0..30 {
        site.visitor().log_in("ada@example.org", "wrong"); // all within the same second
    }
    ada.log_in("ada@example.org", PASSWORD);
    let first = ada.get("/settings/activity");
    assert_eq!((sentences(&first).len(), first.says("Newest")), (20, false));
    let link = first.values("href").into_iter().find(|link| link.contains("before=")).unwrap();
    let second = ada.get(&link);
    let rest = sentences(&second);
    assert_eq!((rest.len(), &*rest[11]), (12, "You signed up / Firefox on Linux · 203.0.113.7"));
    assert!(second.says("Newest") && !second.says(">Older<"));
    assert_eq!(sentences(&first)[0], "You logged in / Firefox on Linux · 203.0.113.7");
    for before in ["", "x", "%00", "'", "%ff"] {
        let page = ada.get(&format!("/settings/activity?before={before}"));
        assert!(sentences(&page).is_empty() && page.says("That's everything."), "{before}");
    }
}

#[test]
fn times_are_written_for_people_and_for_programs() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let page = ada.get("/settings/activity");
    assert!(page.says(
        "<time datetime=\"2026-01-01T00:00:00Z\" title=\"1 January 2026, 00:00 UTC\">00:00 UTC</time>"
    ));
    assert!(page.says("Activity in your account over the last 90 days."));
}

#[test]
fn the_entries_are_grouped_by_day() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let headings = |visitor: &mut Visitor<'_>| {
        let page = visitor.get("/settings/activity");
        let found = page.pieces("<h2>", "</h2>");
        found.iter().map(|heading| heading.trim_start_matches("<h2>").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(headings(&mut ada), ["Today"]);
    for (days, expected) in [
        (1, ["Today", "Yesterday"].to_vec()),
        (1, ["Today", "Yesterday", "Thursday, 1 January 2026"].to_vec()),
    ] {
        site.clock.advance(days * 24 * 3_600);
        ada.log_in("ada@example.org", PASSWORD);
        assert_eq!(headings(&mut ada), expected);
    }
}

#[test]
fn the_four_kinds_that_matter_have_a_mark() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    site.visitor().log_in("ada@example.org", "wrong");
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
    let chosen = [("current_password", PASSWORD), ("new_password", "another good one, not guessed")];
    assert_eq!(ada.submit("/settings/password", &chosen).location(), "/settings/account");
    site.clock.advance(2);
    let asked = ada.submit("/settings/email", &[("email", "ada@new.example")]);
    assert_eq!(asked.location(), "/settings/account");
    let page = ada.get("/settings/activity");
    let marks = page.pieces("<span class=\"mark ", "</span>");
    let words: Vec<_> = marks.iter().map(|mark| mark.split('>').nth(1).unwrap()).collect();
    assert_eq!(words, ["Email address", "Password", "New browser", "Wrong password"]);
}

#[test]
fn wrong_codes_and_changes_of_second_factors_have_a_mark_too() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let (wrong, security) = (vec!["wrong-code\">Wrong code"], vec!["security\">Security"]);
    for (event, sentence, expected) in [
        ("factor_wrong", "Wrong code entered, or a passkey was refused", &wrong),
        ("factors_paused", "Too many wrong codes: new tries have to wait", &wrong),
        ("app_stopped", "your authenticator app has to be set up again", &wrong),
        ("factor_added", "An authenticator app or a passkey was added", &security),
        ("factor_removed", "An authenticator app, a passkey or recovery codes were removed", &security),
        ("factor_replaced", "Your authenticator app was replaced by another one", &security),
        ("two_factor_on", "Two-factor authentication was turned on", &security),
        ("two_factor_off", "Two-factor authentication was turned off", &security),
        ("recovery_code_made", "A recovery code was made for your account", &security),
        ("recovery_code_used", "A recovery code was used", &security),
        ("recovery_codes_kept", "Recovery codes were set up: only these work", &security),
        ("passkey_counter", "A passkey was used that may have been copied", &security),
        ("passkeys_woken", "Your passkeys work without your password again", &security),
        // No stranger gains by these.
        ("passkey_renamed", "You renamed a passkey", &Vec::new()),
        ("passkey_backup_changed", "The backup of a passkey was turned on or off", &Vec::new()),
        ("passkeys_rest", "Your passkeys now need your password as well", &Vec::new()),
    ] {
        let changed = format!("update audit set event = '{event}' where event <> 'logged_in'");
        assert_eq!(site.change(changed.leak()), 1);
        let page = ada.get("/settings/activity");
        assert!(page.says(sentence), "{event}: {}", page.body);
        let marks = page.pieces("<span class=\"mark ", "</span>");
        let marks: Vec<_> = marks.iter().map(|mark| mark.trim_start_matches("<span class=\"mark ")).collect();
        assert_eq!(marks, *expected, "{event}");
    }
}
