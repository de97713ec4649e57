//! The first start creates everything. Later starts find it unchanged.

use std::fs;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::folder::{Folder, mode};
use crate::visitor::{ADA, PASSWORD, Visitor, whole_story};

#[test]
fn the_first_start_creates_files_that_only_their_owner_can_read() {
    for umask in ["umask 000", "umask 022", "umask 077"] {
        let folder = Folder::new();
        let server = folder.command(&["--port", "0"]).after(umask).start();
        let mut ada = Visitor::at(server.address);
        assert_eq!(ada.sign_up(ADA).leads_to(), "/login");
        assert_eq!(mode(&folder.data()), 0o700, "{umask}");
        let mut made: Vec<_> =
            fs::read_dir(folder.data()).unwrap().map(|entry| entry.unwrap().path()).collect();
        made.sort();
        for file in &made {
            assert_eq!(mode(file), 0o600, "{umask}: {}", file.display());
        }
        let names: Vec<_> = made.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
        let sqlite = ["vestibule.sqlite", "vestibule.sqlite-shm", "vestibule.sqlite-wal"];
        assert_eq!(names, [&["lock", "secret.key"], &sqlite[..]].concat());
        let others = fs::read_dir(folder.path())
            .unwrap()
            .filter(|entry| entry.as_ref().unwrap().path() != folder.data());
        assert_eq!(others.count(), 0, "nothing is created outside the data folder");
        let lock = fs::read_to_string(folder.data().join("lock")).unwrap();
        assert_eq!(lock, format!("{}\n", server.pid()));
    }
}

#[test]
fn the_key_is_one_line_of_32_random_bytes_in_base64() {
    let key_of = || {
        let folder = Folder::new();
        assert_eq!(folder.serve().stop().status, Some(0));
        fs::read_to_string(folder.key()).unwrap()
    };
    let (one, other) = (key_of(), key_of());
    for key in [&one, &other] {
        let line = key.strip_suffix('\n').unwrap();
        assert_eq!(STANDARD.decode(line).unwrap().len(), 32);
    }
    assert_ne!(one, other);
}

#[test]
fn a_line_on_stdout_names_the_address_and_the_data_folder_and_one_more_how_to_become_administrator() {
    let folder = Folder::new();
    let server = folder.serve();
    let (port, data) = (server.address.port(), folder.data().canonicalize().unwrap());
    let said = server.stop().out;
    let ready = format!("Vestibule is ready at http://localhost:{port} (data in {})\n", data.display());
    let command = "There is no administrator yet. To become one, with the flags and variables of this start: \
     vestibule invitation add --group admins --for 30m\n";
    assert_eq!(said, ready + command);
}

#[test]
fn the_whole_story_works_in_an_empty_folder_without_configuration() {
    let folder = Folder::new();
    let server = folder.serve();
    whole_story(server.address);
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn a_restart_changes_nothing() {
    let (folder, ada) = Folder::of_ada();
    let key = fs::read(folder.key()).unwrap();
    for _ in 0..2 {
        let server = folder.serve();
        assert!(ada.again_at(server.address).is_logged_in(), "the session");
        let mut elsewhere = Visitor::at(server.address);
        assert_eq!(elsewhere.log_in(ADA, PASSWORD).leads_to(), "/profile", "the account");
        assert_eq!(server.stop().status, Some(0));
    }
    assert_eq!(fs::read(folder.key()).unwrap(), key);
}

#[test]
fn acknowledged_changes_survive_a_kill_without_a_manual_step() {
    let folder = Folder::new();
    let server = folder.serve();
    let ada = Visitor::ada(server.address);
    server.kill();
    let server = folder.serve();
    assert!(ada.again_at(server.address).is_logged_in(), "the session");
    let mut elsewhere = Visitor::at(server.address);
    assert_eq!(elsewhere.log_in(ADA, PASSWORD).leads_to(), "/profile", "the account");
}

#[test]
fn a_data_folder_may_have_any_name() {
    for name in ["d a?t#a%", "a%20b&c=d", "über/ganz tief"] {
        let folder = Folder::new();
        let data = folder.path().join(name);
        let start = || folder.command(&["--port", "0", "--data-dir", name]).start();
        let server = start();
        let ada = Visitor::ada(server.address);
        assert!(data.join("vestibule.sqlite").is_file() && data.join("secret.key").is_file(), "{name}");
        assert_eq!(server.stop().status, Some(0));
        let made: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(made, [name.split('/').next().unwrap()], "nothing else is created");
        assert!(ada.again_at(start().address).is_logged_in(), "{name}");
    }
}

#[test]
fn the_key_and_the_database_can_be_set_by_variables_or_files() {
    let folder = Folder::new();
    let key = folder.run(&["key"]).succeeded().out;
    let database = folder.path().join("kept/elsewhere.sqlite");
    fs::create_dir(folder.path().join("kept")).unwrap();
    let url = format!("sqlite:{}", database.display());
    let server = folder.command(&["--port", "0"]).var("ROCKET_SECRET_KEY", key.trim());
    let server = server.var("VESTIBULE_DATABASE_URL", &url).start();
    let ada = Visitor::ada(server.address);
    assert_eq!(server.stop().status, Some(0));
    assert!(database.is_file() && mode(&database) == 0o600);
    assert!(!folder.database().exists() && !folder.key().exists(), "neither is created if it is configured");

    let (key, url) = (folder.write("secrets/key", &key), folder.write("secrets/url", url + "\r\n"));
    let server = folder.command(&["--port", "0"]).var("ROCKET_SECRET_KEY_FILE", key);
    let server = server.var("VESTIBULE_DATABASE_URL_FILE", url).start();
    assert!(ada.again_at(server.address).is_logged_in());
}
