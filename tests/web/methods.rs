//! A known path accepts its own methods, lists them if another one is used, and answers HEAD like GET without
//! the body.

use rocket::http::Status;
use rocket::{get, post, put, routes};
use vestibule::web::static_files;

use crate::support::{Answer, Setup, TestSite};

const ALL: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"];

fn own_paths() -> Vec<(String, &'static str)> {
    let style = static_files::address("style.css").unwrap();
    let reading = ["/", "/profile", "/health", "/ready", &style].map(|path| (path.to_owned(), "GET, HEAD"));
    let forms = ["/signup", "/login", "/logout"].map(|path| (path.to_owned(), "GET, HEAD, POST"));
    reading.into_iter().chain(forms).collect()
}

#[test]
fn another_method_on_a_known_path_is_405_with_the_right_allow() {
    let site = TestSite::new();
    for mut visitor in [site.visitor(), site.ada()] {
        for (path, allow) in own_paths() {
            for method in ALL.into_iter().filter(|method| !allow.split(", ").any(|known| known == *method)) {
                let answer = visitor.request(method, &path, None, "");
                assert_eq!(answer.status, Status::MethodNotAllowed, "{method} {path}");
                assert_eq!(answer.header("allow"), allow, "{method} {path}");
                assert!(answer.says("<h1>That page can't be opened like this</h1>"), "{method} {path}");
            }
        }
    }
}

#[test]
fn no_other_answer_has_an_allow_header() {
    let site = TestSite::new();
    let mut visitor = site.visitor();
    for (method, path) in [("GET", "/"), ("POST", "/logout"), ("GET", "/nowhere"), ("PUT", "/nowhere")] {
        assert!(visitor.request(method, path, None, "").all("allow").is_empty(), "{method} {path}");
    }
}

#[test]
fn an_unknown_path_is_404_whatever_the_method() {
    let site = TestSite::new();
    for method in ALL {
        for path in ["/nowhere", "/profile/x", "/static", "/login.html", "/LOGIN"] {
            assert_eq!(
                site.visitor().request(method, path, None, "").status,
                Status::NotFound,
                "{method} {path}"
            );
        }
    }
}

#[test]
fn trace_echoes_nothing() {
    let site = TestSite::new();
    let mut ada = site.ada().sending("X-Marker", "marker-in-a-header");
    let answer = ada.request("TRACE", "/profile", None, "marker-in-the-body");
    assert_eq!(answer.status, Status::MethodNotAllowed);
    assert!(!answer.body.contains("marker") && !answer.body.contains(ada.cookie("session").unwrap()));
}

#[get("/item/new")]
fn new() -> &'static str {
    "new"
}

#[post("/item/new")]
fn make() -> &'static str {
    "made"
}

#[put("/item/<id>")]
fn change(id: &str) -> String {
    format!("changed {id}")
}

#[post("/only-post")]
fn only_post() -> &'static str {
    "posted"
}

#[test]
fn a_page_of_an_app_gets_its_405_too() {
    let site = Setup::new().page(routes![new, make, change, only_post]).build();
    let mut visitor = site.visitor();
    for (path, allow) in [("/item/new", "GET, HEAD, POST"), ("/item/7", "PUT"), ("/only-post", "POST")] {
        for method in ALL {
            let answer = visitor.request(method, path, None, "");
            // PUT /item/new is also an item with that name.
            let known = allow.contains(method) || (method == "PUT" && path.starts_with("/item"));
            let expected = if known { Status::Ok } else { Status::MethodNotAllowed };
            assert_eq!(answer.status, expected, "{method} {path}");
            if !known {
                assert_eq!(answer.header("allow"), allow, "{method} {path}");
            }
        }
    }
    assert_eq!(visitor.request("HEAD", "/only-post", None, "").body, "");
}

/// The headers of an answer, without those that differ from one request to the next.
fn lasting(answer: &Answer) -> Vec<(String, String)> {
    let mut headers = answer.headers.clone();
    headers.retain(|(name, _)| name != "x-request-id");
    headers.sort();
    headers
}

#[test]
fn head_is_get_without_the_body() {
    let site = TestSite::new();
    for visitor in [site.visitor(), site.ada()] {
        let paths = own_paths().into_iter().map(|(path, _)| path).filter(|path| path != "/logout");
        for path in
            paths.chain(["/nowhere".to_owned(), "/login?next=%2Fprofile".to_owned(), "/login/".to_owned()])
        {
            let get = visitor.clone().request("GET", &path, None, "");
            let head = visitor.clone().request("HEAD", &path, None, "");
            assert_eq!(head.status, get.status, "{path}");
            assert_eq!(lasting(&head), lasting(&get), "{path}");
            assert_eq!(head.body, "", "{path}");
        }
    }
}

#[test]
fn head_never_logs_out() {
    for base_url in ["http://localhost:8000", "http://intranet.example", "https://login.example.org"] {
        let site = Setup::new().with("base_url", base_url).build();
        let ada = site.ada();
        for own in [Some("same-origin"), Some("none"), Some("cross-site"), None] {
            let mut visitor = ada.clone();
            if let Some(own) = own {
                visitor = visitor.sending("Sec-Fetch-Site", own);
            }
            let answer = visitor.request("HEAD", "/logout", None, "");
            assert_eq!((answer.status, &*answer.body), (Status::Ok, ""), "{base_url} {own:?}");
            assert!(answer.all("set-cookie").is_empty(), "{base_url} {own:?}");
        }
        assert!(ada.clone().is_logged_in(), "{base_url}");
    }
}

#[test]
fn no_other_site_may_read_anything() {
    let site = TestSite::new();
    let ada = site.ada();
    for origin in ["https://evil.test", "null", "http://localhost:8000", "http://localhost:3000"] {
        for (path, _) in own_paths().into_iter().chain([("/nowhere".to_owned(), "")]) {
            for method in ["GET", "OPTIONS", "POST", "HEAD"] {
                let mut visitor = ada.clone().sending("Origin", origin);
                visitor = visitor.sending("Access-Control-Request-Method", "POST");
                visitor = visitor.sending("Access-Control-Request-Headers", "content-type");
                let answer = visitor.request(method, &path, None, "");
                let shared = answer.headers.iter().find(|(name, _)| name.starts_with("access-control-"));
                assert_eq!(shared, None, "{method} {path} from {origin}");
                if method == "OPTIONS" {
                    assert!(answer.status.code >= 400, "a preflight to {path} is not granted");
                }
            }
        }
    }
}
