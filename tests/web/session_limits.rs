//! The limits of sessions: how long one lasts, in use and without use, and how many an account or a device may have.

use rocket::http::Status;

use crate::support::{PASSWORD, Setup, TestSite};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

fn last_used(site: &TestSite) -> i64 {
    site.number("select last_used_at from sessions")
}

#[test]
fn an_hour_without_use_ends_a_session() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(HOUR - 1);
    assert!(ada.is_logged_in(), "and it was used now");
    site.clock.advance(HOUR - 1);
    assert!(ada.is_logged_in());
    site.clock.advance(HOUR);
    let answer = ada.get("/profile");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login?next=%2Fprofile"));
    assert!(answer.takes_back("session"));
}

#[test]
fn a_session_ends_a_day_after_login_however_busy_it_is() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for _ in 0..47 {
        site.clock.advance(HOUR / 2);
        assert!(ada.is_logged_in());
    }
    site.clock.advance(HOUR / 2 - 1);
    assert!(ada.is_logged_in(), "a second before");
    site.clock.advance(1);
    assert!(!ada.is_logged_in());
}

#[test]
fn the_operator_sets_both_timeouts() {
    let site = Setup::new().with("session_idle", "5m").with("session_lifetime", "12m").build();
    let (mut idle, mut busy) = (site.ada(), site.visitor());
    busy.log_in("ada@example.org", PASSWORD);
    for minute in 1..=12 {
        site.clock.advance(MINUTE);
        assert_eq!(busy.is_logged_in(), minute < 12, "{minute}");
        if minute == 5 {
            assert!(!idle.is_logged_in());
        }
    }
}

#[test]
fn a_short_idle_timeout_ends_no_session_in_use() {
    for (idle, every) in [("1s", 0), ("2s", 1), ("30s", 29), ("61s", 60), ("90s", 59), ("100s", 51)] {
        let site = Setup::new().with("session_idle", idle).build();
        let mut ada = site.ada();
        for number in 1..20 {
            site.clock.advance(every);
            assert!(ada.is_logged_in(), "{idle}: in use every {every} s, the {number}. time");
        }
    }
}

#[test]
fn the_last_use_is_written_once_a_minute_at_most() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let begun = last_used(&site);
    for _ in 0..59 {
        site.clock.advance(1);
        ada.get("/profile");
        assert_eq!(last_used(&site), begun);
    }
    site.clock.advance(1);
    ada.get("/");
    assert_eq!(last_used(&site), begun + MINUTE);
    ada.get("/profile");
    assert_eq!(last_used(&site), begun + MINUTE);
}

#[test]
fn of_more_than_a_hundred_sessions_the_least_recently_used_ends() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    let mut first = site.visitor();
    first.log_in("ada@example.org", PASSWORD);
    site.change(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 98) \
         insert into sessions (id, token_hash, account_id, created_at, last_used_at) \
         select 'session ' || i, 'hash ' || i, id, 1767225600, 1767225600 from n, accounts",
    );
    site.clock.advance(MINUTE);
    assert!(ada.is_logged_in(), "in use, though it is the oldest");
    for more in 1..=3 {
        site.clock.advance(1);
        let mut another = site.visitor();
        another.log_in("ada@example.org", PASSWORD);
        assert!(another.is_logged_in());
        assert_eq!(site.number("select count(*) from sessions"), 100, "{more}");
    }
    assert!(ada.is_logged_in());
}

#[test]
fn a_device_that_opens_many_sessions_ends_none_of_another_device() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    let mut device = site.visitor();
    device.log_in_remembered("ada@example.org", PASSWORD);
    for _ in 0..30 {
        site.clock.advance(MINUTE);
        device.jar.retain(|(name, _)| name == "remember");
        assert!(device.is_logged_in());
    }
    assert!(device.is_logged_in() && ada.is_logged_in());
    assert_eq!(site.number("select count(*) from sessions where remember_token_id is not null"), 10);
}
