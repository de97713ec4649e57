//! Logging in with a passkey, in place of the password. A software authenticator is the device and its browser.

use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::base::webauthn::Algorithm;
use vestibule::services::passkeys::RegistrationMode;
use vestibule::services::second_factor::TurnedOn;
use vestibule::testing::{AssertionOptions, Authenticator, Ceremony};

use crate::emails::with_mail;
use crate::passkeys::{Ada, bytes};
use crate::recovery_codes::new_set;
use crate::second_factor_switch::turn_on;
use crate::second_step::typed_password;
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const LOGIN: &str = "/login";
const BY_PASSKEY: &str = "/login/passkey";
const OPTIONS: &str = "/login/passkey/options";
pub const SECOND_BY_PASSKEY: &str = "/login/second/passkey";
pub const SECOND_OPTIONS: &str = "/login/second/options";
const UNKNOWN: &str = "This passkey is not known here. It may have been removed.";
pub const REFUSED: &str = "This passkey could not be used. Try again or log in another way.";

/// What a device answers to the question at an address.
pub fn answered(
    visitor: &mut Visitor<'_>,
    options: &str,
    device: &Authenticator,
    twist: impl FnOnce(&mut AssertionOptions),
) -> String {
    let question = visitor.get(options).json();
    let rp_id = question["rpId"].as_str().unwrap();
    let ceremony = Ceremony::new(rp_id, "http://localhost:8000", &bytes(&question["challenge"]));
    let mut asked = AssertionOptions::new(ceremony);
    twist(&mut asked);
    device.assert(&asked).json().to_string()
}

/// Logs in as the script of the login page does.
fn log_in(visitor: &mut Visitor<'_>, device: &Authenticator) -> Answer {
    let credential = answered(visitor, OPTIONS, device, |_| {});
    visitor.submit(BY_PASSKEY, &[("credential", &credential)])
}

/// Ada with two-factor authentication, and her device.
pub fn with_two_factors() -> (Ada, Authenticator) {
    let ada = Ada::new();
    let device = ada.device();
    new_set(&ada.site, &ada.account.id);
    assert_eq!(turn_on(&ada.site, &ada.account.id), TurnedOn::Done);
    (ada, device)
}

/// How many sessions a passkey has opened by itself.
fn opened(site: &TestSite) -> i64 {
    site.number("select count(*) from sessions where methods = 'passkey' and passkey_id is not null")
}

/// What a page tells the browser: each name of a method, with its argument.
fn told(page: &Answer) -> Vec<(String, Value)> {
    let values = page.values("data-with").into_iter().map(|text| serde_json::from_str(&text).unwrap());
    page.values("data-signal").into_iter().zip(values).collect()
}

#[test]
fn a_passkey_logs_in_without_an_address_and_the_login_is_fresh() {
    let ada = Ada::new();
    let device = ada.device();
    let mut visitor = ada.site.visitor();
    let question = visitor.get(OPTIONS);
    assert!(question.status == Status::Ok && question.header("cache-control").contains("no-store"));
    assert!(question.all("set-cookie").is_empty());
    let answer = log_in(&mut visitor, &device);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/profile"));
    assert!(visitor.is_logged_in());
    assert_eq!(visitor.get("/reauthenticate").status, Status::SeeOther, "it is fresh, and leads on");
    assert_eq!(opened(&ada.site), 1);
}

#[test]
fn two_factor_authentication_asks_for_nothing_after_a_passkey() {
    let (ada, device) = with_two_factors();
    let mut visitor = ada.site.visitor();
    assert_eq!(log_in(&mut visitor, &device).location(), "/profile");
    assert!(visitor.is_logged_in());
    assert_eq!((opened(&ada.site), ada.site.number("select count(*) from pending_logins")), (1, 0));
}

#[test]
fn a_passkey_remembers_the_device_and_leads_to_where_the_visitor_wanted_to_go() {
    let ada = Ada::new();
    let device = ada.device();
    let mut visitor = ada.site.visitor();
    let credential = answered(&mut visitor, OPTIONS, &device, |_| {});
    let fields = [("credential", &*credential), ("remember", "yes"), ("next", "/settings/devices")];
    assert_eq!(visitor.submit(BY_PASSKEY, &fields).location(), "/settings/devices");
    ada.site.change("delete from sessions");
    assert!(visitor.is_logged_in());
    let mut other = ada.site.visitor();
    log_in(&mut other, &device);
    ada.site.change("delete from sessions");
    assert!(!other.is_logged_in(), "the box was not ticked");
}

#[test]
fn a_form_that_is_sent_twice_logs_in_once() {
    let ada = Ada::new();
    let device = ada.device();
    let mut visitor = ada.site.visitor();
    let value = visitor.get(LOGIN).form_value();
    let credential = answered(&mut visitor, OPTIONS, &device, |_| {});
    let fields = [("form", &*value), ("credential", &*credential)];
    let mut copy = visitor.clone();
    assert_eq!(visitor.submit(BY_PASSKEY, &fields).location(), "/profile");
    assert_eq!(copy.submit(BY_PASSKEY, &fields).location(), "/profile", "the same answer");
    assert!(visitor.is_logged_in() && !copy.is_logged_in(), "without a cookie");
    assert_eq!(opened(&ada.site), 1);
}

#[test]
fn the_browser_is_told_once_of_a_passkey_that_no_account_has() {
    let ada = Ada::new();
    let (device, mut stranger) = (ada.device(), Authenticator::new(Algorithm::Es256));
    stranger.user_handle.clone_from(&device.user_handle);
    let mut visitor = ada.site.visitor();
    let credential = answered(&mut visitor, OPTIONS, &stranger, |_| {});
    let id = serde_json::from_str::<Value>(&credential).unwrap()["rawId"].clone();
    let answer = visitor.submit(BY_PASSKEY, &[("credential", &credential), ("next", "/settings/devices")]);
    assert_eq!(answer.location(), "/login?next=%2Fsettings%2Fdevices");
    assert!(answer.set_cookie("unknown-passkey").contains("Max-Age=60"));
    let page = visitor.get(LOGIN);
    assert_eq!(page.notices(), [UNKNOWN]);
    let expected = json!({ "rpId": "localhost", "credentialId": id });
    assert_eq!(told(&page), [("signalUnknownCredential".to_owned(), expected)]);
    let page = visitor.get(LOGIN);
    assert!(told(&page).is_empty() && page.notices().is_empty());
    // One that its owner removed may come back: the browser must keep it.
    ada.site.change("update passkeys set removed_at = created_at");
    assert_eq!(log_in(&mut visitor, &device).location(), LOGIN);
    let page = visitor.get(LOGIN);
    assert!(told(&page).is_empty());
    assert_eq!(page.notices(), [UNKNOWN]);
}

#[test]
fn whatever_else_is_wrong_the_sentence_is_the_same_and_the_browser_keeps_the_passkey() {
    let ada = Ada::new();
    let device = ada.device();
    for (wrong, right) in [
        ("update accounts set disabled_at = 1", "update accounts set disabled_at = null"),
        ("update passkeys set user_verified = 0", "update passkeys set user_verified = 1"),
        ("update passkeys set rp_id = 'login.old.test'", "update passkeys set rp_id = 'localhost'"),
    ] {
        let mut visitor = ada.site.visitor();
        ada.site.change(wrong);
        assert_eq!(log_in(&mut visitor, &device).location(), LOGIN, "{wrong}");
        let page = visitor.get(LOGIN);
        assert_eq!((page.notices(), told(&page)), (vec![REFUSED.to_owned()], Vec::new()), "{wrong}");
        ada.site.change(right);
        assert_eq!(log_in(&mut visitor, &device).location(), "/profile", "{right}");
    }
    let mut visitor = ada.site.visitor();
    ada.site.change("update passkeys set rests_since = 1");
    assert_eq!(log_in(&mut visitor, &device).location(), LOGIN);
    let rests = "This passkey can't log you in alone since your password was reset.";
    assert!(visitor.get(LOGIN).notices()[0].starts_with(rests), "only its holder learns this");
    ada.site.change("update passkeys set rests_since = null");
    let touched = answered(&mut visitor, OPTIONS, &device, |it| it.ceremony.user_verified = false);
    let spent = answered(&mut visitor, OPTIONS, &device, |_| {});
    assert_eq!(ada.site.visitor().submit(BY_PASSKEY, &[("credential", &spent)]).location(), "/profile");
    for credential in [&*touched, &*spent, "", "{}"] {
        let answer = visitor.submit(BY_PASSKEY, &[("credential", credential), ("remember", "yes")]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, LOGIN), "{credential}");
        let page = visitor.get(LOGIN);
        assert_eq!(page.notices(), [REFUSED], "{credential}");
        assert!(page.says("value=\"yes\" checked"), "the box stays ticked");
    }
    assert_eq!(visitor.submit(BY_PASSKEY, &[("remember", "yes")]).status, Status::UnprocessableEntity);
    assert!(!visitor.is_logged_in());
}

#[test]
fn a_passkey_does_not_replace_the_account_that_is_logged_in() {
    let ada = Ada::new();
    let device = ada.device();
    let mut bob = ada.site.logged_in("bob@example.org");
    assert_eq!(log_in(&mut bob, &device).location(), LOGIN);
    let page = bob.get(LOGIN);
    assert!(page.says("bob@example.org"), "{}", page.text());
    assert_eq!(page.notices(), ["This browser is already logged in. Nothing was changed."]);
    assert_eq!(opened(&ada.site), 0);
}

#[test]
fn passkeys_of_a_network_wait_after_too_many_and_passwords_do_not() {
    let ada = Ada::at(Setup::new().with("limit_logins", "2").build());
    let device = ada.device();
    for _ in 0..2 {
        assert_eq!(log_in(&mut ada.site.visitor(), &device).location(), "/profile");
    }
    let wait = log_in(&mut ada.site.visitor(), &device);
    assert_eq!(wait.status, Status::TooManyRequests);
    assert!((29..=31).contains(&wait.header("retry-after").parse::<i64>().unwrap()));
    assert!(wait.says("Too many logins from your internet connection."), "{}", wait.text());
    assert_eq!(ada.site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(log_in(&mut ada.site.visitor_from("203.0.113.9"), &device).location(), "/profile");
    ada.site.clock.advance(30);
    assert_eq!(log_in(&mut ada.site.visitor(), &device).location(), "/profile");
}

#[test]
fn the_owner_is_told_of_a_new_browser_and_of_a_passkey_that_may_have_been_copied() {
    let ada = Ada::at(with_mail());
    let (mut device, mut key) = (ada.device(), Authenticator::new(Algorithm::Es256));
    (key.backup_eligible, key.backed_up) = (false, false);
    ada.try_to_add(&ada.account, RegistrationMode::Asked, &mut key, |_| {}).unwrap();
    let mut visitor = ada.site.visitor();
    let mut subject = |device: &Authenticator| -> Vec<String> {
        let before = ada.site.subjects(ADA).len();
        ada.site.clock.advance(2);
        assert_eq!(log_in(&mut visitor, device).location(), "/profile");
        visitor.post("/logout", "");
        ada.site.subjects(ADA).split_off(before)
    };
    let is_copied = |subjects: &[String]| subjects.len() == 1 && subjects[0].contains("may have been copied");
    device.counter = 5;
    let first = subject(&device);
    assert!(first.len() == 1 && first[0].starts_with("New login to"), "{first:?}");
    assert!(subject(&key).is_empty(), "the account knows the browser now");
    assert!(is_copied(&subject(&device)), "its counter is what it was");
    (key.backup_eligible, key.backed_up) = (true, true);
    assert!(is_copied(&subject(&key)), "it may be synced from now on");
    assert!(subject(&key).is_empty());
    let events = |site: &TestSite| {
        let counter = site.number("select count(*) from audit where event = 'passkey_counter'");
        (counter, site.number("select count(*) from audit where event = 'passkey_backup_changed'"))
    };
    assert_eq!(events(&ada.site), (1, 1));
}

#[test]
fn a_login_that_waits_is_over_once_its_visitor_logs_in_by_a_passkey() {
    let (ada, device) = with_two_factors();
    let mut visitor = typed_password(&ada.site);
    assert_eq!(log_in(&mut visitor, &device).location(), "/profile");
    assert_eq!(ada.site.number("select count(*) from pending_logins"), 0);
    assert!(visitor.cookie("pending-login").is_none_or(str::is_empty));
}

#[test]
fn the_login_page_asks_for_passkeys_only_where_they_work() {
    let page = TestSite::new().visitor().get(LOGIN);
    for part in ["passkey-", "autocomplete=\"username webauthn\"", "data-autofill", "\"credential\""] {
        assert!(page.body.contains(part), "{part}");
    }
    let [password, passkey] = ["current-password", "data-passkey"].map(|part| page.body.find(part).unwrap());
    assert!(password < passkey, "the password comes first");
    let site = Setup::new().with("base_url", "http://login.example.org").build();
    let mut visitor = site.visitor();
    let page = visitor.get(LOGIN);
    assert!(
        page.body.contains("autocomplete=\"username\"") && !page.body.contains("passkey"),
        "{}",
        page.body
    );
    for options in [OPTIONS, SECOND_OPTIONS] {
        assert_eq!(visitor.get(options).status, Status::NotFound, "{options}");
    }
    for form in [BY_PASSKEY, SECOND_BY_PASSKEY] {
        assert_eq!(visitor.submit(form, &[("credential", "{}")]).status, Status::NotFound, "{form}");
    }
}
