//! An app is asked before an account leaves, and told that it is gone until it knows. What it has of an account is in
//! the copy of the account's data.

use std::sync::atomic::Ordering::SeqCst;

use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::features::{account_changes, housekeeping};
use vestibule::people::Actor;

use crate::belongings::{add, counts, site};
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

fn sweep(site: &TestSite) {
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
}

fn close(visitor: &mut Visitor<'_>) -> (Status, String) {
    let answer = visitor.submit("/settings/close", &[("email", ADA), ("password", PASSWORD)]);
    (answer.status, answer.body)
}

#[test]
fn an_app_that_objects_keeps_the_account() {
    let (site, diary) = site(Setup::new());
    let mut ada = site.ada();
    diary.told();
    diary.refuses.store(true, SeqCst);
    let (status, page) = close(&mut ada);
    assert!(status == Status::Forbidden && page.contains("The shop is full"), "{page}");
    let account = site.account(ADA);
    let refused =
        site.runtime.block_on(account_changes::delete(&site.site, &account, Actor::CommandLine)).unwrap_err();
    assert_eq!(refused.to_string(), "there are too many customers");
    assert!(ada.is_logged_in());
    assert_eq!((counts(&site)[0], counts(&site)[4], counts(&site)[5]), (1, 1, 0));
    diary.refuses.store(false, SeqCst);
    assert_eq!(close(&mut ada).0, Status::SeeOther);
    assert_eq!(diary.told(), ["leaving", "gone"]);
    assert_eq!((counts(&site)[0], counts(&site)[4], counts(&site)[5]), (0, 0, 0));
}

#[test]
fn an_app_that_never_comes_back_keeps_the_account() {
    let (site, diary) = site(Setup::new());
    let mut ada = site.ada();
    diary.told();
    diary.hangs.store(true, SeqCst);
    let account = site.account(ADA);
    let refused =
        site.runtime.block_on(account_changes::delete(&site.site, &account, Actor::CommandLine)).unwrap_err();
    assert_eq!(refused.to_string(), "what the app does before an account goes took longer than 5 seconds");
    assert_eq!((counts(&site)[0], counts(&site)[4], counts(&site)[5]), (1, 1, 0));
    diary.hangs.store(false, SeqCst);
    assert_eq!(close(&mut ada).0, Status::SeeOther, "another may write");
    assert_eq!(diary.told(), ["leaving", "gone"]);
}

#[test]
fn an_account_that_never_began_leaves_without_a_word() {
    let (site, diary) = site(Setup::new().mail().patient());
    for days in [0, 9] {
        site.visitor().sign_up(ADA, "Ada", PASSWORD);
        site.mails();
        site.clock.advance(days * 24 * 3_600);
        match days {
            0 => {
                let account = site.account(ADA);
                let deleted = account_changes::delete(&site.site, &account, Actor::CommandLine);
                site.runtime.block_on(deleted).unwrap().unwrap();
            }
            _ => sweep(&site),
        }
        assert_eq!((counts(&site)[0], counts(&site)[5]), (0, 0), "{days}");
    }
    assert_eq!(diary.told().len(), 0);
}

#[test]
fn an_app_is_told_that_an_account_is_gone_until_it_knows_also_after_a_kill() {
    let (site, diary) = site(Setup::new());
    let mut ada = site.ada();
    diary.told();
    diary.panics.store(1, SeqCst);
    diary.fails.store(1, SeqCst);
    assert_eq!(close(&mut ada).0, Status::SeeOther, "its owner does not wait for the other system");
    assert_eq!((diary.told(), counts(&site)[5]), (vec!["leaving".to_owned()], 1));
    let site = site.killed();
    for (seconds, told, left) in
        [(299, None, 1), (1, Some("failed"), 1), (599, None, 1), (1, Some("gone"), 0), (9_999, None, 0)]
    {
        site.clock.advance(seconds);
        sweep(&site);
        let told: Vec<String> = told.into_iter().map(str::to_owned).collect();
        assert_eq!((diary.told(), counts(&site)[5]), (told, left), "{seconds}");
    }
}

#[test]
fn a_program_that_is_killed_right_after_the_deletion_forgets_nothing() {
    let (site, diary) = site(Setup::new());
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let now = site.clock.now().unix();
    let row = format!("insert into departures values ('{id}', {now}, {}, 0)", now + 60);
    site.change(row.leak());
    let site = site.killed();
    sweep(&site);
    assert_eq!(diary.told().len(), 0, "the instance that deleted it may still be at it");
    site.clock.advance(60);
    sweep(&site);
    assert_eq!(std::mem::take(&mut *diary.told.lock().unwrap()), [format!("gone {id}")]);
}

/// The copy of one's own data, as JSON.
fn copy(visitor: &mut Visitor<'_>) -> Value {
    let answer = visitor.post("/settings/export", "");
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

#[test]
fn a_copy_has_the_rows_of_the_app_and_what_the_app_exports() {
    let (site, diary) = site(Setup::new());
    let mut ada = site.ada();
    assert!(add(&site).unwrap());
    let rows = copy(&mut ada)["notes"]["app_notes"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 1, "{rows}: none of Bob's");
    assert_eq!(rows[0]["text"], "Welcome!", "{rows}");
    // They are read in pieces.
    site.change(
        "insert into app_notes with recursive numbers (number) as \
         (select 1000 union all select number + 1 from numbers where number < 2199) \
         select 'n' || cast(number as text), (select id from accounts where name = 'Ada'), 'More' from numbers",
    );
    let rows = copy(&mut ada)["notes"]["app_notes"].clone();
    let ids: std::collections::BTreeSet<&str> =
        rows.as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!((rows.as_array().unwrap().len(), ids.len()), (1_201, 1_201));
    *diary.exports.lock().unwrap() = Some(json!({ "number_of_notes": 1 }));
    let notes = copy(&mut ada)["notes"].clone();
    assert_eq!((&notes["app_notes"], &notes["number_of_notes"]), (&rows, &json!(1)), "the rows stay");
    // A name that is a table's stands in place of its rows.
    *diary.exports.lock().unwrap() = Some(json!({ "app_notes": ["1,201 times"], "pictures": [] }));
    assert_eq!(copy(&mut ada)["notes"], json!({ "app_notes": ["1,201 times"], "pictures": [] }));
    // Alone, the program has no such part.
    let alone = TestSite::new();
    let keys = copy(&mut alone.ada()).as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(keys.contains(&"waiting_emails".to_owned()) && !keys.contains(&"notes".to_owned()), "{keys:?}");
}
