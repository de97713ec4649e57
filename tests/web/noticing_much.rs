//! Many events of an account at once: a few emails tell the owner of all of them. None is left out, and none
//! is hidden by the others.

use rocket::http::Status;

use crate::support::{ADA, PASSWORD, Setup};

const NEW: &str = "seven lazy violet teapots";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

#[test]
fn many_events_at_once_are_all_in_one_email() {
    let site = Setup::new().mail().patient().build();
    let mut thief = site.ada_by_mail().sending("User-Agent", FIREFOX);
    // The thief fills the email in order to hide what the owner must not see.
    let renamed = (0..70).filter(|number| {
        let answer = thief.submit("/settings/account", &[("name", &format!("Ada {number}"))]);
        answer.status == Status::SeeOther
    });
    assert_eq!(renamed.count(), 20);
    let mut other = site.visitor_from("203.0.113.7");
    other.log_in(ADA, PASSWORD);
    let passwords = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(other.submit("/settings/password", &passwords).location(), "/settings/account");
    let told = |subject: &str| site.subjects(ADA).iter().filter(|told| told.starts_with(subject)).count();
    assert_eq!(told("Your name"), 5);
    assert_eq!(site.number("select count(*) from outbox"), 1, "one row, however many events it reports");
    assert_eq!(told("Several things"), 0);
    site.clock.advance(12 * 60 + 1);
    assert_eq!(told("Several things"), 1);
    let mail = site.newest(ADA);
    assert_eq!(
        listed(&mail.text),
        [
            "- The name was changed, 15 times, the last on 1 January 2026, 00:00 UTC, from Firefox on Linux.",
            "- Someone logged in from a browser that had not been used with this password before, \
             on 1 January 2026, 00:00 UTC, from an unknown browser, 203.0.113.7.",
            "- The password was changed, and all other devices were logged out, \
             on 1 January 2026, 00:00 UTC, from an unknown browser, 203.0.113.7.",
        ]
    );
    assert!(
        mail.html.contains("<li>The name was changed, 15 times, the last on 1 January 2026"),
        "{}",
        mail.html
    );
    let link = site.mailed_link(ADA);
    assert!(link.starts_with("/secure?token="), "{link}");
    let mut owner = site.visitor();
    owner.get(&link);
    assert_eq!(owner.post("/secure", "").location(), "/login");
    assert!(!thief.is_logged_in() && !other.is_logged_in());
    // An hour later, emails are sent as at first.
    site.clock.advance(2 * 3_600);
    owner.get(&site.mailed_link(ADA));
    owner.submit("/forgot", &[("email", ADA)]);
    owner.get(&site.mailed_link(ADA));
    owner.submit("/reset", &[("new_password", PASSWORD)]);
    assert_eq!(told("Your password"), 1);
}

/// The list in an email about several events.
fn listed(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.starts_with("- ")).collect()
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
    thief.submit("/settings/account", &[("name", "Countess")]);
    let passwords = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(thief.submit("/settings/password", &passwords).location(), "/settings/account");
    for _ in 0..5 {
        site.visitor_from("192.0.2.9").log_in(ADA, "other lazy violet cups");
    }
    assert_eq!(site.subjects(ADA).iter().filter(|told| *told == "A new log-in to Vestibule").count(), 5);
    site.clock.advance(12 * 60 + 1);
    let mail = site.newest(ADA);
    let listed = listed(&mail.text);
    for once in
        ["The name was changed, on", "The password was changed, and all other devices were logged out, on"]
    {
        assert_eq!(listed.iter().filter(|line| line.contains(once)).count(), 1, "{listed:#?}");
    }
    let logins: Vec<_> = listed.iter().filter(|line| line.contains("Someone logged in")).collect();
    assert_eq!(logins.len(), 11, "ten places, and all others in one line: {listed:#?}");
    assert!(logins[9].ends_with("00:00 UTC, from w3m, 203.0.113.14."), "{}", logins[9]);
    assert!(
        logins[10].contains(
            "before, 50 times, the last on 1 January 2026, 00:00 UTC, from other browsers or networks."
        ),
        "{}",
        logins[10]
    );
    assert!(
        mail.html.contains("50 times, the last on") && mail.html.contains("from other browsers or networks.")
    );
    assert!(mail.text.len() < 8_000, "{}", mail.text.len());
}

#[test]
fn held_back_events_are_sent_to_the_address_that_they_are_about() {
    let site = Setup::new().mail().patient().build();
    let mut thief = site.ada_by_mail();
    for number in 0..5 {
        thief.submit("/settings/account", &[("name", &format!("Ada {number}"))]);
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
    assert_eq!(mail.subject, "Several things happened to your account at Vestibule");
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
    let lines = mails.iter().flat_map(|mail| listed(&mail.text));
    let times = |line: &str| {
        line.split_once(" times, ")
            .map_or(1, |(before, _)| before.rsplit(' ').next().unwrap().parse::<usize>().unwrap())
    };
    let told: usize = lines.filter(|line| line.contains("Someone logged in from a browser")).map(times).sum();
    let alone = mails.iter().filter(|mail| mail.subject == "A new log-in to Vestibule").count();
    assert_eq!(alone + told, logins);
}
