//! A passkey as the second step of a login: asked for after the password, and for nothing else.

use rocket::http::Status;
use vestibule::testing::Authenticator;

use crate::passkey_login::{REFUSED, SECOND_BY_PASSKEY, SECOND_OPTIONS, answered, with_two_factors};
use crate::passkeys::bytes;
use crate::second_step::{SECOND, typed_password};
use crate::support::{ADA, Answer, PASSWORD, Visitor};

/// Sends the answer to the second step.
fn confirm(visitor: &mut Visitor<'_>, credential: &str) -> Answer {
    visitor.submit(SECOND_BY_PASSKEY, &[("credential", credential)])
}

/// What a touch of a device answers to the second step.
fn touched(visitor: &mut Visitor<'_>, device: &Authenticator) -> String {
    answered(visitor, SECOND_OPTIONS, device, |it| it.ceremony.user_verified = false)
}

#[test]
fn a_touch_of_a_passkey_is_the_second_step() {
    let (ada, device) = with_two_factors();
    let mut visitor = typed_password(&ada.site);
    assert!(visitor.get(SECOND).says("Use a passkey"));
    let credential = touched(&mut visitor, &device);
    let fields = [("credential", &*credential), ("next", "/settings/devices")];
    assert_eq!(visitor.submit(SECOND_BY_PASSKEY, &fields).location(), "/settings/devices");
    assert!(visitor.is_logged_in());
    assert_eq!(ada.site.number("select count(*) from sessions where methods = 'pwd passkey'"), 1);
    assert_eq!(ada.site.number("select count(*) from pending_logins"), 0);
    assert!(visitor.cookie("pending-login").is_none_or(str::is_empty));
    let mut copied = typed_password(&ada.site);
    assert_eq!(confirm(&mut copied, &credential).location(), SECOND, "it was for another login");
}

#[test]
fn a_passkey_that_is_refused_after_the_password_leaves_the_login_waiting() {
    let (ada, device) = with_two_factors();
    let of_bob = ada.device_of(&ada.bob());
    let (mut visitor, mut elsewhere) = (typed_password(&ada.site), typed_password(&ada.site));
    let of_another_login = touched(&mut elsewhere, &device);
    let of_another_account = touched(&mut visitor, &of_bob);
    for credential in [&*of_another_login, &*of_another_account, "", "{}"] {
        let answer = confirm(&mut visitor, credential);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, SECOND), "{credential}");
        assert_eq!(visitor.get(SECOND).notices(), [REFUSED], "{credential}");
    }
    assert!(!visitor.is_logged_in());
    let credential = touched(&mut visitor, &device);
    assert_eq!(confirm(&mut visitor, &credential).location(), "/profile");
    assert_eq!(confirm(&mut elsewhere, &of_another_login).location(), "/profile");
}

#[test]
fn a_page_of_an_earlier_login_does_not_finish_the_one_that_waits_now() {
    let (ada, device) = with_two_factors();
    let mut visitor = typed_password(&ada.site);
    let earlier = visitor.get(SECOND).form_value();
    assert_eq!(visitor.log_in(ADA, PASSWORD).location(), SECOND);
    let credential = touched(&mut visitor, &device);
    let old_tab = visitor.submit(SECOND_BY_PASSKEY, &[("form", &earlier), ("credential", &credential)]);
    assert_eq!(old_tab.status, Status::UnprocessableEntity);
    assert!(old_tab.says("You have begun another login in this browser."), "{}", old_tab.body);
    assert!(!visitor.is_logged_in());
    assert_eq!(confirm(&mut visitor, &credential).location(), "/profile");
}

#[test]
fn only_a_browser_in_which_the_password_was_typed_learns_which_passkeys_there_are() {
    let (ada, device) = with_two_factors();
    let mut visitor = typed_password(&ada.site);
    let question = visitor.get(SECOND_OPTIONS).json();
    assert_eq!(bytes(&question["allowCredentials"][0]["id"]), device.credential_id);
    let credential = touched(&mut visitor, &device);
    let mut stranger = ada.site.visitor();
    assert_eq!(confirm(&mut stranger, &credential).location(), "/login");
    assert_eq!(confirm(&mut visitor, &credential).location(), "/profile");
    for who in [&mut stranger, &mut visitor] {
        let question = who.get(SECOND_OPTIONS);
        assert_eq!(question.status, Status::Unauthorized);
        assert!(question.json()["allowCredentials"].is_null());
    }
}
