//! Hashes that cost more than ours, as other programs made them, leave a place of the gate to all others.

use std::time::{Duration, Instant};

use rocket::tokio::task::JoinSet;
use vestibule::base::Password;
use vestibule::base::hashing::{Failure, Hashing, LONGEST_WAIT, QUEUE, Verdict};

use crate::support::{PASSWORD, Setup, TestSite};

/// Comparing with this hash takes some thirty times as long as with ours.
const SLOW: &str = "$argon2id$v=19$m=32768,t=32,p=1$c29tZXNhbHRzb21lc2FsdA$\
                    AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// By Werkzeug, of [`PASSWORD`].
const BY_WERKZEUG: &str = "scrypt:32768:8:1$VWZnQEKqUbRKqoWU$27437e9467e16eff3b4cb350453a6a6d54751f048c831f15c6590bc1ce55\
                           ffcb97a27fd9422a11a5b2a57c4f9941a3779b29fea4a460a148056deb1cbcc92ea1";

/// Strangers who try an account with a costly hash, until no more of them are let in. They leave when it is dropped.
fn strangers(site: &TestSite) -> JoinSet<Result<Verdict, Failure>> {
    let hashing = &site.site.hashing;
    site.runtime.block_on(async {
        let mut all = JoinSet::new();
        for _ in 0..QUEUE * 2 {
            let hashing = hashing.clone();
            all.spawn(async move { hashing.verify(&Password::typed("x"), SLOW).await });
        }
        let first = all.join_next().await.unwrap().unwrap();
        assert_eq!(first, Err(Failure::Busy), "their queue is full, and who comes is told to come back");
        all
    })
}

/// An account whose password has this hash.
fn account(site: &TestSite, name: &str, hash: &str) -> String {
    let email = format!("{name}@example.org");
    assert_eq!(site.visitor().sign_up(&email, name, PASSWORD).location(), "/login");
    let update =
        "update passwords set hash = $1 where account_id = (select id from accounts where name = $2)";
    let update = sqlx::query(update).bind(hash.to_owned()).bind(name.to_owned());
    let done = site.runtime.block_on(update.execute(site.db.writer())).unwrap();
    assert_eq!(done.rows_affected(), 1);
    email
}

#[test]
fn a_login_with_our_hash_goes_through_while_the_places_for_costly_ones_are_busy() {
    let site = Setup::new().with_full_hashes().patient().build();
    let hash = |memory, passes| {
        let hashing = Hashing::new(memory, passes).unwrap();
        site.runtime.block_on(hashing.hash(&Password::typed(PASSWORD))).unwrap()
    };
    let ours = account(&site, "ada", &hash(19_456, 2));
    let cheaper = account(&site, "bob", &hash(8_192, 1));
    let imported = account(&site, "eve", BY_WERKZEUG);

    let strangers = strangers(&site);
    let begun = Instant::now();
    for email in [&ours, &cheaper] {
        assert_eq!(site.visitor().log_in(email, PASSWORD).location(), "/profile", "{email}");
    }
    assert_eq!(site.visitor().log_in("nobody@example.org", PASSWORD).location(), "/login");
    assert_eq!(site.visitor().sign_up("ruth@example.org", "Ruth", PASSWORD).location(), "/login");
    assert!(begun.elapsed() < LONGEST_WAIT * 2, "{:?}", begun.elapsed());
    drop(strangers);
    let begun = Instant::now();
    while site.visitor().log_in(&imported, PASSWORD).location() != "/profile" {
        assert!(begun.elapsed() < Duration::from_secs(30), "the places stay taken");
    }
}
