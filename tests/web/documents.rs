//! The documents: each link leads somewhere, each decision is a question and in the index.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every document: the ones beside the README, and all below `docs`.
fn documents() -> Vec<PathBuf> {
    let mut all = vec![root().join("README.md"), root().join("CHANGELOG.md")];
    let mut folders = vec![root().join("docs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                all.push(path);
            }
        }
    }
    all
}

/// A heading as the part of an address after `#`.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
        .collect::<String>()
        .replace(' ', "-")
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if target.starts_with("https://") {
                continue;
            }
            let (file, wanted) = target.split_once('#').unwrap_or((target, ""));
            let place = document.parent().unwrap().join(file);
            assert!(place.exists(), "{}: {target}", document.display());
            let there = || std::fs::read_to_string(&place).unwrap();
            let headings =
                |text: &str| text.lines().any(|line| anchor(line.trim_start_matches('#').trim()) == wanted);
            assert!(wanted.is_empty() || headings(&there()), "{}: {target}", document.display());
        }
    }
}

#[test]
fn every_decision_is_a_question_and_in_the_index() {
    let index = std::fs::read_to_string(root().join("docs/decisions/README.md")).unwrap();
    for page in documents() {
        let name = page.file_name().unwrap().to_str().unwrap();
        if !page.parent().unwrap().ends_with("docs/decisions") || name == "README.md" {
            continue;
        }
        let text = std::fs::read_to_string(&page).unwrap();
        let title = text.lines().next().unwrap().strip_prefix("# ").unwrap_or_else(|| panic!("{name}"));
        assert!(title.ends_with('?'), "{name}: {title}");
        assert!(index.contains(&format!("[{title}]({name})")), "the index lacks [{title}]({name})");
    }
}

#[test]
fn nothing_is_left_to_be_filled_in() {
    for document in documents() {
        let text = std::fs::read_to_string(&document).unwrap();
        assert!(!text.contains("@@"), "{}", document.display());
    }
}
