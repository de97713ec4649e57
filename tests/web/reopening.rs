//! A remembered device sends its token while the device ends, or while its owner changes the password: a
//! check made a moment before does not count.

use std::time::Duration;

use rocket::http::{Cookie, Header, Status};
use rocket::tokio::time::sleep;
use rocket::tokio::{join, spawn};

use crate::support::{ADA, PASSWORD, TestSite};

/// The request waits for the database; another one, which ends the device, waits behind it.
#[test]
fn a_device_that_ends_after_the_check_has_opened_its_session_before() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    ada.jar.retain(|(name, _)| name == "remember");
    let tab = ada.clone();
    assert!(ada.is_logged_in());
    site.change("delete from sessions"); // its token would share one of them
    let account = site.account(ADA);
    let status = site.runtime.block_on(async {
        let client = site.parallel_client().await;
        let cookie = Cookie::new(site.cookie_name("remember"), tab.cookie("remember").unwrap().to_owned());
        let request = client.get("/profile").header(Header::new("Host", site.host())).cookie(cookie);
        let first = site.db.begin_locked(&[account.id.lock_key()]).await.unwrap();
        let others = async {
            sleep(Duration::from_millis(400)).await;
            let (db, lock_key) = (site.db.clone(), account.id.lock_key());
            let end = spawn(async move {
                let mut tx = db.begin_locked(&[lock_key]).await.unwrap();
                sqlx::query("delete from remember_tokens").execute(&mut tx).await.unwrap();
                tx.commit().await.unwrap();
            });
            sleep(Duration::from_millis(400)).await;
            drop(first);
            end.await.unwrap();
        };
        let (answer, ()) = join!(request.dispatch(), others);
        answer.status()
    });
    assert_ne!(status, Status::ServiceUnavailable, "the device was there when its token was judged");
    assert_eq!(site.number("select count(*) from remember_tokens"), 0);
    assert_eq!(site.number("select count(*) from sessions"), 0, "and its sessions end with it");
}
