//! Handles that a file gives: one that is applied, and one of another program that is imported.

use std::collections::BTreeSet;
use std::sync::atomic::AtomicU64;

use vestibule::features::account_changes;
use vestibule::features::import::{Import, run};
use vestibule::people::Actor;
use vestibule::people::accounts::HandleSet;

use crate::admin_accounts::BOB;
use crate::apply::applied;
use crate::handles::{bob, give, handle_of};
use crate::support::{ADA, Setup, TestSite};

#[test]
fn a_file_gives_handles_and_one_that_is_not_free_waits() {
    let site = Setup::new().build();
    let bob = bob(&site);
    let account = |email: &str, more: &str| format!("[[accounts]]\nemail = \"{email}\"\n{more}\n");
    let ada = account(ADA, "name = \"Ada\"\nhandle = \"ada\"");
    let made = format!("account {ADA}: created without a password · handle set");
    assert_eq!(applied(&site, &ada), [made]);
    assert_eq!(handle_of(&site, ADA), "ada");
    assert_eq!(applied(&site, &ada), [format!("account {ADA}: as it is")]);
    assert_eq!(
        applied(&site, &account(ADA, "name = \"Ada\"")),
        [format!("account {ADA}: as it is")],
        "a file that does not name it leaves it"
    );
    let changed = account(ADA, "handle = \"lovelace\"");
    assert_eq!(applied(&site, &changed), [format!("account {ADA}: handle set")]);
    // Neither that of another account, nor one that another account had.
    let told = |email: &str, did: &str, why: &str| [format!("account {email}: {did}waits, since {why}")];
    let has = "another account has this handle";
    let had = "another account once had this handle, and no other account gets it";
    let wants = |handle: &str| account(BOB, &format!("name = \"Robert\"\nhandle = \"{handle}\""));
    assert_eq!(applied(&site, &wants("lovelace")), told(BOB, "name changed · ", has));
    assert_eq!(applied(&site, &wants("ada")), told(BOB, "", had));
    assert_eq!(site.account(BOB).id, bob);
    assert_eq!(handle_of(&site, BOB), "");
    // A new account is not made under another name than that which the file gives it.
    let eve = account("eve@example.org", "name = \"Eve\"\nhandle = \"ada\"");
    assert_eq!(applied(&site, &eve), told("eve@example.org", "", had));
    assert_eq!(site.number("select count(*) from accounts"), 2);
    // Ada closes her account: the same file goes on, and gives no one her name.
    let account_of_ada = site.account(ADA);
    let gone = account_changes::delete(&site.site, &account_of_ada, Actor::CommandLine);
    site.block_on(gone).unwrap().unwrap();
    let zoe = account("zoe@example.org", "name = \"Zoe\"\nhandle = \"zoe\"");
    let lines = applied(&site, &format!("{ada}{zoe}"));
    assert_eq!(lines[0], told(ADA, "", had)[0]);
    assert_eq!(lines[1], "account zoe@example.org: created without a password · handle set");
}

#[test]
fn mistakes_about_handles_in_a_file_are_told_with_their_lines() {
    let site = TestSite::new();
    let refused = |content: &str| {
        let not_applied = crate::apply::run(&site, content, false).unwrap_err();
        not_applied.mistakes.join("\n")
    };
    let ada = "[[accounts]]\nemail = \"ada@example.org\"\nname = \"Ada\"\n";
    let told = refused(&format!("{ada}handle = \"Ada L\"\n"));
    assert!(told.contains("site.toml:4: \"Ada L\" cannot be used as a handle. Use 1 to 32 of a-z"), "{told}");
    let told = refused(&format!("{ada}handle = \"admin\"\n"));
    assert!(told.contains("cannot be used as a handle. This name has a meaning"), "{told}");
    let bob = "[[accounts]]\nemail = \"bob@example.org\"\nname = \"Bob\"\nhandle = \"ada\"\n";
    let told = refused(&format!("{ada}handle = \"ada\"\n{bob}"));
    assert!(told.ends_with("site.toml:5: the handle ada was declared before, in line 1."), "{told}");
    assert_eq!(site.number("select count(*) from accounts"), 0);
}

/// Imports a file. Returns how many accounts it made and refused, and what it told.
fn imported(site: &TestSite, content: &str, check: bool) -> (u64, u64, Vec<String>) {
    let file = site.folder.path().join("people");
    std::fs::write(&file, content).unwrap();
    let (done, mut told) = (AtomicU64::new(0), Vec::new());
    let import = Import { file: &file, check, done: &done };
    let ended = site.block_on(run(&site.site, &import, &mut |line| told.push(line)));
    let (totals, refused) = ended.unwrap_or_else(|why| panic!("{why}"));
    if let Some(refused) = refused {
        std::fs::remove_file(refused).unwrap();
    }
    (totals.made, totals.refused, told)
}

#[test]
fn an_import_brings_handles_along_and_refuses_those_that_are_not_free() {
    let site = TestSite::new();
    let bob = bob(&site);
    assert_eq!(give(&site, &bob, "builder"), HandleSet::Done);
    assert_eq!(give(&site, &bob, "bob"), HandleSet::Done);
    let file = "email,name,handle\n\
                ada@example.org,Ada,ada\n\
                eve@example.org,Eve,\n\
                dan@example.org,Dan,Dan\n\
                bob@example.org,Bob,bob\n\
                gus@example.org,Gus,builder\n\
                hal@example.org,Hal,ada\n";
    let told = [
        "line 4: refused. \"Dan\" cannot be used as a handle. Use 1 to 32 of a-z, 0-9, dots, underscores and hyphens, \
         with a letter or a digit first and last.",
        "line 6: refused. Another account once had the handle builder.",
        "line 7: refused. Line 2 has the same handle.",
    ];
    for check in [true, false] {
        let (made, refused, lines) = imported(&site, file, check);
        assert_eq!((made, refused), (2, 3), "{lines:?}");
        let lines: BTreeSet<&str> = lines.iter().map(String::as_str).collect();
        assert_eq!(lines, BTreeSet::from(told));
        let taken = imported(&site, "email,name,handle\nfay@example.org,Fay,bob\n", check);
        assert_eq!(taken, (0, 1, vec!["line 2: refused. Another account has the handle bob.".to_owned()]));
    }
    assert_eq!((handle_of(&site, ADA), handle_of(&site, "eve@example.org")), ("ada".into(), String::new()));
    // Again: all that were made are there, and the others are refused for the same reasons.
    assert_eq!(imported(&site, file, false).0, 0);
    let line = r#"{"email":"ivy@example.org","name":"Ivy","handle":"ivy"}"#;
    assert_eq!(imported(&site, line, false), (1, 0, Vec::new()));
    assert_eq!(handle_of(&site, "ivy@example.org"), "ivy");
}
