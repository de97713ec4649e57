//! What a stranger changed about the factors of an account is undone, and what its owner has built stays.

use vestibule::base::totp::TotpSecret;
use vestibule::base::{Client, Time, Tx};
use vestibule::people::sessions::{self, Method};
use vestibule::people::{AccountId, Actor};
use vestibule::services::passkeys;
use vestibule::services::second_factor::{self, Act, Change, Changed, TurnedOn};
use vestibule::services::totp_app::Checked;

use crate::pending_logins::pending;
use crate::recovery_codes::{found, left, new_set};
use crate::second_factor_switch::{
    add_passkey, is_on, remove_app, remove_passkey, summary, turn_off, turn_on, within,
};
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, TestSite};

const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

fn undo(site: &TestSite, account: &AccountId, since: Time) -> Vec<Change> {
    let listed = site.runtime.block_on(second_factor::changes_since(&site.site, account, since)).unwrap();
    let client = Client::default();
    let undone = within(site, account, async |tx: &mut Tx| {
        second_factor::undo(tx, &site.site, account, since, Actor::Owner(&client)).await
    });
    assert_eq!(undone, listed, "what is undone is what is listed");
    undone
}

fn passkeys_of(site: &TestSite, account: &AccountId) -> Vec<String> {
    let list = passkeys::list(&site.db, None, account);
    let list = site.runtime.block_on(list).unwrap();
    list.iter().map(|passkey| passkey.name.as_str().to_owned()).collect()
}

/// A phone whose app is not set up yet.
fn new_phone(account: &AccountId) -> Phone {
    Phone { account: account.clone(), secret: TotpSecret::generate() }
}

fn events(site: &TestSite, event: &'static str, since: Time) -> i64 {
    let select = sqlx::query_scalar("select count(*) from audit where event = $1 and at >= $2");
    let select = select.bind(event).bind(since.unix());
    site.runtime.block_on(select.fetch_one(site.db.reader())).unwrap()
}

#[test]
fn all_that_a_stranger_changed_is_undone_back_to_what_was_before() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let account = &ada.account;
    let key = add_passkey(&site, account, "Key");
    let codes = new_set(&site, account);
    assert_eq!(turn_on(&site, account), TurnedOn::Done);
    site.clock.advance(30 * DAY);

    let attack = site.clock.now();
    let theirs = new_phone(account);
    remove_passkey(&site, account, &key);
    site.clock.advance(1);
    theirs.set_up(&site);
    site.clock.advance(1);
    add_passkey(&site, account, "Theirs");
    site.clock.advance(1);
    new_set(&site, account);
    site.clock.advance(1);
    assert!(turn_off(&site, account));
    site.clock.advance(3 * DAY);

    let back = site.clock.now();
    let undone: Vec<_> = undo(&site, account, attack).into_iter().map(|c| (c.what, c.act, c.at)).collect();
    let expected = [
        (Changed::Passkey("Key".to_owned()), Act::Removed, attack),
        (Changed::App, Act::Replaced, attack.plus(1)),
        (Changed::Passkey("Theirs".to_owned()), Act::Added, attack.plus(2)),
        (Changed::RecoveryCodes, Act::Replaced, attack.plus(3)),
        (Changed::TwoFactor, Act::Removed, attack.plus(4)),
    ];
    assert_eq!(undone, expected);
    assert!(is_on(&site, account));
    assert!(matches!(ada.check(&site, &ada.code(&site, 0)), Checked::Right(_)));
    assert_eq!(theirs.check(&site, &theirs.code(&site, 0)), Checked::Wrong);
    assert_eq!(passkeys_of(&site, account), ["Key"]);
    assert!(found(&site, account, &codes[0]).is_some());
    let told = ["factor_added", "factor_replaced", "factor_removed", "recovery_codes_kept", "two_factor_on"];
    assert_eq!(told.map(|event| events(&site, event, back)), [1; 5]);
    assert!(undo(&site, account, attack).is_empty(), "once");
}

#[test]
fn what_its_owner_did_before_stays() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA).account;
    new_set(&site, &ada);
    turn_on(&site, &ada);
    site.clock.advance(3 * DAY);
    let old = add_passkey(&site, &ada, "Old");
    add_passkey(&site, &ada, "Mine");
    remove_passkey(&site, &ada, &old);
    site.clock.advance(HOUR);
    add_passkey(&site, &ada, "Theirs");
    undo(&site, &ada, site.clock.now());
    assert_eq!(passkeys_of(&site, &ada), ["Mine"]);
}

#[test]
fn a_passkey_that_goes_takes_along_what_it_opened() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA).account;
    new_set(&site, &ada);
    turn_on(&site, &ada);
    site.clock.advance(DAY);
    let theirs = add_passkey(&site, &ada, "Theirs");
    let (client, now) = (Client::default(), site.clock.now());
    let started =
        [site.proof_by_passkey(&ada, theirs.as_str()), site.proof(&ada, Method::Password, &[Method::App])]
            .map(|by| {
                within(&site, &ada, async |tx: &mut Tx| {
                    sessions::pend(tx, pending(&by, &client), now).await?;
                    sessions::start(tx, &site.site, &by, true, &client).await
                })
            });
    undo(&site, &ada, now);
    let live =
        started.map(|started| site.runtime.block_on(sessions::is_live(&site.site, &started.id)).unwrap());
    assert_eq!(live, [false, true]);
    assert_eq!(site.number("select count(*) from remember_tokens"), 1);
    assert_eq!(site.number("select count(*) from pending_logins"), 0);
}

/// The usual way to keep an owner out of an account that was taken over.
#[test]
fn the_first_factor_of_an_account_is_undone_for_a_day() {
    for (later, is_undone) in [(DAY - 1, true), (DAY, false)] {
        let site = TestSite::new();
        site.visitor().sign_up(ADA, "Ada", PASSWORD);
        let ada = site.account(ADA).id;
        site.clock.advance(30 * DAY);
        let attack = site.clock.now();
        new_phone(&ada).set_up(&site);
        new_set(&site, &ada);
        assert_eq!(turn_on(&site, &ada), TurnedOn::Done);
        site.clock.advance(later);
        assert_eq!(undo(&site, &ada, attack).len(), if is_undone { 3 } else { 0 }, "{later}");
        let factors = summary(&site, &ada);
        let left = (factors.is_on(), factors.app.is_some(), factors.codes_left.is_some());
        assert_eq!(left, if is_undone { (false, false, false) } else { (true, true, true) }, "{later}");
    }
}

/// Someone who has only the mailbox, with the link of an old email in it.
#[test]
fn an_account_that_asks_for_two_factors_for_a_day_is_not_lowered() {
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let phone = new_phone(&site.account(ADA).id);
    let ada = &phone.account;
    add_passkey(&site, ada, "Key");
    site.clock.advance(DAY);
    let email = site.clock.now();
    add_passkey(&site, ada, "Work");
    site.clock.advance(HOUR);
    phone.set_up(&site);
    new_set(&site, ada);
    assert_eq!(turn_on(&site, ada), TurnedOn::Done);
    site.clock.advance(DAY);
    assert!(undo(&site, ada, email).is_empty());
    assert!(is_on(&site, ada) && summary(&site, ada).app.is_some());
    assert_eq!((passkeys_of(&site, ada), left(&site, ada)), (vec!["Key".into(), "Work".into()], Some(10)));

    // What came within the day is no owner's yet.
    site.clock.advance(HOUR);
    add_passkey(&site, ada, "Theirs");
    remove_app(&site, ada);
    turn_off(&site, ada);
    site.clock.advance(DAY - HOUR);
    assert_eq!(undo(&site, ada, email).len(), 3);
    assert!(is_on(&site, ada) && summary(&site, ada).app.is_some());
    assert_eq!(passkeys_of(&site, ada), ["Key", "Work"]);
}

#[test]
fn what_is_older_than_seven_days_stays() {
    for (later, left) in [(7 * DAY - 1, vec!["Key"]), (7 * DAY, vec!["Key", "Theirs"])] {
        let site = TestSite::new();
        site.visitor().sign_up(ADA, "Ada", PASSWORD);
        let ada = site.account(ADA).id;
        add_passkey(&site, &ada, "Key");
        site.clock.advance(DAY);
        add_passkey(&site, &ada, "Theirs");
        site.clock.advance(later);
        undo(&site, &ada, Time::from_unix(0));
        assert_eq!(passkeys_of(&site, &ada), left, "{later}");
    }
}

/// Each email about a change has a link, so an owner may press several, and a stranger who reads them the last.
#[test]
fn what_an_undoing_takes_away_does_not_come_back_with_the_next() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA);
    let account = &ada.account;
    let codes = new_set(&site, account);
    assert_eq!(turn_on(&site, account), TurnedOn::Done);
    site.clock.advance(30 * DAY);

    let attack = site.clock.now();
    let theirs = new_phone(account);
    theirs.set_up(&site);
    new_set(&site, account);
    add_passkey(&site, account, "Theirs");
    let gone = add_passkey(&site, account, "Gone");
    assert!(turn_off(&site, account));
    site.clock.advance(HOUR);
    let between = site.clock.now();
    remove_passkey(&site, account, &gone);
    site.clock.advance(HOUR);
    assert_eq!(undo(&site, account, attack).len(), 4);
    site.clock.advance(HOUR);
    assert!(undo(&site, account, between).is_empty());
    assert!(is_on(&site, account) && passkeys_of(&site, account).is_empty());
    assert!(matches!(ada.check(&site, &ada.code(&site, 0)), Checked::Right(_)));
    assert!(found(&site, account, &codes[0]).is_some());
}

#[test]
fn what_came_and_went_again_does_not_come_back_either() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA).account;
    site.clock.advance(30 * DAY);
    let attack = site.clock.now();
    let theirs = add_passkey(&site, &ada, "Theirs");
    site.clock.advance(HOUR);
    let between = site.clock.now();
    remove_passkey(&site, &ada, &theirs);
    site.clock.advance(HOUR);
    assert!(undo(&site, &ada, attack).is_empty());
    assert!(undo(&site, &ada, between).is_empty() && passkeys_of(&site, &ada).is_empty());
}

/// Otherwise no one could log in.
#[test]
fn what_a_stranger_turned_on_stays_off_after_each_further_undoing() {
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let ada = site.account(ADA).id;
    site.clock.advance(30 * DAY);
    let attack = site.clock.now();
    new_phone(&ada).set_up(&site);
    new_set(&site, &ada);
    assert_eq!(turn_on(&site, &ada), TurnedOn::Done);
    site.clock.advance(HOUR);
    let later = site.clock.now();
    add_passkey(&site, &ada, "Theirs");
    site.clock.advance(HOUR);
    assert_eq!(undo(&site, &ada, attack).len(), 4);
    site.clock.advance(HOUR);
    assert!(undo(&site, &ada, later).is_empty());
    assert!(!is_on(&site, &ada) && passkeys_of(&site, &ada).is_empty());
}
