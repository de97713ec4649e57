//! A database or a key that cannot be used: the error is one line that says what to do, and nothing is changed.

use std::fs;

use crate::folder::{Files, Folder, mode};
use crate::visitor::{ADA, PASSWORD, Visitor, rows, sql};

/// The start is refused with these words, and every file is unchanged.
fn refuses(folder: &Folder, words: &[&str]) {
    let before = folder.snapshot();
    folder.run(&["--port", "0"]).refused(words);
    let after = folder.snapshot();
    let names = |files: &Files| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&after), names(&before), "files were created or removed");
    assert!(after == before, "a file was changed");
}

#[test]
fn a_damaged_database_is_refused() {
    let (folder, ada) = Folder::of_ada();
    let whole = fs::read(folder.database()).unwrap();
    let page = 4096;
    let middle = whole.len() / page / 2 * page;
    let overwritten = |from: usize, to: usize, byte: u8| {
        let mut bytes = whole.clone();
        bytes[from..to].fill(byte);
        bytes
    };
    let damages = [
        ("words", "damaged", b"Some words, and no database at all.\n".repeat(99)),
        ("nothing", "empty", Vec::new()),
        ("a broken header", "damaged", overwritten(0, 16, 0)),
        ("a broken first page", "damaged", overwritten(100, page, 0xa5)),
        ("a broken page in the middle", "damaged", overwritten(middle, middle + page, 0xa5)),
        ("half of it", "damaged", whole[..middle].to_vec()),
        ("all but some of its end", "damaged", whole[..whole.len() - page - page / 2].to_vec()),
    ];
    for (what, word, bytes) in damages {
        println!("{what}");
        fs::write(folder.database(), bytes).unwrap();
        refuses(&folder, &["data/vestibule.sqlite", word, "backup in its place"]);
    }
    fs::write(folder.database(), &whole).unwrap();
    assert!(
        ada.again_at(folder.serve().address).is_logged_in(),
        "the site works again with a backup in its place"
    );
}

#[test]
fn a_database_of_another_program_is_refused_and_unchanged() {
    let (folder, _) = Folder::of_ada();
    for journal in ["delete", "wal"] {
        fs::remove_file(folder.database()).unwrap();
        let mode = format!("pragma journal_mode = {journal}");
        sql(
            &folder.database(),
            &[&mode, "create table diary (day text)", "insert into diary values ('Monday')"],
        );
        refuses(&folder, &["data/vestibule.sqlite", "another program", "database_url", "--data-dir"]);
    }
}

#[test]
fn a_database_of_another_program_is_recognized_even_without_a_key() {
    let folder = Folder::new();
    folder.write("data/README", "");
    sql(&folder.database(), &["create table diary (day text)"]);
    refuses(&folder, &["data/vestibule.sqlite", "another program"]);
}

#[test]
fn a_newer_schema_is_refused() {
    let (folder, _) = Folder::of_ada();
    let newer = "insert into _sqlx_migrations (version, description, success, checksum, execution_time) \
                 values (9999, 'to come', true, x'00', 0)";
    sql(&folder.database(), &[newer]);
    refuses(&folder, &["data/vestibule.sqlite", "9999", "newer version of Vestibule", "backup"]);
}

#[test]
fn a_folder_instead_of_a_database_file_is_refused() {
    let folder = Folder::new();
    folder.write("kept/README", "");
    folder.write("Rocket.toml", "[default.vestibule]\ndatabase_url = \"sqlite:kept\"");
    folder.run(&["check"]).status.filter(|status| *status == 1).expect("check says so too");
    folder.run(&["--port", "0"]).refused(&["kept"]);
}

#[test]
fn no_new_key_is_created_for_an_existing_database() {
    let (folder, ada) = Folder::of_ada();
    let key = fs::read(folder.key()).unwrap();
    fs::remove_file(folder.key()).unwrap();
    refuses(&folder, &["data/secret.key", "missing", "Put the key back", "`vestibule key replace`"]);
    fs::write(folder.key(), key).unwrap();
    assert!(ada.again_at(folder.serve().address).is_logged_in(), "the site works again once the key is back");
}

#[test]
fn a_wrong_key_is_refused() {
    let (folder, ada) = Folder::of_ada();
    let key = fs::read(folder.key()).unwrap();
    let other = folder.run(&["key"]).succeeded().out;
    fs::write(folder.key(), &other).unwrap();
    let words =
        ["does not match", "data/vestibule.sqlite", "Put the right key back", "`vestibule key replace`"];
    refuses(&folder, &words);
    fs::write(folder.key(), &key).unwrap();
    let run = folder.command(&["--port", "0"]).var("ROCKET_SECRET_KEY", other.trim());
    run.finish().refused(&words);
    assert!(ada.again_at(folder.serve().address).is_logged_in());
}

#[test]
fn a_malformed_key_is_refused() {
    let (folder, _) = Folder::of_ada();
    let whole = fs::read_to_string(folder.key()).unwrap();
    for garbled in ["", "\n", "words", &whole[..20], &format!("{whole}{whole}"), &"é".repeat(22)] {
        fs::write(folder.key(), garbled).unwrap();
        refuses(&folder, &["data/secret.key", "does not hold a secret key", "`vestibule key replace`"]);
    }
    fs::write(folder.key(), [0xff; 32]).unwrap();
    refuses(&folder, &["data/secret.key"]);
}

#[test]
fn replacing_the_key_keeps_all_accounts_and_ends_all_sessions() {
    type Spoil = fn(&Folder);
    let spoils: [Spoil; 3] = [
        |folder| fs::remove_file(folder.key()).unwrap(),
        |folder| fs::write(folder.key(), "words").unwrap(),
        |folder| fs::write(folder.key(), folder.run(&["key"]).succeeded().out).unwrap(),
    ];
    for spoil in spoils {
        let (folder, ada) = Folder::of_ada();
        let before = fs::read(folder.key()).unwrap();
        assert_eq!(rows(&folder.database(), "sessions"), 1);
        spoil(&folder);
        let ended = folder.command(&["key", "replace"]).after("umask 000").finish().succeeded();
        assert!(ended.out.contains("Everyone is logged out. Start the site."), "{ended:?}");
        assert_ne!(fs::read(folder.key()).unwrap(), before);
        assert_eq!(rows(&folder.database(), "sessions"), 0, "the rows of the sessions are deleted too");
        assert_eq!(mode(&folder.key()), 0o600);
        let server = folder.serve();
        assert!(!ada.again_at(server.address).is_logged_in());
        assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
        assert_eq!(server.stop().status, Some(0));

        // The old key does not help either.
        fs::write(folder.key(), &before).unwrap();
        refuses(&folder, &["does not match"]);
    }
}

#[test]
fn the_key_can_be_replaced_by_a_given_key() {
    let (folder, ada) = Folder::of_ada();
    let given = folder.run(&["key"]).succeeded().out;
    folder.command(&["key", "replace"]).var("ROCKET_SECRET_KEY", given.trim()).finish().succeeded();
    let server = folder.command(&["--port", "0"]).var("ROCKET_SECRET_KEY", given.trim()).start();
    assert!(!ada.again_at(server.address).is_logged_in());
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
}

#[test]
fn the_key_of_a_running_site_is_not_replaced() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    let before = fs::read(folder.key()).unwrap();
    folder.run(&["key", "replace"]).refused(&[&format!("already running (process {})", server.pid())]);
    assert_eq!(fs::read(folder.key()).unwrap(), before);
    assert!(ada.is_logged_in());
    assert_eq!(server.stop().status, Some(0));
    assert!(ada.again_at(folder.serve().address).is_logged_in());
}

#[test]
fn without_a_database_no_key_is_replaced() {
    let folder = Folder::new();
    folder.run(&["key", "replace"]).refused(&["no database", "--data-dir"]);
    assert!(folder.snapshot().is_empty(), "no key is created");
}

#[test]
fn the_current_key_is_refused_as_the_new_key() {
    let (folder, ada) = Folder::of_ada();
    let same = fs::read_to_string(folder.key()).unwrap();
    let replace = folder.command(&["key", "replace"]).var("ROCKET_SECRET_KEY", same.trim());
    replace.finish().refused(&["the database already has", "vestibule key"]);
    assert!(ada.again_at(folder.serve().address).is_logged_in(), "the session is still valid");
}

#[test]
fn the_log_of_a_removed_database_is_not_replayed_into_a_new_one() {
    let (folder, _) = Folder::of_ada();
    let server = folder.serve();
    Visitor::at(server.address).sign_up("eve@example.org");
    server.kill();
    fs::remove_file(folder.database()).unwrap();
    refuses(&folder, &["no database", "vestibule.sqlite-wal", "start over"]);
}
