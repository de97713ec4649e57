//! Log out with the button. The tests of `logout_by_get` cover an address that is typed or linked.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, TestSite, Visitor};

const BYE: &str = "You have been logged out.";

fn logged_out(answer: &Answer) -> bool {
    (answer.status, answer.location()) == (Status::SeeOther, "/")
}

/// The visitor with all cookies as they were before.
fn replayed<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    visitor.clone()
}

#[test]
fn the_button_ends_the_session_in_the_browser_and_in_the_database() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let mut thief = replayed(&ada);
    let answer = ada.post("/logout", "");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/"));
    assert!(answer.takes_back("session") && ada.cookie("session").is_none());
    assert_eq!(site.number("select count(*) from sessions"), 0);
    let home = ada.get("/");
    assert_eq!(home.notices(), [BYE]);
    assert_eq!(home.menu(), ["Home", "Login", "Sign Up"]);
    assert!(!ada.is_logged_in());
    let replay = thief.get("/profile");
    assert_eq!(replay.status, Status::SeeOther, "the old cookie, replayed, opens nothing");
    assert!(replay.takes_back("session"));
}

#[test]
fn a_logout_ends_one_session_and_no_other() {
    let site = TestSite::new();
    let (mut here, mut there) = (site.ada(), site.visitor());
    there.log_in("ada@example.org", PASSWORD);
    here.post("/logout", "");
    assert!(!here.is_logged_in() && there.is_logged_in());
}

#[test]
fn a_logout_ends_a_device_of_another_user_in_the_same_browser_and_leaves_a_notice() {
    let site = TestSite::new();
    site.visitor().sign_up("ada@example.org", "Ada", PASSWORD);
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    let (mut ada, mut bob) = (site.visitor(), site.visitor());
    ada.log_in_remembered("ada@example.org", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    // Bob logged in on her device: its browser has his session and still her device's cookie.
    bob.plant("remember", ada.cookie("remember").unwrap());
    let mut copy = ada.clone();
    copy.jar.retain(|(name, _)| name == "session");
    assert!(copy.is_logged_in(), "the session is cached from now on");
    assert!(logged_out(&bob.post("/logout", "")));
    assert!(!copy.is_logged_in(), "it ends with the very next request");
    let of_ada = "select count(*) from audit join accounts on accounts.id = account_id \
                  where event = 'logged_out' and name = 'Ada'";
    assert_eq!(site.number(of_ada), 1);
}

#[test]
fn a_head_request_logs_no_one_out() {
    let site = TestSite::new();
    let mut ada = site.ada().sending("Sec-Fetch-Site", "same-origin");
    let head = ada.request("HEAD", "/logout", None, "");
    assert_eq!((head.status, head.body.as_str()), (Status::Ok, ""));
    assert!(ada.is_logged_in());
}

#[test]
fn a_logout_that_cannot_be_stored_is_not_claimed() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.silence_database();
    for answer in [ada.post("/logout", ""), ada.get("/logout")] {
        assert_eq!((answer.status, answer.header("retry-after")), (Status::ServiceUnavailable, "5"));
        assert!(!answer.says(BYE) && answer.set_cookie("session").is_empty());
    }
    assert!(ada.cookie("session").is_some(), "the button can be pressed again");
}
