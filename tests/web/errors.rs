//! An error is a page in the layout: calm, with a way on, and without internal details. Errors for clients that ask
//! for JSON are in `json_errors`.

use rocket::http::Status;
use rocket::{get, routes};
use serde_json::{Value, json};
use vestibule::App;
use vestibule::base::program::AppFiles;
use vestibule::web::{Error, Result};

use crate::support::{Answer, PASSWORD, Setup, TestSite};

#[get("/panics")]
pub fn panics() -> &'static str {
    panic!("a secret of the inside")
}

#[get("/broken")]
pub fn broken() -> Result<()> {
    Err(Error::Broken("a secret of the inside"))
}

/// The error of another library, which `?` turns into ours.
#[get("/failing")]
pub fn failing() -> Result<()> {
    let read: std::io::Result<()> = Err(std::io::Error::other("a secret of the inside"));
    Ok(read?)
}

/// A cause with a mark of HTML.
#[get("/marked")]
fn marked() -> Result<()> {
    Err(Error::Broken("a <b>bold</b> mistake"))
}

#[get("/number/<number>")]
fn number(number: u64) -> String {
    number.to_string()
}

pub fn json_of(answer: &Answer) -> Value {
    assert_eq!(answer.header("content-type"), "application/json");
    serde_json::from_str(&answer.body).unwrap()
}

/// Asserts that an error is a whole page in the layout.
pub fn is_framed(answer: &Answer, what: &str) {
    let text = answer.text();
    let id = answer.header("x-request-id");
    assert_eq!(text.matches("<h1").count(), 1, "{what}\n{text}");
    for piece in ["<title>", " · Vestibule</title>", "<nav", "href=\"/\">Go to the home page</a>", "</html>"]
    {
        assert!(text.contains(piece), "{what}: {piece}\n{text}");
    }
    let (_, main) = text.split_once("</h1>").unwrap();
    let advice = main.split_once("<p>").and_then(|(_, rest)| rest.split_once("</p>")).unwrap().0;
    assert!(advice.ends_with('.') && advice.len() > 20, "{what}: {advice:?}");
    // Only if it is certainly in the log.
    let told = answer.status == Status::InternalServerError;
    assert_eq!(text.contains(&format!("Error code: {id}")), told, "{what}");
}

#[test]
fn an_error_page_shows_the_menu_of_the_user() {
    let site = TestSite::new();
    let page = site.visitor().get("/nowhere");
    assert!(page.says("This page does not exist") && page.says(">Login</a>") && !page.says("Logout"));
    let page = site.ada().get("/nowhere");
    assert!(page.says("Logout</button>") && !page.says(">Login</a>"));
}

#[test]
fn a_trailing_or_doubled_slash_is_a_path_that_does_not_exist() {
    let site = Setup::new().page(routes![number]).build();
    for mut visitor in [site.visitor(), site.ada()] {
        for path in [
            "/login/",
            "//login",
            "//",
            "/profile/",
            "/profile//",
            "/logout/",
            "/signup/?next=%2Fprofile",
            "/health/",
            "/static/",
            "//static/x",
            "/number//7",
            "/number/7/",
            "//evil.test",
            "/login%2f",
        ] {
            for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS"] {
                let answer = visitor.request(method, path, None, "");
                assert_eq!((answer.status, answer.location()), (Status::NotFound, ""), "{method} {path}");
            }
        }
        assert_eq!(visitor.get("/?next=//x/").status, Status::Ok, "the path decides");
    }
    assert_eq!(site.visitor().get("/number/7").body, "7");
}

#[test]
fn an_id_that_does_not_parse_is_a_404() {
    let site = Setup::new().page(routes![number]).build();
    assert_eq!(site.visitor().get("/number/7").body, "7");
    for id in ["x", "-1", "7x", "99999999999999999999999", "%00", "%ff", "7%20"] {
        let answer = site.visitor().get(&format!("/number/{id}"));
        assert_eq!(answer.status, Status::NotFound, "{id}");
        is_framed(&answer, id);
    }
}

#[test]
fn an_error_reveals_no_internal_details() {
    let site = Setup::new().page(routes![panics, broken, failing]).build();
    let ada = site.ada();
    let mut answers = Vec::new();
    for name in ["Accept", "X-Nothing"] {
        for path in ["/panics", "/broken", "/failing", "/nowhere"] {
            answers.push(ada.clone().sending(name, "application/json").get(path));
        }
    }
    site.change("update accounts set name = name"); // from here on, the cached session is read again
    site.silence_database();
    answers.push(ada.clone().get("/profile"));
    answers.push(ada.clone().sending("Accept", "application/json").get("/profile"));
    answers.push(ada.clone().get("/ready"));
    let folder = site.folder.path().display().to_string();
    let inside =
        ["secret of the inside", "panick", "sql", "rocket", ".rs", "pool", "closed", "thread", &folder];
    for answer in &answers {
        assert!(answer.status.code >= 400);
        // The front page's subtitle names Rocket; no error does.
        let text = answer.text().to_lowercase();
        let said = inside.iter().find(|word| text.contains(&word.to_lowercase()));
        assert_eq!(said, None, "{}\n{text}", answer.status);
        let headers = format!("{:?}", answer.headers).to_lowercase();
        assert!(!headers.contains("secret of") && !headers.contains("rocket"), "{headers}");
    }
}

/// Before the cause on an error page of a debug build.
const WHY: &str = "A debug build shows why: ";

#[test]
fn only_the_debug_build_of_an_app_shows_what_went_wrong_and_no_program_reads_it() {
    let (program, ..) = App::new("notes", "1.2.0", AppFiles::default()).into_parts();
    let site = Setup::new().program(program).page(routes![broken, failing, marked]).build();
    let shows = cfg!(debug_assertions);
    for path in ["/broken", "/failing"] {
        let page = site.visitor().get(path);
        assert_eq!(page.says(&format!("{WHY}a secret of the inside</p>")), shows, "{path}: {}", page.body);
        let read = site.visitor().sending("Accept", "application/json").get(path);
        assert!(read.status.code == 500 && !read.body.contains("secret"), "{path}: {}", read.body);
    }
    let page = site.visitor().get("/marked");
    assert_eq!(page.body.contains("&lt;b&gt;bold"), shows, "{}", page.body);
    assert!(!page.body.contains("<b>"), "{}", page.body);
    let page = site.visitor().get("/nowhere");
    assert!(!page.says(WHY), "{}", page.body);
}

#[test]
fn a_panic_is_a_500_and_the_site_lives_on() {
    let site = Setup::new().page(routes![panics]).build();
    let mut ada = site.ada();
    for _ in 0..3 {
        let answer = ada.get("/panics");
        assert_eq!(answer.status, Status::InternalServerError);
        assert!(answer.says("<h1>Something went wrong on our side</h1>"));
    }
    assert!(ada.is_logged_in());
}

#[test]
fn error_pages_work_when_the_database_does_not() {
    let site = Setup::new().page(routes![panics]).build();
    let ada = site.ada();
    site.silence_database();
    for (status, method, path) in [
        (404, "GET", "/nowhere"),
        (404, "GET", "/login/"),
        (405, "DELETE", "/login"),
        (500, "GET", "/panics"),
        (503, "GET", "/profile"),
        (503, "GET", "/"),
        (503, "POST", "/logout"),
    ] {
        let answer = ada.clone().request(method, path, None, "");
        assert_eq!(answer.status.code, status, "{method} {path}");
        is_framed(&answer, path);
        assert!(!answer.says(">Login</a>") && !answer.says("Logout"), "the user is not known: {path}");
        assert!(answer.all("set-cookie").is_empty(), "it logs no one out: {path}");
    }
    assert!(ada.clone().get("/profile").says("We're too busy right now"));
    let script = ada.clone().sending("Accept", "application/json").get("/profile");
    assert_eq!(
        (script.status, &json_of(&script)["error"]["code"]),
        (Status::ServiceUnavailable, &json!(503))
    );
    // A visitor without cookies is a stranger, which needs no database.
    assert_eq!(site.visitor().get("/login").status, Status::Ok);
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).status, Status::ServiceUnavailable);
    assert_eq!(site.visitor().sign_up("eve@x.test", "Eve", PASSWORD).status, Status::ServiceUnavailable);
}
