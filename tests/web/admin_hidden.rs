//! What is below `/admin` for those who are no administrators: nothing, at any address.

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::people::Admin;

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::equality::shape;
use crate::support::{ADA, PASSWORD, Setup, Visitor};

/// No page has these. The last takes only forms.
const NO_PAGES: [&str; 4] =
    ["/admin/nowhere", "/admin/accounts/a/b/c", "/admin/groupS", "/admin/accounts/x/disabling"];
/// These have one.
const PAGES: [&str; 7] = [
    "/admin",
    LIST,
    "/admin/accounts/new",
    "/admin/groups/choir",
    "/admin/apps",
    "/admin/apps/wiki",
    "/admin/system",
];
const CHANGING: [&str; 4] = ["POST", "PUT", "PATCH", "DELETE"];

fn all() -> impl Iterator<Item = &'static str> {
    NO_PAGES.into_iter().chain(PAGES)
}

fn to_login(path: &str) -> String {
    format!("/login?next={}", path.replace('/', "%2F"))
}

#[test]
fn a_stranger_is_led_to_the_login_from_each_address_whether_there_is_a_page_or_not() {
    let site = site();
    let login = |path: &str| {
        let page = site.visitor().get(&to_login(path)).without_form_values();
        page.replace(&path.replace('/', "&#x2F;"), "(it)").replace(&path.replace('/', "%2F"), "(it)")
    };
    let program = || site.visitor().sending("Accept", "application/json");
    for path in all() {
        for method in ["GET", "HEAD"] {
            let answer = site.visitor().request(method, path, None, "");
            assert_eq!((answer.status, answer.location()), (Status::SeeOther, &*to_login(path)), "{path}");
        }
        for method in CHANGING {
            let ask = |mut visitor: Visitor<'_>| {
                visitor.request(method, path, Some("application/x-www-form-urlencoded"), "")
            };
            let answer = ask(site.visitor());
            assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login"), "{method} {path}");
            let came_from = site.visitor().sending("Referer", "http://localhost:8000/admin/somewhere");
            assert_eq!(ask(came_from).location(), to_login("/admin/somewhere"), "{method} {path}");
        }
        assert_eq!(shape(&program().get(path)), shape(&program().get(LIST)), "{path}");
        assert_eq!(login(path), login(LIST), "{path}");
    }
    assert_eq!(program().get("/admin/nowhere").status, Status::Unauthorized);
}

#[test]
fn for_a_user_there_is_nothing_whatever_the_method() {
    let site = site();
    let mut ada = site.logged_in(ADA);
    site.add_to_group(ADA, "choir");
    assert!(ada.get("/nowhere").says("<h1>This page does not exist</h1>"));
    for method in ["GET", "OPTIONS"].into_iter().chain(CHANGING) {
        let unknown = ada.request(method, "/nowhere", None, "");
        assert_eq!(unknown.status, Status::NotFound, "{method}");
        for path in all() {
            let answer = ada.request(method, path, None, "");
            assert_eq!(shape(&answer), shape(&unknown), "{method} {path}");
        }
    }
}

#[test]
fn an_administrator_reads_of_an_unknown_address_and_of_a_wrong_method() {
    let site = site();
    let mut root = root(&site);
    for path in NO_PAGES {
        let known = path.ends_with("/disabling");
        let expected = if known { Status::MethodNotAllowed } else { Status::NotFound };
        let answer = root.get(path);
        assert_eq!((answer.status, answer.header("allow")), (expected, if known { "POST" } else { "" }));
    }
    let answer = root.request("DELETE", LIST, None, "");
    assert_eq!((answer.status, answer.header("allow")), (Status::MethodNotAllowed, "GET, HEAD"));
}

#[test]
fn an_administrator_whose_session_ended_comes_back_to_the_page() {
    let site = site();
    let mut root = root(&site);
    site.clock.advance(15 * 60);
    assert_eq!(root.get(LIST).location(), to_login(LIST));
    let fields = [("email", ROOT), ("password", PASSWORD), ("next", LIST)];
    assert_eq!(root.submit("/login", &fields).location(), LIST);
    assert_eq!(root.get(LIST).status, Status::Ok);
}

#[test]
fn an_address_that_only_begins_alike_is_not_below_it() {
    let site = site();
    for path in ["/admins", "/administrator", "/admin.html", "/x/admin/accounts", "/ADMIN/accounts"] {
        assert_eq!(site.visitor().get(path).status, Status::NotFound, "{path}");
        let page = site.visitor().get(&to_login(path));
        assert!(!page.says(&format!("value=\"{path}\"")), "{path}");
    }
}

#[get("/admin/reports")]
fn reports(admin: Admin) -> String {
    format!("The reports for {}", admin.name)
}

#[test]
fn an_apps_own_page_says_that_it_is_not_open_also_below_it() {
    let site = Setup::new().page(routes![reports]).build();
    let mut root = root(&site);
    let refused = site.logged_in(BOB).get("/admin/reports");
    assert_eq!(refused.status, Status::Forbidden);
    assert!(refused.says("<h1>This page is not open to you</h1>"), "{}", refused.body);
    assert_eq!(site.visitor().get("/admin/reports").location(), to_login("/admin/reports"));
    assert_eq!(root.get("/admin/reports").body, "The reports for Root");
}
