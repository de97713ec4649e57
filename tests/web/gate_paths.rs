//! Parts of an app that are open to others than the rest of it: no spelling of a path opens what its usual spelling does not.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use vestibule::services::apps::AppChange;
use vestibule::web::paths::{AUTH_REQUEST, FORWARD_AUTH};

use crate::gate_support::{Browser, Question, WIKI, alter, leave, of_family, part, with_wiki};
use crate::support::TestSite;

/// Everyone may, without a login.
const OPEN: &[&str] = &[];
const FAMILY: &[&str] = &["family"];
const ADMINS: &[&str] = &["admins"];
const KEEPERS: &[&str] = &["keepers"];
/// It leads to both, depending on who reads it.
const BOTH: &[&str] = &["admins", "family"];
/// It may be any path, so every rule must allow it.
const EVERY: &[&str] = &["admins", "family", "keepers"];

/// Paths as they are written, and the groups that someone must be in: all of them.
#[rustfmt::skip]
const CORPUS: &[(&str, &[&str])] = &[
    ("/", FAMILY), ("/page", FAMILY), ("/administration", FAMILY), ("/wiki/admin", FAMILY), ("/?x=/public", FAMILY),
    ("/Gr%C3%B6%C3%9Fe/a%20b?x=/admin", FAMILY), ("/Größe", FAMILY), ("/publication", FAMILY),
    ("/admin", ADMINS), ("/admin/", ADMINS), ("/admin?x=/public", ADMINS), ("/admin/x.html?y=../public", ADMINS),
    ("/public", OPEN), ("/public/", OPEN), ("/public/File.PDF", OPEN), ("/public/a//b%20c", OPEN), ("/public/a;b", OPEN),
    ("/public?to=/../admin", OPEN), ("/public/?/admin", OPEN), ("/public/x?%2e%2e/%2e%2e/admin\\..", OPEN),
    ("/public/keys", KEEPERS), ("/public/keys/1", KEEPERS), ("/public/keys?x", KEEPERS),
    // Letters, escapes and endings.
    ("/Admin", BOTH), ("/ADMIN/x", BOTH), ("/aDmin", BOTH), ("/%61dmin", BOTH), ("/%41dmin/x", BOTH), ("/admi%6e", BOTH),
    ("/%2561dmin", BOTH), ("/%252561dmin/x", BOTH), ("/admin.json", BOTH), ("/admin:80/x", BOTH), ("/admin./x", BOTH),
    ("/admin%20", BOTH), ("/admin%2fx", BOTH), ("/admin%252fx", BOTH), ("/%u0061dmin", EVERY), ("/%EF%BD%81dmin", BOTH),
    ("/ａdmin", BOTH), ("/ad%E2%80%8Bmin", BOTH), ("/ad\u{200b}min", BOTH),
    ("/Public/x", FAMILY), ("/PUBLIC", FAMILY), ("/public%2fx", FAMILY), ("/%70ublic/x", FAMILY), ("/public.txt", FAMILY),
    ("/public/Keys", KEEPERS), ("/public/%6beys", KEEPERS), ("/public/keys.txt", KEEPERS), ("/public/KEYS/x", KEEPERS),
    // Semicolons, backslashes and slashes.
    ("/admin;x=1/y", BOTH), ("/admin;/x", BOTH), ("/admin%3bx", BOTH), ("/admin\\x", BOTH), ("/admin%5cx", BOTH),
    ("/public;x", FAMILY), ("/public;a=b/keys", &["family", "keepers"]), ("/public/keys;x", KEEPERS),
    ("/public//keys", KEEPERS), ("/public/%2fkeys", KEEPERS), ("/public/\\keys", KEEPERS), ("/admin//x", ADMINS),
    // A script that gets the rest of the path.
    ("/index.php/admin/x", BOTH), ("/public/index.php/admin", ADMINS), ("/x.cgi/public/keys", &["family", "keepers"]),
    // What may be any path.
    ("//", EVERY), ("//admin", EVERY), ("//public/x", EVERY), ("/\\public/x", EVERY), ("/%2fpublic/x", EVERY),
    ("/%5c%5cpublic/x", EVERY), ("/;/public/x", EVERY), ("/%20/public", EVERY),
    ("/public/../admin", EVERY), ("/public/..", EVERY), ("/public/../public/x", EVERY), ("/../public/x", EVERY),
    ("/public/./x", EVERY), ("/./public/x", EVERY), ("/public/.../admin", EVERY), ("/public/..;/admin", EVERY),
    ("/public/..;x=y/admin", EVERY), ("/public;/../admin", EVERY), ("/public/..\\admin", EVERY), ("/public\\..\\admin", EVERY),
    ("/public/%2e%2e/admin", EVERY), ("/public/%2E./admin", EVERY), ("/public/.%2e/admin", EVERY), ("/public/..%2fadmin", EVERY),
    ("/public/..%5cadmin", EVERY), ("/public%2f..%2fadmin", EVERY), ("/public/%2e%2e%2fadmin", EVERY),
    ("/public/%252e%252e/admin", EVERY), ("/public/..%252fadmin", EVERY), ("/public/%25252e%25252e/admin", EVERY),
    ("/public/%252525252525252525252e%2e/admin", EVERY), ("/public/%u002e%u002e/admin", EVERY),
    ("/public/%c0%ae%c0%ae/admin", EVERY), ("/public/%EF%BC%8E%EF%BC%8E/admin", EVERY), ("/public/．．/admin", EVERY),
    ("/public/\0", EVERY), ("/public/a%00b", EVERY), ("/public/%00/../admin", EVERY), ("/public/%2500", EVERY),
    ("/public/a\tb", EVERY), ("/public/%0d%0aadmin", EVERY), ("/public/\u{7f}", EVERY), ("/public/%ff", EVERY),
    ("/public/%", EVERY), ("/public/%zz", EVERY), ("/public/%2", EVERY), ("/public/%u12", EVERY), ("/public/a%c0%afb", EVERY),
];

/// Who asks: their groups, with a browser that has a pass whatever these are.
fn people(site: &TestSite) -> Vec<(Vec<&'static str>, Browser<'_>)> {
    let of = |number: usize, groups: &[&'static str]| {
        let email = format!("person{number}@example.org");
        let browser = of_family(site, &email).enter(WIKI);
        for group in groups.iter().filter(|group| **group != "family") {
            site.add_to_group(&email, group);
        }
        if !groups.contains(&"family") {
            leave(site, &email, "family");
        }
        (groups.to_vec(), browser)
    };
    let all: [&[&str]; 7] = [OPEN, FAMILY, ADMINS, KEEPERS, BOTH, &["family", "keepers"], EVERY];
    all.iter().enumerate().map(|(number, groups)| of(number, groups)).collect()
}

fn with_parts() -> TestSite {
    let site = with_wiki();
    let paths = vec![part("/admin", ADMINS), part("/public", OPEN), part("/public/keys", KEEPERS)];
    alter(&site, "wiki", AppChange { paths: Some(paths), ..AppChange::default() });
    site
}

/// A question of a proxy about a path as it is written.
fn about(path: &str) -> Question {
    Question::about(&format!("{WIKI}/")).set("X-Forwarded-Uri", path)
}

#[test]
fn by_every_reading_somebody_must_be_allowed() {
    let site = with_parts();
    let people = people(&site);
    for (path, needed) in CORPUS {
        for check in [FORWARD_AUTH, AUTH_REQUEST] {
            let status =
                |question: Question| question.set("X-Forwarded-Uri", path).to(check).ask(&site).status();
            let stranger = if needed.is_empty() { 200 } else { 401 };
            assert_eq!(status(about("/")), stranger, "{path:?} by a stranger");
            for (groups, browser) in &people {
                let may = needed.iter().all(|group| groups.contains(group));
                let expected = if may { 200 } else { 403 };
                assert_eq!(
                    status(browser.question(&format!("{WIKI}/"))),
                    expected,
                    "{path:?} by one of {groups:?}"
                );
            }
        }
    }
}

#[test]
fn a_preflight_is_let_on_by_every_reading_or_not_at_all() {
    let site = with_wiki();
    let mut api = part("/api", OPEN);
    api.preflight = true;
    let paths = vec![api, part("/api/keys", KEEPERS)];
    alter(&site, "wiki", AppChange { paths: Some(paths), groups: Some(Vec::new()), ..AppChange::default() });
    let asks = |path: &str, method: &str, names: [&str; 2]| {
        let question = about(path).set("X-Forwarded-Method", method);
        let headers = names.iter().filter(|name| !name.is_empty());
        headers.fold(question, |question, name| question.with(name, "https://a.test")).ask(&site).status()
    };
    let both = ["Origin", "Access-Control-Request-Method"];
    for path in [
        "/api/keys",
        "/api/Keys",
        "/api/%6beys",
        "/api//keys",
        "/Api/x",
        "/api/../x",
        "/api/%2e%2e/api",
        "/x",
    ] {
        assert_eq!(asks(path, "OPTIONS", both), 401, "{path}");
    }
    assert_eq!(asks("/api/x", "OPTIONS", both), 200);
    let mut keys = part("/api/keys", KEEPERS);
    keys.preflight = true;
    alter(&site, "wiki", AppChange { paths: Some(vec![keys]), ..AppChange::default() });
    assert_eq!(asks("/api/keys", "OPTIONS", both), 200);
    for (method, names) in [
        ("GET", both),
        ("POST", both),
        ("options", both),
        ("OPTIONS", ["Origin", ""]),
        ("OPTIONS", ["", "Access-Control-Request-Method"]),
        ("OPTIONS", ["", ""]),
    ] {
        assert_eq!(asks("/api/keys", method, names), 401, "{method} {names:?}");
    }
}

/// What paths are put together from.
const PIECES: [&str; 36] = [
    "/",
    "/",
    "/",
    "public",
    "public",
    "keys",
    "admin",
    "Public",
    "PUBLIC",
    "..",
    ".",
    "...",
    "%2e",
    "%2E",
    "%252e",
    "%2f",
    "%5c",
    "%252f",
    "\\",
    ";",
    ";x=1",
    "?",
    "#",
    "%00",
    "\0",
    "%23",
    "%3f",
    "%",
    "%zz",
    "é",
    "%c3%a9",
    "%u002e",
    "%ff",
    " ",
    "\u{200b}",
    "index.php",
];

fn paths() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..9)
        .prop_map(|pieces| format!("/{}", pieces.concat()))
}

#[test]
fn whatever_a_stranger_writes_only_what_is_plainly_open_is_open() {
    let site = with_parts();
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(4_096) });
    let run = runner.run(&paths(), |path| {
        let status = about(&path).ask(&site).status();
        prop_assert!([200, 401].contains(&status), "{path:?}: {status}");
        let written = path.split('?').next().unwrap_or_default();
        let climbs = written.split(['/', '\\']).any(|segment| segment == "..");
        let is_open = (written == "/public" || written.starts_with("/public/")) && !climbs;
        prop_assert!(status == 401 || is_open, "{path:?}");
        Ok(())
    });
    run.unwrap();
}

#[test]
fn no_path_of_an_app_without_open_parts_is_open_to_a_stranger() {
    let site = with_wiki();
    for (path, _) in CORPUS {
        for check in [FORWARD_AUTH, AUTH_REQUEST] {
            assert_eq!(about(path).to(check).ask(&site).status(), 401, "{path:?}");
        }
    }
    let ada = of_family(&site, "ada@example.org").enter(WIKI);
    for (path, _) in CORPUS {
        let question = ada.question(&format!("{WIKI}/")).set("X-Forwarded-Uri", path);
        assert_eq!(question.ask(&site).status(), 200, "one rule needs no reading: {path:?}");
    }
}
