//! Sets of recovery codes in the settings: shown, put on paper, kept.

use rocket::http::Status;
use vestibule::base::recovery_code::RecoveryCode;

use crate::authenticator_app::{APP, CODES, SECURITY, begin_app, code, coded, keep, mark_of};
use crate::recovery_codes::{found, new_set};
use crate::second_factor_switch::summary;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "/settings/security/codes/new";
const FILE: &str = "/settings/security/codes/file";

/// Makes a set. Returns its codes as the page shows them.
fn begin(visitor: &mut Visitor<'_>) -> Vec<String> {
    assert_eq!(visitor.post(NEW, "").location(), CODES);
    coded(&visitor.get(CODES))
}

fn parsed(code: &str) -> RecoveryCode {
    RecoveryCode::parse(code).unwrap()
}

#[test]
fn new_codes_count_once_they_are_kept_and_then_only_they() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    let old = new_set(&site, &account);
    let codes = begin(&mut ada);
    assert_eq!(codes.len(), 10);
    assert_eq!(coded(&ada.get(CODES)), codes, "the page is the same again");
    assert_eq!(begin(&mut ada), codes, "they may be on paper already");
    assert!(ada.get(CODES).says("the old ones will no longer work"));
    assert!(found(&site, &account, &parsed(&codes[0])).is_none());
    assert!(found(&site, &account, &old[0]).is_some());
    assert_eq!(keep(&mut ada).location(), SECURITY);
    assert_eq!(ada.get(SECURITY).notices(), ["You have new recovery codes. Only these work now."]);
    for code in &codes {
        assert!(found(&site, &account, &parsed(code)).is_some(), "{code}");
    }
    assert!(found(&site, &account, &old[0]).is_none());
    assert!(!summary(&site, &account).is_on(), "codes alone turn nothing on");
    let page = ada.get(CODES);
    assert!(coded(&page).is_empty(), "no page shows them again");
    assert!(page.says("10 of 10 recovery codes are left.") && page.says("Make new codes"));
}

#[test]
fn the_codes_can_be_saved_as_a_file() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let codes = begin(&mut ada);
    let file = ada.post(FILE, "");
    assert_eq!(file.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"recovery-codes.txt\"");
    assert!(file.body.starts_with("Recovery codes of ada@example.org for "), "{}", file.body);
    assert!(file.body.contains(&format!("\n\n{}\n\n", codes.join("\n"))), "{}", file.body);
    keep(&mut ada);
    assert_eq!(ada.post(FILE, "").location(), SECURITY, "they are shown no more");
}

#[test]
fn of_two_tabs_the_set_that_is_shown_is_the_one_that_is_kept() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    begin(&mut ada);
    let first = mark_of(&ada.get(CODES));
    ada.jar.retain(|(name, _)| name != "codes-setup");
    let second = begin(&mut ada);
    let refused = ada.submit(CODES, &[("set", &first)]);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says("These are not the codes that you saw before."));
    assert_eq!(coded(&refused), second);
    assert_eq!(summary(&site, &account).codes_left, None, "nothing was kept");
    assert_eq!(ada.submit(CODES, &[("set", &mark_of(&refused))]).location(), SECURITY);
    assert!(found(&site, &account, &parsed(&second[9])).is_some());
}

#[test]
fn a_copied_cookie_does_not_bring_back_codes_that_were_replaced() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    begin(&mut ada);
    let first = mark_of(&ada.get(CODES));
    let cookie = ada.cookie("codes-setup").unwrap().to_owned();
    keep(&mut ada);
    let codes = begin(&mut ada);
    keep(&mut ada);
    ada.plant("codes-setup", &cookie);
    assert_eq!(ada.submit(CODES, &[("set", &first)]).location(), SECURITY);
    assert!(found(&site, &account, &parsed(&codes[0])).is_some(), "they are the ones that count");
    assert_eq!(ada.cookie("codes-setup"), None);
}

#[test]
fn codes_that_are_not_kept_in_time_or_in_their_session_change_nothing() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let account = site.account(ADA).id;
    begin(&mut ada);
    let set = mark_of(&ada.get(CODES));
    let cookie = ada.cookie("codes-setup").unwrap().to_owned();
    let mut elsewhere = site.visitor();
    elsewhere.log_in(ADA, PASSWORD);
    elsewhere.plant("codes-setup", &cookie);
    assert!(coded(&elsewhere.get(CODES)).is_empty());
    assert_eq!(elsewhere.submit(CODES, &[("set", &set)]).location(), SECURITY);
    site.clock.advance(30 * 60);
    assert!(coded(&ada.get(CODES)).is_empty());
    assert_eq!(ada.submit(CODES, &[("set", &set)]).location(), SECURITY);
    assert_eq!(summary(&site, &account).codes_left, None);
    assert!(ada.post(NEW, "").location().starts_with("/reauthenticate"));
}

#[test]
fn neither_a_code_nor_the_secret_of_an_app_is_written_down() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let secret = begin_app(&mut ada);
    assert_eq!(ada.submit(APP, &[("code", &code(&site, &secret, 0))]).location(), CODES);
    let codes = coded(&ada.get(CODES));
    keep(&mut ada);
    let written = site.written();
    let is_in = |text: &str| written.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(is_in("ada@example.org"));
    for text in [&codes[0], &codes[0].replace('-', ""), &secret.reveal(), &secret.reveal_in_groups()] {
        assert!(!is_in(text), "{text}");
    }
}

#[test]
fn ten_sets_are_kept_in_an_hour_at_most() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    for _ in 0..10 {
        begin(&mut ada);
        assert_eq!(keep(&mut ada).location(), SECURITY);
    }
    begin(&mut ada);
    let refused = keep(&mut ada);
    assert_eq!(refused.status, Status::TooManyRequests);
    assert!(!refused.header("retry-after").is_empty());
    assert!(refused.says("You have made many recovery codes"));
}
