//! Recovery codes: a set of ten for one account, each of which counts once; and the single code that the operator
//! gives out. These stories are told to the decisions, without the pages. Sets that take the place of others are in
//! `recovery_codes_replaced`.

use rocket::futures::future::join_all;
use vestibule::base::hashing::QUEUE;
use vestibule::base::recovery_code::{CODES, RecoveryCode};
use vestibule::base::secret::SecretKey;
use vestibule::base::{Site, Tx};
use vestibule::features::account_changes;
use vestibule::people::{AccountId, Actor, ActorKind};
use vestibule::services::recovery_codes::{self, Found, NewSet};
use vestibule::web::Error;

use crate::hashing::crowd;
use crate::support::{ADA, PASSWORD, Setup, TestSite};

pub fn site() -> TestSite {
    Setup::new().patient().build()
}

/// The account of someone who signs up.
pub fn owner(site: &TestSite, name: &str) -> AccountId {
    let email = format!("{name}@example.org");
    assert_eq!(site.visitor().sign_up(&email, name, PASSWORD).location(), "/login");
    site.account(&email).id
}

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

/// Keeps a new set for an account, in the place of the one before.
pub fn new_set(site: &TestSite, account: &AccountId) -> [RecoveryCode; CODES] {
    let new = NewSet::generate();
    keep(site, account, &new);
    new.codes
}

/// Keeps a set for an account; false if it was kept before.
pub fn keep(site: &TestSite, account: &AccountId, new: &NewSet) -> bool {
    let set = site.runtime.block_on(recovery_codes::hash_set(&site.site, new)).unwrap();
    let now = site.clock.now();
    within(site, account, async |tx| recovery_codes::keep(tx, account, set, now, ActorKind::Owner).await)
}

/// The operator's code for the account with an address.
pub fn from_operator(site: &TestSite, email: &str) -> RecoveryCode {
    let account = site.account(email);
    let given = recovery_codes::give_out(&site.site, &account, Actor::CommandLine);
    site.runtime.block_on(given).unwrap().code
}

/// A code of an account, looked up at a site with another secret key.
fn found_at(test: &TestSite, site: &Site, account: &AccountId, code: &RecoveryCode) -> Option<Found> {
    test.runtime.block_on(recovery_codes::hash(site, account, code)).unwrap()
}

/// A code of an account, looked up.
pub fn found(site: &TestSite, account: &AccountId, code: &RecoveryCode) -> Option<Found> {
    found_at(site, &site.site, account, code)
}

/// Uses a code up that was found. The transaction locks nothing, so that only its statement decides.
pub async fn consume(site: &TestSite, found: &Found) -> bool {
    let mut tx = site.db.begin_locked(&[]).await.unwrap();
    let consumed = recovery_codes::consume(&mut tx, &site.site, found).await.unwrap();
    tx.commit().await.unwrap();
    consumed
}

/// Types a code, as its owner reads it. Whether it was right; then it is used up.
pub fn works(site: &TestSite, account: &AccountId, code: &RecoveryCode) -> bool {
    let typed = RecoveryCode::parse(&code.reveal()).unwrap();
    found(site, account, &typed).is_some_and(|found| site.runtime.block_on(consume(site, &found)))
}

/// How many codes the set of an account has.
pub fn left(site: &TestSite, account: &AccountId) -> Option<i64> {
    site.runtime.block_on(recovery_codes::left(&site.db, account)).unwrap()
}

#[test]
fn a_code_works_once() {
    let site = site();
    let ada = owner(&site, "ada");
    let codes = new_set(&site, &ada);
    assert_eq!(left(&site, &ada), Some(10));
    assert!(!works(&site, &ada, &RecoveryCode::generate()), "a code of no set");
    let looked_up = found(&site, &ada, &codes[4]).unwrap();
    assert!(!looked_up.by_operator() && *looked_up.account() == ada);
    assert_eq!(left(&site, &ada), Some(10), "looking it up does not use it up");
    assert!(works(&site, &ada, &codes[4]));
    assert_eq!(left(&site, &ada), Some(9));
    assert!(!works(&site, &ada, &codes[4]));
    assert!(!site.runtime.block_on(consume(&site, &looked_up)), "it was looked up before");
    assert_eq!(left(&site, &ada), Some(9));
    assert!(works(&site, &ada, &codes[5]), "the others are still right");
}

#[test]
fn a_code_of_another_account_is_wrong() {
    let site = site();
    let (ada, bob, eve) = (owner(&site, "ada"), owner(&site, "bob"), owner(&site, "eve"));
    let (codes_of_ada, codes_of_bob) = (new_set(&site, &ada), new_set(&site, &bob));
    for account in [&ada, &eve] {
        assert!(codes_of_bob.iter().all(|code| !works(&site, account, code)));
    }
    let given_to_bob = from_operator(&site, "bob@example.org");
    assert!(!works(&site, &ada, &given_to_bob) && !works(&site, &eve, &given_to_bob));
    assert_eq!([left(&site, &ada), left(&site, &bob), left(&site, &eve)], [Some(10), Some(10), None]);
    assert!(works(&site, &ada, &codes_of_ada[0]));
    assert!(works(&site, &bob, &codes_of_bob[0]) && works(&site, &bob, &given_to_bob));
}

#[test]
fn of_twenty_uses_at_the_same_moment_one_wins() {
    let site = site();
    let ada = owner(&site, "ada");
    let codes = new_set(&site, &ada);
    let given = from_operator(&site, ADA);
    for code in [&codes[7], &given] {
        let wins = site.runtime.block_on(async {
            let all = join_all((0..20).map(|_| recovery_codes::hash(&site.site, &ada, code))).await;
            let all: Vec<Found> = all.into_iter().map(|found| found.unwrap().unwrap()).collect();
            join_all(all.iter().map(|found| consume(&site, found))).await
        });
        assert_eq!(wins.into_iter().filter(|won| *won).count(), 1);
    }
    assert_eq!(left(&site, &ada), Some(9));
}

#[test]
fn the_last_codes_count_down_to_a_set_that_is_used_up() {
    let site = site();
    let ada = owner(&site, "ada");
    assert_eq!(left(&site, &ada), None, "there is no set");
    let codes = new_set(&site, &ada);
    for (code, then) in codes.iter().zip((0..10).rev()) {
        assert!(works(&site, &ada, code));
        assert_eq!(left(&site, &ada), Some(then));
    }
    assert!(codes.iter().all(|code| !works(&site, &ada, code)));
    let next = new_set(&site, &ada);
    assert_eq!(left(&site, &ada), Some(10));
    assert!(works(&site, &ada, &next[9]));
}

#[test]
fn a_wrong_code_is_as_much_work_without_a_set() {
    let site = site();
    let (ada, bob, eve) = (owner(&site, "ada"), owner(&site, "bob"), owner(&site, "eve"));
    new_set(&site, &ada);
    let codes_of_bob = new_set(&site, &bob);
    // Such parameters are never computed: they take four GiB.
    let unusable = "update recovery_sets set hash_parameters = '$argon2id$v=19$m=4194304,t=1,p=1$MDEyMzQ1Njc4OWFiY2RlZg' \
                    where account_id = (select id from accounts where name = 'bob')";
    assert_eq!(site.change(unusable), 1);
    assert!(!works(&site, &bob, &codes_of_bob[0]));
    let wrong = RecoveryCode::generate();
    let statements = [&ada, &bob, &eve].map(|account| {
        // The least of several, since tasks of the server may send some at the same time.
        let each = (0..5).map(|_| {
            let before = site.db.statements();
            assert!(found(&site, account, &wrong).is_none());
            site.db.statements() - before
        });
        each.min().unwrap()
    });
    assert_eq!(statements, [statements[0]; 3]);

    let _crowd = site.runtime.block_on(crowd(&site.site.hashing, QUEUE));
    for account in [&ada, &bob, &eve] {
        let hashed = site.runtime.block_on(recovery_codes::hash(&site.site, account, &wrong));
        assert!(matches!(hashed, Err(Error::Busy)), "each waits for the gate: {hashed:?}");
    }
}

#[test]
fn neither_a_set_nor_the_operators_code_depends_on_the_secret_key() {
    let site = site();
    let ada = owner(&site, "ada");
    let codes = new_set(&site, &ada);
    let given = from_operator(&site, ADA);
    let mut rekeyed = site.site.clone();
    rekeyed.key = SecretKey::generate();
    assert!(codes.iter().all(|code| found_at(&site, &rekeyed, &ada, code).is_some()));
    assert!(found_at(&site, &rekeyed, &ada, &given).is_some(), "the command that makes it has no key");
}

#[test]
fn nothing_in_the_database_is_a_code() {
    let site = site();
    let ada = owner(&site, "ada");
    let codes = new_set(&site, &ada);
    let account = site.account(ADA);
    let given = recovery_codes::give_out(&site.site, &account, Actor::CommandLine);
    let given = site.runtime.block_on(given).unwrap();
    assert!(!format!("{given:?}").contains(&given.code.reveal()), "it is not printed either");
    let written = String::from_utf8_lossy(&site.written()).into_owned();
    let hash = site.text("select min(hash) from recovery_codes");
    assert!(hash.len() == 43 && written.contains(&hash), "the table is among what is searched");
    let written = written.to_lowercase();
    for code in codes.iter().chain([&given.code]) {
        let shown = code.reveal();
        assert!(!written.contains(&shown) && !written.contains(&shown.replace('-', "")));
    }
    // A second account with the same codes has other hashes: a set has a salt of its own.
    let twin = owner(&site, "bob");
    assert!(keep(&site, &twin, &NewSet { codes, ..NewSet::generate() }));
    assert_eq!(site.number("select count(distinct hash) from recovery_codes"), 20);
    assert_eq!(site.number("select count(distinct hash_parameters) from recovery_sets"), 2);
}

#[test]
fn nothing_is_left_of_the_codes_of_a_deleted_account() {
    let site = site();
    let ada = owner(&site, "ada");
    new_set(&site, &ada);
    new_set(&site, &ada);
    from_operator(&site, ADA);
    let account = site.account(ADA);
    let deleted = account_changes::delete(&site.site, &account, Actor::CommandLine);
    site.runtime.block_on(deleted).unwrap().unwrap();
    for count in [
        "select count(*) from recovery_sets",
        "select count(*) from recovery_codes",
        "select count(*) from links",
    ] {
        assert_eq!(site.number(count), 0, "{count}");
    }
}
