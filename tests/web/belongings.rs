//! An app is told when an account begins, before it leaves, and once it is gone; whichever way it came and goes.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::base::program::AppFiles;
use vestibule::base::{Password, Program, Site, Tx};
use vestibule::features::{account_changes, housekeeping, signup};
use vestibule::people::{AccountId, Actor, AppBelongings, Belongings, Email, Name};
use vestibule::web::{Error, Result, Submission};

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";
const FULL: Error = Error::Closed {
    heading: "The shop is full",
    advice: "Come back when someone has left.",
    logged: "there are too many customers",
};

/// What an app was told, and what it answers.
#[derive(Default)]
struct Diary {
    told: Mutex<Vec<String>>,
    refuses: AtomicBool,
    fails: AtomicUsize,
    panics: AtomicUsize,
    begins_another: AtomicBool,
    hangs: AtomicBool,
    exports: Mutex<Option<Value>>,
}

impl Diary {
    /// Waits for another system, for ever.
    async fn hang(&self) {
        if self.hangs.load(SeqCst) {
            std::future::pending::<()>().await;
        }
    }

    fn write(&self, what: &str, account: &AccountId) {
        self.told.lock().unwrap().push(format!("{what} {account}"));
    }

    /// What it was told since it was last asked, without the accounts.
    fn told(&self) -> Vec<String> {
        let told = std::mem::take(&mut *self.told.lock().unwrap());
        told.iter().map(|told| told.split(' ').next().unwrap().to_owned()).collect()
    }
}

fn once_less(count: &AtomicUsize) -> bool {
    count.fetch_update(SeqCst, SeqCst, |left| left.checked_sub(1)).is_ok()
}

#[rocket::async_trait]
impl Belongings for Diary {
    async fn made(&self, tx: &mut Tx, site: &Site, account: &AccountId) -> Result<()> {
        if self.begins_another.load(SeqCst) {
            site.db.begin_locked(&[]).await?;
        }
        let insert = sqlx::query("insert into app_notes (id, account_id, text) values ($1, $1, 'Welcome!')");
        insert.bind(account.as_str()).execute(&mut *tx).await?;
        self.hang().await;
        if self.refuses.load(SeqCst) {
            return Err(FULL);
        }
        self.write("made", account);
        Ok(())
    }

    async fn leaving(&self, tx: &mut Tx, _: &Site, account: &AccountId) -> Result<()> {
        let select = sqlx::query_scalar("select count(*) from app_notes where account_id = $1");
        let notes: i64 = select.bind(account.as_str()).fetch_one(&mut *tx).await?;
        assert_eq!(notes, 1, "its rows are still there");
        self.hang().await;
        if self.refuses.load(SeqCst) {
            return Err(FULL);
        }
        self.write("leaving", account);
        Ok(())
    }

    async fn gone(&self, _: &Site, account: &AccountId) -> Result<()> {
        if once_less(&self.panics) {
            panic!("gone");
        }
        if once_less(&self.fails) {
            self.write("failed", account);
            return Err(Error::failed("the other system does not answer"));
        }
        self.write("gone", account);
        Ok(())
    }

    async fn export(&self, _: &Site, _: &AccountId) -> Result<Option<Value>> {
        Ok(self.exports.lock().unwrap().clone())
    }
}

/// A site of an app whose accounts have notes.
fn site(setup: Setup) -> (TestSite, Arc<Diary>) {
    let diary = Arc::new(Diary::default());
    let belongings: Arc<dyn Belongings> = diary.clone();
    let program = Program::of_app("notes", "1.0.0", AppFiles::default());
    let site = setup.program(program.with(AppBelongings(vec![belongings]))).build();
    site.change(
        "create table app_notes (id text primary key not null, \
         account_id text not null references accounts (id) on delete cascade, text text not null)",
    );
    (site, diary)
}

fn counts(site: &TestSite) -> Vec<i64> {
    ["accounts", "passwords", "audit", "outbox", "app_notes", "departures"]
        .map(|table| site.number(format!("select count(*) from {table}").leak()))
        .to_vec()
}

fn confirm(site: &TestSite, visitor: &mut Visitor<'_>) -> Status {
    assert_eq!(visitor.get(&site.mailed_link(ADA)).location(), "/confirm");
    visitor.submit("/confirm", &[("password", PASSWORD)]).status
}

fn add(site: &TestSite) -> Result<bool> {
    let (email, name) = (Email::parse("bob@example.org").unwrap(), Name::parse("Bob").unwrap());
    let password = Password::typed(PASSWORD);
    let by = (Actor::CommandLine, None);
    site.runtime.block_on(signup::make(&site.site, &email, &name, &password, by, &Submission::none()))
}

fn sweep(site: &TestSite) {
    site.runtime.block_on(housekeeping::sweep(&site.site)).unwrap();
}

fn close(visitor: &mut Visitor<'_>) -> (Status, String) {
    let answer = visitor.submit("/settings/close", &[("email", ADA), ("password", PASSWORD)]);
    (answer.status, answer.body)
}

#[test]
fn without_email_an_account_begins_when_it_is_created() {
    let (site, diary) = site(Setup::new());
    site.ada();
    assert_eq!(diary.told(), ["made"]);
    assert!(add(&site).unwrap());
    assert_eq!(diary.told(), ["made"]);
    // A taken address makes no account.
    assert_eq!(site.visitor().sign_up(ADA, "Ada", PASSWORD).location(), "/signup");
    assert_eq!((diary.told().len(), site.number("select count(*) from app_notes")), (0, 2));
}

#[test]
fn with_email_an_account_begins_when_its_address_is_confirmed_for_the_first_time() {
    let (site, diary) = site(Setup::new().mail().patient());
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(diary.told().len(), 0, "anyone may have typed the address");
    assert_eq!(confirm(&site, &mut ada), Status::SeeOther);
    assert_eq!(diary.told(), ["made"]);
    // A reset link confirms it as well; it was confirmed before.
    let link = site.reset_link(ADA);
    let mut again = site.visitor();
    let page = again.get(&link).location().to_owned();
    assert_eq!(again.submit(&page, &[("new_password", NEW)]).status, Status::SeeOther);
    assert_eq!(diary.told().len(), 0);
    // The operator vouches for an address.
    assert!(add(&site).unwrap());
    assert_eq!(diary.told(), ["made"]);
}

#[test]
fn a_reset_link_begins_an_account_whose_address_was_not_confirmed() {
    let (site, diary) = site(Setup::new().mail().patient());
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let link = site.reset_link(ADA);
    let mut ada = site.visitor();
    let page = ada.get(&link).location().to_owned();
    assert_eq!(ada.submit(&page, &[("new_password", NEW), ("name", "Ada")]).status, Status::SeeOther);
    assert_eq!(diary.told(), ["made"]);
    assert_eq!(ada.log_in(ADA, NEW).location(), "/profile");
    assert_eq!(diary.told().len(), 0, "it has begun");
}

#[test]
fn nobody_uses_an_account_that_has_not_begun() {
    let (site, diary) = site(Setup::new().mail().patient().with("unconfirmed_login", "yes"));
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(diary.told().len(), 0);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(diary.told(), ["made"]);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    assert_eq!(confirm(&site, &mut ada), Status::SeeOther);
    assert_eq!(diary.told().len(), 0);
}

#[test]
fn an_error_takes_the_account_or_its_confirmation_back() {
    let (without, diary) = site(Setup::new());
    diary.refuses.store(true, SeqCst);
    let before = counts(&without);
    let answer = without.visitor().sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(answer.status, Status::Forbidden);
    assert!(answer.says("The shop is full") && answer.says("Come back when someone has left."));
    assert!(add(&without).is_err());
    assert_eq!(counts(&without), before);
    diary.refuses.store(false, SeqCst);
    without.ada();

    let (with, diary) = site(Setup::new().mail().patient());
    let mut ada = with.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    let link = with.mailed_link(ADA);
    ada.get(&link);
    diary.refuses.store(true, SeqCst);
    let before = counts(&with);
    let answer = ada.submit("/confirm", &[("password", PASSWORD)]);
    assert!(answer.status == Status::Forbidden && answer.says("The shop is full"), "{}", answer.body);
    assert_eq!(counts(&with), before);
    assert_eq!(with.number("select count(*) from accounts where confirmed_at is not null"), 0);
    diary.refuses.store(false, SeqCst);
    assert_eq!(ada.submit("/confirm", &[("password", PASSWORD)]).status, Status::SeeOther, "the link works");
    assert_eq!(diary.told(), ["made"]);
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
fn an_app_that_never_comes_back_holds_up_no_sign_up_for_long() {
    let (site, diary) = site(Setup::new());
    diary.hangs.store(true, SeqCst);
    let (before, begun) = (counts(&site), Instant::now());
    let answer = site.visitor().sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(answer.status, Status::ServiceUnavailable);
    assert!((5..30).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(counts(&site), before, "all of it is taken back");
    diary.hangs.store(false, SeqCst);
    assert!(site.ada().is_logged_in(), "another may write");
    assert_eq!(diary.told(), ["made"]);
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

#[test]
#[cfg(debug_assertions)]
fn a_hook_that_begins_another_transaction_fails_at_once_in_a_debug_build() {
    let (site, diary) = site(Setup::new());
    diary.begins_another.store(true, SeqCst);
    let before = counts(&site);
    assert_eq!(site.visitor().sign_up(ADA, "Ada", PASSWORD).status, Status::InternalServerError);
    assert_eq!(counts(&site), before);
    diary.begins_another.store(false, SeqCst);
    site.ada();
}

#[test]
fn of_fifty_sign_ups_at_once_each_account_begins_once() {
    let (site, diary) = site(Setup::new().patient());
    let fields = [("email", ADA), ("name", "Ada"), ("password", PASSWORD)];
    site.at_once(50, "/signup", &fields);
    assert_eq!((diary.told(), counts(&site)[0], counts(&site)[4]), (vec!["made".to_owned()], 1, 1));
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
