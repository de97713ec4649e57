//! Proving again who one is, by what the account has: without two-factor authentication by the password or a passkey,
//! with it by a code or a passkey.

use rocket::http::Status;
use vestibule::base::webauthn::Algorithm;
use vestibule::services::second_factor::TurnedOn;
use vestibule::testing::{AssertionOptions, Authenticator, Ceremony};

use crate::emails::with_mail;
use crate::passkeys::bytes;
use crate::passkeys_in_settings::registration;
use crate::recovery_codes::{from_operator, left, new_set};
use crate::second_factor_switch::turn_on;
use crate::second_step::{with_app, with_app_and_mail};
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const PAGE: &str = "/reauthenticate";
const OPTIONS: &str = "/reauthenticate/options";
const BY_PASSKEY: &str = "/reauthenticate/passkey";
const PASSKEYS: &str = "/settings/security/passkeys";
const PLAIN: &str = "/settings/security/passkeys/plain";
/// Long enough for a login to be fresh no longer.
const LATER: i64 = 600;
const SWITCHED: &str = "This page now asks for something else.";
const WRONG: &str = "This code is not right.";

/// Whether the login is fresh: then the page leads on.
fn is_fresh(visitor: &mut Visitor<'_>) -> bool {
    visitor.get(PAGE).status == Status::SeeOther
}

/// A passkey that the visitor adds on the Security page.
fn add_by(visitor: &mut Visitor<'_>, form: &str, mut device: Authenticator, verified: bool) -> Authenticator {
    let answer = registration(visitor, form, &mut device, |it| it.ceremony.user_verified = verified);
    let added = visitor.submit(form, &[("credential", &answer)]);
    assert_eq!(added.location(), "/settings/security");
    assert!(visitor.get("/settings/security").notices() == ["Your passkey has been added."]);
    device
}

fn device() -> Authenticator {
    Authenticator::new(Algorithm::Es256)
}

/// What a device answers to the question of this visitor's page.
fn signed(visitor: &mut Visitor<'_>, device: &Authenticator, verified: bool) -> String {
    let question = visitor.get(OPTIONS).json();
    let rp_id = question["rpId"].as_str().unwrap();
    let mut ceremony = Ceremony::new(rp_id, "http://localhost:8000", &bytes(&question["challenge"]));
    ceremony.user_verified = verified;
    device.assert(&AssertionOptions::new(ceremony)).json().to_string()
}

fn by_passkey(visitor: &mut Visitor<'_>, device: &Authenticator, verified: bool) -> Answer {
    let answer = signed(visitor, device, verified);
    visitor.submit(BY_PASSKEY, &[("credential", &answer)])
}

fn types(visitor: &mut Visitor<'_>, code: &str) -> Answer {
    visitor.fill_in(PAGE, PAGE, &[("code", code)])
}

fn events(site: &TestSite) -> i64 {
    site.number("select count(*) from audit where event = 'reauthenticated'")
}

#[test]
fn without_two_factor_authentication_a_passkey_that_verifies_its_user_replaces_the_password() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let phone = add_by(&mut ada, PASSKEYS, device(), true);
    site.clock.advance(LATER);
    let page = ada.get(PAGE);
    assert!(page.says("name=\"password\"") && page.says("data-passkey=\"get\""), "{}", page.body);
    assert_eq!(ada.get(OPTIONS).json()["userVerification"], "required");
    let touched = by_passkey(&mut ada, &phone, false);
    assert!(touched.location() == PAGE && !is_fresh(&mut ada));
    let answer = signed(&mut ada, &phone, true);
    let fields = [("credential", &*answer), ("next", "/settings/devices")];
    assert_eq!(ada.submit(BY_PASSKEY, &fields).location(), "/settings/devices");
    assert!(is_fresh(&mut ada));
    assert_eq!((events(&site), site.text("select methods from sessions")), (1, "pwd passkey".to_owned()));
    site.clock.advance(LATER);
    assert!(types(&mut ada, "123456").says(SWITCHED), "no code is asked for");
    assert_eq!(ada.submit(PAGE, &[("password", PASSWORD)]).location(), "/profile");
    assert!(is_fresh(&mut ada));
}

#[test]
fn a_passkey_that_is_only_a_second_factor_does_not_replace_the_password() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let key = add_by(&mut ada, PLAIN, device(), false);
    site.clock.advance(LATER);
    assert!(!ada.get(PAGE).says("data-passkey"));
    assert_eq!(ada.get(OPTIONS).json()["allowCredentials"].as_array().unwrap().len(), 0);
    let answer = by_passkey(&mut ada, &key, true);
    assert!(answer.location() == PAGE && !is_fresh(&mut ada), "though it verified its user now");
}

#[test]
fn with_two_factor_authentication_a_code_is_asked_for_and_the_password_is_not_enough() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let (mut ada, mut other) = (site.logged_in(ADA), site.logged_in(ADA));
    site.clock.advance(LATER);
    let page = ada.get(PAGE);
    assert!(page.says("Code from your authenticator app, or a recovery code"), "{}", page.text());
    assert!(page.says(ADA) && !page.says("name=\"password\"") && !page.says("data-passkey"));
    let answer = ada.submit(PAGE, &[("password", PASSWORD)]);
    assert!(answer.status == Status::UnprocessableEntity && answer.says(SWITCHED), "{}", answer.text());
    for (typed, sentence) in
        [("", "Type the code from your app."), (" ", "Type the code from your app."), ("12345", WRONG)]
    {
        let answer = types(&mut ada, typed);
        assert!(answer.status == Status::UnprocessableEntity && answer.says(sentence), "{typed:?}");
    }
    assert!(types(&mut ada, &phone.wrong_code(&site).reveal()).says(WRONG));
    assert!(!is_fresh(&mut ada) && events(&site) == 0);
    let code = phone.code(&site, 0).reveal();
    let fields = [("code", &*code), ("next", "/settings/devices")];
    assert_eq!(ada.fill_in(PAGE, PAGE, &fields).location(), "/settings/devices");
    assert!(is_fresh(&mut ada) && events(&site) == 1);
    assert_eq!(site.number("select count(*) from sessions where methods = 'pwd otp'"), 1);
    assert!(types(&mut other, &code).says("This code has been used already."));
    assert!(!is_fresh(&mut other));
}

#[test]
fn after_five_wrong_codes_the_page_says_how_long_to_wait() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = site.logged_in(ADA);
    site.clock.advance(LATER);
    for _ in 0..5 {
        assert!(types(&mut ada, &phone.wrong_code(&site).reveal()).says(WRONG));
    }
    let wait = types(&mut ada, &phone.code(&site, 0).reveal());
    assert_eq!((wait.status, wait.header("retry-after")), (Status::TooManyRequests, "1"));
    assert!(!is_fresh(&mut ada));
    site.clock.advance(1);
    assert_eq!(types(&mut ada, &phone.code(&site, 0).reveal()).location(), "/profile");
}

#[test]
fn a_recovery_code_is_used_up_and_its_owner_is_told() {
    let site = Setup::new().mail().patient().build();
    let (phone, _) = with_app_and_mail(&site);
    let codes = new_set(&site, &phone.account);
    let (mut ada, mut other) = (site.logged_in(ADA), site.logged_in(ADA));
    site.clock.advance(LATER);
    let before = site.subjects(ADA).len();
    assert_eq!(types(&mut ada, &codes[0].reveal().to_uppercase()).location(), "/profile");
    assert!(is_fresh(&mut ada));
    assert_eq!(left(&site, &phone.account), Some(9));
    assert_eq!(site.subjects(ADA)[before..], ["A recovery code was used at Vestibule"]);
    assert_eq!(site.number("select count(*) from audit where event = 'recovery_code_used'"), 1);
    let again = types(&mut other, &codes[0].reveal());
    assert!(
        again.says("This is not one of your recovery codes, or it has been used already."),
        "{}",
        again.text()
    );
    assert!(!is_fresh(&mut other));
    let code = from_operator(&site, ADA).reveal();
    assert_eq!(types(&mut other, &code).location(), "/settings/security", "the operator's counts too");
}

#[test]
fn with_two_factor_authentication_a_touch_of_any_passkey_is_enough() {
    let site = TestSite::new();
    let mut before = site.logged_in(ADA);
    let key = add_by(&mut before, PLAIN, device(), false);
    let account = site.account(ADA).id;
    new_set(&site, &account);
    assert_eq!(turn_on(&site, &account), TurnedOn::Done);
    let mut ada = site.logged_in(ADA);
    site.clock.advance(LATER);
    let page = ada.get(PAGE);
    assert!(page.says("data-passkey=\"get\"") && page.says("Recovery code"), "{}", page.body);
    assert!(!page.says("Code from your authenticator app"), "there is none");
    assert_eq!(ada.get(OPTIONS).json()["userVerification"], "preferred");
    assert_eq!(by_passkey(&mut ada, &key, false).location(), "/profile");
    assert!(is_fresh(&mut ada));
    assert_eq!(site.number("select count(*) from sessions where methods = 'pwd passkey'"), 1);
}

#[test]
fn the_answer_of_a_passkey_counts_once_and_in_the_session_that_asked() {
    let site = TestSite::new();
    let (mut ada, mut other) = (site.logged_in(ADA), site.logged_in(ADA));
    let phone = add_by(&mut ada, PASSKEYS, device(), true);
    site.clock.advance(LATER);
    let answer = signed(&mut ada, &phone, true);
    let refused = other.submit(BY_PASSKEY, &[("credential", &answer)]);
    assert_eq!(refused.location(), PAGE);
    let page = other.get(PAGE);
    assert_eq!((page.status, page.notices().len()), (Status::Ok, 1), "it is not fresh, and is told why");
    assert_eq!(ada.submit(BY_PASSKEY, &[("credential", &answer)]).location(), "/profile");
    assert_eq!(ada.submit(BY_PASSKEY, &[("credential", &answer)]).location(), PAGE);
    assert_eq!(events(&site), 1);
    for odd in ["", "{}", "no JSON"] {
        let fields = [("credential", odd), ("next", "/settings/devices")];
        assert_eq!(
            other.submit(BY_PASSKEY, &fields).location(),
            "/reauthenticate?next=%2Fsettings%2Fdevices",
            "{odd}"
        );
    }
    let mut bob = site.logged_in("bob@example.org");
    site.clock.advance(LATER);
    let of_ada = by_passkey(&mut bob, &phone, true);
    assert!(of_ada.location() == PAGE && !is_fresh(&mut bob), "it is not Bob's");
}

#[test]
fn a_passkey_that_may_be_a_copy_counts_and_its_owner_is_told() {
    let site = with_mail();
    let mut ada = site.logged_in(ADA);
    let mut key = device();
    (key.backup_eligible, key.backed_up, key.counter) = (false, false, 5);
    let mut key = add_by(&mut ada, PASSKEYS, key, true);
    site.clock.advance(LATER);
    let before = site.subjects(ADA).len();
    key.counter = 6;
    assert_eq!(by_passkey(&mut ada, &key, true).location(), "/profile");
    assert_eq!(site.subjects(ADA).len(), before, "it counts on");
    site.clock.advance(LATER);
    key.counter = 4;
    assert_eq!(by_passkey(&mut ada, &key, true).location(), "/profile");
    let told = "A passkey of your account at Vestibule may have been copied";
    assert_eq!(site.subjects(ADA)[before..], [told]);
    assert_eq!(site.number("select count(*) from audit where event = 'passkey_counter'"), 1);
}

#[test]
fn where_passkeys_are_off_none_is_asked_for() {
    let site = Setup::new().with("passkeys", "false").build();
    let mut ada = site.logged_in(ADA);
    site.clock.advance(LATER);
    assert!(!ada.get(PAGE).says("data-passkey"));
    assert_eq!(ada.get(OPTIONS).status, Status::NotFound);
    assert_eq!(ada.submit(BY_PASSKEY, &[("credential", "{}")]).status, Status::NotFound);
}
