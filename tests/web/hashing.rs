//! Passwords are hashed behind a gate: one hash per core at a time, and a short queue. Beyond that, the
//! answer is an honest "busy", and every other page is still served.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use rocket::http::Status;
use rocket::tokio::runtime::Runtime;
use rocket::tokio::task::JoinSet;
use rocket::tokio::time::sleep;
use vestibule::base::hashing::{Failure, Hashing, LONGEST_WAIT, QUEUE, Verdict};
use vestibule::base::{Password, Site};

use crate::support::{PASSWORD, Setup};

/// No password has this hash.
const OURS: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The lowest parameters that OWASP recommends, and ours.
fn usual() -> Hashing {
    Hashing::new(19_456, 2).unwrap()
}

fn password() -> Password {
    Password::typed(PASSWORD)
}

async fn wait_for(what: &str, done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(10), "{what}");
        sleep(Duration::from_millis(1)).await;
    }
}

/// Those who have every place, and those who wait. All leave when it is dropped.
pub struct Crowd {
    all: JoinSet<Result<(), Failure>>,
    /// Its places are taken as long as this is not dropped.
    _held: Sender<()>,
}

/// Takes every place, and lets this many wait.
pub async fn crowd(hashing: &Hashing, waiting: usize) -> Crowd {
    let (held, end) = channel::<()>();
    let (mut all, end) = (JoinSet::new(), Arc::new(Mutex::new(end)));
    for _ in 0..available_parallelism().unwrap().get() + waiting {
        let (gate, end) = (hashing.gate().clone(), end.clone());
        let wait = move || {
            let _ = end.lock().unwrap().recv(); // the error is the end
        };
        all.spawn(async move { gate.run(wait).await });
    }
    wait_for("the queue fills", || hashing.waiting() == waiting).await;
    Crowd { all, _held: held }
}

/// A hash that has begun runs to its end; then the next one gets its turn.
async fn opens_again(hashing: &Hashing) {
    let started = Instant::now();
    while hashing.verify_dummy(&password()).await.is_err() {
        assert!(started.elapsed() < Duration::from_secs(30), "the gate stays closed");
        sleep(Duration::from_millis(10)).await;
    }
}

#[test]
fn a_full_queue_answers_at_once() {
    Runtime::new().unwrap().block_on(async {
        let hashing = usual();
        let crowd = crowd(&hashing, QUEUE).await;
        let started = Instant::now();
        assert_eq!(hashing.verify(&password(), OURS).await, Err(Failure::Busy));
        assert_eq!(hashing.hash(&password()).await, Err(Failure::Busy));
        assert_eq!(hashing.verify_dummy(&password()).await, Err(Failure::Busy));
        assert!(started.elapsed() < LONGEST_WAIT / 5, "{:?}", started.elapsed());
        assert_eq!(hashing.waiting(), QUEUE, "a refused attempt takes no place");
        drop(crowd);
    });
}

#[test]
fn a_client_that_disconnects_leaves_the_queue() {
    Runtime::new().unwrap().block_on(async {
        let hashing = usual();
        let mut crowd = crowd(&hashing, 3).await;
        let another = rocket::tokio::spawn({
            let hashing = hashing.clone();
            async move { hashing.hash(&password()).await }
        });
        wait_for("another waits", || hashing.waiting() == 4).await;
        another.abort();
        wait_for("it goes away", || hashing.waiting() == 3).await;
        crowd.all.abort_all();
        wait_for("all go away", || hashing.waiting() == 0).await;
        drop(crowd);
        opens_again(&hashing).await;
        assert_eq!(hashing.waiting(), 0);
    });
}

#[test]
fn while_the_gate_is_full_a_login_has_to_wait_and_pages_are_served() {
    let site = Setup::new().with_full_hashes().build();
    let (mut ada, mut visitor) = (site.ada(), site.visitor());
    let hashing = &site.client.rocket().state::<Site>().unwrap().hashing;
    let crowd = site.runtime.block_on(crowd(hashing, QUEUE));

    let started = Instant::now();
    for email in ["ada@example.org", "nobody@example.org", "no address"] {
        let answer = visitor.log_in(email, PASSWORD);
        assert_eq!(answer.status, Status::ServiceUnavailable, "{email}");
        assert!(answer.says("<h1>We're too busy right now</h1>") && answer.says("<nav"), "{email}");
        assert!((1..=60).contains(&answer.header("retry-after").parse().unwrap_or(0)), "{email}");
        assert!(answer.all("set-cookie").is_empty(), "{email}");
    }
    let answer = visitor.sign_up("eve@example.org", "Eve", PASSWORD);
    assert_eq!(answer.status, Status::ServiceUnavailable);
    assert_eq!(
        visitor.clone().sending("Accept", "application/json").log_in("a@b", "x").header("retry-after"),
        "5"
    );
    for path in ["/", "/login", "/signup", "/health", "/ready", "/nowhere"] {
        assert!(visitor.get(path).status.code < 500, "{path}");
    }
    let written = "select (select count(*) from failed_logins) + (select count(*) from audit where event = 'authn_login_fail')";
    assert_eq!(site.number(written), 0, "nothing is written for those who are refused");
    assert!(ada.is_logged_in());
    assert!(started.elapsed() < LONGEST_WAIT, "{:?}", started.elapsed());
    assert!(hashing.waiting() > QUEUE / 2, "the gate was full all the time");

    drop(crowd);
    site.runtime.block_on(opens_again(hashing));
    assert_eq!(
        visitor.log_in("ada@example.org", PASSWORD).location(),
        "/profile",
        "afterwards everything works as before"
    );
    assert_eq!(site.number("select count(*) from accounts"), 1);
}

#[test]
fn a_hash_has_our_parameters_and_a_salt_of_its_own() {
    Runtime::new().unwrap().block_on(async {
        let hashing = usual();
        let mut salts = Vec::new();
        for _ in 0..5 {
            let hash = hashing.hash(&password()).await.unwrap();
            assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
            let (salt, output) = hash.rsplit_once('$').unwrap();
            let salt = salt.rsplit_once('$').unwrap().1.to_owned();
            // 16 and 32 bytes, in base64 without padding.
            assert_eq!((salt.len(), output.len()), (22, 43), "{hash}");
            assert_eq!(hashing.verify(&password(), &hash).await, Ok(Verdict::Right));
            for wrong in ["", "correct horse batterx", "Correct horse battery", "correct horse battery "] {
                assert_eq!(
                    hashing.verify(&Password::typed(wrong), &hash).await,
                    Ok(Verdict::Wrong),
                    "{wrong:?}"
                );
            }
            salts.push(salt);
        }
        salts.sort();
        salts.dedup();
        assert_eq!(salts.len(), 5);
    });
}

#[test]
fn a_hash_with_other_parameters_is_accepted_and_outdated() {
    Runtime::new().unwrap().block_on(async {
        for (memory, passes) in [(19_456, 3), (8_192, 2), (32_768, 2)] {
            let other = Hashing::new(memory, passes).unwrap().hash(&password()).await.unwrap();
            assert_eq!(usual().verify(&password(), &other).await, Ok(Verdict::RightButOutdated), "{other}");
            assert_eq!(usual().verify(&Password::typed("x"), &other).await, Ok(Verdict::Wrong), "{other}");
        }
    });
}

#[test]
fn a_stored_hash_that_cannot_be_used_is_not_computed() {
    const REST: &str = "$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    Runtime::new().unwrap().block_on(async {
        let hashing = usual();
        let started = Instant::now();
        for parameters in [
            "$argon2i$v=19$m=19456,t=2,p=1",
            "$argon2d$v=19$m=19456,t=2,p=1",
            "$argon2id$v=16$m=19456,t=2,p=1",
            "$argon2id$m=19456,t=2,p=1",
            "$argon2id$v=19$m=262145,t=2,p=1",
            "$argon2id$v=19$m=4194304,t=2,p=1",
            "$argon2id$v=19$m=262144,t=17,p=1",
            "$argon2id$v=19$m=4294967295,t=2,p=1",
            "$argon2id$v=19$m=19456,t=33,p=1",
            "$argon2id$v=19$m=19456,t=4294967295,p=1",
            "$argon2id$v=19$m=19456,t=0,p=1",
            "$argon2id$v=19$m=19456,t=2,p=17",
            "$argon2id$v=19$m=1,t=2,p=1",
            "$scrypt$ln=22,r=8,p=1",
            "$pbkdf2-sha256$i=600000",
        ] {
            let stored = format!("{parameters}{REST}");
            assert_eq!(hashing.verify(&password(), &stored).await, Ok(Verdict::Unusable), "{stored}");
        }
        for stored in [
            "",
            "x",
            PASSWORD,
            "$argon2id$v=19$m=19456,t=2,p=1",
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA",
            "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$",
            "$argon2id$v=19$m=19456,t=2,p=1$!!!$AAAA",
            "$2b$31$KIXQJYkOFvlV4Hq0v5yWxu7YbI1bS0v8Q8mW3q2n3H3u1y8y7r5mG",
        ] {
            assert_eq!(hashing.verify(&password(), stored).await, Ok(Verdict::Unusable), "{stored}");
        }
        assert!(
            started.elapsed() < Duration::from_secs(20),
            "it takes as long as wrong passwords: {:?}",
            started.elapsed()
        );
    });
}
