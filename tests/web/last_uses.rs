//! When a session was last used is written once a minute, before the answer. Requests that wait for that at the same time
//! share a commit, since a file has one after another.

use std::time::Duration;

use rocket::futures::future::{join, join_all};
use rocket::http::{Cookie, Header, Status};
use rocket::local::asynchronous::Client;
use rocket::tokio::time::sleep;
use vestibule::app;
use vestibule::web::route_class::ClassedRoutes;

use crate::support::{ADA, TestSite, Visitor};

const DEVICES: usize = 12;
const MINUTE: i64 = 60;

/// Requests a page with each of these sessions at the same time.
async fn visit(client: &Client, visitors: &[Visitor<'_>]) {
    let page = |visitor: &Visitor<'_>| {
        let host = Header::new("Host", visitor.site.host());
        let cookie =
            |(name, value): &(String, String)| Cookie::new(visitor.site.cookie_name(name), value.clone());
        client.get("/profile").header(host).cookies(visitor.jar.iter().map(cookie)).dispatch()
    };
    for answer in join_all(visitors.iter().map(page)).await {
        assert_eq!(answer.status(), Status::Ok);
    }
}

#[test]
fn sessions_that_are_used_at_the_same_time_share_a_commit() {
    let site = TestSite::new();
    site.ada();
    let visitors: Vec<_> = (0..DEVICES).map(|_| site.entered(ADA, false)).collect();
    let rocket = app::build_with(&site.config, &site.key, site.site.clone(), ClassedRoutes::default());
    let client = site.block_on(Client::untracked(rocket)).unwrap();
    // What is cached is good for a second, which a busy machine may use up.
    let fewest = (0..5).map(|_| {
        site.block_on(visit(&client, &visitors));
        site.clock.advance(MINUTE);
        let now = site.clock.now().unix();
        let statements = site.block_on(async {
            let another = site.db.begin_locked(&[]).await.unwrap();
            let before = site.db.statements();
            let ends = async {
                sleep(Duration::from_millis(200)).await;
                drop(another);
            };
            join(visit(&client, &visitors), ends).await;
            site.db.statements() - before
        });
        assert_eq!(site.number("select max(last_used_at) from sessions"), now);
        let used =
            "select count(*) from sessions where last_used_at = (select max(last_used_at) from sessions)";
        assert_eq!(site.number(used), DEVICES as i64, "each is written before its answer");
        statements
    });
    let (fewest, is_file) = (fewest.min().unwrap(), site.database.is_none());
    assert!(!is_file || fewest < DEVICES as u64 / 2, "{fewest} statements for {DEVICES} sessions");
}
