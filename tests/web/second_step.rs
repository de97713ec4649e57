//! The step between the password and the session, for accounts with two-factor authentication: what opens it, what a
//! code is worth there, and what happens only after it.

use rocket::http::Status;
use vestibule::base::totp::{Code, TotpSecret};
use vestibule::people::sessions::PENDING_LIFETIME;
use vestibule::services::second_factor::TurnedOn;

use crate::recovery_codes::new_set;
use crate::second_factor_switch::turn_on;
use crate::support::phone::Phone;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const LOGIN: &str = "/login";
pub const SECOND: &str = "/login/second";
const CANCEL: &str = "/login/second/cancel";
const PENDING: &str = "pending-login";
const TOO_LATE: &str = "This step is over. Please log in again.";
const WRONG: &str = "This code is not right.";

/// Ada's app, with two-factor authentication on.
pub fn with_app(site: &TestSite) -> Phone {
    let phone = Phone::of(site, ADA);
    new_set(site, &phone.account);
    assert_eq!(turn_on(site, &phone.account), TurnedOn::Done);
    phone
}

/// The same where emails are sent, and her browser, which is logged out.
pub fn with_app_and_mail(site: &TestSite) -> (Phone, Visitor<'_>) {
    let mut ada = site.ada_by_mail();
    let phone = Phone { account: site.account(ADA).id, secret: TotpSecret::generate() };
    phone.set_up(site);
    new_set(site, &phone.account);
    assert_eq!(turn_on(site, &phone.account), TurnedOn::Done);
    ada.post("/logout", "");
    (phone, ada)
}

/// Types a code on the page of the second step.
fn types(visitor: &mut Visitor<'_>, code: &Code) -> Answer {
    visitor.fill_in(SECOND, SECOND, &[("code", &code.reveal())])
}

/// Types the password in a browser that was never used here before.
pub fn typed_password(site: &TestSite) -> Visitor<'_> {
    let mut visitor = site.visitor();
    assert_eq!(visitor.log_in(ADA, PASSWORD).location(), SECOND);
    visitor
}

fn sessions(site: &TestSite) -> i64 {
    site.number("select count(*) from sessions")
}

fn events(site: &TestSite) -> i64 {
    site.number("select count(*) from audit where event in ('logged_in', 'logged_in_new_browser')")
}

#[test]
fn the_password_alone_opens_nothing() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let before = events(&site);
    let mut ada = typed_password(&site);
    assert!(ada.cookie(PENDING).is_some());
    assert!(!ada.is_logged_in());
    for page in ["/settings", "/settings/security", "/reauthenticate"] {
        assert!(ada.get(page).location().starts_with(LOGIN), "{page}");
    }
    assert_eq!((sessions(&site), events(&site)), (0, before));
    let page = ada.get(SECOND);
    assert!(page.says(ADA) && page.says("Code from your authenticator app"), "{}", page.text());
    assert_eq!(types(&mut ada, &phone.code(&site, 0)).location(), "/profile");
    assert!(ada.is_logged_in());
    assert_eq!(site.text("select methods from sessions"), "pwd otp");
    assert_eq!((sessions(&site), events(&site)), (1, before + 1));
    assert!(ada.cookie(PENDING).is_none_or(str::is_empty), "it is taken back");
    assert_eq!(site.number("select count(*) from pending_logins"), 0);
}

#[test]
fn a_login_goes_on_to_where_the_visitor_wanted_to_go() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = site.visitor();
    let fields = [("email", ADA), ("password", PASSWORD), ("next", "/settings/devices")];
    let next = ada.submit(LOGIN, &fields).location().to_owned();
    assert!(next.starts_with("/login/second?next="), "{next}");
    let code = phone.code(&site, 0).reveal();
    let fields = [("code", &*code), ("next", "/settings/devices")];
    assert_eq!(ada.fill_in(&next, SECOND, &fields).location(), "/settings/devices");
}

#[test]
fn a_device_is_remembered_after_the_second_step_and_opens_without_it() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = site.visitor();
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), SECOND);
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert_eq!(types(&mut ada, &phone.code(&site, 0)).location(), "/profile");
    assert_eq!(site.number("select count(*) from remember_tokens"), 1);
    site.change("delete from sessions");
    assert!(ada.is_logged_in());
}

#[test]
fn a_wrong_code_is_told_apart_from_a_used_one_and_from_none() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let code = phone.code(&site, 0);
    assert_eq!(types(&mut typed_password(&site), &code).location(), "/profile");
    let mut ada = typed_password(&site);
    let used = types(&mut ada, &code);
    assert!(used.says("This code has been used already. Wait for the next one."), "{}", used.text());
    let wrong = types(&mut ada, &phone.wrong_code(&site));
    assert!(wrong.status == Status::UnprocessableEntity && wrong.says(WRONG), "{}", wrong.text());
    for (typed, sentence) in
        [("", "Type the code from your app."), (" ", "Type the code from your app."), ("12345", WRONG)]
    {
        let answer = ada.fill_in(SECOND, SECOND, &[("code", typed)]);
        assert!(answer.status == Status::UnprocessableEntity && answer.says(sentence), "{typed:?}");
    }
    assert_eq!(
        site.number("select count(*) from audit where event = 'factor_wrong'"),
        1,
        "only what was checked"
    );
    assert!(!ada.is_logged_in());
}

#[test]
fn after_five_wrong_codes_the_page_says_how_long_to_wait() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = typed_password(&site);
    for _ in 0..5 {
        assert!(types(&mut ada, &phone.wrong_code(&site)).says(WRONG));
    }
    let wait = types(&mut ada, &phone.code(&site, 0));
    assert_eq!((wait.status, wait.header("retry-after")), (Status::TooManyRequests, "1"));
    site.clock.advance(1);
    assert_eq!(types(&mut ada, &phone.code(&site, 0)).location(), "/profile");
}

#[test]
fn a_login_that_was_not_finished_in_time_begins_anew() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = typed_password(&site);
    let value = ada.get(SECOND).form_value();
    site.clock.advance(PENDING_LIFETIME);
    let code = phone.code(&site, 0).reveal();
    assert_eq!(ada.submit(SECOND, &[("form", &value), ("code", &code)]).location(), LOGIN);
    assert!(ada.get(LOGIN).says(TOO_LATE));
    let mut stranger = site.visitor();
    assert_eq!(stranger.get(SECOND).location(), LOGIN);
    assert!(stranger.get(LOGIN).says(TOO_LATE));
}

#[test]
fn a_visitor_who_gives_up_starts_again() {
    let site = TestSite::new();
    with_app(&site);
    let mut ada = typed_password(&site);
    let stolen = ada.cookie(PENDING).unwrap().to_owned();
    assert_eq!(ada.fill_in(SECOND, CANCEL, &[]).location(), LOGIN);
    ada.plant(PENDING, &stolen);
    assert_eq!(ada.get(SECOND).location(), LOGIN, "the row is over, too");
    assert_eq!(ada.get(LOGIN).status, Status::Ok);
}

#[test]
fn the_password_typed_again_replaces_the_login_that_waits_in_this_browser() {
    let site = TestSite::new();
    let phone = with_app(&site);
    let mut ada = typed_password(&site);
    let earlier = ada.get(SECOND).form_value();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    assert_eq!(site.number("select count(*) from pending_logins"), 1);
    let code = phone.code(&site, 0).reveal();
    let old_tab = ada.submit(SECOND, &[("form", &earlier), ("code", &code)]);
    assert!(old_tab.says("You have begun another login in this browser."), "{}", old_tab.text());
    assert_eq!(types(&mut ada, &phone.code(&site, 0)).location(), "/profile", "the code was not used up");
    // The other tab learns that it is done.
    assert_eq!(ada.get(SECOND).location(), "/profile");
}

#[test]
fn a_browser_is_known_and_reported_only_after_the_second_step() {
    let site = Setup::new().mail().build();
    let (phone, _) = with_app_and_mail(&site);
    let before = site.subjects(ADA).len();
    let mut other = typed_password(&site);
    assert_eq!(site.subjects(ADA).len(), before, "nothing is reported yet");
    assert_eq!(other.log_in(ADA, PASSWORD).location(), SECOND);
    assert_eq!(site.number("select known_browser from pending_logins"), 0, "the password made nothing known");
    assert_eq!(types(&mut other, &phone.code(&site, 0)).location(), "/profile");
    assert_eq!(site.subjects(ADA).len(), before + 1);
    other.post("/logout", "");
    assert_eq!(other.log_in(ADA, PASSWORD).location(), SECOND);
    assert_eq!(site.number("select known_browser from pending_logins"), 1);
}

#[test]
fn a_new_password_ends_the_login_that_waits_and_asks_for_the_second_step_too() {
    const NEW: &str = "seven lazy violet teapots";
    let site = Setup::new().mail().build();
    let (phone, _) = with_app_and_mail(&site);
    let mut ada = typed_password(&site);
    let link = site.reset_link(ADA);
    let mut other = site.visitor();
    assert_eq!(other.get(&link).location(), "/reset");
    let answer = other.fill_in("/reset", "/reset", &[("new_password", NEW)]);
    assert_eq!(answer.location(), LOGIN, "{}", answer.text());
    assert_eq!(ada.get(SECOND).location(), LOGIN);
    assert!(!other.is_logged_in());
    assert_eq!(other.log_in(ADA, NEW).location(), SECOND);
    assert_eq!(types(&mut other, &phone.code(&site, 0)).location(), "/profile");
}

#[test]
fn an_app_that_is_stopped_is_not_asked_for() {
    let site = TestSite::new();
    with_app(&site);
    site.change("update totp_apps set failed_codes = 100, stopped_at = created_at");
    let page = typed_password(&site).get(SECOND);
    assert!(!page.says("Code from your authenticator app"), "{}", page.text());
    assert!(page.says("Use a recovery code"));
}

#[test]
fn a_login_without_two_factor_authentication_has_one_step() {
    let site = TestSite::new();
    Phone::of(&site, ADA);
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(site.number("select count(*) from pending_logins"), 0);
    assert_eq!(site.text("select methods from sessions"), "pwd");
}

#[test]
fn a_link_that_confirms_the_address_does_not_replace_the_second_step() {
    let site = Setup::new().mail().build();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let phone = Phone { account: site.account(ADA).id, secret: TotpSecret::generate() };
    phone.set_up(&site);
    new_set(&site, &phone.account);
    assert_eq!(turn_on(&site, &phone.account), TurnedOn::Done);
    let mut ada = site.visitor();
    assert_eq!(ada.get(&site.mailed_link(ADA)).location(), "/confirm");
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), LOGIN);
    assert!(!ada.is_logged_in());
    assert_eq!(site.number("select count(*) from accounts where confirmed_at is not null"), 1);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), SECOND);
    assert_eq!(types(&mut ada, &phone.code(&site, 0)).location(), "/profile");
}
