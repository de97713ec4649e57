//! The settings of an app: where they are written, which layer counts, what `check` shows, and that no secret is
//! shown. What is refused is in `own_settings_refused`.

use std::collections::HashMap;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde::Deserialize;
use vestibule::base::config::app_settings::{self, AppSettings};
use vestibule::base::config::{self, Config, Flags};
use vestibule::base::program::{AppFiles, Program};
use vestibule::base::{Refusal, Secret};

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    page_size: u16,
    greeting: String,
    #[serde(default)]
    is_open: bool,
    tags: Option<Vec<String>>,
    payment_key: Option<Secret>,
    mode: Option<Mode>,
    mail: Option<Mail>,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Quick,
    Thorough,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mail {
    host: String,
    password: Secret,
}

/// The `Rocket.toml` of the app's crate.
pub const INSIDE: &str = r#"
[default]
port = 8010

[default.vestibule]
site_name = "Notes"

[default.notes]
page_size = 20
greeting = "Hello"

[global.notes]
greeting = "Hello, all"
"#;

pub fn program(inside: &'static str) -> Program {
    Program::of_app("notes", "1.0.0", AppFiles { settings: inside, ..AppFiles::default() })
}

pub fn notes(inside: &'static str) -> Program {
    program(inside).with(AppSettings::of::<Settings>())
}

/// What becomes of a settings file of the operator.
fn load(program: Program, file: &str) -> Result<Config, String> {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("Rocket.toml");
    fs::write(&place, file).unwrap();
    fs::set_permissions(&place, Permissions::from_mode(0o644)).unwrap();
    let flags = Flags { config: Some(place), program, ..Flags::default() };
    // The folder has another name each time.
    let told = |refusal: Refusal| refusal.to_string().replace(&format!("{}/", folder.path().display()), "");
    config::load(&flags).map_err(told)
}

pub fn refused(program: Program, file: &str) -> String {
    load(program, file).map(|_| ()).unwrap_err()
}

fn own(config: &Config) -> &Settings {
    app_settings::own(&config.settings.program).unwrap()
}

#[test]
fn a_later_layer_beats_an_earlier_one() {
    let inside = load(notes(INSIDE), "").unwrap();
    assert_eq!((own(&inside).page_size, own(&inside).greeting.as_str()), (20, "Hello, all"));
    assert_eq!((inside.server.port, inside.settings.site_name.as_str()), (8010, "Notes"));
    assert!(!own(&inside).is_open && own(&inside).tags.is_none() && own(&inside).mail.is_none());

    let file = r#"
        [default]
        port = 8020
        [default.notes]
        greeting = "Good morning"
        tags = ["a", "b"]
        mode = "thorough"
        mail = { host = "mail.example.org", password = "hush" }
    "#;
    let written = load(notes(INSIDE), file).unwrap();
    let settings = own(&written);
    // What the app says for every profile does not count more than what the operator says.
    assert_eq!((settings.page_size, settings.greeting.as_str()), (20, "Good morning"));
    assert_eq!((written.server.port, written.settings.site_name.as_str()), (8020, "Notes"));
    assert_eq!(settings.tags.as_deref(), Some(&["a".to_owned(), "b".to_owned()][..]));
    assert_eq!(settings.mode, Some(Mode::Thorough));
    let mail = settings.mail.as_ref().unwrap();
    assert_eq!((mail.host.as_str(), mail.password.reveal()), ("mail.example.org", "hush"));

    let profile = "[global.notes]\ngreeting = \"Hey\"\n[default.notes]\ngreeting = \"Good morning\"";
    assert_eq!(own(&load(notes(INSIDE), profile).unwrap()).greeting, "Hey");
}

#[test]
fn a_test_begins_with_the_defaults_of_the_app() {
    let program = notes(INSIDE);
    let layers = || config::defaults_for(&program).unwrap();
    let config = config::read_for(&program, layers().merge(("notes.page_size", 7))).unwrap();
    assert_eq!((own(&config).page_size, config.settings.site_name.as_str()), (7, "Notes"));
    let refused = config::read_for(&program, layers().merge(("notes.page_sise", 7))).map(|_| ()).unwrap_err();
    assert!(refused.to_string().starts_with("Unknown setting `page_sise` of notes in "), "{refused}");
    assert!(app_settings::own::<Mail>(&config.settings.program).is_none());
    assert!(app_settings::own::<Settings>(&program).is_none(), "not yet read");
}

#[test]
fn check_shows_each_setting_of_the_app_and_no_secret() {
    let file =
        "[default.notes]\npage_size = 5\npayment_key = 'hush'\nmail = { host = 'x', password = 'hush' }";
    let config = load(notes(INSIDE), file).unwrap();
    let shown = config.shown();
    let row = |name: &str| {
        let row = shown.iter().find(|(shown, ..)| shown == name);
        row.map(|(_, value, source)| (value.clone(), source.clone())).unwrap()
    };
    let written = |name: &str, value: &str| {
        let (shown, source) = row(name);
        assert!(shown == value && source.ends_with("/Rocket.toml"), "{name}: {shown} ({source})");
    };
    written("notes.page_size", "5");
    written("notes.payment_key", "(secret)");
    assert_eq!(own(&config).payment_key.as_ref().map(Secret::reveal), Some("hush"));
    written("notes.mail", "(secret)");
    let inside = "Rocket.toml of notes".to_owned();
    assert_eq!(row("notes.greeting"), ("Hello, all".to_owned(), inside.clone()));
    assert_eq!(row("site_name"), ("Notes".to_owned(), inside));
    assert_eq!(row("notes.tags").0, "(not set)");
    assert!(!format!("{shown:?}").contains("hush") && !format!("{:?}", own(&config)).contains("hush"));

    // The file that others can read holds a secret of the app.
    let warned = |config: &Config| config.warnings.iter().any(|line| line.contains("/Rocket.toml"));
    assert!(warned(&config), "{:?}", config.warnings);
    assert!(!warned(&load(notes(INSIDE), "[default.notes]\npage_size = 5").unwrap()));
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only asked for")]
struct Odd {
    login: Login,
    pair: Option<(u16, String)>,
    limits: Option<HashMap<String, u16>>,
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
#[allow(dead_code, reason = "only asked for")]
enum Login {
    Token { token: Secret },
    Open(bool),
}

#[test]
fn what_may_have_a_secret_in_it_is_neither_shown_nor_quoted() {
    let odd = || program("").with(AppSettings::of::<Odd>());
    let read =
        |value: &str| format!("[default.notes]\nlogin = {value}\npair = [2, 'b']\nlimits = {{ a = 5 }}");
    let shown = load(odd(), &read("{ token = 'hush' }")).unwrap().shown();
    let value =
        |name: &str| shown.iter().find(|(shown, ..)| shown == name).map(|(_, value, _)| value.as_str());
    assert_eq!(value("notes.login"), Some("(not shown)"));
    assert_eq!(value("notes.pair"), Some("[2, b]"));
    assert_eq!(value("notes.limits"), Some("{ a = 5 }"));
    for wrong in ["'hush'", "{ token = ['hush'] }", "{ hush = 'a' }", "['hush']"] {
        assert_eq!(refused(odd(), &read(wrong)), "login (Rocket.toml) cannot be used.", "{wrong}");
    }
}

#[test]
fn a_secret_inside_the_program_is_warned_of() {
    let program = || notes("[default.notes]\npage_size = 5\ngreeting = 'Hello'\npayment_key = 'hush'");
    let warned = |file: &str| {
        let config = load(program(), file).unwrap();
        config.warnings.into_iter().find(|line| line.contains("who has the program"))
    };
    assert_eq!(
        warned("").unwrap(),
        "payment_key is in the Rocket.toml of notes, so everyone who has the program can read it. Set another one where notes \
         runs."
    );
    assert_eq!(warned("[default.notes]\npayment_key = 'another'"), None);
}
