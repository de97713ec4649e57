//! Every response has the same headers, whatever it answers, and whether the page is one of an app or ours.

use rocket::{get, routes};
use serde_json::Value;
use vestibule::layout::Layout;
use vestibule::web::content_security_policy::{Directive, Source};
use vestibule::web::{Error, Page, Result, static_files};

use crate::forms::{GUESTS, app_pages};
use crate::support::{Answer, PASSWORD, Setup, TestSite};

const ALWAYS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
];

#[get("/panics")]
fn panics() -> &'static str {
    panic!("a secret of the inside")
}

#[get("/broken")]
fn broken() -> Result<()> {
    Err(Error::Broken("a secret of the inside"))
}

#[get("/busy")]
fn busy() -> Result<()> {
    Err(Error::Busy)
}

fn site(base_url: &str) -> TestSite {
    Setup::new().with("base_url", base_url).page(routes![panics, broken, busy]).page(app_pages()).build()
}

/// One response of each kind, by its status and what was requested. At the end, the database does not answer.
fn provoked(site: &TestSite) -> Vec<(u16, &'static str, Answer)> {
    let (visitor, ada) = (site.visitor(), site.ada());
    let ask = |method: &str, path: &str, kind: Option<&str>, body: &str| {
        visitor.clone().request(method, path, kind, body)
    };
    let form = Some("application/x-www-form-urlencoded");
    let json = || visitor.clone().sending("Accept", "application/json");
    let style = static_files::address("style.css").unwrap();
    let mut answers = vec![
        (200, "home", ask("GET", "/", None, "")),
        (200, "the profile", ada.clone().get("/profile")),
        (200, "a file", ask("GET", &style, None, "")),
        (200, "health", ask("GET", "/health", None, "")),
        (200, "HEAD of a page", ask("HEAD", "/", None, "")),
        (200, "HEAD of a file", ask("HEAD", &style, None, "")),
        (200, "a file, compressed", visitor.clone().sending("Accept-Encoding", "gzip").get(&style)),
        (303, "to log in", ask("GET", "/profile", None, "")),
        (303, "a log-in", visitor.clone().log_in("ada@example.org", PASSWORD)),
        (303, "a wrong password", visitor.clone().log_in("ada@example.org", "wrong")),
        (303, "a log-out", ada.clone().post("/logout", "")),
        (400, "two hosts", visitor.clone().sending("Host", "a").sending("Host", "b").get("/")),
        (401, "JSON", json().get("/profile")),
        (403, "another site", visitor.clone().sending("Sec-Fetch-Site", "cross-site").post("/login", "")),
        (404, "a page", ask("GET", "/nowhere", None, "")),
        (404, "JSON", json().get("/nowhere")),
        (404, "a file", ask("GET", "/static/nothing.css", None, "")),
        (404, "HEAD", ask("HEAD", "/nowhere", None, "")),
        (405, "a page", ask("DELETE", "/login", None, "")),
        (405, "OPTIONS", ask("OPTIONS", "/", None, "")),
        (413, "a large body", ask("POST", "/login", form, &"a".repeat(20_000))),
        (415, "JSON sent", ask("POST", "/login", Some("application/json"), "{}")),
        (422, "a form", visitor.clone().log_in("", "")),
        (200, "a page of an app", ask("GET", GUESTS, None, "")),
        (303, "a form of an app", ask("POST", GUESTS, form, "email=a&password=b")),
        (
            403,
            "another site, to an app",
            visitor.clone().sending("Sec-Fetch-Site", "cross-site").post(GUESTS, ""),
        ),
        (405, "a page of an app", ask("DELETE", GUESTS, None, "")),
        (413, "a large body for an app", ask("POST", GUESTS, form, &"a".repeat(20_000))),
        (415, "JSON sent to an app", ask("POST", GUESTS, Some("application/json"), "{}")),
        (422, "a form of an app", ask("POST", GUESTS, form, "email=a")),
        (422, "JSON", json().log_in("", "")),
        (500, "a panic", ask("GET", "/panics", None, "")),
        (500, "something broken", ask("GET", "/broken", None, "")),
        (500, "something broken, as JSON", json().get("/broken")),
        (503, "busy", ask("GET", "/busy", None, "")),
    ];
    site.silence_database();
    answers.extend([
        (503, "ready", site.visitor().get("/ready")),
        (503, "a page", ada.clone().get("/profile")),
        (503, "HEAD", ada.clone().request("HEAD", "/profile", None, "")),
        (404, "a page", ada.clone().get("/nowhere")),
    ]);
    answers
}

#[test]
fn every_answer_has_every_header_once() {
    let site = site("http://localhost:8000");
    for (status, what, answer) in provoked(&site) {
        assert_eq!(answer.status.code, status, "{what}");
        for (name, value) in ALWAYS {
            assert_eq!(answer.all(name), [value], "{name} of {status}, {what}");
        }
        assert_eq!(answer.all("server"), [""; 0], "{status}, {what}");
        assert_eq!(answer.all("x-powered-by"), [""; 0], "{status}, {what}");
        let cache = answer.header("cache-control");
        let lasting = status == 200 && what.contains("a file");
        let expected = if lasting { "public, max-age=31536000, immutable" } else { "no-store" };
        assert_eq!(cache, expected, "{status}, {what}");
    }
}

#[test]
fn hsts_is_sent_only_by_an_https_site() {
    for (base_url, expected) in [
        ("https://login.example.org", "max-age=63072000"),
        ("http://localhost:8000", ""),
        ("http://intranet.example", ""),
    ] {
        let site = site(base_url);
        for (status, what, answer) in provoked(&site) {
            let policy = answer.header("strict-transport-security");
            assert_eq!(policy, expected, "{base_url}: {status}, {what}");
        }
    }
}

#[test]
fn hsts_includes_subdomains_if_the_operator_says_so() {
    let setup = Setup::new().with("base_url", "https://login.example.org");
    let site = setup.with("hsts_include_subdomains", "true").build();
    let page = site.visitor().get("/");
    assert_eq!(page.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

#[test]
fn a_body_has_a_content_type() {
    let site = site("http://localhost:8000");
    for (status, what, answer) in provoked(&site) {
        let expected = match what {
            _ if answer.body.is_empty() => continue,
            "a file" if status == 200 => "text/css; charset=utf-8",
            "health" | "ready" => "text/plain; charset=utf-8",
            _ if what.ends_with("JSON") => "application/json",
            _ => "text/html; charset=utf-8",
        };
        assert_eq!(answer.header("content-type"), expected, "{status}, {what}");
        if expected == "application/json" {
            serde_json::from_str::<serde_json::Value>(&answer.body).unwrap();
        }
    }
}

#[test]
fn an_answer_that_asks_to_retry_says_when() {
    let site = site("http://localhost:8000");
    for (status, what, answer) in provoked(&site) {
        let wait = answer.header("retry-after");
        if status == 503 {
            assert!((1..=60).contains(&wait.parse().unwrap_or(0)), "{what}: {wait:?}");
        } else {
            assert_eq!(wait, "", "{status}, {what}");
        }
    }
}

#[test]
fn the_request_id_is_in_the_header_and_json_of_each_error_and_on_pages_of_internal_ones() {
    let site = site("http://localhost:8000");
    for (status, what, answer) in provoked(&site) {
        let id = answer.header("x-request-id").to_owned();
        assert!(id.len() >= 16 && id.chars().all(|c| c.is_ascii_alphanumeric()), "{status}, {what}: {id:?}");
        let form = status == 422;
        if what.ends_with("JSON") {
            let body: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!(body["error"]["request_id"], id, "{status}, {what}");
        } else if status >= 400 && !form && what != "ready" && !answer.body.is_empty() {
            let told = answer.says(&format!("Error code: {id}"));
            assert_eq!(
                told,
                status == 500,
                "{status}, {what}: only an error that is in the log shows its ID"
            );
        }
    }
}

#[test]
fn every_request_has_a_unique_id_that_the_visitor_cannot_choose() {
    let site = TestSite::new();
    let mut visitor = site.visitor().sending("X-Request-Id", "chosen").sending("Request-Id", "chosen");
    let mut ids: Vec<String> = Vec::new();
    for _ in 0..50 {
        ids.push(visitor.get("/nowhere").header("x-request-id").to_owned());
    }
    assert!(!ids.iter().any(|id| id.contains("chosen")));
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 50);
}

#[test]
fn pages_work_under_their_own_policy() {
    let site = TestSite::new();
    let (mut anonymous, mut ada) = (site.visitor(), site.ada());
    let pages = ["/", "/login", "/signup", "/nowhere"].map(|path| anonymous.get(path));
    for page in pages.into_iter().chain(["/", "/profile", "/nowhere"].map(|path| ada.get(path))) {
        let text = page.text();
        for inline in
            ["<style", " style=", " onclick=", " onload=", "javascript:", "<base", "<iframe", "data:"]
        {
            assert!(!text.contains(inline), "{inline}\n{text}");
        }
        for script in text.split("<script").skip(1) {
            assert!(script.starts_with(" src=\"/static/") && script.contains("></script>"), "{script}");
        }
    }
}

/// A page that sends a form to another site, and has its own script.
#[get("/onward")]
fn onward(layout: Layout<'_>) -> Page {
    let app = "https://app.example.org/callback?code=1".parse().unwrap();
    layout
        .page("home.html", "Onward", Value::Null)
        .allowing(Directive::FormAction, Source::site(&app).unwrap())
        .allowing(Directive::Script, Source::nonce("0123456789abcdefABCDEF").unwrap())
}

/// A page that would loosen the policy, but cannot be rendered.
#[get("/onward/broken")]
fn broken_onward(layout: Layout<'_>) -> Page {
    let app = "https://app.example.org".parse().unwrap();
    let page = layout.page("no-such-page.html", "Onward", Value::Null);
    page.allowing(Directive::FormAction, Source::site(&app).unwrap())
}

#[test]
fn a_page_may_loosen_the_policy_for_itself_only() {
    let site = Setup::new().page(routes![onward, broken_onward]).build();
    let (_, strict) = ALWAYS[0];
    let loose = strict
        .replace("form-action 'self'", "form-action 'self' https://app.example.org")
        .replace("script-src 'self'", "script-src 'self' 'nonce-0123456789abcdefABCDEF'");
    for (path, status, policy) in [
        ("/onward", 200, &*loose),
        ("/", 200, strict),
        ("/onward/broken", 500, strict),
        ("/onward/x", 404, strict),
    ] {
        let answer = site.visitor().get(path);
        assert_eq!(
            (answer.status.code, answer.all("content-security-policy")),
            (status, vec![policy]),
            "{path}"
        );
    }
}
