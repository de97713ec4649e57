//! On a server, what is in use is read again in the background before a request has to wait for that.

use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use rocket::tokio::time::sleep;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::gate_support::{WIKI, of_family, with_wiki};
use crate::support::{ADA, TestSite};

const PAGE: &str = "https://wiki.example.org/page";
/// How long what is read from a locked table waits.
const LOCKED: Duration = Duration::from_millis(400);
/// On a busy machine a round may take longer than what was read is good for.
const ROUNDS: usize = 5;

/// Requests something three times, half a second or so apart. Before the third time a table is locked for a while, so that
/// what has to be read from it waits. Whether that request did not wait, in any round.
fn is_read_again(site: &TestSite, table: &str, mut request: impl FnMut()) -> bool {
    let Some(database) = &site.database else { return true };
    let mut waited = || {
        thread::sleep(Duration::from_millis(1_100));
        request(); // it is read
        thread::sleep(Duration::from_millis(600));
        request(); // it is read again after this answer
        thread::sleep(Duration::from_millis(500));
        let (url, lock) = (database.url.clone(), format!("lock table {table} in access exclusive mode"));
        let (locked, is_locked) = mpsc::channel();
        let other = site.runtime.spawn(async move {
            let mut connection = AnyConnection::connect(&url).await.unwrap();
            let mut transaction = connection.begin().await.unwrap();
            transaction.execute(AssertSqlSafe(lock)).await.unwrap();
            locked.send(Instant::now()).unwrap();
            sleep(LOCKED).await;
            transaction.rollback().await.unwrap();
        });
        let begun = is_locked.recv().unwrap();
        request();
        let waited = begun.elapsed();
        site.block_on(other).unwrap();
        waited
    };
    (0..ROUNDS).any(|_| waited() < LOCKED / 2)
}

#[test]
fn a_session_in_use_is_read_again_before_a_page_has_to_wait_for_it() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(is_read_again(&site, "sessions", || assert!(ada.is_logged_in())));
}

#[test]
fn a_pass_in_use_is_read_again_before_a_check_has_to_wait_for_it() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    assert!(is_read_again(&site, "passes", || assert_eq!(ada.check(PAGE), 200)));
}

#[test]
fn the_apps_are_read_again_before_a_check_has_to_wait_for_them() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    assert!(is_read_again(&site, "apps_origins", || assert_eq!(ada.check(PAGE), 200)));
}
