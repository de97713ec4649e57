//! Passwords: how they are stored, and that no one gets in with a damaged hash or a former password.

use std::time::Duration;

use rocket::http::Status;
use rocket::tokio::join;
use rocket::tokio::time::sleep;
use vestibule::base::hashing::Hashing;
use vestibule::base::{Client, Password, Site};
use vestibule::people::Actor;
use vestibule::people::sessions::KnownBrowser;
use vestibule::people::{Email, accounts};
use vestibule::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt};
use vestibule::web::Submission;

use crate::support::{PASSWORD, Setup, TestSite};

fn hash_of(site: &TestSite) -> String {
    site.text("select hash from passwords")
}

fn put_hash(site: &TestSite, hash: &str) {
    let update = sqlx::query("update passwords set hash = $1").bind(hash.to_owned());
    site.runtime.block_on(update.execute(site.db.writer())).unwrap();
}

/// Whether Ada can log in with this password.
pub fn opens(site: &TestSite, password: &str) -> bool {
    let answer = site.visitor().log_in("ada@example.org", password);
    assert_eq!(answer.status, Status::SeeOther, "{password:?}");
    assert!(["/profile", "/login"].contains(&answer.location()));
    answer.location() == "/profile"
}

pub fn site_with_ada(password: &str) -> TestSite {
    let site = Setup::new().with_full_hashes().patient().build();
    assert_eq!(site.visitor().sign_up("ada@example.org", "Ada", password).location(), "/login", "{password}");
    site
}

#[test]
fn a_password_is_stored_as_argon2id_with_the_parameters_of_the_settings() {
    for (memory, passes) in [("19456", "2"), ("20480", "3")] {
        let site = Setup::new()
            .with_full_hashes()
            .with("argon2_memory_kib", memory)
            .with("argon2_passes", passes)
            .build();
        site.ada();
        let hash = hash_of(&site);
        let parts: Vec<&str> = hash.split('$').collect();
        assert_eq!(parts[..4], ["", "argon2id", "v=19", &format!("m={memory},t={passes},p=1")], "{hash}");
        assert_eq!(
            (parts[4].len(), parts[5].len(), parts.len()),
            (22, 43, 6),
            "16 bytes of salt, 32 of hash"
        );
    }
}

#[test]
fn one_password_twice_makes_two_hashes() {
    let site = site_with_ada(PASSWORD);
    assert_eq!(site.visitor().sign_up("bob@example.org", "Bob", PASSWORD).location(), "/login");
    assert_eq!(site.number("select count(distinct hash) from passwords"), 2);
    assert_eq!(site.number("select count(distinct substr(hash, 1, 53)) from passwords"), 2, "salts differ");
}

#[test]
fn only_the_right_password_upgrades_a_hash_with_older_parameters() {
    let site = site_with_ada(PASSWORD);
    let weak = Hashing::new(8_192, 1).unwrap();
    let weak = site.runtime.block_on(weak.hash(&Password::typed(PASSWORD))).unwrap();
    assert!(weak.contains("m=8192,t=1"));
    put_hash(&site, &weak);
    let changed_at = site.number("select changed_at from passwords");
    site.clock.advance(1_000);

    assert!(!opens(&site, "wrong horse battery"));
    assert_eq!(hash_of(&site), weak, "a wrong password renews nothing");
    assert!(opens(&site, PASSWORD));
    let renewed = hash_of(&site);
    assert!(renewed.contains("m=19456,t=2,p=1"), "{renewed}");
    assert_eq!(site.number("select changed_at from passwords"), changed_at, "it is the same password");
    assert!(opens(&site, PASSWORD) && !opens(&site, "wrong horse battery"));
    assert_eq!(hash_of(&site), renewed, "once");
}

/// The stored hash is read before the attempt waits for its turn.
#[test]
fn a_password_changed_while_an_attempt_waited_for_its_turn_is_the_one_that_counts() {
    let site = site_with_ada(PASSWORD);
    let state: &Site = site.client.rocket().state().unwrap();
    let ada = site.account("ada@example.org");
    let new = Password::typed("another good one, not guessed");
    let client = Client::default();
    let (known_browser, submission) = (KnownBrowser::default(), Submission::none());
    let password_attempt = PasswordAttempt {
        at: AttemptAt::Typed("ada@example.org"),
        session: None,
        known_browser: &known_browser,
        client: &client,
        submission: &submission,
    };
    let attempt = site.runtime.block_on(async {
        let held =
            state.limits.concurrency.at_secret(&passwords::failures_at("ada@example.org")).await.unwrap();
        let change = async {
            sleep(Duration::from_millis(500)).await; // by now the attempt waits
            passwords::replace(state, &ada, &new, Actor::CommandLine).await.unwrap();
            drop(held);
        };
        join!(passwords::attempt(state, &password_attempt, &new), change).0.unwrap()
    });
    assert!(matches!(attempt, AttemptOutcome::Right(_)), "{attempt:?}");
}

#[test]
fn a_password_changed_while_it_was_checked_opens_nothing() {
    let site = site_with_ada(PASSWORD);
    let state: &Site = site.client.rocket().state().unwrap();
    let stands = site.runtime.block_on(async {
        let ada =
            accounts::by_email(&site.db, &Email::parse("ada@example.org").unwrap()).await.unwrap().unwrap();
        let (right, new) = (Password::typed(PASSWORD), Password::typed("another good one, not guessed"));
        let client = Client::default();
        let known_browser = KnownBrowser::default();
        let submission = Submission::none();
        let password_attempt = PasswordAttempt {
            at: AttemptAt::Account(&ada.id, &ada.email),
            session: None,
            known_browser: &known_browser,
            client: &client,
            submission: &submission,
        };
        let prove =
            async |password| match passwords::attempt(state, &password_attempt, password).await.unwrap() {
                AttemptOutcome::Right(verified) => verified,
                other => panic!("{other:?}"),
            };
        let verified = prove(&right).await;
        let before = verified.stands(&mut site.db.begin_locked(&[]).await.unwrap()).await.unwrap();
        passwords::replace(state, &ada, &new, Actor::CommandLine).await.unwrap();
        let after = verified.stands(&mut site.db.begin_locked(&[]).await.unwrap()).await.unwrap();
        drop(verified); // until then, no one else may guess
        let verified = prove(&new).await;
        sqlx::query("update accounts set disabled_at = 1").execute(site.db.writer()).await.unwrap();
        (before, after, verified.stands(&mut site.db.begin_locked(&[]).await.unwrap()).await.unwrap())
    });
    assert_eq!(stands, (true, false, false), "before; after a change; once disabled");
}

#[test]
fn parallel_logins_with_an_outdated_hash_all_succeed() {
    let site = site_with_ada(PASSWORD);
    let weaker = Hashing::new(8192, 1).unwrap();
    put_hash(&site, &site.runtime.block_on(weaker.hash(&Password::typed(PASSWORD))).unwrap());
    let answers = site.at_once(8, "/login", &[("email", "ada@example.org"), ("password", PASSWORD)]);
    assert!(answers.iter().all(|(_, location)| location == "/profile"), "{answers:?}");
    assert!(hash_of(&site).contains("m=19456,t=2"));
}

#[test]
fn a_row_with_absurd_parameters_is_refused_and_not_computed() {
    let site = site_with_ada(PASSWORD);
    let good = hash_of(&site);
    let (head, tail) = (good.find("m=").unwrap(), good.rfind(",p=1").unwrap() + 4);
    let with = |params: &str| format!("{}{params}{}", &good[..head], &good[tail..]);
    let before = peak_memory_kib();
    for params in
        ["m=307200,t=2,p=1", "m=4194304,t=2,p=1", "m=4294967295,t=1,p=1", "m=19456,t=4294967295,p=1"]
    {
        put_hash(&site, &with(params));
        assert!(!opens(&site, PASSWORD), "{params}");
        assert_eq!(hash_of(&site), with(params), "it is left for the operator to see");
    }
    // The kernel counts in steps, so it can even seem to shrink.
    let grown = peak_memory_kib().saturating_sub(before);
    assert!(grown < 200 * 1024, "grew by {grown} KiB: the least of them asks for 300 MiB");
    put_hash(&site, &good);
    assert!(opens(&site, PASSWORD));
}

#[test]
fn a_row_that_is_not_a_valid_hash_opens_nothing() {
    let site = site_with_ada(PASSWORD);
    let good = hash_of(&site);
    let cut = good.rsplit_once('$').unwrap().0.to_owned();
    for row in [
        String::new(),
        PASSWORD.to_owned(),
        "$".to_owned(),
        good.replace("argon2id", "argon2i"),
        good.replace("v=19", "v=16"),
        good.replace("m=19456", "m=1"),
        good.replace("m=19456", "m=x"),
        good.replace("p=1", "p=0"),
        "$2b$31$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m".to_owned(),
        format!("{cut}$"),
        cut,
    ] {
        put_hash(&site, &row);
        assert!(!opens(&site, PASSWORD), "{row}");
    }
}

/// The most memory that this process has ever used, in KiB.
fn peak_memory_kib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
