//! The commands other than `serve`: what they print, what they do to a running site, and what they refuse. Backups
//! are in `backup`.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::folder::Folder;
use crate::visitor::{ADA, PASSWORD, Visitor};

const NEW: &str = "seven lazy violet teapots";

#[test]
fn version_and_help_are_printed() {
    let folder = Folder::new();
    let version = folder.run(&["--version"]).succeeded().out;
    assert_eq!(version, concat!("vestibule ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = folder.run(&["--help"]).succeeded().out;
    for word in [
        "serve",
        "check",
        "healthcheck",
        "key",
        "account",
        "backup",
        "move",
        "new",
        "help",
        "--config",
        "--data-dir",
        "--port",
    ] {
        assert!(help.contains(word), "{word} is not in {help}");
    }
    assert_eq!(folder.run(&["help"]).succeeded().out, help);
    assert!(folder.run(&["help", "account", "link"]).succeeded().out.contains("--new-email"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_command_that_cannot_print_its_output_exits_with_1() {
    let (folder, _) = Folder::of_ada();
    for words in [&["key"][..], &["check"], &["account", "list"], &["account", "list", "--json"]] {
        let run = folder.command(words).after("exec > /dev/full");
        run.finish().refused(&["The output could not be written"]);
    }
}

#[test]
fn a_key_file_replaced_by_root_keeps_its_owner() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
    let (folder, _) = Folder::of_ada();
    if chown(folder.data(), Some(12_345), Some(12_346)).is_err() {
        println!("skipped, since only root can change the owner of a file");
        return;
    }
    chown(folder.key(), Some(12_345), Some(12_346)).unwrap();
    fs::set_permissions(folder.key(), fs::Permissions::from_mode(0o640)).unwrap();
    fs::remove_file(folder.data().join("lock")).unwrap();
    let before = fs::read(folder.key()).unwrap();
    folder.run(&["key", "replace"]).succeeded();
    assert!(fs::read(folder.key()).unwrap() != before);
    for (file, mode) in [(folder.key(), 0o640), (folder.data().join("lock"), 0o600)] {
        let facts = fs::metadata(&file).unwrap();
        assert_eq!(
            (facts.uid(), facts.gid(), facts.mode() & 0o777),
            (12_345, 12_346, mode),
            "{}",
            file.display()
        );
    }
}

#[test]
fn an_unknown_command_exits_with_2() {
    let folder = Folder::new();
    for typed in [
        &["srve"][..],
        &["--prot", "1"],
        &["--port", "many"],
        &["key", "delete"],
        &["backup"],
        &["move"],
        &["new"],
        &["account"],
        &["apply"],
        &["import"],
        &["invitation"],
    ] {
        let ended = folder.run(typed);
        assert_eq!(ended.status, Some(2), "{ended:?}");
        assert!(ended.out.is_empty() && !ended.err.contains("panicked"), "{ended:?}");
    }
    for port in ["80x", "70000"] {
        let ended = folder.run(&["--port", port]);
        assert!(ended.err.contains("a number from 0 to 65535"), "{ended:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_new_key_is_printed_and_not_stored() {
    let folder = Folder::new();
    let keys = [folder.run(&["key"]).succeeded().out, folder.run(&["key"]).succeeded().out];
    for key in &keys {
        assert_eq!(key.len(), 45, "44 characters and a line end");
        assert_eq!(STANDARD.decode(key.trim_end()).unwrap().len(), 32);
    }
    assert_ne!(keys[0], keys[1]);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_password_set_by_command_ends_sessions_within_two_seconds() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    let ended = folder
        .command(&["account", "set-password", " Ada@EXAMPLE.org"])
        .input(&format!("{NEW}\r\n"))
        .finish();
    let out = ended.succeeded().out;
    assert!(out.lines().count() == 1 && !out.contains(NEW), "{out}");
    let set = Instant::now();
    while ada.is_logged_in() {
        assert!(set.elapsed() < Duration::from_secs(2), "the session is still valid");
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), "/login");
    assert_eq!(ada.log_in(ADA, NEW).leads_to(), "/profile");
    assert!(server.stop().err.lines().all(|line| !line.contains(NEW)));
}

#[test]
fn a_byte_order_mark_is_not_part_of_a_password() {
    let (folder, _) = Folder::of_ada();
    let run = folder.command(&["account", "set-password", ADA]).input(&format!("\u{feff}{NEW}\r\n"));
    run.finish().succeeded();
    assert_eq!(Visitor::at(folder.serve().address).log_in(ADA, NEW).leads_to(), "/profile");
}

#[test]
fn a_password_can_be_set_while_the_site_is_stopped() {
    let (folder, ada) = Folder::of_ada();
    folder.command(&["account", "set-password", ADA]).input(NEW).finish().succeeded();
    let server = folder.serve();
    assert!(!ada.again_at(server.address).is_logged_in());
    assert_eq!(Visitor::at(server.address).log_in(ADA, NEW).leads_to(), "/profile");
}

#[test]
fn a_password_set_by_command_must_follow_the_rules() {
    let (folder, ada) = Folder::of_ada();
    let set = |email: &str, password: &str| {
        folder.command(&["account", "set-password", email]).input(password).finish()
    };
    set(ADA, "short\n").refused(&["Use at least 10 characters."]);
    set(ADA, "").refused(&["password"]);
    set(ADA, "passwordpassword\n").refused(&["easy to guess"]);
    set(ADA, "ada@example.org\n").refused(&["easy to guess"]);
    set("bob@example.org", NEW).refused(&["no account for bob@example.org"]);
    for address in ["ada", "ada@", "", "a b@example.org", "ada@example.org\n\u{1b}[31m"] {
        set(address, NEW).refused(&["neither an email address nor the ID", "vestibule account list"]);
    }
    let server = folder.serve();
    assert!(ada.again_at(server.address).is_logged_in(), "nothing changed");
}

#[test]
fn a_password_is_never_an_argument() {
    let (folder, ada) = Folder::of_ada();
    for typed in [&[ADA, NEW][..], &[ADA, "--password", NEW]] {
        let run = folder.command(&[&["account", "set-password"], typed].concat()).input(NEW);
        assert_eq!(run.finish().status, Some(2));
    }
    assert!(ada.again_at(folder.serve().address).is_logged_in(), "nothing changed");
}

#[test]
fn account_commands_need_a_database() {
    let folder = Folder::new();
    folder
        .command(&["account", "set-password", ADA])
        .input(NEW)
        .finish()
        .refused(&["no database", "--data-dir"]);
    folder.run(&["backup", "copy.sqlite"]).refused(&["no database", "--data-dir"]);
    assert!(folder.snapshot().is_empty());
}

#[test]
fn a_file_with_the_name_of_a_temporary_database_is_not_removed() {
    let folder = Folder::new();
    let built = folder.write("data/vestibule.sqlite.new", "precious");
    std::fs::set_permissions(folder.data(), std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    folder.run(&["--port", "0"]).refused(&["vestibule.sqlite.new", "has not created", "Move the file away"]);
    assert_eq!(fs::read(&built).unwrap(), b"precious");
    // The remains of a killed start are removed.
    for left in [&b""[..], b"SQLite format 3\0", &[0; 4096]] {
        fs::write(&built, left).unwrap();
        let server = folder.serve();
        assert_eq!(server.stop().status, Some(0));
        assert!(!built.exists());
        fs::remove_file(folder.database()).unwrap();
    }
}
