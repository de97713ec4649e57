//! The single recovery code that the operator gives out: it ends as one-time links do, and weakens nothing.

use vestibule::features::account_changes;
use vestibule::people::Actor;
use vestibule::services::recovery_codes;

use crate::recovery_codes::{consume, found, from_operator, left, new_set, owner, works};
use crate::support::{ADA, BEGINNING, PASSWORD, Setup, TestSite};

/// How long it works, in seconds.
const HALF_AN_HOUR: i64 = 1_800;
const NEW_PASSWORD: &str = "another good one, not guessed";

#[test]
fn it_works_once_within_half_an_hour_and_leaves_the_set_alone() {
    let site = Setup::new().patient().build();
    let (ada, bob) = (owner(&site, "ada"), owner(&site, "bob"));
    let codes = new_set(&site, &ada);
    let account = site.account(ADA);
    let given = recovery_codes::give_out(&site.site, &account, Actor::CommandLine);
    let given = site.runtime.block_on(given).unwrap();
    assert_eq!(given.ends_at.unix(), BEGINNING + HALF_AN_HOUR);
    site.clock.advance(HALF_AN_HOUR - 1);
    let looked_up = found(&site, &ada, &given.code).unwrap();
    assert!(looked_up.by_operator());
    site.clock.advance(1);
    assert!(!works(&site, &ada, &given.code));
    assert!(!site.runtime.block_on(consume(&site, &looked_up)), "it was looked up before");

    let (first, second) = (from_operator(&site, ADA), from_operator(&site, ADA));
    assert!(!works(&site, &ada, &first), "a newer one ends it");
    assert!(works(&site, &ada, &second));
    assert!(!works(&site, &ada, &second));
    assert_eq!(left(&site, &ada), Some(10));
    assert!(works(&site, &ada, &codes[0]));

    let without_set = from_operator(&site, "bob@example.org");
    assert!(works(&site, &bob, &without_set));
    assert_eq!(left(&site, &bob), None);
}

/// What ends a code, and its name.
type Ending = (&'static str, fn(&TestSite));

#[test]
fn it_ends_as_a_link_does_and_the_set_goes_on() {
    let endings: [Ending; 4] = [
        ("the password is changed", |site| {
            let mut ada = site.visitor();
            ada.log_in(ADA, PASSWORD);
            let chosen = [("current_password", PASSWORD), ("new_password", NEW_PASSWORD)];
            assert_eq!(ada.submit("/settings/password", &chosen).location(), "/settings/account");
        }),
        ("the password is reset", |site| {
            let mut ada = site.visitor();
            ada.get(&site.reset_link(ADA));
            assert_eq!(ada.submit("/reset", &[("new_password", NEW_PASSWORD)]).location(), "/login");
        }),
        ("the account is disabled, and enabled again", |site| {
            let account = site.account(ADA);
            site.runtime
                .block_on(account_changes::disable(&site.site, &account, Actor::CommandLine))
                .unwrap()
                .unwrap();
            site.runtime
                .block_on(account_changes::enable(&site.site, &account.id, Actor::CommandLine))
                .unwrap();
        }),
        ("the address is changed", |site| {
            let change = "update accounts set email = 'ada@new.test', email_key = 'ada@new.test'";
            assert_eq!(site.change(change), 1);
        }),
    ];
    for (what, end) in endings {
        let site = Setup::new().patient().build();
        let ada = owner(&site, "ada");
        let codes = new_set(&site, &ada);
        let given = from_operator(&site, ADA);
        assert!(found(&site, &ada, &given).is_some(), "until {what}");
        end(&site);
        assert!(!works(&site, &ada, &given), "{what}");
        assert_eq!(left(&site, &ada), Some(10), "{what}");
        assert!(works(&site, &ada, &codes[0]), "{what}");
    }
}
