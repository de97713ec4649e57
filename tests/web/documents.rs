//! The documents: each link leads somewhere, and each decision is a question and is listed in the index.

use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The documents next to the README.
const AT_THE_TOP: [&str; 4] = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"];

/// The README leads to the pages; it is not one of them.
const MAX_LINES: usize = 150;

/// Every document: the README and those next to it, and all below `docs`.
fn documents() -> Vec<PathBuf> {
    let mut all = AT_THE_TOP.map(|name| root().join(name)).to_vec();
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
            let place =
                if file.is_empty() { document.clone() } else { document.parent().unwrap().join(file) };
            assert!(place.exists(), "{}: {target}", document.display());
            let there = || std::fs::read_to_string(&place).unwrap();
            let headings =
                |text: &str| text.lines().any(|line| anchor(line.trim_start_matches('#').trim()) == wanted);
            assert!(wanted.is_empty() || headings(&there()), "{}: {target}", document.display());
        }
    }
}

#[test]
fn the_readme_stays_short_and_leads_to_every_document_next_to_it() {
    let text = std::fs::read_to_string(root().join("README.md")).unwrap();
    assert!(text.lines().count() <= MAX_LINES, "{}", text.lines().count());
    for name in AT_THE_TOP.iter().filter(|name| **name != "README.md") {
        assert!(text.contains(&format!("]({name})")), "README.md does not lead to {name}");
    }
}

#[test]
fn every_page_is_in_the_index_and_in_the_readme_in_the_same_order() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let order = |text: &str| -> Vec<String> {
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let rows = targets.filter(|target| !target.contains("..") && !target.contains('#'));
        rows.filter(|target| target.ends_with(".md")).map(str::to_owned).collect()
    };
    let index = read("docs/README.md");
    let listed = order(&index);
    let mut pages: Vec<String> = documents()
        .iter()
        .filter_map(|page| page.strip_prefix(root().join("docs")).ok())
        .map(|page| page.to_str().unwrap().to_owned())
        .filter(|page| page != "README.md" && (!page.contains('/') || page == "decisions/README.md"))
        .collect();
    pages.sort();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!(sorted, pages);
    let readme = read("README.md");
    let (_, table) = readme.split_once("\n## What it does\n").unwrap();
    let table = table.split("\n## ").next().unwrap();
    let shown: Vec<_> = order(table).iter().map(|page| page.trim_start_matches("docs/").to_owned()).collect();
    let without_decisions = &listed[..listed.len() - 1];
    assert_eq!(shown, without_decisions);
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
