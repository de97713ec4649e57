//! Many events of one account: a limited number of rows is kept, and a flood of one kind of event does not
//! push out others.

use vestibule::people::Actor;
use vestibule::people::audit::{Entry, Event};

use crate::support::{PASSWORD, TestSite, Visitor};

fn ada(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    assert_eq!(ada.sign_up("ada@example.org", "Ada", PASSWORD).location(), "/login");
    ada
}

/// This many rows of events of Ada's account, four a second, before the test began.
fn much_happened(site: &TestSite, rows: u64) {
    let sql = format!(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < {rows}) \
         insert into audit (id, account_id, event, at) \
         select 'row ' || i, id, 'name_changed', 1767225600 - i / 4 from n, accounts"
    );
    assert_eq!(site.change(sql.leak()), rows);
}

#[test]
fn an_account_keeps_its_newest_ten_thousand_events_and_those_still_to_be_shown() {
    let site = TestSite::new();
    ada(&site);
    site.change("update audit set event = 'device_reused', at = 1767000000");
    much_happened(&site, 12_000);
    let sweep = || site.runtime.block_on(vestibule::features::housekeeping::sweep(&site.site)).unwrap();
    sweep();
    assert_eq!(site.number("select count(*) from audit"), 10_001);
    assert_eq!(site.number("select min(at) from audit where event = 'name_changed'"), 1_767_225_600 - 2_500);
    let mut ada = site.visitor();
    ada.log_in("ada@example.org", PASSWORD);
    assert!(
        ada.get("/profile").says("we saw the same login used in two places"),
        "she had not seen this notice before"
    );
    sweep();
    assert_eq!(site.number("select count(*) from audit"), 10_000);
}

#[test]
fn a_flood_of_one_kind_of_event_pushes_out_only_that_kind() {
    let site = TestSite::new();
    let mut ada = ada(&site);
    ada.log_in("ada@example.org", PASSWORD);
    let passwords = [("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")];
    assert_eq!(ada.submit("/settings/password", &passwords).location(), "/settings/account");
    let others = site.number("select count(*) from audit");
    site.change("update audit set at = 1767000000");
    much_happened(&site, 12_000);
    let account = site.account("ada@example.org");
    let entry = Entry { event: Event::NameChanged, account: Some(&account.id), actor: Actor::CommandLine };
    // One write in 64 trims the account's rows to the limit.
    let write = async {
        for _ in 0..1_000 {
            let mut tx = site.db.begin_locked(&[]).await.unwrap();
            entry.write(&mut tx, site.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    site.runtime.block_on(write);
    let all = || site.number("select count(*) from audit");
    let rest = || site.number("select count(*) from audit where event <> 'name_changed'");
    assert!(all() < 10_900, "{}", all());
    assert_eq!(rest(), others, "the login and the password are kept, although they are the oldest");
    site.runtime.block_on(vestibule::features::housekeeping::sweep(&site.site)).unwrap();
    assert_eq!((all(), rest()), (10_000, others));
    // The newest rows of the flood are those that remain.
    assert_eq!(
        site.number("select count(*) from audit where at = 1767225600 and event = 'name_changed'"),
        1_003
    );
}

#[test]
fn events_between_two_runs_of_housekeeping_are_limited_too() {
    let site = TestSite::new();
    ada(&site);
    much_happened(&site, 11_000);
    let account = site.account("ada@example.org");
    let entry = Entry { event: Event::Exported, account: Some(&account.id), actor: Actor::CommandLine };
    let write = async {
        for _ in 0..2_000 {
            let mut tx = site.db.begin_locked(&[]).await.unwrap();
            entry.write(&mut tx, site.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
        }
    };
    site.runtime.block_on(write);
    let kept = site.number("select count(*) from audit");
    assert!(kept < 10_900, "{kept}"); // one write in 64 trims the rows
}
