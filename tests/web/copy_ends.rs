//! A copy of one's data that the client stops reading: it ends, so that another can be taken. And who may
//! take one.

use std::pin::pin;
use std::time::{Duration, Instant};

use rocket::futures::StreamExt;
use rocket::http::Status;
use rocket::tokio::time::sleep;
use vestibule::base::Client;
use vestibule::features::download::{Stopped, download};
use vestibule::features::export::{self, Begun, Export};
use vestibule::people::AccountId;
use vestibule::people::sessions::SessionId;

use crate::support::{ADA, PASSWORD, TestSite};

const DEADLINE: Duration = Duration::from_secs(2);

async fn begin(site: &TestSite, account: &AccountId) -> Option<Export> {
    let client = Client::default();
    match export::begin(&site.site, account, &client).await.unwrap() {
        Begun::Copy(copy) => Some(*copy),
        Begun::Wait(_) => None,
    }
}

#[test]
fn a_copy_ends_after_its_time_limit_even_if_the_client_stops_reading() {
    let site = TestSite::new();
    site.ada();
    let account = site.account(ADA);
    site.runtime.block_on(async {
        let select = sqlx::query_scalar("select id from sessions");
        let session: SessionId = select.fetch_one(site.db.reader()).await.unwrap();
        let copy = begin(&site, &account.id).await.unwrap();
        let mut pieces = pin!(download(copy, session, DEADLINE));
        let begun = Instant::now();
        assert!(pieces.next().await.unwrap().unwrap().contains(ADA));
        assert!(begin(&site, &account.id).await.is_none(), "only one copy at a time");
        sleep(DEADLINE.saturating_sub(begun.elapsed())).await;
        while begin(&site, &account.id).await.is_none() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the copy never ends");
            sleep(Duration::from_millis(20)).await;
        }
        let mut last = pieces.next().await;
        while let Some(Ok(_)) = last {
            last = pieces.next().await;
        }
        assert!(matches!(last, Some(Err(Stopped::TooLong))), "{last:?}");
        assert!(pieces.next().await.is_none());
    });
}

/// The end of the account is not an error.
#[test]
fn a_copy_ends_with_the_account() {
    let site = TestSite::new();
    site.ada();
    let account = site.account(ADA);
    site.runtime.block_on(async {
        let select = sqlx::query_scalar("select id from sessions");
        let session: SessionId = select.fetch_one(site.db.reader()).await.unwrap();
        let copy = begin(&site, &account.id).await.unwrap();
        sqlx::query("delete from accounts").execute(site.db.writer()).await.unwrap();
        let mut pieces = pin!(download(copy, session, DEADLINE * 10));
        let last = pieces.next().await;
        assert!(matches!(last, Some(Err(Stopped::Deleted))), "{last:?}");
        assert!(pieces.next().await.is_none());
    });
}

#[test]
fn a_copy_ends_with_the_session_that_requested_it() {
    let site = TestSite::new();
    site.ada();
    let account = site.account(ADA);
    site.runtime.block_on(async {
        let select = sqlx::query_scalar("select id from sessions");
        let session: SessionId = select.fetch_one(site.db.reader()).await.unwrap();
        let copy = begin(&site, &account.id).await.unwrap();
        let mut pieces = pin!(download(copy, session, DEADLINE * 10));
        assert!(pieces.next().await.unwrap().unwrap().contains(ADA));
        sqlx::query("delete from sessions").execute(site.db.writer()).await.unwrap();
        let mut last = pieces.next().await;
        while let Some(Ok(_)) = last {
            last = pieces.next().await;
        }
        assert!(matches!(last, Some(Err(Stopped::LoggedOut))), "{last:?}");
    });
}

#[test]
fn a_remembered_device_needs_the_password_for_a_copy_but_not_to_rename() {
    let site = TestSite::new();
    site.ada();
    let mut thief = site.visitor().sending("Referer", "http://localhost:8000/settings/account");
    thief.log_in_remembered("ada@example.org", PASSWORD);
    thief.jar.retain(|(name, _)| name == "remember");
    let answer = thief.fill_in("/settings/account", "/settings/export", &[]);
    assert_eq!(answer.location(), "/reauthenticate?next=%2Fsettings%2Faccount");
    assert_eq!(
        thief.get(answer.location()).notices(),
        ["For your security, please confirm that it is you. Then press Download once more."]
    );
    assert_eq!(site.number("select count(*) from audit where event = 'exported'"), 0);
    assert_eq!(
        thief.submit("/settings/account", &[("name", "Countess")]).location(),
        "/settings/account",
        "the name is changed without the password"
    );
    let fields = [("next", "/settings/account"), ("password", PASSWORD)];
    assert_eq!(thief.submit("/reauthenticate", &fields).location(), "/settings/account");
    let answer = thief.fill_in("/settings/account", "/settings/export", &[]);
    assert!(answer.status == Status::Ok && answer.says("\"name\":\"Countess\""));
}
