//! A new app that is built on Vestibule: the files of the starter, in a folder of its own. It asks nothing.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use serde_json::Value;

use super::output;
use super::subcommands::NewArguments;
use crate::base::absolute::{absolute, as_text};
use crate::base::app_name::why_not;
use crate::base::{Program, Refusal};

/// The starter's manifest. It has another ending there, since cargo leaves a folder with a manifest of its own out of a
/// package. It alone holds the placeholder.
const MANIFEST: &str = include_str!("../../starter/Cargo.toml.liquid");

/// Stands for the name. It is cargo-generate's own, which can make an app from the same folder.
const NAME: &str = "{{project-name}}";

/// The starter's other files.
const FILES: [(&str, &str); 11] = [
    (".cargo/config.toml", include_str!("../../starter/.cargo/config.toml")),
    (".dockerignore", include_str!("../../starter/.dockerignore")),
    (".gitignore", include_str!("../../starter/.gitignore")),
    ("Dockerfile", include_str!("../../starter/Dockerfile")),
    ("Rocket.toml", include_str!("../../starter/Rocket.toml")),
    ("build.rs", include_str!("../../starter/build.rs")),
    ("migrations/0001_notes.sql", include_str!("../../starter/migrations/0001_notes.sql")),
    ("src/main.rs", include_str!("../../starter/src/main.rs")),
    ("src/tests.rs", include_str!("../../starter/src/tests.rs")),
    ("static/notes.css", include_str!("../../starter/static/notes.css")),
    ("templates/notes.html", include_str!("../../starter/templates/notes.html")),
];

/// The line of `Rocket.toml` with what visitors call the site, which begins as the name of the app.
const SITE_NAME: &str = "site_name = \"Notes\"";

/// How long the name of a site may be, in characters.
const LONGEST_SITE_NAME: usize = 60;

/// Names that cargo or the starter's own code cannot take: keywords, and those of crates and folders.
const TAKEN: &str = "abstract alloc as async await become box break build const continue core crate deps do dyn else \
                     enum examples extern false final fn for gen if impl in incremental let loop macro match mod move \
                     mut override priv proc_macro pub ref return self serde_json static std struct super test trait \
                     true try type typeof unsafe unsized use virtual where while yield";

/// Where this program was built.
const SOURCES: &str = env!("CARGO_MANIFEST_DIR");

/// Writes the app into the folder with its name, which is below the current one or at the end of a path.
pub(super) fn write(program: &Program, typed: &NewArguments) -> Result<(), Refusal> {
    if !program.is_alone() {
        let advice = "Install Vestibule itself and type vestibule new.";
        return Err(Refusal::new(format!(
            "{} is an app already and makes no others. {advice}",
            program.name
        )));
    }
    let folder = Path::new(&typed.folder);
    let name = &*name_of(folder);
    check(name)?;
    let source = source(typed)?;
    is_free(folder)?;
    let manifest = manifest(name, &source);
    for (path, content) in FILES.into_iter().chain([("Cargo.toml", &*manifest)]) {
        let file = folder.join(path);
        create(&file, &content.replace(SITE_NAME, &site_name(name)))
            .map_err(|error| Refusal::new(format!("{} cannot be written: {error}.", file.display())))?;
    }
    let place = folder.display();
    output::line(format!(
        "Made {name}. Next: cd {place} && cargo run. Its first page is src/main.rs, its look templates/, its tables \
         migrations/. Its Cargo.toml takes Vestibule from {source}."
    ));
    Ok(())
}

/// The name of the app whose folder this is: the last part of the path. A path without one stands for itself, and is
/// refused as a name.
fn name_of(folder: &Path) -> Cow<'_, str> {
    folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy()
}

/// The line of `Rocket.toml` for an app: its name as visitors read it.
fn site_name(name: &str) -> String {
    let mut letters = name.chars().take(LONGEST_SITE_NAME);
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    let words: String = first.into_iter().chain(letters).collect();
    format!("site_name = {}", quoted(words.replace(['-', '_'], " ").trim_end()))
}

/// Refuses a name that cannot be that of an app, or of a crate.
fn check(name: &str) -> Result<(), Refusal> {
    let of_others = || TAKEN.split_whitespace().any(|taken| taken == name).then_some("has a meaning in Rust");
    match why_not(name).or_else(of_others) {
        None => Ok(()),
        Some(why) => {
            Err(Refusal::new(format!("The name {name:?} {why}. Choose another: vestibule new notes.")))
        }
    }
}

/// Where the app gets Vestibule from, as its manifest says it. No version is published yet.
fn source(typed: &NewArguments) -> Result<String, Refusal> {
    if let Some(url) = &typed.git {
        return Ok(format!("git = {}", quoted(url)));
    }
    let folder = absolute(typed.path.as_deref().unwrap_or(Path::new(SOURCES)))?;
    let text = as_text(&folder)?;
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    if !manifest.lines().any(|line| line == "name = \"vestibule\"") {
        return Err(Refusal::new(format!(
            "The sources of Vestibule are not in {text}. Say where they are: --path FOLDER, or --git URL."
        )));
    }
    Ok(format!("path = {}", quoted(&text)))
}

/// A text in TOML: what JSON escapes, TOML reads alike.
fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Refuses a folder in which something is.
fn is_free(folder: &Path) -> Result<(), Refusal> {
    let name = folder.display();
    match fs::read_dir(folder).map(|mut entries| entries.next().is_none()) {
        Ok(true) => Ok(()),
        Ok(false) => {
            Err(Refusal::new(format!("The folder {name} is not empty. Choose another name, or empty it.")))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Refusal::new(format!("{name} cannot be the folder of the app: {error}."))),
    }
}

fn create(path: &Path, content: &str) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    File::create_new(path)?.write_all(content.as_bytes())
}

/// The manifest of an app with this name. Both of its dependencies on Vestibule name the same source.
fn manifest(name: &str, source: &str) -> String {
    let version = format!("\"{}.{}\"", env!("CARGO_PKG_VERSION_MAJOR"), env!("CARGO_PKG_VERSION_MINOR"));
    MANIFEST
        .replace(NAME, name)
        .replace(&format!("vestibule = {version}"), &format!("vestibule = {{ {source} }}"))
        .replace(&format!("vestibule = {{ version = {version},"), &format!("vestibule = {{ {source},"))
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format, Toml};

    use super::*;

    #[test]
    fn the_manifest_alone_has_the_name_and_takes_vestibule_from_one_source() {
        for source in ["path = \"/a \\\"b\\\"/ü\"", "git = \"https://example.org/vestibule\""] {
            let text = manifest("shop", source);
            assert!(!text.contains("{{") && !text.contains("version = \"0.1\","), "{text}");
            let read = Figment::from(Toml::string(&text));
            let found = |path: &str| read.extract_inner::<String>(path).unwrap_or_default();
            assert_eq!(found("package.name"), "shop");
            let key = source.split(' ').next().unwrap();
            let from = found(&format!("dependencies.vestibule.{key}"));
            assert!(from == "/a \"b\"/ü" || from == "https://example.org/vestibule", "{text}");
            assert_eq!(found(&format!("dev-dependencies.vestibule.{key}")), from);
            assert_eq!(
                read.extract_inner::<[String; 1]>("dev-dependencies.vestibule.features").unwrap(),
                ["testing"]
            );
        }
        assert_eq!(MANIFEST.matches(NAME).count(), 1);
        assert!(FILES.iter().all(|(_, content)| !content.contains("{{project") && !content.is_empty()));
    }

    #[test]
    fn every_file_of_the_starter_is_carried() {
        let starter = Path::new(SOURCES).join("starter");
        let mut there = Vec::new();
        let mut folders = vec![starter.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    there.push(path.strip_prefix(&starter).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        there.sort();
        let mut carried: Vec<_> = FILES.iter().map(|(path, _)| *path).chain(["Cargo.toml.liquid"]).collect();
        carried.sort_unstable();
        assert_eq!(there, carried);
    }

    #[test]
    fn the_name_of_the_site_is_that_of_the_app_in_words() {
        let settings = FILES.iter().find(|(path, _)| *path == "Rocket.toml").map(|(_, content)| *content);
        assert_eq!(settings.map(|content| content.matches(SITE_NAME).count()), Some(1));
        assert_eq!(site_name("notes"), SITE_NAME);
        assert_eq!(site_name("my-shopping_list-"), "site_name = \"My shopping list\"");
        assert_eq!(site_name(&"n".repeat(80)).matches(['n', 'N']).count(), 1 + LONGEST_SITE_NAME);
    }

    #[test]
    fn the_last_part_of_a_path_is_the_name() {
        for path in ["notes", "../notes", "/srv/apps/notes/", "./notes"] {
            assert_eq!(name_of(Path::new(path)), "notes", "{path}");
        }
        for nameless in ["", "..", "/", "../.."] {
            assert_eq!(name_of(Path::new(nameless)), nameless);
            assert!(check(&name_of(Path::new(nameless))).is_err(), "{nameless}");
        }
    }

    #[test]
    fn a_name_is_one_of_an_app_and_of_a_crate() {
        for fine in ["notes", "my-notes", "notes2"] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
        for wrong in
            ["", "Notes", "../notes", "2notes", "vestibule", "rocket", "serde_json", "test", "fn", "-n"]
        {
            let line = check(wrong).unwrap_err().to_string();
            assert!(
                line.starts_with(&format!("The name {wrong:?} ")) && line.ends_with("vestibule new notes."),
                "{line}"
            );
        }
    }
}
