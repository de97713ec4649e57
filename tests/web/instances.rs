//! Two instances on one database: what one has counted, the other counts as well.

use rocket::http::Status;
use vestibule::base::config::database_url::DatabaseUrl;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

/// Wrong passwords at addresses without an account, one for each number.
fn guess(visitor: &mut Visitor<'_>, numbers: std::ops::Range<u32>) {
    for number in numbers {
        let answer = visitor.log_in(&format!("nobody{number}@example.org"), "wrong");
        assert_eq!(answer.location(), "/login", "{number}");
    }
}

#[test]
fn wrong_passwords_of_one_network_count_together() {
    let one = TestSite::new();
    let other = one.another();
    guess(&mut one.visitor_from("203.0.113.7"), 0..5);
    guess(&mut other.visitor_from("203.0.113.7"), 5..10);
    for site in [&one, &other] {
        let answer = site.visitor_from("203.0.113.7").log_in("nobody@example.org", "wrong");
        assert_eq!(answer.status, Status::TooManyRequests);
        assert!(answer.says("Too many wrong passwords from your internet connection."));
        assert_eq!(answer.header("retry-after"), "7");
        assert_eq!(
            site.visitor_from("203.0.113.8").log_in(ADA, "wrong").location(),
            "/login",
            "another network"
        );
    }
    one.clock.advance(7);
    assert_eq!(
        one.visitor_from("203.0.113.7").log_in(ADA, "wrong").location(),
        "/login",
        "one attempt is free again"
    );
    assert_eq!(other.visitor_from("203.0.113.7").log_in(ADA, "wrong").status, Status::TooManyRequests);
}

#[test]
fn work_begun_before_an_instance_was_declared_dead_is_not_committed() {
    let site = TestSite::new();
    if site.number("select count(*) from open_by") == 0 {
        return; // for a file, a lock does this
    }
    let refused = site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let late = sqlx::query("insert into meta (name, value) values ('late', 'x')");
        late.execute(&mut tx).await.unwrap();
        sqlx::query("delete from open_by").execute(site.db.writer()).await.unwrap();
        tx.commit().await.unwrap_err().to_string()
    });
    assert!(refused.contains("did not renew its lease on the database"), "{refused}");
    assert_eq!(site.number("select count(*) from meta where name = 'late'"), 0);
}

#[test]
fn right_passwords_cost_nothing_on_either_instance() {
    let one = Setup::new().with("limit_logins", "1000").build();
    let other = one.another();
    one.visitor().sign_up(ADA, "Ada", PASSWORD);
    for site in [&one, &other, &one, &other] {
        for _ in 0..6 {
            assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
        }
    }
    assert_eq!(one.number("select count(*) from rate_limits"), 1, "the only row is that of the sign-up");
}

#[test]
fn wrong_passwords_at_one_account_count_together() {
    let one = TestSite::new();
    let other = one.another();
    one.visitor().sign_up(ADA, "Ada", PASSWORD);
    for (number, site) in [&one, &other, &one, &other, &one].into_iter().enumerate() {
        let network = format!("203.0.113.{number}");
        assert_eq!(site.visitor_from(&network).log_in(ADA, "wrong").location(), "/login");
    }
    for site in [&one, &other] {
        assert_eq!(site.visitor_from("203.0.113.99").log_in(ADA, PASSWORD).status, Status::TooManyRequests);
    }
}

#[test]
fn sign_ups_of_one_network_count_together_whether_an_address_is_taken_or_not() {
    for mail in [None, Some("dev")] {
        let setup = mail.map_or_else(Setup::new, |mail| Setup::new().with("smtp_url", mail));
        let one = setup.build();
        let other = one.another();
        for number in 0..5 {
            let email = format!("n{number}@example.org");
            for site in [&one, &other] {
                let answer = site.visitor_from("203.0.113.7").sign_up(&email, "N", PASSWORD);
                assert_eq!(answer.status, Status::SeeOther, "{email}");
            }
        }
        for site in [&one, &other] {
            let answer = site.visitor_from("203.0.113.7").sign_up("more@example.org", "N", PASSWORD);
            assert_eq!(answer.status, Status::TooManyRequests);
        }
        assert_eq!(one.number("select count(*) from accounts"), 5);
    }
}

#[test]
fn emails_requested_by_one_network_count_together() {
    let one = Setup::new().mail().with("limit_mails", "4").build();
    let other = one.another();
    for number in 0..2 {
        for site in [&one, &other] {
            let email = format!("n{number}@example.org");
            let answer = site.visitor_from("203.0.113.7").submit("/forgot", &[("email", &email)]);
            assert_eq!(answer.status, Status::SeeOther, "{number}");
        }
    }
    for site in [&one, &other] {
        let answer = site.visitor_from("203.0.113.7").submit("/forgot", &[("email", ADA)]);
        assert_eq!(answer.status, Status::TooManyRequests);
    }
}

#[test]
fn emails_to_one_address_count_together_whichever_instance_sends_them() {
    let one = Setup::new().mail().build();
    let other = one.another();
    one.ada_by_mail();
    one.clock.advance(180);
    let sent = || [&one, &other].map(|site| site.mails().len()).iter().sum::<usize>();
    let before = sent();
    for (site, more) in [(&one, 1), (&other, 1), (&one, 1)] {
        site.visitor().submit("/forgot", &[("email", ADA)]);
        assert_eq!(sent(), before + more, "the next one is sent after three minutes");
    }
    one.clock.advance(180);
    other.visitor().submit("/forgot", &[("email", ADA)]);
    assert_eq!(sent(), before + 2);
}

#[test]
fn shared_work_is_done_by_one_instance_and_passes_on_if_that_was_killed() {
    let one = TestSite::new();
    let other = one.another();
    let at_work = |site: &TestSite| site.runtime.block_on(site.db.lease_work("dusting")).unwrap().is_some();
    if let DatabaseUrl::File(_) = one.config.settings.database() {
        assert!(at_work(&one), "a file has only one instance, and it may always work");
        return;
    }
    one.runtime.block_on(async {
        let alone = one.db.lease_work("dusting").await.unwrap().unwrap();
        assert!(other.db.lease_work("dusting").await.unwrap().is_none());
        assert!(other.db.lease_work("watering").await.unwrap().is_some(), "other work has a separate lease");
        alone.end().await.unwrap();
    });
    assert!(at_work(&other) && !at_work(&one), "the lease was released");
    one.change("update meta set value = (value::bigint - 61)::text where name = 'at_work_dusting'");
    assert!(at_work(&one), "after a minute any instance may take it");
    one.change("update meta set value = (value::bigint + 3600)::text where name = 'at_work_dusting'");
    assert!(at_work(&other), "a clock that was set back does not extend it");
}

#[test]
fn work_of_every_hour_is_begun_once_by_instances_whose_clocks_differ() {
    let one = TestSite::new();
    let other = one.another();
    let begins = |site: &TestSite, seconds: i64| {
        let now = site.clock.now().plus(seconds);
        site.runtime.block_on(site.db.begin_if_due("dusting", now, 3_600)).unwrap()
    };
    assert!(begins(&one, 0));
    for behind in [0, 1, 300] {
        assert!(!begins(&other, -behind), "{behind} seconds behind");
    }
    // It takes almost an hour, and says so.
    one.runtime.block_on(one.db.renew("dusting", one.clock.now().plus(3_599))).unwrap();
    for behind in [0, 1, 300] {
        assert!(!begins(&other, 3_599 - behind), "{behind} seconds behind");
    }
    assert!(!begins(&other, 2 * 3_599));
    assert!(begins(&other, 2 * 3_599 + 1), "an hour after it said so");
    assert!(begins(&one, 2 * 3_599 + 1 - 301), "that was recorded by a clock that was wrong");
}

#[test]
fn a_restart_forgives_no_wrong_password() {
    let site = TestSite::new();
    guess(&mut site.visitor_from("203.0.113.7"), 0..10);
    let site = site.restarted();
    let answer = site.visitor_from("203.0.113.7").log_in(ADA, "wrong");
    assert_eq!(answer.status, Status::TooManyRequests);
    site.clock.advance(60);
    guess(&mut site.visitor_from("203.0.113.7"), 10..20);
}

#[test]
fn the_table_of_counts_names_no_network() {
    let site = TestSite::new();
    guess(&mut site.visitor_from("203.0.113.7"), 0..1);
    assert_eq!(site.number("select count(*) from rate_limits where key like '%203.0%'"), 0);
    assert_eq!(site.number("select count(*) from rate_limits"), 1);
}
