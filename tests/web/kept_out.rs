//! Strangers who guess can make others wait, but only in browsers that are new to the account. They cannot keep
//! out those who have shown, with a link, that they read the emails of the address. Nothing that the owner does
//! ends the pause for others, because that would reveal the account.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor, link_in};

const WRONG: &str = "wrong horse battery";
const NEW: &str = "seven lazy violet teapots";

fn site() -> TestSite {
    Setup::new().mail().with("limit_free_guesses", "5").with("limit_forms", "100000").build()
}

/// Strangers make a hundred wrong guesses at an address, from this network and others, and use up the
/// network's limit as well.
fn besiege(site: &TestSite, email: &str) {
    for number in 0..5 {
        let from = format!("198.51.100.{number}");
        assert_eq!(site.visitor_from(&from).log_in(email, WRONG).location(), "/login");
    }
    site.change("update failed_logins set failures = 100");
    for number in 0..12 {
        site.visitor().log_in(&format!("nobody{number}@example.org"), WRONG);
    }
}

fn reset(site: &TestSite, visitor: &mut Visitor<'_>) {
    assert_eq!(visitor.submit("/forgot", &[("email", ADA)]).location(), "/forgot");
    assert_eq!(visitor.get(&site.mailed_link(ADA)).location(), "/reset");
    assert_eq!(visitor.submit("/reset", &[("new_password", NEW)]).location(), "/login");
}

fn waits(answer: &Answer) -> &str {
    assert_eq!(answer.status, Status::TooManyRequests);
    answer.header("retry-after")
}

#[test]
fn setting_a_password_by_a_link_ends_the_pause_for_that_browser_only() {
    let site = site();
    site.ada_by_mail();
    site.clock.advance(180);
    besiege(&site, ADA);
    let mut ada = site.visitor();
    let refused = ada.log_in(ADA, PASSWORD);
    assert_eq!(refused.status, Status::TooManyRequests);
    let way = "You don't have to wait: we can email you a link to choose a new password, and you can log in at once.";
    assert!(refused.says(way) && refused.values("href").contains(&"/forgot".to_owned()));
    assert!(!ada.get("/login").says(way), "only the refused login shows it");

    let other = site.visitor_from("192.0.2.9").log_in(ADA, PASSWORD);
    reset(&site, &mut ada);
    let mut thief = ada.clone();
    assert_eq!(
        waits(&site.visitor_from("192.0.2.9").log_in(ADA, NEW)),
        waits(&other),
        "others wait as before"
    );
    assert_eq!(ada.log_in(ADA, NEW).location(), "/profile");
    let subjects = site.subjects(ADA);
    assert!(subjects.last().unwrap().contains("New login"), "the browser was not known yet: {subjects:?}");
    // Guesses in this browser are counted too, but only for this browser.
    let guesses: Vec<_> = (0..6).map(|_| thief.log_in(ADA, WRONG).status.code).collect();
    assert_eq!(guesses, [303, 303, 303, 303, 303, 429]);
    assert_eq!(waits(&site.visitor_from("192.0.2.9").log_in(ADA, NEW)), waits(&other));
}

#[test]
fn confirming_by_a_link_logs_in_and_guesses_with_that_link_count_together() {
    let site = site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let link = site.mailed_link(ADA);
    besiege(&site, ADA);
    let confirm = |password| {
        let mut visitor = site.visitor(); // without the cookies of the attempt before
        assert_eq!(visitor.get(&link).location(), "/confirm");
        visitor.submit("/confirm", &[("password", password)]).status.code
    };
    assert_eq!([WRONG; 6].map(confirm), [422, 422, 422, 422, 422, 429]);
    site.clock.advance(1);
    assert_eq!(confirm(PASSWORD), 303);
    let elsewhere = site.visitor_from("192.0.2.9").log_in(ADA, PASSWORD);
    assert_eq!(elsewhere.status, Status::TooManyRequests, "for everyone else the pause continues");
}

#[test]
fn a_pause_looks_the_same_whatever_the_owner_does_meanwhile() {
    type Act = fn(&TestSite, &mut Visitor<'_>);
    let acts: [(&str, Act); 7] = [
        ("nothing: there is no account", |site, _| _ = site.change("delete from accounts")),
        ("a log-in", |_, ada| {
            ada.post("/logout", "");
            assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
        }),
        ("a new password", |_, ada| {
            let fields = [("current_password", PASSWORD), ("new_password", NEW)];
            assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
        }),
        ("a new password by a link", |site, ada| reset(site, ada)),
        ("another address", |site, ada| {
            assert_eq!(ada.submit("/settings/email", &[("email", "new@example.org")]).status.code, 303);
            assert_eq!(ada.get(&site.mailed_link("new@example.org")).location(), "/change-email");
            let done = ada.submit("/change-email", &[("password", PASSWORD)]);
            assert_eq!(done.status, Status::SeeOther, "{}", done.body);
        }),
        ("its end", |_, ada| {
            let closed = ada.submit("/settings/close", &[("email", ADA), ("password", PASSWORD)]);
            assert_eq!(closed.status, Status::SeeOther, "{}", closed.body);
        }),
        ("given back", |site, ada| {
            ada.submit("/settings/email", &[("email", "new@example.org")]);
            ada.get(&site.mailed_link("new@example.org"));
            ada.submit("/change-email", &[("password", PASSWORD)]);
            let mails = site.mails();
            let undo = mails.iter().rfind(|mail| mail.to == ADA && mail.text.contains("restore")).unwrap();
            ada.get(&link_in(undo));
            assert_eq!(ada.post("/restore-email", "").location(), "/login");
        }),
    ];
    for (act, make) in acts {
        let site = site();
        let mut ada = site.ada_by_mail();
        site.clock.advance(180);
        besiege(&site, ADA);
        let stranger = || {
            let answer = site.visitor_from("192.0.2.9").log_in(ADA, WRONG);
            (answer.status, answer.header("retry-after").to_owned())
        };
        let before = stranger();
        assert_eq!(before.0, Status::TooManyRequests);
        make(&site, &mut ada);
        assert_eq!(stranger(), before, "{act}");
    }
}

#[test]
fn constant_requests_for_links_leave_one_that_works() {
    for pause in ["3m", "1h"] {
        let setup = Setup::new().mail().with("limit_mails", "100000").with("limit_forms", "100000");
        let site = setup.with("limit_mail_pause", pause).build();
        site.ada_by_mail();
        site.clock.advance(180);
        let mut sent = 0;
        for minute in 0..6 * 60 {
            site.visitor().submit("/forgot", &[("email", ADA)]);
            let mails: Vec<_> =
                site.mails().into_iter().filter(|mail| mail.text.contains("/reset?token=")).collect();
            sent = mails.len();
            let (mut owner, link) = (site.visitor(), link_in(mails.last().unwrap()));
            owner.get(&link);
            assert_eq!(
                owner.get("/reset").status,
                Status::Ok,
                "{pause}: after {minute} minutes and {sent} links"
            );
            site.clock.advance(61);
        }
        assert!(sent <= 5 + 6, "{pause}: {sent} links");
    }
}

#[test]
fn without_email_no_link_is_offered() {
    let site = Setup::new().with("limit_free_guesses", "1").build();
    site.visitor().log_in(ADA, WRONG);
    let refused = site.visitor().log_in(ADA, WRONG);
    assert!(refused.status == Status::TooManyRequests && !refused.says("You don't have to wait"));
}
