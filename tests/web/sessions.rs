//! Sessions: what the visitor holds, what the database holds, and when a session ends.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rocket::http::Status;
use rocket::http::private::cookie::{Cookie, CookieJar, Key};
use sha2::{Digest, Sha256};

use crate::support::{PASSWORD, Setup, TestSite, Visitor};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

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

fn last_used(site: &TestSite) -> i64 {
    site.number("select last_used_at from sessions")
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
fn an_hour_without_use_ends_a_session() {
    let site = TestSite::new();
    let mut ada = site.ada();
    site.clock.advance(HOUR - 1);
    assert!(ada.is_logged_in(), "and it was used now");
    site.clock.advance(HOUR - 1);
    assert!(ada.is_logged_in());
    site.clock.advance(HOUR);
    let answer = ada.get("/profile");
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login?next=%2Fprofile"));
    assert!(answer.takes_back("session"));
}

#[test]
fn a_session_ends_a_day_after_login_however_busy_it_is() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for _ in 0..47 {
        site.clock.advance(HOUR / 2);
        assert!(ada.is_logged_in());
    }
    site.clock.advance(HOUR / 2 - 1);
    assert!(ada.is_logged_in(), "a second before");
    site.clock.advance(1);
    assert!(!ada.is_logged_in());
}

#[test]
fn the_operator_sets_both_timeouts() {
    let site = Setup::new().with("session_idle", "5m").with("session_lifetime", "12m").build();
    let (mut idle, mut busy) = (site.ada(), site.visitor());
    busy.log_in("ada@example.org", PASSWORD);
    for minute in 1..=12 {
        site.clock.advance(MINUTE);
        assert_eq!(busy.is_logged_in(), minute < 12, "{minute}");
        if minute == 5 {
            assert!(!idle.is_logged_in());
        }
    }
}

#[test]
fn a_short_idle_timeout_ends_no_session_in_use() {
    for (idle, every) in [("1s", 0), ("2s", 1), ("30s", 29), ("61s", 60), ("90s", 59), ("100s", 51)] {
        let site = Setup::new().with("session_idle", idle).build();
        let mut ada = site.ada();
        for number in 1..20 {
            site.clock.advance(every);
            assert!(ada.is_logged_in(), "{idle}: in use every {every} s, the {number}. time");
        }
    }
}

#[test]
fn the_last_use_is_written_once_a_minute_at_most() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let begun = last_used(&site);
    for _ in 0..59 {
        site.clock.advance(1);
        ada.get("/profile");
        assert_eq!(last_used(&site), begun);
    }
    site.clock.advance(1);
    ada.get("/");
    assert_eq!(last_used(&site), begun + MINUTE);
    ada.get("/profile");
    assert_eq!(last_used(&site), begun + MINUTE);
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

#[test]
fn of_more_than_a_hundred_sessions_the_least_recently_used_ends() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    let mut first = site.visitor();
    first.log_in("ada@example.org", PASSWORD);
    site.change(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 98) \
         insert into sessions (id, token_hash, account_id, created_at, last_used_at) \
         select 'session ' || i, 'hash ' || i, id, 1767225600, 1767225600 from n, accounts",
    );
    site.clock.advance(MINUTE);
    assert!(ada.is_logged_in(), "in use, though it is the oldest");
    for more in 1..=3 {
        site.clock.advance(1);
        let mut another = site.visitor();
        another.log_in("ada@example.org", PASSWORD);
        assert!(another.is_logged_in());
        assert_eq!(site.number("select count(*) from sessions"), 100, "{more}");
    }
    assert!(ada.is_logged_in());
}

#[test]
fn a_device_that_opens_many_sessions_ends_none_of_another_device() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    let mut device = site.visitor();
    device.log_in_remembered("ada@example.org", PASSWORD);
    for _ in 0..30 {
        site.clock.advance(MINUTE);
        device.jar.retain(|(name, _)| name == "remember");
        assert!(device.is_logged_in());
    }
    assert!(device.is_logged_in() && ada.is_logged_in());
    assert_eq!(site.number("select count(*) from sessions where remember_token_id is not null"), 10);
}
