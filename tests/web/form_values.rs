//! The hidden value of a form: where it must come from, and what it is good for.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, encoded};

const NOT_WHOLE: &str = "Part of the form got lost. Please fill it in again.";

/// The value with its last character but one replaced: in base64, the last one has bits that do not count.
fn forged(value: &str) -> String {
    let at = value.len() - 2;
    let other = if &value[at..=at] == "A" { "B" } else { "A" };
    format!("{}{other}{}", &value[..at], &value[at + 1..])
}

#[test]
fn a_page_has_a_new_value_each_time_for_all_of_its_forms() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(60); // until then the page asks for a passkey, by a form of its own
    let values = |page: &Answer| -> Vec<String> {
        let inputs = page.pieces("<input type=\"hidden\" name=\"form\"", ">").into_iter();
        inputs.map(|input| input.split('"').nth(5).unwrap().to_owned()).collect()
    };
    let (one, other) = (values(&ada.get("/settings/devices")), values(&ada.get("/settings/devices")));
    assert_eq!((one.len(), &one[0], one[0].len()), (2, &one[1], 55));
    assert_ne!(one, other);
}

#[test]
fn a_form_with_a_foreign_value_counts_as_incomplete() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let value = ada.get("/settings/account").form_value();
    let name = ("name", "Ada the first");
    for fields in [
        vec![("form", &*forged(&value)), name],
        vec![("form", ""), name],
        vec![("form", "1"), name],
        vec![("form", &format!("{value}x")), name],
        vec![("form", &value), ("form", &value), name],
        vec![("form", &value), name, ("form", "x")],
        vec![name, ("form", &value)],
        vec![("form[]", &value), name],
    ] {
        let answer = ada.submit("/settings/account", &fields);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{fields:?}");
        assert!(answer.says(NOT_WHOLE) && answer.says("value=\"Ada the first\""), "{fields:?}");
        assert_eq!(answer.form_value().len(), value.len(), "the page comes back with a new value");
    }
    assert_eq!(site.number("select count(*) from submissions"), 0);
    assert_eq!(site.text("select name from accounts"), "Ada");
    assert_eq!(ada.submit("/settings/account", &[("form", &value), name]).location(), "/settings/account");
    assert_eq!(site.text("select name from accounts"), "Ada the first");
}

#[test]
fn made_up_values_cause_no_database_query() {
    let site = TestSite::new();
    let value = site.visitor().get("/login").form_value();
    site.silence_database();
    let sent = |value: &str| {
        site.visitor().submit("/login", &[("form", value), ("email", ""), ("password", "")]).status
    };
    assert_eq!(sent(&value), Status::ServiceUnavailable, "a valid value does");
    for value in [&*forged(&value), "", "x", &value[1..], &"A".repeat(55)] {
        assert_eq!(sent(value), Status::UnprocessableEntity, "{value}");
    }
}

#[test]
fn a_form_without_a_value_is_still_accepted() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for name in ["Ada the first", "Ada", "Ada the first"] {
        assert_eq!(ada.submit("/settings/account", &[("name", name)]).location(), "/settings/account");
    }
    assert_eq!(site.number("select count(*) from submissions"), 0);
    assert_eq!(site.number("select count(*) from audit where event = 'name_changed'"), 3);
}

#[test]
fn different_input_makes_a_different_form() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let value = ada.get("/settings/account").form_value();
    // The two are alike in all that is compared except their lengths.
    let long = "n".repeat(60);
    for name in ["Ada the first", "Ada the second", &long, &long[..59]] {
        ada.submit("/settings/account", &[("form", &value), ("name", name)]);
        assert_eq!(site.text("select name from accounts"), name);
    }
    assert_eq!(
        site.number("select count(*) from submissions"),
        1,
        "only the last form of an account is kept"
    );
}

#[test]
fn a_form_that_failed_is_tried_again() {
    let site = TestSite::new();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    let mut ada = site.visitor();
    let value = ada.get("/login").form_value();
    for _ in 0..2 {
        let wrong = ada.submit("/login", &[("form", &value), ("email", ADA), ("password", "wrong")]);
        assert_eq!(wrong.location(), "/login");
    }
    assert_eq!(
        site.number("select count(*) from audit where event = 'password_wrong'"),
        2,
        "each counts as a guess"
    );
    assert_eq!(site.number("select count(*) from submissions"), 0);
    let right = ada.submit("/login", &[("form", &value), ("email", ADA), ("password", PASSWORD)]);
    assert_eq!(right.location(), "/profile");
}

#[test]
fn after_ten_minutes_a_repeated_form_is_done_again() {
    let site = Setup::new().build();
    let mut ada = site.ada();
    let value = ada.get("/settings/account").form_value();
    let fields = [("form", &*value), ("name", "Ada the first")];
    let renamed = || site.number("select count(*) from audit where event = 'name_changed'");
    for (seconds, number) in [(0, 1), (599, 1), (1, 2), (599, 2)] {
        site.clock.advance(seconds);
        site.change("update accounts set name = 'Ada'"); // unnoticed: the form is still remembered
        assert_eq!(ada.submit("/settings/account", &fields).location(), "/settings/account");
        assert_eq!(renamed(), number, "after {seconds} seconds more");
        assert_eq!(site.number("select count(*) from submissions"), 1);
    }
    site.clock.advance(1);
    site.runtime.block_on(vestibule::features::housekeeping::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from submissions"), 0);
}

#[test]
fn nothing_that_was_typed_is_stored() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let value = ada.get("/settings/account").form_value();
    let fields = [("form", &*value), ("name", "Ada the first")];
    ada.submit("/settings/account", &fields);
    let row = site.text("select key || ' ' || location || ' ' || notice from submissions");
    assert!(row.ends_with(" /settings/account name-changed"), "{row}");
    for secret in [&*value, &value[..20], &encoded(&fields), "Ada"] {
        assert!(!row.contains(secret), "{row}");
    }
}
