//! A form sent twice: at the same moment, as by a double click, or again by a visitor who is tired of waiting
//! for the page. Its work is done once, and both requests get the same answer.

use rocket::http::Status;

use crate::forms_sent_twice::{BOB, CHECK, NEW, forms};
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor, at_once_on};

fn site() -> TestSite {
    Setup::new().patient().mail().build()
}

/// What a visitor reads after the redirect to `location`, even if it leads on to the login page.
fn read(visitor: &mut Visitor<'_>, location: &str) -> String {
    let page = visitor.get(location);
    let page = if page.status == Status::SeeOther { visitor.get(page.location()) } else { page };
    if page.says(&format!("<h1>{CHECK}</h1>")) { CHECK.to_owned() } else { page.notices().concat() }
}

fn jar<'j>(visitor: &'j Visitor<'_>) -> Vec<(&'j str, &'j str)> {
    visitor.jar.iter().map(|(name, value)| (&**name, &**value)).collect()
}

#[test]
fn a_form_sent_again_with_the_same_cookies_is_done_once() {
    for (form, sender) in forms() {
        let site = site();
        let mut browser = sender(&site);
        let value = browser.get(form.page).form_value();
        let mut again = browser.clone();
        let before = form.counts(&site);
        let first = browser.submit(form.path, &form.with(&value));
        form.assert_answer(first.status, first.location());
        form.assert_once(&site, before);
        let second = again.submit(form.path, &form.with(&value));
        form.assert_answer(second.status, second.location());
        form.assert_once(&site, before);
        let given = second.all("set-cookie").into_iter();
        let given: Vec<_> = given.filter(|line| !line.starts_with("_flash=")).collect();
        assert!(given.is_empty(), "{}: the second answer sets {given:?}", form.path);
        assert_eq!(second.set_cookie("_flash").is_empty(), form.notice.is_empty(), "{}", form.path);
        assert_eq!(read(&mut browser, form.location), form.notice, "{}", form.path);
        assert_eq!(read(&mut again, form.location), form.second.unwrap_or(form.notice), "{}", form.path);
    }
}

#[test]
fn a_form_sent_twice_at_the_same_moment_is_done_once() {
    for (form, sender) in forms() {
        let site = site();
        let mut browser = sender(&site);
        let value = browser.get(form.page).form_value();
        let before = form.counts(&site);
        for (status, location) in site.at_once_with(3, form.path, &form.with(&value), &jar(&browser)) {
            form.assert_answer(status, &location);
        }
        form.assert_once(&site, before);
    }
}

#[test]
fn a_form_sent_to_two_instances_at_the_same_moment_is_done_once() {
    for (form, sender) in forms() {
        let site = site();
        let mut browser = sender(&site);
        let value = browser.get(form.page).form_value();
        let before = form.counts(&site);
        let other = site.another();
        let sites = [&site, &other, &site, &other];
        for (status, location) in at_once_on(&sites, form.path, &form.with(&value), &jar(&browser)) {
            form.assert_answer(status, &location);
        }
        form.assert_once(&site, before);
    }
}

#[test]
fn a_copied_form_gets_nothing() {
    for (form, sender) in forms() {
        let site = site();
        let mut browser = sender(&site);
        let value = browser.get(form.page).form_value();
        browser.submit(form.path, &form.with(&value));
        let mut thief = site.visitor();
        let answer: Answer = thief.submit(form.path, &form.with(&value));
        form.assert_answer(answer.status, answer.location());
        assert!(thief.jar.iter().all(|(name, _)| name == "_flash"), "{}: {:?}", form.path, thief.jar);
        assert!(!thief.is_logged_in(), "{}", form.path);
    }
}

#[test]
fn a_device_is_logged_out_once_and_the_next_button_of_the_page_is_another_form() {
    let site = site();
    let mut ada = site.ada_by_mail();
    for _ in 0..2 {
        site.visitor().log_in(ADA, PASSWORD);
    }
    let page = ada.get("/settings/devices");
    let value = page.form_value();
    let ids: Vec<_> = page.pieces("name=\"id\" value=\"", "\">").into_iter().collect();
    let ids: Vec<_> = ids.into_iter().map(|id| id.rsplit('"').next().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 3);
    let ended = || site.number("select count(*) from audit where event = 'device_ended'");
    let here = "select id from sessions order by created_at, id limit 1";
    let here = site.text(here);
    for (at, id) in ids.iter().filter(|id| **id != here).enumerate() {
        for _ in 0..2 {
            let answer = ada.submit("/settings/devices/end", &[("form", &value), ("id", id)]);
            assert_eq!(answer.location(), "/settings/devices");
            assert_eq!(ended(), at as i64 + 1);
        }
    }
    let mut again = ada.clone();
    for browser in [&mut ada, &mut again] {
        let answer = browser.submit("/settings/devices/end", &[("form", &value), ("id", &here)]);
        assert_eq!(answer.location(), "/");
        assert_eq!(browser.get("/").notices(), ["You have been logged out."]);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'logged_out'"), 1);
    assert_eq!(site.number("select count(*) from sessions"), 0);
}

#[test]
fn without_email_a_sign_up_makes_one_account_and_closing_it_happens_once() {
    let site = Setup::new().patient().build();
    let mut bob = site.visitor();
    let value = bob.get("/signup").form_value();
    let fields = [("form", &*value), ("email", BOB), ("name", "Bob"), ("password", NEW)];
    for mut browser in [bob.clone(), bob.clone()] {
        assert_eq!(browser.submit("/signup", &fields).location(), "/login");
        assert_eq!(browser.get("/login").notices(), ["Your account is ready. Please log in."]);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'signed_up'"), 1);
    // Typed again, it is another form, and the address has an account.
    assert_eq!(bob.fill_in("/signup", "/signup", &fields[1..]).location(), "/signup");
    bob.log_in(BOB, NEW);
    let value = bob.get("/settings/close").form_value();
    let fields = [("form", &*value), ("email", BOB), ("password", NEW)];
    for mut browser in [bob.clone(), bob.clone()] {
        assert_eq!(browser.submit("/settings/close", &fields).location(), "/");
        assert_eq!(browser.get("/").notices(), ["Your account has been deleted."]);
    }
    assert_eq!(site.number("select count(*) from accounts"), 0);
}

/// The answer to a login is its cookie, which cannot be made again from any row: the password is checked once
/// more.
#[test]
fn a_login_sent_twice_makes_one_session_that_each_answer_opens() {
    let site = site();
    site.ada_by_mail();
    site.change("delete from sessions");
    let counts = || {
        let mails = site.mails().len();
        let events =
            "select count(*) from audit where event like 'logged_in%' or event = 'device_remembered'";
        let devices = site.number("select count(*) from remember_tokens");
        (site.number("select count(*) from sessions"), devices, site.number(events), mails)
    };
    let before = counts();
    let mut first = site.visitor();
    let value = first.get("/login").form_value();
    let mut second = first.clone();
    let fields = [("form", &*value), ("email", ADA), ("password", PASSWORD), ("remember", "yes")];
    assert_eq!(first.submit("/login", &fields).location(), "/profile");
    assert_eq!(counts(), (1, 1, before.2 + 2, before.3 + 1), "one email reports a new browser");
    let after_one = counts();
    assert_eq!(second.submit("/login", &fields).location(), "/profile");
    assert_eq!(counts(), after_one);
    assert!(second.is_logged_in());
    second.jar.retain(|(name, _)| name != "session");
    assert!(second.is_logged_in(), "the device is remembered");
    assert!(!first.is_logged_in(), "there is one session, and the last click has it");
    for (status, location) in site.at_once_with(3, "/login", &fields, &[]) {
        assert_eq!((status, &*location), (Status::SeeOther, "/profile"));
    }
    assert_eq!(counts(), after_one);
}

#[test]
fn a_copied_login_form_from_elsewhere_is_a_separate_login_and_reported() {
    let site = site();
    site.ada_by_mail();
    site.change("delete from sessions");
    let mut ada = site.visitor_from("203.0.113.7");
    let value = ada.get("/login").form_value();
    let fields = [("form", &*value), ("email", ADA), ("password", PASSWORD)];
    ada.submit("/login", &fields);
    let logged_in = || site.number("select count(*) from audit where event like 'logged_in%'");
    let (before, mails) = (logged_in(), site.mails().len());
    let mut thief = site.visitor_from("198.51.100.1");
    assert_eq!(thief.submit("/login", &fields).location(), "/profile");
    assert_eq!((logged_in(), site.mails().len()), (before + 1, mails + 1));
    assert!(ada.is_logged_in() && thief.is_logged_in());
    let value = ada.get("/profile").form_value();
    assert_eq!(ada.submit("/logout", &[("form", &value)]).location(), "/");
    assert_eq!(
        ada.submit("/login", &fields).location(),
        "/profile",
        "its session has ended, so it is a new login"
    );
    assert_eq!(logged_in(), before + 2);
}

#[test]
fn a_login_repeated_with_a_former_password_is_refused() {
    let site = site();
    let mut owner = site.ada_by_mail();
    let mut ada = site.visitor();
    let value = ada.get("/login").form_value();
    let fields = [("form", &*value), ("email", ADA), ("password", PASSWORD)];
    assert_eq!(ada.clone().submit("/login", &fields).location(), "/profile");
    owner.submit("/settings/password", &[("current_password", PASSWORD), ("new_password", NEW)]);
    assert_eq!(ada.submit("/login", &fields).location(), "/login");
    assert!(!ada.is_logged_in());
}

/// The second request arrives when the first has logged the visitor in.
#[test]
fn a_login_sent_twice_leads_to_the_wanted_page_both_times() {
    let site = site();
    site.ada_by_mail();
    let mut ada = site.visitor();
    let value = ada.get("/login?next=%2Fsettings%2Fdevices").form_value();
    let fields = [("form", &*value), ("next", "/settings/devices"), ("email", ADA), ("password", PASSWORD)];
    for _ in 0..3 {
        let answer = ada.submit("/login", &fields);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/devices"));
    }
    // The same if the destination stands in the address of the form.
    let mut ada = site.visitor();
    for _ in 0..2 {
        let answer =
            ada.submit("/login?next=%2Fsettings%2Fdevices", &[("email", ADA), ("password", PASSWORD)]);
        assert_eq!(answer.location(), "/settings/devices");
    }
}
