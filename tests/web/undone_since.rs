//! A form sent again after its effect was undone or replaced by something else: it is done again, and the
//! answer is never one that is no longer true.

use rocket::http::Status;
use vestibule::features::account_changes;
use vestibule::people::Actor;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";
const OTHER: &str = "eight eager purple kettles";
const BOB: &str = "bob@example.org";

fn site() -> TestSite {
    Setup::new().patient().mail().build()
}

/// The form of a page, with the hidden value of that page. It can be sent any number of times.
struct Tab<'t> {
    value: String,
    path: &'t str,
    fields: &'t [(&'t str, &'t str)],
}

impl Tab<'_> {
    fn send(&self, visitor: &mut Visitor<'_>) -> Answer {
        visitor.submit(self.path, &[&[("form", &*self.value)], self.fields].concat())
    }
}

fn tab<'t>(
    visitor: &mut Visitor<'_>,
    (page, path): (&str, &'t str),
    fields: &'t [(&'t str, &'t str)],
) -> Tab<'t> {
    Tab { value: visitor.get(page).form_value(), path, fields }
}

#[test]
fn a_name_that_was_changed_back_elsewhere_is_changed_again() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let account = "/settings/account";
    let form = tab(&mut ada, (account, account), &[("name", "Countess")]);
    for sent in [1, 2] {
        assert_eq!(form.send(&mut ada).location(), account);
        assert_eq!(site.text("select name from accounts"), "Countess", "sent {sent} times");
        assert_eq!(form.send(&mut ada).location(), account, "a double click");
        assert_eq!(ada.get(account).notices(), ["Your name has been changed."]);
        ada.submit(account, &[("name", "Ada")]);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'name_changed'"), 4);
}

#[test]
fn setting_the_current_name_is_no_change() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let (account, mails) = ("/settings/account", site.mails().len());
    let unchanged = "That is already your name, so nothing has changed.";
    for told in ["Your name has been changed.", unchanged, unchanged] {
        assert_eq!(ada.fill_in(account, account, &[("name", "Countess")]).location(), account);
        assert_eq!(ada.get(account).notices(), [told]);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'name_changed'"), 1);
    assert_eq!(site.mails().len(), mails, "a changed name is no alarm");
}

#[test]
fn a_login_made_since_is_logged_out_with_all_others() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let devices = "/settings/devices";
    let form = tab(&mut ada, (devices, "/settings/devices/end-others"), &[]);
    for _ in 0..2 {
        let mut thief = site.visitor();
        assert_eq!(thief.log_in_remembered(ADA, PASSWORD).location(), "/profile");
        assert_eq!(form.send(&mut ada).location(), devices);
        assert_eq!(ada.get(devices).notices(), ["You have been logged out everywhere else."]);
        assert!(!thief.is_logged_in() && ada.is_logged_in());
    }
    assert_eq!(site.number("select count(*) from audit where event = 'others_ended'"), 2);
}

#[test]
fn the_button_of_an_old_page_logs_out_of_a_later_session_too() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let form = tab(&mut ada, ("/profile", "/logout"), &[]);
    for _ in 0..2 {
        assert_eq!(form.send(&mut ada).location(), "/");
        assert!(!ada.is_logged_in());
        ada.log_in(ADA, PASSWORD);
    }
    let here = site.text("select id from sessions").leak();
    let fields = [("id", &*here)];
    let form = tab(&mut ada, ("/settings/devices", "/settings/devices/end"), &fields);
    assert_eq!(form.send(&mut ada).location(), "/", "it was this session");
    ada.log_in(ADA, PASSWORD);
    assert_eq!(form.send(&mut ada).location(), "/settings/devices", "it is another session now");
    assert!(ada.is_logged_in());
}

#[test]
fn a_password_is_changed_again_or_the_old_one_is_wrong() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let password = "/settings/password";
    let form = tab(&mut ada, (password, password), &[("current_password", PASSWORD), ("new_password", NEW)]);
    assert_eq!(form.send(&mut ada).location(), "/settings/account");
    assert_eq!(form.send(&mut ada).location(), "/settings/account", "a double click");
    assert_eq!(site.number("select count(*) from audit where event = 'password_changed'"), 1);
    ada.submit(password, &[("current_password", NEW), ("new_password", PASSWORD)]);
    assert_eq!(form.send(&mut ada).location(), "/settings/account");
    assert_eq!(site.visitor().log_in(ADA, NEW).location(), "/profile", "the new password is set again");
    ada.submit(password, &[("current_password", NEW), ("new_password", OTHER)]);
    let answer = form.send(&mut ada);
    assert!(answer.status == Status::UnprocessableEntity && answer.says("This is not your password."));
    assert_eq!(site.visitor().log_in(ADA, OTHER).location(), "/profile");
}

#[test]
fn the_password_is_needed_again_when_the_session_is_no_longer_fresh() {
    let site = Setup::new().patient().mail().with("fresh_for", "1m").build();
    let mut ada = site.ada_by_mail();
    site.clock.advance(60);
    let fields = [("next", "/settings/email"), ("password", PASSWORD)];
    let form = tab(&mut ada, ("/reauthenticate?next=%2Fsettings%2Femail", "/reauthenticate"), &fields);
    for _ in 0..2 {
        assert_eq!(form.send(&mut ada).location(), "/settings/email");
        assert_eq!(ada.get("/settings/email").status, Status::Ok, "it is fresh");
        site.clock.advance(60);
    }
}

#[test]
fn the_address_of_an_account_deleted_since_is_signed_up_again() {
    for (site, next) in [(site(), "/confirm/new"), (Setup::new().patient().build(), "/login")] {
        let mut bob = site.visitor();
        let form =
            tab(&mut bob, ("/signup", "/signup"), &[("email", BOB), ("name", "Bob"), ("password", PASSWORD)]);
        for _ in 0..2 {
            assert_eq!(form.send(&mut bob).location(), next);
            assert_eq!(site.number("select count(*) from accounts"), 1);
            let mails = site.mails().len();
            assert_eq!(form.send(&mut bob).location(), next, "a double click");
            assert_eq!(site.mails().len(), mails);
            let account = site.account(BOB);
            site.runtime
                .block_on(account_changes::delete(&site.site, &account, Actor::CommandLine))
                .unwrap()
                .unwrap();
        }
    }
}

#[test]
fn a_sign_up_sent_again_after_confirmation_leads_to_the_profile() {
    let site = site();
    let mut ada = site.visitor();
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD)];
    let form = tab(&mut ada, ("/signup", "/signup"), &fields);
    form.send(&mut ada);
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
    assert_eq!(form.send(&mut ada).location(), "/profile");
}

#[test]
fn a_link_that_was_used_or_lost_can_be_requested_again() {
    let site = Setup::new().mail().build();
    site.ada_by_mail();
    let mut ada = site.visitor();
    let form = tab(&mut ada, ("/forgot", "/forgot"), &[("email", ADA)]);
    let told =
        || site.subjects(ADA).iter().filter(|subject| subject.starts_with("Choose a new password")).count();
    form.send(&mut ada);
    assert_eq!(told(), 1);
    site.clock.advance(179);
    form.send(&mut ada);
    assert_eq!(told(), 1, "the next email may not be sent yet");
    site.clock.advance(1);
    assert_eq!(form.send(&mut ada).location(), "/forgot");
    assert_eq!(told(), 2);
}

#[test]
fn the_first_of_two_new_addresses_can_be_requested_again() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let email = "/settings/email";
    let form = tab(&mut ada, (email, email), &[("email", "first@example.org")]);
    form.send(&mut ada);
    site.mails();
    ada.submit(email, &[("email", "second@example.org")]);
    site.mails();
    assert_eq!(form.send(&mut ada).location(), "/settings/account");
    assert_eq!(site.number("select count(*) from audit where event = 'email_change_asked'"), 3);
}

#[test]
fn a_used_link_says_so_after_another_change() {
    let site = site();
    site.ada_by_mail();
    site.visitor().log_in(ADA, PASSWORD);
    let mut ada = site.visitor();
    ada.get(&site.mailed_link(ADA));
    let form = tab(&mut ada, ("/secure", "/secure"), &[]);
    assert_eq!(form.send(&mut ada).location(), "/login");
    assert_eq!(form.send(&mut ada).location(), "/login", "a double click");
    let link = site.mailed_link(ADA);
    ada.get(&link);
    let reset = tab(&mut ada, ("/reset", "/reset"), &[("new_password", NEW)]);
    assert_eq!(reset.send(&mut ada).location(), "/login");
    assert_eq!(form.send(&mut ada).status, Status::Gone, "it does not log everything out");
    assert_eq!(reset.send(&mut ada).location(), "/login", "a double click");
    ada.log_in(ADA, NEW);
    assert_eq!(reset.send(&mut ada).status, Status::Gone, "it sets no password");
}

#[test]
fn changes_by_the_operator_count_too() {
    let site = site();
    let mut ada = site.ada_by_mail();
    let account = "/settings/account";
    let form = tab(&mut ada, (account, account), &[("name", "Countess")]);
    form.send(&mut ada);
    let rows = "select count(*) from submissions where account_id is not null";
    assert_eq!(site.number(rows), 1);
    site.runtime
        .block_on(account_changes::disable(&site.site, &site.account(ADA), Actor::CommandLine))
        .unwrap()
        .unwrap();
    assert_eq!(site.number(rows), 0);
    assert_eq!(form.send(&mut ada).location(), "/login?next=%2Fsettings%2Faccount");
}
