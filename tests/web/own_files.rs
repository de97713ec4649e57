//! The files of an app that make its tables: a mistake is told with the file that made it, and no file changes what is
//! Vestibule's.

use vestibule::base::Program;

use crate::support::own_app::{Place, app_with};

const NOTES: &str = "create table app_notes (id text primary key not null, \
                     account_id text not null references accounts (id) on delete cascade, text text not null)";

/// An app whose second file is this one.
macro_rules! changes {
    ($file:literal) => {
        app_with!("notes", "0001_notes.sql" => NOTES, "0002_x.sql" => $file)
    };
}

fn notes() -> Program {
    app_with!("notes", "0001_notes.sql" => NOTES)
}

#[test]
fn a_wrong_column_is_told_with_the_file_that_made_it_unless_a_later_one_mends_it() {
    let two = app_with!("notes", "0001_a.sql" => "create table app_a (done boolean)",
        "0002_b.sql" => "create table app_b (text text)");
    let refused = Place::new().start(&two).unwrap_err();
    assert!(refused.starts_with("migrations/0001_a.sql: The column done of the table app_a"), "{refused}");
    let second =
        app_with!("notes", "0001_notes.sql" => NOTES, "0002_b.sql" => "create table app_b (done boolean)");
    let place = Place::new();
    place.start(&notes()).unwrap();
    let refused = place.start(&second).unwrap_err();
    assert!(refused.starts_with("migrations/0002_b.sql: The column done of the table app_b"), "{refused}");
    let mended = app_with!("notes", "0001_a.sql" => "create table app_a (done boolean)",
        "0002_a.sql" => "drop table app_a; create table app_a (done bigint)");
    assert_eq!(Place::new().start(&mended), Ok(()));
}

#[test]
fn a_file_that_changes_a_table_of_vestibule_is_refused_and_changes_nothing() {
    let sites = [Place::new(), Place::file()];
    for place in &sites {
        place.start(&notes()).unwrap();
        let before = place.state();
        for (program, table) in [
            (changes!("alter table accounts add column x text"), "accounts"),
            (changes!("create index app_x on accounts (name)"), "accounts"),
            (changes!("drop index sessions_account"), "sessions"),
        ] {
            let refused = place.start(&program).unwrap_err();
            let told = format!("migrations/0002_x.sql changes the table {table}, which is Vestibule's.");
            assert!(refused.starts_with(&told) && refused.contains("is as it was"), "{refused}");
        }
        for (program, told) in [
            (changes!("create view shops as select id from app_notes"), "The view shops of "),
            (changes!("create index notes_text on app_notes (text)"), "The index notes_text of "),
        ] {
            let refused = place.start(&program).unwrap_err();
            let told = format!("{told}migrations/0002_x.sql must be called app_…: ");
            assert!(refused.starts_with(&told), "{refused}");
        }
        assert!(place.state() == before, "nothing was changed");
    }
    let trigger = changes!("create trigger app_x after insert on Accounts begin delete from app_notes; end");
    let refused = sites[1].start(&trigger).unwrap_err();
    assert!(refused.starts_with("migrations/0002_x.sql changes the table accounts, "), "{refused}");
    let fine = changes!(
        "create index app_notes_text on app_notes (text); \
        create view app_authors as select accounts.name from accounts join app_notes on account_id = accounts.id"
    );
    sites.iter().for_each(|place| assert_eq!(place.start(&fine), Ok(())));
}
