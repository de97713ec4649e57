//! `second_factor_for`: a second factor is required of the members of some groups, and of no one else.

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::people::Admin;
use vestibule::people::groups::{self, GroupName, Removed};
use vestibule::people::{AccountId, Actor};

use crate::authenticator_app::set_up_app;
use crate::second_factor_switch::{add_passkey, summary};
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const SECURITY: &str = "/settings/security";
const SWITCH: &str = "/settings/security/two-factor";
const REQUIRED: &str = "/settings/security?next=%2Fprofile";
const DUTY: &str = "This site requires two-factor authentication.";

#[get("/reports")]
fn reports(admin: Admin) -> String {
    format!("The reports for {}", admin.name)
}

/// A site that requires it of these groups.
fn requiring(groups: &str) -> TestSite {
    Setup::new().with("second_factor_for", groups).page(routes![reports]).patient().build()
}

fn leave(site: &TestSite, email: &str, group: &str) {
    let (name, account) = (GroupName::parse(group).unwrap(), site.account(email).id);
    let removed = groups::remove(&site.site, &name, &account, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(removed).unwrap(), Removed::Done);
}

fn id(site: &TestSite, email: &str) -> AccountId {
    site.account(email).id
}

#[test]
fn a_member_is_restricted_from_the_next_request_on_until_they_leave() {
    let site = requiring("admins,editors");
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in(BOB));
    site.add_to_group(BOB, "choir");
    for group in ["admins", "editors"] {
        assert!(ada.is_logged_in(), "{group}: no one asks for it yet");
        site.add_to_group(ADA, group);
        assert_eq!(ada.get("/profile").location(), REQUIRED, "{group}");
        assert!(ada.get(SECURITY).says(DUTY), "{group}");
        assert!(bob.is_logged_in() && !bob.get(SECURITY).says(DUTY), "{group}: the choir is free");
        leave(&site, ADA, group);
        assert!(ada.is_logged_in() && !ada.get(SECURITY).says(DUTY), "{group}");
    }
}

#[test]
fn no_page_of_administrators_opens_without_it() {
    let site = requiring("admins");
    let mut ada = site.ada();
    site.add_to_group(ADA, "admins");
    assert_eq!(ada.get("/reports").location(), "/settings/security?next=%2Freports");
    set_up_app(&site, &mut ada);
    assert_eq!(ada.get("/reports").body, "The reports for Ada");
}

#[test]
fn a_group_whose_name_looks_alike_is_another_group() {
    let site = requiring("a_b,team.1,editors");
    let mut ada = site.logged_in(ADA);
    for group in ["axb", "team-1", "editor", "editors2", "a", "b"] {
        site.add_to_group(ADA, group);
        assert!(ada.is_logged_in(), "{group}");
    }
    site.add_to_group(ADA, "a_b");
    assert_eq!(ada.get("/profile").location(), REQUIRED);
}

#[test]
fn the_passkey_of_a_member_is_asked_for_even_if_the_switch_is_off() {
    let site = requiring("admins");
    for email in [ADA, BOB] {
        site.logged_in(email);
        add_passkey(&site, &id(&site, email), "Key");
    }
    let log_in = |email: &str| site.visitor().log_in(email, PASSWORD).location().to_owned();
    assert_eq!(log_in(ADA), "/profile", "it is offered to those who are in no group");
    site.add_to_group(ADA, "admins");
    assert_eq!((log_in(ADA), log_in(BOB)), ("/login/second".to_owned(), "/profile".to_owned()));
    let is_asked = |email: &str| summary(&site, &id(&site, email)).is_asked(&site.site);
    assert_eq!((is_asked(ADA), is_asked(BOB)), (true, false));
    site.change("update passkeys set rests_since = 1");
    assert_eq!(log_in(ADA), "/login/second", "nor is a new password enough");
    leave(&site, ADA, "admins");
    assert_eq!(log_in(ADA), "/profile");
}

#[test]
fn a_member_neither_turns_it_off_nor_removes_the_last_factor() {
    let site = requiring("admins");
    let mut ada = site.ada();
    set_up_app(&site, &mut ada);
    site.add_to_group(ADA, "admins");
    let refused = ada.submit(SWITCH, &[("turn", "off")]);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says("This site requires two-factor authentication. It can't be turned off."));
    assert_eq!(ada.post("/settings/security/app/remove", "").status, Status::UnprocessableEntity);
    assert!(summary(&site, &id(&site, ADA)).is_on());
    add_passkey(&site, &id(&site, ADA), "Key");
    assert_eq!(ada.post("/settings/security/app/remove", "").location(), SECURITY, "another one is left");
    assert!(summary(&site, &id(&site, ADA)).is_on());
    leave(&site, ADA, "admins");
    assert_eq!(ada.submit(SWITCH, &[("turn", "off")]).location(), SECURITY);
    assert!(!summary(&site, &id(&site, ADA)).is_on());
}

#[test]
fn no_browser_makes_a_passkey_of_a_member_without_a_question() {
    let site = requiring("admins");
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let asked = |ada: &mut Visitor<'_>| ada.get("/settings/security/passkeys/upgrade/options").body != "null";
    assert!(asked(&mut ada));
    site.add_to_group(ADA, "admins");
    assert!(!asked(&mut ada));
}

/// The statements of a page for users: the least of several measurements.
fn statements(site: &TestSite) -> u64 {
    let mut ada = site.logged_in(ADA);
    let each = (0..6).map(|_| {
        site.change("update accounts set updated_at = updated_at"); // so that the session is read again
        let before = site.db.statements();
        assert_eq!(ada.get("/profile").status, Status::Ok);
        site.db.statements() - before
    });
    each.min().unwrap()
}

#[test]
fn a_page_sends_no_more_statements_for_it() {
    assert_eq!(statements(&requiring("admins,editors")), statements(&requiring("")));
}
