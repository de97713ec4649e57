//! A cookie that the site did not set as it is now is worth nothing and is removed; it never breaks a page.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rocket::http::{Cookie, Status};
use vestibule::base::Token;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

/// Every cookie that the site sets, with its value as it was sent.
fn given(site: &TestSite) -> Vec<(&'static str, String)> {
    let mut visitor = site.visitor();
    let signed_up = visitor.sign_up("ada@example.org", "Ada", PASSWORD);
    let logged_in = visitor.log_in_remembered("ada@example.org", PASSWORD);
    let value = |answer: &Answer, name| answer.set_cookie(name).split(['=', ';']).nth(1).unwrap().to_owned();
    vec![
        ("session", value(&logged_in, "session")),
        ("remember", value(&logged_in, "remember")),
        ("typed", value(&signed_up, "typed")),
        ("_flash", value(&signed_up, "_flash")),
        ("device", value(&logged_in, "device")),
    ]
}

/// A visitor whose browser sends this `Cookie` header. It is parsed as Rocket parses a real request.
fn carrying<'s>(site: &'s TestSite, header: &str) -> Visitor<'s> {
    let mut visitor = site.visitor();
    for cookie in header.split(';').filter_map(|text| Cookie::parse_encoded(text.trim().to_owned()).ok()) {
        visitor.jar.push((cookie.name().to_owned(), cookie.value().to_owned()));
    }
    visitor
}

/// One change to a text of bytes. A position is taken modulo the length.
#[derive(Clone, Debug)]
enum Change {
    Replace(usize, u8),
    Insert(usize, u8),
    Remove(usize),
    Cut(usize),
    Repeat(usize),
    Rotate(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let byte = || prop_oneof![any::<u8>(), prop::sample::select(b"%=+/;,\" \\:0Az.-_\0\xff".to_vec())];
    prop_oneof![
        4 => (any::<usize>(), byte()).prop_map(|(at, byte)| Change::Replace(at, byte)),
        2 => (any::<usize>(), byte()).prop_map(|(at, byte)| Change::Insert(at, byte)),
        2 => any::<usize>().prop_map(Change::Remove),
        1 => any::<usize>().prop_map(Change::Cut),
        1 => (2..100usize).prop_map(Change::Repeat),
        1 => any::<usize>().prop_map(Change::Rotate),
    ]
}

fn changed(value: &str, changes: &[Change]) -> String {
    let mut bytes = value.as_bytes().to_vec();
    for change in changes.iter().filter(|_| !value.is_empty()) {
        let length = bytes.len().max(1);
        match *change {
            _ if bytes.is_empty() => break,
            Change::Replace(at, byte) => bytes[at % length] = byte,
            Change::Insert(at, byte) => bytes.insert(at % length, byte),
            Change::Remove(at) => drop(bytes.remove(at % length)),
            Change::Cut(at) => bytes.truncate(at % length),
            Change::Repeat(times) => bytes = bytes.repeat(times.min(8_192 / length)),
            Change::Rotate(at) => bytes.rotate_left(at % length),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[test]
fn a_changed_cookie_is_worth_nothing_and_breaks_nothing() {
    let site = TestSite::new();
    let given = given(&site);
    let cases = Config { cases: 400, failure_persistence: None, ..Config::default() };
    let strategy = (0..given.len(), prop::collection::vec(change(), 1..4));
    let checked = TestRunner::new(cases).run(&strategy, |(which, changes)| {
        let (name, value) = &given[which];
        let mut visitor = carrying(&site, &format!("{name}={}", changed(value, &changes)));
        if visitor.jar.first() == carrying(&site, &format!("{name}={value}")).jar.first() {
            return Ok(()); // another encoding of the same value
        }
        let present = visitor.cookie(name).is_some();
        for path in ["/profile", "/login", "/nowhere"] {
            let answer = visitor.clone().get(path);
            prop_assert!(answer.status.code < 500, "{path}: {}", answer.status);
            prop_assert_ne!((path, answer.status), ("/profile", Status::Ok), "a visitor is logged in");
            prop_assert!(answer.notices().is_empty() && !answer.says("ada@example.org"), "{}", answer.body);
            let opens = *name == "session" || *name == "remember";
            let closing = opens || (*name == "typed" && path == "/login");
            prop_assert!(!closing || answer.takes_back(name) == present, "{name} at {path}");
        }
        prop_assert!(visitor.post("/logout", "").status.code < 500);
        Ok(())
    });
    checked.unwrap();
    for (name, value) in &given[..2] {
        assert!(carrying(&site, &format!("{name}={value}")).is_logged_in(), "{name} unchanged still opens");
    }
}

#[test]
fn a_cookie_under_the_name_of_another_opens_nothing() {
    let site = TestSite::new();
    let given = given(&site);
    for (name, _) in &given {
        for (other, value) in given.iter().filter(|(other, _)| other != name) {
            let visitor = carrying(&site, &format!("{name}={value}"));
            assert!(!visitor.clone().is_logged_in(), "{other} as {name}");
            let login = visitor.clone().get("/login");
            assert!(login.status == Status::Ok && login.notices().is_empty(), "{other} as {name}");
        }
    }
}

#[test]
fn a_cookie_made_with_another_key_opens_nothing_and_is_removed() {
    let (site, other) = (TestSite::new(), TestSite::new());
    given(&site);
    for (name, value) in given(&other).into_iter().filter(|(name, _)| *name != "_flash") {
        let visitor = carrying(&site, &format!("{name}={value}"));
        assert!(!visitor.clone().is_logged_in(), "{name}");
        // A device cookie opens nothing; the next login replaces it.
        let goes = name != "device";
        assert_eq!(visitor.clone().get("/login").takes_back(name), goes, "{name}");
        assert!(!visitor.clone().get("/login").says("ada@example.org"), "{name}");
    }
}

#[test]
fn a_cookie_that_was_never_encrypted_is_not_trusted() {
    let site = TestSite::new();
    given(&site);
    // A token whose hash is in the database: write access to the database alone does not give anyone a
    // cookie.
    let token = Token::generate();
    site.runtime.block_on(async {
        let update = sqlx::query("update sessions set token_hash = $1");
        update.bind(token.hash().as_str().to_owned()).execute(site.db.writer()).await.unwrap();
    });
    let mut bare = carrying(&site, &format!("session={}", token.reveal()));
    let answer = bare.get("/profile");
    assert!(answer.status == Status::SeeOther && answer.takes_back("session"));
    let mut bare = carrying(&site, "typed=%7B%22email%22%3A%22eve%40x.test%22%7D");
    let answer = bare.get("/login");
    assert!(!answer.says("eve@x.test") && answer.takes_back("typed"));
}

#[test]
fn on_https_a_cookie_without_its_prefix_is_ignored() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    let mut ada = site.ada();
    let token = ada.cookie("__Host-session").unwrap().to_owned();
    assert!(ada.is_logged_in());
    let mut planted = site.visitor();
    planted.jar.push(("session".to_owned(), token));
    assert!(!planted.is_logged_in());
}

#[test]
fn repeated_and_enormous_cookies_break_nothing() {
    let site = TestSite::new();
    let given = given(&site);
    let session = &given[0].1;
    let long = "a".repeat(8_192);
    for header in [
        format!("session={session}; session=x"),
        format!("session=x; session={session}"),
        format!("session={long}; remember={long}; typed={long}; _flash={long}"),
        format!("session={}", "%41".repeat(2_700)),
        format!("session={}", "A".repeat(8_192)),
        format!("session={}", "%".repeat(8_192)),
        format!("typed={}", "[".repeat(8_192)),
        format!("session={session}; {}", "x=y; ".repeat(1_600)),
        "session".to_owned(),
        "session=; remember=; typed=; _flash=".to_owned(),
        ";;;;=;=;".to_owned(),
        "=session".to_owned(),
        "session=\"\"".to_owned(),
        format!("session=\"{long}"),
    ] {
        for path in ["/", "/profile", "/login", "/nowhere"] {
            let answer = carrying(&site, &header).get(path);
            assert!(answer.status.code < 500, "{path} {:.60}: {}", header, answer.status);
        }
        assert!(carrying(&site, &header).post("/logout", "x=y").status == Status::SeeOther, "{header:.60}");
    }
    assert_eq!(site.number("select count(*) from accounts"), 1);
}
