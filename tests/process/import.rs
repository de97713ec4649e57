//! `vestibule import`: from one line of the README to a log-in, and what it says of files that it cannot
//! take.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::folder::{Folder, mode};
use crate::support::{Ended, there_is};
use crate::visitor::{self, ADA, PASSWORD, Visitor};

/// Hashes of `PASSWORD`: one of the tutorial (by Werkzeug 1), and those of later readers (by Werkzeug 3).
const HASHES: [&str; 3] = [
    "sha256$NDT2oT96$f90338993bbe3c6f946e2d56391cd0f8b2027c031f890a7f81376abf9dd46890",
    concat!(
        "scrypt:32768:8:1$a67EyBJivqqYeTem$b2f95d2543e3c25bfa8ffa3d22611b22b14622322ad56efc",
        "3a877368cfc393e106d43c421ce2bf1839d0d48b9d2a42c39348362c3dbf397209ec77acb3838054",
    ),
    "pbkdf2:sha256:1000$iAtLe6xPtyqfFbO1$37b507e5a9cb676e7c4678cdb2208ec4ccce8f542ab7b9a3e8084f154f30eb8d",
];
/// Without a comma, unlike a hash by Argon2.
const HASH: &str = HASHES[2];
const BOB: &str = "bob@example.org";

fn import(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["import"], words].concat())
}

/// Asserts that some rows were refused: status 1, one line that has all these words, and these lines before
/// it.
fn partly(ended: Ended, out: &str, words: &[&str]) {
    assert_eq!((ended.status, &*ended.out), (Some(1), out), "{ended:?}");
    let line = ended.err.strip_suffix('\n').unwrap_or_default();
    assert!(line.starts_with("vestibule: ") && !line.contains('\n'), "{ended:?}");
    assert!(words.iter().all(|word| line.contains(word)), "{ended:?}");
}

/// Makes the database of the tutorial, as Flask-SQLAlchemy creates it from the class there, after twenty sign-ups: from
/// `p1@example.org` to `p20@example.org`.
pub fn tutorials_database(folder: &Folder) {
    let table = "create table user (id integer not null, email varchar(100), password varchar(100), \
                 name varchar(1000), primary key (id), unique (email))";
    let person = |number: usize| {
        format!(
            "insert into user values ({number}, 'p{number}@example.org', '{}', 'Person, \"{number}\"')",
            HASHES[number % HASHES.len()]
        )
    };
    let mut statements = vec![table.to_owned()];
    statements.extend((1..=20).map(person));
    let statements: Vec<&str> = statements.iter().map(String::as_str).collect();
    let instance = folder.path().join("instance");
    fs::create_dir_all(&instance).unwrap();
    visitor::sql(&instance.join("db.sqlite"), &statements);
}

/// The line of a page that moves the tutorial's database in.
pub fn line_of(page: &str) -> String {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let line = page.lines().find(|line| line.starts_with("sqlite3 -csv -header instance/db.sqlite "));
    line.unwrap_or_else(|| panic!("no line moves the tutorial's database in")).to_owned()
}

#[test]
fn the_tutorials_database_moves_in_with_one_line() {
    let line = line_of("README.md");
    assert_eq!(line, line_of("docs/import.md"));
    if !there_is("sqlite3", "the tutorial's database moves in") {
        return;
    }
    let folder = Folder::new();
    assert_eq!(folder.serve().stop().status, Some(0));
    tutorials_database(&folder);
    let moved = folder.types(&line).succeeded();
    assert_eq!(moved.out, "20 rows: 20 created, 0 there already, 0 refused.\n");

    let server = folder.command(&["--port", "0"]).patient().start();
    for number in 1..=20 {
        let mut person = Visitor::at(server.address);
        let email = format!("p{number}@example.org");
        assert_eq!(person.log_in(&email, PASSWORD).leads_to(), "/profile", "{email}");
        let profile = person.get("/profile").body.replace("&quot;", "\"");
        assert!(profile.contains(&format!("Welcome, Person, \"{number}\"!")), "{profile}");
    }
    assert_eq!(server.stop().status, Some(0));
    let again = import(&folder, &["people.csv"]).succeeded();
    assert_eq!(again.out, "20 rows: 0 created, 20 there already, 0 refused.\n");
}

#[test]
fn refused_rows_are_in_a_file_that_can_be_mended_and_imported() {
    let (folder, _) = Folder::of_ada();
    let file = format!("email,name,password\n{ADA},Ada,{HASH}\n{BOB},Bob,{HASH}\nnobody,No one,{HASH}\n");
    folder.write("people.csv", &file);
    let told = "line 4: refused. \"nobody\" is not an email address.\n";
    let would = format!("{told}3 rows: 1 to be created, 1 there already, 1 to be refused.\n");
    partly(
        import(&folder, &["people.csv", "--check"]),
        &would,
        &["To be refused: 1 row. Nothing was changed."],
    );
    let refused = folder.path().join("people.csv.refused");
    assert!(!refused.exists());
    assert_eq!(folder.rows("accounts"), 1);

    let done = format!("{told}3 rows: 1 created, 1 there already, 1 refused.\n");
    let words = [
        "Refused: 1 row. It is in ",
        "with its reason. Mend it there, then: vestibule import people.csv.refused",
    ];
    partly(import(&folder, &["people.csv"]), &done, &words);
    assert_eq!((folder.rows("accounts"), mode(&refused)), (2, 0o600));
    // It is not overwritten: its rows may be nowhere else.
    let before = folder.snapshot();
    import(&folder, &["people.csv"])
        .refused(&["people.csv.refused is there already", "Nothing was changed."]);
    import(&folder, &["people.csv", "--check"]).refused(&["people.csv.refused is there already"]);
    assert_eq!(folder.snapshot().get(&refused), before.get(&refused));

    let mended = fs::read_to_string(&refused).unwrap().replace("nobody,", "nina@example.org,");
    fs::write(&refused, mended).unwrap();
    let ended = import(&folder, &["people.csv.refused"]).succeeded();
    assert_eq!(ended.out, "1 row: 1 created, 0 there already, 0 refused.\n");
    assert_eq!(folder.rows("accounts"), 3);
}

#[test]
fn who_becomes_an_administrator_by_an_import_is_told() {
    let (folder, _) = Folder::of_ada();
    folder.run(&["group", "create", "choir"]).succeeded();
    let file = format!(
        "email,name,password,groups\n{BOB},Bob,{HASH},choir admins\nzoe@example.org,Zoe,{HASH},choir\n"
    );
    folder.write("people.csv", &file);
    let told = format!("line 2: {BOB} joins admins, whose members are administrators of this site.\n");
    for (words, totals) in [
        (&["people.csv", "--check"][..], "2 rows: 2 to be created, 0 there already, 0 to be refused.\n"),
        (&["people.csv"][..], "2 rows: 2 created, 0 there already, 0 refused.\n"),
        // An account that is there joins nothing.
        (&["people.csv"][..], "2 rows: 0 created, 2 there already, 0 refused.\n"),
    ] {
        let told = if totals.contains(" 0 created") { "" } else { &told };
        assert_eq!(import(&folder, words).succeeded().out, format!("{told}{totals}"));
    }
}

#[test]
fn accounts_are_imported_next_to_a_running_site() {
    let folder = Folder::new();
    let server = folder.serve();
    let mut ada = Visitor::ada(server.address);
    folder.run(&["group", "create", "choir"]).succeeded();
    let file = format!("email,name,password,groups\n{BOB},Bob,{HASH},choir\nzoe@example.org,Zoe,,\n");
    folder.write("people.csv", &file);
    let ended = import(&folder, &["people.csv"]).succeeded();
    let lines = [
        "2 rows: 2 created, 0 there already, 0 refused.",
        "Without a password: 1 account. Owners choose one with a link: vestibule account link EMAIL --reset",
    ];
    assert_eq!(ended.out.lines().collect::<Vec<_>>(), lines);
    assert!(ada.is_logged_in(), "no one else notices");
    let mut bob = Visitor::at(server.address);
    assert_eq!(bob.log_in(BOB, PASSWORD).leads_to(), "/profile");
    let shown = folder.run(&["account", "show", BOB]).succeeded().out;
    assert!(shown.contains("\ngroups    choir\n"), "{shown}");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn users_of_keycloak_move_in_with_the_line_of_the_page() {
    if !there_is("jq", "users of Keycloak move in") {
        return;
    }
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).unwrap();
    let (_, script) = page.split_once("```sh\njq -c '.users[]").unwrap();
    let script = format!("jq -c '.users[]{}", script.split_once("```").unwrap().0);
    let (folder, _) = Folder::of_ada();
    folder.run(&["group", "create", "choir"]).succeeded();
    folder.write("realm.json", include_str!("../fixtures/keycloak/realm.json"));
    folder.command(&[]).through(&["sh", "-c", &script]).finish().succeeded();
    let ended = import(&folder, &["people.jsonl"]).succeeded();
    assert!(
        ended
            .out
            .starts_with("3 rows: 3 created, 0 there already, 0 refused.\nWithout a password: 1 account.")
    );
    let server = folder.serve();
    for email in ["grace@example.org", "alan@example.org"] {
        assert_eq!(Visitor::at(server.address).log_in(email, PASSWORD).leads_to(), "/profile", "{email}");
    }
    assert_eq!(server.stop().status, Some(0));
    let shown = |email: &str| folder.run(&["account", "show", email]).succeeded().out;
    let grace = shown("grace@example.org");
    assert!(grace.contains("\nname      Grace Hopper\ncreated   2024-05-01T12:00:00Z\n"), "{grace}");
    assert!(grace.contains("\ngroups    choir\n"), "{grace}");
    let alan = folder.run(&["account", "show", "alan@example.org", "--json"]).succeeded().out;
    let alan: Value = serde_json::from_str(&alan).unwrap();
    assert!(alan["confirmed_at"].is_null(), "{alan}");
    assert!(shown("joan@example.org").contains("\nlogin     disabled since 20"));
}

#[test]
fn a_file_that_cannot_be_imported_is_refused_in_one_line() {
    let (folder, _) = Folder::of_ada();
    let refused = |content: &[u8], words: &[&str]| {
        folder.write("people", content);
        for check in [&["people"][..], &["people", "--check"]] {
            import(&folder, check).refused(words);
        }
    };
    import(&folder, &["nowhere.csv"]).refused(&["nowhere.csv cannot be read: No such file"]);
    import(&folder, &["data"]).refused(&["data cannot be read: Is a directory"]);
    refused(b"", &["people is empty."]);
    refused(b"\n \n", &["people is empty."]);
    refused(
        b"ada@example.org,Ada\n",
        &["people has no column email.", "Its first line must name the columns"],
    );
    refused(b"email,name,pasword\n", &["people cannot be imported as it is.", "Did you mean `password`?"]);
    refused(b"\xff\xfee\0m\0a\0i\0l\0", &["people is not a text in UTF-8.", "\"CSV UTF-8\""]);
    refused(
        b"[{\"email\":\"a@x.test\"}]",
        &["people is one JSON list.", "jq -c '.[]' people > people.jsonl"],
    );
    refused(b"email,name,hash\n", &["Did you mean `password`? Rename it, or leave it out"]);
    refused(
        b"email,name\n\"a@x.test,A\nb@x.test,B\n",
        &["a quotation mark opens in line 2 and is not closed"],
    );
    import(&folder, &["-"]).refused(&["import does not read stdin"]);
    refused(b"{\n\"email\":\"a@x.test\"\n}\n", &["people has objects of several lines.", "jq -c ."]);
    let mut endless = b"email,name\na@x.test,\"Ada\n".to_vec();
    endless.extend(b"b@x.test,Bob\n".repeat(10_000));
    refused(&endless, &["people cannot be read: the row at line", "Is a quotation mark missing"]);
    assert_eq!(folder.rows("accounts"), 1);
    let empty = Folder::new();
    empty.write("people.csv", "email,name\n");
    import(&empty, &["people.csv"]).refused(&["There is no database"]);
    let typed = import(&folder, &[]);
    assert_eq!(typed.status, Some(2), "no file: {typed:?}");
}

#[test]
fn where_the_file_of_refused_rows_cannot_be_written_nothing_goes_on_in_silence() {
    let (folder, _) = Folder::of_ada();
    // In this folder no file can be created, even by root.
    let ended = folder.command(&["import", "/dev/fd/0"]).input("email,name\nnobody,No one\n").finish();
    assert_eq!(ended.status, Some(1), "{ended:?}");
    assert!(ended.err.contains("/dev/fd/0.refused cannot be written"), "{ended:?}");
    assert!(ended.err.contains("Line 2 was refused: \"nobody\" is not an email address."), "{ended:?}");
    let fine = folder.command(&["import", "/dev/fd/0"]).input("email,name\nbob@example.org,Bob\n").finish();
    assert!(fine.succeeded().out.starts_with("1 row: 1 created"), "a pipe is a file, too");
}
