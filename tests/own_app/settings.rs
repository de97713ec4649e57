//! The settings of an app: a strange one stops the start and every command, with its source; `check` shows each with
//! its source, and no secret.

use std::env::current_exe;

use crate::RUN_AS_APP;
use crate::folder::Folder;
use crate::support::Run;

/// The stories, each named after the rule that it checks.
pub const ALL: &[(&str, fn())] = &[
    ("a_strange_setting_in_the_file_stops_the_start_with_its_place", a_strange_setting_in_the_file),
    ("a_strange_variable_stops_the_start_with_its_name", a_strange_variable),
    ("a_secret_that_cannot_be_read_from_its_file_stops_the_start", a_strange_file_of_a_secret),
    ("check_shows_each_setting_with_its_source_and_hides_secrets", check_hides_secrets),
];

/// The secret.
const HUSH: &str = "hush-hush-1234";

fn command(folder: &Folder, words: &[&str]) -> Run {
    folder.command(words).program(&current_exe().unwrap()).var(RUN_AS_APP, "with settings")
}

/// Asserts that with these variables nothing starts, that the one line has all these words and not the secret, and that
/// nothing was made.
fn is_refused(folder: &Folder, variables: &[(&str, &str)], words: &[&str]) {
    for typed in [&["--port", "0"][..], &["check"], &["account", "list"]] {
        let run = command(folder, typed);
        let ended = variables.iter().fold(run, |run, (name, value)| run.var(name, value)).finish();
        assert_eq!(
            (ended.status, &*ended.out, ended.err.lines().count()),
            (Some(1), "", 1),
            "{typed:?}: {ended:?}"
        );
        assert!(
            ended.err.starts_with("notes: ") && words.iter().all(|word| ended.err.contains(word)),
            "{words:?}: {ended:?}"
        );
        assert!(!ended.err.contains(HUSH), "{ended:?}");
    }
    assert!(!folder.data().exists(), "{words:?}");
}

fn a_strange_setting_in_the_file() {
    let whole = "must be a whole number from 0 to 65535, not \"many\".";
    for (line, words) in [
        (
            "page_sise = 5",
            &[
                "Unknown setting `page_sise` of notes in ",
                "Rocket.toml. Did you mean `page_size`?",
                "greeting",
            ][..],
        ),
        ("page_size = \"many\"", &["page_size (", "Rocket.toml) ", whole][..]),
        (
            "site_name = \"Notes\"",
            &["`site_name` in ", "Rocket.toml ", "belongs in the table [default.vestibule]."][..],
        ),
        (
            "payment_key = [\"hush-hush-1234\"]",
            &["payment_key (", "Rocket.toml) must be a text in quotes."][..],
        ),
    ] {
        let folder = Folder::new();
        folder.write("Rocket.toml", format!("[default.notes]\n{line}\n"));
        is_refused(&folder, &[], words);
    }
    let folder = Folder::new();
    folder.write("Rocket.toml", "[default.vestibule]\npage_size = 5\n");
    is_refused(
        &folder,
        &[],
        &["`page_size` in ", "Rocket.toml ", "It belongs in the table [default.notes]."],
    );
}

fn a_strange_variable() {
    let folder = Folder::new();
    let all = "The variables of notes are: NOTES_PAGE_SIZE, NOTES_GREETING, NOTES_PAYMENT_KEY, NOTES_PAYMENT_KEY_FILE.";
    let meant = "Unknown variable `NOTES_PAGE_SISE`. Did you mean `NOTES_PAGE_SIZE`?";
    is_refused(&folder, &[("NOTES_PAGE_SISE", "5")], &[meant, all]);
    let whole = "page_size (variable NOTES_PAGE_SIZE) must be a whole number from 0 to 65535, not \"many\".";
    is_refused(&folder, &[("NOTES_PAGE_SIZE", "many")], &[whole]);
    // Only a secret may be in a file.
    is_refused(
        &folder,
        &[("NOTES_PAGE_SIZE_FILE", "/dev/null")],
        &["Unknown variable `NOTES_PAGE_SIZE_FILE`.", all],
    );
    is_refused(&folder, &[("VESTIBULE_PAGE_SIZE", "5")], &["`VESTIBULE_PAGE_SIZE`", "`NOTES_PAGE_SIZE`"]);
    is_refused(&folder, &[("NOTES_SITE_NAME", "x")], &["`NOTES_SITE_NAME`", "`VESTIBULE_SITE_NAME`"]);
    // An app without settings ignores none either.
    let none =
        "Unknown variable `NOTES_MAX`. notes has no settings of its own: unset the variable, or declare";
    is_refused(&folder, &[(RUN_AS_APP, "whole"), ("NOTES_MAX", "5")], &[none]);
}

fn a_strange_file_of_a_secret() {
    let folder = Folder::new();
    let key = folder.write("payment.key", HUSH);
    let key = key.to_str().unwrap();
    let file = "NOTES_PAYMENT_KEY_FILE";
    let must =
        "payment_key_file (variable NOTES_PAYMENT_KEY_FILE) must be a file that holds the payment_key; ";
    is_refused(&folder, &[(file, "/no/such/file")], &[must]);
    let both = "The variables NOTES_PAYMENT_KEY and NOTES_PAYMENT_KEY_FILE are both set. Unset one of them.";
    is_refused(&folder, &[(file, key), ("NOTES_PAYMENT_KEY", HUSH)], &[both]);
}

/// The value of a setting and its source, as `check` shows them.
fn row<'c>(checked: &'c str, name: &str) -> (&'c str, &'c str) {
    let line = checked.lines().find(|line| line.split(' ').next() == Some(name));
    let line = line.unwrap_or_else(|| panic!("no {name} in {checked}"));
    let (value, source) = line[name.len()..].trim_start().rsplit_once("  ").unwrap();
    (value.trim_end(), source)
}

fn check_hides_secrets() {
    let folder = Folder::new();
    let check = |name: &str, value: &str| {
        let checked = command(&folder, &["check"]).var(name, value).finish().succeeded().out;
        assert!(!checked.contains(HUSH), "{checked}");
        checked
    };
    let checked = check("NOTES_PAYMENT_KEY", HUSH);
    assert_eq!(row(&checked, "notes.payment_key"), ("(secret)", "variable NOTES_PAYMENT_KEY"));
    assert_eq!(row(&checked, "notes.page_size"), ("20", "Rocket.toml of notes"));
    assert_eq!(row(&checked, "notes.greeting"), ("(not set)", "default"));

    let key = folder.write("payment.key", format!("{HUSH}\n"));
    folder.write("Rocket.toml", "[default.notes]\ngreeting = \"Good morning\"\n");
    let checked = check("NOTES_PAYMENT_KEY_FILE", key.to_str().unwrap());
    assert_eq!(row(&checked, "notes.payment_key"), ("(secret)", "variable NOTES_PAYMENT_KEY_FILE"));
    let (greeting, source) = row(&checked, "notes.greeting");
    assert!(greeting == "Good morning" && source.ends_with("Rocket.toml"), "{greeting} ({source})");

    folder.write("Rocket.toml", format!("[default.notes]\npayment_key = \"{HUSH}\"\n"));
    let checked = check("NOTES_PAGE_SIZE", "7");
    let (secret, source) = row(&checked, "notes.payment_key");
    assert!(secret == "(secret)" && source.ends_with("Rocket.toml"), "{secret} ({source})");
    assert_eq!(row(&checked, "notes.page_size"), ("7", "variable NOTES_PAGE_SIZE"));

    // Nor is it in what the running site says.
    let ended = command(&folder, &["--port", "0"]).start().stop();
    assert!(ended.status == Some(0) && !ended.out.contains(HUSH) && !ended.err.contains(HUSH), "{ended:?}");
}
