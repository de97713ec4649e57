//! Every cookie that the site sets, and how it is removed, over HTTP and over HTTPS.

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::web::{Cookies, OldInput};

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const OURS: [&str; 3] = ["session", "remember", "typed"];

fn https() -> TestSite {
    Setup::new().with("base_url", "https://login.example.org").build()
}

/// A visit that sets and removes every cookie there is.
fn tour(site: &TestSite) -> Vec<Answer> {
    let mut ada = site.visitor();
    let mut answers = vec![ada.sign_up("ada@example.org", "Ada", PASSWORD), ada.get("/login")];
    answers.push(ada.log_in("ada@example.org", "wrong horse battery"));
    answers.push(ada.get("/login"));
    answers.push(ada.log_in_remembered("ada@example.org", PASSWORD));
    answers.push(ada.post("/logout", ""));
    ada.log_in_remembered("ada@example.org", PASSWORD);
    site.change("delete from remember_tokens");
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
        assert!(removed > 0 && removed < of_name.len(), "{name} is set and removed: {of_name:?}");
    }
}

#[test]
fn on_http_cookie_names_end_in_letters_of_the_site_and_no_cookie_is_secure() {
    let site = TestSite::new();
    let answers = tour(&site);
    for line in lines(&answers) {
        for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
            assert!(line.contains(attribute), "{line} lacks {attribute}");
        }
        let name = line.split('=').next().unwrap();
        let own = OURS.into_iter().chain(["device"]).any(|own| name == site.cookie_name(own));
        assert!(own || name == "_flash", "{line}");
        assert!(!line.contains("Secure") && !line.contains("Domain"), "{line}");
    }
}

#[test]
fn a_site_on_another_port_removes_none_of_our_cookies() {
    let (site, neighbour) = (TestSite::new(), TestSite::new());
    let (mut ada, mut eve) = (site.ada(), neighbour.ada());
    ada.log_in_remembered("ada@example.org", PASSWORD);
    // A browser keeps the cookies of both sites together and sends them to both.
    let names = |site: &TestSite| ["session", "remember", "device"].map(|name| site.cookie_name(name));
    let (ours, theirs) = (names(&site), names(&neighbour));
    assert!(ours.iter().all(|name| !theirs.contains(name)), "{ours:?} {theirs:?}");
    let given = eve.log_in_remembered("ada@example.org", PASSWORD);
    let out = eve.post("/logout", "");
    for line in given.all("set-cookie").into_iter().chain(out.all("set-cookie")) {
        let name = line.split('=').next().unwrap();
        assert!(!ours.iter().any(|own| own == name), "{line}");
    }
    // Cookies with the names that both used before stay, and hide none of ours.
    for name in ["session", "remember"] {
        let jar = &mut ada.jar;
        jar.insert(0, (format!("{name} "), "a neighbour's".to_owned()));
    }
    let answer = ada.get("/profile");
    assert_eq!(answer.status, Status::Ok);
    assert!(answer.all("set-cookie").is_empty(), "{:?}", answer.all("set-cookie"));
}

#[test]
fn a_cookie_with_its_former_name_is_read_and_then_renamed() {
    use rocket::http::private::cookie::{Cookie, CookieJar, Key};
    let site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    ada.log_in_remembered("ada@example.org", PASSWORD);
    let key = Key::derive_from(site.key.reveal_bytes());
    let renamed = |from: &str, to: &str, value: &str| {
        let mut jar = CookieJar::new();
        jar.add_original(Cookie::new(from.to_owned(), value.to_owned()));
        let plain = jar.private(&key).get(from).unwrap().value().to_owned();
        jar.private_mut(&key).add(Cookie::new(to.to_owned(), plain));
        jar.get(to).unwrap().value().to_owned()
    };
    let as_before = |name: &str| {
        let value = renamed(&site.cookie_name(name), name, ada.cookie(name).unwrap());
        format!("{name}={}", url::form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>())
    };
    let ask = |method: &str, path: &str, header: &str| {
        let request = site.client.req(method.parse().unwrap(), path.to_owned());
        let cookies = header.split("; ").filter_map(|text| Cookie::parse_encoded(text.to_owned()).ok());
        let request = request.header(rocket::http::Header::new("Host", "localhost:8000")).cookies(cookies);
        Answer::read(request.dispatch())
    };
    let (session, remember) = (as_before("session"), as_before("remember"));
    assert_eq!(ask("GET", "/profile", &session).status, Status::Ok);
    let resumed = ask("GET", "/profile", &remember);
    assert_eq!(resumed.status, Status::Ok);
    for name in ["session", "remember"] {
        assert!(
            resumed.all("set-cookie").iter().any(|line| line.starts_with(&site.cookie_name(name))),
            "{name}"
        );
    }
    let gone = |answer: &Answer, name: &str| {
        let prefix = format!("{name}=");
        answer.all("set-cookie").iter().any(|line| line.starts_with(&prefix) && line.contains("Max-Age=0"))
    };
    assert!(
        gone(&resumed, "remember"),
        "the cookie with the old name is removed: {:?}",
        resumed.all("set-cookie")
    );
    assert!(gone(&ask("POST", "/logout", &session), "session"));
    assert_eq!(ask("GET", "/profile", &session).status, Status::SeeOther);
    // A cookie that is not ours is not removed from the site that it belongs to.
    for name in ["session", "remember"] {
        let stranger = ask("GET", "/profile", &format!("{name}=of-a-neighbour"));
        assert_eq!(stranger.status, Status::SeeOther);
        assert!(!gone(&stranger, name), "{name}");
    }
}

#[test]
fn old_input_is_kept_for_a_minute_encrypted_and_without_the_password() {
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
fn a_session_from_http_opens_nothing_on_https() {
    let site = https();
    let mut ada = site.visitor();
    ada.sign_up("ada@example.org", "Ada", PASSWORD);
    ada.log_in("ada@example.org", PASSWORD);
    let session = ada.cookie("__Host-session").unwrap().to_owned();
    assert!(ada.is_logged_in());
    let mut visitor = site.visitor();
    visitor.plant("session", &session);
    assert!(!visitor.is_logged_in(), "only the name that a browser protects is read");
}

#[test]
fn any_answer_removes_a_dead_cookie() {
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
                    "{method} {path} does not remove {name}: {line}"
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

/// Reads a cookie after each change to it, within one request.
#[get("/held")]
fn held(cookies: Cookies<'_>) -> String {
    let before = OldInput::take(cookies).email;
    let removed = OldInput::take(cookies).email;
    OldInput::address("new@example.org").keep(cookies);
    let set = OldInput::take(cookies).email;
    let removed_again = OldInput::take(cookies).email;
    OldInput::address("newest@example.org").keep(cookies);
    format!("{before},{removed},{set},{removed_again}")
}

#[test]
fn a_request_reads_the_cookies_that_it_has_set_or_removed_itself() {
    for (base_url, name) in
        [("http://localhost:8000", "typed"), ("https://login.example.org", "__Host-typed")]
    {
        let site = Setup::new().with("base_url", base_url).page(routes![held]).build();
        let mut visitor = site.visitor();
        assert_eq!(visitor.get("/held").body, ",,new@example.org,");
        assert_eq!(visitor.get("/held").body, "newest@example.org,,new@example.org,");
        // The forged one is not ours; what the request sets afterwards is.
        visitor.plant(name, "forged");
        assert_eq!(visitor.get("/held").body, ",,new@example.org,", "{base_url}");
    }
}
