//! Forms that no browser sends: whatever their body is, they do not break a page, and they have no unwanted
//! effect.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use rocket::http::Status;

use crate::support::{PASSWORD, Setup, TestSite, encoded};

const FORM: &str = "application/x-www-form-urlencoded";

/// Every form that a stranger may send.
const FORMS: [&str; 6] = ["/login", "/signup", "/logout", "/reset", "/reauthenticate", "/settings/close"];

/// What has confused form parsers, here or in other programs.
const CORPUS: [&str; 24] = [
    "",
    "&",
    "=",
    "&&&==&",
    "%",
    "%%",
    "%0",
    "%zz=%zz",
    "email",
    "email=",
    "=ada@example.org",
    "email[]=ada@example.org",
    "email.x=a&email[y]=b",
    "email=a&email=b",
    "_method=get&email=a",
    "&_method=delete",
    "email=%00",
    "email=%ff%fe",
    "email=a;password=b",
    "email=a\r\npassword=b",
    "email\0=a",
    "[]=&.=&a[=&a]=",
    "email=+&name=+&password=+",
    "email=%E2%80%AE&name=%C2%85&password=%F0%9F%94%91",
];

/// A site where Ada has an account, and attempts are not limited.
fn site() -> TestSite {
    let site = Setup::new().patient().build();
    site.ada();
    site.change("delete from sessions");
    site
}

/// Sends it as a stranger, and checks the result.
fn is_harmless(site: &TestSite, path: &str, body: &str) -> Result<(), TestCaseError> {
    let mut eve = site.visitor();
    let answer = eve.request("POST", path, Some(FORM), body);
    let fine = [
        Status::SeeOther,
        Status::NotFound,
        Status::Gone,
        Status::UnprocessableEntity,
        Status::PayloadTooLarge,
    ];
    prop_assert!(fine.contains(&answer.status), "{path}: {} to {body:?}", answer.status);
    prop_assert_eq!(site.number("select count(*) from sessions"), 0, "{} logs in: {:?}", path, body);
    let others = site.number("select count(*) from accounts where email_key <> 'ada@example.org'");
    prop_assert_eq!(others, 0, "{} makes an account: {:?}", path, body);
    prop_assert!(!eve.is_logged_in());
    Ok(())
}

#[test]
fn bodies_that_confused_form_parsers_have_no_effect_here() {
    let site = site();
    let right = encoded(&[("email", "ada@example.org"), ("password", PASSWORD)]);
    for path in FORMS {
        for body in CORPUS {
            is_harmless(&site, path, body).unwrap();
            if body.contains('=') && path == "/login" && body.contains("email") {
                is_harmless(&site, path, &format!("{right}&{body}")).unwrap();
            }
        }
    }
}

#[test]
fn no_content_of_a_form_breaks_a_page_or_logs_anyone_in() {
    let site = site();
    let field = prop_oneof![
        2 => "(email|password|name|next|remember|token|new_password|_method|id|x)",
        1 => "(email|name)(\\[[a-z0-9]{0,3}\\]?|\\.[a-z]{0,3}){1,4}",
        1 => "\\PC{0,6}",
    ];
    let value = prop_oneof![
        2 => "(ada%40example.org|ada@example.org|Ada|on|%2Fprofile|%2F%2Fevil.test)",
        1 => "[%0-9a-fA-F+]{0,12}",
        1 => "[^&=]{0,12}",
    ];
    let body = prop::collection::vec((field, "=|", value), 0..7).prop_map(|fields| {
        let fields: Vec<_> =
            fields.into_iter().map(|(name, equals, value)| name + &equals + &value).collect();
        fields.join("&")
    });
    let cases = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let checked = TestRunner::new(cases)
        .run(&(prop::sample::select(FORMS.to_vec()), body), |(path, body)| is_harmless(&site, path, &body));
    checked.unwrap();
}

#[test]
fn no_header_of_a_visitor_breaks_a_page() {
    let site = Setup::new().with("trusted_proxies", "127.0.0.0/8").build();
    let name = prop::sample::select(vec![
        "X-Forwarded-For",
        "X-Forwarded-Proto",
        "User-Agent",
        "Accept",
        "Origin",
        "Sec-Fetch-Site",
        "Sec-Fetch-Mode",
        "Cookie",
        "Content-Type",
        "Host",
    ]);
    let headers =
        prop::collection::vec((name, "[ -~]{0,40}|[0-9a-f:., \\[\\]]{0,40}|(a|;|=|,|/|\\*){0,20}"), 1..4);
    let cases = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let checked = TestRunner::new(cases).run(&headers, |headers| {
        for path in ["/", "/login", "/profile", "/nowhere"] {
            let mut visitor = site.visitor_from("127.0.0.1");
            visitor.headers.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
            let answer = visitor.get(path);
            prop_assert!(answer.status.code < 500, "{path}: {} to {headers:?}", answer.status);
            prop_assert!(!answer.all("content-security-policy").is_empty(), "{path}: {headers:?}");
        }
        Ok(())
    });
    checked.unwrap();
}
