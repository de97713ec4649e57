//! Which clients get an error as JSON and which ones as a page, and what the JSON says.

use rocket::http::Status;
use rocket::routes;
use serde_json::json;

use crate::errors::{broken, failing, is_framed, json_of, panics};
use crate::support::{Answer, Setup, TestSite, Visitor};

const WANT_JSON: [(&str, &str); 8] = [
    ("Accept", "application/json"),
    ("Accept", "application/json, */*;q=0.5"),
    ("Accept", "application/problem+json"),
    ("Accept", "application/problem+json, */*;q=0.1"),
    ("Accept", "Application/JSON"),
    ("Sec-Fetch-Mode", "cors"),
    ("Sec-Fetch-Mode", "no-cors"),
    ("Sec-Fetch-Mode", "same-origin"),
];

const WANT_PAGES: [(&str, &str); 9] = [
    ("Accept", "text/html"),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("Accept", "application/json, text/html;q=0.1"),
    ("Accept", "*/*"),
    ("Accept", "image/png"),
    ("Accept", ""),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Mode", ""),
    ("X-Nothing", ""),
];

#[test]
fn a_stranger_who_accepts_json_gets_401_and_no_redirect() {
    let site = TestSite::new();
    for (name, value) in WANT_JSON {
        let answer = site.visitor().sending(name, value).get("/profile");
        assert_eq!((answer.status, answer.location()), (Status::Unauthorized, ""), "{name}: {value}");
        assert!(answer.all("set-cookie").is_empty(), "{name}: {value}: no notice waits for a script");
        let mut body = json_of(&answer);
        let error = body["error"].as_object_mut().unwrap();
        assert_eq!(error.remove("request_id"), Some(json!(answer.header("x-request-id"))));
        assert!(error.remove("description").unwrap().as_str().unwrap().ends_with('.'));
        assert_eq!(json!(error), json!({ "code": 401, "reason": "Unauthorized", "login": "/login" }));
    }
    for (name, value) in WANT_PAGES {
        let answer = site.visitor().sending(name, value).get("/profile");
        assert_eq!(
            (answer.status, answer.location()),
            (Status::SeeOther, "/login?next=%2Fprofile"),
            "{name}: {value}"
        );
    }
}

#[test]
fn each_of_several_accept_headers_counts() {
    let site = TestSite::new();
    let mut both = site.visitor().sending("Accept", "application/json").sending("Accept", "text/html");
    assert_eq!(both.get("/profile").status, Status::SeeOther);
    let mut script = site.visitor().sending("Accept", "text/html").sending("Sec-Fetch-Mode", "cors");
    assert_eq!(script.get("/profile").status, Status::Unauthorized, "a script's request is never redirected");
}

#[test]
fn every_other_error_follows_the_same_rule() {
    let site = Setup::new().with("signup", "closed").page(routes![panics, broken, failing]).build();
    type Asking = fn(Visitor<'_>) -> Answer;
    let asked: [(u16, Asking); 10] = [
        (400, |visitor| visitor.sending("Host", "").get("/")),
        (403, |visitor| visitor.sending("Sec-Fetch-Site", "cross-site").post("/login", "")),
        (403, |mut visitor| visitor.get("/signup")),
        (404, |mut visitor| visitor.get("/nowhere")),
        (405, |mut visitor| visitor.request("PUT", "/login", None, "")),
        (413, |mut visitor| visitor.post("/login", &"a".repeat(20_000))),
        (415, |mut visitor| visitor.request("POST", "/login", Some("text/plain"), "")),
        (500, |mut visitor| visitor.get("/panics")),
        (500, |mut visitor| visitor.get("/broken")),
        (500, |mut visitor| visitor.get("/failing")),
    ];
    for (status, ask) in asked {
        for (name, value) in WANT_JSON {
            let answer = ask(site.visitor().sending(name, value));
            assert_eq!(answer.status.code, status);
            let error = &json_of(&answer)["error"];
            assert_eq!(error["code"], status, "{name}: {value}");
            assert_eq!(error["reason"], answer.status.reason_lossy());
            assert!(error["description"].as_str().unwrap().ends_with('.'), "{error}");
        }
        for (name, value) in WANT_PAGES {
            let answer = ask(site.visitor().sending(name, value));
            assert_eq!(answer.status.code, status);
            is_framed(&answer, &format!("{status} {name}: {value}"));
        }
    }
}

#[test]
fn the_json_for_a_wrong_form_names_its_fields() {
    let site = TestSite::new();
    for (name, value) in WANT_JSON {
        let answer = site.visitor().sending(name, value).log_in("", "");
        assert_eq!(answer.status, Status::UnprocessableEntity);
        assert!(json_of(&answer)["error"]["fields"]["email"].is_string(), "{name}: {value}");
    }
    for (name, value) in WANT_PAGES {
        let answer = site.visitor().sending(name, value).log_in("", "");
        assert!(
            answer.status == Status::UnprocessableEntity && answer.says("<h1>Login</h1>"),
            "{name}: {value}"
        );
    }
    let mut script = site.visitor().sending("Accept", "application/json");
    let error = json_of(&script.log_in("", "x"))["error"].clone();
    assert_eq!(
        (&error["code"], &error["fields"]["email"]),
        (&json!(422), &json!("Enter your email address."))
    );
    let error = json_of(&script.log_in("ada@x.test", ""))["error"].clone();
    assert_eq!(error["fields"]["password"], "Enter your password.");
    let error = json_of(&script.sign_up("no address", "", "short"))["error"].clone();
    for field in ["email", "name", "password"] {
        assert!(error["fields"][field].as_str().unwrap().ends_with('.'), "{field}: {error}");
    }
    let error = json_of(&script.post("/login", "x=y"))["error"].clone();
    assert!(error["fields"]["form"].is_string(), "{error}");
}
