//! How often a second factor that is typed may be wrong: pauses, what they do not close, and when an authenticator
//! app is stopped.

use vestibule::base::Client;
use vestibule::base::recovery_code::RecoveryCode;
use vestibule::people::sessions::{self, KnownBrowser};
use vestibule::services::second_factor::{self, Given, Outcome};

use crate::pending_logins::pending;
use crate::recovery_codes::{from_operator, new_set};
use crate::second_factor::{attempt, counted, finish, password, right, typed, typed_in};
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, TestSite};

/// Types a wrong code of the app in such a browser.
fn types_wrong(site: &TestSite, phone: &Phone) {
    let outcome = typed(site, &phone.account, Given::Code(&phone.wrong_code(site)));
    assert!(matches!(outcome, Outcome::Wrong), "{outcome:?}");
}

fn seconds_to_wait(outcome: &Outcome) -> i64 {
    match outcome {
        Outcome::Wait(wait) => wait.seconds(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn five_wrong_codes_begin_a_pause_that_no_right_password_ends() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    (0..5).for_each(|_| types_wrong(&site, &ada));
    let code = ada.code(&site, 0);
    assert_eq!(seconds_to_wait(&typed(&site, &ada.account, Given::Code(&code))), 1);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(seconds_to_wait(&typed(&site, &ada.account, Given::Code(&code))), 1);
    assert_eq!(counted(&site), 5, "an attempt during a pause is not counted");
    site.clock.advance(1);
    let verified = right(typed(&site, &ada.account, Given::Code(&code)));
    finish(&site, &verified, password(&site, &ada.account)).unwrap();
    drop(verified);
    assert_eq!(counted(&site), 5, "a right code takes back only its own attempt");
    types_wrong(&site, &ada);
    assert_eq!(seconds_to_wait(&typed(&site, &ada.account, Given::Code(&code))), 2);
    let events = |event: &'static str| -> i64 {
        let select = sqlx::query_scalar("select count(*) from audit where event = $1").bind(event);
        site.runtime.block_on(select.fetch_one(site.db.reader())).unwrap()
    };
    assert_eq!((events("factor_wrong"), events("factors_paused")), (6, 2));
}

/// A stranger who knows the password cannot close the way by which its owner gets back in.
#[test]
fn wrong_codes_of_the_app_close_no_recovery_code() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (account, codes) = (&ada.account, new_set(&site, &ada.account));
    let given = from_operator(&site, ADA);
    (0..5).for_each(|_| types_wrong(&site, &ada));
    assert_eq!(site.change("update failed_logins set failures = 100"), 1);
    let wait = seconds_to_wait(&typed(&site, account, Given::Code(&ada.code(&site, 0))));
    assert_eq!(wait, 24 * 3_600);
    for code in [&codes[0], &given] {
        let verified = right(typed(&site, account, Given::RecoveryCode(code)));
        assert!(finish(&site, &verified, password(&site, account)).is_some());
    }
    site.runtime.block_on(second_factor::unlock(&site.site, account)).unwrap();
    right(typed(&site, account, Given::Code(&ada.code(&site, 0))));
}

#[test]
fn ten_wrong_recovery_codes_a_minute_are_checked_and_they_do_not_count_for_the_app() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (account, codes) = (&ada.account, new_set(&site, &ada.account));
    let (other, wrong, home) = (site.another(), RecoveryCode::generate(), KnownBrowser::default());
    for one in [&site, &other].into_iter().cycle().take(10) {
        let outcome = typed(one, account, Given::RecoveryCode(&wrong));
        assert!(matches!(outcome, Outcome::Wrong), "{outcome:?}");
    }
    assert_eq!((counted(&site), site.number("select failed_codes from totp_apps")), (0, 0));
    let wait = seconds_to_wait(&typed(&site, account, Given::RecoveryCode(&codes[0])));
    assert!(seconds_to_wait(&typed(&other, account, Given::RecoveryCode(&codes[0]))) > 0);
    right(typed(&site, account, Given::Code(&ada.code(&site, 0))));
    right(typed_in(&site, account, (&home, true), Given::RecoveryCode(&codes[0])));
    let as_stranger = typed_in(&site, account, (&home, false), Given::RecoveryCode(&codes[0]));
    assert!(seconds_to_wait(&as_stranger) > 0, "a browser is not known because it says so");
    site.clock.advance(wait);
    right(typed(&site, account, Given::RecoveryCode(&codes[0])));
}

#[test]
fn a_browser_that_the_account_knows_counts_apart() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (home, work) = (KnownBrowser::default(), KnownBrowser::default());
    let (wrong, account) = (ada.wrong_code(&site), &ada.account);
    (0..5).for_each(|_| types_wrong(&site, &ada));
    for wrong_ones in [4, 5] {
        for _ in 0..wrong_ones {
            assert!(matches!(typed_in(&site, account, (&home, true), Given::Code(&wrong)), Outcome::Wrong));
        }
        if wrong_ones == 4 {
            let verified = right(typed_in(&site, account, (&home, true), Given::Code(&ada.code(&site, 0))));
            finish(&site, &verified, password(&site, account)).unwrap();
        }
    }
    let next = ada.code(&site, 1);
    assert_eq!(seconds_to_wait(&typed_in(&site, account, (&home, true), Given::Code(&next))), 1);
    assert_eq!(
        seconds_to_wait(&typed(&site, account, Given::Code(&next))),
        1,
        "the strangers wait as before"
    );
    let as_stranger = typed_in(&site, account, (&work, false), Given::Code(&next));
    assert_eq!(seconds_to_wait(&as_stranger), 1, "a browser is not known because it says so");
    right(typed_in(&site, account, (&work, true), Given::Code(&next)));
}

#[test]
fn wrong_codes_count_on_all_instances_and_over_a_restart() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let other = site.another();
    for one in [&site, &other, &site, &other, &site] {
        types_wrong(one, &ada);
    }
    let code = ada.code(&site, 0);
    for one in [&site, &other] {
        assert_eq!(seconds_to_wait(&typed(one, &ada.account, Given::Code(&code))), 1);
    }
    drop(other);
    let site = site.restarted();
    assert_eq!(seconds_to_wait(&typed(&site, &ada.account, Given::Code(&code))), 1);
    site.clock.advance(1);
    right(typed(&site, &ada.account, Given::Code(&code)));
}

#[test]
fn a_wrong_code_stays_counted_if_it_cannot_be_recorded() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (wrong, browser) = (ada.wrong_code(&site), KnownBrowser::default());
    site.refuse("insert", "audit");
    let outcome = site.runtime.block_on(attempt(&site, &ada.account, (&browser, false), Given::Code(&wrong)));
    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(counted(&site), 1, "otherwise a failing database would allow guesses");
}

/// A stranger who knows the password, and comes from where no pause is.
#[test]
fn after_a_hundred_wrong_codes_the_app_is_stopped_and_the_account_is_not() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let (wrong, account) = (ada.wrong_code(&site), &ada.account);
    let (by, client) = (password(&site, account), Client::default());
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[account.lock_key()]).await.unwrap();
        sessions::pend(&mut tx, pending(&by, &client), site.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    });
    let mut outcomes = Vec::new();
    for _ in 0..20 {
        let browser = KnownBrowser::default();
        outcomes.extend((0..5).map(|_| typed_in(&site, account, (&browser, true), Given::Code(&wrong))));
    }
    assert!(outcomes[..99].iter().all(|outcome| matches!(outcome, Outcome::Wrong)), "{outcomes:?}");
    assert!(matches!(outcomes[99], Outcome::StoppedNow), "{:?}", outcomes[99]);
    assert_eq!(site.number("select count(*) from audit where event = 'app_stopped'"), 1);
    assert_eq!(site.number("select count(*) from pending_logins"), 0);
    let before = counted(&site);
    assert!(matches!(typed(&site, account, Given::Code(&ada.code(&site, 0))), Outcome::Stopped));
    assert_eq!(counted(&site), before, "nothing was checked");
    let codes = new_set(&site, account);
    let verified = right(typed(&site, account, Given::RecoveryCode(&codes[0])));
    assert!(finish(&site, &verified, password(&site, account)).is_some());
}
