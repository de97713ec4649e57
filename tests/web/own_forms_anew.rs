//! Forms of an app that are no repetition and are done anew: after something else or after a failure, with other
//! fields, or from no page. And those that are not done at all.

use rocket::http::Status;

use crate::own_forms::{counts, site};

const OTHER_ACCOUNT: &str =
    "You opened that page with another account. Nothing was changed. Please try again here.";

#[test]
fn a_form_of_a_page_of_another_account_changes_nothing() {
    let site = site();
    let mut ada = site.ada();
    let mut bob = site.logged_in("bob@example.org");
    for path in ["/notes", "/wall"] {
        let value = ada.get(path).form_value();
        let before = site.rows_without("last_used_at");
        let answer = bob.submit(path, &[("form", &*value), ("text", "Water the plants")]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, path));
        assert_eq!(bob.get(path).notices(), [OTHER_ACCOUNT], "{path}");
        assert_eq!((counts(&site), site.rows_without("last_used_at")), ((0, 0), before), "{path}");
        // The page of his own works.
        let value = bob.get(path).form_value();
        bob.submit(path, &[("form", &*value), ("text", "Water the plants")]);
        assert_eq!(counts(&site).0, 1, "{path}");
        site.change("delete from app_notes");
        site.change("delete from app_runs");
    }
}

#[test]
fn a_form_of_no_page_is_done_each_time() {
    let site = site();
    let mut ada = site.ada();
    for times in 1..=2 {
        let answer = ada.submit("/notes", &[("text", "Water the plants")]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/notes"));
        assert_eq!(ada.get("/notes").notices(), ["Your note was saved."]);
        assert_eq!(counts(&site), (times, times));
    }
    assert_eq!(site.number("select count(*) from submissions"), 0);
}

#[test]
fn a_form_that_failed_does_not_keep_the_next_one_from_being_done() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    for (times, text) in ["Water the plants".to_owned(), "water ".repeat(200)].iter().enumerate() {
        let fields = [("form", &*value), ("text", &**text)];
        site.change(
            "insert into app_notes (id, account_id, text) values ('full', null, 'the shelf is full')",
        );
        assert_eq!(ada.submit("/notes", &fields).status, Status::UnprocessableEntity);
        site.change("delete from app_notes");
        assert_eq!(ada.submit("/notes", &fields).status, Status::SeeOther);
        assert_eq!(counts(&site), (1, 2 * (times as i64 + 1)), "{times}");
        site.change("delete from app_notes");
    }
}

/// As with ours: the answer of the first time may no longer be true.
#[test]
fn a_form_is_done_again_once_the_account_has_done_something_else() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    for (before, text) in ["Water the plants", "Feed the cat", "Water the plants"].iter().enumerate() {
        ada.submit("/notes", &[("form", &*value), ("text", text)]);
        assert_eq!(counts(&site).0, before as i64 + 1);
    }
    assert_eq!(
        site.number("select count(*) from submissions"),
        1,
        "only the last form of an account is kept"
    );
}

#[test]
fn a_form_that_would_lead_to_no_address_is_not_done() {
    let site = site();
    let mut stranger = site.visitor();
    let value = stranger.get("/wall").form_value();
    let long = format!("/{}", "a".repeat(2_000));
    for text in ["", "/two words", "/wall\r\nX-Typed: 1", &*long] {
        let answer = stranger.submit("/lost", &[("form", &*value), ("text", text)]);
        assert_eq!((answer.status, answer.location()), (Status::InternalServerError, ""), "{text}");
        assert_eq!(counts(&site).0, 0, "{text}");
    }
    assert_eq!(stranger.submit("/lost", &[("form", &*value), ("text", "/wall")]).location(), "/wall");
}

#[test]
fn the_same_fields_sent_to_an_address_with_another_query_are_another_form() {
    let site = site();
    let mut ada = site.ada();
    let value = ada.get("/notes").form_value();
    let long = "water ".repeat(200);
    for (before, text) in [(0, "Water the plants"), (2, &*long)] {
        let fields = [("form", &*value), ("text", text)];
        for (query, after) in [("1", before + 1), ("2", before + 2), ("2", before + 2)] {
            ada.submit(&format!("/notes?shelf={query}"), &fields);
            assert_eq!(counts(&site).0, after, "{query}");
        }
    }
}
