//! A set of recovery codes takes the place of the one before. One that was removed comes back with what was left of
//! it.

use vestibule::people::AccountId;
use vestibule::services::recovery_codes::{self, NewSet};

use crate::recovery_codes::{consume, found, keep, left, new_set, owner, site, within, works};
use crate::support::TestSite;

/// Removes the set of an account.
fn remove_set(site: &TestSite, account: &AccountId) -> bool {
    let now = site.clock.now();
    within(site, account, async |tx| recovery_codes::remove(tx, account, now).await)
}

/// Takes a removed set of an account into use again.
fn bring_back(site: &TestSite, account: &AccountId, set: &str) -> bool {
    let now = site.clock.now();
    within(site, account, async |tx| recovery_codes::bring_back(tx, account, set, now).await)
}

#[test]
fn a_set_is_kept_once_and_never_comes_back_from_a_copy_of_the_page() {
    let site = site();
    let ada = owner(&site, "ada");
    let shown = NewSet::generate();
    assert!(keep(&site, &ada, &shown));
    let next = new_set(&site, &ada);
    assert!(!keep(&site, &ada, &shown));
    assert!(found(&site, &ada, &next[0]).is_some() && found(&site, &ada, &shown.codes[0]).is_none());
}

#[test]
fn a_new_set_voids_the_old_one() {
    let site = site();
    let (ada, bob) = (owner(&site, "ada"), owner(&site, "bob"));
    let (old, codes_of_bob) = (new_set(&site, &ada), new_set(&site, &bob));
    let looked_up = found(&site, &ada, &old[0]).unwrap();
    let new = new_set(&site, &ada);
    assert!(old.iter().all(|code| !works(&site, &ada, code)));
    assert!(!site.runtime.block_on(consume(&site, &looked_up)), "it was looked up before");
    assert_eq!(left(&site, &ada), Some(10));
    assert!(works(&site, &ada, &new[0]));
    assert!(works(&site, &bob, &codes_of_bob[0]), "no other account loses its set");
    assert_eq!(site.number("select count(*) from recovery_sets where removed_at is null"), 2);
}

#[test]
fn a_set_that_a_stranger_removed_comes_back_with_what_was_left_of_it() {
    let site = site();
    let (ada, bob) = (owner(&site, "ada"), owner(&site, "bob"));
    let (codes, codes_of_bob) = (new_set(&site, &ada), new_set(&site, &bob));
    assert!(works(&site, &ada, &codes[0]));
    site.clock.advance(100);
    assert!(remove_set(&site, &ada));
    assert!(!remove_set(&site, &ada), "there is none any more");
    assert_eq!((left(&site, &ada), works(&site, &ada, &codes[1])), (None, false));
    site.clock.advance(100);
    let strangers = new_set(&site, &ada);

    let id = |removed: &str| {
        let sql = format!(
            "select id from recovery_sets where account_id = '{}' and removed_at {removed}",
            ada.as_str()
        );
        site.text(sql.leak())
    };
    let (before, now) = (&id("is not null"), &id("is null"));
    assert!(!bring_back(&site, &bob, before), "it is the set of another account");
    assert!(!bring_back(&site, &ada, now), "it is in use");
    assert!(!bring_back(&site, &ada, "no such set"));
    assert_eq!(left(&site, &ada), Some(10), "nothing has changed");
    assert!(bring_back(&site, &ada, before));
    assert_eq!(left(&site, &ada), Some(9));
    assert!(!works(&site, &ada, &codes[0]), "what was used stays used");
    assert!(works(&site, &ada, &codes[1]));
    assert!(strangers.iter().all(|code| !works(&site, &ada, code)));
    assert!(works(&site, &bob, &codes_of_bob[0]), "no other account loses its set");
}

#[test]
fn an_account_has_one_set_in_use_whatever_a_statement_says() {
    let site = site();
    let ada = owner(&site, "ada");
    new_set(&site, &ada);
    let second = "insert into recovery_sets (id, account_id, hash_parameters, created_at, created_by) \
                  select 'second', id, '', 1767225600, 'owner' from accounts";
    let inserted = site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        sqlx::query(second).execute(&mut tx).await
    });
    assert!(inserted.is_err(), "{inserted:?}");
}

#[test]
fn of_many_sets_that_were_removed_those_that_lived_longest_are_kept() {
    let site = site();
    let ada = owner(&site, "ada");
    let codes = new_set(&site, &ada);
    let others = "insert into recovery_sets (id, account_id, hash_parameters, created_at, created_by, removed_at) \
                  select a.n || '-' || b.n, id, '', 1767225600, 'owner', 1767225600 from accounts cross join \
                  (select '1' as n union all select '2' union all select '3' union all select '4' \
                  union all select '5') as a cross join \
                  (select '1' as n union all select '2' union all select '3' union all select '4' \
                  union all select '5') as b";
    assert_eq!(site.change(others), 25);
    let set = site.text("select id from recovery_sets where removed_at is null");
    site.clock.advance(10);
    assert!(remove_set(&site, &ada));
    assert_eq!(site.number("select count(*) from recovery_sets"), 20);
    assert!(bring_back(&site, &ada, &set) && works(&site, &ada, &codes[0]));
}
