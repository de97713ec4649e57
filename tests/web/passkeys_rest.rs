//! Passkeys rest when a stranger may have added one: from then on they are second factors only.

use rocket::http::Status;
use vestibule::base::Password;
use vestibule::features::account_changes;
use vestibule::people::Actor;
use vestibule::services::passwords;

use crate::emails::{change, press, with_mail};
use crate::second_factor_switch::{add_passkey, remove_passkey};
use crate::support::{ADA, PASSWORD, TestSite};

const NEW: &str = "seven lazy violet teapots";

/// An event.
type Event = fn(&TestSite);

/// How many passkeys Ada has that rest, after an event. She had one, and had removed another.
fn resting(site: &TestSite, happen: impl FnOnce(&TestSite)) -> i64 {
    let ada = site.account(ADA).id;
    add_passkey(site, &ada, "Key");
    let removed = add_passkey(site, &ada, "Removed");
    remove_passkey(site, &ada, &removed);
    happen(site);
    assert_eq!(site.number("select count(*) from passkeys"), 2);
    site.number("select count(*) from passkeys where rests_since is not null")
}

/// One of them may be a stranger's.
#[test]
fn passkeys_rest_when_the_password_is_reset_replaced_or_taken_away_and_not_when_its_owner_changes_it() {
    let reset: Event = |site| {
        let mut ada = site.visitor();
        assert_eq!(ada.get(&site.reset_link(ADA)).location(), "/reset");
        assert_eq!(ada.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    };
    let replace: Event = |site| {
        let (ada, new) = (site.account(ADA), Password::typed(NEW));
        site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
    };
    let change_own: Event = |site| {
        let mut ada = site.visitor();
        ada.log_in(ADA, PASSWORD);
        let fields = [("current_password", PASSWORD), ("new_password", NEW)];
        assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    };
    let disable: Event = |site| {
        let ada = site.account(ADA);
        site.runtime
            .block_on(account_changes::disable(&site.site, &ada, Actor::CommandLine))
            .unwrap()
            .unwrap();
    };
    for (event, happen, rest) in [
        ("reset", reset, 2),
        ("set by the operator", replace, 2),
        ("changed by its owner", change_own, 0),
        ("disabled", disable, 0),
    ] {
        let site = TestSite::new();
        site.ada();
        assert_eq!(resting(&site, happen), rest, "{event}");
    }

    // Her account was taken over: she undoes the change of its address.
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    let undone = resting(&site, |site| {
        change(site, &mut thief, "mallory@evil.test");
        let undo = site.mailed_link(ADA);
        assert_eq!(press(&mut site.visitor(), &undo).0, Status::SeeOther);
    });
    assert_eq!(undone, 2);

    // She does not recognize a login.
    let site = with_mail();
    site.ada_by_mail();
    let locked = resting(&site, |site| {
        site.visitor().log_in(ADA, PASSWORD);
        let link = site.mailed_link(ADA);
        assert!(link.starts_with("/secure?token="), "{link}");
        assert_eq!(press(&mut site.visitor(), &link).0, Status::SeeOther);
    });
    assert_eq!(locked, 2);
}
