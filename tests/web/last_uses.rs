//! When a session was last used is written once a minute, before the answer. Requests that wait for that at the same time
//! share a commit, since a file has one after another; none waits for long.

use std::time::{Duration, Instant};

use rocket::futures::future::{join, join_all};
use rocket::http::{Cookie, Header, Status};
use rocket::local::asynchronous::Client;
use rocket::tokio::time::sleep;
use vestibule::base::Tx;

use crate::gate_support::{WIKI, of_family, with_wiki};
use crate::support::{ADA, PASSWORD, TestSite, Visitor};

/// Sessions that are used at the same time.
const DEVICES: usize = 70;
const MINUTE: i64 = 60;
/// How long a request waits, with some time for a busy machine.
const LONGEST: Duration = Duration::from_millis(3_500);

/// Requests a page with a session.
async fn profile(client: &Client, visitor: &Visitor<'_>) {
    let host = Header::new("Host", visitor.site.host());
    let cookie =
        |(name, value): &(String, String)| Cookie::new(visitor.site.cookie_name(name), value.clone());
    let request = client.get("/profile").header(host).cookies(visitor.jar.iter().map(cookie));
    assert_eq!(request.dispatch().await.status(), Status::Ok);
}

/// A transaction that writes, next to which no session can be written.
async fn writing(site: &TestSite) -> Tx {
    let mut another = site.db.begin_locked(&[]).await.unwrap();
    if site.database.is_some() {
        sqlx::query("lock table sessions in exclusive mode").execute(&mut another).await.unwrap();
    }
    another
}

/// What some work sends to the database and how long it takes, while a transaction writes for so long.
async fn during_another(site: &TestSite, writes: Duration, work: impl Future) -> (u64, Duration) {
    let another = writing(site).await;
    let (begun, before) = (Instant::now(), site.db.statements());
    let worked = async {
        work.await;
        begun.elapsed()
    };
    let ends = async {
        sleep(writes).await;
        drop(another);
    };
    let (took, ()) = join(worked, ends).await;
    (site.db.statements() - before, took)
}

/// How many sessions were last used at this moment.
fn used_now(site: &TestSite) -> i64 {
    let select = sqlx::query_scalar("select count(*) from sessions where last_used_at = $1");
    site.block_on(select.bind(site.clock.now().unix()).fetch_one(site.db.reader())).unwrap()
}

/// Whether this number of sessions is soon written as used at this moment.
fn are_written(site: &TestSite, count: usize) -> bool {
    (0..50).any(|_| {
        let all = used_now(site) == count as i64;
        if !all {
            site.block_on(async { sleep(Duration::from_millis(100)).await });
        }
        all
    })
}

#[test]
fn sessions_that_are_used_at_the_same_time_share_a_commit() {
    let site = TestSite::new();
    site.ada();
    let visitors: Vec<_> = (0..DEVICES)
        .map(|number| {
            let mut visitor = site.visitor_from(&format!("203.0.113.{number}"));
            assert_eq!(visitor.log_in(ADA, PASSWORD).location(), "/profile");
            visitor
        })
        .collect();
    let client = site.block_on(site.parallel_client());
    let all = || join_all(visitors.iter().map(|visitor| profile(&client, visitor)));
    let mut fewest = u64::MAX;
    // What is cached is good for a second, which a busy machine may use up.
    for _ in 0..5 {
        site.block_on(all());
        site.clock.advance(MINUTE);
        let (statements, _) = site.block_on(during_another(&site, Duration::from_millis(200), all()));
        assert!(are_written(&site, DEVICES), "{} of {DEVICES}", used_now(&site));
        fewest = fewest.min(statements);
    }
    let is_file = site.database.is_none();
    assert!(!is_file || fewest < DEVICES as u64 / 2, "{fewest} statements for {DEVICES} sessions");
}

#[test]
fn a_page_comes_after_the_use_of_its_session_was_written() {
    let site = TestSite::new();
    let ada = site.ada();
    let client = site.block_on(site.parallel_client());
    site.block_on(profile(&client, &ada));
    site.clock.advance(MINUTE);
    site.block_on(profile(&client, &ada));
    assert_eq!(used_now(&site), 1);
    site.clock.advance(MINUTE);
    let writes = Duration::from_millis(300);
    let (_, took) = site.block_on(during_another(&site, writes, profile(&client, &ada)));
    assert!(took >= writes, "{took:?}");
}

#[test]
fn only_one_page_waits_and_not_for_long_if_the_use_of_its_session_cannot_be_written() {
    let site = TestSite::new();
    let ada = site.ada();
    let client = site.block_on(site.parallel_client());
    site.block_on(profile(&client, &ada));
    site.clock.advance(MINUTE);
    let twice = async {
        let (begun, mut each) = (Instant::now(), Vec::new());
        for _ in 0..2 {
            profile(&client, &ada).await;
            each.push(begun.elapsed());
        }
        // Only the first one waits. It is tried again some seconds later.
        assert!(each[0] < LONGEST && each[1] - each[0] < Duration::from_secs(1), "{each:?}");
    };
    site.block_on(during_another(&site, LONGEST, twice));
    // It is written as soon as that is possible, and then not again.
    assert!(are_written(&site, 1));
    let (_, took) = site.block_on(during_another(&site, LONGEST, profile(&client, &ada)));
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[test]
fn a_check_of_the_gate_does_not_wait_for_long_either() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let page = "https://wiki.example.org/page";
    assert_eq!(ada.check(page), 200);
    site.clock.advance(MINUTE);
    let begun = Instant::now();
    let another = site.block_on(writing(&site));
    let (status, took) = (ada.check(page), begun.elapsed());
    site.block_on(async { drop(another) });
    assert!(status == 200 && took > Duration::from_secs(1) && took < LONGEST, "{status} after {took:?}");
}

#[test]
fn a_use_that_could_not_be_written_is_tried_again_some_seconds_later() {
    let site = TestSite::new();
    if site.database.is_some() {
        return; // a server has other words for such a fault
    }
    let ada = site.ada();
    let client = site.block_on(site.parallel_client());
    site.block_on(profile(&client, &ada));
    let statement = |sql: &'static str| site.block_on(sqlx::query(sql).execute(site.db.writer())).unwrap();
    statement("create trigger fault before update on sessions begin select raise(abort, 'a fault'); end");
    site.clock.advance(MINUTE);
    site.block_on(profile(&client, &ada));
    statement("drop trigger fault");
    site.clock.advance(10);
    site.block_on(profile(&client, &ada));
    assert_eq!(used_now(&site), 0, "not at each request");
    site.clock.advance(5);
    site.block_on(profile(&client, &ada));
    assert_eq!(used_now(&site), 1);
}
