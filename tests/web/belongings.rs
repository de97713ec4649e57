//! An app is told when an account begins, whichever way it came, and can refuse it. How accounts leave it is told in
//! `belongings_leave`.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use rocket::http::Status;
use serde_json::Value;
use vestibule::base::program::AppFiles;
use vestibule::base::{Password, Program, Site, Tx};
use vestibule::features::signup;
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
pub struct Diary {
    pub told: Mutex<Vec<String>>,
    pub refuses: AtomicBool,
    pub fails: AtomicUsize,
    pub panics: AtomicUsize,
    begins_another: AtomicBool,
    pub hangs: AtomicBool,
    pub exports: Mutex<Option<Value>>,
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
    pub fn told(&self) -> Vec<String> {
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
pub fn site(setup: Setup) -> (TestSite, Arc<Diary>) {
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

pub fn counts(site: &TestSite) -> Vec<i64> {
    ["accounts", "passwords", "audit", "outbox", "app_notes", "departures"]
        .map(|table| site.number(format!("select count(*) from {table}").leak()))
        .to_vec()
}

fn confirm(site: &TestSite, visitor: &mut Visitor<'_>) -> Status {
    assert_eq!(visitor.get(&site.mailed_link(ADA)).location(), "/confirm");
    visitor.submit("/confirm", &[("password", PASSWORD)]).status
}

pub fn add(site: &TestSite) -> Result<bool> {
    let (email, name) = (Email::parse("bob@example.org").unwrap(), Name::parse("Bob").unwrap());
    let password = Password::typed(PASSWORD);
    let by = (Actor::CommandLine, None);
    site.runtime.block_on(signup::make(&site.site, &email, &name, &password, by, &Submission::none()))
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
