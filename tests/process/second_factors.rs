//! Second factors on the built program: the commands for an owner who has lost one, and a replaced key.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use vestibule::base::Time;
use vestibule::base::totp::{Code, TotpSecret, step_at};

use crate::folder::Folder;
use crate::support::Ended;
use crate::visitor::{ADA, PASSWORD, Visitor, sql};

const APP: &str = "/settings/security/app";
const CODES: &str = "/settings/security/codes";
const SECOND: &str = "/login/second";
const RECOVERY: &str = "/login/recovery";

fn account(folder: &Folder, words: &[&str]) -> Ended {
    folder.run(&[&["account"], words].concat())
}

/// The code that the app shows a number of steps from now.
fn code(secret: &TotpSecret, distance: i64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    Code::at(secret, step_at(Time::from_unix(i64::try_from(now).unwrap())) + distance).reveal()
}

/// A value of a page, between two texts.
fn between<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    page.split_once(start).unwrap_or_else(|| panic!("{start}: {page}")).1.split_once(end).unwrap().0
}

/// Sets an app up, and keeps recovery codes. Returns the secret, and one of the codes.
fn enroll(ada: &mut Visitor) -> (TotpSecret, String) {
    assert_eq!(ada.post("/settings/security/app/new", &[]).leads_to(), APP);
    let page = ada.get(APP).body;
    let secret = TotpSecret::parse(&between(&page, "<code>", "</code>").replace(' ', "")).unwrap();
    assert_eq!(ada.post(APP, &[("code", &code(&secret, -1))]).leads_to(), CODES);
    let page = ada.get(CODES).body;
    let (recovery, set) =
        (between(&page, "<code>", "</code>"), between(&page, "name=\"set\" value=\"", "\""));
    assert_eq!(ada.post(CODES, &[("set", set)]).leads_to(), "/settings/security");
    (secret, recovery.to_owned())
}

/// A folder in which Ada has an app, with its secret and a recovery code. The site does not run.
fn enrolled() -> (Folder, TotpSecret, String) {
    let folder = Folder::new();
    let server = folder.serve();
    let (secret, recovery) = enroll(&mut Visitor::ada(server.address));
    assert_eq!(server.stop().status, Some(0));
    (folder, secret, recovery)
}

#[test]
fn a_code_of_the_operator_takes_the_place_of_a_lost_phone_once_and_weakens_nothing() {
    let (folder, ..) = enrolled();
    let server = folder.serve();
    let given = account(&folder, &["recovery-code", ADA]).succeeded().out.trim().to_owned();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), SECOND);
    assert_eq!(ada.post(RECOVERY, &[("code", &given)]).status, 303);
    assert!(ada.is_logged_in());
    let mut again = Visitor::at(server.address);
    assert_eq!(again.log_in(ADA, PASSWORD).leads_to(), SECOND, "two-factor authentication stays on");
    assert_eq!(again.post(RECOVERY, &[("code", &given)]).status, 422, "it works once");
    let shown = account(&folder, &["show", ADA]).succeeded().out;
    assert!(shown.contains("possible with the right password and a second factor"), "{shown}");
    assert!(shown.contains("codes     10 recovery codes left"), "{shown}");
    assert!(shown.contains("\napp       added ") && !shown.contains("must be set up again"), "{shown}");
    let json = account(&folder, &["recovery-code", ADA, "--json"]).succeeded().out;
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(json["code"].as_str().unwrap().len() == 19 && json["ends_at"].is_string(), "{json}");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn a_factor_is_removed_by_command_and_every_session_ends() {
    let (folder, ..) = enrolled();
    let nothing = account(&folder, &["remove-factor", ADA]);
    assert!(nothing.status == Some(2) && nothing.err.contains("--app|--passkey"), "{nothing:?}");
    account(&folder, &["remove-factor", ADA, "--passkey", "Blue key"])
        .refused(&["no passkey of the name", "It has none."]);
    let server = folder.serve();
    let removed = account(&folder, &["remove-factor", ADA, "--app"]).succeeded().out;
    assert_eq!(
        removed,
        "Removed the authenticator app of ada@example.org, and turned two-factor authentication off. All its sessions have \
         ended.\n"
    );
    assert_eq!(folder.rows("sessions"), 0);
    assert_eq!(Visitor::at(server.address).log_in(ADA, PASSWORD).leads_to(), "/profile");
    account(&folder, &["remove-factor", ADA, "--app"]).refused(&["nothing of that kind"]);
    account(&folder, &["recovery-code", ADA]).refused(&["is off", "needs no code"]);
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn accounts_without_a_second_factor_are_listed() {
    let (folder, ..) = enrolled();
    let none = account(&folder, &["list", "--without-second-factor"]).succeeded().out;
    assert_eq!(none, "There is no such account without a second factor.\n");
    folder
        .command(&["account", "add", "bob@example.org", "Bob"])
        .input(&format!("{PASSWORD}\n"))
        .finish()
        .succeeded();
    let list = account(&folder, &["list", "--without-second-factor"]).succeeded().out;
    assert!(list.contains("bob@example.org") && !list.contains(ADA), "{list}");
}

#[test]
fn an_app_goes_on_after_the_key_was_replaced() {
    let (folder, secret, _) = enrolled();
    account(&folder, &["link", ADA, "--reset", "--base-url", "https://login.example.org"]).succeeded();
    let ended = folder.run(&["key", "replace"]).succeeded();
    assert_eq!(folder.rows("links"), 0, "those who have the old key could compute some of them");
    assert_eq!(
        ended.out,
        "Replaced the secret key. Everyone is logged out. 1 authenticator app sealed under the new key. Start the site.\n"
    );
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), SECOND);
    assert_eq!(ada.post(SECOND, &[("code", &code(&secret, 0))]).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn without_the_old_key_an_app_is_given_up_only_if_the_operator_says_so() {
    let (folder, secret, recovery) = enrolled();
    let old = folder.write("old.key", std::fs::read(folder.key()).unwrap());
    let other = folder.write("other.key", folder.run(&["key"]).succeeded().out);
    std::fs::remove_file(folder.key()).unwrap();
    let refused = folder.run(&["key", "replace"]);
    refused.refused(&["1 account has an authenticator app", "--old-key-file", "--drop-authenticator-apps"]);
    let named = folder.run(&["key", "replace", "--old-key-file", other.to_str().unwrap()]);
    named.refused(&["does not hold the secret key that the database has now"]);
    assert!(!folder.key().exists(), "nothing was changed");
    let both = ["key", "replace", "--old-key-file", old.to_str().unwrap(), "--drop-authenticator-apps"];
    assert_ne!(folder.run(&both).status, Some(0));

    folder.run(&["key", "replace", "--drop-authenticator-apps"]).succeeded();
    let shown = account(&folder, &["show", ADA]).succeeded().out;
    assert!(shown.contains("must be set up again"), "{shown}");
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    assert_eq!(ada.log_in(ADA, PASSWORD).leads_to(), SECOND, "the password alone is not enough");
    assert_eq!(ada.post(SECOND, &[("code", &code(&secret, 0))]).status, 422);
    assert_eq!(ada.post(RECOVERY, &[("code", &recovery)]).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn the_old_key_may_be_in_another_file() {
    let (folder, secret, _) = enrolled();
    let old = folder.write("old.key", std::fs::read(folder.key()).unwrap());
    std::fs::remove_file(folder.key()).unwrap();
    folder.run(&["key", "replace", "--old-key-file", old.to_str().unwrap()]).succeeded();
    let server = folder.serve();
    let mut ada = Visitor::at(server.address);
    ada.log_in(ADA, PASSWORD);
    assert_eq!(ada.post(SECOND, &[("code", &code(&secret, 0))]).leads_to(), "/profile");
    assert_eq!(server.stop().status, Some(0));
}

#[test]
fn check_counts_what_works_no_more() {
    let (folder, ..) = enrolled();
    let check = folder.run(&["check"]).succeeded().out;
    assert!(!check.contains("set up again") && !check.contains("made for"), "{check}");
    let ada = format!("(select id from accounts where email = '{ADA}')");
    let passkey = |id: &str, domain: &str, removed: &str| {
        format!(
            "insert into passkeys values ('{id}', {ada}, '{id}', 'cose', -7, '{domain}', 'Key', '00', '', 0, 0, 0, 1, null, \
             'asked', 1, 'owner', null, null, {removed})"
        )
    };
    let statements = [
        "update totp_apps set secret = 'v1.x'".to_owned(),
        passkey("1", "login.old.org", "null"),
        passkey("2", "login.old.org", "null"),
        passkey("3", "older.org", "null"),
        passkey("4", "older.org", "1"),
        passkey("5", "localhost", "null"),
    ];
    sql(&folder.database(), &statements.each_ref().map(String::as_str));
    let check = folder.run(&["check"]).succeeded().out;
    for line in [
        "\n2 passkeys were made for login.old.org, and no browser offers them here. To use them, set passkey_domain = \
         \"login.old.org\" and list the address of this site in passkey_origins.\n",
        "\n1 passkey was made for older.org, and no browser",
        "\n1 authenticator app must be set up again, since the secret key",
    ] {
        assert!(check.contains(line), "{line}: {check}");
    }
    folder.run(&["key", "replace", "--drop-authenticator-apps"]).succeeded();
    assert!(folder.run(&["check"]).succeeded().out.contains("1 authenticator app must be set up again"));
}

#[test]
fn check_says_for_which_domain_passkeys_are_or_why_there_are_none() {
    let folder = Folder::new();
    let says = |base_url: &str, passkeys: &str, sentence: &str| {
        let check =
            folder.command(&["check", "--base-url", base_url]).var("VESTIBULE_PASSKEYS", passkeys).finish();
        assert!(check.out.contains(sentence), "{}", check.out);
    };
    says(
        "https://login.example.org",
        "true",
        "Passkeys are for login.example.org, and work at https://login.example.org.",
    );
    says("http://localhost:8000", "true", "Passkeys are for localhost, and work at http://localhost:8000.");
    says("http://127.0.0.1:8000", "true", "an IP address has none");
    says("http://login.example.org", "true", "they need https");
    says("https://login.example.org", "false", "Passkeys are off.");
    folder
        .command(&["check", "--base-url", "https://login.example.org"])
        .var("VESTIBULE_PASSKEY_DOMAIN", "example.net")
        .finish()
        .refused(&["example.net", "https://login.example.org", "passkey_origins"]);
}
