//! The authenticator app of an account: each code counts once, guesses come to an end, and another app takes its place
//! at once.

use rocket::futures::future::join_all;
use vestibule::base::totp::{STEP, TotpSecret};
use vestibule::people::ActorKind;
use vestibule::services::totp_app::{self, App, Checked, MAX_MISSES, SetUp, Step};

use crate::support::phone::{Phone, consume, miss};
use crate::support::{ADA, PASSWORD, TestSite};

const HOUR: i64 = 3_600;

#[test]
fn a_right_code_counts_once_and_a_wrong_one_never() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let wrong = ada.wrong_code(&site);
    assert_eq!(ada.check(&site, &wrong), Checked::Wrong);
    let code = ada.code(&site, 0);
    assert!(matches!(ada.check(&site, &code), Checked::Right(_)), "a check alone uses nothing up");
    assert!(ada.counts(&site, &code));
    assert_eq!(ada.check(&site, &code), Checked::Used);
    site.clock.advance(STEP);
    assert_eq!(ada.check(&site, &code), Checked::Used, "it is still one that the app may have shown");
    assert!(ada.counts(&site, &ada.code(&site, 0)));
}

#[test]
fn the_code_of_the_set_up_counts_no_second_time() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    site.clock.advance(-STEP);
    assert_eq!(ada.check(&site, &ada.code(&site, -1)), Checked::Used);
    assert!(ada.counts(&site, &ada.code(&site, 0)));
}

#[test]
fn a_code_does_not_count_after_a_newer_one() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let previous = ada.step(&site, &ada.code(&site, -1));
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert_eq!(ada.check(&site, &ada.code(&site, -1)), Checked::Used);
    let late = consume(&site, &ada.account, &previous);
    assert!(!site.runtime.block_on(late), "it was found right before the newer one was used");
    assert!(ada.counts(&site, &ada.code(&site, 1)), "a newer one counts");
}

#[test]
fn of_many_simultaneous_uses_of_a_code_one_counts() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let code = ada.code(&site, 0);
    let counted = site.runtime.block_on(async {
        let now = site.clock.now();
        let checked = (0..20).map(|_| totp_app::check(&site.site, &ada.account, &code, now));
        let checked = join_all(checked).await.into_iter().map(|checked| match checked.unwrap() {
            Checked::Right(step) => step,
            other => panic!("{other:?}"),
        });
        let steps: Vec<Step> = checked.collect();
        join_all(steps.iter().map(|step| consume(&site, &ada.account, step))).await
    });
    assert_eq!(counted.into_iter().filter(|counted| *counted).count(), 1);
}

#[test]
fn a_clock_that_is_an_hour_off_makes_every_code_wrong() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    for distance in [-HOUR / STEP, -2, 2, HOUR / STEP] {
        assert_eq!(ada.check(&site, &ada.code(&site, distance)), Checked::Wrong, "{distance}");
    }
    for distance in [-1, 0, 1] {
        assert!(ada.counts(&site, &ada.code(&site, distance)), "{distance}");
    }
}

#[test]
fn after_the_clock_is_set_back_no_code_counts_twice() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    site.clock.advance(2 * HOUR);
    let code = ada.code(&site, 0);
    assert!(ada.counts(&site, &code));
    site.clock.advance(-HOUR);
    for distance in [-1, 0, 1] {
        assert_eq!(ada.check(&site, &ada.code(&site, distance)), Checked::Used, "{distance}");
    }
    site.clock.advance(HOUR);
    assert_eq!(ada.check(&site, &code), Checked::Used);
    site.clock.advance(STEP);
    assert!(ada.counts(&site, &ada.code(&site, 0)), "as soon as a newer one is shown");
}

#[test]
fn a_restart_and_another_instance_forget_no_code_and_no_miss() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let code = ada.code(&site, 0);
    let other = site.another();
    assert!(ada.counts(&site, &code));
    assert_eq!(ada.check(&other, &code), Checked::Used);
    assert_eq!((ada.miss(&site), ada.miss(&other), ada.miss(&site)), (1, 2, 3));
    drop(other);
    let site = site.restarted();
    assert_eq!(ada.check(&site, &code), Checked::Used);
    assert_eq!(ada.miss(&site), 4);
}

#[test]
fn a_hundred_wrong_codes_stop_the_app_and_not_the_account() {
    let site = TestSite::new();
    let (ada, eve) = (Phone::of(&site, ADA), Phone::of(&site, "eve@example.org"));
    for failed_codes in 1..10 {
        assert_eq!(ada.miss(&site), failed_codes);
    }
    assert!(ada.counts(&site, &ada.code(&site, -1)), "a right one forgives a few");
    let checked_before = ada.step(&site, &ada.code(&site, 0));
    for failed_codes in 1..=MAX_MISSES {
        assert!(matches!(ada.check(&site, &ada.code(&site, 0)), Checked::Right(_)), "{failed_codes}");
        assert_eq!(ada.miss(&site), failed_codes);
    }
    assert_eq!(MAX_MISSES, 100);
    for code in [ada.code(&site, 0), ada.wrong_code(&site)] {
        assert_eq!(ada.check(&site, &code), Checked::Stopped);
    }
    assert!(!site.runtime.block_on(consume(&site, &ada.account, &checked_before)));
    assert_eq!(ada.miss(&site), 0, "no one is told again that it was stopped");
    let stopped_at = ada.summary(&site).unwrap().stopped_at;
    assert_eq!(stopped_at, Some(site.clock.now()));

    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert!(eve.counts(&site, &eve.code(&site, 0)), "the app of another account");
    assert_eq!(ada.set_up(&site), SetUp::Replaced);
    assert!(ada.counts(&site, &ada.code(&site, 0)), "once it is set up again");
    assert_eq!(ada.miss(&site), 1);
}

/// A thief may guess between the logins of an owner who logs in every day.
#[test]
fn a_right_code_forgives_fewer_than_ten_wrong_ones() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    (1..10).for_each(|failed_codes| assert_eq!(ada.miss(&site), failed_codes));
    assert!(ada.counts(&site, &ada.code(&site, -1)));
    (1..=10).for_each(|failed_codes| assert_eq!(ada.miss(&site), failed_codes));
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert_eq!(ada.miss(&site), 11);
}

#[test]
fn parallel_misses_are_all_counted_and_one_stops_the_app() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let mut failed_codes = site.runtime.block_on(join_all((0..110).map(|_| miss(&site, &ada.account))));
    failed_codes.sort_unstable();
    let expected = [0; 10].into_iter().chain(1..=MAX_MISSES);
    assert_eq!(failed_codes, expected.collect::<Vec<_>>());
}

#[test]
fn a_new_app_takes_the_place_of_the_old_one_at_once() {
    let site = TestSite::new();
    let old = Phone::of(&site, ADA);
    let checked_before = old.step(&site, &old.code(&site, 0));
    let new = Phone { account: old.account.clone(), secret: TotpSecret::generate() };
    let never_committed = site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[new.account.lock_key()]).await.unwrap();
        let (account, secret, by) = (&new.account, &new.secret, ActorKind::Owner);
        let set_up = totp_app::put(&mut tx, &site.site, account, secret, 1, by).await.unwrap();
        drop(tx);
        set_up
    });
    assert_eq!(never_committed, SetUp::Replaced);
    assert!(matches!(old.check(&site, &old.code(&site, 0)), Checked::Right(_)), "nothing was changed");

    assert_eq!(new.set_up(&site), SetUp::Replaced);
    assert!(!site.runtime.block_on(consume(&site, &old.account, &checked_before)));
    assert!(!old.counts(&site, &old.code(&site, 0)));
    assert!(new.counts(&site, &new.code(&site, 0)));
    assert_eq!(site.number("select count(*) from totp_apps where removed_at is null"), 1);
}

#[test]
fn of_many_apps_that_were_removed_those_that_lived_longest_are_kept() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let before = site.clock.now();
    site.clock.advance(HOUR);
    for _ in 0..25 {
        let other = Phone { account: ada.account.clone(), secret: TotpSecret::generate() };
        assert_eq!(other.set_up(&site), SetUp::Replaced);
    }
    assert_eq!(site.number("select count(*) from totp_apps where removed_at is not null"), 20);
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[ada.account.lock_key()]).await.unwrap();
        let now = site.clock.now();
        assert!(totp_app::restore(&mut tx, &ada.account, before, now).await.unwrap());
        tx.commit().await.unwrap();
    });
    assert!(ada.counts(&site, &ada.code(&site, 0)));
}

#[test]
fn its_owner_sees_when_it_was_set_up_and_used() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let created_at = site.clock.now();
    let unused = App { created_at, last_used_at: None, stopped_at: None, readable: true };
    assert_eq!(ada.summary(&site), Some(unused.clone()));
    site.clock.advance(HOUR);
    ada.check(&site, &ada.code(&site, 0));
    assert_eq!(ada.summary(&site), Some(unused.clone()), "a check is no use");
    assert!(ada.counts(&site, &ada.code(&site, 0)));
    assert_eq!(ada.summary(&site), Some(App { last_used_at: Some(site.clock.now()), ..unused }));
    site.visitor().sign_up("eve@example.org", "Eve", PASSWORD);
    let eve = Phone { account: site.account("eve@example.org").id, secret: ada.secret.clone() };
    assert_eq!(eve.summary(&site), None);
    assert_eq!(eve.check(&site, &eve.code(&site, 0)), Checked::None);
    assert_eq!(eve.miss(&site), 0);
}
