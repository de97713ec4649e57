//! Which attempts at a password stay counted and which are given back. A wrong one stays counted even if it
//! could not be recorded; a right one does not, whatever fails after it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rocket::http::Status;
use vestibule::base::hashing::{Hashing, QUEUE};
use vestibule::base::{Client, Password};
use vestibule::people::sessions::KnownBrowser;
use vestibule::services::passwords::{self, AttemptAt, AttemptOutcome, PasswordAttempt};
use vestibule::web::Submission;

use crate::support::{ADA, PASSWORD, Setup, TestSite};

const WRONG: &str = "wrong horse battery";

fn with_ada() -> TestSite {
    let site = Setup::new().with_full_hashes().with("limit_wrong_passwords", "3").build();
    assert_eq!(site.visitor().sign_up(ADA, "Ada", PASSWORD).location(), "/login");
    site
}

fn counted(site: &TestSite) -> i64 {
    site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins")
}

#[test]
fn a_right_password_is_given_back_whatever_fails_after_it() {
    let site = with_ada();
    site.change("alter table sessions rename to elsewhere");
    for _ in 0..10 {
        assert_eq!(site.visitor().log_in(ADA, PASSWORD).status, Status::ServiceUnavailable);
        assert_eq!(counted(&site), 0);
    }
    site.change("alter table elsewhere rename to sessions");
    assert_eq!(
        site.visitor().log_in(ADA, PASSWORD).location(),
        "/profile",
        "the network has not used up its limit either"
    );
}

#[test]
fn a_password_that_was_not_checked_is_given_back() {
    let site = with_ada();
    site.change("alter table passwords rename column hash to elsewhere");
    for _ in 0..10 {
        assert_eq!(site.visitor().log_in(ADA, WRONG).status, Status::ServiceUnavailable);
        assert_eq!(counted(&site), 0);
    }
}

#[test]
fn a_wrong_password_stays_counted_even_if_it_cannot_be_recorded() {
    let site = with_ada();
    site.change("alter table audit rename to elsewhere");
    let statuses: Vec<_> = (0..5).map(|_| site.visitor().log_in(ADA, WRONG).status.code).collect();
    assert_eq!(statuses, [503, 503, 503, 429, 429], "otherwise a failing database would allow guesses");
    assert_eq!(counted(&site), 3);
}

/// After the check of a password, the site asks whether it was changed meanwhile. If that fails, the guess counts.
#[test]
fn a_wrong_password_stays_counted_if_a_change_meanwhile_cannot_be_checked() {
    let site = with_ada();
    let known_browser = KnownBrowser::default();
    let client = Client::default();
    let password_attempt = PasswordAttempt {
        at: AttemptAt::Typed(ADA),
        session: None,
        known_browser: &known_browser,
        client: &client,
        submission: &Submission::none(),
    };
    let password = Password::typed(WRONG);
    let attempt = site.runtime.block_on(async {
        let held = site.site.limits.concurrency.at_secret(&passwords::failures_at(ADA)).await.unwrap();
        let fails = async {
            rocket::tokio::time::sleep(Duration::from_millis(500)).await; // by now the attempt waits
            let rename = sqlx::query("alter table passwords rename column hash to elsewhere");
            rename.execute(site.db.writer()).await.unwrap();
            drop(held);
        };
        rocket::tokio::join!(passwords::attempt(&site.site, &password_attempt, &password), fails).0
    });
    assert!(attempt.is_err(), "{attempt:?}");
    assert_eq!(counted(&site), 1);
}

#[test]
fn a_password_of_an_account_deleted_meanwhile_is_a_wrong_one() {
    let site = with_ada();
    let (ada, known_browser) = (site.account(ADA), KnownBrowser::default());
    site.change("delete from accounts");
    let client = Client::default();
    let password_attempt = PasswordAttempt {
        at: AttemptAt::Account(&ada.id, &ada.email),
        session: None,
        known_browser: &known_browser,
        client: &client,
        submission: &Submission::none(),
    };
    let password = Password::typed(PASSWORD);
    let attempt =
        site.runtime.block_on(passwords::attempt(&site.site, &password_attempt, &password)).unwrap();
    assert!(matches!(attempt, AttemptOutcome::Wrong), "{attempt:?}");
    assert_eq!(
        site.number("select count(*) from audit where account_id is null"),
        1,
        "the event belongs to no account"
    );
}

/// Every action that is counted before it is done: requested more often than its limit while the database
/// fails, and then again.
#[test]
fn an_action_that_failed_in_the_database_is_given_back() {
    let closing = [("email", ADA), ("password", PASSWORD)];
    let wishes: [(&str, &[(&str, &str)]); 6] = [
        ("/signup", &[("email", "bob@example.org"), ("name", "Bob"), ("password", PASSWORD)]),
        ("/forgot", &[("email", ADA)]),
        ("/confirm/new", &[("email", ADA)]),
        ("/settings/email", &[("email", "ada@new.example")]),
        ("/settings/close", &closing),
        ("/settings/export", &[]),
    ];
    for (path, fields) in wishes {
        for failing in ["look", "write"] {
            let setup = Setup::new().mail().with("limit_new_passwords", "1000").with("limit_logins", "1000");
            let site = setup.build();
            let ada = site.ada_by_mail();
            site.mails();
            let ask = || match path {
                "/signup" | "/forgot" | "/confirm/new" => site.visitor().submit(path, fields).status,
                _ => ada.clone().submit(path, fields).status,
            };
            match failing {
                "look" => _ = site.change("alter table rate_limits rename to elsewhere"),
                _ if path == "/settings/export" => site.refuse("insert", "audit"),
                _ => site.refuse("insert", "outbox"),
            }
            for _ in 0..25 {
                assert_eq!(ask(), Status::ServiceUnavailable, "{path}, {failing}");
            }
            match failing {
                "look" => _ = site.change("alter table elsewhere rename to rate_limits"),
                _ if path == "/settings/export" => site.allow("audit"),
                _ => site.allow("outbox"),
            }
            let done = ask();
            assert!(done == Status::SeeOther || done == Status::Ok, "{path}, {failing}: {done}");
        }
    }
}

#[test]
fn a_session_that_a_remembered_device_could_not_open_is_given_back() {
    let site = Setup::new().build();
    site.ada();
    let mut ada = site.visitor();
    ada.log_in_remembered(ADA, PASSWORD);
    ada.jar.retain(|(name, _)| name == "remember");
    site.refuse("insert", "sessions");
    for number in 0..15 {
        assert_eq!(ada.clone().get("/profile").status, Status::ServiceUnavailable, "{number}");
    }
    site.allow("sessions");
    assert_eq!(ada.get("/profile").status, Status::Ok);
}

/// A client that disconnects in the middle gets no answer, but its guess is counted.
#[test]
fn a_guess_stays_counted_if_the_client_disconnects() {
    let site = with_ada();
    let (ada, known_browser) = (site.account(ADA), KnownBrowser::default());
    let client = Client::default();
    let password_attempt = PasswordAttempt {
        at: AttemptAt::Account(&ada.id, &ada.email),
        session: None,
        known_browser: &known_browser,
        client: &client,
        submission: &Submission::none(),
    };
    let password = Password::typed(WRONG);
    let statuses: Vec<_> = (0..4)
        .map(|round| {
            site.runtime.block_on(async {
                let mut attempt =
                    std::pin::pin!(passwords::attempt(&site.site, &password_attempt, &password));
                // The attempt is dropped once the count is written.
                loop {
                    let ended = rocket::tokio::time::timeout(Duration::from_micros(200), &mut attempt).await;
                    let select = sqlx::query_scalar(
                        "select cast(coalesce(sum(failures), 0) as bigint) from failed_logins",
                    );
                    let counted: i64 = select.fetch_one(site.db.reader()).await.unwrap();
                    match ended {
                        Ok(ended) => return format!("{ended:?}").starts_with("Ok(Wait"),
                        Err(_) if counted > round => return false,
                        Err(_) => {}
                    }
                }
            })
        })
        .collect();
    assert_eq!(statuses, [false, false, false, true], "the network has to wait after three");
    assert_eq!(counted(&site), 3);
}

/// Computes hashes at the gate until it is stopped. The queue has a few free places until a guess is counted,
/// which then waits there; after that it has none.
fn crowd(site: &TestSite, stop: &Arc<AtomicBool>, joins_after: Duration) {
    let (hashing, db, stop) = (site.site.hashing.clone(), site.db.clone(), stop.clone());
    site.runtime.spawn(async move {
        let mut most = QUEUE - 4;
        while !stop.load(Ordering::SeqCst) {
            if most < QUEUE {
                let select = sqlx::query_scalar("select count(*) from failed_logins");
                if select.fetch_one(db.reader()).await.unwrap_or(0i64) > 0 {
                    rocket::tokio::time::sleep(joins_after).await;
                    most = QUEUE;
                }
            }
            while hashing.waiting() < most {
                let hashing = hashing.clone();
                rocket::tokio::spawn(async move { hashing.hash(&Password::typed(WRONG)).await });
                rocket::tokio::task::yield_now().await;
            }
            rocket::tokio::time::sleep(Duration::from_micros(50)).await;
        }
    });
}

#[test]
fn a_hash_that_cannot_be_upgraded_now_is_upgraded_next_time() {
    let site = Setup::new().with_full_hashes().patient().build();
    assert_eq!(site.visitor().sign_up(ADA, "Ada", PASSWORD).location(), "/login");
    let old = site.runtime.block_on(Hashing::new(32_768, 2).unwrap().hash(&Password::typed(PASSWORD)));
    let old = old.unwrap();
    // The attempt has to join the queue before it is full, and its hash has to be checked afterwards. How
    // long that takes depends on the machine.
    let stands = (1..=20u64).any(|round| {
        let update = sqlx::query("update passwords set hash = $1").bind(old.clone());
        site.runtime.block_on(update.execute(site.db.writer())).unwrap();
        let stop = Arc::new(AtomicBool::new(false));
        crowd(&site, &stop, Duration::from_millis(10 * round));
        let answer = site.at_once(1, "/login", &[("email", ADA), ("password", PASSWORD)]).remove(0);
        stop.store(true, Ordering::SeqCst);
        while site.site.hashing.waiting() > 0 {
            std::thread::yield_now();
        }
        answer.1 == "/profile" && site.text("select hash from passwords") == old
    });
    assert!(stands, "the login succeeds, although there was no place to upgrade the hash");
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert!(site.text("select hash from passwords").contains("m=19456,t=2"));
}
