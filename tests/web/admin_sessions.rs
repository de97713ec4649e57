//! The sessions of administrators end sooner than those of other users: `admin_idle` and `admin_lifetime`.

use rocket::http::Status;
use vestibule::features::housekeeping::sweep;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, Removed};
use vestibule::people::sessions::{self, SessionId};

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::support::{ADA, PASSWORD, Setup, TestSite};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

fn leave(site: &TestSite, email: &str) {
    let (admins, account) = (GroupName::admins(), site.account(email).id);
    let removed = groups::remove(&site.site, &admins, &account, Actor::CommandLine);
    assert_eq!(site.block_on(removed).unwrap(), Removed::Done);
}

/// What each place that decides it says about the only session of an account.
fn is_live(site: &TestSite, email: &str) -> [bool; 4] {
    let account = site.account(email).id;
    let select = sqlx::query_scalar("select id from sessions where account_id = $1");
    let select = select.bind(account.as_str().to_owned());
    let id: SessionId = site.block_on(select.fetch_one(site.db.reader())).unwrap();
    let in_transaction = site.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await?;
        sessions::is_live_in(&mut tx, &site.site, &id).await
    });
    [
        site.block_on(sessions::is_live(&site.site, &id)).unwrap(),
        in_transaction.unwrap(),
        site.block_on(sessions::list_for_operator(&site.site, &account)).unwrap().len() == 1,
        site.block_on(sessions::sessions_after(&site.site, &account, "", 10)).unwrap().len() == 1,
    ]
}

#[test]
fn fifteen_minutes_without_use_end_the_session_of_an_administrator_and_no_other() {
    let site = site();
    let (mut root, mut tab, mut ada) = (root(&site), site.logged_in(ROOT), site.logged_in(ADA));
    for _ in 0..2 {
        site.clock.advance(15 * MINUTE - 1);
        assert!(root.is_logged_in() && tab.is_logged_in(), "a second before");
    }
    site.clock.advance(15 * MINUTE);
    assert_eq!(root.clone().get("/session").status, Status::Unauthorized);
    let answer = root.get(LIST);
    assert_eq!(answer.location(), "/login?next=%2Fadmin%2Faccounts");
    assert!(answer.takes_back("session"));
    let told = "You were logged out after 15 minutes without activity. Please log in.";
    assert_eq!(root.get("/login").notices(), [told]);
    tab.submit("/settings/account", &[("name", "Root the First")]);
    assert_eq!(tab.get("/login").notices(), [format!("{told} What you typed was not saved.")]);
    assert!(ada.is_logged_in(), "after 45 minutes");
}

#[test]
fn the_session_of_an_administrator_ends_twelve_hours_after_login_however_busy_it_is() {
    let site = site();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    for _ in 0..71 {
        site.clock.advance(10 * MINUTE);
        assert!(root.is_logged_in() && ada.is_logged_in());
    }
    site.clock.advance(10 * MINUTE - 1);
    assert!(root.is_logged_in(), "a second before");
    site.clock.advance(1);
    assert_eq!(root.get("/profile").location(), "/login?next=%2Fprofile");
    let told = "For your security, you were logged out after 12 hours. Please log in.";
    assert_eq!(root.get("/login").notices(), [told]);
    assert!(ada.is_logged_in());
}

#[test]
fn who_becomes_an_administrator_is_under_both_limits_at_once() {
    let site = site();
    let (mut idle, mut busy) = (site.logged_in(BOB), site.logged_in(ADA));
    site.clock.advance(20 * MINUTE);
    assert!(busy.is_logged_in());
    site.add_to_group(BOB, "admins");
    assert!(!idle.is_logged_in());
    for _ in 0..26 {
        site.clock.advance(HOUR / 2);
        assert!(busy.is_logged_in());
    }
    site.add_to_group(ADA, "admins");
    assert!(!busy.is_logged_in(), "in use, and older than twelve hours");
    assert!(site.logged_in(ADA).is_logged_in(), "a new one");
}

#[test]
fn who_is_no_administrator_any_more_has_the_limits_of_everyone() {
    let site = site();
    let (mut idle, mut busy) = (root(&site), site.logged_in(ROOT));
    leave(&site, ROOT);
    site.clock.advance(HOUR - 1);
    assert!(idle.is_logged_in() && busy.is_logged_in());
    for _ in 0..25 {
        site.clock.advance(HOUR / 2);
        assert!(busy.is_logged_in());
    }
    assert!(!idle.is_logged_in());
}

#[test]
fn each_place_that_lists_or_asks_for_a_session_agrees_and_it_is_removed() {
    let idle = |site: &TestSite| site.clock.advance(1);
    let old = |site: &TestSite| {
        site.change("update sessions set last_used_at = last_used_at + 899");
        assert_eq!(is_live(site, ROOT), [true; 4]);
        site.change("update sessions set created_at = created_at - 42301"); // with the 899 seconds, 12 hours
    };
    let ends: [&dyn Fn(&TestSite); 2] = [&idle, &old];
    for end in ends {
        let site = site();
        root(&site);
        site.logged_in(ADA);
        site.clock.advance(15 * MINUTE - 1);
        assert_eq!((is_live(&site, ROOT), is_live(&site, ADA)), ([true; 4], [true; 4]));
        end(&site);
        assert_eq!((is_live(&site, ROOT), is_live(&site, ADA)), ([false; 4], [true; 4]));
        site.block_on(sweep(&site.site)).unwrap();
        assert_eq!(site.number("select count(*) from sessions"), 1);
        assert_eq!(is_live(&site, ADA), [true; 4]);
    }
}

#[test]
fn of_the_limits_for_administrators_and_for_everyone_the_shorter_one_counts() {
    let all: [(&[(&str, &str)], i64); 5] = [
        (&[("session_idle", "5m")], 5),
        (&[("admin_idle", "2h")], 60),
        (&[("admin_idle", "30m")], 30),
        (&[("admin_idle", "40m"), ("admin_lifetime", "40m")], 40),
        (&[("session_idle", "10m"), ("session_lifetime", "10m")], 10),
    ];
    for (settings, minutes) in all {
        let setup = settings.iter().fold(Setup::new(), |setup, (name, value)| setup.with(name, value));
        let site = setup.build();
        let (mut root, mut used) = (root(&site), site.logged_in(ROOT));
        site.clock.advance(minutes * MINUTE - 1);
        assert!(used.is_logged_in(), "{settings:?}");
        site.clock.advance(1);
        assert!(!root.is_logged_in(), "{settings:?}");
    }
}

#[test]
fn a_short_limit_ends_no_session_of_an_administrator_in_use() {
    for (idle, every) in [("1s", 0), ("2s", 1), ("30s", 29), ("61s", 60), ("90s", 59), ("100s", 51)] {
        let site = Setup::new().with("admin_idle", idle).build();
        let mut root = root(&site);
        for number in 1..20 {
            site.clock.advance(every);
            assert!(root.is_logged_in(), "{idle}: in use every {every} s, the {number}. time");
        }
    }
}

#[test]
fn a_remembered_device_opens_another_session_which_is_no_administrators() {
    let site = site();
    root(&site);
    let mut device = site.visitor();
    assert_eq!(device.log_in_remembered(ROOT, PASSWORD).location(), "/profile");
    assert_eq!(device.get(LIST).status, Status::Ok);
    site.clock.advance(15 * MINUTE);
    assert!(device.is_logged_in());
    let refused = device.get(LIST);
    assert_eq!(refused.status, Status::Forbidden);
    assert!(refused.says("<h1>Log in again to open this page</h1>"), "{}", refused.body);
}
