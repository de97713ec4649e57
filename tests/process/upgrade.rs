//! A site of an older version loses nothing when it starts with this program. The old site in `tests/fixtures` was
//! created by a program of that version.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use crate::support::{Run, Server};
use crate::visitor::{ADA, PASSWORD, Visitor, rows, sql, texts_of};

/// The folder of the old site.
pub fn fixture(commit: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(commit).join(name)
}

/// Cookies and a link of the old site, which were saved in addition to its database.
fn kept(commit: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(fixture(commit, "shown.json")).unwrap()).unwrap()
}

/// Statements that make the old site look recently used. A link then expires half an hour from now.
pub fn used_just_now() -> Vec<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    vec![
        format!("update sessions set created_at = {now}, last_used_at = {now}"),
        format!("update remembered set created_at = {now}, last_used_at = {now}"),
        format!("update links set ends_at = {now} + 1800"),
        format!("update outbox set queued_at = {now}, due_at = {now}"),
        // The last failed login was just now, and no rate limit has recovered yet.
        format!("update guesses set last_at = {now}"),
        format!("update tries set whole_at = {}", (now + 50) * 1_000_000),
    ]
}

/// A visitor with one of the saved cookies.
fn with(server: &Server, commit: &str, who: &str, cookie: &str) -> Visitor {
    let mut visitor = Visitor::at(server.address);
    // A later version adds letters to the names of its cookies.
    let is_it = |name: &str| name.split('-').next() == Some(cookie);
    let kept = kept(commit);
    let (name, value) = kept[who].as_object().unwrap().iter().find(|(name, _)| is_it(name)).unwrap();
    visitor.jar.insert(name.clone(), value.as_str().unwrap().to_owned());
    visitor
}

/// Starts the site of that version and checks that all its users can do what they could before. `command` is
/// a command of that site.
pub fn everything_goes_on(commit: &str, command: impl Fn(&[&str]) -> Run) {
    let mail = |words: &[&str]| {
        let run = command(words).var("VESTIBULE_SMTP_URL", "smtp://localhost:1?tls=none");
        run.var("VESTIBULE_BASE_URL", "http://login.localhost")
            .var("VESTIBULE_MAIL_FROM", "login@example.org")
    };
    let done = |words: &[&str]| mail(words).finish().succeeded().out;
    let server = mail(&["--port", "0"]).patient().start();

    // Waiting emails are still waiting.
    let waiting: Value = serde_json::from_str(&done(&["mail", "list", "--json"])).unwrap();
    let addresses: Vec<_> = waiting.as_array().unwrap().iter().map(|mail| &mail["address"]).collect();
    for address in [ADA, "bea@example.org", "dora@example.net", "erin@example.org"] {
        assert!(addresses.contains(&&Value::from(address)), "{address}: {waiting}");
    }

    // A session, a remembered device, the password.
    assert!(with(&server, commit, "ada_elsewhere", "session").is_logged_in(), "the session");
    let mut ada = with(&server, commit, "ada", "remember");
    assert!(ada.is_logged_in(), "the remembered device");
    assert!(ada.get("/settings/activity").body.contains("You logged in"), "the activity");
    let log_in = |name: &str, password: &str| {
        Visitor::at(server.address).log_in(&format!("{name}@example.org"), password).leads_to().to_owned()
    };
    let new = format!("{PASSWORD} staple");
    assert_eq!(log_in("ada", PASSWORD), "/profile");
    assert_eq!(log_in("dora", &new), "/profile");
    assert_eq!(log_in("erin", PASSWORD), "/profile");
    for (name, password) in [("bea", PASSWORD), ("carl", PASSWORD), ("dora", PASSWORD)] {
        assert_ne!(log_in(name, password), "/profile", "{name}");
    }

    // Users who could not log in can do so after the usual steps.
    let path = |link: &str| link.trim().strip_prefix("http://login.localhost").unwrap().to_owned();
    let mut bea = Visitor::at(server.address);
    bea.get(&path(&done(&["account", "link", "bea@example.org", "--confirm"])));
    assert_eq!(bea.post("/confirm", &[("password", PASSWORD)]).leads_to(), "/profile");
    done(&["account", "enable", "carl@example.org"]);
    assert_eq!(log_in("carl", PASSWORD), "/profile");

    // A link from before the update.
    let mut dora = Visitor::at(server.address);
    assert_eq!(dora.get(&path(kept(commit)["reset"].as_str().unwrap())).leads_to(), "/reset");
    let chosen = [("new_password", "seven lazy violet teapots")];
    assert_eq!(dora.post("/reset", &chosen).leads_to(), "/login");
    assert_eq!(log_in("dora", "seven lazy violet teapots"), "/profile");
    assert_ne!(log_in("dora", &new), "/profile");

    let ended = server.stop();
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(!ended.err.contains("panic") && !ended.err.contains("sys_broken"), "{}", ended.err);
    let checked = done(&["check"]);
    assert!(checked.contains("is up to date."), "{checked}");
}

/// Starts the site of commit 8720ebc. Fred's failed logins from before the update still count, even after a login
/// with the right password.
pub fn failed_logins_still_count(command: impl Fn(&[&str]) -> Run) {
    let run = command(&["--port", "0"]).patient().var("VESTIBULE_LIMIT_FREE_GUESSES", "3");
    let server = run.start();
    let answer = Visitor::at(server.address).log_in("fred@example.org", PASSWORD);
    assert_eq!(answer.status, 429, "{answer:?}");
    assert!(answer.body.contains("Too many wrong passwords for this account"), "{answer:?}");
    assert_eq!(server.stop().status, Some(0));
}

/// Statements that give rows of commit 8720ebc the words of several browsers, and events that the operator caused. Its own rows
/// come from one browser, which it did not know.
pub fn from_many_browsers() -> Vec<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let dora = "(select id from accounts where email = 'dora@example.org')";
    let items = r#"{"letter":"name","at":7,"visitor":{"address":null,"browser":"Opera on macOS","request_id":"a \" on Linux"},"times":2}"#;
    [
        "update sessions set browser = 'Firefox on Linux' where remembered_id is null",
        "update sessions set browser = '' where remembered_id is not null",
        "update remembered set browser = 'Safari on an iPhone'",
        "update remembered set retired_from = 'Samsung Internet' where retired_from is not null",
        "update audit set browser = 'an unknown browser on Windows' where event = 'logged_in'",
        "update audit set browser = 'Edge on Windows' where event = 'password_changed'",
        &format!("insert into ended_devices values ('by owner', {dora}, {now}, 'Yandex Browser on Android')"),
        &format!("insert into ended_devices values ('by operator', {dora}, {now}, null)"),
        "update outbox set facts = replace(facts, 'an unknown browser', 'Chrome on an iPad') where letter = 'confirm'",
        r#"update outbox set facts = '{"at":5,"visitor":null}' where letter = 'password'"#,
        &format!(
            r#"update outbox set letter = 'several', facts = '{{"at":6,"visitor":null,"items":[{items}]}}' where letter = 'device'"#
        ),
    ]
    .map(str::to_owned)
    .into()
}

/// These rows after the update: codes instead of words, and who did it instead of nothing. `query` asks the database for texts.
pub fn words_became_codes(query: impl Fn(&str) -> Vec<String>, command: impl Fn(&[&str]) -> Run) {
    let one = |sql: &str| query(sql).concat();
    for (sql, expected) in [
        ("select distinct browser from sessions where remember_token_id is null", "firefox/linux"),
        ("select distinct browser from sessions where remember_token_id is not null", "unknown"),
        ("select distinct browser from remember_tokens", "safari/iphone"),
        (
            "select distinct retired_browser from remember_tokens where retired_browser is not null",
            "samsung_internet",
        ),
        ("select distinct browser from audit where event = 'logged_in'", "unknown/windows"),
        ("select distinct logged_in_browser from accounts where logged_in_at is not null", "unknown/windows"),
        ("select distinct browser from audit where event = 'password_changed'", "edge/windows"),
        ("select distinct browser from audit where event = 'password_wrong'", "unknown"),
        ("select actor || ' ' || browser from ended_devices where id = 'by owner'", "owner yandex/android"),
        ("select actor || coalesce(browser, '') from ended_devices where id = 'by operator'", "command_line"),
        ("select distinct actor from audit where event in ('logged_in', 'password_wrong')", "owner"),
        ("select distinct actor from audit where event in ('disabled', 'reset_link_made')", "command_line"),
        (
            "select cast(count(*) as text) from audit where event = 'signed_up' and actor = 'command_line'",
            "5",
        ),
        ("select cast(count(*) as text) from audit where event = 'signed_up' and actor = 'owner'", "1"),
        ("select distinct created_by from links where purpose = 'reset'", "command_line"),
        ("select distinct created_by from links where purpose <> 'reset'", "owner"),
        ("select details from outbox where kind = 'password'", r#"{"at":5,"actor":"command_line"}"#),
    ] {
        assert_eq!(one(sql), expected, "{sql}");
    }
    let confirm = one("select details from outbox where kind = 'confirm'");
    let client = r#""actor":"owner","client":{"address":"127.0.0.1","browser":"chrome/ipad","request_id":"#;
    assert!(confirm.contains(client), "{confirm}");
    let several: Value =
        serde_json::from_str(&one("select details from outbox where kind = 'several'")).unwrap();
    let item = &several["items"][0];
    assert_eq!((&several["actor"], &item["kind"]), (&"command_line".into(), &"name".into()), "{several}");
    assert_eq!(
        (&item["actor"], &item["client"]["browser"]),
        (&"owner".into(), &"opera/macos".into()),
        "{several}"
    );
    assert_eq!(item["client"]["request_id"], "a \" on Linux", "what a visitor chose is theirs");
    // People read words.
    let shown = |words: &[&str]| command(words).finish().succeeded().out;
    let activity = shown(&["account", "activity", "dora@example.org"]);
    for line in [
        "Your account was created  (By the people who run this site)",
        "You logged in  (Unknown browser on Windows · 127.0.0.1)",
        "You changed your password  (Edge on Windows · 127.0.0.1)",
        "A link to choose a new password was made  (By the people who run this site)",
    ] {
        assert!(activity.contains(line), "{line}: {activity}");
    }
    let ada = shown(&["account", "show", "ada@example.org"]);
    assert!(
        ada.contains("session   Firefox on Linux, 127.0.0.1")
            && ada.contains("device    Safari on an iPhone"),
        "{ada}"
    );
}

/// After the update, a password alone is enough as before: no account has a second factor, and no session was opened by a
/// passkey. `query` asks the database for texts.
pub fn no_account_has_a_second_factor(query: impl Fn(&str) -> Vec<String>) {
    for table in
        ["totp_apps", "passkeys", "recovery_sets", "recovery_codes", "pending_logins", "spent_challenges"]
    {
        assert_eq!(query(&format!("select cast(count(*) as text) from {table}")), ["0"], "{table}");
    }
    for rows in [
        "accounts where two_factor_since is not null or passkey_user_id is not null",
        "sessions where passkey_id is not null",
        "remember_tokens where passkey_id is not null",
    ] {
        assert_eq!(query(&format!("select cast(count(*) as text) from {rows}")), ["0"], "{rows}");
    }
}

/// A folder with the site of a commit, and its database.
fn of_commit(commit: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    for name in ["vestibule.sqlite", "secret.key"] {
        fs::copy(fixture(commit, name), data.join(name)).unwrap();
    }
    let (database, fresh) = (data.join("vestibule.sqlite"), used_just_now());
    sql(&database, &fresh.iter().map(String::as_str).collect::<Vec<_>>());
    (folder, database)
}

#[test]
fn a_file_of_commit_78d062e_keeps_everything() {
    let (folder, _) = of_commit("78d062e");
    everything_goes_on("78d062e", |words| Run::new(folder.path(), words));
}

#[test]
fn a_file_of_commit_8720ebc_keeps_everything_under_new_names() {
    let (folder, database) = of_commit("8720ebc");
    let before = ["remembered", "guesses", "tries"].map(|table| rows(&database, table));
    assert!(before.iter().all(|count| *count > 0), "{before:?}");
    sql(&database, &from_many_browsers().iter().map(String::as_str).collect::<Vec<_>>());
    let command = |words: &[&str]| Run::new(folder.path(), words);
    failed_logins_still_count(command);
    words_became_codes(|sql| texts_of(&database, sql), command);
    no_account_has_a_second_factor(|sql| texts_of(&database, sql));
    let after = ["remember_tokens", "failed_logins", "rate_limits"].map(|table| rows(&database, table));
    assert_eq!(after, before);
    everything_goes_on("8720ebc", command);
}
