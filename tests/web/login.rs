//! Log in.

use rocket::http::Status;

use crate::support::{PASSWORD, TestSite};

#[test]
fn who_signed_up_logs_in_and_sees_the_profile() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    let signed_up = ada.sign_up("Ada@Example.org", "Ada", PASSWORD);
    assert_eq!((signed_up.status, signed_up.location()), (Status::SeeOther, "/login"));
    let login = ada.get("/login");
    assert!(login.says("Your account is ready. Please log in."));
    assert!(login.says("value=\"Ada@example.org\""));
    assert!(!ada.is_logged_in(), "signing up does not log in");
    let logged_in = ada.log_in("ada@example.org", PASSWORD);
    assert_eq!((logged_in.status, logged_in.location()), (Status::SeeOther, "/profile"));
    assert!(ada.get("/profile").says("Welcome, Ada!"));
}
