//! Accounts whose address no one has confirmed: what a stranger typed is not kept, and in the end the
//! accounts are removed.

use rocket::http::Status;
use vestibule::base::totp::TotpSecret;
use vestibule::base::{Password, Token};
use vestibule::features::housekeeping::sweep;
use vestibule::features::{account_changes, signup};
use vestibule::people::Actor;
use vestibule::people::{Email, Name};
use vestibule::services::links::{self, Purpose};
use vestibule::services::second_factor::TurnedOn;
use vestibule::web::Submission;

use crate::recovery_codes::new_set;
use crate::second_factor_switch::{add_passkey, remove_passkey, turn_on};
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const DAY: i64 = 24 * 3_600;
const NEW: &str = "seven lazy violet teapots";
const LURE: &str = "Call 555 0100 at once";

fn site() -> TestSite {
    Setup::new().patient().mail().build()
}

/// A stranger has signed up with Ada's address; she is on the page of a link that she requested.
fn claimed(site: &TestSite) -> Visitor<'_> {
    site.visitor().sign_up(ADA, LURE, PASSWORD);
    let mut ada = site.visitor();
    ada.submit("/forgot", &[("email", ADA)]);
    ada.get(&site.mailed_link(ADA));
    ada
}

#[test]
fn a_reset_that_confirms_the_address_asks_for_the_name_again() {
    let site = site();
    let mut ada = claimed(&site);
    let page = ada.get("/reset");
    assert!(page.says("Your name") && !page.says(LURE), "{}", page.body);
    assert!(page.pieces("<input id=\"name\"", ">").concat().contains(" value=\"\""), "{}", page.body);
    for name in ["", "  ", "a\u{202e}b"] {
        let answer = ada.submit("/reset", &[("name", name), ("new_password", NEW)]);
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(answer.says("id=\"name-error\"") && !answer.says(LURE));
    }
    assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).status, Status::UnprocessableEntity);
    let answer = ada.submit("/reset", &[("name", "Ada"), ("new_password", "short")]);
    assert!(answer.status == Status::UnprocessableEntity && answer.says("value=\"Ada\""), "the name stays");
    assert_eq!(ada.submit("/reset", &[("name", "Ada"), ("new_password", NEW)]).location(), "/login");
    ada.log_in(ADA, NEW);
    assert!(ada.get("/profile").says("Welcome, Ada!"));
    assert_eq!(site.text("select name from accounts"), "Ada");
}

/// The one who signed up first may have been a stranger.
#[test]
fn a_reset_that_confirms_the_address_keeps_no_language_and_no_acceptance_of_the_sign_up() {
    let site = site();
    let mut ada = claimed(&site);
    site.change(
        "update accounts set language = 'es', language_before = 'fr', language_changed_at = 1767225600, \
         terms_version = '1', terms_accepted_at = 1767225600",
    );
    assert_eq!(ada.submit("/reset", &[("name", "Ada"), ("new_password", NEW)]).location(), "/login");
    let left = "coalesce(language, '') || coalesce(language_before, '') || coalesce(terms_version, '')";
    assert_eq!(site.text(format!("select {left} from accounts").leak()), "");
    let times = "count(language_changed_at) + count(terms_accepted_at)";
    assert_eq!(site.number(format!("select {times} from accounts").leak()), 0);
}

/// They would keep her out of the account.
#[test]
fn a_reset_that_confirms_the_address_keeps_no_second_factor_of_the_sign_up() {
    let site = site();
    let mut ada = claimed(&site);
    let account = site.account(ADA).id;
    Phone { account: account.clone(), secret: TotpSecret::generate() }.set_up(&site);
    let removed = add_passkey(&site, &account, "Removed");
    remove_passkey(&site, &account, &removed);
    add_passkey(&site, &account, "Key");
    new_set(&site, &account);
    assert_eq!(turn_on(&site, &account), TurnedOn::Done);
    site.change("update accounts set passkey_user_id = 'known to a stranger'");
    assert_eq!(ada.submit("/reset", &[("name", "Ada"), ("new_password", NEW)]).location(), "/login");
    for table in ["totp_apps", "passkeys", "recovery_sets", "recovery_codes"] {
        assert_eq!(site.number(format!("select count(*) from {table}").leak()), 0, "{table}");
    }
    assert_eq!(site.number("select count(two_factor_since) + count(passkey_user_id) from accounts"), 0);
    assert_eq!(ada.log_in(ADA, NEW).location(), "/profile");
}

#[test]
fn a_reset_of_a_confirmed_account_asks_only_for_a_password() {
    let site = site();
    site.ada_by_mail();
    let mut ada = site.visitor();
    ada.get(&site.reset_link(ADA));
    assert!(!ada.get("/reset").says("Your name"));
    let fields = [("name", LURE), ("new_password", NEW)];
    assert_eq!(ada.submit("/reset", &fields).location(), "/login");
    assert_eq!(site.text("select name from accounts"), "Ada");
    // Without email, the operator's link is for the user of the account.
    let site = TestSite::new();
    site.ada();
    let mut ada = site.visitor();
    ada.get(&site.reset_link(ADA));
    assert!(!ada.get("/reset").says("Your name"));
    assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    assert_eq!(site.text("select name from accounts"), "Ada");
}

fn swept(site: &TestSite) -> i64 {
    site.runtime.block_on(sweep(&site.site)).unwrap();
    site.number("select count(*) from accounts")
}

#[test]
fn an_account_that_no_one_confirms_is_removed_a_week_after_its_last_link() {
    let site = site();
    site.visitor().sign_up(ADA, LURE, PASSWORD);
    site.mails();
    site.clock.advance(5 * DAY);
    assert_eq!(site.visitor().submit("/confirm/new", &[("email", ADA)]).location(), "/confirm/new");
    site.mails();
    site.clock.advance(7 * DAY - 1);
    assert_eq!(swept(&site), 1);
    site.clock.advance(1);
    assert_eq!(swept(&site), 0);
    assert_eq!(site.number("select count(*) from passwords"), 0);
    // Her address is free, and nothing of the stranger's is left.
    site.visitor().sign_up(ADA, "Ada", NEW);
    let mut ada = site.visitor();
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.submit("/confirm", &[("password", NEW)]).location(), "/profile");
    assert!(ada.get("/profile").says("Welcome, Ada!"));
    site.clock.advance(100 * DAY);
    assert_eq!(swept(&site), 1, "it is confirmed");
}

#[test]
fn an_account_in_use_or_with_a_valid_link_or_without_an_email_is_not_removed() {
    let long = 100 * DAY;
    // The operator created it.
    let site = site();
    let (email, name) = (Email::parse(ADA).unwrap(), Name::parse("Ada").unwrap());
    let (password, none) = (Password::typed(PASSWORD), Submission::none());
    let made = signup::make(&site.site, &email, &name, &password, (Actor::CommandLine, None), &none);
    assert!(site.runtime.block_on(made).unwrap());
    site.clock.advance(long);
    assert_eq!(swept(&site), 1);

    // It was created while there was no email.
    let site = self::site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.change("update accounts set confirm_asked_at = null");
    site.mails();
    site.clock.advance(5 * DAY);
    site.visitor().submit("/confirm/new", &[("email", ADA)]);
    site.mails();
    site.clock.advance(long);
    assert_eq!(swept(&site), 1);

    // Its user has logged in, on a site that does not require a confirmed address.
    let site = Setup::new().mail().with("unconfirmed_login", "yes").build();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    site.mails();
    site.clock.advance(long);
    assert_eq!(swept(&site), 1);

    // It is disabled: the operator has looked at it.
    let site = self::site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.mails();
    site.runtime
        .block_on(account_changes::disable(&site.site, &site.account(ADA), Actor::CommandLine))
        .unwrap()
        .unwrap();
    site.clock.advance(long);
    assert_eq!(swept(&site), 1);

    // The operator's link is valid.
    let site = self::site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.mails();
    site.clock.advance(long);
    let ada = site.account(ADA);
    let made = links::make(&site.site, &ada.id, &email, Purpose::Confirm, Actor::CommandLine);
    let link = site.runtime.block_on(made).unwrap();
    assert!(Token::parse(link.address.split("token=").nth(1).unwrap()).is_some());
    assert_eq!(swept(&site), 1);
    site.clock.advance(7 * DAY);
    assert_eq!(swept(&site), 0, "a week later it is removed");

    // Its email waits to be sent.
    let site = self::site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.mails();
    site.clock.advance(long);
    site.change(
        "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
         select 'x', 'confirm', id, email, '{}', 9999999999, 9999999999, 1 from accounts",
    );
    assert_eq!(swept(&site), 1);

    // Its owner requested a link a moment ago. Its email waits, or has just been sent by the site's own task.
    let site = self::site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.mails();
    site.clock.advance(long);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    assert_eq!(swept(&site), 1);
    let mut ada = site.visitor();
    ada.get(&site.mailed_link(ADA));
    assert_eq!(ada.get("/reset").status, Status::Ok, "the email that was promised has come");
}

#[test]
fn a_run_continues_until_none_is_left() {
    let site = site();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.mails();
    site.change(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 210) \
         insert into accounts (id, email, email_key, name, created_at, updated_at, confirm_asked_at) \
         select 'account ' || i, 'a' || i || '@example.org', 'a' || i || '@example.org', 'A', 0, 0, i from n",
    );
    site.clock.advance(8 * DAY);
    assert_eq!(swept(&site), 0);
}

/// The destination of a sign-up, and of a request for another link, is kept until the address is confirmed.
#[test]
fn confirming_leads_to_where_the_visitor_wanted_to_go() {
    let site = site();
    let (next, check) = ("/settings/devices", "/confirm/new?next=%2Fsettings%2Fdevices");
    let sign_up = [("email", ADA), ("name", "Ada"), ("password", PASSWORD), ("next", next)];
    let mut ada = site.visitor();
    assert_eq!(ada.submit("/signup", &sign_up).location(), check);
    ada.get(&site.mailed_link(ADA));
    assert_eq!(
        ada.submit("/confirm", &[("password", "wrong horse battery")]).status,
        Status::UnprocessableEntity
    );
    let answer = ada.submit("/confirm", &[("password", PASSWORD)]);
    assert_eq!(answer.location(), next);
    assert!(answer.takes_back("sent"));

    let bob = "bob@example.org";
    site.visitor().sign_up(bob, "Bob", PASSWORD);
    site.mails();
    site.clock.advance(180);
    let mut browser = site.visitor();
    assert_eq!(browser.submit(check, &[("email", bob)]).location(), check);
    browser.jar.retain(|(name, _)| name == "sent"); // a minute later
    let page = browser.get("/confirm/new");
    assert!(page.says("<h1>Check your email</h1>") && page.says(bob));
    browser.get(&site.mailed_link(bob));
    assert_eq!(browser.submit("/confirm", &[("password", PASSWORD)]).location(), next);

    // Another browser knows nothing of it.
    let eve = "eve@example.org";
    let sign_up = [("email", eve), ("name", "Eve"), ("password", PASSWORD), ("next", next)];
    site.visitor().submit("/signup", &sign_up);
    let mut phone = site.visitor();
    phone.get(&site.mailed_link(eve));
    assert_eq!(phone.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
}
