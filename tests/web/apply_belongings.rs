//! An app is told of the accounts that a file makes and deletes, in its transaction. If it refuses one,
//! nothing is done.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use vestibule::base::program::AppFiles;
use vestibule::base::{Program, Site, Tx};
use vestibule::people::{AccountId, AppBelongings, Belongings};
use vestibule::web::{Error, Result};

use crate::apply::{applied, run};
use crate::support::{Setup, TestSite};

/// An app that gives everyone a note with the number of their groups. It has no place for Eve, and keeps Bob.
#[derive(Default)]
struct Notes {
    gone: AtomicUsize,
}

#[rocket::async_trait]
impl Belongings for Notes {
    async fn made(&self, tx: &mut Tx, _: &Site, account: &AccountId) -> Result<()> {
        let insert = sqlx::query(
            "insert into app_notes (id, account_id, groups) \
             select $1, $1, count(*) from memberships where account_id = $1",
        );
        insert.bind(account.as_str().to_owned()).execute(&mut *tx).await?;
        match name(tx, account).await?.as_str() {
            "Eve" => Err(Error::failed("there is no place for Eve")),
            _ => Ok(()),
        }
    }

    async fn leaving(&self, tx: &mut Tx, _: &Site, account: &AccountId) -> Result<()> {
        match name(tx, account).await?.as_str() {
            "Bob" => Err(Error::failed("Bob has books to bring back")),
            _ => Ok(()),
        }
    }

    async fn gone(&self, _: &Site, _: &AccountId) -> Result<()> {
        self.gone.fetch_add(1, SeqCst);
        Ok(())
    }
}

async fn name(tx: &mut Tx, account: &AccountId) -> Result<String> {
    let select = sqlx::query_scalar("select name from accounts where id = $1");
    Ok(select.bind(account.as_str().to_owned()).fetch_one(&mut *tx).await?)
}

fn site() -> (TestSite, Arc<Notes>) {
    let notes = Arc::new(Notes::default());
    let belongings: Arc<dyn Belongings> = notes.clone();
    let program = Program::of_app("notes", "1.0.0", AppFiles::default());
    let site = Setup::new().program(program.with(AppBelongings(vec![belongings]))).build();
    site.change(
        "create table app_notes (id text primary key not null, groups bigint not null, \
         account_id text not null references accounts (id) on delete cascade)",
    );
    (site, notes)
}

const FILE: &str = r#"
groups = ["choir"]
[[accounts]]
email = "ada@x.test"
name = "Ada"
groups = ["choir"]
[[accounts]]
email = "bob@x.test"
name = "Bob"
[[accounts]]
email = "eve@x.test"
name = "Eve"
"#;

#[test]
fn an_app_is_told_of_each_account_when_all_else_is_done_and_can_refuse_one() {
    let (site, _) = site();
    for check in [true, false] {
        let mistakes = run(&site, FILE, check).unwrap_err().mistakes;
        let told = "/site.toml:10: the app refuses this: there is no place for Eve.";
        assert!(mistakes.len() == 1 && mistakes[0].ends_with(told), "{mistakes:?}");
        assert_eq!(site.number("select count(*) from accounts"), 0);
    }
    applied(&site, &FILE.replace("Eve", "Eva"));
    assert_eq!(site.number("select count(*) from app_notes"), 3);
    assert_eq!(site.number("select groups from app_notes order by groups desc limit 1"), 1);
}

#[test]
fn an_app_is_asked_before_an_account_goes_and_told_after_it() {
    let (site, notes) = site();
    applied(&site, &FILE.replace("Eve", "Eva"));
    let goes = |email: &str| format!("[[accounts]]\nemail = \"{email}\"\nstate = \"absent\"\n");
    let both = format!("{}{}", goes("ada@x.test"), goes("bob@x.test"));
    let mistakes = run(&site, &both, false).unwrap_err().mistakes;
    let told = "/site.toml:4: the app refuses this: Bob has books to bring back.";
    assert!(mistakes.len() == 1 && mistakes[0].ends_with(told), "{mistakes:?}");
    assert_eq!((site.number("select count(*) from accounts"), notes.gone.load(SeqCst)), (3, 0));
    run(&site, &goes("ada@x.test"), true).unwrap();
    assert_eq!(notes.gone.load(SeqCst), 0, "a check takes everything back");
    applied(&site, &goes("ada@x.test"));
    assert_eq!((site.number("select count(*) from app_notes"), notes.gone.load(SeqCst)), (2, 1));
}
