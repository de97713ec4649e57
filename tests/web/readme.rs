//! What README.md says is true: its settings, its commands, its example.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use figment::providers::{Format, Toml};
use figment::value::{Dict, Value};
use figment::{Figment, Profile, Provider};
use rocket::http::Status;
use rocket::local::blocking::Client;
use vestibule::base::settings::ALLOWED;
use vestibule::base::{Site, config};
use vestibule::frame::catchers;
use vestibule::people::sessions::Live;
use vestibule::web::next::Destinations;
use vestibule::web::view;

use crate::readme_page;
use crate::support::{PASSWORD, Setup, TestSite};

/// Settings whose default is made at the start, with what the table says of it.
const MADE: &[(&str, &str)] = &[
    ("base_url", "`http://localhost:` and the port"),
    ("database_url", "`vestibule.sqlite` in `data_dir`"),
    ("secret_key", "`secret.key` in `data_dir`"),
    ("workers", "as many as processors"),
    ("smtp_url", "not set"),
    ("smtp_user", "not set"),
    ("smtp_password", "not set"),
    ("smtp_ca_file", "not set"),
    ("database_url_file", "not set"),
    ("smtp_password_file", "not set"),
    ("secret_key_file", "not set"),
    ("smtp_hello", "the host of `base_url`"),
    ("mail_from", "not set"),
    ("unconfirmed_login", "`\"yes\"` without mail, `\"no\"` with"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The part of the README from a line up to a later one.
fn part(from: &str, to: &str) -> String {
    let readme = read("README.md");
    let start = readme.find(from).unwrap_or_else(|| panic!("README.md does not say {from:?}"));
    let rest = &readme[start..];
    rest[..rest.find(to).unwrap_or_else(|| panic!("README.md does not say {to:?}"))].to_owned()
}

/// The rows of the one table in a text whose first cell is code: that cell without its ticks, and the second.
fn rows(text: &str) -> BTreeMap<String, String> {
    let cells = |line: &str| -> Option<(String, String)> {
        let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((name.to_owned(), rest.split(" | ").next()?.to_owned()))
    };
    text.lines().filter_map(cells).collect()
}

/// A value as it stands in a TOML file.
fn value(toml: &str) -> Option<Value> {
    let mut keys = Figment::from(Toml::string(&format!("it = {toml}"))).extract::<Dict>().ok()?;
    keys.remove("it")
}

/// Each row against the value compiled in.
fn compare(table: &BTreeMap<String, String>, compiled: &Dict) {
    for (name, cell) in table {
        if let Some((_, said)) = MADE.iter().find(|(made, _)| made == name) {
            assert_eq!(cell, said, "{name}");
            assert!(!compiled.contains_key(name), "{name} has a default in Rocket.toml");
            continue;
        }
        let default = compiled.get(name).unwrap_or_else(|| panic!("{name} has no default in Rocket.toml"));
        let told = cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`')).and_then(value);
        assert_eq!(told.as_ref(), Some(default), "README.md says of {name}: {cell}");
    }
}

#[test]
fn every_setting_stands_in_the_readme_with_its_default() {
    let mut compiled = Toml::string(config::DEFAULTS).nested().data().unwrap();
    let mut server = compiled.remove(&Profile::Default).unwrap();
    let own = server.remove("vestibule").and_then(Value::into_dict).unwrap();

    let table = rows(&part("**Vestibule's own**", "**The server's**"));
    let names: BTreeSet<&str> = table.keys().map(String::as_str).collect();
    let all = ALLOWED.iter().map(|(name, _)| *name).filter(|name| !name.starts_with("secret_key")).collect();
    assert_eq!(names, all);
    compare(&table, &own);

    let table = rows(&part("**The server's**", "## Commands"));
    let names: BTreeSet<&str> = table.keys().map(String::as_str).collect();
    let all = server.keys().map(String::as_str).chain(["secret_key", "secret_key_file", "workers"]).collect();
    assert_eq!(names, all);
    compare(&table, &server);
}

#[test]
fn defaults_that_are_made_at_the_start_are_as_the_readme_says() {
    let read = config::read(config::defaults()).unwrap();
    assert_eq!(read.settings.base_url.to_string(), format!("http://localhost:{}", read.server.port));
    assert_eq!(
        read.settings.database().to_string(),
        read.settings.data_dir.join("vestibule.sqlite").display().to_string()
    );
    assert!(read.secret_key.is_none());
    assert_eq!(read.server.workers, std::thread::available_parallelism().unwrap().get());
}

/// The program's own list of commands below some words, such as `key replace`.
fn commands(words: &[&str]) -> Vec<String> {
    let help = help(words);
    let Some((_, list)) = help.split_once("\nCommands:\n") else { return Vec::new() };
    let lines = list.lines().take_while(|line| !line.is_empty());
    lines.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

fn help(words: &[&str]) -> String {
    let output =
        Command::new(env!("CARGO_BIN_EXE_vestibule")).args(words).arg("--help").env_clear().output().unwrap();
    assert!(output.status.success(), "{words:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_commands_are_those_of_the_program() {
    let mut all = BTreeSet::new();
    for command in commands(&[]) {
        if command == "help" {
            all.insert(command); // it explains the others, and itself no further
            continue;
        }
        let below = commands(&[&command]);
        // A command with commands below it does something by itself only where those are optional.
        if below.is_empty() || help(&[&command]).contains("[COMMAND]") {
            all.insert(command.clone());
        }
        all.extend(below.iter().filter(|word| *word != "help").map(|word| format!("{command} {word}")));
    }
    let table = rows(&part("## Commands", "## Add a page"));
    let words = |row: &String| {
        let typed = row.strip_prefix("vestibule ").unwrap_or_else(|| panic!("{row}")).split(' ');
        typed
            .filter(|word| !word.starts_with('-') && word.chars().all(|c| c.is_ascii_lowercase() || c == '-'))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let told: BTreeSet<String> = table.keys().map(words).filter(|words| !words.is_empty()).collect();
    assert_eq!(told, all);

    let help = help(&[]);
    let flags = help.split_whitespace().filter(|word| word.starts_with("--"));
    for flag in flags {
        assert!(read("README.md").contains(flag), "{flag} is not in README.md");
    }
}

/// The code blocks of a language, in order.
fn blocks(language: &str) -> Vec<String> {
    let readme = read("README.md");
    let start = format!("```{language}\n");
    let blocks = readme.split(&start).skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).collect()
}

/// The site's frame and guards around the README's page, with the README's template beside those of the repository. Not
/// built by the factory, since that carries its own templates and no others.
fn with_the_example(site: &TestSite) -> Client {
    let example = vec![("dashboard.html".to_owned(), blocks("html").remove(0))];
    let figment = site.config.figment.clone().merge(("template_dir", root().join("templates")));
    let routes = readme_page::routes();
    let rocket = rocket::custom(figment.merge(("secret_key", site.key.reveal_bytes())))
        .attach(view::fairing_with(example))
        .manage(Live::default())
        .manage(Destinations::among(&routes))
        .manage(site.client.rocket().state::<Site>().unwrap().clone())
        .register("/", catchers::catchers())
        .mount("/", routes);
    Client::untracked(rocket).unwrap()
}

#[test]
fn the_example_page_sends_strangers_to_log_in_and_back() {
    let site = Setup::new().page(readme_page::routes()).build();
    let answer = site.visitor().get("/dashboard");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login?next=%2Fdashboard"));
    let mut ada = site.ada();
    assert_eq!(ada.post("/logout", "").status, Status::SeeOther);
    let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", "/dashboard")];
    assert_eq!(ada.submit("/login", &fields).location(), "/dashboard");
}

#[test]
fn the_example_page_is_shown_to_who_is_logged_in() {
    let mut site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "<b>Ada</b>", PASSWORD);
    ada.log_in("ada@example.org", PASSWORD);
    let cookies = ada.jar;
    let example = with_the_example(&site);
    let _before = std::mem::replace(&mut site.client, example); // connections to a server live in its runtime
    let mut ada = site.visitor();
    ada.jar = cookies;
    let page = ada.get("/dashboard");
    assert_eq!(page.status, Status::Ok);
    assert!(
        page.says("<title>Dashboard · Vestibule</title>") && page.says("Logout"),
        "the frame is around it"
    );
    assert!(page.says("Show <b>Ada</b> around") && page.says("Only you see this"));
    assert!(!page.body.contains("<b>Ada"), "what is put in is escaped");
}

#[test]
fn the_example_is_what_was_tried() {
    let tried = read("tests/web/readme_page.rs").replace("use vestibule::", "use crate::");
    let rust = blocks("rust");
    assert_eq!(rust[0], tried);
    assert!(rust[1].starts_with("pub mod dashboard;") && rust[2].trim() == "dashboard::routes(),");
    // The lines go where the README says.
    assert!(read("src/features/mod.rs").contains("\npub mod profile;"));
    let app = read("src/app.rs");
    assert!(app.contains("use crate::features::{") && app.contains("fn pages()"));
    assert!(app.contains("\n        profile::routes(),\n"));
}

#[test]
fn the_image_is_built_with_a_compiler_that_is_new_enough() {
    let version = |text: &str| -> Vec<u32> { text.split('.').map(|part| part.parse().unwrap()).collect() };
    let manifest = read("Cargo.toml");
    let least =
        manifest.lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap().trim_matches('"');
    let dockerfile = read("Dockerfile");
    let (_, image) = dockerfile.split_once("library/rust:").unwrap();
    assert!(version(image.split('-').next().unwrap()) >= version(least));
    assert!(read("README.md").contains(&format!("[Rust](https://rustup.rs) {least} or newer")));
}
