//! What `vestibule move` refuses before it connects to a server. The tests of successful moves need PostgreSQL and
//! are in `postgres/moving.rs`.

use std::path::Path;
use std::thread;
use std::time::Duration;

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

use crate::folder::Folder;
use crate::smtp::with_mail;
use crate::support::{Ended, Run};
use crate::visitor::{ADA, PASSWORD, Visitor, rows, sql};

/// A port that is not in use.
const NOWHERE: &str = "postgres://ada:hush-hush@127.0.0.1:1/house";

/// After a move that is refused with these words, Ada's folder is unchanged, and no password was printed.
fn refuses(to: &str, words: &[&str]) {
    let (folder, _) = Folder::of_ada();
    let before = folder.snapshot();
    let refused = folder.run(&["move", "--to", to]).refused(words);
    assert!(!refused.err.contains("hush-hush"), "{refused:?}");
    assert_eq!(folder.snapshot(), before);
}

#[test]
fn an_invalid_database_url_is_refused_without_printing_it() {
    refuses("postgress://ada:hush-hush@db/house", &["no database URL in --to", "postgres://"]);
}

#[test]
fn an_unknown_parameter_of_a_url_is_named() {
    refuses(
        "postgres://ada:hush-hush@db/house?sslmod=verify-full",
        &["The URL in --to has the unknown parameter `sslmod`. Did you mean `sslmode`?"],
    );
}

#[test]
fn an_unreachable_server_leaves_the_old_database_unchanged() {
    refuses(NOWHERE, &["postgres://127.0.0.1:1/house", "cannot be reached", "the port in --to."]);
}

#[test]
fn a_file_is_not_moved_into_a_file() {
    refuses("sqlite:other.sqlite", &["vestibule backup"]);
}

#[test]
fn a_missing_file_with_the_url_is_refused() {
    let (folder, _) = Folder::of_ada();
    folder.run(&["move", "--to-file", "address"]).refused(&["address", "cannot be read"]);
    folder.write("address", "postgress://ada:hush-hush@db/house");
    let refused = folder.run(&["move", "--to-file", "address"]).refused(&["address", "no database URL in"]);
    assert!(!refused.err.contains("hush-hush"), "{refused:?}");
    // The byte order mark and the line end that editors on Windows write are not part of it.
    folder.write("address", format!("\u{feff}{NOWHERE}\r\n"));
    folder.run(&["move", "--to-file", "address"]).refused(&["127.0.0.1:1/house", "the port in address."]);
}

#[test]
fn a_running_site_is_not_moved() {
    let folder = Folder::new();
    let server = folder.serve();
    let running = format!("process {}", server.pid());
    for words in [&["move", "--to", NOWHERE][..], &["move", "--undo"], &["key", "replace"]] {
        let refused = folder.run(words).refused(&["already running", &running, "Stop it first."]);
        assert!(!refused.err.contains("--port"), "no other site is wanted: {refused:?}");
    }
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn without_a_database_nothing_is_created() {
    let folder = Folder::new();
    folder.run(&["move", "--to", NOWHERE]).refused(&["no database"]);
    assert!(folder.snapshot().is_empty());
}

#[test]
fn a_database_of_an_older_version_must_be_migrated_first() {
    let (folder, _) = Folder::of_ada();
    sql(&folder.database(), &["delete from _sqlx_migrations where version = 3"]);
    folder.run(&["move", "--to", NOWHERE]).refused(&["older version of Vestibule", "Start the site once"]);
}

#[test]
fn a_site_whose_key_is_lost_is_not_moved() {
    let (folder, _) = Folder::of_ada();
    folder.write("data/secret.key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
    folder.run(&["move", "--to", NOWHERE]).refused(&["key", "does not match"]);
}

#[test]
fn a_moved_database_is_not_used_until_the_move_is_undone() {
    let folder = Folder::new();
    let server = folder.serve();
    Visitor::ada(server.address);
    assert_eq!(server.stop().status, Some(0));
    folder.sql(&["insert into meta (name, value) values ('moved_to', 'postgres://db/house')"]);
    let before = folder.snapshot();
    let commands: [&[&str]; 8] = [
        &["--port", "0"],
        &["account", "list"],
        &["account", "delete", ADA],
        &["mail", "list"],
        &["backup", "copy.sqlite"],
        &["key", "replace"],
        &["move", "--to", NOWHERE],
        &["check"],
    ];
    for words in commands {
        let ended = folder.run(words);
        assert_eq!(ended.status, Some(1), "{words:?}: {ended:?}");
        for word in ["was moved to postgres://db/house", "database_url", "vestibule move --undo"] {
            assert!(ended.err.contains(word), "{words:?}: {ended:?}");
        }
        assert_eq!(ended.err.lines().count(), 1, "{words:?}: {ended:?}");
    }
    assert_eq!(folder.snapshot(), before);

    let undone = folder.run(&["move", "--undo"]).succeeded().out;
    assert!(undone.contains("can be used again"), "{undone}");
    let server = folder.serve();
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
    folder.run(&["move", "--undo"]).refused(&["was not moved"]);
    let empty = Folder::new();
    empty.run(&["move", "--undo"]).refused(&["no database"]);
    assert!(empty.snapshot().is_empty());
}

#[test]
fn a_command_that_waited_during_a_move_writes_nothing_to_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let run = |words: &[&str]| Run::new(folder.path(), words);
    let server = run(&["--port", "0"]).start();
    Visitor::ada(server.address);
    assert_eq!(server.stop().status, Some(0));
    let file = folder.path().join("data/vestibule.sqlite");
    for (name, words) in
        [("disable", &["account", "disable", ADA][..]), ("link", &["account", "link", ADA, "--reset"])]
    {
        // A move locks the file, and marks it at the end.
        let ended = held_meanwhile(
            &file,
            "insert into meta (name, value) values ('moved_to', 'postgres://db/house')",
            || run(words).finish(),
        );
        ended.refused(&["Nothing was changed", "was moved to postgres://db/house meanwhile"]);
        sql(&file, &["delete from meta where name = 'moved_to'"]);
        let shown = run(&["account", "show", ADA]).finish().succeeded().out;
        assert!(!shown.contains("disabled") && rows(&file, "links") == 0, "{name}: {shown}");
    }
    run(&["account", "disable", ADA]).finish().succeeded();
}

/// Changes a file in the one transaction that may write to it. The transaction begins before a command and
/// ends while the command waits.
fn held_meanwhile(file: &Path, statement: &str, command: impl Fn() -> Ended + Sync) -> Ended {
    let runtime = rocket::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let does = async |connection: &mut AnyConnection, text: &str| {
        connection.execute(AssertSqlSafe(text.to_owned())).await.unwrap();
    };
    sqlx::any::install_default_drivers();
    let address = format!("sqlite://{}", file.display());
    let mut holder = runtime.block_on(AnyConnection::connect(&address)).unwrap();
    runtime.block_on(does(&mut holder, "begin immediate"));
    thread::scope(|scope| {
        let waits = scope.spawn(&command);
        thread::sleep(Duration::from_secs(2)); // SQLite's lock timeout is five seconds
        assert!(!waits.is_finished(), "it did not wait");
        runtime.block_on(does(&mut holder, statement));
        runtime.block_on(does(&mut holder, "commit"));
        runtime.block_on(holder.close()).unwrap();
        waits.join().unwrap()
    })
}

#[test]
fn a_command_that_sends_no_email_needs_no_password_for_it() {
    let (folder, _) = Folder::of_ada();
    let mail = |words: &[&str]| {
        let run = with_mail(&folder, words, "smtp://localhost:1?tls=none");
        run.var("VESTIBULE_SMTP_USER", "login@example.org")
    };
    mail(&["--port", "0"]).finish().refused(&["smtp_password"]);
    mail(&["mail", "test", ADA]).finish().refused(&["smtp_password"]);
    mail(&["account", "list"]).finish().succeeded();
    mail(&["account", "disable", ADA]).finish().succeeded();
    mail(&["account", "enable", ADA]).finish().succeeded();
    mail(&["mail", "list"]).finish().succeeded();
    mail(&["backup", "copy.sqlite"]).finish().succeeded();
}
