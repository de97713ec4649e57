//! Changes to sessions that come from outside this program: by another program, or by another key.

use std::time::{Duration, Instant};

use rocket::http::{Cookie, Header, Status};
use rocket::local::blocking::Client;
use vestibule::app;
use vestibule::base::db;
use vestibule::base::secret::SecretKey;

use crate::admin_accounts::{self, BOB, LIST, root};
use crate::support::{ADA, PASSWORD, TestSite};

#[test]
fn what_another_program_ends_takes_effect_within_two_seconds() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(ada.is_logged_in());
    site.runtime.block_on(async {
        let elsewhere = db::open(&site.config.settings, &site.key).await.unwrap();
        sqlx::query("delete from sessions").execute(elsewhere.writer()).await.unwrap();
    });
    let ended = Instant::now();
    while ada.is_logged_in() {
        assert!(ended.elapsed() < Duration::from_secs(2), "the session does not end");
    }
}

#[test]
fn what_an_administrator_does_on_one_instance_takes_effect_on_another_within_two_seconds() {
    let site = admin_accounts::site();
    let mut root = root(&site);
    let visitors = [site.logged_in(ADA), site.logged_in(BOB)];
    site.add_to_group(BOB, "admins");
    let other = site.another();
    let [mut ada, mut bob] = visitors.map(|visitor| {
        let mut there = other.visitor();
        there.jar = visitor.jar;
        there
    });
    assert!(ada.is_logged_in());
    assert_eq!(bob.get(LIST).status, Status::Ok);
    let (page, id) = (format!("{LIST}/{}", site.account(ADA).id), site.account(BOB).id.to_string());
    assert_eq!(root.fill_in(&page, &format!("{page}/disabling"), &[]).location(), page);
    let group = "/admin/groups/admins";
    let left = root.fill_in(group, &format!("{group}/departures"), &[("account", &id)]);
    assert_eq!(left.location(), group);
    let done = Instant::now();
    assert_eq!(bob.get(LIST).status, Status::NotFound, "each request asks for the groups");
    while ada.is_logged_in() {
        assert!(done.elapsed() < Duration::from_secs(2), "the session does not end");
    }
    assert!(bob.is_logged_in());
}

#[test]
fn with_another_key_no_cookie_is_read_even_if_its_row_exists() {
    let site = TestSite::new();
    let mut ada = site.ada();
    ada.post("/logout", "");
    ada.log_in_remembered(ADA, PASSWORD);
    let other = app::build(&site.config, &SecretKey::generate(), site.site.clone());
    let other = Client::untracked(other).unwrap();
    assert!(["session", "remember"].iter().all(|name| ada.cookie(name).is_some()));
    for (name, value) in ada.jar {
        let request = other.get("/profile").header(Header::new("Host", "localhost:8000"));
        assert_eq!(request.cookie(Cookie::new(name, value)).dispatch().status().code, 303);
    }
}

#[test]
fn a_session_is_read_again_only_after_another_process_has_committed() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let mut page_and_its_statements = |change: Option<&'static str>| {
        if let Some(change) = change {
            site.another().change(change);
        }
        std::thread::sleep(Duration::from_millis(1_100));
        let before = site.db.statements();
        let page = ada.get("/profile").body;
        (page, site.db.statements() - before)
    };
    assert!(page_and_its_statements(None).1 >= 1, "nothing is known about other processes yet");
    // The least of three, since tasks of the server may send statements at the same time.
    let mut least = |change: Option<&'static str>| {
        let pages = (0..3).map(|_| page_and_its_statements(change));
        pages.min_by_key(|(_, statements)| *statements).unwrap()
    };
    // With a server, the session is read again after a second.
    let kept = if std::env::var("VESTIBULE_TEST_DATABASE_URL").is_ok() { 1 } else { 0 };
    assert_eq!(least(None).1, kept);
    // Another name each time: SQLite writes nothing for a value that stays the same.
    let (page, statements) = least(Some("update accounts set name = name || ' L'"));
    assert!(statements == 1 && page.contains("Ada L"), "{statements}");
    assert_eq!(least(None).1, kept);
}
