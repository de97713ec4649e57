//! Pages behind `Fresh`: they ask for the password again if it was not entered a moment ago, and lead back.

use rocket::http::Status;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;
use vestibule::people::Fresh;
use vestibule::web::Post;

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const MINUTE: i64 = 60;
const FIRST: &str = "For your security, please confirm that it is you.";

#[get("/vault?<shelf>")]
fn vault(fresh: Fresh, shelf: Option<&str>) -> String {
    format!("{} at shelf {}", fresh.name, shelf.unwrap_or_default())
}

#[derive(FromForm)]
struct Note<'r> {
    #[field(name = "note")]
    text: &'r str,
}

#[post("/vault", data = "<post>")]
fn put(_fresh: Fresh, post: Post<'_, Note<'_>>) -> String {
    format!("kept: {}", post.fields().map_or("", |note| note.text))
}

#[post("/vault/burn")]
fn burn(_fresh: Fresh) -> &'static str {
    "burnt"
}

fn pages() -> Vec<Route> {
    routes![vault, put, burn]
}

fn site() -> TestSite {
    Setup::new().page(pages()).build()
}

/// Enters the password again.
fn again(visitor: &mut Visitor<'_>, password: &str) -> crate::support::Answer {
    visitor.submit("/reauthenticate", &[("password", password), ("next", "/vault?shelf=2&x=%2F")])
}

#[test]
fn a_new_login_is_fresh_for_five_minutes() {
    let site = site();
    let mut ada = site.ada();
    assert_eq!(ada.get("/vault?shelf=1").body, "Ada at shelf 1");
    site.clock.advance(5 * MINUTE - 1);
    assert_eq!(ada.get("/vault").status, Status::Ok);
    site.clock.advance(1);
    assert_eq!(ada.get("/vault").status, Status::SeeOther);
    assert!(ada.is_logged_in(), "other pages still open");
}

#[test]
fn later_the_password_is_asked_for_and_leads_back() {
    let site = site();
    let mut ada = site.ada();
    site.clock.advance(5 * MINUTE);
    let answer = ada.get("/vault?shelf=2&x=%2F");
    let form = "/reauthenticate?next=%2Fvault%3Fshelf%3D2%26x%3D%252F";
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, form));
    let page = ada.get(form);
    assert_eq!((page.status, page.notices()), (Status::Ok, vec![FIRST.to_owned()]));
    assert!(page.says("name=\"next\" value=\"/vault?shelf=2&x=%2F\"") && page.says("ada@example.org"));
    let onward = again(&mut ada, PASSWORD);
    assert_eq!((onward.status, onward.location()), (Status::SeeOther, "/vault?shelf=2&x=%2F"));
    assert_eq!(ada.get("/vault?shelf=2&x=%2F").body, "Ada at shelf 2");
    site.clock.advance(5 * MINUTE - 1);
    assert_eq!(ada.get("/vault").status, Status::Ok, "it is fresh for five minutes from then");
    assert!(ada.get("/profile").notices().is_empty());
}

#[test]
fn a_form_that_comes_too_late_is_answered_with_a_notice() {
    let site = site();
    let mut ada = site.ada();
    assert_eq!(ada.submit("/vault", &[("note", "gold")]).body, "kept: gold");
    site.clock.advance(5 * MINUTE);
    let answer = ada.submit("/vault", &[("note", "gold")]);
    assert_eq!(answer.location(), "/reauthenticate?next=%2Fvault");
    let page = ada.get(answer.location());
    assert_eq!(
        page.notices(),
        [format!("{FIRST} What you typed could not be saved, so please type it again afterwards.")]
    );
    assert!(!page.says("gold"));
    assert_eq!(
        ada.post("/vault/burn", "").location(),
        "/reauthenticate",
        "that path is not a page to return to"
    );
}

#[test]
fn a_program_is_told_where_to_reauthenticate() {
    let site = site();
    let mut ada = site.ada();
    site.clock.advance(5 * MINUTE);
    let mut program = ada.clone().sending("Accept", "application/json");
    for answer in [program.get("/vault"), program.post("/vault/burn", "")] {
        assert_eq!((answer.status, answer.location()), (Status::Unauthorized, ""));
        let error: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(error["error"]["reauthenticate"], "/reauthenticate");
        assert_eq!(error["error"]["description"], "This needs a fresh login.");
    }
    let stranger = site.visitor().sending("Accept", "application/json").get("/vault");
    let error: Value = serde_json::from_str(&stranger.body).unwrap();
    assert_eq!(
        (&error["error"]["login"], &error["error"]["reauthenticate"]),
        (&"/login".into(), &Value::Null)
    );
    assert!(ada.get("/profile").status == Status::Ok);
}

#[test]
fn a_stranger_is_sent_to_the_login() {
    let site = site();
    assert_eq!(site.visitor().get("/vault?shelf=1").location(), "/login?next=%2Fvault%3Fshelf%3D1");
    assert_eq!(site.visitor().post("/vault/burn", "").location(), "/login");
    assert_eq!(site.visitor().get("/reauthenticate").location(), "/login?next=%2Freauthenticate");
    assert_eq!(again(&mut site.visitor(), PASSWORD).location(), "/login?next=%2Freauthenticate");
}

#[test]
fn a_session_opened_by_a_remembered_device_is_not_fresh() {
    let site = site();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    ada.log_in_remembered("ada@example.org", PASSWORD);
    assert_eq!(ada.get("/vault").status, Status::Ok);
    ada.jar.retain(|(name, _)| name == "remember");
    assert_eq!(ada.get("/vault").location(), "/reauthenticate?next=%2Fvault", "not even in the same second");
    assert!(ada.is_logged_in());
    assert_eq!(again(&mut ada, PASSWORD).location(), "/vault?shelf=2&x=%2F");
    assert_eq!(ada.get("/vault").status, Status::Ok);
}

#[test]
fn entering_the_password_again_rotates_the_sessions_token() {
    let site = site();
    let (mut ada, mut other) = (site.ada(), site.visitor());
    other.log_in("ada@example.org", PASSWORD);
    let before = ada.clone();
    let id = "select min(id) || max(id) from sessions";
    let ids = site.text(id);
    again(&mut ada, PASSWORD);
    assert_ne!(ada.cookie("session"), before.cookie("session"));
    assert!(ada.is_logged_in() && other.is_logged_in());
    assert!(!before.clone().is_logged_in(), "the old token is dead");
    assert_eq!(site.text(id), ids, "it is the same session");
    assert_eq!(site.number("select count(*) from audit where event = 'reauthenticated'"), 1);
    site.clock.advance(24 * 60 * MINUTE);
    assert!(!ada.is_logged_in(), "it does not last longer");
}

#[test]
fn a_wrong_password_shows_an_error_at_its_field() {
    let site = site();
    let mut ada = site.ada();
    site.clock.advance(5 * MINUTE);
    let before = ada.cookie("session").map(str::to_owned);
    for (password, sentence) in [
        ("wrong horse battery", "This is not your password. Please try again."),
        (&*"x".repeat(300), "This is not your password. Please try again."),
        ("", "Enter your password."),
    ] {
        let page = again(&mut ada, password);
        assert_eq!(page.status, Status::UnprocessableEntity);
        assert!(
            page.says(&format!("<p class=\"wrong\" id=\"password-error\">{sentence}</p>")),
            "{}",
            page.body
        );
        assert!(
            page.says("aria-invalid=\"true\"") && page.says("name=\"next\" value=\"/vault?shelf=2&x=%2F\"")
        );
        assert!(password.is_empty() || !page.says(password));
    }
    for body in ["", "next=/vault", "password=a&password=b", "password[]=a", "password=a&admin=1"] {
        let page = ada.post("/reauthenticate", body);
        assert_eq!(page.status, Status::UnprocessableEntity, "{body}");
        assert_eq!(page.notices(), ["Part of the form got lost. Please fill it in again."], "{body}");
    }
    assert_eq!(ada.get("/vault").status, Status::SeeOther);
    assert_eq!(ada.cookie("session").map(str::to_owned), before);
    assert_eq!(site.number("select count(*) from audit where event = 'password_wrong'"), 2);
}

#[test]
fn five_wrong_passwords_in_five_minutes_are_the_limit_of_a_session() {
    let site = Setup::new().patient().with("limit_reauthentications", "5").page(pages()).build();
    let (mut ada, mut other) = (site.ada(), site.visitor());
    other.log_in("ada@example.org", PASSWORD);
    for _ in 0..20 {
        assert_eq!(
            again(&mut ada, PASSWORD).location(),
            "/vault?shelf=2&x=%2F",
            "right ones are not counted"
        );
    }
    for _ in 0..5 {
        assert_eq!(again(&mut ada, "wrong horse battery").status, Status::UnprocessableEntity);
    }
    let refused = again(&mut ada, PASSWORD);
    assert_eq!((refused.status, refused.header("retry-after")), (Status::TooManyRequests, "61"));
    assert_eq!(refused.notices(), ["Too many wrong passwords. Wait 2 minutes, then try again."]);
    assert!(refused.says("name=\"next\" value=\"/vault?shelf=2&x=%2F\"") && ada.is_logged_in());
    assert_eq!(
        again(&mut other, PASSWORD).location(),
        "/vault?shelf=2&x=%2F",
        "another session is not limited"
    );
    site.clock.advance(61);
    assert_eq!(again(&mut ada, PASSWORD).location(), "/vault?shelf=2&x=%2F");
}

#[test]
fn its_guesses_count_together_with_those_of_the_login() {
    let site = Setup::new().patient().with("limit_free_guesses", "5").build();
    let mut thief = site.ada();
    thief.jar.retain(|(name, _)| name == "session"); // a stolen session, in an unknown browser
    for _ in 0..2 {
        assert_eq!(again(&mut thief, "wrong horse battery").status, Status::UnprocessableEntity);
        assert_eq!(site.visitor().log_in("ada@example.org", "wrong").location(), "/login");
    }
    assert_eq!(
        again(&mut thief, "wrong horse battery").status,
        Status::UnprocessableEntity,
        "it is the fifth guess"
    );
    assert_eq!(again(&mut thief, PASSWORD).status, Status::TooManyRequests);
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).status, Status::TooManyRequests);
    site.clock.advance(1);
    assert_eq!(again(&mut thief, PASSWORD).status, Status::SeeOther);
    assert_eq!(site.number("select failures from failed_logins"), 5, "a right one gives back only itself");
}

#[test]
fn it_leads_only_to_pages_of_this_site() {
    let site = site();
    let mut ada = site.ada();
    for next in ["//evil.test", "https://evil.test", "/logout", "/nowhere", "/vault/burn", "/a^b"] {
        let answer = ada.submit("/reauthenticate", &[("password", PASSWORD), ("next", next)]);
        assert_eq!(answer.location(), "/profile", "{next}");
    }
}

#[test]
fn a_fresh_user_is_sent_on_without_a_question() {
    let site = site();
    let mut ada = site.ada();
    for (page, onward) in [
        ("/reauthenticate", "/profile"),
        ("/reauthenticate?next=%2Fvault%3Fshelf%3D2", "/vault?shelf=2"),
        ("/reauthenticate?next=%2F%2Fevil.test", "/profile"),
    ] {
        let answer = ada.get(page);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, onward), "{page}");
    }
    site.clock.advance(5 * MINUTE);
    assert_eq!(ada.get("/reauthenticate").status, Status::Ok);
}

#[test]
fn the_operator_sets_how_long_it_lasts() {
    let site = Setup::new().with("fresh_for", "30s").page(pages()).build();
    let mut ada = site.ada();
    site.clock.advance(29);
    assert_eq!(ada.get("/vault").status, Status::Ok);
    site.clock.advance(1);
    assert_eq!(ada.get("/vault").status, Status::SeeOther);
}
