//! An authenticator app that is removed counts no more, and can be brought back for a week.

use vestibule::base::Time;
use vestibule::base::totp::TotpSecret;
use vestibule::services::totp_app::{self, Checked, REMOVED_KEPT, SetUp};

use crate::support::phone::Phone;
use crate::support::{ADA, TestSite};

const HOUR: i64 = 3_600;

fn remove(site: &TestSite, phone: &Phone) -> bool {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[phone.account.lock_key()]).await.unwrap();
        let removed = totp_app::remove(&mut tx, &phone.account, site.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        removed
    })
}

/// Makes the app of the account what it was at a moment.
fn restore(site: &TestSite, phone: &Phone, moment: Time) -> bool {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[phone.account.lock_key()]).await.unwrap();
        let now = site.clock.now();
        let changed = totp_app::restore(&mut tx, &phone.account, moment, now).await.unwrap();
        tx.commit().await.unwrap();
        changed
    })
}

/// The number of rows after a sweep.
fn kept(site: &TestSite) -> i64 {
    site.runtime.block_on(totp_app::sweep(&site.site)).unwrap();
    site.number("select count(*) from totp_apps")
}

/// Another app, which takes the place of the account's.
fn replaced(site: &TestSite, phone: &Phone) -> Phone {
    let other = Phone { account: phone.account.clone(), secret: TotpSecret::generate() };
    assert_eq!(other.set_up(site), SetUp::Replaced);
    other
}

#[test]
fn no_code_of_a_removed_app_counts() {
    let site = TestSite::new();
    let (ada, eve) = (Phone::of(&site, ADA), Phone::of(&site, "eve@example.org"));
    assert!(remove(&site, &ada));
    assert_eq!(ada.check(&site, &ada.code(&site, 0)), Checked::None);
    assert_eq!(ada.summary(&site), None);
    assert!(!remove(&site, &ada), "there is none to remove");
    assert!(eve.counts(&site, &eve.code(&site, 0)), "that of another account");
    assert_eq!(ada.set_up(&site), SetUp::Added);
}

#[test]
fn an_app_that_a_stranger_removed_or_replaced_comes_back() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let used = ada.code(&site, 0);
    assert!(ada.counts(&site, &used));
    let before = site.clock.now();
    assert!(!restore(&site, &ada, before), "there is nothing to undo");

    site.clock.advance(1);
    assert!(remove(&site, &ada));
    assert!(restore(&site, &ada, before));
    assert_eq!(ada.check(&site, &used), Checked::Used, "what was used stays used");
    assert!(ada.counts(&site, &ada.code(&site, 1)));

    let theirs = replaced(&site, &ada);
    site.clock.advance(HOUR);
    let also_theirs = replaced(&site, &theirs);
    site.clock.advance(HOUR);
    assert!(restore(&site, &ada, before));
    for phone in [&theirs, &also_theirs] {
        assert_eq!(phone.check(&site, &phone.code(&site, 0)), Checked::Wrong);
    }
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert!(!restore(&site, &ada, before), "once is enough");
}

#[test]
fn an_account_that_had_no_app_has_none_again() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let before = site.clock.now().minus(1);
    assert!(restore(&site, &ada, before));
    assert_eq!(ada.check(&site, &ada.code(&site, 0)), Checked::None);
    assert!(!restore(&site, &ada, before));
}

#[test]
fn a_removed_app_is_kept_for_a_week_and_one_in_use_for_ever() {
    let site = TestSite::new();
    let (ada, _eve) = (Phone::of(&site, ADA), Phone::of(&site, "eve@example.org"));
    let before = site.clock.now();
    site.clock.advance(1);
    assert!(remove(&site, &ada));
    site.clock.advance(REMOVED_KEPT - 1);
    assert_eq!(kept(&site), 2);
    site.clock.advance(1);
    assert_eq!(kept(&site), 1);
    assert!(!restore(&site, &ada, before), "there is nothing left to bring back");
    site.clock.advance(1_000 * REMOVED_KEPT);
    assert_eq!(kept(&site), 1);
}

#[test]
fn an_app_that_a_clock_ahead_removed_is_kept_for_a_week_too() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    site.clock.advance(10_000 * HOUR);
    assert!(remove(&site, &ada));
    site.clock.advance(-10_000 * HOUR);
    assert_eq!(kept(&site), 1);
    site.clock.advance(REMOVED_KEPT - 1);
    assert_eq!(kept(&site), 1);
    site.clock.advance(1);
    assert_eq!(kept(&site), 0);
}
