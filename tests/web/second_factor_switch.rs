//! Two-factor authentication of an account: what is needed to turn it on, what turns it off, and what is enough while it
//! is on.

use vestibule::base::{Client, Tx};
use vestibule::people::sessions::{self, Method, Methods};
use vestibule::people::{AccountId, Actor, accounts};
use vestibule::services::passkeys::{self, PasskeyId, Usable};
use vestibule::services::second_factor::{self, Factors, PasskeyCounts, TurnedOn, suffices};
use vestibule::services::{recovery_codes, totp_app};

use crate::pending_logins::pending;
use crate::recovery_codes::new_set;
use crate::support::phone::Phone;
use crate::support::{ADA, PASSWORD, TestSite};

/// Does something in a transaction about an account.
pub fn within<T>(
    site: &TestSite,
    account: &AccountId,
    work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<T>,
) -> T {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[account.lock_key()]).await.unwrap();
        let done = work(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        done
    })
}

/// A passkey of an account, as its authenticator left it: it has verified its user.
pub fn add_passkey(site: &TestSite, account: &AccountId, name: &str) -> PasskeyId {
    let id = vestibule::base::new_id();
    let insert = sqlx::query(
        "insert into passkeys (id, account_id, credential_id, public_key, algorithm, rp_id, name, aaguid, transports, \
         counter, backup_eligible, backed_up, user_verified, registration_mode, created_at, created_by) \
         values ($1, $2, $1, '', -7, 'localhost', $3, '', '', 0, 0, 0, 1, 'asked', $4, 'owner')",
    );
    let insert = insert.bind(id.clone()).bind(account.as_str().to_owned()).bind(name.to_owned());
    let insert = insert.bind(site.clock.now().unix());
    assert_eq!(site.runtime.block_on(insert.execute(site.db.writer())).unwrap().rows_affected(), 1);
    PasskeyId::parse(&id).unwrap()
}

pub fn remove_passkey(site: &TestSite, account: &AccountId, passkey: &PasskeyId) {
    let removed = within(site, account, async |tx: &mut Tx| {
        passkeys::remove(tx, &site.site, (account, passkey), None, Actor::CommandLine).await
    });
    assert!(removed.is_some());
}

pub fn remove_app(site: &TestSite, account: &AccountId) {
    let now = site.clock.now();
    assert!(within(site, account, async |tx: &mut Tx| totp_app::remove(tx, account, now).await));
}

pub fn turn_on(site: &TestSite, account: &AccountId) -> TurnedOn {
    let actor = Actor::CommandLine;
    within(site, account, async |tx: &mut Tx| second_factor::on(tx, &site.site, account, actor).await)
}

pub fn turn_off(site: &TestSite, account: &AccountId) -> bool {
    let actor = Actor::CommandLine;
    within(site, account, async |tx: &mut Tx| second_factor::off(tx, &site.site, account, actor).await)
}

fn turn_off_if_none_left(site: &TestSite, account: &AccountId) -> bool {
    within(site, account, async |tx: &mut Tx| {
        second_factor::off_if_none_left(tx, &site.site, account, Actor::CommandLine).await
    })
}

pub fn is_on(site: &TestSite, account: &AccountId) -> bool {
    let since = accounts::two_factor_since(site.db.reader(), account);
    site.runtime.block_on(since).unwrap().is_some()
}

pub fn summary(site: &TestSite, account: &AccountId) -> Factors {
    site.runtime.block_on(second_factor::summary(&site.site, account)).unwrap()
}

/// The right password was typed.
fn pend(site: &TestSite, account: &AccountId) {
    let (by, client) = (site.proof(account, Method::Password, &[]), Client::default());
    let now = site.clock.now();
    within(site, account, async |tx: &mut Tx| sessions::pend(tx, pending(&by, &client), now).await.map(drop));
}

fn events(site: &TestSite, event: &'static str) -> i64 {
    let select = sqlx::query_scalar("select count(*) from audit where event = $1").bind(event);
    site.runtime.block_on(select.fetch_one(site.db.reader())).unwrap()
}

#[test]
fn it_is_turned_on_once_there_is_a_factor_and_codes_were_kept() {
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let ada = site.account(ADA).id;
    new_set(&site, &ada);
    assert_eq!(turn_on(&site, &ada), TurnedOn::NoFactor, "codes only replace a factor");
    within(&site, &ada, async |tx: &mut Tx| recovery_codes::remove(tx, &ada, site.clock.now()).await);
    add_passkey(&site, &ada, "Key");
    assert_eq!(turn_on(&site, &ada), TurnedOn::NoCodes);
    new_set(&site, &ada);
    assert!(!is_on(&site, &ada), "a passkey by itself turns nothing on");
    pend(&site, &ada);
    assert_eq!(turn_on(&site, &ada), TurnedOn::Done);
    assert_eq!(site.number("select two_factor_since from accounts"), site.clock.now().unix());
    site.clock.advance(100);
    assert_eq!(turn_on(&site, &ada), TurnedOn::Already);
    assert_eq!(summary(&site, &ada).two_factor_since.map(|since| since.plus(100)), Some(site.clock.now()));
    assert_eq!((events(&site, "two_factor_on"), site.number("select count(*) from pending_logins")), (1, 0));
}

#[test]
fn a_factor_that_cannot_be_asked_for_and_codes_that_are_used_up_turn_nothing_on() {
    let site = TestSite::new();
    let phone = Phone::of(&site, ADA);
    let ada = &phone.account;
    new_set(&site, ada);
    for broken in ["update totp_apps set stopped_at = 1", "update totp_apps set secret = ''"] {
        site.change(broken);
        assert_eq!(turn_on(&site, ada), TurnedOn::NoFactor, "{broken}");
        assert!(!summary(&site, ada).can_be_asked(), "{broken}");
        phone.set_up(&site);
        assert!(summary(&site, ada).can_be_asked(), "set up again");
    }
    site.change("delete from recovery_codes");
    assert_eq!(summary(&site, ada).codes_left, Some(0));
    assert_eq!(turn_on(&site, ada), TurnedOn::NoCodes);
    new_set(&site, ada);
    assert_eq!(turn_on(&site, ada), TurnedOn::Done);
}

#[test]
fn turned_off_it_leaves_the_factors_and_ends_logins_that_wait_for_one() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA).account;
    new_set(&site, &ada);
    assert!(!turn_off(&site, &ada), "it is off");
    turn_on(&site, &ada);
    pend(&site, &ada);
    assert!(turn_off(&site, &ada));
    let factors = summary(&site, &ada);
    assert_eq!((factors.is_on(), factors.app.is_some(), factors.codes_left), (false, true, Some(10)));
    assert_eq!((events(&site, "two_factor_off"), site.number("select count(*) from pending_logins")), (1, 0));
}

#[test]
fn the_last_factor_that_is_removed_turns_it_off() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA).account;
    let (key, old) = (add_passkey(&site, &ada, "Key"), add_passkey(&site, &ada, "Old"));
    new_set(&site, &ada);
    turn_on(&site, &ada);
    remove_app(&site, &ada);
    assert!(!turn_off_if_none_left(&site, &ada), "two passkeys are left");
    remove_passkey(&site, &ada, &key);
    site.change("update passkeys set rp_id = 'old.example'");
    assert!(!turn_off_if_none_left(&site, &ada), "one is left, though it is asked for elsewhere only");
    assert!(is_on(&site, &ada) && !summary(&site, &ada).can_be_asked());
    remove_passkey(&site, &ada, &old);
    assert!(turn_off_if_none_left(&site, &ada));
    assert!(!is_on(&site, &ada));
    assert!(!turn_off_if_none_left(&site, &ada), "it is off");
    assert_eq!(events(&site, "two_factor_off"), 1);
}

#[test]
fn the_summary_counts_each_passkey_as_what_it_is_good_for() {
    let site = TestSite::new();
    let ada = Phone::of(&site, ADA).account;
    for (name, change) in [
        ("by itself", "update passkeys set user_verified = 1 where name = 'by itself'"),
        ("second only", "update passkeys set user_verified = 0 where name = 'second only'"),
        ("rests", "update passkeys set rests_since = 1 where name = 'rests'"),
        (
            "rests unverified",
            "update passkeys set rests_since = 1, user_verified = 0 where name = 'rests unverified'",
        ),
        ("elsewhere", "update passkeys set rp_id = 'old.example', rests_since = 1 where name = 'elsewhere'"),
        (
            "saved",
            "update passkeys set registration_mode = 'upgrade', user_verified = 0, backup_eligible = 1 where name = 'saved'",
        ),
        (
            "kept here",
            "update passkeys set registration_mode = 'upgrade', user_verified = 0 where name = 'kept here'",
        ),
        ("removed", "update passkeys set removed_at = 1 where name = 'removed'"),
    ] {
        add_passkey(&site, &ada, name);
        assert_eq!(site.change(change), 1, "{name}");
    }
    let at = passkeys::site(&site.site);
    let listed = || {
        let list = site.runtime.block_on(passkeys::list(&site.db, at.as_ref(), &ada)).unwrap();
        let are =
            |usable: Usable| i64::try_from(list.iter().filter(|one| one.usable == usable).count()).unwrap();
        PasskeyCounts {
            by_themselves: are(Usable::ByItself),
            second_only: are(Usable::AfterPassword),
            resting: are(Usable::Rests),
            elsewhere: are(Usable::Elsewhere),
        }
    };
    let counts = summary(&site, &ada).passkeys;
    assert_eq!(counts, listed());
    assert_eq!((counts.by_themselves, counts.second_only, counts.resting, counts.elsewhere), (2, 2, 2, 1));
    new_set(&site, &ada);
    assert_eq!(turn_on(&site, &ada), TurnedOn::Done);
    let counts = summary(&site, &ada).passkeys;
    assert_eq!(counts, listed());
    assert_eq!((counts.by_themselves, counts.second_only), (1, 3), "a saved one replaces no two factors");
    assert_eq!(counts.as_second(), 6);
    let before = site.db.statements();
    summary(&site, &ada);
    assert_eq!(site.db.statements() - before, 2);
}

#[test]
fn what_is_enough_is_so_in_every_combination() {
    /// The least that is enough where two-factor authentication is on, and off.
    const ON: [&[Method]; 3] =
        [&[Method::Password, Method::App], &[Method::Password, Method::RecoveryCode], &[Method::Passkey]];
    const OFF: [&[Method]; 2] = [&[Method::Password], &[Method::Passkey]];
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let (ada, on) = (site.account(ADA).id, Some(site.clock.now()));
    for combination in 1..(1_usize << Method::ALL.len()) {
        let of_all = Method::ALL.iter().copied().enumerate();
        let methods: Vec<Method> =
            of_all.filter(|(at, _)| (combination >> at) & 1 == 1).map(|(_, method)| method).collect();
        let has = |least: &&[Method]| least.iter().all(|method| methods.contains(method));
        let proof = site.proof(&ada, methods[0], &methods[1..]);
        assert_eq!(suffices(proof.methods(), on), ON.iter().any(has), "{methods:?}, on");
        assert_eq!(suffices(proof.methods(), None), OFF.iter().any(has), "{methods:?}, off");
    }
    assert!(!suffices(&Methods::default(), on) && !suffices(&Methods::default(), None));
}
