//! With email, an account can be used once its owner has proved that they read its address. Those who only
//! claim an address keep nothing of it.

use rocket::http::Status;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";

fn with_mail() -> TestSite {
    Setup::new().mail().build()
}

/// Opens a link from an email and enters a password on its page.
fn confirm(visitor: &mut Visitor<'_>, link: &str, password: &str) -> Status {
    assert_eq!(visitor.get(link).location(), "/confirm");
    visitor.submit("/confirm", &[("password", password)]).status
}

#[test]
fn the_link_and_the_password_confirm_the_address_and_log_in() {
    let site = with_mail();
    let mut ada = site.visitor();
    let answer = ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/confirm/new"));
    let page = ada.get("/confirm/new");
    assert!(page.says("<h1>Check your email</h1>"));
    assert!(page.says(
        "We've sent an email to ada@example.org. Open it and follow the link within 24 hours to finish."
    ));
    assert_eq!(site.subjects(ADA), ["Confirm your email address for Vestibule"]);

    let link = site.mailed_link(ADA);
    let moved = ada.get(&link);
    assert_eq!((moved.status, moved.location()), (Status::SeeOther, "/confirm"));
    let page = ada.get("/confirm");
    assert!(
        page.status == Status::Ok
            && page.says("To confirm ada@example.org, enter the password you chose")
            && !page.says("token")
    );
    assert_eq!(page.pieces("<button type=\"submit\" class=\"primary\"", "</button>").len(), 1);
    let wrong = ada.submit("/confirm", &[("password", NEW)]);
    assert_eq!(wrong.status, Status::UnprocessableEntity);
    assert!(wrong.says("This is not the password of this account. Please try again."));
    assert_eq!(ada.submit("/confirm", &[("password", "")]).status, Status::UnprocessableEntity);
    let answer = ada.submit("/confirm", &[("password", PASSWORD)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/profile"));
    assert_eq!(ada.get("/profile").notices(), ["Your email address is confirmed."]);
    assert!(ada.get("/settings/activity").says("You confirmed your email address"));
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile", "the login works from now on");
    // The link works once.
    let mut again = site.visitor();
    assert_eq!(again.get(&link).location(), "/confirm");
    assert_eq!(again.get("/confirm").status, Status::Gone);
}

#[test]
fn a_link_opened_again_says_what_is_already_true() {
    let site = with_mail();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    let link = site.mailed_link(ADA);
    assert_eq!(confirm(&mut ada, &link, PASSWORD), Status::SeeOther);
    ada.get("/profile");
    assert_eq!(ada.get(&link).location(), "/confirm");
    let answer = ada.get("/confirm");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/profile"));
    assert!(answer.takes_back("confirm"));
    assert_eq!(ada.get("/profile").notices(), ["Your email address is already confirmed."]);
    // Others may have used it before: they log in, or ask for another.
    let mut other = site.visitor();
    other.get(&link);
    let page = other.get("/confirm");
    assert_eq!(page.status, Status::Gone);
    assert!(page.says("href=\"/login\">Log in</a>"));
    assert!(page.says("href=\"/confirm/new\">Send me a new link</a>"));
}

#[test]
fn the_browser_that_signed_up_finds_the_page_with_the_address_again() {
    let site = with_mail();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert!(ada.get("/confirm/new").notices().is_empty(), "the page says it itself");
    ada.jar.retain(|(name, _)| name != "typed");
    let page = ada.get("/confirm/new");
    assert!(page.says("<h1>Check your email</h1>") && page.says("We've sent an email to ada@example.org."));
    assert!(
        page.says("<a href=\"/signup\">Use another address</a>"),
        "the account has the address that was typed"
    );
    // Elsewhere, and if another address is asked for, there is the form.
    for (visitor, path) in [(&mut ada, "/confirm/new?other"), (&mut site.visitor(), "/confirm/new")] {
        let page = visitor.get(path);
        assert!(page.says("<h1>Confirm your email</h1>") && !page.says(ADA), "{path}");
    }
}

#[test]
fn opening_the_link_changes_nothing() {
    let site = with_mail();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let link = site.mailed_link(ADA);
    for _ in 0..3 {
        let mut scanner = site.visitor();
        scanner.get(&link);
        assert_eq!(scanner.get("/confirm").status, Status::Ok);
    }
    assert_eq!(site.number("select count(*) from accounts where confirmed_at is not null"), 0);
    assert_eq!(confirm(&mut site.visitor(), &link, PASSWORD), Status::SeeOther);
}

#[test]
fn before_confirmation_the_right_password_is_answered_like_a_wrong_one() {
    let site = with_mail();
    site.ada_by_mail();
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    // Bob's address is not confirmed, and Ada's account has another password: those who signed up with either
    // address learn nothing from the login.
    let log_in = |email| {
        let mut visitor = site.visitor_from("203.0.113.7");
        let first = visitor.log_in(email, PASSWORD);
        let notices = visitor.get("/login").notices();
        let more = (0..5).map(|_| visitor.log_in(email, PASSWORD));
        let answers: Vec<_> = [first].into_iter().chain(more).collect();
        let plain = answers.iter().map(|answer| (answer.status, answer.location().to_owned()));
        (plain.collect::<Vec<_>>(), notices, visitor.is_logged_in())
    };
    site.change("update passwords set hash = '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' where account_id in (select id from accounts where name = 'Ada')");
    let (ada, bob) = (log_in(ADA), log_in("bob@example.org"));
    assert_eq!(ada, bob);
    let told = "Please check your login details and try again. If you have just signed up, confirm your email address \
                first. Didn't get the confirmation email?";
    assert_eq!(bob.1, [told]);
    assert_eq!(bob.0[5].0, Status::TooManyRequests, "it is counted as a wrong one");
    // The page tells everyone where to request the link again.
    let login = site.visitor().get("/login");
    assert!(login.says("Didn't get the confirmation email?") && login.says("href=\"/confirm/new\""));
    assert!(!TestSite::new().visitor().get("/login").says("/confirm/new"));
}

#[test]
fn the_link_can_be_sent_again_and_the_newer_one_replaces_the_older() {
    let site = with_mail();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    let older = site.mailed_link(ADA);
    site.clock.advance(180);
    let answer = ada.submit("/confirm/new", &[("email", " Ada@EXAMPLE.org ")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/confirm/new"));
    let told = "still needs confirming, we've sent it an email. Open it and follow the link within 24 hours.";
    assert!(ada.get("/confirm/new").says(told));
    let newer = site.mailed_link(ADA);
    assert_ne!(older, newer);
    ada.get(&older);
    assert_eq!(ada.get("/confirm").status, Status::Gone);
    assert_eq!(confirm(&mut ada, &newer, PASSWORD), Status::SeeOther);
    // No one else gets an email, and the answer does not tell.
    for address in [ADA, "bob@example.org"] {
        site.clock.advance(180);
        ada.submit("/confirm/new", &[("email", address)]);
        assert!(ada.get("/confirm/new").says(&format!("If {address} {told}")), "{address}");
    }
    assert_eq!(site.mails().len(), 2);
}

#[test]
fn the_link_is_valid_for_a_day() {
    let site = with_mail();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let (link, mut ada) = (site.mailed_link(ADA), site.visitor());
    site.clock.advance(24 * 3_600 - 1);
    ada.get(&link);
    assert_eq!(ada.get("/confirm").status, Status::Ok);
    site.clock.advance(1);
    assert_eq!(ada.get("/confirm").status, Status::Gone);
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).status, Status::Gone);
}

#[test]
fn a_stranger_who_claimed_an_address_is_locked_out_when_its_owner_confirms_it() {
    let site = Setup::new().mail().with("unconfirmed_login", "yes").build();
    let mut mallory = site.visitor();
    mallory.sign_up(ADA, "Mallory", NEW);
    assert_eq!(mallory.log_in_remembered(ADA, NEW).location(), "/profile");
    site.clock.advance(180);
    // Ada signs up too. An email tells her that there is an account.
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(site.subjects(ADA)[1], "You already have an account at Vestibule");
    assert!(!site.newest(ADA).text.contains("Mallory"), "the email contains nothing of the stranger");
    // The link was sent because of Mallory, but alone it does not help Mallory: Ada does not know that
    // password.
    let link = super::support::link_in(&site.mails()[0]);
    assert_eq!(confirm(&mut ada, &link, PASSWORD), Status::UnprocessableEntity);
    site.clock.advance(180);
    ada.submit("/forgot", &[("email", ADA)]);
    ada.get(&site.mailed_link(ADA));
    let fields = [("name", "Ada"), ("new_password", PASSWORD)];
    assert_eq!(ada.submit("/reset", &fields).location(), "/login");
    assert!(!mallory.is_logged_in());
    mallory.jar.retain(|(name, _)| name == "remember");
    assert!(!mallory.is_logged_in());
    assert_eq!(site.visitor().log_in(ADA, NEW).location(), "/login");
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(site.number("select count(*) from accounts where confirmed_at is not null"), 1);
}

#[test]
fn confirming_ends_every_earlier_session() {
    let site = Setup::new().mail().with("unconfirmed_login", "yes").build();
    let mut device = site.visitor();
    device.sign_up(ADA, "Ada", PASSWORD);
    device.log_in_remembered(ADA, PASSWORD);
    assert!(device.is_logged_in());
    assert_eq!(confirm(&mut site.visitor(), &site.mailed_link(ADA), PASSWORD), Status::SeeOther);
    assert!(!device.is_logged_in());
}

#[test]
fn guesses_on_the_page_of_the_link_are_counted_like_others() {
    let site = with_mail();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let (link, mut thief) = (site.mailed_link(ADA), site.visitor());
    thief.get(&link);
    let statuses: Vec<_> =
        (0..6).map(|_| thief.submit("/confirm", &[("password", NEW)]).status.code).collect();
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    let answer = thief.submit("/confirm", &[("password", PASSWORD)]);
    assert_eq!((answer.status, answer.header("retry-after")), (Status::TooManyRequests, "1"));
}

#[test]
fn of_many_simultaneous_uses_one_succeeds() {
    let site = Setup::new().mail().patient().build();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let (link, mut ada) = (site.mailed_link(ADA), site.visitor());
    ada.get(&link);
    let cookie = ada.cookie("confirm").unwrap().to_owned();
    let answers = site.at_once_with(20, "/confirm", &[("password", PASSWORD)], &[("confirm", &cookie)]);
    assert_eq!(answers.iter().filter(|(status, _)| *status == Status::SeeOther).count(), 1, "{answers:?}");
    assert!(answers.iter().all(|(status, _)| [303, 410].contains(&status.code)), "{answers:?}");
    assert_eq!(site.number("select count(*) from sessions"), 1);
}

#[test]
fn a_taken_address_is_answered_like_a_free_one_in_every_byte() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    site.clock.advance(180);
    let sign_up = |email| {
        let mut visitor = site.visitor();
        let answer = visitor.sign_up(email, "Ada", PASSWORD);
        // Encrypted values have different letters, so a different number of them is escaped; their lengths
        // are the same.
        let length = |value: &str| {
            let (name, rest) = value.split_once('=').unwrap();
            let decoded: Vec<_> =
                url::form_urlencoded::parse(rest.as_bytes()).map(|(text, _)| text.into_owned()).collect();
            format!("{name} {}", decoded[0].chars().count())
        };
        let mut headers: Vec<_> = answer
            .headers
            .iter()
            .filter(|(name, _)| name != "x-request-id" && name != "date")
            .map(|(name, value)| if name == "set-cookie" { length(value) } else { value.clone() })
            .collect();
        headers.sort();
        let page = visitor.get("/confirm/new").without_form_values().replace(email, "");
        (answer.status, headers, page)
    };
    assert_eq!(sign_up("ada@example.org"), sign_up("bob@example.org"));
    let subjects = |address| site.subjects(address).last().cloned().unwrap();
    assert_eq!(subjects("ada@example.org"), "You already have an account at Vestibule");
    assert_eq!(subjects("bob@example.org"), "Confirm your email address for Vestibule");
    assert_eq!(site.number("select count(*) from accounts"), 2);
}

#[test]
fn without_email_no_link_is_needed_and_none_is_sent() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(ada.is_logged_in() && site.number("select count(*) from outbox") == 0);
    assert!(!ada.get("/settings/account").says("not confirmed yet"));
    for (path, fields) in [("/forgot", [("email", ADA)]), ("/confirm/new", [("email", ADA)])] {
        let answer = site.visitor().submit(path, &fields);
        assert_eq!(answer.status, Status::Forbidden, "{path}");
        assert!(
            answer.says("This site doesn't send emails")
                && answer.says("Ask the people who run this site for a link.")
        );
    }
    assert_eq!(site.visitor().get("/confirm/new").status, Status::Forbidden);
}
