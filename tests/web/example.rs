//! The app of docs/your-own-app.md: the document shows exactly what is tested here, and what the starter has.

use crate::example_app::{DOCUMENT, FIELD, ITEM, app};
use crate::guide::{blocks, read};
use vestibule::testing::TestSite;

const ADA: &str = "ada@example.org";

#[test]
fn the_finished_app_is_whole() {
    let site = TestSite::of(app());
    site.walk();
    let mut ada = site.logged_in(ADA);
    site.add_to_group(ADA, "editors");
    site.walk_as(&mut ada);
    assert_eq!(ada.get("/notes").menu(), ["Home", "Notes", "All notes", "Profile", "Settings", "Logout"]);
    let login = site.visitor().get("/login");
    assert!(login.says("The choir of Emden"), "our own pages have the frame of the app: {}", login.body);
    assert!(login.values("href").iter().any(|file| file.contains("/accent-")), "{}", login.body);
}

#[test]
fn a_finished_note_is_not_shown_any_more() {
    let site = TestSite::of(app());
    let mut ada = site.logged_in(ADA);
    ada.fill_in("/notes", "/notes", &[("text", "Water the plants")]);
    ada.submit("/notes", &[("text", "Feed the cat")]);
    let page = ada.get("/notes");
    assert!(page.says("Water the plants") && page.says("Done"), "{}", page.body);
    let id = ada.get("/notes.json").json()["notes"][1]["id"].as_str().unwrap().to_owned();
    assert_eq!(ada.fill_in("/notes", "/notes/done", &[("id", &id)]).location(), "/notes");
    assert!(!ada.get("/notes").says("Water the plants") && ada.get("/notes").says("Feed the cat"));
    // Another one's stays as it is.
    let id = ada.get("/notes.json").json()["notes"][0]["id"].as_str().unwrap().to_owned();
    site.logged_in("bob@example.org").submit("/notes/done", &[("id", &id)]);
    assert!(ada.get("/notes").says("Feed the cat"));
    assert_eq!(site.number("select count(*) from app_notes where done = 1"), 1);
}

#[test]
fn an_empty_note_is_not_saved() {
    let site = TestSite::of(app());
    let mut ada = site.logged_in("ada@example.org");
    let answer = ada.submit("/notes", &[("text", "  ")]);
    assert_eq!(answer.status(), 422);
    assert!(answer.says("Enter a note.") && answer.body.contains("value=\"  \""));
    assert_eq!(site.number("select count(*) from app_notes"), 0);
}

#[test]
fn each_field_that_is_wrong_says_so_and_keeps_what_was_typed() {
    const NOTHING: &str = "Enter what you need.";
    const NO_NUMBER: &str = "Enter a number, such as 2.";
    let site = TestSite::of(app());
    let mut ada = site.logged_in(ADA);
    for (text, amount, told) in [
        (" ", "two", &[NOTHING, NO_NUMBER][..]),
        ("Milk", "two", &[NO_NUMBER][..]),
        ("Milk", "-1", &[NO_NUMBER][..]),
        ("", "2", &[NOTHING][..]),
    ] {
        let page = ada.submit("/items", &[("text", text), ("amount", amount)]);
        assert_eq!(page.status(), 422, "{text} {amount}");
        let said: Vec<_> = [NOTHING, NO_NUMBER].into_iter().filter(|error| page.says(error)).collect();
        assert_eq!(said, told, "{text} {amount}");
        assert!(page.body.contains(&format!("value=\"{amount}\"")), "{}", page.body);
    }
    assert_eq!(ada.submit("/items", &[("text", "Milk")]).status(), 422);
    assert_eq!(site.number("select count(*) from app_notes"), 0);
    assert_eq!(ada.fill_in("/items", "/items", &[("text", "Milk"), ("amount", "2")]).location(), "/notes");
    assert!(ada.get("/notes").says("2 times Milk"));
}

#[test]
fn programs_read_notes_as_json() {
    let site = TestSite::of(app());
    let mut ada = site.logged_in(ADA);
    ada.submit("/notes", &[("text", "Water the plants")]);
    let answer = ada.get("/notes.json");
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json()["notes"][0]["text"], "Water the plants");
    assert_eq!(site.visitor().sending("Accept", "application/json").get("/notes.json").status(), 401);
}

#[test]
fn only_editors_read_all_notes() {
    let site = TestSite::of(app());
    let mut ada = site.logged_in("ada@example.org");
    assert_eq!(ada.get("/notes/all").status(), 403);
    site.add_to_group("ada@example.org", "editors");
    assert_eq!(ada.get("/notes/all").status(), 200);
}

#[test]
fn the_document_shows_the_starter() {
    let rust = blocks(DOCUMENT, "rust");
    assert_eq!(rust[0], read("starter/src/main.rs"));
    assert_eq!(blocks(DOCUMENT, "html")[0], read("starter/templates/notes.html"));
    assert_eq!(blocks(DOCUMENT, "sql")[0], read("starter/migrations/0001_notes.sql"));
    let template = read("starter/templates/notes.html");
    assert!(template.contains(ITEM) && template.contains(FIELD), "the lines that the document replaces");
    let (starter, document) = (read("starter/src/tests.rs"), read(DOCUMENT));
    for test in starter.split("#[test]\nfn ").skip(1) {
        let name = test.split('(').next().unwrap();
        assert!(document.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn what_the_document_adds_is_what_was_tried() {
    let tried = read("tests/web/example_app.rs") + &read("tests/web/example.rs");
    let rust = blocks(DOCUMENT, "rust");
    let mut parts = 0;
    for part in rust[1..].iter().flat_map(|block| block.trim_end().split("\n\n")) {
        let part = part.replace("TestSite::of(super::app())", "TestSite::of(app())");
        assert!(tried.contains(&part), "{part}");
        parts += 1;
    }
    assert!(parts >= 10, "{parts}");
}
