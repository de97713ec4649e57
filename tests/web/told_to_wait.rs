//! The answer during a pause after wrong passwords: it says how long to wait, and is the same whether or not there is
//! such an account.

use serde_json::Value;

use crate::guessing::{WRONG, five_wrong, guess, seconds_to_wait, with_ada};
use crate::support::PASSWORD;

#[test]
fn an_unknown_address_waits_in_the_same_way() {
    let site = with_ada();
    for name in ["eve", "bob"] {
        site.visitor().sign_up(&format!("{name}@example.org"), name, PASSWORD);
    }
    site.change("update accounts set disabled_at = 1 where name = 'eve'");
    site.change("delete from accounts where name = 'bob'");
    let page = |email: &str| {
        for _ in 0..5 {
            assert_eq!(site.visitor().log_in(email, WRONG).location(), "/login", "{email}");
        }
        let mut page = site.visitor().log_in(email, PASSWORD);
        assert_eq!(seconds_to_wait(&page), 1, "{email}");
        let id = page.header("x-request-id").to_owned();
        page.headers.retain(|(name, _)| !["x-request-id", "date"].contains(&&**name));
        // What was typed comes back encrypted, differently each time.
        for (name, value) in &mut page.headers {
            if name == "set-cookie" {
                let (cookie, _) = value.split_once('=').unwrap();
                *value = cookie.to_owned();
            }
        }
        let body = page.without_form_values();
        (page.headers, body.replace(email, "(the address)").replace(&id, "(the id)"))
    };
    let known = page("ada@example.org");
    for email in ["nob@example.org", "eve@example.org", "bob@example.org", "no.address.at.a"] {
        assert_eq!(page(email), known, "{email}");
    }
}

#[test]
fn the_page_says_how_long_to_wait_and_keeps_the_address_but_not_the_password() {
    let site = with_ada();
    five_wrong(&site);
    for _ in 0..7 {
        site.clock.advance(120);
        guess(&site, WRONG);
    }
    let page = site.visitor().submit(
        "/login",
        &[("email", "Ada@example.org"), ("password", PASSWORD), ("remember", "yes"), ("next", "/profile")],
    );
    assert_eq!(
        (seconds_to_wait(&page), page.notices()),
        (128, vec!["Too many wrong passwords for this account. Wait 3 minutes, then try again.".to_owned()])
    );
    assert!(page.says("value=\"Ada@example.org\"") && page.says("value=\"yes\" checked"));
    assert!(page.says("name=\"next\" value=\"/profile\""));
    assert!(!page.says(PASSWORD));
    // Only what was typed, for the page that sends a link.
    assert!(page.all("set-cookie").iter().all(|cookie| cookie.starts_with("typed-")));
}

#[test]
fn a_program_gets_the_refusal_in_json() {
    let site = with_ada();
    five_wrong(&site);
    let mut program = site.visitor().sending("Accept", "application/json");
    let answer = program.log_in("ada@example.org", WRONG);
    assert_eq!((seconds_to_wait(&answer), answer.header("content-type")), (1, "application/json"));
    let error: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((&error["error"]["code"], &error["error"]["retry_after"]), (&429.into(), &1.into()));
    assert!(error["error"]["description"].as_str().unwrap().ends_with("Wait 1 second, then try again."));
}
