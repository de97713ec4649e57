//! Changing the password: it requires the old one, and it takes effect on every device.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";

fn change(visitor: &mut Visitor<'_>, old: &str, new: &str) -> Answer {
    visitor.submit("/settings/password", &[("current_password", old), ("new_password", new)])
}

#[test]
fn the_new_password_works_and_the_old_one_does_not() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let page = ada.get("/settings/password");
    assert_eq!(page.status, Status::Ok);
    assert!(page.says("autocomplete=\"current-password\"") && page.says("autocomplete=\"new-password\""));
    assert!(page.says("At least 10 characters, and hard to guess."));
    let before = ada.clone();
    let answer = change(&mut ada, PASSWORD, NEW);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    assert_eq!(
        ada.get("/settings/account").notices(),
        ["Your password has been changed. You have been logged out everywhere else."]
    );
    assert_ne!(ada.cookie("session"), before.cookie("session"));
    assert!(ada.is_logged_in() && !before.clone().is_logged_in(), "this session goes on under another token");
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/login");
    assert_eq!(site.visitor().log_in("ada@example.org", NEW).location(), "/profile");
    assert!(ada.get("/settings/activity").says("You changed your password"));
}

#[test]
fn a_wrong_old_password_or_a_weak_new_one_shows_an_error_at_its_field() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for (old, new, field, sentence) in [
        ("wrong", NEW, "current_password", "This is not your password. Please try again."),
        ("", NEW, "current_password", "Enter your password."),
        (PASSWORD, "", "new_password", "Enter a password."),
        (PASSWORD, "short", "new_password", "Use at least 10 characters."),
        (PASSWORD, "passwordpassword", "new_password", "This password is easy to guess."),
        (PASSWORD, "ada@example.org", "new_password", "This password is easy to guess."),
        (PASSWORD, &*"x7 ".repeat(100), "new_password", "Use at most 256 characters."),
        (PASSWORD, PASSWORD, "new_password", "That is already your password. Choose another."),
    ] {
        let page = change(&mut ada, old, new);
        assert_eq!(page.status, Status::UnprocessableEntity, "{new}");
        assert!(page.says(&format!("id=\"{field}-error\">{sentence}")), "{sentence}: {}", page.body);
        assert!(new.is_empty() || new == "ada@example.org" || !page.says(&format!("\"{new}\"")));
    }
    for body in [
        "",
        "new_password=x",
        "current_password=a&new_password=b&new_password=c",
        "current_password[]=a&new_password=b",
    ] {
        assert_eq!(ada.post("/settings/password", body).status, Status::UnprocessableEntity, "{body}");
    }
    assert_eq!(site.number("select count(*) from audit where event = 'password_changed'"), 0);
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn it_needs_a_password_given_a_moment_ago() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(300);
    assert_eq!(ada.get("/settings/password").location(), "/reauthenticate?next=%2Fsettings%2Fpassword");
    assert_eq!(change(&mut ada, PASSWORD, NEW).location(), "/reauthenticate?next=%2Fsettings%2Fpassword");
    assert_eq!(
        site.visitor().log_in("ada@example.org", PASSWORD).location(),
        "/profile",
        "nothing was changed"
    );
    assert_eq!(change(&mut site.visitor(), PASSWORD, NEW).location(), "/login?next=%2Fsettings%2Fpassword");
}

#[test]
fn guessing_the_old_password_is_limited_as_everywhere() {
    let site = Setup::new().patient().with("limit_reauthentications", "3").build();
    let mut ada = site.ada();
    for _ in 0..3 {
        assert_eq!(change(&mut ada, "wrong", NEW).status, Status::UnprocessableEntity);
    }
    let refused = change(&mut ada, PASSWORD, NEW);
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "101"));
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn password_managers_find_the_page() {
    let site = TestSite::new();
    let answer = site.visitor().get("/.well-known/change-password");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/password"));
    assert_eq!(site.visitor().get("/settings/password").location(), "/login?next=%2Fsettings%2Fpassword");
}

#[test]
fn two_changes_at_once_leave_one_password() {
    let site = TestSite::new();
    let ada = site.ada();
    let (mut first, mut second) = (ada.clone(), ada);
    assert_eq!(change(&mut first, PASSWORD, NEW).location(), "/settings/account");
    assert_eq!(
        change(&mut second, PASSWORD, "eight eager purple kettles").location(),
        "/login?next=%2Fsettings%2Fpassword"
    );
    assert_eq!(site.visitor().log_in("ada@example.org", NEW).location(), "/profile");
}
