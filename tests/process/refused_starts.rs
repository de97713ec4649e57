//! What stops a start, other than settings: another running program, a port in use, a folder that other users may
//! write to. The running program is not disturbed.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use crate::folder::Folder;
use crate::support::there_is;
use crate::visitor::Visitor;

#[test]
fn a_second_instance_exits_within_a_second_and_does_not_disturb_the_first() {
    let folder = Folder::new();
    let first = folder.serve();
    let mut ada = Visitor::ada(first.address);
    let other_way = Folder::new();
    let link = other_way.path().join("link");
    std::os::unix::fs::symlink(folder.data(), &link).unwrap();
    let running = format!("already running (process {})", first.pid());
    for data in ["data", link.to_str().unwrap()] {
        let before = folder.snapshot();
        let second = folder.command(&["--port", "0", "--data-dir", data]).finish();
        let second = second.refused(&[&running, data, "--data-dir", "--port"]);
        assert!(second.took < Duration::from_secs(1), "{second:?}");
        assert!(folder.snapshot() == before, "nothing changed");
    }
    assert_eq!(fs::read_to_string(folder.data().join("lock")).unwrap().trim(), first.pid().to_string());
    assert!(ada.is_logged_in());
    assert_eq!(ada.sign_up("bob@example.org").leads_to(), "/profile");
    assert_eq!(first.stop().status, Some(0));
}

#[test]
fn a_stale_lock_file_does_not_block_a_start() {
    let folder = Folder::new();
    folder.serve().kill();
    folder.serve().kill();
    for left in ["1\n", "", "words"] {
        fs::write(folder.data().join("lock"), left).unwrap(); // process 1 exists, and is another program
        assert_eq!(folder.serve().stop().status, Some(0));
    }
}

#[test]
fn a_port_in_use_is_refused() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let (folder, _) = Folder::of_ada();
    let before = folder.snapshot();
    folder.run(&["--port", &port]).refused(&[&format!("Port {port} of 127.0.0.1"), "in use", "--port"]);
    assert!(folder.snapshot() == before, "nothing changed");
    let elsewhere = ["--address", "192.0.2.1", "--port", &port, "--base-url", "https://login.example.org"];
    folder.run(&elsewhere).refused(&["192.0.2.1", "--address"]);
    assert!(folder.snapshot() == before, "nothing changed");
}

#[test]
fn a_port_in_use_is_refused_before_anything_is_created() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let folder = Folder::new();
    folder.run(&["--port", &taken.local_addr().unwrap().port().to_string()]).refused(&["in use", "--port"]);
    assert!(folder.snapshot().is_empty(), "made: {:?}", folder.snapshot().keys());
}

#[test]
fn a_folder_that_cannot_be_written_is_refused() {
    let folder = Folder::new();
    folder.write("data", "a file in its place");
    let before = folder.snapshot();
    let named = format!("data folder {}", folder.data().display());
    folder.run(&["--port", "0"]).refused(&[&named, "--data-dir"]);
    let is_file = format!("{} is a file, not a folder", folder.data().display());
    folder.run(&["--port", "0"]).refused(&[&is_file]);
    folder.run(&["--port", "0", "--data-dir", "data/below"]).refused(&["data/below", "--data-dir", &is_file]);
    assert!(folder.snapshot() == before, "nothing changed");

    let (folder, _) = Folder::of_ada();
    let data = folder.data().display().to_string();
    let read_only = ["bwrap", "--die-with-parent", "--dev-bind", "/", "/", "--ro-bind", &data, &data];
    let tool = there_is("bwrap", "a read-only data folder");
    if !tool || folder.command(&[]).program("true".as_ref()).through(&read_only).finish().status != Some(0) {
        println!("skipped, since a folder cannot be made read-only here");
        return;
    }
    let before = folder.snapshot();
    let run = folder.command(&["--port", "0"]).through(&read_only).finish();
    run.refused(&[&format!("data folder {data}"), "--data-dir"]);
    assert!(folder.snapshot() == before, "nothing changed");
}

#[test]
fn for_the_folder_of_a_separate_database_the_error_names_its_setting() {
    let folder = Folder::new();
    let run = folder.command(&["--port", "0"]).var("VESTIBULE_DATABASE_URL", "sqlite:nowhere/a.sqlite");
    let nowhere = folder.path().join("nowhere");
    let told = format!("There is no folder {} for the database", nowhere.display());
    let refused = run.finish().refused(&[&told, "nowhere/a.sqlite", "database_url"]);
    assert!(!refused.err.contains("--data-dir"), "{refused:?}");
}

#[test]
fn one_database_file_is_served_by_one_program() {
    let (one, two) = (Folder::new(), Folder::new());
    let database = format!("sqlite:{}", one.path().join("shared.sqlite").display());
    let on_it = |folder: &Folder| folder.command(&["--port", "0"]).var("VESTIBULE_DATABASE_URL", &database);
    let first = on_it(&one).start();
    let key = std::fs::read_to_string(one.key()).unwrap();
    let second = on_it(&two).var("ROCKET_SECRET_KEY", key.trim()).finish();
    second.refused(&[&format!("already running (process {})", first.pid()), "shared.sqlite"]);
}

#[test]
fn a_data_folder_that_others_may_write_is_refused() {
    for mode in [0o770, 0o707, 0o777, 0o1777] {
        let folder = Folder::new();
        fs::create_dir(folder.data()).unwrap();
        fs::set_permissions(folder.data(), fs::Permissions::from_mode(mode)).unwrap();
        let refused = folder.run(&["--port", "0"]).refused(&["Other users can write to the data folder"]);
        let within = format!("--data-dir {}/site", folder.data().display());
        assert!(refused.err.contains(&within), "{refused:?}");
        // A folder for all users, such as /tmp, must not be restricted.
        assert_eq!(refused.err.contains("chmod go-w "), mode != 0o1777, "{refused:?}");
        let checked = folder.run(&["check"]);
        assert_eq!((checked.status, &checked.err), (Some(1), &refused.err), "check says so too");
        folder.write("data/other/file", "of another program");
        let refused =
            folder.run(&["--port", "0"]).refused(&["Other users can write to the data folder", &within]);
        assert!(!refused.err.contains("chmod"), "{refused:?}");
        fs::remove_dir_all(folder.data().join("other")).unwrap();
        assert!(folder.snapshot().is_empty());
        fs::set_permissions(folder.data(), fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(folder.serve().stop().status, Some(0));
    }
}

#[test]
fn neither_the_lock_nor_a_new_key_is_written_through_a_symbolic_link() {
    let (folder, _) = Folder::of_ada();
    let precious = folder.write("precious", "precious");
    let (lock, new) = (folder.data().join("lock"), folder.data().join("secret.key.new"));
    std::os::unix::fs::symlink(&precious, &new).unwrap();
    folder.run(&["key", "replace"]).succeeded();
    assert!(!new.exists() && fs::symlink_metadata(folder.key()).unwrap().is_file());
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink(&precious, &lock).unwrap();
    folder.run(&["--port", "0"]).refused(&["data folder"]);
    assert_eq!(fs::read_to_string(precious).unwrap(), "precious");
}
