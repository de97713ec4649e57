//! Every cookie the site gives, and how it is taken back, by plain http and by https.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const OURS: [&str; 3] = ["session", "remember", "typed"];

fn https() -> TestSite {
    Setup::new().with("base_url", "https://login.example.org").build()
}

/// A visit that gives and takes back every cookie there is.
fn tour(site: &TestSite) -> Vec<Answer> {
    let mut ada = site.visitor();
    let mut answers = vec![ada.sign_up("ada@example.org", "Ada", PASSWORD), ada.get("/login")];
    answers.push(ada.log_in("ada@example.org", "wrong horse battery"));
    answers.push(ada.get("/login"));
    answers.push(ada.log_in_remembered("ada@example.org", PASSWORD));
    answers.push(ada.post("/logout", ""));
    ada.log_in_remembered("ada@example.org", PASSWORD);
    site.change("delete from remembered");
    answers.extend([ada.get("/profile"), ada.get("/nowhere")]);
    answers
}

fn lines(answers: &[Answer]) -> Vec<&str> {
    answers.iter().flat_map(|answer| answer.all("set-cookie")).collect()
}

#[test]
fn on_https_every_cookie_is_bound_to_this_host_and_to_tls() {
    let site = https();
    let answers = tour(&site);
    for line in lines(&answers) {
        for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(line.contains(attribute), "{line} lacks {attribute}");
        }
        assert!(!line.contains("Domain"), "{line}");
        assert!(line.starts_with("__Host-") || line.starts_with("_flash="), "{line}");
    }
    for name in OURS {
        let of_name: Vec<_> =
            lines(&answers).into_iter().filter(|line| line.starts_with(&format!("__Host-{name}="))).collect();
        let removed = of_name.iter().filter(|line| line.contains("Max-Age=0")).count();
        assert!(removed > 0 && removed < of_name.len(), "{name} is given and taken back: {of_name:?}");
    }
}

#[test]
fn on_http_the_names_are_plain_and_nothing_says_secure() {
    let site = TestSite::new();
    let answers = tour(&site);
    for line in lines(&answers) {
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(line.contains(attribute), "{line} lacks {attribute}");
        }
        let name = line.split('=').next().unwrap();
        assert!(OURS.contains(&name) || ["_flash", "device"].contains(&name), "{line}");
        assert!(!line.contains("Secure") && !line.contains("Domain"), "{line}");
    }
}

#[test]
fn what_was_typed_is_kept_for_a_minute_unreadable_and_without_the_password() {
    let site = TestSite::new();
    site.ada();
    let mut visitor = site.visitor();
    let answer = visitor.sign_up("ada@example.org", "Ada", PASSWORD);
    let line = answer.set_cookie("typed");
    assert!(line.contains("; Max-Age=60"), "{line}");
    assert!(!line.contains("example") && !line.contains("horse"), "{line}");
    for value in ["x", "", visitor.clone().cookie("_flash").unwrap()] {
        let mut forger = site.visitor();
        forger.plant("typed", value);
        let page = forger.get("/login");
        assert_eq!(page.status, Status::Ok);
        assert!(page.says("value=\"\"") && page.takes_back("typed"), "{value}");
    }
    assert!(visitor.get("/signup").takes_back("typed"));
}

#[test]
fn a_session_of_plain_http_opens_nothing_on_https() {
    let site = https();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    ada.log_in("ada@example.org", PASSWORD);
    let session = ada.cookie("__Host-session").unwrap().to_owned();
    assert!(ada.is_logged_in());
    let mut visitor = site.visitor();
    visitor.plant("session", &session);
    assert!(!visitor.is_logged_in(), "only under the name that a browser protects");
}

#[test]
fn a_dead_cookie_is_taken_back_by_whatever_answers() {
    for site in [TestSite::new(), https()] {
        let names = if site.config.settings.base_url.is_https() {
            ["__Host-session", "__Host-remember"]
        } else {
            ["session", "remember"]
        };
        let dead = |visitor: &mut Visitor<'_>| names.iter().for_each(|name| visitor.plant(name, "dead"));
        let asked = [
            ("GET", "/", 200),
            ("HEAD", "/", 200),
            ("GET", "/login", 200),
            ("GET", "/profile", 303),
            ("GET", "/logout", 303),
            ("POST", "/logout", 303),
            ("GET", "/nowhere", 404),
            ("GET", "/login/", 404),
            ("POST", "/profile", 405),
            ("POST", "/login", 422),
            ("POST", "/signup", 422),
        ];
        for (method, path, status) in asked {
            let mut visitor = site.visitor();
            dead(&mut visitor);
            let answer = visitor.request(method, path, Some("application/x-www-form-urlencoded"), "");
            assert_eq!(answer.status.code, status, "{method} {path}");
            for name in names {
                let line = answer.set_cookie(name);
                assert!(
                    answer.takes_back(name) && line.contains("; Path=/"),
                    "{method} {path} leaves {name}: {line}"
                );
                assert_eq!(line.contains("; Secure"), name.starts_with("__Host-"), "{line}");
            }
        }
        let mut script = site.visitor().sending("Accept", "application/json");
        dead(&mut script);
        let answer = script.get("/profile");
        assert_eq!(answer.status, Status::Unauthorized);
        assert!(names.iter().all(|name| answer.takes_back(name)));
    }
}
