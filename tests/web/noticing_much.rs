//! Many events of an account at once: a few emails tell the owner of all of them. None is left out, and none
//! is hidden by the others.

use crate::support::{ADA, PASSWORD, Setup};

const NEW: &str = "seven lazy violet teapots";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

#[test]
fn many_events_at_once_are_all_in_one_email() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    // The thief fills the email in order to hide what the owner must not see.
    let mut thieves: Vec<_> = (0..20).map(|_| site.visitor().sending("User-Agent", FIREFOX)).collect();
    for thief in &mut thieves {
        assert_eq!(thief.log_in(ADA, PASSWORD).location(), "/profile");
    }
    let mut other = site.visitor_from("203.0.113.7");
    other.log_in(ADA, PASSWORD);
    let passwords = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(other.submit("/settings/password", &passwords).location(), "/settings/account");
    let told = |subject: &str| site.subjects(ADA).iter().filter(|told| told.starts_with(subject)).count();
    assert_eq!(told("New login"), 5);
    assert_eq!(site.number("select count(*) from outbox"), 1, "one row, however many events it reports");
    assert_eq!(told("Several things"), 0);
    site.clock.advance(12 * 60 + 1);
    assert_eq!(told("Several things"), 1);
    let mail = site.newest(ADA);
    let login =
        "Someone logged in from a browser we hadn't seen before, or not since the password was changed.";
    let other_report =
        "When: 1 January 2026, 00:00 UTC | Where: internet address 203.0.113.7 | Browser: Unknown browser";
    assert_eq!(
        listed(&mail.text),
        [
            format!(
                "{login} | When: 15 times, the last on 1 January 2026, 00:00 UTC | Browser: Firefox on Linux"
            ),
            format!("{login} | {other_report}"),
            format!("The password was changed, and every other device was logged out. | {other_report}"),
        ]
    );
    let changed = "<strong>The password was changed, and every other device was logged out.</strong><br>When: 1 January 2026";
    assert!(
        mail.html.contains(changed) && mail.html.contains("<br>When: 15 times, the last"),
        "{}",
        mail.html
    );
    let link = site.mailed_link(ADA);
    assert!(link.starts_with("/secure?token="), "{link}");
    let mut owner = site.visitor();
    owner.get(&link);
    assert_eq!(owner.post("/secure", "").location(), "/login");
    assert!(!other.is_logged_in() && thieves.iter_mut().all(|thief| !thief.is_logged_in()));
    // An hour later, emails are sent as at first.
    site.clock.advance(2 * 3_600);
    owner.get(&site.mailed_link(ADA));
    owner.submit("/forgot", &[("email", ADA)]);
    owner.get(&site.mailed_link(ADA));
    owner.submit("/reset", &[("new_password", PASSWORD)]);
    assert_eq!(told("Your password"), 1);
}

/// The list in an email about several events: what happened, when and where, each on one line.
fn listed(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(what) = line.strip_prefix("- ") {
            found.push(what.to_owned());
        } else if let Some(report) = line.strip_prefix("  ").filter(|report| !report.starts_with(' ')) {
            *found.last_mut().unwrap() += &format!(" | {report}");
        }
    }
    found
}

#[test]
fn a_flood_of_one_kind_of_event_leaves_room_for_the_others_in_the_email() {
    let site = Setup::new().mail().patient().build();
    let mut thief = site.ada_by_mail();
    let browsers = ["Firefox/1", "Chrome/1", "Safari/1", "Lynx/1", "w3m/1"];
    for number in 0..65 {
        let from = site.visitor_from(&format!("203.0.113.{number}"));
        from.sending("User-Agent", browsers[number % browsers.len()]).log_in(ADA, PASSWORD);
    }
    let passwords = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(thief.submit("/settings/password", &passwords).location(), "/settings/account");
    for _ in 0..5 {
        site.visitor_from("192.0.2.9").log_in(ADA, "other lazy violet cups");
    }
    assert_eq!(site.subjects(ADA).iter().filter(|told| *told == "New login to Vestibule").count(), 5);
    site.clock.advance(12 * 60 + 1);
    let mail = site.newest(ADA);
    let listed = listed(&mail.text);
    let password = "The password was changed, and every other device was logged out. | When: 1 January 2026";
    assert_eq!(listed.iter().filter(|entry| entry.starts_with(password)).count(), 1, "{listed:#?}");
    let logins: Vec<_> = listed.iter().filter(|entry| entry.starts_with("Someone logged in")).collect();
    assert_eq!(logins.len(), 11, "ten places, and all others in one entry: {listed:#?}");
    let last_place = "When: 1 January 2026, 00:00 UTC | Where: internet address 203.0.113.14 | Browser: w3m";
    assert!(logins[9].ends_with(last_place), "{}", logins[9]);
    let all_others = [
        "When: 50 times, the last on 1 January 2026, 00:00 UTC",
        "Where: other browsers or internet addresses",
    ];
    assert!(logins[10].ends_with(&all_others.join(" | ")), "{}", logins[10]);
    assert!(mail.html.contains(&all_others.join("<br>")), "{}", mail.html);
    assert!(mail.text.len() < 8_000, "{}", mail.text.len());
}

#[test]
fn held_back_events_are_sent_to_the_address_that_they_are_about() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    for _ in 0..5 {
        site.visitor().log_in(ADA, PASSWORD);
    }
    let mut other = site.visitor_from("203.0.113.7");
    other.log_in(ADA, PASSWORD);
    site.clock.advance(2);
    other.submit("/settings/email", &[("email", "mallory@evil.test")]);
    other.get(&site.mailed_link("mallory@evil.test"));
    assert_eq!(other.submit("/change-email", &[("password", PASSWORD)]).location(), "/settings/account");
    assert!(
        site.mailed_link(ADA).starts_with("/restore-email?token="),
        "the email with that link is not held back"
    );
    site.clock.advance(12 * 60);
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "Several things happened in your account at Vestibule");
    assert!(mail.text.contains("Someone logged in from a browser") && mail.text.contains("203.0.113.7"));
    assert!(!mail.text.contains("token="), "a link would be useless before the change is undone");
    assert!(!mail.html.contains("token=") && mail.text.contains("undo that with the link"), "{}", mail.text);
}

#[test]
fn parallel_events_are_all_reported() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    let answers = site.at_once(20, "/login", &[("email", ADA), ("password", PASSWORD)]);
    let logins = answers.iter().filter(|(_, to)| to == "/profile").count();
    assert!(logins > 5, "{answers:?}");
    site.clock.advance(3_600);
    let mails = site.mails();
    let entries = mails.iter().flat_map(|mail| listed(&mail.text));
    let times = |entry: String| {
        entry
            .split_once(" times, ")
            .map_or(1, |(before, _)| before.rsplit(' ').next().unwrap().parse::<usize>().unwrap())
    };
    let told: usize =
        entries.filter(|entry| entry.contains("Someone logged in from a browser")).map(times).sum();
    let alone = mails.iter().filter(|mail| mail.subject == "New login to Vestibule").count();
    assert_eq!(alone + told, logins);
}
