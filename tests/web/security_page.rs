//! The Security page: what an account has, and the switch.

use rocket::http::Status;

use crate::authenticator_app::{CODES, SECURITY, keep, set_up_app};
use crate::recovery_codes::new_set;
use crate::second_factor_switch::{add_passkey, is_on, summary};
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const TWO_FACTOR: &str = "/settings/security/two-factor";

fn turn(visitor: &mut Visitor<'_>, on: &str) -> Answer {
    visitor.submit(TWO_FACTOR, &[("turn", on)])
}

#[test]
fn the_page_says_what_the_account_has() {
    let site = TestSite::new();
    assert_eq!(site.visitor().get(SECURITY).location(), "/login?next=%2Fsettings%2Fsecurity");
    let mut ada = site.ada();
    assert!(ada.get("/settings/account").values("href").contains(&SECURITY.to_owned()), "the tab");
    let page = ada.get(SECURITY);
    for said in
        ["Set up an app", "You have no recovery codes.", "Set up an authenticator app or add a passkey"]
    {
        assert!(page.says(said), "{said}: {}", page.body);
    }
    assert!(!page.says(">Turn on<") && !page.says(">Turn off<") && !page.says(">Set up again<"));
    set_up_app(&site, &mut ada);
    let page = ada.get(SECURITY);
    for said in
        ["On since ", "Added on ", "10 of 10 recovery codes are left.", ">Turn off<", ">Set up again<"]
    {
        assert!(page.says(said), "{said}: {}", page.body);
    }
    assert!(!page.says("Please make new codes."));
    site.change("delete from recovery_codes where hash <> (select min(hash) from recovery_codes)");
    let page = ada.get(SECURITY);
    assert!(page.says("1 of 10 recovery codes is left.") && page.says("Please make new codes."));
    site.change("update totp_apps set stopped_at = 1");
    assert!(ada.get(SECURITY).says("It was stopped after too many wrong codes."));
    site.change("update totp_apps set secret = ''");
    assert!(ada.get(SECURITY).says("This site can no longer check its codes."));
}

#[test]
fn the_switch_needs_a_factor_and_codes() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    assert_eq!(turn(&mut ada, "on").location(), SECURITY);
    assert_eq!(
        ada.get(SECURITY).notices(),
        [
            "Set up an authenticator app or add a passkey first. Then you can turn on two-factor authentication."
        ]
    );
    add_passkey(&site, &account, "Key");
    assert!(ada.get(SECURITY).says(">Turn on<"));
    assert_eq!(turn(&mut ada, "on").location(), CODES);
    assert!(!is_on(&site, &account), "the codes are not kept yet");
    assert!(ada.get(CODES).says("two-factor authentication will be on"));
    assert_eq!(keep(&mut ada).location(), SECURITY);
    assert!(is_on(&site, &account));
    assert_eq!(turn(&mut ada, "on").location(), SECURITY, "it is on already");
    assert_eq!(turn(&mut ada, "off").location(), SECURITY);
    assert_eq!(ada.get(SECURITY).notices(), ["Two-factor authentication is off."]);
    let factors = summary(&site, &account);
    assert_eq!((factors.is_on(), factors.passkeys.as_second(), factors.codes_left), (false, 1, Some(10)));
    assert_eq!(turn(&mut ada, "on").location(), SECURITY, "the codes are kept already");
    assert!(is_on(&site, &account));
    for odd in [turn(&mut ada, "perhaps"), ada.post(TWO_FACTOR, "")] {
        assert_eq!(odd.status, Status::UnprocessableEntity);
    }
    assert!(is_on(&site, &account));
}

#[test]
fn turned_on_it_ends_every_other_session_and_every_remembered_device() {
    let site = TestSite::new();
    let mut elsewhere = site.ada();
    let mut remembered = site.visitor();
    remembered.log_in_remembered(ADA, PASSWORD);
    let mut ada = site.visitor();
    ada.log_in_remembered(ADA, PASSWORD);
    let account = site.account(ADA).id;
    add_passkey(&site, &account, "Key");
    new_set(&site, &account);
    let mut copy = ada.clone();
    assert_eq!(turn(&mut ada, "on").location(), SECURITY);
    assert!(ada.is_logged_in() && ada.cookie("remember").is_none());
    assert!(!elsewhere.is_logged_in() && !remembered.is_logged_in() && !copy.is_logged_in());
    let left = "select (select count(*) from sessions) + (select count(*) from remember_tokens)";
    assert_eq!(site.number(left), 1);
}

#[test]
fn the_switch_takes_a_fresh_login() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    add_passkey(&site, &account, "Key");
    new_set(&site, &account);
    site.clock.advance(5 * 60);
    assert!(turn(&mut ada, "on").location().starts_with("/reauthenticate"));
    assert!(!is_on(&site, &account));
    assert_eq!(ada.get(SECURITY).status, Status::Ok, "the page itself takes none");
}

#[test]
fn it_is_turned_ten_times_an_hour_at_most() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    add_passkey(&site, &account, "Key");
    new_set(&site, &account);
    for _ in 0..5 {
        assert_eq!(turn(&mut ada, "on").location(), SECURITY);
        assert_eq!(turn(&mut ada, "off").location(), SECURITY);
    }
    let refused = turn(&mut ada, "on");
    assert_eq!(refused.status, Status::TooManyRequests);
    assert!(!refused.header("retry-after").is_empty());
    assert!(refused.says("You have changed your second factors many times"));
    assert!(!is_on(&site, &account));
}

#[test]
fn a_new_password_makes_a_session_with_two_factor_authentication_no_fresher() {
    let site = TestSite::new();
    let mut ada = site.ada();
    set_up_app(&site, &mut ada);
    site.clock.advance(200);
    let fields = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
    assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    site.clock.advance(200);
    assert!(
        ada.get("/settings/password").location().starts_with("/reauthenticate"),
        "the password is not enough"
    );
}
