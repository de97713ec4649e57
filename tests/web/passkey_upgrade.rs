//! A passkey that the browser makes without a question, after a login with the password.

use rocket::http::Status;
use vestibule::base::webauthn::Algorithm;
use vestibule::testing::Authenticator;

use crate::emails::with_mail;
use crate::passkeys_in_settings::registration;
use crate::recovery_codes::new_set;
use crate::second_factor_switch::{add_passkey, turn_on};
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const UPGRADE: &str = "/settings/security/passkeys/upgrade";

/// Whether a page asks the browser.
fn asks(visitor: &mut Visitor<'_>, page: &str) -> bool {
    visitor.get(page).values("data-passkey").contains(&"upgrade".to_owned())
}

/// Whether the browser is asked, on the Security page and at the address that the script asks.
fn is_offered(visitor: &mut Visitor<'_>) -> bool {
    let question = visitor.get(&format!("{UPGRADE}/options"));
    assert_eq!(question.status, Status::Ok);
    let security = asks(visitor, "/settings/security");
    assert_eq!(question.body != "null", security);
    security
}

#[test]
fn the_first_page_after_a_login_with_the_password_asks_and_later_ones_do_not() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    assert!(asks(&mut ada, "/profile"));
    site.clock.advance(15);
    assert!(!asks(&mut ada, "/profile"), "it would cost each page something");
    turn_on_with_app(&site, &mut ada);
    assert!(!asks(&mut ada, "/profile"));
    let off = Setup::new().with("passkey_upgrade", "false").build();
    assert!(!asks(&mut off.logged_in(ADA), "/profile"));
}

/// Two-factor authentication, turned on behind the back of the visitor, who logs in anew.
fn turn_on_with_app(site: &TestSite, visitor: &mut Visitor<'_>) {
    let phone = Phone::of(site, ADA);
    new_set(site, &phone.account);
    turn_on(site, &phone.account);
    visitor.post("/logout", "");
    visitor.log_in(ADA, PASSWORD);
    let code = phone.code(site, 0).reveal();
    visitor.fill_in("/login/second", "/login/second", &[("code", &code)]);
}

/// What a password manager answers that asks no one.
fn saved(visitor: &mut Visitor<'_>) -> String {
    let mut manager = Authenticator::new(Algorithm::Es256);
    registration(visitor, UPGRADE, &mut manager, |options| {
        options.ceremony.user_present = false;
        options.ceremony.user_verified = false;
    })
}

fn count(site: &TestSite) -> i64 {
    site.number("select count(*) from passkeys")
}

#[test]
fn a_password_manager_may_save_a_passkey_just_after_it_filled_in_the_password() {
    let site = with_mail();
    let mut ada = site.logged_in(ADA);
    assert!(is_offered(&mut ada));
    let credential = saved(&mut ada);
    let answer = ada.submit(UPGRADE, &[("credential", &credential)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/security"));
    assert_eq!(ada.get("/profile").notices(), ["A passkey was saved in your password manager."]);
    assert_eq!((count(&site), site.subjects(ADA).len()), (1, 1));
    assert_eq!(site.text("select registration_mode from passkeys"), "upgrade");
    assert!(!is_offered(&mut ada), "there is one now");
}

#[test]
fn one_that_is_refused_is_not_missed() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let of_bob = saved(&mut site.logged_in("bob@example.org"));
    for credential in [&*of_bob, "{}"] {
        let answer = ada.submit(UPGRADE, &[("credential", credential)]);
        assert_eq!((answer.location(), answer.set_cookie("_flash")), ("/settings/security", ""));
    }
    let asked_for_upgrade = saved(&mut ada);
    ada.submit("/settings/security/passkeys", &[("credential", &asked_for_upgrade)]);
    assert_eq!(count(&site), 0, "no one touched anything");
}

#[test]
fn it_is_offered_for_five_minutes_after_the_password() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    site.clock.advance(299);
    assert!(is_offered(&mut ada));
    let credential = saved(&mut ada);
    site.clock.advance(1);
    assert!(!is_offered(&mut ada));
    ada.submit(UPGRADE, &[("credential", &credential)]);
    assert_eq!(count(&site), 0);
}

#[test]
fn a_remembered_device_typed_no_password() {
    let site = TestSite::new();
    site.logged_in(ADA);
    let mut ada = site.visitor();
    ada.log_in_remembered(ADA, PASSWORD);
    assert!(is_offered(&mut ada));
    ada.jar.retain(|(name, _)| name == "remember");
    assert!(ada.is_logged_in() && !is_offered(&mut ada));
}

#[test]
fn two_factor_authentication_is_never_weakened_by_it() {
    let site = TestSite::new();
    let account = Phone::of(&site, ADA).account;
    let mut ada = site.logged_in(ADA);
    new_set(&site, &account);
    assert!(is_offered(&mut ada), "an app alone is not asked for");
    let credential = saved(&mut ada);
    turn_on(&site, &account);
    assert!(!is_offered(&mut ada));
    ada.submit(UPGRADE, &[("credential", &credential)]);
    assert_eq!(count(&site), 0);
}

#[test]
fn it_is_not_offered_where_it_is_turned_off_or_passkeys_cannot_be_used_or_there_is_one() {
    let off = Setup::new().with("passkey_upgrade", "false").build();
    assert!(!is_offered(&mut off.logged_in(ADA)));
    let plain = Setup::new().with("base_url", "http://login.example.org").build();
    assert!(!is_offered(&mut plain.logged_in(ADA)));
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    add_passkey(&site, &site.account(ADA).id, "Key");
    assert!(!is_offered(&mut ada));
    site.change("update passkeys set rp_id = 'old.example.org'");
    assert!(is_offered(&mut ada), "it is for another domain");
}
