//! Every way to a session, and what the database stores of it: the methods by which its user was
//! authenticated.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";

/// Ada on a site with email, confirmed and without a session.
fn site() -> TestSite {
    let site = Setup::new().mail().build();
    site.ada_by_mail();
    site.change("delete from sessions");
    site
}

/// The methods of the only session, and whether it counts as recently authenticated.
fn methods(site: &TestSite) -> String {
    site.text("select methods || case when authenticated_at is null then '' else ', fresh' end from sessions")
}

/// The browser opened again, with only the cookie of its remembered device.
fn reopened<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|(name, _)| name == "remember");
    visitor
}

fn remembered(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    ada
}

#[test]
fn a_login_is_by_password() {
    let site = site();
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(methods(&site), "pwd, fresh");
}

#[test]
fn a_remembered_login_stores_its_method_with_the_device() {
    let site = site();
    let ada = remembered(&site);
    assert_eq!(methods(&site), "pwd, fresh");
    assert_eq!(site.text("select methods from remember_tokens"), "pwd");

    site.change("delete from sessions");
    assert!(reopened(&ada).is_logged_in());
    assert_eq!(methods(&site), "remember pwd", "a session that the device opened is not fresh");
}

#[test]
fn the_session_that_a_device_shares_counts_as_opened_by_it() {
    let site = site();
    let ada = remembered(&site);
    // Within the grace period, the session of the login is shared, but not the fact that a password was
    // entered in it.
    let mut other = reopened(&ada);
    assert!(other.is_logged_in());
    let (mut first, mut second) = (reopened(&ada), reopened(&ada));
    assert!(first.is_logged_in() && second.is_logged_in());
    for visitor in [&mut other, &mut first, &mut second] {
        assert_eq!(visitor.get("/settings/account").status, Status::Ok);
        assert_eq!(visitor.get("/settings/password").status, Status::SeeOther, "asks for the password");
    }
}

#[test]
fn entering_the_password_again_makes_a_session_fresh_and_keeps_the_device_method() {
    let site = site();
    let ada = remembered(&site);
    site.change("delete from sessions");
    let mut ada = reopened(&ada);
    assert!(ada.is_logged_in());
    let again =
        |ada: &mut Visitor<'_>| -> Answer { ada.submit("/reauthenticate", &[("password", PASSWORD)]) };
    assert_eq!(again(&mut ada).location(), "/profile");
    assert_eq!(methods(&site), "remember pwd, fresh");
    assert_eq!(again(&mut ada).location(), "/profile");
    assert_eq!(methods(&site), "remember pwd, fresh", "each method once");

    let fields = [("current_password", PASSWORD), ("new_password", NEW)];
    site.change("update sessions set methods = 'remember'");
    assert_eq!(ada.submit("/settings/password", &fields).status, Status::SeeOther);
    assert_eq!(methods(&site), "remember pwd, fresh", "a change of the password asks for the old one");
}

#[test]
fn a_login_by_confirming_the_address_is_by_password() {
    let site = Setup::new().mail().build();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(site.number("select count(*) from sessions"), 0, "signing up opens no session");
    let mut ada = site.visitor();
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
    assert_eq!(methods(&site), "pwd, fresh");
}

#[test]
fn nothing_else_opens_a_session() {
    let site = site();
    let mut ada = site.visitor();
    assert_eq!(ada.get(&site.reset_link(ADA)).location(), "/reset");
    assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    assert_eq!(site.number("select count(*) from sessions"), 0, "a reset leads to the login");
}
