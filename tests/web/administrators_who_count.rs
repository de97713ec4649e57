//! Which administrators count as one who can log in: by their account, their factors and the settings.

use vestibule::base::totp::TotpSecret;
use vestibule::features::housekeeping::sweep;

use crate::last_administrator::{administrator, is_there_one};
use crate::recovery_codes::new_set;
use crate::second_factor_switch::add_passkey;
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, Setup, TestSite};

const BOB: &str = "bob@example.org";

#[test]
fn only_those_who_can_log_in_count() {
    let site = Setup::new().mail().build();
    let bob = administrator(&site, BOB).id;
    let after = |change: &'static str| {
        assert!(site.change(change) > 0, "{change}");
        is_there_one(&site)
    };
    assert!(is_there_one(&site));
    assert!(!after("update accounts set disabled_at = 1"));
    assert!(after("update accounts set disabled_at = null"));
    assert!(!after("update accounts set confirmed_at = null"), "the site requires that");
    assert!(after("update accounts set confirmed_at = 1"));
    // The password is not enough by itself where two-factor authentication is on.
    assert!(!after("update accounts set two_factor_since = 1"));
    new_set(&site, &bob);
    assert!(is_there_one(&site), "by a recovery code");
    assert!(!after("delete from recovery_codes"));
    let phone = Phone { account: bob.clone(), secret: TotpSecret::generate() };
    phone.set_up(&site);
    assert!(is_there_one(&site), "by the app");
    assert!(!after("update totp_apps set stopped_at = 1"));
    add_passkey(&site, &bob, "Key");
    assert!(after("update passkeys set user_verified = 0"), "by a security key after the password");
    // A passkey that verifies its user needs no password.
    assert!(!after("delete from passwords"));
    assert!(after("update passkeys set user_verified = 1"));
    assert!(!after("update passkeys set rests_since = 1"));
    assert!(after("update passkeys set rests_since = null"));
    assert!(!after("update passkeys set rp_id = 'old.example.org'"));
    assert!(after("update passkeys set rp_id = 'localhost'"));
    assert!(!after("update passkeys set removed_at = 1"));
    assert!(after("update passkeys set removed_at = null"));
    // One that was saved without a question takes the place of the password, and not of two factors.
    let saved = "update passkeys set user_verified = 0, registration_mode = 'upgrade', backup_eligible = 1";
    assert!(!after(saved));
    assert!(after("update accounts set two_factor_since = null"));
    assert!(!after("delete from memberships"));
}

#[test]
fn where_no_address_is_confirmed_that_does_not_matter() {
    let site = TestSite::new();
    administrator(&site, ADA);
    site.change("update accounts set confirmed_at = null");
    assert!(is_there_one(&site));
}

#[test]
fn passkeys_that_are_turned_off_let_no_one_in() {
    for (passkeys, counts) in [("true", true), ("false", false)] {
        let site = Setup::new().with("passkeys", passkeys).build();
        add_passkey(&site, &administrator(&site, ADA).id, "Key");
        site.change("delete from passwords");
        assert_eq!(is_there_one(&site), counts, "passkeys = {passkeys}");
    }
}

#[test]
fn an_administrator_who_never_confirmed_the_address_is_not_removed_after_a_week() {
    let site = Setup::new().mail().patient().with("unconfirmed_login", "yes").build();
    for email in [ADA, BOB] {
        site.visitor().sign_up(email, "Name", PASSWORD);
    }
    site.mails();
    site.add_to_group(ADA, "admins");
    site.clock.advance(9 * 24 * 3_600);
    site.runtime.block_on(sweep(&site.site)).unwrap();
    assert_eq!(site.text("select email from accounts"), ADA);
    assert!(is_there_one(&site));
}
