//! Routes for programs: the rules for them, which are not those for pages. They are mounted like those of an app.

use rocket::http::{ContentType, Cookie, CookieJar, Status};
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, Route, get, post, routes};
use serde_json::Value;
use vestibule::people::{MaybeUser, User};
use vestibule::web::{Cookies, OldInput};

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

const BASE: &str = "https://login.example.org";
const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

/// A program that sends the right token.
struct Program;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Program {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        match request.headers().get_one("authorization") {
            Some("Bearer open-sesame") => Outcome::Success(Program),
            _ => Outcome::Error((Status::Unauthorized, ())),
        }
    }
}

type Json = (ContentType, String);

fn json(text: &str) -> Json {
    (ContentType::JSON, format!("{{\"is\":\"{text}\"}}"))
}

#[post("/machine/token")]
fn token(_program: Program) -> Json {
    json("done")
}

#[get("/machine/token")]
fn read(_program: Program) -> Json {
    json("read")
}

#[get("/machine/user")]
fn user(user: User) -> Json {
    json(user.email.as_str())
}

/// Reads and sets cookies in both ways, with our type and with Rocket's.
#[get("/machine/cookies")]
fn cookies(maybe_user: MaybeUser, cookies: Cookies<'_>, jar: &CookieJar<'_>) -> Json {
    let typed = OldInput::take(cookies).email;
    OldInput::address("eve@example.org").keep(cookies);
    jar.add(Cookie::new("own", "value"));
    json(&format!("{typed}{}", maybe_user.is_some()))
}

#[get("/machine/<_..>", rank = 5)]
fn rest(_program: Program) -> Json {
    json("rest")
}

#[get("/machine/page")]
fn page(user: User) -> String {
    user.email.to_string()
}

fn machine() -> Vec<Route> {
    routes![token, read, user, cookies, rest]
}

fn at(base_url: &str) -> TestSite {
    Setup::new().with("base_url", base_url).machine(machine()).page(routes![page]).build()
}

fn site() -> TestSite {
    at("http://localhost:8000")
}

fn with_token(visitor: Visitor<'_>) -> Visitor<'_> {
    visitor.sending("Authorization", "Bearer open-sesame")
}

fn what_it_is(answer: &Answer) -> String {
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!((answer.status, answer.header("content-type")), (Status::Ok, "application/json"));
    body["is"].as_str().unwrap().to_owned()
}

fn refusal(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json", "{}", answer.body);
    let body: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(body["error"]["code"], answer.status.code);
    body["error"].clone()
}

#[test]
fn a_program_with_a_token_may_send_requests_from_any_origin() {
    let site = site();
    for (name, value) in [
        ("Sec-Fetch-Site", "cross-site"),
        ("Origin", "https://app.example.org"),
        ("Referer", "https://app.example.org/"),
    ] {
        let mut program = with_token(site.visitor()).sending(name, value);
        assert_eq!(what_it_is(&program.request("POST", "/machine/token", FORM, "a=b")), "done", "{name}");
        // The same request to a page.
        assert_eq!(program.request("POST", "/login", FORM, "a=b").status, Status::Forbidden, "{name}");
    }
}

#[test]
fn routes_for_programs_neither_read_nor_set_cookies() {
    for (base_url, session) in [("http://localhost:8000", "session"), (BASE, "__Host-session")] {
        let site = at(base_url);
        let mut ada = site.ada();
        ada.log_in(ADA, "wrong horse battery");
        ada.plant("typed", "x");
        let answer = ada.get("/machine/cookies");
        assert_eq!((what_it_is(&answer), answer.all("set-cookie")), ("false".to_owned(), vec![]));
        let answer = ada.get("/machine/user");
        assert_eq!((answer.status, answer.all("set-cookie")), (Status::Unauthorized, vec![]));
        // A worthless cookie is not removed either.
        site.change("delete from sessions");
        let answer = ada.get("/machine/user");
        assert_eq!((answer.status, answer.all("set-cookie")), (Status::Unauthorized, vec![]));
        assert!(ada.get("/profile").takes_back(session));
    }
}

#[test]
fn another_site_cannot_use_a_users_cookies_in_any_spelling_of_the_path() {
    let site = site();
    let ada = site.ada();
    for path in
        ["/machine/user", "/%6dachine/user", "/machine/%75ser", "/machine/user?x", "/mach%69ne/us%65r"]
    {
        let mut lured = ada.clone().sending("Sec-Fetch-Site", "cross-site");
        assert_eq!(lured.get(path).status, Status::Unauthorized, "{path}");
        assert!(!lured.request("POST", path, FORM, "").body.contains(ADA), "{path}");
    }
    // A page at an exact path below stays a page.
    assert_eq!(ada.clone().get("/machine/page").body, ADA);
    let mut lured = ada.clone().sending("Sec-Fetch-Site", "cross-site");
    assert_eq!(lured.request("POST", "/machine/page", FORM, "").status, Status::Forbidden);
}

#[test]
fn a_program_needs_a_token_and_gets_errors_as_json_whatever_it_accepts() {
    let site = site();
    for accept in ["text/html", "application/json", "*/*"] {
        let program = || site.visitor().sending("Accept", accept).sending("Sec-Fetch-Mode", "navigate");
        let answer = program().request("POST", "/machine/token", FORM, "");
        assert_eq!((answer.status, answer.location()), (Status::Unauthorized, ""));
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        let error = refusal(&answer);
        assert_eq!(error["description"], "This needs a valid token or client credentials.");
        assert_eq!(error["login"], Value::Null);
        let answer = with_token(program()).request("DELETE", "/machine/token", None, "");
        assert_eq!((answer.status, answer.header("allow")), (Status::MethodNotAllowed, "GET, HEAD, POST"));
        refusal(&answer);
    }
    // None of this happens on a page: a person is sent to the login.
    let answer = site.visitor().sending("Accept", "application/json").get("/profile");
    assert_eq!((answer.status, answer.header("www-authenticate")), (Status::Unauthorized, ""));
}

#[test]
fn a_program_may_use_any_host_name_but_must_send_one() {
    let site = at(BASE);
    let mut inside = with_token(site.visitor_from("10.0.0.9")).sending("Host", "vestibule:8000");
    assert_eq!(what_it_is(&inside.get("/machine/token")), "read");
    assert_eq!(inside.get("/machine/page").status, Status::MisdirectedRequest);
    let answer = Answer::read(site.client.get("/machine/token").dispatch());
    assert_eq!(answer.status, Status::BadRequest);
    refusal(&answer);
}

#[test]
fn programs_have_a_separate_rate_limit() {
    let site = Setup::new().with("limit_forms", "3").machine(machine()).build();
    let mut network = with_token(site.visitor_from("203.0.113.7"));
    for _ in 0..3 {
        assert_eq!(network.post("/nowhere", "").status, Status::NotFound);
    }
    assert_eq!(network.post("/nowhere", "").status, Status::TooManyRequests);
    // Reading counts too.
    for number in 0..1_200 {
        let method = if number % 2 == 0 { "GET" } else { "POST" };
        assert_eq!(network.request(method, "/machine/token", None, "").status, Status::Ok, "{number}");
    }
    for method in ["GET", "HEAD", "POST", "OPTIONS"] {
        let answer = network.request(method, "/machine/token", None, "");
        assert_eq!((answer.status, answer.header("retry-after")), (Status::TooManyRequests, "1"), "{method}");
    }
    assert_eq!(refusal(&network.get("/machine/token"))["retry_after"], 1);
    assert_eq!(network.get("/").status, Status::Ok);
    let mut other = with_token(site.visitor_from("198.51.100.1"));
    assert_eq!(what_it_is(&other.get("/machine/token")), "read");
    site.clock.advance(1);
    let more = (0..30).filter(|_| network.get("/machine/token").status == Status::Ok);
    assert_eq!(more.count(), 20, "a second gives back twenty");
}

#[test]
fn answers_to_programs_have_the_headers_that_programs_need() {
    let site = at(BASE);
    let mut program = with_token(site.visitor());
    for answer in [program.get("/machine/token"), program.request("PUT", "/machine/token", None, "")] {
        for (name, value) in [
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("cross-origin-resource-policy", "same-origin"),
            ("cache-control", "no-store"),
            ("strict-transport-security", "max-age=63072000"),
            ("referrer-policy", ""),
            ("permissions-policy", ""),
            ("cross-origin-opener-policy", ""),
        ] {
            assert_eq!(answer.header(name), value, "{name}");
        }
        assert!(answer.header("x-request-id").len() >= 16);
    }
}

#[test]
fn no_login_leads_to_a_route_for_programs() {
    let site = site();
    site.ada();
    let fields = [("email", ADA), ("password", PASSWORD), ("next", "/machine/token")];
    assert_eq!(site.visitor().submit("/login", &fields).location(), "/profile");
}
