//! What `vestibule move` refuses before it comes to a server. Moves themselves need PostgreSQL: `postgres/moving.rs`.

use crate::folder::Folder;
use crate::visitor::sql;

/// Nothing listens there.
const NOWHERE: &str = "postgres://ada:hush-hush@127.0.0.1:1/house";

/// Ada's folder is as before after a move that is refused with these words, and no password is said.
fn refuses(to: &str, words: &[&str]) {
    let (folder, _) = Folder::of_ada();
    let before = folder.snapshot();
    let refused = folder.run(&["move", "--to", to]).refused(words);
    assert!(!refused.err.contains("hush-hush"), "{refused:?}");
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn what_is_no_database_is_refused_without_being_repeated() {
    refuses("postgress://ada:hush-hush@db/house", &["--to names no database", "postgres://"]);
}

#[test]
fn a_server_that_does_not_answer_leaves_the_old_database_as_it_was() {
    refuses(NOWHERE, &["postgres://127.0.0.1:1/house", "cannot be reached"]);
}

#[test]
fn a_file_is_not_moved_into_a_file() {
    refuses("sqlite:other.sqlite", &["vestibule backup"]);
}

#[test]
fn a_file_with_the_address_must_be_there() {
    let (folder, _) = Folder::of_ada();
    folder.run(&["move", "--to-file", "address"]).refused(&["address", "cannot be read"]);
    folder.write("address", "postgress://ada:hush-hush@db/house");
    let refused = folder.run(&["move", "--to-file", "address"]).refused(&["address", "names no database"]);
    assert!(!refused.err.contains("hush-hush"), "{refused:?}");
}

#[test]
fn a_running_site_is_not_moved() {
    let folder = Folder::new();
    let server = folder.serve();
    let running = format!("process {}", server.pid());
    folder.run(&["move", "--to", NOWHERE]).refused(&["already running", &running]);
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn where_there_is_no_database_nothing_is_made() {
    let folder = Folder::new();
    folder.run(&["move", "--to", NOWHERE]).refused(&["no database"]);
    assert!(folder.snapshot().is_empty());
}

#[test]
fn a_database_of_an_older_program_is_brought_up_to_date_first() {
    let (folder, _) = Folder::of_ada();
    sql(&folder.database(), &["delete from _sqlx_migrations where version = 3"]);
    folder.run(&["move", "--to", NOWHERE]).refused(&["older vestibule", "Start this one once"]);
}

#[test]
fn a_site_whose_key_is_lost_is_not_moved() {
    let (folder, _) = Folder::of_ada();
    folder.write("data/secret.key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
    folder.run(&["move", "--to", NOWHERE]).refused(&["key", "does not fit"]);
}
