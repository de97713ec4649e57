//! What README.md and the pages in docs say is true: settings, commands, emails, names, figures.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use figment::providers::{Format, Toml};
use figment::value::Value;
use figment::{Profile, Provider};
use vestibule::base::config;
use vestibule::base::config::known::{own, server};
use vestibule::services::outbox::EmailKind;

/// The folder of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The part of a page below one of its headings, up to the next heading of the same level.
fn part(page: &str, heading: &str) -> String {
    let text = read(page);
    let (_, rest) =
        text.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{page} has no {heading:?}"));
    let level = heading.split(' ').next().unwrap();
    let end = rest.find(&format!("\n{level} ")).unwrap_or(rest.len());
    rest[..end].to_owned()
}

/// The table rows in a text whose first cell is code: that cell without its backticks, and the second cell.
fn rows(text: &str) -> BTreeMap<String, String> {
    let cells = |line: &str| -> Option<(String, String)> {
        let (name, rest) = line.strip_prefix("| `")?.split_once("` | ")?;
        Some((name.to_owned(), rest.split(" | ").next()?.to_owned()))
    };
    text.lines().filter_map(cells).collect()
}

#[test]
fn defaults_computed_at_startup_match_the_page() {
    let read = config::read(config::defaults()).unwrap();
    assert_eq!(read.settings.base_url.to_string(), format!("http://localhost:{}", read.server.port));
    assert_eq!(
        read.settings.database().to_string(),
        read.settings.data_dir.join("vestibule.sqlite").display().to_string()
    );
    assert!(read.secret_key.is_none());
    assert_eq!(read.server.workers, std::thread::available_parallelism().unwrap().get());
}

/// The program's own list of commands below these words, such as `key replace`.
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
fn the_page_lists_the_commands_of_the_program() {
    let mut all = BTreeSet::new();
    for command in commands(&[]) {
        if command == "help" {
            all.insert(command); // its own help is not read
            continue;
        }
        let below = commands(&[&command]);
        // A command with subcommands does something on its own only if they are optional.
        if below.is_empty() || help(&[&command]).contains("[COMMAND]") {
            all.insert(command.clone());
        }
        all.extend(below.iter().filter(|word| *word != "help").map(|word| format!("{command} {word}")));
    }
    let table = rows(&part("docs/commands.md", "## All commands"));
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
        assert!(read("docs/commands.md").contains(flag), "{flag} is not in docs/commands.md");
    }
}

/// The code blocks of a page in a language, in order.
pub fn blocks(page: &str, language: &str) -> Vec<String> {
    let text = read(page);
    let start = format!("```{language}\n");
    let blocks = text.split(&start).skip(1).filter_map(|rest| rest.split_once("```"));
    blocks.map(|(block, _)| block.to_owned()).collect()
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
    for page in ["README.md", "docs/getting-started.md"] {
        assert!(read(page).contains(&format!("[Rust](https://rustup.rs) {least} or newer")), "{page}");
    }
}

/// Every page of the guide.
fn pages() -> Vec<String> {
    let files = std::fs::read_dir(root().join("docs")).unwrap().map(|file| file.unwrap().file_name());
    let pages = files.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".md"));
    let pages = pages.map(|name| format!("docs/{name}"));
    pages.chain(["README.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned)).collect()
}

#[test]
fn every_example_of_a_settings_file_names_existing_settings() {
    let mut examples = 0;
    for page in pages() {
        for block in blocks(&page, "toml") {
            let mut servers =
                Toml::string(&block).nested().data().unwrap().remove(&Profile::Default).unwrap();
            servers.remove("notes"); // the settings of the app that is the example
            let ours = servers.remove("vestibule").and_then(Value::into_dict).unwrap_or_default();
            for key in ours.keys() {
                assert!(own().any(|setting| setting.name == key), "{page}: {key}");
            }
            for key in servers.keys() {
                assert!(server().any(|setting| setting.name == key), "{page}: {key}");
            }
            examples += 1;
        }
    }
    assert!(examples >= 5, "{examples}");
}

#[test]
fn every_command_on_a_page_exists() {
    let mut typed = 0;
    for page in pages() {
        for line in blocks(&page, "sh").iter().flat_map(|block| block.lines()) {
            for program in ["vestibule ", "cargo run --release -- "] {
                let Some(rest) = line.trim_start().strip_prefix(program) else { continue };
                let mut words = rest.split_whitespace().skip_while(|word| word.starts_with('-'));
                let first = words.next().unwrap_or("serve");
                if first.contains('.') {
                    continue; // the value of a flag
                }
                assert!(commands(&[]).iter().any(|command| command == first), "{page}: {line}");
                let below = commands(&[first]);
                let second = words.next().unwrap_or_default();
                assert!(
                    below.is_empty() || below.iter().any(|command| command == second) || first == "key",
                    "{page}: {line}"
                );
                typed += 1;
            }
        }
    }
    assert!(typed >= 15, "{typed}");
}

#[test]
fn every_email_is_on_the_page_of_emails() {
    let told = rows(&part("docs/email.md", "## Which emails there are"));
    let folders = std::fs::read_dir(root().join("templates/mail")).unwrap().map(|folder| folder.unwrap());
    let folders = folders.filter(|folder| folder.path().is_dir());
    let all: BTreeSet<_> = folders.map(|folder| folder.file_name().into_string().unwrap()).collect();
    let mut kinds: BTreeSet<_> = EmailKind::ALL.iter().map(|kind| kind.code().to_owned()).collect();
    // An email about a changed name is only sent if an earlier version queued it.
    let sent: BTreeSet<_> = kinds.iter().filter(|kind| *kind != "name").cloned().collect();
    assert_eq!(told.keys().cloned().collect::<BTreeSet<_>>(), sent);
    kinds.insert("test".to_owned()); // of `vestibule mail test`
    assert_eq!(kinds, all, "templates/mail has a folder for each kind of email, and no others");
}

/// The Rust files below a folder, as one text.
fn sources(folder: &Path) -> String {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| if path.is_dir() { sources(&path) } else { std::fs::read_to_string(path).unwrap() })
        .collect()
}

#[test]
fn every_type_named_in_the_developer_pages_is_in_the_code() {
    let code = sources(&root().join("src"));
    for page in ["docs/your-own-app.md", "CONTRIBUTING.md"] {
        let text = read(page);
        let prose = text.split("```").step_by(2).collect::<String>();
        let mut names = 0;
        for name in prose.split('`').skip(1).step_by(2) {
            let is_type = name != "None"
                && name.starts_with(|c: char| c.is_ascii_uppercase())
                && name.chars().all(|c| c.is_ascii_alphabetic())
                && name.chars().any(|c| c.is_ascii_lowercase());
            let is_list = name.len() > 2
                && !name.starts_with("VESTIBULE_")
                && name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let defined = |kind: &str| {
                let words = format!("{kind} {name}");
                let mut places = code.match_indices(&words);
                places.any(|(at, found)| !code[at + found.len()..].starts_with(|c: char| c.is_alphanumeric()))
            };
            assert!(!is_type || ["struct", "enum", "trait"].into_iter().any(defined), "{page}: {name}");
            assert!(!is_list || ["const", "static"].into_iter().any(defined), "{page}: {name}");
            names += usize::from(is_type || is_list);
        }
        assert!(names >= 4, "{page}: {names}");
    }
}

#[test]
fn the_figures_in_the_readme_were_measured() {
    let measured = read("docs/benchmarks.md");
    let measured: BTreeSet<&str> = measured.split([' ', '|', '\n']).collect();
    let table = part("README.md", "## What is measured");
    let mut figures = 0;
    for line in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| |")) {
        // The measured values, without their names.
        for cell in line.split(" | ").skip(1) {
            for word in cell
                .split([' ', '(', ')', ';', ',', '|'])
                .filter(|word| word.contains('.') || word.ends_with("/s"))
            {
                let is_told = measured.iter().any(|figure| figure.trim_end_matches(',') == word);
                assert!(is_told, "README.md says {word}, which docs/benchmarks.md does not");
                figures += 1;
            }
        }
    }
    assert!(figures >= 15, "{figures}");
}
