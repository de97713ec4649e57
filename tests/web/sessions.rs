//! Sessions: what the visitor holds, what the database holds, and who is a stranger.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::Status;
use rocket::http::private::cookie::{Cookie, CookieJar, Key};
use sha2::{Digest, Sha256};

use crate::support::{PASSWORD, TestSite, Visitor};

/// The content of a private cookie, read with the site's own key.
fn decrypted(site: &TestSite, name: &str, value: &str) -> Option<String> {
    let key = Key::derive_from(site.key.reveal_bytes());
    let mut jar = CookieJar::new();
    let name = site.cookie_name(name);
    jar.add_original(Cookie::new(name.clone(), value.to_owned()));
    jar.private(&key).get(&name).map(|cookie| cookie.value().to_owned())
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// A visitor who has only this session cookie.
fn holding<'s>(site: &'s TestSite, session: &str) -> Visitor<'s> {
    let mut visitor = site.visitor();
    visitor.plant("session", session);
    visitor
}

#[test]
fn the_cookie_is_encrypted_and_the_database_holds_only_the_hash_of_its_token() {
    let site = TestSite::new();
    let mut ada = site.ada();
    ada.log_in_remembered("ada@example.org", PASSWORD);
    ada.post("/logout", "");
    ada.log_in_remembered("ada@example.org", PASSWORD);
    for (name, hashes) in [
        ("session", "select token_hash from sessions"),
        ("remember", "select token_hash from remember_tokens"),
    ] {
        let cookie = ada.cookie(name).unwrap();
        let token = decrypted(&site, name, cookie).unwrap();
        let token = token.rsplit('.').next().unwrap().to_owned(); // the device's ID comes before its token
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        assert_eq!((token.len(), bytes.len()), (43, 32), "{name}");
        assert!(!cookie.contains(&token));
        let hash = URL_SAFE_NO_PAD.encode(Sha256::digest(&bytes));
        assert_eq!(site.text(hashes), hash);
        let written = site.written();
        assert!(contains(&written, &hash), "the search itself works");
        assert!(
            !contains(&written, &token) && !contains(&written, cookie),
            "{name} could be stolen with a backup"
        );
    }
}

#[test]
fn each_login_is_a_separate_session() {
    let site = TestSite::new();
    let first = site.ada();
    let mut second = site.visitor();
    second.log_in("ada@example.org", PASSWORD);
    let token =
        |visitor: &Visitor<'_>| decrypted(&site, "session", visitor.cookie("session").unwrap()).unwrap();
    assert_ne!(token(&first), token(&second));
    assert_eq!(site.number("select count(distinct token_hash) from sessions"), 2);
}

#[test]
fn a_login_never_adopts_a_planted_session() {
    let site = TestSite::new();
    let mut mallory = site.visitor();
    mallory.sign_up("mallory@example.org", "Mallory", PASSWORD);
    mallory.log_in("mallory@example.org", PASSWORD);
    let ended = mallory.cookie("session").unwrap().to_owned();
    mallory.post("/logout", "");
    for planted in ["x", &ended] {
        let mut ada = holding(&site, planted);
        ada.sign_up("ada@example.org", "Ada", PASSWORD);
        ada.plant("session", planted);
        let answer = ada.log_in("ada@example.org", PASSWORD);
        assert_eq!(answer.location(), "/profile");
        assert_ne!(ada.cookie("session"), Some(planted));
        assert!(ada.is_logged_in() && !holding(&site, planted).is_logged_in(), "{planted}");
    }
}

#[test]
fn a_cookie_that_opens_nothing_is_anonymous_and_removed() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let live = ada.cookie("session").unwrap().to_owned();
    let mut other = site.visitor();
    other.log_in_remembered("ada@example.org", PASSWORD);
    let remember = other.cookie("remember").unwrap().to_owned();
    site.visitor().log_in("ada@example.org", PASSWORD);
    let mut typist = site.visitor();
    typist.log_in("ada@example.org", "wrong horse battery");
    let typed = typist.cookie("typed").unwrap().to_owned();
    let foreign = TestSite::new().ada().cookie("session").unwrap().to_owned();
    let decoded = decrypted(&site, "session", &live).unwrap();

    let mut dead =
        vec![String::new(), "x".into(), "=".into(), "é\u{1f98a}".into(), "x".repeat(8_000), "\0".into()];
    dead.extend([
        remember,
        typed,
        foreign,
        decoded,
        format!("{live}x"),
        live[1..].into(),
        live.to_lowercase(),
    ]);
    for value in dead {
        let mut visitor = holding(&site, &value);
        let home = visitor.get("/");
        assert_eq!((home.status, home.menu()[1].as_str()), (Status::Ok, "Login"), "{value:?}");
        assert!(home.takes_back("session") && visitor.cookie("session").is_none(), "{value:?}");
        assert_eq!(holding(&site, &value).get("/profile").status, Status::SeeOther, "{value:?}");
        assert_eq!(
            holding(&site, &value).log_in("ada@example.org", PASSWORD).location(),
            "/profile",
            "{value:?}"
        );
    }
    assert!(ada.is_logged_in());
}

#[test]
fn a_cookie_changed_in_any_character_opens_nothing_and_breaks_nothing() {
    let site = TestSite::new();
    let ada = site.ada();
    let live = ada.cookie("session").unwrap().to_owned();
    for at in 0..live.len() {
        for put in ["A", "z", "/", "=", "%", " ", ""] {
            let changed = format!("{}{put}{}", &live[..at], &live[at + 1..]);
            // The last characters of base64 have bits that do not count.
            if changed == live || at + 3 >= live.len() {
                continue;
            }
            let answer = holding(&site, &changed).get("/profile");
            assert_eq!(answer.status, Status::SeeOther, "{at} {put:?}");
            assert!(answer.takes_back("session"), "{at} {put:?}");
        }
    }
    assert!(holding(&site, &live).is_logged_in());
}

#[test]
fn a_user_who_is_deleted_or_disabled_is_a_stranger_at_the_next_request() {
    for end in ["update accounts set disabled_at = 1", "delete from accounts"] {
        let site = TestSite::new();
        let mut ada = site.visitor();
        ada.sign_up("ada@example.org", "Ada", PASSWORD);
        ada.log_in_remembered("ada@example.org", PASSWORD);
        assert!(ada.is_logged_in());
        site.change(end);
        let home = ada.get("/");
        assert_eq!(home.menu(), ["Home", "Login", "Sign Up"], "{end}");
        assert!(home.takes_back("session") && home.takes_back("remember"), "{end}");
        assert!(!ada.is_logged_in());
        assert_eq!(ada.log_in("ada@example.org", PASSWORD).location(), "/login", "{end}");
    }
}

#[test]
fn changes_of_other_accounts_do_not_affect_a_cached_session() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    // A single statement is not counted as a commit: the page shows whether the session was queried.
    let rename = |name: &str| {
        let rename = sqlx::query("update accounts set name = $1 where email = 'ada@example.org'");
        site.runtime.block_on(rename.bind(name.to_owned()).execute(site.db.writer())).unwrap();
    };
    // The cache is valid for one second, which a busy machine may use up.
    let kept = (0..10).any(|_| {
        rename("Ada");
        site.change("update sessions set last_used_at = last_used_at");
        assert!(ada.get("/profile").says("Welcome, Ada!"));
        let mut bob = site.visitor();
        assert_eq!(bob.log_in("bob@example.org", PASSWORD).location(), "/profile");
        bob.post("/settings/export", "");
        rename("Augusta");
        ada.get("/profile").says("Welcome, Ada!")
    });
    assert!(kept, "a login and an export of another user were followed by a query each time");
    // A change that is about her, or may be, takes effect at once.
    site.change("update sessions set last_used_at = last_used_at");
    assert!(ada.get("/profile").says("Welcome, Augusta!"));
}

#[test]
fn a_failing_database_does_not_make_a_user_a_stranger() {
    let fails: [fn(&TestSite); 2] =
        [TestSite::silence_database, |site| _ = site.change("alter table sessions rename to gone")];
    for fail in fails {
        let site = TestSite::new();
        let mut ada = site.ada();
        fail(&site);
        for path in ["/", "/profile", "/login", "/signup"] {
            let answer = ada.get(path);
            assert_eq!(
                (answer.status, answer.header("retry-after")),
                (Status::ServiceUnavailable, "5"),
                "{path}"
            );
            assert!(answer.all("set-cookie").is_empty() && answer.location().is_empty(), "{path}");
            assert!(!answer.says("Please log in") && !answer.says("Sign Up"), "{path}");
        }
        assert_eq!(ada.get("/nowhere").status, Status::NotFound, "an error is answered all the same");
        assert!(ada.cookie("session").is_some());
    }
}
