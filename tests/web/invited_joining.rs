//! An account that is there accepts an invitation: by a button, once, and never by mistake.

use rocket::http::Status;
use vestibule::services::invitations::NewInvitation;

use crate::invitations::{RUTH, into_the_choir, only_for, with_a_choir};
use crate::invited::{OVER, bound, fields, make, members, opened, path, uses_left};
use crate::support::{ADA, Answer, PASSWORD, Setup, Visitor};

const ACCEPTED: &str = "You have accepted the invitation.";
const TAKEN: &str = "Email address already exists. Log in instead.";

#[test]
fn without_email_those_whose_address_is_taken_log_in_and_come_back_to_the_button() {
    let site = with_a_choir(Setup::new());
    site.ada();
    for new in [into_the_choir(1), only_for(ADA)] {
        let is_bound = new.email.is_some();
        let made = make(&site, &new);
        let (mut ada, _) = opened(&site, &made);
        let form = if is_bound { bound().to_vec() } else { fields(ADA).to_vec() };
        assert_eq!(ada.submit("/invited", &form).location(), "/invited");
        let page = ada.get("/invited");
        assert_eq!(page.notices(), [TAKEN]);
        assert!(page.says("<a href=\"/login?next=%2Finvited\">Log in instead.</a>"), "{}", page.text());
        assert_eq!(uses_left(&site, &made), 1);
        let login = [("email", ADA), ("password", PASSWORD), ("next", "/invited")];
        assert_eq!(ada.submit("/login", &login).location(), "/invited");
        assert!(ada.get("/invited").says("You are logged in as ada@example.org."));
        join(&mut ada);
        assert_eq!(ada.get("/profile").notices(), [ACCEPTED]);
        assert_eq!((members(&site, "choir"), uses_left(&site, &made)), (1, 0));
        assert_eq!(ada.get("/invited").status, Status::Gone, "the cookie is gone");
        site.change("delete from memberships");
    }
    assert_eq!(site.number("select count(*) from accounts"), 1);
}

/// Presses the button on the page of an invitation.
pub fn join(visitor: &mut Visitor<'_>) {
    let page = visitor.get("/invited");
    let answer = press(visitor, &page);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/profile"), "{}", answer.text());
    assert!(answer.takes_back("invited"));
}

fn press(visitor: &mut Visitor<'_>, page: &Answer) -> Answer {
    let id = page.pieces("name=\"invitation\" value=\"", "\">").concat();
    let (form, id) = (page.form_value(), id.rsplit('"').next().unwrap().to_owned());
    visitor.submit("/invited/joining", &[("form", &form), ("invitation", &id)])
}

#[test]
fn joining_asks_for_the_password_again_and_counts_each_account_once() {
    let site = with_a_choir(Setup::new());
    let made = make(&site, &into_the_choir(3));
    let mut ada = site.ada();
    ada.get(&path(&site, &made));
    site.clock.advance(1_800);
    let page = ada.get("/invited");
    let mut browser = ada.clone().sending("referer", "http://localhost:8000/invited");
    let answer = press(&mut browser, &page);
    assert_eq!(answer.location(), "/reauthenticate?next=%2Finvited");
    assert_eq!(members(&site, "choir"), 0);
    let again = ada.submit("/reauthenticate", &[("password", PASSWORD), ("next", "/invited")]);
    assert_eq!(again.location(), "/invited");
    let page = ada.get("/invited");
    let mut twice = ada.clone();
    assert_eq!(press(&mut ada, &page).location(), "/profile");
    assert_eq!(press(&mut twice, &page).location(), "/profile", "a double click");
    assert_eq!((members(&site, "choir"), uses_left(&site, &made)), (1, 2));
    ada.get(&path(&site, &made));
    let page = ada.get("/invited");
    let refused = press(&mut ada, &page);
    assert!(refused.status == Status::Gone && refused.says(OVER), "{}", refused.text());
    assert_eq!(uses_left(&site, &made), 2);
}

#[test]
fn an_invitation_for_another_address_or_without_groups_has_no_button() {
    let site = with_a_choir(Setup::new());
    let (for_ruth, for_none) = (make(&site, &only_for(RUTH)), make(&site, &NewInvitation::default()));
    let mut ada = site.ada();
    ada.get(&path(&site, &for_ruth));
    let page = ada.get("/invited");
    let told = "Log out, then open the link again.";
    assert!(page.says(told) && !page.says("/invited/joining"), "{}", page.text());
    let id = for_ruth.invitation.id.as_str();
    let answer = ada.submit("/invited/joining", &[("invitation", id)]);
    assert!(answer.status == Status::Ok && answer.says(told));
    assert_eq!((members(&site, "choir"), uses_left(&site, &for_ruth)), (0, 1));
    ada.get(&path(&site, &for_none));
    let page = ada.get("/invited");
    assert!(page.says("there is nothing left to do.") && !page.says("/invited/joining"), "{}", page.text());
    // The form for a new account is not for those who are logged in.
    assert_eq!(ada.submit("/invited", &fields(RUTH)).location(), "/invited");
    assert_eq!(site.number("select count(*) from accounts"), 1);
}

#[test]
fn a_form_of_another_invitation_does_nothing() {
    let site = with_a_choir(Setup::new());
    let (first, second) = (make(&site, &into_the_choir(1)), make(&site, &into_the_choir(1)));
    let (mut ruth, page) = opened(&site, &first);
    let value = page.form_value();
    let form = [&[("form", &*value)], &fields(RUTH)[..]].concat();
    ruth.get(&path(&site, &second));
    assert_eq!(ruth.submit("/invited", &form).status, Status::UnprocessableEntity);
    let mut ada = site.ada();
    ada.get(&path(&site, &first));
    let page = ada.get("/invited");
    ada.get(&path(&site, &second));
    assert_eq!(press(&mut ada, &page).status, Status::UnprocessableEntity);
    assert_eq!((uses_left(&site, &first), uses_left(&site, &second)), (1, 1));
    assert_eq!((members(&site, "choir"), site.number("select count(*) from accounts")), (0, 1));
}
