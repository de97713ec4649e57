//! Spellings of paths. The gate and the app need not read a path alike, and a proxy may change it on the way. Whatever the app
//! is given, no server whatever reads it as a path that its sender may not open.

use std::collections::BTreeSet;

use crate::http::Request;
use crate::person::Person;
use crate::stage::{Behind, Stage, told};

/// Ways to write `/admin`, or to seem to be below `/public`, or to be it after all.
const PATHS: [&str; 104] = [
    "/public/../admin",
    "/public/..%2fadmin",
    "/public/%2e%2e/admin",
    "/public/%2E%2E%2Fadmin",
    "/public/.%2e/admin",
    "/public/%2e./admin",
    "/public/..;/admin",
    "/public/..;x=y/admin",
    "/public/.;/../admin",
    "/public;/../admin",
    "/public\\..\\admin",
    "/public/..\\admin",
    "/public\\../admin",
    "/public/..%5cadmin",
    "/public/..%5Cadmin",
    "/public%2f..%2fadmin",
    "/public%2f../admin",
    "/public/%252e%252e/admin",
    "/public/..%252fadmin",
    "/public/%25252e%25252e%25252fadmin",
    "/public/..%255cadmin",
    "/public/%c0%ae%c0%ae/admin",
    "/public/..%c0%afadmin",
    "/public/%e0%80%ae%e0%80%ae/admin",
    "/public/%u002e%u002e/admin",
    "/public/..%u2215admin",
    "/public//../admin",
    "/public///../../admin",
    "/public/x/../../admin",
    "/public/x/..//../admin",
    "/public/./../admin",
    "/public/../../admin",
    "/public/../public/../admin",
    "/public/%2f%2e%2e%2fadmin",
    "/public/a%2f..%2f..%2fadmin",
    "/../admin",
    "/../../admin",
    "/..%2f..%2fadmin",
    "/./admin",
    "/.//admin",
    "//admin",
    "///admin",
    "//public/../admin",
    "/;/admin",
    "/;x/admin",
    "/a;/../admin",
    "/admin/../public",
    "/admin/..%2fpublic",
    "/admin%2f..%2fpublic",
    "/admin/..;/public",
    "/admin",
    "/admin/",
    "/admin//",
    "/admin/x",
    "/ADMIN",
    "/Admin/x",
    "/%61dmin",
    "/%41dmin",
    "/adm%69n",
    "/%2561dmin",
    "/admin%20",
    "/admin%09",
    "/admin%00",
    "/admin%00/x",
    "/admin;",
    "/admin;x=y",
    "/admin.",
    "/admin.json",
    "/admin%2e",
    "/admin%2fx",
    "/admin%5cx",
    "/admin\\x",
    "/admin%3f",
    "/admin%23",
    "/admin?/public",
    "/admin?x=/../public",
    "/admin#/public",
    "/public#/../admin",
    "/public?/../admin",
    "/public%23/../admin",
    "/public%3f/../admin",
    "/public/..%00/admin",
    "/public/..%0d%0a/admin",
    "/public/%0a../admin",
    "/public/%09../admin",
    "/public\t/../admin",
    "/public\u{7f}/../admin",
    "/public/é/../../admin",
    "/public/..／admin",
    "/public/．．/admin",
    "/public/…/admin",
    "/public/ /../../admin",
    "/publicx",
    "/public%2fx",
    "/public;x",
    "/PUBLIC/x",
    "/%70ublic/x",
    "/public%2e/x",
    "/public.php/admin",
    "/public/index.php/admin",
    "/index.php/admin",
    "/%zz",
    "/public/%",
    "/public/%zz/../admin",
];

/// More of them, whose answer is known.
const REFUSED: [&str; 6] = ["*", "public/x", "", "?/public", "/a b", "/public/a b"];

pub fn no_spelling_of_a_path_opens_another(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let cookie = ada.cookie(&behind.origin, "gate-").unwrap();
    let mut opened = BTreeSet::new();
    for path in PATHS {
        let nobody = behind.request("GET", path);
        behind.ask(&nobody);
        for asked in behind.app.taken() {
            assert!(told(&asked).is_empty(), "{path}");
            let readings = readings(asked.target());
            assert!(
                readings.iter().all(|reading| is_below(reading, "public", &['/'])),
                "nobody asked for {path}, and the app for {:?}, which may be {readings:?}",
                asked.target()
            );
            opened.insert(path);
        }
        behind.ask(&nobody.with(format!("Cookie: {cookie}")));
        for asked in behind.app.taken() {
            let readings = readings(asked.target());
            assert!(
                !readings.iter().any(|reading| is_below(reading, "admin", &['/', '.', ' '])),
                "Ada asked for {path}, and the app for {:?}, which may be {readings:?}",
                asked.target()
            );
        }
    }
    // It is not that nothing passes at all.
    assert!(opened.contains("/public?/../admin"), "{opened:?}");
    for path in REFUSED {
        behind.ask(&behind.request("GET", path).with(format!("Cookie: {cookie}")));
        for asked in behind.app.taken() {
            assert!(asked.target().starts_with('/'), "{path:?}: {asked:?}");
        }
    }
}

pub fn an_address_that_is_too_long_is_refused_by_somebody(_: &Stage, behind: &Behind) {
    for path in [format!("/public/{}", "a".repeat(8_300)), format!("/public/x?{}", "a".repeat(8_300))] {
        let answer = behind.ask(&behind.request("GET", &path));
        assert!(matches!(answer.status(), 400..=499), "{}", answer.first);
        behind.app.saw_nothing("an address of more than 8,192 bytes");
    }
    let fits = format!("/public/x?{}", "a".repeat(7_000));
    assert_eq!(behind.ask(&behind.request("GET", &fits)).status(), 200);
    assert_eq!(behind.app.taken_one().target(), fits);
}

pub fn no_spelling_of_the_gates_own_folder_reaches_the_app(stage: &Stage, behind: &Behind) {
    let ada = Person::let_in(&stage.site, &behind.ada(), &behind.origin);
    let cookie = ada.cookie(&behind.origin, "gate-").unwrap();
    for path in [
        "/.vestibule/../page",
        "/.vestibule/..%2fpage",
        "/.vestibule/%2e%2e/page",
        "/.vestibule//in",
        "/.vestibule/check",
        "/.vestibule/enter",
        "/.vestibule/in/../../page",
        "/.vestibule/in%3fticket=x",
    ] {
        let request = |cookie: Option<&String>| {
            let request = Request::get(path).host(behind.origin.trim_start_matches("http://"));
            cookie.into_iter().fold(request, |request, cookie| request.with(format!("Cookie: {cookie}")))
        };
        behind.ask(&request(None));
        behind.app.saw_nothing(path);
        behind.ask(&request(Some(&cookie)));
        // Traefik resolves the dots before it asks: then it is another page, which Ada may see.
        for asked in behind.app.taken() {
            assert_eq!(asked.target(), "/page", "{path}");
        }
    }
}

/// Whether a reading of a path, in lower case, is a page of this name, or goes on after it with one of these.
fn is_below(reading: &str, name: &str, then: &[char]) -> bool {
    let rest = reading.strip_prefix('/').and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(then))
}

/// What a server may make of a path before it resolves the dots.
const HABITS: [fn(&str) -> String; 8] = [
    decoded,
    decoded,
    |path| path.replace('\\', "/"),
    |path| {
        path.split('/').map(|part| part.split(';').next().unwrap_or_default()).collect::<Vec<_>>().join("/")
    },
    |path| path.split('\0').next().unwrap_or_default().to_owned(),
    |path| path.replace("%c0%ae", ".").replace("%c0%af", "/").replace("%e0%80%ae", "."),
    |path| path.replace("%u002e", ".").replace("%u2215", "/").replace(['．', '。'], ".").replace('／', "/"),
    |path| path.replace(|c: char| c.is_control(), ""),
];

/// How servers may read what an app is given: each set of habits, in lower case, with the dots resolved.
fn readings(target: &str) -> BTreeSet<String> {
    let path = target.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    let mut readings = BTreeSet::new();
    for set in 0..1usize << HABITS.len() {
        let habits = HABITS.iter().enumerate().filter(|(at, _)| (set >> at) & 1 == 1);
        let read = habits.fold(path.clone(), |path, (_, habit)| habit(&path));
        readings.insert(resolved(&read));
    }
    readings
}

/// Decoded once. What is no escape stays.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *byte == b'%') {
            Some(escaped) => {
                bytes.push(escaped);
                rest = &after[2..];
            }
            None => {
                bytes.push(*byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).to_lowercase()
}

/// Without empty parts, `.` and `..`.
fn resolved(path: &str) -> String {
    let mut parts = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/"))
}
