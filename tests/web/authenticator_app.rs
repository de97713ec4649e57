//! An authenticator app in the settings: it counts once a code was typed and recovery codes were kept, and another one
//! takes its place.

use rocket::http::Status;
use vestibule::base::totp::{self, Code, TotpSecret};
use vestibule::services::totp_app::Checked;

use crate::second_factor_switch::{is_on, summary};
use crate::support::phone::Phone;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

pub const SECURITY: &str = "/settings/security";
pub const APP: &str = "/settings/security/app";
pub const NEW_APP: &str = "/settings/security/app/new";
pub const CODES: &str = "/settings/security/codes";

/// What stands in the `code` elements of a page.
pub fn coded(page: &Answer) -> Vec<String> {
    let pieces = page.pieces("<code>", "</code>").into_iter();
    pieces.map(|piece| piece.trim_start_matches("<code>").to_owned()).collect()
}

/// The secret on the page of a set-up.
fn secret_on(page: &Answer) -> TotpSecret {
    TotpSecret::parse(&coded(page)[0].replace(' ', "")).unwrap()
}

/// Begins to set up an app. Returns its secret.
pub fn begin_app(visitor: &mut Visitor<'_>) -> TotpSecret {
    assert_eq!(visitor.post(NEW_APP, "").location(), APP);
    secret_on(&visitor.get(APP))
}

/// The code that an app shows a number of steps from now.
pub fn code(site: &TestSite, secret: &TotpSecret, distance: i64) -> String {
    Code::at(secret, totp::step_at(site.clock.now()) + distance).reveal()
}

/// Keeps the codes that are shown.
pub fn keep(visitor: &mut Visitor<'_>) -> Answer {
    let set = mark_of(&visitor.get(CODES));
    visitor.submit(CODES, &[("set", &set)])
}

/// Which set the form of a page is about.
pub fn mark_of(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"set\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

/// Sets an app up, with recovery codes. Returns its secret.
pub fn set_up_app(site: &TestSite, visitor: &mut Visitor<'_>) -> TotpSecret {
    let secret = begin_app(visitor);
    assert_eq!(visitor.submit(APP, &[("code", &code(site, &secret, 0))]).location(), CODES);
    assert_eq!(keep(visitor).location(), SECURITY);
    secret
}

/// How often an event was recorded.
fn events(site: &TestSite, event: &'static str) -> i64 {
    let select = sqlx::query_scalar("select count(*) from audit where event = $1").bind(event);
    site.runtime.block_on(select.fetch_one(site.db.reader())).unwrap()
}

#[test]
fn an_app_counts_once_a_code_was_typed_and_the_recovery_codes_were_kept() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    let secret = begin_app(&mut ada);
    assert!(summary(&site, &account).app.is_none(), "a secret on a page is no app");
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &secret, 0))]).location(), CODES);
    assert!(summary(&site, &account).app.is_none(), "the codes are not kept yet");
    assert_eq!(keep(&mut ada).location(), SECURITY);
    let page = ada.get(SECURITY);
    assert_eq!(
        page.notices(),
        ["Two-factor authentication is on. You have been logged out everywhere else."]
    );
    let factors = summary(&site, &account);
    assert_eq!((factors.is_on(), factors.app.is_some(), factors.codes_left), (true, true, Some(10)));
    assert_eq!(site.text("select methods from sessions"), "pwd otp", "the code proved the second factor");
    let phone = Phone { account, secret };
    assert_eq!(phone.check(&site, &phone.code(&site, 0)), Checked::Used, "that of the set-up is used up");
    assert_eq!((events(&site, "factor_added"), events(&site, "recovery_codes_kept")), (1, 1));
    assert_eq!(ada.get(APP).location(), SECURITY, "the set-up is over");
    assert!(!ada.get(CODES).says("name=\"set\""));
}

#[test]
fn a_wrong_code_keeps_the_secret_and_says_whose_clock_is_off() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let secret = begin_app(&mut ada);
    let phone = Phone { account: site.account(ADA).id, secret };
    for (typed, said) in [
        (phone.wrong_code(&site).reveal(), "This code is not right. Type the newest code"),
        (code(&site, &phone.secret, 6), "the clock of your device is about 3 minutes fast"),
        (code(&site, &phone.secret, -6), "the clock of your device is about 3 minutes slow"),
        ("12345".to_owned(), "Type the six digits that the app shows."),
        (String::new(), "Type the six digits that the app shows."),
    ] {
        let page = ada.submit(APP, &[("code", &typed)]);
        assert_eq!(page.status, Status::UnprocessableEntity, "{typed}");
        assert!(page.says(said), "{typed}: {}", page.body);
        assert!(secret_on(&page) == phone.secret && secret_on(&ada.get(APP)) == phone.secret, "{typed}");
    }
    assert!(begin_app(&mut ada) == phone.secret, "to begin again shows what may be in the app already");
    let spaced = code(&site, &phone.secret, -1);
    let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
    assert_eq!(ada.submit(APP, &[("code", &spaced)]).location(), CODES);
}

#[test]
fn a_set_up_takes_half_an_hour_at_most_and_needs_a_fresh_login_only_to_begin() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let secret = begin_app(&mut ada);
    site.clock.advance(30 * 60 - 1);
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &secret, 0))]).location(), CODES);
    assert!(ada.post(NEW_APP, "").location().starts_with("/reauthenticate"));
    assert_eq!(keep(&mut ada).location(), SECURITY, "the codes have half an hour of their own");
    let since = site.number("select authenticated_at from sessions");
    assert_eq!(since, site.clock.now().unix() - (30 * 60 - 1), "the login is no fresher than before");

    let site = TestSite::new();
    let mut ada = site.ada();
    let secret = begin_app(&mut ada);
    site.clock.advance(30 * 60);
    let late = ada.submit(APP, &[("code", &code(&site, &secret, 0))]);
    assert_eq!(late.location(), SECURITY);
    assert_eq!(
        ada.get(SECURITY).notices(),
        ["That took too long, so nothing was changed. Please begin again."]
    );
}

#[test]
fn a_set_up_belongs_to_its_session() {
    let site = TestSite::new();
    let mut ada = site.ada();
    begin_app(&mut ada);
    let cookie = ada.cookie("totp-setup").unwrap().to_owned();
    let mut elsewhere = site.visitor();
    elsewhere.log_in(ADA, PASSWORD);
    elsewhere.plant("totp-setup", &cookie);
    assert_eq!(elsewhere.get(APP).location(), SECURITY);
    assert_eq!(elsewhere.submit(APP, &[("code", "123456")]).location(), SECURITY);
    assert_eq!(ada.get(APP).status, Status::Ok);
}

#[test]
fn another_app_takes_the_place_of_the_first_once_its_code_is_right() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let first = set_up_app(&site, &mut ada);
    site.clock.advance(60);
    let second = begin_app(&mut ada);
    assert!(first != second);
    let phone = Phone { account: site.account(ADA).id, secret: first };
    assert!(matches!(phone.check(&site, &phone.code(&site, 0)), Checked::Right(_)), "the old one goes on");
    let mut copy = ada.clone();
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &second, 0))]).location(), SECURITY);
    assert_eq!(
        ada.get(SECURITY).notices(),
        ["Your new authenticator app has been set up. The old one no longer works."]
    );
    assert_eq!(phone.check(&site, &phone.code(&site, 0)), Checked::Wrong);
    assert_eq!((events(&site, "factor_replaced"), events(&site, "two_factor_on")), (1, 1));
    assert!(ada.is_logged_in() && !copy.is_logged_in(), "the session has a new token");
}

#[test]
fn the_last_factor_that_goes_turns_two_factor_authentication_off() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    set_up_app(&site, &mut ada);
    let mut copy = ada.clone();
    assert_eq!(ada.post("/settings/security/app/remove", "").location(), SECURITY);
    assert_eq!(
        ada.get(SECURITY).notices(),
        ["You have removed your last second factor, so two-factor authentication is off."]
    );
    let factors = summary(&site, &account);
    assert_eq!((factors.is_on(), factors.app, factors.codes_left), (false, None, Some(10)));
    assert_eq!((events(&site, "factor_removed"), events(&site, "two_factor_off")), (1, 1));
    assert!(ada.is_logged_in() && !copy.is_logged_in(), "the session has a new token");
    assert!(ada.get(SECURITY).notices().is_empty());
    assert_eq!(ada.post("/settings/security/app/remove", "").location(), SECURITY, "it is gone");
    assert_eq!(events(&site, "factor_removed"), 1);
}

#[test]
fn a_site_that_requires_a_factor_lets_the_last_one_not_go_and_leads_on_once_there_is_one() {
    let site = Setup::new().with("second_factor", "required").build();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    assert_eq!(ada.submit(NEW_APP, &[("next", "/profile")]).location(), APP);
    let secret = secret_on(&ada.get(APP));
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &secret, 0))]).location(), CODES);
    assert_eq!(keep(&mut ada).location(), "/profile", "where she wanted to go");
    let removed = ada.post("/settings/security/app/remove", "");
    assert_eq!(removed.status, Status::UnprocessableEntity);
    assert!(removed.says("This site requires a second factor. Add another one first."));
    let off = ada.submit("/settings/security/two-factor", &[("turn", "off")]);
    assert_eq!(off.status, Status::UnprocessableEntity);
    assert!(off.says("This site requires two-factor authentication. It can't be turned off."));
    assert!(summary(&site, &account).app.is_some() && is_on(&site, &account), "nothing was changed");
    assert_eq!((events(&site, "factor_removed"), events(&site, "two_factor_off")), (0, 0));
}

#[test]
fn an_app_that_waits_for_codes_is_not_lost_between_two_tabs() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    let secret = begin_app(&mut ada);
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &secret, 0))]).location(), CODES);
    let set = mark_of(&ada.get(CODES));
    ada.post("/settings/security/codes/new", ""); // in the other tab
    assert_eq!(ada.submit(CODES, &[("set", &set)]).location(), SECURITY);
    assert!(is_on(&site, &account) && summary(&site, &account).app.is_some());
}
