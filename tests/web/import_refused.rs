//! Rows of an import that are odd or refused: each is told with its line, and a file keeps those that were refused,
//! to be mended and imported again.

use serde_json::{Value, json};
use vestibule::features::import::Totals;

use crate::import::{ARGON2, FIELD, import, made};
use crate::support::{ADA, PASSWORD, TestSite};

/// Rows of each kind of outcome. Ada has an account.
fn odd_file() -> String {
    format!(
        "email,name,password,groups\n\
         ada@example.org,Ada,{FIELD},\n\
         bob@example.org,Bob,{FIELD},choir\n\
         nobody,No one,{FIELD},\n\
         eve@example.org,Eve,correct horse battery,\n\
         a..b@example.org,Dot,{FIELD},\n\
         zoe@example.org,Zoe,!,\n\
         BOB@example.org,Another,{FIELD},\n\
         joe@example.org,Joe,{FIELD},choir chior\n"
    )
}

fn site_of_ada_and_a_choir() -> TestSite {
    let site = TestSite::new();
    site.ada();
    site.logged_in(ADA);
    site.add_to_group(ADA, "choir");
    site
}

const ODD: [&str; 5] = [
    "line 4: refused. \"nobody\" is not an email address.",
    "line 5: eve@example.org has no password, since the hash is of no kind that can be taken.",
    "line 6: a..b@example.org can log in, but no email can be sent to this address.",
    "line 8: refused. Line 3 has the same address.",
    "line 9: refused. There is no group chior. Create it first: vestibule group create chior",
];

#[test]
fn a_row_is_told_only_where_something_is_odd() {
    let site = site_of_ada_and_a_choir();
    let ended = import(&site, &odd_file(), false).unwrap();
    assert_eq!(ended.told, ODD);
    assert_eq!(ended.totals, Totals { without_password: 2, ..made(4, 1, 3) });
    assert_eq!(site.number("select count(*) from accounts"), 5);
    assert_eq!(site.number("select count(*) from passwords"), 3);
    let told = ended.told.concat();
    assert!(!told.contains("correct horse") && !told.contains("argon2"), "{told}");
    let mut dot = site.visitor();
    assert_eq!(
        dot.log_in("a..b@example.org", PASSWORD).location(),
        "/profile",
        "its owner is not locked out"
    );
}

#[test]
fn a_check_changes_nothing_and_says_what_then_happens() {
    let site = site_of_ada_and_a_choir();
    let before = site.rows_without("");
    let checked = import(&site, &odd_file(), true).unwrap();
    assert_eq!(site.rows_without(""), before);
    assert_eq!(checked.refused, "", "no file is written");
    let ended = import(&site, &odd_file(), false).unwrap();
    assert_eq!((checked.totals, checked.told), (ended.totals, ended.told));
}

#[test]
fn refused_rows_can_be_mended_and_imported_again() {
    let site = site_of_ada_and_a_choir();
    let refused = import(&site, &odd_file(), false).unwrap().refused;
    let no_group = "There is no group chior. Create it first: vestibule group create chior";
    let lines = [
        "reason,email,name,password,groups".to_owned(),
        format!("\"\"\"nobody\"\" is not an email address.\",nobody,No one,{FIELD},"),
        format!("Line 3 has the same address.,BOB@example.org,Another,{FIELD},"),
        format!("{no_group},joe@example.org,Joe,{FIELD},choir chior"),
    ];
    assert_eq!(refused.lines().collect::<Vec<_>>(), lines);
    // Not mended, they are refused again, and have one reason. Bob has an account by now.
    let again = import(&site, &refused, false).unwrap();
    assert_eq!(again.totals, made(0, 1, 2));
    let lines = [&*lines[0], &*lines[1], &*lines[3]];
    assert_eq!(again.refused.lines().collect::<Vec<_>>(), lines);
    let mended = refused.replace("nobody,", "nina@example.org,").replace("choir chior", "choir");
    let ended = import(&site, &mended, false).unwrap();
    assert_eq!((ended.totals, &*ended.refused), (made(2, 1, 0), ""));
    assert_eq!(site.visitor().log_in("joe@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn json_lines_are_imported_and_refused_as_they_are() {
    let site = TestSite::new();
    let file = [
        json!({
            "email": ADA, "name": "Ada", "password": ARGON2, "confirmed_at": 1_577_934_245_000_i64,
            "groups": [], "disabled": false, "id": 7
        })
        .to_string(),
        json!({ "email": "bob@example.org", "name": null, "password": ARGON2 }).to_string(),
        "{\"email\":".to_owned(),
    ];
    let file = file.join("\n");
    let ended = import(&site, &file, false).unwrap();
    assert_eq!(ended.totals, made(1, 0, 2));
    assert_eq!(ended.told[0], "Not read: id.");
    let refused: Vec<Value> = ended.refused.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&refused[0]["email"], &refused[0]["password"]), (&"bob@example.org".into(), &ARGON2.into()));
    assert_eq!(refused[0]["reason"], "\"\" cannot be used as a name. An account needs a name.");
    assert!(refused[1]["reason"].as_str().unwrap().contains("It is not one JSON object on one line"));
    assert_eq!(refused[1]["line"], "{\"email\":");
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
    let mended = ended.refused.lines().next().unwrap().replace("null", "\"Bob\"");
    assert_eq!(import(&site, &mended, false).unwrap().totals, made(1, 0, 0));
}

#[test]
fn a_cell_that_cannot_be_understood_refuses_its_row() {
    let site = TestSite::new();
    for (column, cell, told) in [
        ("created_at", "2030-01-01", "The created_at \"2030-01-01\" is in the future."),
        ("created_at", "yesterday", "The created_at \"yesterday\" is not a time."),
        ("confirmed_at", "2", "The confirmed_at \"2\" is not a time."),
        ("disabled", "perhaps", "The disabled \"perhaps\" is neither true nor false."),
        ("groups", "the choir", "There is no group the. Create it first: vestibule group create the"),
        ("groups", "Choir", "\"Choir\" cannot be the name of a group."),
    ] {
        let ended =
            import(&site, &format!("email,name,{column}\nada@example.org,Ada,{cell}\n"), false).unwrap();
        assert_eq!(ended.totals, made(0, 0, 1), "{cell}");
        assert!(
            ended.refused.contains(&told.replace('"', "\"\"")) || ended.refused.contains(told),
            "{ended:?}"
        );
    }
    for (email, name) in [("", "Ada"), ("a b@x.test", "Ada"), (ADA, ""), (ADA, &*"x".repeat(101))] {
        let ended = import(&site, &format!("email,name\n{email},{name}\n\"\",\n"), false).unwrap();
        assert_eq!(ended.totals, made(0, 0, 2), "{email:?} {name:?}");
    }
    assert_eq!(site.number("select count(*) from accounts"), 0);
}
