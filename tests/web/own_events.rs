//! What happens in an app stands in the activity of its users, next to ours.

use std::borrow::Cow;

use rocket::http::Status;
use rocket::{State, post, routes};
use serde_json::Value;
use vestibule::base::program::{AppFiles, Folder};
use vestibule::base::{Client, Program, Site};
use vestibule::people::User;
use vestibule::people::audit::{AppEvent, AppEvents};
use vestibule::web;

use crate::support::{ADA, Setup, TestSite};

const SHARED: AppEvent = AppEvent::new("note-shared", "You shared a note");
const CLEANED: AppEvent = AppEvent::new("notes-cleaned", "Old notes were removed");
const FORGOTTEN: AppEvent = AppEvent::new("note-burnt", "You burnt a note");

#[post("/share?<keep>")]
async fn share(user: User, client: Client, site: &State<Site>, keep: bool) -> web::Result<&'static str> {
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    user.happened(&mut tx, site, SHARED, &client).await?;
    if keep {
        tx.commit().await?;
    }
    Ok("shared")
}

#[post("/burn")]
async fn burn(user: User, client: Client, site: &State<Site>) -> web::Result<()> {
    let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
    user.happened(&mut tx, site, FORGOTTEN, &client).await?;
    Ok(())
}

fn site(files: AppFiles) -> TestSite {
    let program = Program::of_app("notes", "1.0.0", files).with(AppEvents(vec![SHARED, CLEANED]));
    Setup::new().program(program).page(routes![share, burn]).build()
}

/// The copy of Ada's data has this event, as code and sentence.
fn in_copy(copy: &Value, code: Option<&str>, sentence: &str) -> bool {
    let events = copy["activity"].as_array().unwrap();
    events.iter().any(|event| event["event"].as_str() == code && event["what"] == *sentence)
}

#[test]
fn an_event_of_the_app_is_in_the_activity_and_in_the_copy() {
    let site = site(AppFiles::default());
    let mut ada = site.ada();
    assert_eq!(ada.post("/share?keep=true", "").body, "shared");
    let page = ada.get("/settings/activity");
    assert!(page.says("You shared a note") && page.says("You signed up"), "{}", page.body);
    assert_eq!(site.text("select event from audit order by at desc, id desc limit 1"), "app.note-shared");
    assert_eq!(site.text("select actor from audit where event like 'app.%'"), "owner");
    // Nothing is shown of what was not committed.
    ada.post("/share?keep=false", "");
    assert_eq!(ada.get("/settings/activity").pieces("You shared", "note").len(), 1);
    // One by the operator, or of the app itself.
    site.runtime.block_on(async {
        let account = vestibule::people::accounts::by_email(&site.db, &email()).await.unwrap().unwrap();
        let mut tx = site.db.begin_locked(&[account.id.lock_key()]).await.unwrap();
        CLEANED.happened_to(&mut tx, &site.site, &account.id).await.unwrap();
        tx.commit().await.unwrap();
    });
    let copy: Value = serde_json::from_str(&ada.post("/settings/export", "").body).unwrap();
    assert!(in_copy(&copy, Some("app.note-shared"), "You shared a note"), "{copy}");
    assert!(in_copy(&copy, Some("app.notes-cleaned"), "Old notes were removed"), "{copy}");
}

fn email() -> vestibule::people::Email {
    vestibule::people::Email::parse(ADA).unwrap()
}

#[test]
fn the_words_of_the_app_say_an_event_in_the_language_of_the_reader() {
    fn names() -> Vec<String> {
        vec!["de.ftl".to_owned(), "en.ftl".to_owned()]
    }
    fn read(path: &str) -> Option<Cow<'static, [u8]>> {
        let text: &[u8] = match path {
            "de.ftl" => "event-app-note-shared = Sie haben eine Notiz geteilt\n".as_bytes(),
            "en.ftl" => b"event-app-note-shared = You let others read a note\n",
            _ => return None,
        };
        Some(Cow::Borrowed(text))
    }
    let site = site(AppFiles { words: Folder::new(names, read, ""), ..AppFiles::default() });
    let mut ada = site.ada();
    ada.post("/share?keep=true", "");
    assert!(ada.get("/settings/activity").says("You let others read a note"));
    site.change("update accounts set language = 'de'");
    assert!(ada.get("/settings/activity").says("Sie haben eine Notiz geteilt"));
    // It has no words for this one: the sentence in the code.
    site.change("update audit set event = 'app.notes-cleaned' where event = 'app.note-shared'");
    assert!(ada.get("/settings/activity").says("Old notes were removed"));
}

#[test]
fn an_event_that_only_another_version_of_the_app_knows_is_shown_plainly() {
    let site = site(AppFiles::default());
    let mut ada = site.ada();
    ada.post("/share?keep=true", "");
    site.change("update audit set event = 'app.note-eaten' where event = 'app.note-shared'");
    let page = ada.get("/settings/activity");
    assert!(page.status == Status::Ok && page.says("this version of the app"), "{}", page.body);
    let copy: Value = serde_json::from_str(&ada.post("/settings/export", "").body).unwrap();
    let sentence = "Something that this version of the app doesn't know";
    assert!(in_copy(&copy, Some("app.note-eaten"), sentence), "{copy}");
}

#[test]
#[cfg(debug_assertions)]
fn an_event_that_was_not_given_to_the_app_fails_at_once_in_a_debug_build() {
    let site = site(AppFiles::default());
    let mut ada = site.ada();
    assert_eq!(ada.post("/burn", "").status, Status::InternalServerError);
}

#[test]
fn a_code_that_is_malformed_or_given_twice_stops_the_start() {
    assert_eq!(AppEvents(vec![SHARED, CLEANED]).check(), Ok(()));
    let twice = AppEvents(vec![SHARED, CLEANED, SHARED]).check().unwrap_err().to_string();
    assert!(twice.starts_with("The app has the event `note-shared` twice. Give one of the two"), "{twice}");
    let odd = AppEvents(vec![AppEvent::new("Note shared", "")]).check().unwrap_err().to_string();
    assert!(odd.starts_with("The event `Note shared` needs another code"), "{odd}");
}
