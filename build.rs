//! Tells cargo about changes that it cannot detect: a new file in a folder that is compiled in. And refuses
//! two migrations with the same number, of which each database would know only one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The folders whose files are compiled in, if they exist.
const FOLDERS: [&str; 4] = ["migrations", "templates", "static", "words"];

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    for folder in FOLDERS.iter().filter(|folder| Path::new(folder).is_dir()) {
        println!("cargo::rerun-if-changed={folder}");
    }
    for sentence in of_one_number(&names(Path::new("migrations"))) {
        println!("cargo::error={sentence}");
    }
}

/// The names of the files in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<_> = files.filter_map(|file| file.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// An error for each number that several migrations have.
pub fn of_one_number(names: &[String]) -> Vec<String> {
    let mut by_number: BTreeMap<u64, Vec<&str>> = BTreeMap::new();
    for name in names.iter().filter(|name| name.ends_with(".sql")) {
        if let Some(number) = name.split('_').next().and_then(|number| number.parse().ok()) {
            by_number.entry(number).or_default().push(name);
        }
    }
    let several = by_number.into_iter().filter(|(_, names)| names.len() > 1);
    several
        .map(|(number, names)| {
            format!(
                "The migrations {} have one number, {number}: a database that has run one would never run the other. Give the newer \
                 one the next free number.",
                names.join(" and ")
            )
        })
        .collect()
}
