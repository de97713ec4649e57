//! The tables of an app: made after ours, in the same start; what is refused or fails changes nothing.

use vestibule::base::Program;

use crate::support::own_app::{Place, add_account, app_with, change, number};

const NOTES: &str = "create table app_notes (id text primary key not null, \
                     account_id text not null references accounts (id) on delete cascade, text text not null)";
const TAGS: &str =
    "create table app_tags (name text primary key not null);\ninsert into app_tags values ('new');";

/// A row, and another that refers to it.
const LISTS: &str = "
    create table app_lists (id text primary key not null);
    insert into app_lists values ('a');
    create table app_items (id text primary key not null,
        list_id text not null references app_lists (id) on delete cascade);
    insert into app_items values ('1', 'a');
";
/// A table made anew as SQLite says: <https://sqlite.org/lang_altertable.html>, 7.
const TITLES: &str = "
    create table app_lists_new (id text primary key not null, title text not null);
    insert into app_lists_new select id, 'List ' || id from app_lists;
    drop table app_lists;
    alter table app_lists_new rename to app_lists;
";
/// The same for both engines.
const TITLES_FOR_BOTH: &str = "
    create table app_lists_new (id text primary key not null, title text not null);
    insert into app_lists_new select id, 'List ' || id from app_lists;
    create table app_items_new (id text primary key not null,
        list_id text not null references app_lists_new (id) on delete cascade);
    insert into app_items_new select id, list_id from app_items;
    drop table app_items;
    drop table app_lists;
    alter table app_lists_new rename to app_lists;
    alter table app_items_new rename to app_items;
";

fn lists() -> Program {
    app_with!("lists", "0001_lists.sql" => LISTS)
}

fn lists_with_titles() -> Program {
    app_with!("lists", "0001_lists.sql" => LISTS, "0002_titles.sql" => TITLES)
}

fn notes() -> Program {
    app_with!("notes", "0001_notes.sql" => NOTES)
}

fn notes_with_tags() -> Program {
    app_with!("notes", "0001_notes.sql" => NOTES, "0002_tags.sql" => TAGS)
}

#[test]
fn an_app_starts_on_nothing_on_a_database_of_vestibule_alone_and_on_its_own_older_one() {
    let place = Place::new();
    assert_eq!(place.start(&notes_with_tags()), Ok(()));

    let place = Place::new();
    place.with(&Program::default(), async |db| add_account(db, "ada").await).unwrap();
    let kept = "insert into app_notes (id, account_id, text) values ('1', 'ada', 'Buy milk')";
    place.with(&notes(), async |db| change(db, kept).await).unwrap();
    place
        .with(&notes_with_tags(), async |db| {
            assert_eq!(number(db, "select count(*) from app_notes").await, 1);
            assert_eq!(number(db, "select count(*) from app_tags").await, 1);
            assert_eq!(number(db, "select count(*) from _app_migrations").await, 2);
        })
        .unwrap();
    if place.is_file() {
        let copies = place.files().into_iter().filter(|file| file.contains(".version-"));
        let endings: Vec<_> = copies.map(|file| file.rsplit('.').next().unwrap().to_owned()).collect();
        assert_eq!(endings, ["notes-0", "notes-1"], "a copy from before each change");
    }
}

#[test]
fn a_migration_that_fails_half_way_takes_all_back_and_is_named() {
    let broken = || {
        app_with!("notes", "0001_notes.sql" => NOTES,
            "0002_tags.sql" => "create table app_tags (name text); create table app_tags (name text);")
    };
    let place = Place::new();
    let refused = place.start(&broken()).unwrap_err();
    assert!(refused.contains("migrations/0002_tags.sql of notes failed"), "{refused}");
    if place.is_file() {
        assert!(!place.database().exists(), "no database was created: {:?}", place.files());
    }
    place.start(&notes()).unwrap();
    let before = place.state();
    for _ in 0..2 {
        let refused = place.start(&broken()).unwrap_err();
        assert!(refused.contains("migrations/0002_tags.sql of notes failed"), "{refused}");
        assert!(refused.contains("is as it was"), "{refused}");
        assert!(place.state() == before, "nothing was changed");
    }
    assert_eq!(place.start(&notes_with_tags()), Ok(()));
}

#[test]
fn a_table_without_the_prefix_and_a_change_of_ours_are_refused() {
    let place = Place::new();
    place.start(&notes()).unwrap();
    let before = place.state();
    let bare =
        app_with!("notes", "0001_notes.sql" => NOTES, "0002_tags.sql" => "create table tags (name text)");
    let refused = place.start(&bare).unwrap_err();
    let line = "The table tags of migrations/0002_tags.sql must be called app_…: names without it are Vestibule's, now or later.";
    assert!(refused.starts_with(line), "{refused}");
    let takes = app_with!("notes", "0001_notes.sql" => NOTES,
        "0002_rename.sql" => "alter table submissions rename to app_submissions");
    let refused = place.start(&takes).unwrap_err();
    assert!(
        refused.contains("migrations/0002_rename.sql removes or renames the table submissions"),
        "{refused}"
    );
    assert!(place.state() == before);
}

#[test]
fn a_table_that_is_made_anew_keeps_the_rows_that_refer_to_it() {
    let for_both = app_with!("lists", "0001_lists.sql" => LISTS, "0002_titles.sql" => TITLES_FOR_BOTH);
    let cases: [(fn() -> Place, Program); 2] = [(Place::file, lists_with_titles()), (Place::new, for_both)];
    for (place, program) in cases {
        let (older, new) = (place(), place());
        older.start(&lists()).unwrap();
        for place in [older, new] {
            place
                .with(&program, async |db| {
                    assert_eq!(number(db, "select count(*) from app_lists where title = 'List a'").await, 1);
                    assert_eq!(number(db, "select count(*) from app_items").await, 1);
                    change(db, "delete from app_lists").await;
                    assert_eq!(
                        number(db, "select count(*) from app_items").await,
                        0,
                        "it refers to lists again"
                    );
                })
                .unwrap();
        }
    }
}

#[test]
fn a_migration_that_leaves_rows_which_refer_to_nothing_changes_nothing() {
    let less = app_with!("lists", "0001_lists.sql" => LISTS, "0002_less.sql" => "delete from app_lists",
        "0003_tags.sql" => TAGS);
    let more = app_with!("lists", "0001_lists.sql" => LISTS,
        "0002_more.sql" => "insert into app_items values ('2', 'b')");
    let place = Place::file();
    let refused = place.start(&less).unwrap_err();
    assert!(refused.contains("migrations/0002_less.sql leaves rows in the table app_items"), "{refused}");
    assert!(!place.database().exists(), "no database was created: {:?}", place.files());
    for (place, program, file) in [(place, less, "0002_less.sql"), (Place::new(), more, "0002_more.sql")] {
        place.start(&lists()).unwrap();
        let before = place.state();
        let refused = place.start(&program).unwrap_err();
        assert!(refused.contains(file) && refused.contains("is as it was"), "{refused}");
        assert!(place.state() == before, "nothing was changed: {file}");
    }
}

#[test]
fn rows_that_referred_to_nothing_before_a_migration_do_not_stop_it() {
    let place = Place::file();
    place
        .with(&lists(), async |db| {
            change(db, "pragma foreign_keys = off").await; // as SQLite's own shell begins
            change(db, "delete from app_lists").await;
        })
        .unwrap();
    place
        .with(&lists_with_titles(), async |db| {
            assert_eq!(number(db, "select count(*) from app_items").await, 1);
        })
        .unwrap();
}

#[test]
fn a_newer_database_and_one_of_another_app_are_refused() {
    let place = Place::new();
    place.start(&notes_with_tags()).unwrap();
    let before = place.state();
    let refused = place.start(&notes()).unwrap_err();
    assert!(refused.contains("is version 2 of notes, this program knows 1."), "{refused}");
    assert!(refused.contains("or put migrations/0002_tags.sql back, or"), "{refused}");
    let without_first = app_with!("notes", "0002_tags.sql" => TAGS);
    let refused = place.start(&without_first).unwrap_err();
    let gone = "has run migration 1 of notes, whose file migrations/0001_notes.sql is gone. Put it back.";
    assert!(refused.ends_with(gone), "{refused}");
    let without_all = app_with!("notes");
    let refused = place.start(&without_all).unwrap_err();
    assert!(refused.contains("or put migrations/0001_notes.sql and later ones back, or"), "{refused}");
    let belongs = "This database belongs to the app notes. Use its own program.";
    assert_eq!(place.start(&Program::default()).unwrap_err(), belongs);
    assert_eq!(place.start(&app_with!("lists")).unwrap_err(), belongs);
    let changed = app_with!("notes", "0001_notes.sql" => TAGS, "0002_tags.sql" => TAGS);
    let refused = place.start(&changed).unwrap_err();
    assert!(refused.contains("another migration 1 of notes than migrations/0001_notes.sql"), "{refused}");
    assert!(place.state() == before);
}

#[test]
fn while_it_is_developed_its_columns_are_checked() {
    let boolean = app_with!("notes", "0001_a.sql" => "create table app_a (done boolean)");
    let unbound = app_with!("notes", "0001_a.sql" => "create table app_a (account_id text)");
    let stays =
        app_with!("notes", "0001_a.sql" => "create table app_a (owner text references accounts (id))");
    let by_address = app_with!("notes", "0001_a.sql" => "create table app_a (owner text references \
        accounts (email_key) on delete cascade)");
    for (program, words) in [
        (boolean, "has the type boolean"),
        (
            unbound,
            "account_id of the table app_a does not refer to accounts. Write `references accounts (id) on",
        ),
        (
            stays,
            "owner of the table app_a refers to accounts without saying what becomes of its rows: add `on delete",
        ),
        (by_address, "`references accounts (id)`"),
    ] {
        let refused = Place::new().start(&program).unwrap_err();
        assert!(refused.contains(words) && refused.contains("app_a"), "{words}: {refused}");
        assert!(refused.starts_with("migrations/0001_a.sql: The column "), "{refused}");
    }
}

#[test]
fn references_that_would_keep_an_account_or_a_session_are_refused() {
    let item = app_with!("notes", "0001_a.sql" => "create table app_b (id text primary key not null); \
        create table app_a (b_id text references app_b (id))");
    let group = app_with!("notes", "0001_a.sql" => "create table app_a (team text references groups (name))");
    let session = app_with!("notes", "0001_a.sql" => "create table app_a (seen_in text references sessions (id) \
        on delete cascade)");
    let full = app_with!("notes", "0001_a.sql" => "create table app_a (owner text not null references accounts (id) \
        on delete set null)");
    for (program, words) in [
        (item, "b_id of the table app_a must say `on delete cascade` or `on delete set null`"),
        (group, "team of the table app_a must say `on delete cascade` or `on delete set null`"),
        (session, "seen_in of the table app_a refers to the table sessions"),
        (full, "owner of the table app_a says `on delete set null`, but also `not null`"),
    ] {
        let refused = Place::new().start(&program).unwrap_err();
        assert!(refused.contains(words), "{words}: {refused}");
    }
    let fine = app_with!("notes", "0001_a.sql" => "create table app_a (id text primary key not null, \
        before_id text references app_a (id) on delete set null, \
        team text not null references groups (name) on delete cascade)");
    assert_eq!(Place::new().start(&fine), Ok(()));
    let nowhere = app_with!("notes", "0001_a.sql" => "create table app_a (b_id text references app_b (id) \
        on delete cascade)");
    let refused = Place::file().start(&nowhere).unwrap_err();
    assert!(refused.contains("b_id of the table app_a refers to the table app_b"), "{refused}");
}

#[test]
fn files_with_wrong_names_stop_the_start_before_anything_is_made() {
    let place = Place::file();
    let refused = place.start(&app_with!("notes", "notes.sql" => NOTES)).unwrap_err();
    assert!(refused.contains("migrations/notes.sql") && refused.contains("0001_name.sql"), "{refused}");
    let twice = app_with!("notes", "0001_a.sql" => NOTES, "01_b.sql" => TAGS);
    let refused = place.start(&twice).unwrap_err();
    assert!(refused.contains("migrations/0001_a.sql and migrations/01_b.sql have one number"), "{refused}");
    assert_eq!(place.files(), Vec::<String>::new());
}
