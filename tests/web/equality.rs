//! A failed login does not reveal why it failed: neither its words nor its headers, length or time do.

use std::time::{Duration, Instant};

use rocket::http::Cookie;

use crate::support::{Answer, PASSWORD, Setup, TestSite};

/// A site with Ada; Eve, whose account is disabled; Mia, who has no password; and Ned, whose stored hash
/// cannot be used. Their addresses have the same length: the address is kept for the next page, and its
/// length shows.
fn site() -> TestSite {
    let site = Setup::new().with_full_hashes().patient().build();
    for name in ["ada", "eve", "mia", "ned"] {
        let email = format!("{name}@example.org");
        assert_eq!(site.visitor().sign_up(&email, name, PASSWORD).location(), "/login");
    }
    assert_eq!(site.change("update accounts set disabled_at = 1 where name = 'eve'"), 1);
    let of = "where account_id = (select id from accounts where name =";
    let sql = format!("delete from passwords {of} 'mia')");
    assert_eq!(site.change(sql.leak()), 1);
    let sql = format!("update passwords set hash = replace(hash, 'm=19456', 'm=4194304') {of} 'ned')");
    assert_eq!(site.change(sql.leak()), 1);
    site
}

/// An answer without what differs between any two: the request ID, the values of cookies, and when they end.
pub fn shape(answer: &Answer) -> (u16, Vec<String>, String) {
    let mut headers: Vec<String> = Vec::new();
    for (name, value) in &answer.headers {
        headers.push(match &**name {
            "x-request-id" | "date" => format!("{name} of {} characters", value.len()),
            "set-cookie" => {
                let (cookie, attributes) = value.split_once(';').unwrap();
                let attributes: Vec<_> =
                    attributes.split(';').filter(|part| !part.contains("Expires=")).collect();
                let cookie = Cookie::parse_encoded(cookie).unwrap(); // some characters are sent as three
                format!("{} of {} characters, {}", cookie.name(), cookie.value().len(), attributes.join(";"))
            }
            _ => format!("{name}: {value}"),
        });
    }
    headers.sort();
    // In JSON it is in the body, too.
    let id =
        answer.headers.iter().find(|(name, _)| name.as_str() == "x-request-id").map(|(_, id)| id.to_string());
    let body = answer.without_form_values();
    (answer.status.code, headers, id.map_or_else(|| body.clone(), |id| body.replace(&id, "(id)")))
}

#[test]
fn every_failed_login_gets_the_same_answer() {
    let site = site();
    let long = "x".repeat(257);
    let tries = [
        ("ada@example.org", "wrong horse battery"),
        ("bob@example.org", PASSWORD),
        ("eve@example.org", PASSWORD),
        ("eve@example.org", "wrong horse battery"),
        ("mia@example.org", PASSWORD),
        ("ned@example.org", PASSWORD),
        ("ada@example.org", &long),
        ("bob@example.org", &long),
        ("ADA@EXAMPLE.ORG", "x"),
        ("not an address.", PASSWORD),
        ("a@b@c@example.o", PASSWORD),
    ];
    let mut shapes = Vec::new();
    for (email, password) in tries {
        let mut visitor = site.visitor();
        let refused = visitor.log_in(email, password);
        assert_eq!((refused.status.code, refused.location()), (303, "/login"), "{email}");
        let page = visitor.get("/login");
        let page_body = page.without_form_values().replace(email, "(the address)");
        assert_eq!(page.notices(), ["Please check your login details and try again."], "{email}");
        shapes.push((email, shape(&refused), page_body));
        assert!(!visitor.is_logged_in());
    }
    let (_, refused, page) = &shapes[0];
    assert!(refused.1.iter().any(|header| header.starts_with("typed-")), "{refused:?}");
    for (email, other_refused, other_page) in &shapes[1..] {
        assert_eq!(other_refused, refused, "{email}");
        assert_eq!(other_page, page, "{email}");
    }
    assert_eq!(site.number("select count(*) from sessions"), 0);
}

#[test]
fn a_failed_login_after_a_link_gets_the_same_answer_too() {
    let site = site();
    let refused = |email| {
        let fields = [("email", email), ("password", "wrong horse battery"), ("next", "/profile")];
        shape(&site.visitor().submit("/login", &fields))
    };
    let known = refused("ada@example.org");
    assert!(known.1.contains(&"location: /login?next=%2Fprofile".to_owned()), "{known:?}");
    assert_eq!(refused("bob@example.org"), known);
    assert_eq!(refused("eve@example.org"), known);
}

/// Logins of each kind, with wrong passwords, take turns. The medians of their times must be within a tenth
/// of each other. If they are not, the machine may have been busy: the same number is added, twice at most. A
/// program that skips the hash for an unknown address answers many times faster, which no noise hides.
#[test]
fn every_failed_login_takes_the_same_time() {
    const PAIRS: usize = 200;
    let site = site();
    let long = "x".repeat(257);
    let kinds = [
        ("ada@example.org", "wrong horse battery"),
        ("bob@example.org", "wrong horse battery"),
        ("eve@example.org", PASSWORD),
        ("ada@example.org", &*long),
        ("no address", "wrong horse battery"),
    ];
    let mut times = vec![Vec::new(); kinds.len()];
    let alike = |times: &[Vec<Duration>]| {
        let known = median(&times[0]);
        times.iter().map(|kind| median(kind) / known).all(|ratio| (0.9..=1.1).contains(&ratio))
    };
    for _ in 0..3 {
        for _ in 0..PAIRS {
            for ((email, password), times) in kinds.iter().zip(&mut times) {
                let mut visitor = site.visitor();
                let begin = Instant::now();
                visitor.log_in(email, password);
                times.push(begin.elapsed());
            }
        }
        if alike(&times) {
            return;
        }
    }
    let medians: Vec<_> = times.iter().map(|kind| median(kind)).collect();
    panic!("medians in seconds, of {kinds:?}: {medians:?}");
}

/// In seconds.
fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
