//! Wrong passwords for one account: five are free, then each costs a pause that doubles. During a pause no
//! password is checked.

use rocket::http::Status;
use vestibule::base::Password;
use vestibule::base::rate_limit::failures::{self, Counted};
use vestibule::people::Actor;
use vestibule::services::passwords::{self, failures_at};
use vestibule::web::Submission;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

pub const WRONG: &str = "wrong horse battery";
const HOUR: i64 = 3_600;

/// A site where only wrong passwords per account are limited.
fn site() -> TestSite {
    Setup::new().patient().with("limit_free_guesses", "5").build()
}

pub fn with_ada() -> TestSite {
    let site = site();
    assert_eq!(site.visitor().sign_up("ada@example.org", "Ada", PASSWORD).location(), "/login");
    site
}

/// A guess from a browser that was never used here before.
pub fn guess(site: &TestSite, password: &str) -> Answer {
    site.visitor().log_in("ada@example.org", password)
}

/// Uses up the free attempts.
pub fn five_wrong(site: &TestSite) {
    for _ in 0..5 {
        assert_eq!(guess(site, WRONG).location(), "/login");
    }
}

pub fn seconds_to_wait(answer: &Answer) -> i64 {
    assert_eq!(answer.status, Status::TooManyRequests);
    answer.header("retry-after").parse().unwrap()
}

fn counted(site: &TestSite) -> i64 {
    site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins")
}

#[test]
fn five_guesses_are_free_and_then_each_begins_a_pause_twice_as_long() {
    let site = with_ada();
    five_wrong(&site);
    for pause in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900] {
        let before = counted(&site);
        assert_eq!(seconds_to_wait(&guess(&site, WRONG)), pause);
        site.clock.advance(pause - 1);
        assert_eq!(seconds_to_wait(&guess(&site, WRONG)), 1, "a second before the end of {pause}");
        assert_eq!(counted(&site), before, "an attempt during a pause is not counted");
        site.clock.advance(1);
        assert_eq!(guess(&site, WRONG).location(), "/login", "after {pause}");
        assert_eq!(counted(&site), before + 1);
    }
}

#[test]
fn the_right_password_is_not_checked_during_a_pause() {
    let site = with_ada();
    five_wrong(&site);
    assert_eq!(seconds_to_wait(&guess(&site, PASSWORD)), 1);
    assert_eq!(site.number("select count(*) from sessions"), 0);
    site.clock.advance(1);
    assert_eq!(guess(&site, PASSWORD).location(), "/profile");
}

#[test]
fn an_attempt_during_a_pause_costs_no_hash() {
    let site = Setup::new().with_full_hashes().patient().with("limit_free_guesses", "5").build();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    five_wrong(&site);
    // Computing the hash is the only way to notice that this row is broken.
    site.change("update passwords set hash = 'broken'");
    let begun = std::time::Instant::now();
    for _ in 0..200 {
        seconds_to_wait(&guess(&site, WRONG));
    }
    let each = begun.elapsed() / 200;
    site.clock.advance(1);
    let begun = std::time::Instant::now();
    guess(&site, WRONG);
    assert!(each * 2 < begun.elapsed(), "{each:?} against {:?} with a hash", begun.elapsed());
}

#[test]
fn a_right_password_gives_back_only_its_own_attempt() {
    let site = with_ada();
    for wrong in 0..5 {
        for _ in 0..3 {
            assert_eq!(guess(&site, PASSWORD).location(), "/profile");
            assert_eq!(counted(&site), wrong);
        }
        assert_eq!(guess(&site, WRONG).location(), "/login");
    }
    // It does not restart the pause, nor the day after which the count is forgotten.
    site.clock.advance(HOUR);
    let last_at = || site.number("select last_at from failed_logins");
    let before = last_at();
    assert_eq!(guess(&site, PASSWORD).location(), "/profile");
    assert_eq!((counted(&site), last_at()), (5, before));
    assert_eq!(guess(&site, WRONG).location(), "/login");
    assert_eq!(seconds_to_wait(&guess(&site, WRONG)), 2, "the sixth");
}

#[test]
fn guesses_count_together_in_every_spelling_of_an_address() {
    let site = with_ada();
    for email in
        ["ada@example.org", " ADA@example.org", "Ada@EXAMPLE.ORG ", "aDa@eXample.org", "\tada@example.org\t"]
    {
        assert_eq!(site.visitor().log_in(email, WRONG).location(), "/login", "{email:?}");
    }
    let encoded = "email=%61%64%61%40example%2Eorg&password=wrong";
    seconds_to_wait(&site.visitor().post("/login", encoded));
    assert_eq!(site.number("select count(*) from failed_logins"), 1);
}

#[test]
fn a_hundred_at_once_get_no_more_guesses_than_one_after_another() {
    let site = with_ada();
    let wrong = site.at_once(99, "/login", &[("email", "ada@example.org"), ("password", WRONG)]);
    let looked_at = wrong.iter().filter(|(status, _)| *status == Status::SeeOther).count();
    assert_eq!((looked_at, counted(&site)), (5, 5));
    seconds_to_wait(&guess(&site, PASSWORD));
}

/// Programs that share a database do not take turns.
#[test]
fn parallel_counts_in_the_database_lose_no_guess() {
    let site = site();
    let key = failures_at("ada@example.org");
    let counted = site.runtime.block_on(async {
        let count = || failures::count(&site.db, &key, 5, site.clock.now());
        rocket::futures::future::join_all((0..100).map(|_| count())).await
    });
    let go = counted.into_iter().filter(|counted| matches!(counted, Ok(Counted::Go { .. }))).count();
    assert_eq!((go, self::counted(&site)), (5, 5));
}

#[test]
fn parallel_right_logins_do_not_block_each_other() {
    let site = with_ada();
    let right = site.at_once(20, "/login", &[("email", "ada@example.org"), ("password", PASSWORD)]);
    assert!(right.iter().all(|(_, location)| location == "/profile"), "{right:?}");
    assert_eq!(counted(&site), 0);
}

#[test]
fn a_restart_forgives_nothing() {
    let site = with_ada();
    five_wrong(&site);
    let site = site.restarted();
    seconds_to_wait(&guess(&site, PASSWORD));
    site.clock.advance(1);
    assert_eq!(guess(&site, PASSWORD).location(), "/profile");
}

#[test]
fn a_day_without_a_guess_resets_the_count() {
    let site = with_ada();
    five_wrong(&site);
    site.clock.advance(24 * HOUR);
    five_wrong(&site);
    assert_eq!((seconds_to_wait(&guess(&site, WRONG)), counted(&site)), (1, 5));
}

#[test]
fn after_a_hundred_guesses_the_pause_lasts_a_day_or_until_the_operator_ends_it() {
    let site = with_ada();
    five_wrong(&site);
    site.change("update failed_logins set failures = 99");
    site.clock.advance(900);
    assert_eq!(guess(&site, WRONG).location(), "/login", "the hundredth");
    assert_eq!(seconds_to_wait(&guess(&site, PASSWORD)), 24 * HOUR);
    site.clock.advance(24 * HOUR - 1);
    assert_eq!(seconds_to_wait(&guess(&site, PASSWORD)), 1, "an attempt during the pause does not extend it");
    let (ada, another) = (site.account("ada@example.org"), "another good one, not guessed");
    let until = || site.runtime.block_on(passwords::paused_until(&site.site, &ada)).unwrap();
    site.runtime
        .block_on(passwords::replace(&site.site, &ada, &Password::typed(another), Actor::CommandLine))
        .unwrap();
    assert_eq!(seconds_to_wait(&guess(&site, another)), 1, "a new password does not help");
    assert_eq!(until(), Some(site.clock.now().plus(1)));
    let form = Submission::none();
    site.runtime.block_on(passwords::unlock(&site.site, &ada, Actor::CommandLine, &form)).unwrap();
    assert_eq!((until(), counted(&site)), (None, 0));
    let mut owner = site.visitor();
    assert_eq!(owner.log_in("ada@example.org", another).location(), "/profile");
    let told = "The wait after wrong passwords was ended";
    assert!(owner.get("/settings/activity").says(told));
}

#[test]
fn a_guess_that_could_not_be_checked_is_not_counted_and_restarts_no_pause() {
    let site = with_ada();
    let unchecked = || {
        // The table for counting is available; the one for checking is not.
        site.change("alter table passwords rename column hash to elsewhere");
        assert_eq!(guess(&site, PASSWORD).status, Status::ServiceUnavailable);
        site.change("alter table passwords rename column elsewhere to hash");
    };
    unchecked();
    assert_eq!(counted(&site), 0);
    five_wrong(&site);
    site.change("update failed_logins set failures = 12");
    site.clock.advance(128);
    unchecked();
    assert_eq!(counted(&site), 12);
    assert_eq!(guess(&site, PASSWORD).location(), "/profile", "the pause was over, and still is");
}

#[test]
fn a_logged_in_user_is_not_affected() {
    let site = with_ada();
    let mut ada = site.visitor();
    ada.log_in_remembered("ada@example.org", PASSWORD);
    let mut reopened: Visitor<'_> = ada.clone();
    reopened.jar.retain(|(name, _)| name == "remember");
    five_wrong(&site);
    seconds_to_wait(&guess(&site, PASSWORD));
    assert!(ada.is_logged_in() && reopened.is_logged_in());
}

#[test]
fn the_operator_sets_the_number_of_free_guesses() {
    let site = Setup::new().patient().with("limit_free_guesses", "2").build();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    for _ in 0..2 {
        assert_eq!(guess(&site, WRONG).location(), "/login");
    }
    assert_eq!(seconds_to_wait(&guess(&site, WRONG)), 1);
}
