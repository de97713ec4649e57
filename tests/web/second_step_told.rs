//! What owners are told about a login between the password and the second step: nothing about their own slowness, and
//! everything that keeps them from going on.

use rocket::http::Status;
use vestibule::features::housekeeping;
use vestibule::people::sessions::PENDING_LIFETIME;

use crate::authenticator_app::{CODES, SECURITY};
use crate::recovery_codes::{from_operator, left, new_set};
use crate::second_step::{SECOND, typed_password, with_app, with_app_and_mail};
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const LOGIN: &str = "/login";
const CANCEL: &str = "/login/second/cancel";
const PENDING: &str = "pending-login";
const THIEF: &str = "Someone entered your password at Vestibule";
const STOPPED: &str =
    "Your authenticator app was stopped after too many wrong codes. Use a passkey or a recovery code.";

fn with_mail() -> TestSite {
    Setup::new().mail().patient().build()
}

fn types(visitor: &mut Visitor<'_>, code: &str) -> Answer {
    visitor.fill_in(SECOND, SECOND, &[("code", code)])
}

/// Whether an owner is told of a stranger who knows their password, in the next hour.
fn is_told(site: &TestSite) -> bool {
    for _ in 0..6 {
        site.clock.advance(600);
        site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
    }
    site.subjects(ADA).iter().any(|subject| subject == THIEF)
}

#[test]
fn an_owner_who_is_slow_or_starts_again_is_told_of_no_stranger() {
    let site = with_mail();
    let (phone, _) = with_app_and_mail(&site);
    let mut ada = typed_password(&site);
    site.clock.advance(PENDING_LIFETIME + 5);
    assert_eq!(ada.get(SECOND).location(), LOGIN);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    assert_eq!(ada.fill_in(SECOND, CANCEL, &[]).location(), LOGIN);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    assert_eq!(types(&mut ada, &phone.code(&site, 0).reveal()).location(), "/profile");
    assert_eq!(ada.cookie(PENDING), None);
    assert!(!is_told(&site));
    typed_password(&site);
    assert!(is_told(&site), "a stranger finishes none");
}

#[test]
fn a_login_form_that_was_sent_twice_is_one_login() {
    let site = with_mail();
    let (phone, _) = with_app_and_mail(&site);
    let mut ada = site.visitor();
    let value = ada.get(LOGIN).form_value();
    let fields = [("form", &*value), ("email", ADA), ("password", PASSWORD)];
    assert_eq!(ada.submit(LOGIN, &fields).location(), SECOND);
    ada.jar.retain(|(name, _)| name != PENDING); // the first answer was lost
    assert_eq!(ada.submit(LOGIN, &fields).location(), SECOND);
    assert_eq!(site.number("select count(*) from pending_logins"), 1);
    assert_eq!(types(&mut ada, &phone.code(&site, 0).reveal()).location(), "/profile");
    assert!(!is_told(&site));
}

#[test]
fn start_again_of_an_old_tab_does_not_end_another_login() {
    let site = TestSite::new();
    with_app(&site);
    let mut ada = typed_password(&site);
    let old = ada.get(SECOND).form_value();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    ada.submit(CANCEL, &[("form", &old)]);
    assert_eq!(ada.get(SECOND).status, Status::Ok);
}

#[test]
fn the_wrong_code_that_stops_the_app_ends_the_login_and_the_next_one_says_why_there_is_no_field() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = typed_password(&site);
    site.change("update totp_apps set failed_codes = 99");
    assert_eq!(types(&mut ada, &phone.wrong_code(&site).reveal()).location(), LOGIN);
    let notice = "Your authenticator app was stopped after too many wrong codes. Log in again with a passkey or a \
                  recovery code.";
    assert_eq!(ada.get(LOGIN).notices(), [notice]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    let page = ada.get(SECOND);
    assert!(page.says(STOPPED) && !page.says("id=\"code\""), "{}", page.body);
    site.change("update totp_apps set stopped_at = null, secret = ''");
    let page = ada.get(SECOND);
    assert!(page.says("This site can no longer check the codes of your authenticator app."), "{}", page.body);
}

#[test]
fn a_recovery_code_may_be_typed_into_the_field_of_the_app() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let codes = new_set(&site, &phone.account);
    let mut ada = typed_password(&site);
    assert!(types(&mut ada, "aaaa-aaaa-aaaa-aaaa").says("This is not one of your recovery codes"));
    assert_eq!(types(&mut ada, &codes[0].reveal()).location(), "/profile");
    assert_eq!(ada.get("/profile").notices(), ["You have used a recovery code. See how many are left"]);
    assert_eq!(left(&site, &phone.account), Some(9));
}

#[test]
fn after_the_code_of_the_operator_the_page_says_what_to_do() {
    let site = TestSite::new();
    with_app(&site);
    let code = from_operator(&site, ADA).reveal();
    assert_eq!(site.number("select count(*) from audit where event = 'recovery_code_made'"), 1);
    let mut ada = typed_password(&site);
    assert_eq!(types(&mut ada, &code).location(), SECURITY);
    let notice = "You have used a code that you got from the people who run this site. Please set up your app or a \
                  passkey again.";
    assert_eq!(ada.get(SECURITY).notices(), [notice]);
}

#[test]
fn the_last_recovery_codes_lead_to_new_ones_where_a_page_asks_again_as_well() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let codes = new_set(&site, &phone.account);
    let mut ada = site.logged_in(ADA);
    site.clock.advance(600);
    let again = |ada: &mut Visitor<'_>, at: usize| {
        let code = codes[at].reveal();
        ada.fill_in("/reauthenticate", "/reauthenticate", &[("code", &code)]).location().to_owned()
    };
    assert_eq!(again(&mut ada, 0), "/profile");
    assert_eq!(ada.get("/profile").notices(), ["You have used a recovery code. See how many are left"]);
    site.change("delete from recovery_sets where removed_at is not null");
    site.change("delete from recovery_codes where hash not in (select hash from recovery_codes order by hash limit 3)");
    for at in 1..10 {
        site.clock.advance(600);
        if again(&mut ada, at) == CODES {
            assert_eq!(left(&site, &phone.account), Some(2));
            return;
        }
    }
    panic!("three codes were left, and none of the nine led to new ones");
}
