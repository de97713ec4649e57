use vestibule::testing::TestSite;

#[test]
fn a_note_is_its_owners_alone() {
    let site = TestSite::of(super::app()); // an empty folder, a clock that stands
    let mut ada = site.logged_in("ada@example.org");
    assert_eq!(ada.submit("/notes", &[("text", "Water the plants")]).location(), "/notes");
    assert!(ada.get("/notes").says("Water the plants"));
    assert!(!site.logged_in("bob@example.org").get("/notes").says("Water the plants"));
    assert_eq!(site.visitor().get("/notes").location(), "/login?next=%2Fnotes");
}

#[test]
fn notes_are_in_the_copy_and_go_with_the_account() {
    let app = env!("CARGO_PKG_NAME");
    let site = TestSite::of(super::app());
    let mut ada = site.logged_in("ada@example.org");
    ada.submit("/notes", &[("text", "Water the plants")]);
    assert_eq!(ada.export()[app]["app_notes"][0]["text"], "Water the plants");
    assert_eq!(ada.close_account().location(), "/");
    assert_eq!(site.number("select count(*) from app_notes"), 0);
}

#[test]
fn every_page_is_whole() {
    TestSite::of(super::app()).walk(); // opens every page; what an overridden page lacks fails it
}
