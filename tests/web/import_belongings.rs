//! An app is told of imported accounts as of all others, in the transaction that makes them.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::SeqCst};

use vestibule::base::program::AppFiles;
use vestibule::base::{Program, Site, Tx};
use vestibule::features::import::{Import, Totals, run};
use vestibule::people::{AccountId, AppBelongings, Belongings};
use vestibule::web::{Error, Result};

use crate::support::{Setup, TestSite};

/// An app that gives everyone a note. It has no place for Eve.
#[derive(Default)]
struct Notes {
    told: AtomicUsize,
    fails: AtomicBool,
}

#[rocket::async_trait]
impl Belongings for Notes {
    async fn made(&self, tx: &mut Tx, _: &Site, account: &AccountId) -> Result<()> {
        self.told.fetch_add(1, SeqCst);
        let select = sqlx::query_scalar("select name from accounts where id = $1");
        let name: String = select.bind(account.as_str().to_owned()).fetch_one(&mut *tx).await?;
        if name == "Eve" {
            return Err(Error::failed("there is no place for Eve"));
        }
        if self.fails.load(SeqCst) {
            sqlx::query("select 1 from app_nothing").fetch_one(&mut *tx).await?;
        }
        let insert = sqlx::query("insert into app_notes (id, account_id) values ($1, $1)");
        insert.bind(account.as_str().to_owned()).execute(&mut *tx).await?;
        Ok(())
    }
}

fn site() -> (TestSite, Arc<Notes>) {
    let notes = Arc::new(Notes::default());
    let belongings: Arc<dyn Belongings> = notes.clone();
    let program = Program::of_app("notes", "1.0.0", AppFiles::default());
    let site = Setup::new().program(program.with(AppBelongings(vec![belongings]))).build();
    site.change(
        "create table app_notes (id text primary key not null, \
         account_id text not null references accounts (id) on delete cascade)",
    );
    (site, notes)
}

fn import(site: &TestSite, content: &str, check: bool) -> std::result::Result<(Totals, Vec<String>), String> {
    let file = site.folder.path().join("people.csv");
    let refused = site.folder.path().join("people.csv.refused");
    fs::write(&file, content).unwrap();
    let (done, mut told) = (AtomicU64::new(0), Vec::new());
    let import = Import { file: &file, check, done: &done };
    let ended = site.runtime.block_on(run(&site.site, &import, &mut |line| told.push(line)));
    let _ = fs::remove_file(refused); // if there is one
    ended.map(|(totals, _)| (totals, told)).map_err(|why| why.to_string())
}

fn notes(site: &TestSite) -> (i64, i64) {
    (site.number("select count(*) from accounts"), site.number("select count(*) from app_notes"))
}

const FILE: &str =
    "email,name,confirmed_at\na@x.test,Ada,true\nb@x.test,Bob,\ne@x.test,Eve,true\nz@x.test,Zoe,\n";

#[test]
fn an_app_is_told_of_each_imported_account_and_can_refuse_one() {
    let (site, app) = site();
    let (totals, told) = import(&site, FILE, false).unwrap();
    assert_eq!((totals.made, totals.there, totals.refused), (3, 0, 1));
    assert_eq!(told, ["line 4: refused. It was taken back: there is no place for Eve."]);
    assert_eq!(notes(&site), (3, 3), "also those that are not confirmed: they have begun elsewhere");
    // Once it is there, an account is no news.
    app.told.store(0, SeqCst);
    let (totals, _) = import(&site, &FILE.replace("Eve", "Eva"), false).unwrap();
    assert_eq!((totals.made, totals.there, app.told.load(SeqCst)), (1, 3, 1));
}

#[test]
fn a_check_asks_the_app_and_keeps_nothing_of_it() {
    let (site, _) = site();
    let (checked, told) = import(&site, FILE, true).unwrap();
    assert_eq!((checked.made, checked.refused, told.len()), (3, 1, 1));
    assert_eq!(notes(&site), (0, 0));
}

#[test]
fn an_error_of_the_database_stops_the_import() {
    let (site, app) = site();
    app.fails.store(true, SeqCst);
    let why = import(&site, FILE, false).unwrap_err();
    assert!(why.contains("The rows from line 2 on were not imported"), "{why}");
    assert_eq!(notes(&site), (0, 0));
}
