//! Settings of an app that stop the start: unknown or missing ones, wrong values, and names that cannot be told
//! apart. Each is told with where it belongs.

use std::collections::HashMap;

use serde::Deserialize;
use vestibule::base::Secret;
use vestibule::base::config::app_settings::AppSettings;
use vestibule::base::program::{AppFiles, Program};

use crate::own_settings::{INSIDE, Settings, notes, program, refused};

#[test]
fn a_strange_setting_stops_the_start() {
    let there_are = "The settings of notes are: page_size, greeting, is_open, tags, payment_key, mode, mail.";
    let unknown = format!("of notes in Rocket.toml. Did you mean `page_size`? {there_are}");
    let elsewhere = "in Rocket.toml is a setting of notes. It belongs in the table [default.notes].";
    for (file, told) in [
        ("[default.notes]\npage_sise = 5", format!("Unknown setting `page_sise` {unknown}")),
        ("[debug.notes]\nPAGE_SIZE = 5", format!("Unknown setting `PAGE_SIZE` {unknown}")),
        ("[release.notes]\nnotes_page_size = 5", format!("Unknown setting `notes_page_size` {unknown}")),
        ("[default.notes]\ncolour = 5", format!("Unknown setting `colour` of notes in Rocket.toml. {there_are}")),
        ("[default.vestibule]\npage_size = 5", format!("`page_size` {elsewhere}")),
        ("[default]\npage_size = 5", format!("`page_size` {elsewhere}")),
        ("page_size = 5", format!("`page_size` {elsewhere}")),
        (
            "[default.notes]\nsite_name = 'x'",
            "`site_name` in Rocket.toml is one of Vestibule's own settings. It belongs in the table [default.vestibule]."
                .to_owned(),
        ),
        (
            "[default.notes]\nport = 5",
            "`port` in Rocket.toml is a setting of the server. It belongs in the table [default].".to_owned(),
        ),
        (
            "[default.notes]\npayment_key_file = 'x'",
            format!(
                "Unknown setting `payment_key_file` of notes in Rocket.toml. The variable `NOTES_PAYMENT_KEY_FILE` names \
                 such a file. {there_are}"
            ),
        ),
        (
            "[default.note]\npage_size = 5",
            "Unknown table [default.note] in Rocket.toml. Did you mean [default.notes]?".to_owned(),
        ),
        (
            "[notes]\npage_size = 5",
            "Unknown table [notes] in Rocket.toml. Did you mean [default.notes]? The tables are [default], [default.vestibule] \
             and [default.notes], and the same for debug, release and global."
                .to_owned(),
        ),
        ("[default]\nnotes = 5", "notes (Rocket.toml) must be the table [default.notes].".to_owned()),
    ] {
        assert_eq!(refused(notes(INSIDE), file), told, "{file}");
    }
    let inside = refused(notes("[default.notes]\npage_sise = 5"), "");
    assert!(inside.starts_with("Unknown setting `page_sise` of notes in Rocket.toml of notes. "), "{inside}");
}

#[test]
fn a_wrong_value_is_refused_with_its_source_and_what_is_allowed() {
    let size = "must be a whole number from 0 to 65535";
    for (line, told) in [
        (
            "page_size = '20'",
            format!("page_size (Rocket.toml) {size}, not \"20\". Write it without quotation marks."),
        ),
        ("page_size = 70000", format!("page_size (Rocket.toml) {size}, not \"70000\".")),
        ("page_size = -1", format!("page_size (Rocket.toml) {size}, not \"-1\".")),
        ("page_size = 2.5", format!("page_size (Rocket.toml) {size}, not \"2.5\".")),
        (
            "greeting = 5",
            "greeting (Rocket.toml) must be a text, not \"5\". Put it in quotation marks.".to_owned(),
        ),
        ("is_open = 'yes'", "is_open (Rocket.toml) must be true or false, not \"yes\".".to_owned()),
        ("tags = 'a'", "tags (Rocket.toml) must be a list, not \"a\".".to_owned()),
        ("mode = 'slow'", "mode (Rocket.toml) must be one of quick, thorough, not \"slow\".".to_owned()),
        ("payment_key = 1234.5", "payment_key (Rocket.toml) must be a text in quotes.".to_owned()),
        ("mail = { host = 'x' }", "mail (Rocket.toml) lacks the key `password`.".to_owned()),
        (
            "mail = { hots = 'x' }",
            "mail (Rocket.toml) has the unknown key `hots`. Did you mean `host`?".to_owned(),
        ),
        (
            "mail = { host = 'x', password = ['hush'] }",
            "mail.password (Rocket.toml) must be a text in quotes.".to_owned(),
        ),
    ] {
        assert_eq!(refused(notes(INSIDE), &format!("[default.notes]\n{line}")), told, "{line}");
    }
}

#[test]
fn a_setting_that_must_be_set_is_named_with_where_to_write_it() {
    for file in ["", "[default.notes]\ngreeting = 'x'"] {
        assert_eq!(
            refused(notes(""), file),
            "notes needs the setting page_size. Write it into [default.notes] of Rocket.toml, or set the variable NOTES_PAGE_SIZE."
        );
    }

    #[derive(Clone, Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Paid {
        payment_key: Secret,
    }
    assert_eq!(
        refused(program("").with(AppSettings::of::<Paid>()), ""),
        "notes needs the setting payment_key. Write it into [default.notes] of Rocket.toml, or set the variable \
         NOTES_PAYMENT_KEY, or NOTES_PAYMENT_KEY_FILE to a file with it."
    );
}

#[test]
fn a_table_without_declared_settings_is_refused() {
    assert_eq!(
        refused(program(""), "[default.notes]\npage_size = 5"),
        "Unknown table [default.notes] in Rocket.toml. notes has no settings of its own: remove the table, or declare them \
         with App::settings."
    );
    assert_eq!(
        refused(Program::default(), "[default.notes]\npage_size = 5"),
        "Unknown table [default.notes] in Rocket.toml. Did you mean [default.vestibule]?"
    );
}

#[test]
fn settings_that_cannot_be_told_apart_are_refused() {
    #[derive(Clone, Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Twice {
        key: Secret,
        key_file: String,
    }
    #[derive(Clone, Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Site {
        name: String,
    }
    let told = |settings: AppSettings, name| {
        settings.check(&Program::of_app(name, "1.0.0", AppFiles::default())).unwrap_err().to_string()
    };
    assert_eq!(AppSettings::of::<Settings>().check(&notes("")), Ok(()));
    let twice = told(AppSettings::of::<Twice>(), "notes");
    assert!(twice.starts_with("The variable NOTES_KEY_FILE would set two settings of notes, "), "{twice}");
    let ours = told(AppSettings::of::<Site>(), "vestibule-site");
    assert!(ours.starts_with("The variable VESTIBULE_SITE_NAME would set "), "{ours}");
    let server = told(AppSettings::of::<Site>(), "port");
    assert!(server.starts_with("The name port of the app is also that of a setting "), "{server}");
    let map = told(AppSettings::of::<HashMap<String, String>>(), "notes");
    assert!(map.starts_with("The settings of notes are no struct with named fields. "), "{map}");
}
