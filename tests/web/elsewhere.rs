//! What is done to sessions outside of this program: by another one, or by another key.

use std::time::{Duration, Instant};

use rocket::http::{Cookie, Header};
use rocket::local::blocking::Client;
use vestibule::app;
use vestibule::base::db;
use vestibule::base::secret::SecretKey;

use crate::support::{ADA, PASSWORD, TestSite};

#[test]
fn what_another_program_ends_is_felt_within_two_seconds() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(ada.is_logged_in());
    site.runtime.block_on(async {
        let elsewhere = db::open(&site.config.settings, &site.key).await.unwrap();
        sqlx::query("delete from sessions").execute(elsewhere.writer()).await.unwrap();
    });
    let ended = Instant::now();
    while ada.is_logged_in() {
        assert!(ended.elapsed() < Duration::from_secs(2), "it is not felt");
    }
}

#[test]
fn under_another_key_no_cookie_is_read_though_the_rows_are_there() {
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
