//! A form of another site is refused before anything else happens: before its body is read, the database is asked or
//! a guard runs. No field of it changes that.

use std::sync::atomic::{AtomicUsize, Ordering};

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome};
use rocket::{Request, post, routes};

use crate::forms::GUESTS;
use crate::origin::of_app;
use crate::support::{PASSWORD, Setup, TestSite, Visitor};

fn from_elsewhere(site: &TestSite) -> Visitor<'_> {
    site.visitor().sending("Sec-Fetch-Site", "cross-site")
}

#[test]
fn a_foreign_login_with_the_right_password_logs_no_one_in() {
    let site = TestSite::new();
    site.ada();
    let before = site.number("select count(*) from sessions");
    let mut victim = from_elsewhere(&site);
    let refused = victim.log_in("ada@example.org", PASSWORD);
    assert_eq!(refused.status, Status::Forbidden);
    assert!(refused.all("set-cookie").is_empty());
    assert!(refused.says("We couldn't accept that form"));
    assert_eq!(site.number("select count(*) from sessions"), before);
    assert_eq!(from_elsewhere(&site).sign_up("eve@x.test", "Eve", PASSWORD).status, Status::Forbidden);
    assert_eq!(site.number("select count(*) from accounts"), 1);
}

#[test]
fn a_foreign_form_is_refused_before_its_body_is_read() {
    let site = of_app();
    let mut foreign = from_elsewhere(&site);
    let huge = "a".repeat(1_000_000);
    for path in ["/login", GUESTS] {
        for kind in [Some("application/x-www-form-urlencoded"), Some("application/json"), None] {
            let refused = foreign.request("POST", path, kind, &huge);
            assert_eq!(refused.status, Status::Forbidden, "{path} {kind:?}");
        }
        let from_here = site.visitor().post(path, &huge);
        assert_eq!(from_here.status, Status::PayloadTooLarge, "{path}: it is read when it comes from here");
    }
}

#[test]
fn a_foreign_form_is_refused_before_any_database_query() {
    let site = of_app();
    let ada = site.ada();
    site.silence_database();
    let mut foreign = ada.clone().sending("Sec-Fetch-Site", "cross-site");
    for path in ["/logout", "/login", "/profile", "/nowhere", GUESTS] {
        let refused = foreign.post(path, "email=a&password=b");
        assert_eq!(refused.status, Status::Forbidden, "{path}");
        assert!(refused.says("<h1>We couldn't accept that form</h1>"), "{path}");
    }
    assert_eq!(ada.clone().post("/logout", "").status, Status::ServiceUnavailable);
}

static GUARDED: AtomicUsize = AtomicUsize::new(0);

struct Guard;

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Guard {
    type Error = ();

    async fn from_request(_: &'r Request<'_>) -> Outcome<Guard, ()> {
        GUARDED.fetch_add(1, Ordering::SeqCst);
        Outcome::Success(Guard)
    }
}

#[post("/guarded")]
fn guarded(_guard: Guard) -> &'static str {
    "done"
}

#[test]
fn a_foreign_form_is_refused_before_any_guard_of_an_apps_page() {
    let site = Setup::new().page(routes![guarded]).build();
    assert_eq!(from_elsewhere(&site).post("/guarded", "").status, Status::Forbidden);
    assert_eq!(GUARDED.load(Ordering::SeqCst), 0);
    assert_eq!(site.visitor().post("/guarded", "").status, Status::Ok);
    assert_eq!(GUARDED.load(Ordering::SeqCst), 1);
}

#[test]
fn a_method_field_does_not_bypass_the_check() {
    let site = of_app();
    let ada = site.ada();
    for body in [
        "_method=get",
        "_method=GET",
        "_method=head",
        "_method=options",
        "_method=put",
        "_method=delete",
        "&_method=get",
        "&&_method=get",
        "&&&_method=get",
        "&&&&&_method=get",
        "%5fmethod=get",
        "%5Fmethod=get",
        "_%6dethod=get",
        "_method=%67et",
        "_method=get&email=a&password=b",
        "_method=get&_method=post",
        "_method",
        "_method=",
        "a=b&_method=get",
    ] {
        for path in ["/profile", "/logout", "/login", "/nowhere", GUESTS] {
            let mut foreign = ada.clone().sending("Sec-Fetch-Site", "cross-site");
            assert_eq!(foreign.post(path, body).status, Status::Forbidden, "{body} to {path}");
            let mut older = ada.clone().sending("Origin", "http://evil.test");
            assert_eq!(older.post(path, body).status, Status::Forbidden, "{body} to {path}");
        }
        // From this site the form is allowed, and it is handled as the POST it was sent as.
        let own = ada.clone().post("/profile", body);
        assert_eq!((own.status, own.header("allow")), (Status::MethodNotAllowed, "GET, HEAD"), "{body}");
    }
    assert!(ada.clone().is_logged_in());
}

#[test]
fn a_method_field_has_no_effect_in_another_method_than_post() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let form = Some("application/x-www-form-urlencoded");
    for body in ["_method=delete", "_method=post", "_method=put", "&_method=post"] {
        assert_eq!(ada.request("GET", "/profile", form, body).status, Status::Ok, "{body}");
        let put = ada.request("PUT", "/login", form, "_method=post&email=a&password=b");
        assert_eq!(put.status, Status::MethodNotAllowed, "{body}");
    }
}
