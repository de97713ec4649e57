//! A forgotten password: the same page, status and time for everyone. The link is sent to the stored address
//! and nowhere else.

use std::time::{Duration, Instant};

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite};

pub const NEW: &str = "seven lazy violet teapots";

pub fn with_mail() -> TestSite {
    Setup::new().mail().build()
}

fn ask(site: &TestSite, email: &str) -> Answer {
    site.visitor().submit("/forgot", &[("email", email)])
}

#[test]
fn a_link_from_an_email_sets_a_new_password_and_the_owner_gets_an_email() {
    let site = with_mail();
    let mut device = site.ada_by_mail();
    site.clock.advance(180);
    let mut ada = site.visitor();
    let answer = ada.submit("/forgot", &[("email", " ADA@example.ORG")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/forgot"));
    let page = ada.get("/forgot");
    assert!(page.says("<h1>Check your email</h1>"));
    assert!(page.says(
        "we've sent it an email. Open it and follow the link within an hour to choose a new password."
    ));
    assert_eq!(site.newest(ADA).subject, "Choose a new password for Vestibule");
    assert!(site.newest(ADA).text.contains("Hello Ada,"));
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    assert!(!ada.is_logged_in() && !device.is_logged_in());
    assert_eq!(site.newest(ADA).subject, "Your password at Vestibule was changed");
    assert_eq!(ada.log_in(ADA, NEW).location(), "/profile");
    let activity = ada.get("/settings/activity");
    assert!(activity.says("Someone asked for a link to choose a new password"), "{}", activity.body);
}

#[test]
fn an_address_and_a_tick_that_are_known_are_not_asked_for_again() {
    let site = with_mail();
    site.ada_by_mail();
    let knows = |page: Answer| page.says("value=\"ada@example.org\"");
    let mut ada = site.visitor();
    ada.log_in_remembered(ADA, "wrong horse battery");
    let login = ada.get("/login");
    assert!(login.says("name=\"remember\" value=\"yes\" checked") && knows(login));
    assert!(knows(ada.get("/forgot")), "after a failed login");
    site.clock.advance(180);
    let mut owner = site.visitor();
    owner.get(&site.reset_link(ADA));
    assert_eq!(owner.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    assert!(knows(owner.get("/login")), "after a new password");
    owner.log_in(ADA, NEW);
    assert!(knows(owner.get("/forgot")), "logged in");
    // From the page that asks for the password of an account not confirmed yet.
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    let mut bob = site.visitor();
    bob.get(&site.mailed_link("bob@example.org"));
    assert!(bob.get("/forgot").says("value=\"bob@example.org\""));
}

#[test]
fn everyone_gets_the_same_answer_and_only_the_stored_address_gets_an_email() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    site.visitor().sign_up("eve@example.org", "Eve", PASSWORD);
    site.mails();
    site.change("update accounts set disabled_at = 1 where email = 'eve@example.org'");
    site.clock.advance(180);
    let before = site.mails().len();
    let plain = |answer: Answer| (answer.status, answer.location().to_owned(), answer.body.len());
    let all = [
        "ada@example.org",
        "nobody@example.org",
        "eve@example.org",
        "\u{131}da@example.org",
        "ad\u{430}@example.org",
    ];
    let answers: Vec<_> = all.map(|email| plain(ask(&site, email))).into();
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    let mails = site.mails();
    assert_eq!(mails.len(), before + 1);
    assert_eq!(mails.last().unwrap().to, ADA);
    for odd in
        ["email=ada%40example.org&email=mallory%40example.org", "email[]=ada%40example.org", "", "email="]
    {
        assert_eq!(site.visitor().post("/forgot", odd).status, Status::UnprocessableEntity, "{odd}");
    }
    assert_eq!(site.mails().len(), before + 1);
}

/// Requests for both take turns. A busy machine blurs a round, but a real difference shows in every round.
#[test]
fn everyone_waits_for_the_same_time() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    let timed = |email: &str| {
        site.clock.advance(2);
        let begun = Instant::now();
        ask(&site, email);
        begun.elapsed()
    };
    let median = |mut times: Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let round = || {
        let (known, unknown): (Vec<_>, Vec<_>) =
            (0..60).map(|_| (timed(ADA), timed("bob@example.org"))).unzip();
        median(known) / median(unknown)
    };
    let mut ratios = Vec::new();
    for _ in 0..5 {
        let ratio = round();
        if (ratio - 1.0).abs() < 0.25 {
            return;
        }
        ratios.push(ratio);
    }
    panic!("ratios of known to unknown, by round: {ratios:?}");
}

#[test]
fn links_begin_with_the_base_url_whatever_the_request_says() {
    let site = with_mail();
    site.ada_by_mail();
    site.clock.advance(180);
    let mut thief = site
        .visitor()
        .sending("Host", "evil.test")
        .sending("X-Forwarded-Host", "evil.test")
        .sending("Forwarded", "host=evil.test");
    assert_eq!(thief.submit("/forgot", &[("email", ADA)]).status, Status::SeeOther);
    let mail = site.newest(ADA);
    assert!(mail.text.contains("http://localhost:8000/reset?token="), "{}", mail.text);
    assert!(!mail.text.contains("evil") && !mail.html.contains("evil"));
}

#[test]
fn a_used_link_a_changed_password_and_an_hour_end_it() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    let link = || {
        site.clock.advance(2);
        ask(&site, ADA);
        site.mailed_link(ADA)
    };
    let is_good = |link: &str| {
        let mut visitor = site.visitor();
        visitor.get(link);
        visitor.get("/reset").status == Status::Ok
    };
    let (first, second) = (link(), link());
    assert!(is_good(&first) && is_good(&second), "both emails work");
    site.clock.advance(60 * 60 - 1);
    assert!(is_good(&second));
    site.clock.advance(1);
    assert!(!is_good(&first) && !is_good(&second));
    let (used, other) = (link(), link());
    let mut owner = site.visitor();
    owner.get(&used);
    assert_eq!(owner.submit("/reset", &[("new_password", PASSWORD)]).location(), "/login");
    assert!(!is_good(&used) && !is_good(&other));
    ada.log_in(ADA, PASSWORD);

    let third = link();
    ada.submit("/reauthenticate", &[("password", PASSWORD)]);
    let passwords = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(ada.submit("/settings/password", &passwords).location(), "/settings/account");
    assert!(!is_good(&third));

    let fourth = link();
    site.change("update accounts set email = 'ada@x.test', email_key = 'ada@x.test'");
    assert!(!is_good(&fourth), "it was sent to the former address");
}

#[test]
fn a_request_waits_for_the_mail_server_and_its_link_is_made_then() {
    let site = with_mail();
    site.ada_by_mail();
    site.clock.advance(180);
    ask(&site, ADA);
    assert_eq!(site.number("select count(*) from links"), 0, "no link is made before its email is sent");
    site.clock.advance(3_600);
    let link = site.mailed_link(ADA);
    site.clock.advance(60 * 60 - 1);
    let mut ada = site.visitor();
    ada.get(&link);
    assert_eq!(ada.get("/reset").status, Status::Ok, "its hour begins when it is sent");
}

#[test]
fn emails_are_limited_per_address_and_per_network() {
    let site = with_mail();
    site.ada_by_mail();
    let asking = |number: usize| {
        site.visitor_from(&format!("203.0.113.{number}")).submit("/forgot", &[("email", ADA)])
    };
    let before = site.mails().len();
    for number in 0..100 {
        assert_eq!(asking(number).status, Status::SeeOther, "the answer does not change");
        site.clock.advance(36);
        site.mails();
    }
    let sent = site.mails().len() - before;
    assert!((4..=6).contains(&sent), "{sent} emails in an hour");

    let mut busy = site.visitor_from("198.51.100.7");
    for number in 0..20 {
        let email = format!("nobody{number}@example.org");
        assert_eq!(busy.submit("/forgot", &[("email", &email)]).status, Status::SeeOther);
    }
    let answer = busy.submit("/forgot", &[("email", "one-more@example.org")]);
    assert_eq!(answer.status, Status::TooManyRequests);
    assert!(answer.says("Too many emails were requested from your internet connection. Wait"));
    assert!(!answer.header("retry-after").is_empty());
    assert!(site.visitor().log_in(ADA, PASSWORD).location() == "/profile", "it locks no one out");
}

#[test]
fn a_new_password_leads_to_where_the_visitor_wanted_to_go() {
    let site = with_mail();
    site.ada_by_mail();
    site.clock.advance(180);
    let mut ada = site.visitor();
    let login = ada.get("/settings/devices").location().to_owned();
    let forgot = login.replace("/login", "/forgot");
    assert_eq!(ada.submit(&forgot, &[("email", ADA)]).location(), forgot);
    // The email is opened in a new tab: nothing but the cookies is left.
    let link = site.mailed_link(ADA);
    let mut elsewhere = site.visitor();
    for browser in [&mut ada, &mut elsewhere] {
        assert_eq!(browser.get(&link).location(), "/reset");
    }
    assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).location(), login);
    let page = ada.get(&login);
    assert!(page.says("name=\"next\" value=\"/settings/devices\""));
    let fields = [("email", ADA), ("password", NEW), ("next", "/settings/devices")];
    assert_eq!(ada.submit("/login", &fields).location(), "/settings/devices");

    // A link for another account has nothing to do with it, and another browser knows nothing of it.
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    let mut shared = site.visitor();
    shared.submit(&forgot, &[("email", ADA)]);
    shared.get(&site.reset_link("bob@example.org"));
    let fields = [("name", "Bob"), ("new_password", NEW)];
    assert_eq!(shared.submit("/reset", &fields).location(), "/login");
    elsewhere.get(&site.reset_link(ADA));
    assert_eq!(elsewhere.submit("/reset", &[("new_password", PASSWORD)]).location(), "/login");
}
