//! Deleting one's account: nothing of it is left, and its address is free.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

fn close(visitor: &mut Visitor<'_>, email: &str, password: &str) -> Answer {
    visitor.submit("/settings/close", &[("email", email), ("password", password)])
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn nothing_of_the_account_is_left_in_any_file_and_the_address_is_free() {
    let site = TestSite::new();
    let mut bob = site.visitor();
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in_remembered("bob@example.org", PASSWORD);
    let mut ada = site.visitor_from("203.0.113.7");
    ada.sign_up("ada.marked@example.org", "Ada Marked", PASSWORD);
    site.visitor().log_in("ada.marked@example.org", "wrong");
    ada.log_in_remembered("ada.marked@example.org", PASSWORD);
    site.visitor().log_in("ada.marked@example.org", "wrong");
    assert_eq!(site.number("select count(*) from failed_logins"), 1);
    let id = site.text("select id from accounts where name = 'Ada Marked'");
    let hash = site.text(
        "select hash from passwords join accounts on accounts.id = account_id where name = 'Ada Marked'",
    );
    let marks = ["ada.marked@example.org", "Ada Marked", "203.0.113.7", &*id, &*hash];
    for mark in marks {
        assert!(contains(&site.written(), mark), "the search itself works: {mark}");
    }
    let answer = close(&mut ada, " ADA.Marked@example.org", PASSWORD);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/"));
    for cookie in ["session", "remember", "device"] {
        assert!(answer.takes_back(cookie), "{cookie}");
    }
    assert_eq!(ada.get("/").notices(), ["Your account has been deleted."]);
    for mark in marks {
        assert!(!contains(&site.written(), mark), "{mark} is left");
    }
    for table in ["accounts", "passwords", "sessions", "remember_tokens"] {
        assert_eq!(site.number(format!("select count(*) from {table}").leak()), 1, "Bob's {table}");
    }
    assert_eq!(
        site.number("select count(*) from failed_logins"),
        1,
        "a hash of the address is kept for a day, as for an unknown address"
    );
    assert!(bob.is_logged_in());
    assert_eq!(ada.sign_up("ada.marked@example.org", "Ada", PASSWORD).location(), "/login");
    assert_eq!(ada.log_in("ada.marked@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn only_the_last_button_is_filled_with_the_colour_of_danger() {
    let looks = |page: Answer| {
        ["quiet danger", "primary danger"].map(|class| page.body.contains(&format!("class=\"{class}\"")))
    };
    let (leads_on, is_last) = ([true, false], [false, true]);
    let site = TestSite::new();
    let mut ada = site.ada();
    assert_eq!(looks(ada.get("/settings/account")), leads_on);
    assert_eq!(looks(ada.get("/settings/close")), is_last);
    // With email, the link leads to the last page.
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    assert_eq!(looks(ada.get("/settings/close")), leads_on);
    site.clock.advance(2);
    assert_eq!(close(&mut ada, ADA, PASSWORD).location(), "/settings/account");
    assert_eq!(ada.get(&site.mailed_link(ADA)).location(), "/delete-account");
    assert_eq!(looks(ada.get("/delete-account")), is_last);
}

#[test]
fn it_requires_the_password_and_the_address() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert!(ada.get("/settings/close").says("This can't be undone."));
    for (email, password, field, sentence) in [
        ("ada@example.org", "wrong", "password", "This is not your password. Please try again."),
        ("ada@example.org", "", "password", "Enter your password."),
        ("bob@example.org", PASSWORD, "email", "This is not the email address of this account."),
        ("", PASSWORD, "email", "Enter the email address of this account."),
        ("ada@example.org.", PASSWORD, "email", "This is not the email address of this account."),
    ] {
        let page = close(&mut ada, email, password);
        assert_eq!(page.status, Status::UnprocessableEntity);
        assert!(page.says(&format!("id=\"{field}-error\">{sentence}")), "{email} {password}");
        assert!(page.says(&format!("value=\"{email}\"")) && !page.says(PASSWORD));
    }
    for body in ["", "password=x", "email=a&email=b&password=x", "email=ada@example.org&password=x&id=1"] {
        assert_eq!(ada.post("/settings/close", body).status, Status::UnprocessableEntity, "{body}");
    }
    assert!(ada.is_logged_in());
}

#[test]
fn it_needs_a_password_given_a_moment_ago() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(300);
    assert_eq!(ada.get("/settings/close").location(), "/reauthenticate?next=%2Fsettings%2Fclose");
    assert_eq!(
        close(&mut ada, "ada@example.org", PASSWORD).location(),
        "/reauthenticate?next=%2Fsettings%2Fclose"
    );
    assert!(ada.is_logged_in());
    assert_eq!(
        close(&mut site.visitor(), "ada@example.org", PASSWORD).location(),
        "/login?next=%2Fsettings%2Fclose"
    );
}

#[test]
fn a_shared_browser_stays_known_to_the_other_accounts() {
    let site = TestSite::new();
    let mut shared = site.visitor();
    for (email, name) in [("bob@example.org", "Bob"), ("ada@example.org", "Ada")] {
        shared.sign_up(email, name, PASSWORD);
        assert_eq!(shared.log_in(email, PASSWORD).location(), "/profile");
        if name == "Bob" {
            shared.post("/logout", "");
        }
    }
    let answer = close(&mut shared, "ada@example.org", PASSWORD);
    assert!(!answer.takes_back("device") && shared.cookie("device").is_some());
    for _ in 0..5 {
        site.visitor().log_in("bob@example.org", "wrong");
    }
    assert_eq!(site.visitor().log_in("bob@example.org", PASSWORD).status, Status::TooManyRequests);
    assert_eq!(shared.log_in("bob@example.org", PASSWORD).location(), "/profile");
}
