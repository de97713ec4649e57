//! Which emails tell owners of events of their accounts, if the address is confirmed; and what they can do
//! about a login that was not theirs.

use rocket::http::Status;

use crate::support::{ADA, PASSWORD, Setup, TestSite};

const NEW: &str = "seven lazy violet teapots";
const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
/// What an email says about something that was done with Firefox at 203.0.113.7.
const LINES: [&str; 3] =
    ["When: 1 January 2026, 00:00 UTC", "Where: internet address 203.0.113.7", "Browser: Firefox on Linux"];

fn with_mail() -> TestSite {
    Setup::new().mail().build()
}

#[test]
fn an_email_reports_a_changed_password_and_where_it_was_changed() {
    let site = with_mail();
    let mut ada = site.ada_by_mail().at("203.0.113.7").sending("User-Agent", FIREFOX);
    let passwords = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(ada.submit("/settings/password", &passwords).location(), "/settings/account");
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "Your password at Vestibule was changed");
    assert!(mail.text.contains("Every other device was logged out."), "{}", mail.text);
    let [when, place, browser] = LINES;
    assert!(mail.text.contains(&format!("\n\n{when}\n{place}\n{browser}\n\n")), "{}", mail.text);
    assert!(mail.html.contains(&format!("<p>{when}<br>{place}<br>{browser}</p>")), "{}", mail.html);
    assert!(mail.text.contains("    http://localhost:8000/forgot\n"));
    // A refused request sends no email.
    let sent = site.mails().len();
    ada.submit(
        "/settings/password",
        &[("current_password", PASSWORD), ("new_password", "other lazy violet cups")],
    );
    assert_eq!(site.mails().len(), sent);
}

/// A name gives no one access. The activity page shows that it was changed.
#[test]
fn no_email_reports_a_changed_name_but_one_that_waits_from_an_earlier_version_is_sent() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let sent = site.mails().len();
    assert_eq!(ada.submit("/settings/account", &[("name", "Countess")]).location(), "/settings/account");
    assert_eq!((site.mails().len(), site.number("select count(*) from outbox")), (sent, 0));
    assert!(ada.get("/settings/activity").says("You changed your name"));
    let waits = "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
                 select 'name', 'name', id, email, '{\"at\":0,\"actor\":\"command_line\"}', 0, 0, 0 from accounts";
    assert_eq!(site.change(waits), 1);
    let mail = site.newest(ADA);
    assert_eq!(mail.subject, "Your name at Vestibule was changed");
    assert!(
        mail.text.contains("\nWhen: 1 January 1970, 00:00 UTC\nDone by: the people who run this site\n"),
        "{}",
        mail.text
    );
}

#[test]
fn an_email_reports_a_login_from_an_unknown_browser() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let told = || site.subjects(ADA).iter().filter(|subject| *subject == "New login to Vestibule").count();
    ada.post("/logout", "");
    ada.log_in(ADA, PASSWORD);
    assert_eq!(told(), 0, "the browser that confirmed the address is known");
    let mut other = site.visitor_from("203.0.113.7").sending("User-Agent", FIREFOX);
    other.log_in(ADA, NEW);
    assert_eq!(told(), 0, "it was refused");
    other.log_in(ADA, PASSWORD);
    assert_eq!(told(), 1);
    let text = site.newest(ADA).text;
    assert!(text.contains("from a browser we haven't seen before, or not since your password was changed."));
    assert!(text.contains(&format!("\n{}\n", LINES.join("\n"))), "{text}");
    other.post("/logout", "");
    other.log_in(ADA, PASSWORD);
    assert_eq!(told(), 1, "once");
}

#[test]
fn the_link_in_that_email_ends_all_sessions_and_starts_a_reset() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let mut thief = site.visitor();
    thief.log_in_remembered(ADA, PASSWORD);
    let link = site.mailed_link(ADA);
    assert!(link.starts_with("/secure?token="), "{link}");
    let mut owner = site.visitor();
    assert_eq!(owner.get(&link).location(), "/secure");
    assert!(
        owner.get("/secure").says("Log out everywhere") && thief.is_logged_in(),
        "opening it changes nothing"
    );
    assert_eq!(owner.post("/secure", "").location(), "/login");
    assert_eq!(
        owner.get("/login").notices(),
        ["You have been logged out everywhere. We've emailed you a link to choose a new password."]
    );
    assert!(!thief.is_logged_in() && !ada.is_logged_in());
    thief.jar.retain(|(name, _)| name == "remember");
    assert!(!thief.is_logged_in());
    assert_eq!(
        thief.log_in(ADA, PASSWORD).location(),
        "/login",
        "the password that the thief knows opens nothing"
    );
    owner.get(&site.mailed_link(ADA));
    assert_eq!(owner.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    assert_eq!(owner.log_in(ADA, NEW).location(), "/profile");
    let mut again = site.visitor();
    again.get(&link);
    assert_eq!(again.get("/secure").status, Status::Gone, "the link works once");
    assert!(
        owner
            .get("/settings/activity")
            .says("Everything was logged out and the password cancelled, from a link in an email")
    );
}

/// The address may be the thief's by now, and then the thief would get the email with the link for a new
/// password.
#[test]
fn after_a_change_of_address_that_link_names_the_email_that_undoes_it() {
    const BACK: &str = "Your email address at Vestibule was changed";
    let site = with_mail();
    site.ada_by_mail();
    let mut thief = site.visitor();
    thief.log_in(ADA, PASSWORD);
    let alarm = site.mailed_link(ADA);
    thief.submit("/settings/email", &[("email", "thief@example.org")]);
    let change = site.mailed_link("thief@example.org");
    let mut owner = site.visitor();
    owner.get(&alarm);
    let value = owner.get("/secure").form_value();
    thief.get(&change);
    assert_eq!(thief.submit("/change-email", &[("password", PASSWORD)]).location(), "/settings/account");
    for answer in [owner.get("/secure"), owner.submit("/secure", &[("form", &value)]), owner.get("/secure")] {
        assert_eq!(answer.status, Status::Gone);
        let names = format!("We sent an email with the subject “{BACK}” to {ADA}.");
        assert!(answer.says(&names), "{}", answer.body);
        assert!(!answer.says("thief@example.org"), "it is sent to the old address");
    }
    assert!(site.subjects(ADA).contains(&BACK.to_owned()));
    assert!(thief.is_logged_in());
    let back = site.newest(ADA);
    assert_eq!(back.subject, BACK);
    site.clock.advance(6 * 24 * 3_600);
    site.change("delete from links where purpose = 'undo'");
    let answer = owner.get("/secure");
    assert_eq!(answer.status, Status::Gone, "its cookie is valid for an hour");
    owner.get(&alarm);
    let answer = owner.get("/secure");
    assert!(
        answer.says("can no longer be undone by email") && answer.says("ask the people who run this site")
    );
    // Those who do not have such a link learn nothing.
    let mut stranger = site.visitor();
    stranger.get(&alarm.replace("token=", "token=x"));
    assert!(stranger.get("/secure").says("This link no longer works"));
}

#[test]
fn the_link_in_that_email_is_valid_for_seven_days() {
    let site = with_mail();
    site.ada_by_mail();
    site.visitor().log_in(ADA, PASSWORD);
    let (link, mut owner) = (site.mailed_link(ADA), site.visitor());
    site.clock.advance(7 * 24 * 3_600 - 1);
    owner.get(&link);
    assert_eq!(owner.get("/secure").status, Status::Ok);
    site.clock.advance(1);
    assert_eq!(owner.post("/secure", "").status, Status::Gone);
}

#[test]
fn each_reported_login_has_a_link_that_the_next_one_does_not_end() {
    let site = with_mail();
    site.ada_by_mail();
    let links: Vec<_> = (0..5)
        .map(|_| {
            site.visitor().log_in(ADA, PASSWORD);
            site.mailed_link(ADA)
        })
        .collect();
    let opens = |link: &str| {
        let mut owner = site.visitor();
        owner.get(link);
        owner.get("/secure").status
    };
    for link in &links {
        assert_eq!(opens(link), Status::Ok);
    }
    let mut owner = site.visitor();
    owner.get(&links[0]);
    assert_eq!(owner.post("/secure", "").location(), "/login");
    for link in &links {
        assert_eq!(opens(link), Status::Gone, "there is nothing left for it to end");
    }
}

#[test]
fn of_twenty_one_links_the_second_has_ended_and_the_first_undoes_most() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    for _ in 0..21 {
        site.visitor().log_in(ADA, PASSWORD);
        site.clock.advance(720); // one at a time
        site.mails();
    }
    assert_eq!(site.number("select count(*) from links where purpose = 'secure'"), 20);
    assert_eq!(site.number("select count(*) from links where purpose = 'secure' and ordinal = 2"), 0);
    assert_eq!(site.number("select min(ordinal) from links where purpose = 'secure'"), 1);
}

#[test]
fn one_email_reports_several_wrong_passwords() {
    let site = with_mail();
    site.ada_by_mail();
    let told =
        || site.subjects(ADA).iter().filter(|subject| *subject == "Failed logins to Vestibule").count();
    let mut stranger = site.visitor();
    for _ in 0..4 {
        stranger.log_in(ADA, NEW);
    }
    assert_eq!(told(), 0);
    for pause in [1, 2, 4, 60] {
        stranger.log_in(ADA, NEW);
        site.clock.advance(pause);
        assert_eq!(told(), 1);
    }
    for _ in 0..8 {
        site.visitor_from("203.0.113.9").log_in("nobody@example.org", NEW);
    }
    assert!(site.subjects("nobody@example.org").is_empty());
}

#[test]
fn an_unconfirmed_address_gets_no_reports() {
    let site = Setup::new().mail().with("unconfirmed_login", "yes").build();
    let mut mallory = site.visitor();
    mallory.sign_up("victim@example.org", "Mallory", PASSWORD);
    mallory.log_in("victim@example.org", PASSWORD);
    for name in ["Buy", "My", "Stuff"] {
        mallory.submit("/settings/account", &[("name", name)]);
    }
    site.visitor().log_in("victim@example.org", PASSWORD);
    mallory.submit("/settings/password", &[("current_password", PASSWORD), ("new_password", NEW)]);
    let subjects = site.subjects("victim@example.org");
    assert_eq!(subjects, ["Confirm your email address for Vestibule"]);
    assert!(!site.mails()[0].text.contains("Mallory") && !site.mails()[0].html.contains("Mallory"));
}

#[test]
fn without_email_nothing_is_reported_and_nothing_waits() {
    let site = TestSite::new();
    let mut ada = site.ada();
    ada.submit("/settings/account", &[("name", "Countess")]);
    site.visitor().log_in(ADA, PASSWORD);
    ada.submit("/settings/password", &[("current_password", PASSWORD), ("new_password", NEW)]);
    for _ in 0..5 {
        site.visitor().log_in(ADA, PASSWORD);
    }
    assert_eq!(site.number("select count(*) from outbox"), 0);
}
