//! A site that requires a second factor: a session without one opens the pages that add one, and no other.

use std::collections::BTreeSet;

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::MaybeUser;
use vestibule::base::Tx;
use vestibule::people::accounts;

use crate::authenticator_app::set_up_app;
use crate::second_factor_switch::{add_passkey, within};
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

/// What a restricted session opens, of all that needs a user. No other route may be added without a reason.
const OPEN: &str = "
GET /login/second/options
GET /logout
GET /reauthenticate
GET /reauthenticate/options
GET /settings/security
GET /settings/security/app
GET /settings/security/codes
GET /settings/security/passkeys/options
GET /settings/security/passkeys/plain/options
GET /settings/security/passkeys/upgrade/options
POST /reauthenticate
POST /reauthenticate/passkey
POST /settings/security/app
POST /settings/security/app/new
POST /settings/security/app/remove
POST /settings/security/codes
POST /settings/security/codes/file
POST /settings/security/codes/new
POST /settings/security/passkeys
POST /settings/security/passkeys/plain
POST /settings/security/passkeys/remove
POST /settings/security/passkeys/rename
POST /settings/security/passkeys/upgrade
POST /settings/security/passkeys/wake
POST /settings/security/two-factor
";

const REQUIRED: &str = "/settings/security?next=%2Fprofile";

fn requiring() -> TestSite {
    Setup::new().with("second_factor", "required").patient().build()
}

/// The same site with another policy.
fn with_policy(mut site: TestSite, policy: &str) -> TestSite {
    site.config.settings.second_factor = policy.parse().unwrap();
    site.restarted()
}

#[get("/greeting")]
fn greeting(visitor: MaybeUser) -> &'static str {
    if visitor.is_some() { "a user" } else { "a stranger" }
}

#[test]
fn a_restricted_session_opens_a_closed_list_of_pages() {
    let site = requiring();
    let routes = site.client.rocket().routes().filter(|route| (-12..=-1).contains(&route.rank));
    let routes = routes.map(|route| (route.method.to_string(), route.uri.path().replace(['<', '>'], "")));
    let mut open = BTreeSet::new();
    let mut closed = 0;
    for (method, path) in routes {
        let asks = |visitor: Visitor<'_>| {
            let form = Some("application/x-www-form-urlencoded");
            visitor.sending("accept", "application/json").request(&method, &path, form, "")
        };
        if asks(site.visitor()).status != Status::Unauthorized {
            continue;
        }
        let answer = asks(site.logged_in(ADA));
        if answer.status == Status::Unauthorized && answer.says("\"second_factor\"") {
            closed += 1;
        } else {
            open.insert(format!("{method} {path}"));
        }
    }
    let listed: BTreeSet<String> = OPEN.trim().lines().map(str::to_owned).collect();
    assert_eq!(open, listed);
    assert!(closed >= 15, "{closed}");
}

#[test]
fn the_visitor_is_led_to_the_security_page_and_in_no_circle() {
    let site = requiring();
    let mut ada = site.logged_in(ADA);
    assert_eq!(ada.get("/profile").location(), REQUIRED);
    assert_eq!(ada.get(REQUIRED).status, Status::Ok);
    site.clock.advance(1_800);
    assert_eq!(ada.get("/settings/password").location(), "/settings/security?next=%2Fsettings%2Fpassword");
    assert_eq!(ada.get("/reauthenticate?next=%2Fsettings%2Fsecurity").status, Status::Ok);
    let answer = ada.post("/logout", "");
    assert_eq!((answer.location(), ada.get("/profile").location()), ("/", "/login?next=%2Fprofile"));
}

#[test]
fn a_page_that_is_open_to_all_sees_a_stranger() {
    for (policy, seen) in [("required", "a stranger"), ("offered", "a user")] {
        let site = Setup::new().with("second_factor", policy).page(routes![greeting]).build();
        assert_eq!(site.logged_in(ADA).get("/greeting").body, seen, "{policy}");
    }
}

#[test]
fn sessions_and_devices_from_before_are_restricted_until_the_policy_is_taken_back() {
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let mut visitor = site.visitor();
    visitor.log_in_remembered(ADA, PASSWORD);
    let cookies = ["session", "remember"].map(|name| visitor.cookie(name).unwrap().to_owned());
    assert!(visitor.is_logged_in());
    let site = with_policy(site, "required");
    let mut session = site.visitor();
    session.plant("session", &cookies[0]);
    assert_eq!(session.get("/profile").location(), REQUIRED);
    let mut device = site.visitor();
    device.plant("remember", &cookies[1]);
    assert_eq!(device.get("/profile").location(), REQUIRED);
    let device = device.cookie("session").unwrap().to_owned();
    let site = with_policy(site, "offered");
    for cookie in [&cookies[0], &device] {
        let mut visitor = site.visitor();
        visitor.plant("session", cookie);
        assert_eq!(visitor.get("/profile").status, Status::Ok);
    }
}

#[test]
fn what_counts_as_two_is_not_restricted_and_neither_is_an_account_with_two_factors() {
    let site = requiring();
    let mut ada = site.logged_in(ADA);
    let account = site.account(ADA).id;
    assert_eq!(ada.get("/profile").location(), REQUIRED);
    site.change("update sessions set methods = 'passkey'");
    assert_eq!(ada.get("/profile").status, Status::Ok);
    site.change("update sessions set methods = 'pwd'");
    assert_eq!(ada.get("/profile").location(), REQUIRED);
    let now = site.clock.now();
    within(&site, &account, async |tx: &mut Tx| {
        accounts::set_two_factor(tx, &account, Some(now)).await.map(drop)
    });
    assert_eq!(ada.get("/profile").status, Status::Ok, "at once");
}

#[test]
fn where_it_is_required_a_passkey_is_asked_for_even_if_the_switch_is_off() {
    let site = requiring();
    let account = {
        site.logged_in(ADA);
        site.account(ADA).id
    };
    add_passkey(&site, &account, "Key");
    let mut thief = site.visitor();
    assert_eq!(thief.log_in(ADA, PASSWORD).location(), "/login/second", "the password alone opens nothing");
    assert!(thief.get("/settings/security").location().starts_with("/login"));
    site.change("update passkeys set rests_since = 1");
    let mut reader_of_mail = site.visitor();
    assert_eq!(reader_of_mail.log_in(ADA, PASSWORD).location(), "/login/second", "nor does a new one");
    site.change("update passkeys set rests_since = null, user_verified = 0, backup_eligible = 1, registration_mode = 'upgrade'");
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile", "no one asked for one that was just saved");
    assert_eq!(ada.get("/settings/security/passkeys/upgrade/options").body, "null");
    let free = TestSite::new();
    free.logged_in(ADA);
    add_passkey(&free, &free.account(ADA).id, "Key");
    assert_eq!(
        free.visitor().log_in(ADA, PASSWORD).location(),
        "/profile",
        "where it is offered, it is no duty"
    );
}

#[test]
fn the_last_factor_that_can_be_asked_for_stays_though_another_one_is_left() {
    let site = requiring();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.log_in(ADA, PASSWORD);
    set_up_app(&site, &mut ada);
    add_passkey(&site, &site.account(ADA).id, "Old");
    site.change("update passkeys set rp_id = 'old.example.org'");
    let refused = ada.post("/settings/security/app/remove", "");
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert_eq!(site.number("select count(*) from totp_apps where removed_at is null"), 1);
}

#[test]
fn the_page_says_what_the_removal_of_the_only_factor_turns_off_where_it_can_be_removed() {
    const ONLY: &str = "This is your only second factor. If you remove it, two-factor authentication is off";
    for (site, says) in [(TestSite::new(), true), (requiring(), false)] {
        let mut ada = site.visitor();
        ada.sign_up(ADA, "Ada", PASSWORD);
        ada.log_in(ADA, PASSWORD);
        set_up_app(&site, &mut ada);
        assert_eq!(ada.get("/settings/security").says(ONLY), says);
        add_passkey(&site, &site.account(ADA).id, "Key");
        assert!(!ada.get("/settings/security").says(ONLY), "there is another one");
    }
}
