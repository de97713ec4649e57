//! What is over is removed, and nothing else.

use vestibule::features::housekeeping::sweep;

use crate::support::{PASSWORD, Setup, TestSite};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn count(site: &TestSite, table: &str) -> i64 {
    site.runtime.block_on(sweep(&site.site)).unwrap();
    site.number(format!("select count(*) from {table}").leak())
}

#[test]
fn sessions_and_devices_are_removed_when_their_time_is_over() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.visitor().log_in_remembered("ada@example.org", PASSWORD);
    site.clock.advance(HOUR - 1);
    assert_eq!((count(&site, "sessions"), count(&site, "remember_tokens")), (2, 1));
    assert!(ada.is_logged_in());
    site.clock.advance(1);
    assert_eq!(
        (count(&site, "sessions"), count(&site, "remember_tokens")),
        (1, 1),
        "one of them was used a second ago"
    );
    site.clock.advance(14 * DAY - HOUR - 1);
    assert_eq!((count(&site, "sessions"), count(&site, "remember_tokens")), (0, 1));
    site.clock.advance(1);
    assert_eq!((count(&site, "remember_tokens"), count(&site, "accounts")), (0, 1));
}

#[test]
fn sessions_and_devices_in_use_are_removed_at_the_end_of_their_lifetime() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for _ in 0..48 {
        assert!(ada.is_logged_in());
        assert_eq!(count(&site, "sessions"), 1);
        site.clock.advance(HOUR / 2);
    }
    assert_eq!(count(&site, "sessions"), 0);
}

#[test]
fn a_removed_second_factor_is_deleted_after_a_week_and_one_in_use_stays() {
    let site = TestSite::new();
    let _ada = site.ada();
    // Of each kind one that was removed now, and one in use.
    for statement in [
        "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by, removed_at) \
         select kind, id, '', 0, 0, 1767225600, 'owner', removed from accounts \
         cross join (select 'removed' as kind, 1767225600 as removed union all select 'used', null) as kinds",
        "insert into recovery_sets (id, account_id, hash_parameters, created_at, created_by, removed_at) \
         select kind, id, '', 1767225600, 'owner', removed from accounts \
         cross join (select 'removed' as kind, 1767225600 as removed union all select 'used', null) as kinds",
        "insert into recovery_codes (set_id, hash) values ('removed', 'one'), ('used', 'one')",
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, transports, counter, \
         backup_eligible, backed_up, user_verified, registration_mode, created_at, created_by, removed_at) \
         select kind, id, kind, '', -7, 'login.example.org', kind, '', '', 0, 0, 0, 1, 'asked', 1767225600, 'owner', removed \
         from accounts cross join (select 'removed' as kind, 1767225600 as removed union all select 'used', null) as kinds",
    ] {
        assert_eq!(site.change(statement), 2, "{statement}");
    }
    let tables = ["totp_apps", "recovery_sets", "recovery_codes", "passkeys"];
    site.clock.advance(7 * DAY - 1);
    assert_eq!(tables.map(|table| count(&site, table)), [2; 4]);
    site.clock.advance(1);
    assert_eq!(tables.map(|table| count(&site, table)), [1; 4]);
    site.clock.advance(365 * DAY);
    assert_eq!(tables.map(|table| count(&site, table)), [1; 4]);
    for left in ["select id from totp_apps", "select set_id from recovery_codes", "select id from passkeys"] {
        assert_eq!(site.text(left), "used", "{left}");
    }
}

#[test]
fn challenges_and_pending_logins_are_removed_when_they_are_over() {
    let site = TestSite::new();
    let _ada = site.ada();
    site.change("insert into spent_challenges (hash, ends_at) values ('challenge', 1767225900)");
    site.change(
        "insert into pending_logins (token_hash, account_id, methods, remember, known_browser, browser, created_at, first_at, form) \
         select 'token', id, 'pwd', 0, 1, 'curl', 1767225600, 1767225600, '' from accounts",
    );
    let left = || (count(&site, "spent_challenges"), count(&site, "pending_logins"));
    site.clock.advance(299);
    assert_eq!(left(), (1, 1));
    site.clock.advance(1);
    assert_eq!(left(), (0, 1));
    site.clock.advance(299);
    assert_eq!(left(), (0, 1));
    site.clock.advance(1);
    assert_eq!(left(), (0, 0));
}

#[test]
fn guesses_are_removed_after_a_day() {
    let site = TestSite::new();
    site.visitor().log_in("ada@example.org", "wrong");
    site.clock.advance(DAY - 1);
    assert_eq!(count(&site, "failed_logins"), 1);
    site.clock.advance(1);
    assert_eq!(count(&site, "failed_logins"), 0);
}

#[test]
fn activity_is_kept_for_ninety_days_or_as_set_and_for_one_day_without_an_account() {
    for (kept, days) in [(None, 90), (Some("2d"), 2)] {
        let mut setup = Setup::new();
        if let Some(kept) = kept {
            setup = setup.with("activity_kept", kept);
        }
        let site = setup.build();
        site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
        site.visitor().log_in("nobody@example.org", "wrong");
        site.clock.advance(DAY - 1);
        assert_eq!(count(&site, "audit"), 2);
        site.clock.advance(1);
        assert_eq!(count(&site, "audit"), 1);
        site.clock.advance((days - 1) * DAY - 1);
        assert_eq!(count(&site, "audit"), 1);
        site.clock.advance(1);
        assert_eq!(count(&site, "audit"), 0);
    }
}

#[test]
fn when_two_factor_authentication_was_turned_on_or_off_is_kept_as_long_as_that_can_be_undone() {
    let site = Setup::new().with("activity_kept", "2d").build();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    let turns = "insert into audit (id, account_id, event, at) select kind, id, kind, 1767225600 from accounts \
                 cross join (select 'two_factor_on' as kind union all select 'two_factor_off') as kinds";
    assert_eq!(site.change(turns), 2);
    site.clock.advance(7 * DAY - 1);
    assert_eq!(count(&site, "audit"), 2);
    site.clock.advance(1);
    assert_eq!(count(&site, "audit"), 0);
}

#[test]
fn the_newest_hundred_thousand_rows_that_strangers_can_create_are_kept() {
    let site = TestSite::new();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    let now = crate::support::BEGINNING;
    assert_eq!(site.number("select count(*) from audit"), 1);
    site.change("update audit set at = 1767220000"); // of an account: it is the oldest of all, and stays
    for sql in [
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 100003) \
         insert into failed_logins select 'guess ' || i, 7, 1767225600 - i / 2 from n",
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 100003) \
         insert into audit (id, event, at) select 'row ' || i, 'password_wrong', 1767225600 - i / 2 from n",
    ] {
        assert_eq!(site.change(sql), 100_003);
    }
    assert_eq!((count(&site, "failed_logins"), count(&site, "audit")), (100_000, 100_001));
    assert_eq!(site.number("select min(last_at) from failed_logins"), now - 50_000);
    assert_eq!(site.number("select min(at) from audit where account_id is null"), now - 50_000);
    assert_eq!(
        (count(&site, "failed_logins"), count(&site, "audit")),
        (100_000, 100_001),
        "the next run removes nothing more"
    );
}

#[test]
fn a_failed_removal_does_not_stop_the_others() {
    for (table, rest) in [
        ("sessions", ["remember_tokens", "failed_logins", "links", "audit"]),
        ("remember_tokens", ["sessions", "failed_logins", "links", "audit"]),
        ("failed_logins", ["sessions", "remember_tokens", "links", "audit"]),
        ("links", ["sessions", "remember_tokens", "failed_logins", "audit"]),
        ("audit", ["sessions", "remember_tokens", "failed_logins", "links"]),
    ] {
        let site = TestSite::new();
        site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
        site.visitor().log_in_remembered("ada@example.org", PASSWORD);
        site.change("delete from sessions"); // it would be removed with its device
        site.visitor().log_in("ada@example.org", PASSWORD);
        site.visitor().log_in("nobody@example.org", "wrong");
        site.change(
            "insert into links (id, token_hash, purpose, account_id, email, email_key, created_at, created_by, ordinal, ends_at) \
             select 'x', 'x', 'reset', id, email, email_key, 0, 'owner', 1, 1 from accounts",
        );
        // In this order: the run at the start of the site may be late, and removes nothing of the table either.
        site.refuse("delete", table);
        site.clock.advance(100 * DAY);
        assert!(site.runtime.block_on(sweep(&site.site)).is_err(), "{table}");
        for other in rest {
            assert_eq!(site.number(format!("select count(*) from {other}").leak()), 0, "{table}: {other}");
        }
    }
}
