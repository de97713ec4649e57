//! Owners who cannot log in: what administrators read of the reason, and the buttons that let them in again.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups;
use vestibule::services::second_factor::{self, Lost};
use vestibule::web::Submission;

use crate::admin_accounts::{ROOT, root, site};
use crate::admin_acts::{page_of, press};
use crate::second_factor_switch::add_passkey;
use crate::support::{ADA, PASSWORD, Setup};

#[test]
fn a_network_that_has_to_wait_is_named_and_may_try_again_by_a_button() {
    const CLUB: &str = "203.0.113.9";
    let site = Setup::new().with("limit_wrong_passwords", "3").with("limit_logins", "1000").build();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = page_of(&site, ADA);
    assert!(!root.get(&page).says("came from the network of"));
    site.visitor_from(CLUB).log_in(ADA, "seven lazy violet teapots");
    for number in 0..3 {
        site.visitor_from(CLUB).log_in(&format!("guest{number}@example.org"), "seven lazy violet teapots");
    }
    let mut ada = site.visitor_from(CLUB);
    assert_eq!(ada.log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    let shown = root.get(&page);
    assert!(shown.says(&format!("came from the network of {CLUB}")), "{}", shown.body);
    assert_eq!(
        root.submit(&format!("{page}/network-unlocking"), &[("address", "x")]).status,
        Status::BadRequest
    );
    let elsewhere = press(&mut root, &page, "network-unlocking", &[("address", "203.0.113.200")]);
    assert!(elsewhere.notices().is_empty(), "only a network that keeps this owner waiting");
    assert_eq!(site.number("select count(*) from audit where event = 'network_unlocked'"), 0);
    let shown = press(&mut root, &page, "network-unlocking", &[("address", CLUB)]);
    assert_eq!(shown.notices(), ["The wrong passwords and codes from that network no longer count."]);
    assert!(!shown.says("came from the network of"), "{}", shown.body);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile", "what is in memory is forgotten, too");
    // And the limit holds again, from the beginning.
    for number in 0..3 {
        site.visitor_from(CLUB).log_in(&format!("guest{number}@example.org"), "seven lazy violet teapots");
    }
    assert_eq!(site.visitor_from(CLUB).log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    assert!(root.get("/admin/activity").says("The wait of a network after wrong passwords was ended"));
}

#[test]
fn wrong_passwords_of_others_in_the_network_of_a_session_are_named_as_well() {
    const CLUB: &str = "203.0.113.9";
    const UNKNOWN: &str = "Unless their network has to wait after wrong passwords of others:";
    let site = Setup::new().with("limit_wrong_passwords", "3").with("limit_logins", "1000").build();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.change(
        "delete from sessions \
         where account_id in (select id from accounts where email_key = 'ada@example.org')",
    );
    let page = page_of(&site, ADA);
    let shown = root.get(&page);
    assert!(shown.says(UNKNOWN) && shown.says("network unlock ADDRESS"), "{}", shown.body);
    assert_eq!(site.visitor_from(CLUB).log_in(ADA, PASSWORD).location(), "/profile");
    let shown = root.get(&page);
    assert!(shown.says("Yes, with the right password.") && !shown.says(UNKNOWN), "{}", shown.body);
    for number in 0..3 {
        site.visitor_from(CLUB).log_in(&format!("guest{number}@example.org"), "seven lazy violet teapots");
    }
    let mut ada = site.visitor_from(CLUB);
    assert_eq!(ada.log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    let shown = press(&mut root, &page, "unlocking", &[]);
    let told = "The wrong passwords and codes for this account no longer count. Those that came from a network still do.";
    assert_eq!(shown.notices(), [told]);
    assert!(shown.says(&format!("came from the network of {CLUB}")), "{}", shown.body);
    assert!(!shown.says("Yes, with the right password."), "{}", shown.body);
    press(&mut root, &page, "network-unlocking", &[("address", CLUB)]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn the_page_says_why_an_owner_cannot_log_in_and_has_the_button_that_helps() {
    let site = Setup::new().mail().build();
    let mut root = root(&site);
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up(ADA, "Ada", PASSWORD).location(), "/confirm/new");
    let page = page_of(&site, ADA);
    let shown = root.get(&page);
    assert!(shown.says("The email address is not confirmed."), "{}", shown.body);
    assert!(shown.says(&format!("It also confirms {ADA}")), "{}", shown.body);
    assert!(shown.says("If it is mistyped, change the address instead."), "{}", shown.body);
    for _ in 0..6 {
        site.visitor_from("203.0.113.7").log_in(ADA, "seven lazy violet teapots");
    }
    let shown = root.get(&page);
    assert!(shown.says("After wrong passwords, new browsers must wait until"), "{}", shown.body);
    let shown = press(&mut root, &page, "unlocking", &[]);
    assert!(!shown.says("new browsers must wait until"), "{}", shown.body);
    let shown = press(&mut root, &page, "confirmation", &[]);
    assert_eq!(shown.notices(), ["The email address was confirmed."]);
    assert!(shown.says("Yes, with the right password."), "{}", shown.body);
    site.clock.advance(60);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert!(root.get(&page).says("The clock of this site says"));
}

#[test]
fn second_steps_are_removed_and_their_owner_is_told() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let page = page_of(&site, ADA);
    let id = site.account(ADA).id;
    site.change(
        format!(
            "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by) \
             values ('app', '{id}', '', 0, 0, 1700000000, 'owner')"
        )
        .leak(),
    );
    site.change("update accounts set two_factor_since = 1700000000 where email_key = 'ada@example.org'");
    let shown = root.get(&page);
    assert!(shown.says("There is no second factor that works, and no recovery code."), "{}", shown.body);
    let shown = press(&mut root, &page, "factor-removal", &[]);
    assert_eq!(shown.notices(), ["All second factors were removed. Every device was logged out."]);
    assert!(shown.says("Yes, with the right password."), "{}", shown.body);
    assert!(!ada.is_logged_in());
    assert!(site.subjects(ADA).iter().any(|subject| subject.contains("second factor was removed")));
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn the_only_way_in_of_the_last_administrator_is_not_removed() {
    const LAST: &str =
        "This is the last administrator who can log in. Make another one first. Nothing was changed.";
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.add_to_group(ADA, "admins");
    let [page, roots] = [ADA, ROOT].map(|email| page_of(&site, email));
    add_passkey(&site, &site.account(ADA).id, "Key");
    // Root is still logged in, but could not log in again.
    site.change("delete from passwords");
    let removed = "select count(*) from passkeys where removed_at is not null";
    let shown = press(&mut root, &page, "factor-removal", &[]);
    assert_eq!((shown.notices(), site.number(removed)), (vec![LAST.to_owned()], 0));
    assert!(!root.get(&roots).says("/factor-removal"), "one's own are changed in the settings");
    add_passkey(&site, &site.account(ROOT).id, "Key");
    let shown = press(&mut root, &page, "factor-removal", &[]);
    assert_eq!(shown.notices(), ["All second factors were removed. Every device was logged out."]);
    assert_eq!(site.number(removed), 1);
    // Now it is Root who is the last one: the command line takes that away all the same.
    let last = site.account(ROOT);
    let form = Submission::none();
    let clear = second_factor::clear(&site.site, &last, &Lost::All, Actor::CommandLine, &form);
    assert_eq!(site.block_on(clear).unwrap().unwrap().removed, 1);
    assert!(!site.block_on(groups::has_an_admin(&site.site)).unwrap());
}
