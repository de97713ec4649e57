//! `vestibule account handle`: what apps call an account, with and without a running site.

use serde_json::{Value, json};

use crate::folder::Folder;
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD};

const BOB: &str = "bob@example.org";

fn account(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["account"], words].concat())
}

/// The command that makes an account, with the password on stdin.
fn add(folder: &Folder, email: &str, name: &str, handle: &str) -> Ended {
    let words = ["account", "add", email, name, "--handle", handle];
    folder.command(&words).input(&format!("{PASSWORD}\n")).finish()
}

fn shown(folder: &Folder, email: &str) -> Value {
    serde_json::from_str(&account(folder, &["show", email, "--json"]).succeeded().out).unwrap()
}

#[test]
fn a_handle_is_given_changed_shown_and_taken_away() {
    let (folder, ada) = Folder::of_ada();
    assert!(shown(&folder, ADA)["handle"].is_null());
    assert!(!account(&folder, &["show", ADA]).succeeded().out.contains("handle"));
    let server = folder.serve();
    let given = account(&folder, &["handle", "ADA@example.org", "ada"]).succeeded();
    assert_eq!(given.out, "The handle of ada@example.org is ada. Apps know it by that.\n");
    let again = account(&folder, &["handle", ADA, "ada"]).succeeded();
    assert_eq!(again.out, given.out);
    assert_eq!(shown(&folder, ADA)["handle"], "ada");
    let text = account(&folder, &["show", ADA]).succeeded().out;
    assert!(text.contains("\nhandle    ada\n"), "{text}");
    let mut ada = ada.again_at(server.address);
    assert!(ada.get("/settings/account").body.contains("<code>ada</code>"));
    let happened = account(&folder, &["activity", ADA]).succeeded().out;
    let newest = happened.lines().next().unwrap();
    assert!(
        newest.ends_with("Your user name in apps was changed  (By the people who run this site)"),
        "{newest}"
    );
    let id = shown(&folder, ADA)["id"].as_str().unwrap().to_owned();
    account(&folder, &["handle", &id, "lovelace"]).succeeded();
    let copy: Value = serde_json::from_str(&account(&folder, &["export", ADA]).succeeded().out).unwrap();
    assert_eq!(copy["account"]["handle"], "lovelace");
    let taken = account(&folder, &["handle", ADA, "--none"]).succeeded();
    assert_eq!(taken.out, "ada@example.org has no handle. Apps know it by its ID.\n");
    assert_eq!(shown(&folder, ADA)["handle"], json!(null));
    let log = server.stop();
    assert_eq!(log.status, Some(0));
    assert!(!log.err.contains("lovelace"), "the log names an account by its id: {}", log.err);
}

#[test]
fn a_handle_that_is_not_free_is_refused_in_one_line() {
    let (folder, _) = Folder::of_ada();
    account(&folder, &["handle", ADA, "ada"]).succeeded();
    let made = add(&folder, BOB, "Bob", "bob").succeeded();
    assert_eq!(made.out, "Created the account bob@example.org.\n");
    assert_eq!(shown(&folder, BOB)["handle"], "bob");
    account(&folder, &["handle", BOB, "ada"]).refused(&["Another account has the handle ada."]);
    account(&folder, &["handle", ADA, "lovelace"]).succeeded();
    account(&folder, &["handle", BOB, "ada"]).refused(&["Another account once had the handle ada"]);
    account(&folder, &["handle", BOB, "Ada"])
        .refused(&["\"Ada\" cannot be used as a handle. Use 1 to 32 of a-z"]);
    account(&folder, &["handle", BOB, "admin"]).refused(&["\"admin\" cannot be used as a handle."]);
    account(&folder, &["handle", "eve@example.org", "eve"]).refused(&["There is no account"]);
    assert_eq!(account(&folder, &["handle", BOB]).status, Some(2), "neither a handle nor --none");
    assert!(account(&folder, &["handle", BOB]).err.contains("--none"), "and says that there is it");
    assert_eq!(account(&folder, &["handle", BOB, "bob", "--none"]).status, Some(2), "both");
    assert_eq!(shown(&folder, BOB)["handle"], "bob");
    // Nothing is made if its handle is not free, and no password is asked for.
    let eve = |handle: &str| add(&folder, "eve@example.org", "Eve", handle);
    eve("bob").refused(&["Another account has the handle bob."]);
    eve("ada").refused(&["Another account once had the handle ada"]);
    eve("root").refused(&["cannot be used as a handle"]);
    assert_eq!(folder.rows("accounts"), 2);
    account(&folder, &["delete", BOB, "--yes"]).succeeded();
    eve("bob").refused(&["Another account once had the handle bob"]);
    eve("eve").succeeded();
    assert_eq!(folder.rows("accounts"), 2);
    assert_eq!(folder.rows("old_handles"), 2);
}
