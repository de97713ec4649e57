//! A recovery code in place of the second factor: it works once, its owner is told, and learns when few are left.

use rocket::http::Status;

use crate::recovery_codes::{from_operator, left, new_set};
use crate::second_step::{SECOND, typed_password, with_app, with_app_and_mail};
use crate::support::phone::Phone;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const RECOVERY: &str = "/login/recovery";
const WRONG: &str = "This is not one of your recovery codes, or it has been used already.";

fn types(visitor: &mut Visitor<'_>, code: &str) -> Answer {
    visitor.fill_in(RECOVERY, RECOVERY, &[("code", code)])
}

#[test]
fn a_recovery_code_finishes_a_login_once() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let codes = new_set(&site, &phone.account);
    let mut ada = typed_password(&site);
    assert_eq!(types(&mut ada, &codes[0].reveal().to_uppercase()).location(), "/profile");
    assert!(ada.get("/profile").says("You have used a recovery code."));
    assert_eq!(site.text("select methods from sessions"), "pwd recovery");
    assert_eq!(left(&site, &phone.account), Some(9));
    let again = types(&mut typed_password(&site), &codes[0].reveal());
    assert!(again.status == Status::UnprocessableEntity && again.says(WRONG), "{}", again.text());
}

#[test]
fn what_is_no_code_of_the_account_opens_nothing() {
    let site = TestSite::new();
    with_app(&site);
    let bob = Phone::of(&site, "bob@example.org");
    let of_bob = new_set(&site, &bob.account);
    let mut ada = typed_password(&site);
    for typed in ["k7m2", &*of_bob[0].reveal()] {
        let answer = types(&mut ada, typed);
        assert!(answer.status == Status::UnprocessableEntity && answer.says(WRONG), "{typed}");
    }
    assert!(types(&mut ada, "").says("Type one of your recovery codes."));
    assert!(!ada.is_logged_in());
    assert_eq!(site.visitor().get(RECOVERY).location(), "/login", "without the password");
}

#[test]
fn with_two_codes_left_the_next_page_makes_new_ones() {
    let site = Setup::new().patient().build();
    let phone = with_app(&site);
    let codes = new_set(&site, &phone.account);
    for (used, code) in (1..).zip(&codes) {
        let mut ada = typed_password(&site);
        let next = if used < 8 { "/profile" } else { "/settings/security/codes" };
        assert_eq!(types(&mut ada, &code.reveal()).location(), next, "{used}");
    }
    assert_eq!(left(&site, &phone.account), Some(0));
}

#[test]
fn the_code_of_the_operator_is_a_second_factor_too() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let code = from_operator(&site, ADA);
    assert_eq!(types(&mut typed_password(&site), &code.reveal()).location(), "/settings/security");
    assert_eq!(left(&site, &phone.account), Some(10), "the owner's set has as many as before");
}

#[test]
fn the_owner_is_told_of_a_code_that_was_used() {
    let site = Setup::new().mail().build();
    let (phone, mut ada) = with_app_and_mail(&site); // the account knows her browser
    let codes = new_set(&site, &phone.account);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    let before = site.subjects(ADA).len();
    assert!(types(&mut ada, "k7m2-x9qa-4t0v-hw3c").says(WRONG));
    assert_eq!(site.subjects(ADA).len(), before);
    assert_eq!(types(&mut ada, &codes[0].reveal()).location(), "/profile");
    assert_eq!(site.subjects(ADA).len(), before + 1);
}
