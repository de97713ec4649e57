//! A form sent twice, and another instance or the first request was faster: which passwords are then not
//! wrong, which forms are different, how long the second request waits, and for which failures the site
//! checks whether the form was already done.

use std::time::Duration;

use rocket::http::{ContentType, Cookie, CookieJar, Header, Status};
use rocket::local::asynchronous::Client;
use rocket::tokio::join;
use rocket::tokio::time::sleep;
use rocket::{Route, State, post, routes};
use vestibule::base::Site;
use vestibule::base::form_value::FormValue;
use vestibule::services::passwords::failures_at;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor, encoded};

const NEW: &str = "seven lazy violet teapots";
/// It has the same length.
const OTHER: &str = "eight lazy violet teapot";

/// The name of a form that is sent to a path.
fn submission(site: &TestSite, path: &str, value: &str, fields: &[(&str, &str)]) -> String {
    let value = FormValue::parse(&site.key, value).unwrap();
    value.submission(&site.key, path, encoded(fields).as_bytes())
}

fn guessed(site: &TestSite) -> (i64, i64) {
    (
        site.number("select cast(coalesce(sum(failures), 0) as bigint) from failed_logins"),
        site.number("select count(*) from audit where event = 'password_wrong'"),
    )
}

/// The answer to a form that a visitor's browser sends with this client.
async fn send(client: &Client, visitor: &Visitor<'_>, path: &str, fields: &[(&str, &str)]) -> LocalAnswer {
    let (site, body) = (visitor.site, encoded(fields));
    let cookies = visitor.jar.iter();
    let cookies = cookies.map(|(name, value)| Cookie::new(site.cookie_name(name), value.clone()));
    let form =
        client.post(path.to_owned()).header(ContentType::Form).header(Header::new("Host", site.host()));
    let answer = form.cookies(cookies).body(body).dispatch().await;
    let header = |name| answer.headers().get_one(name).unwrap_or_default().to_owned();
    let (location, retry_after) = (header("location"), header("retry-after"));
    LocalAnswer {
        status: answer.status(),
        location,
        retry_after,
        body: answer.into_string().await.unwrap_or_default(),
    }
}

struct LocalAnswer {
    status: Status,
    location: String,
    retry_after: String,
    body: String,
}

/// The second request waits for its turn at the password while another instance changes it.
#[test]
fn a_password_that_the_same_form_has_changed_elsewhere_is_not_wrong() {
    let site = TestSite::new();
    let mut ada = site.ada();
    ada.jar.retain(|(name, _)| name == "session");
    let value = ada.get("/settings/password").form_value();
    let other = site.another();
    let fields = [("form", &*value), ("current_password", PASSWORD), ("new_password", NEW)];
    let path = "/settings/password";
    let (first, second) = site.runtime.block_on(async {
        let held = other.site.limits.concurrency.at_secret(&failures_at(ADA)).await.unwrap();
        let (here, there) = (site.parallel_client().await, other.parallel_client().await);
        let first = async {
            sleep(Duration::from_millis(1_500)).await; // the other request has its turn, and waits
            let first = send(&here, &ada, path, &fields).await;
            drop(held);
            first
        };
        join!(first, send(&there, &ada, path, &fields))
    });
    assert_eq!((first.status, &*first.location), (Status::SeeOther, "/settings/account"));
    assert_eq!(
        (second.status, &*second.location),
        (Status::SeeOther, "/settings/account"),
        "the same as for the first"
    );
    assert_eq!(guessed(&site), (0, 0), "it is neither counted nor written down");
    // If it is typed again, the old password is a wrong one.
    assert_eq!(ada.log_in(ADA, NEW).location(), "/profile");
    let fields = [("current_password", PASSWORD), ("new_password", OTHER)];
    assert_eq!(ada.fill_in(path, path, &fields).status.code, 422);
    assert_eq!(guessed(&site), (1, 1));
}

#[test]
fn a_long_form_is_recognized_by_all_of_its_fields() {
    let site = TestSite::new();
    let (mut eve, name) = (site.visitor(), "Ж".repeat(90));
    let value = eve.get("/signup").form_value();
    let sign_up = |eve: &mut Visitor<'_>, name: &str, password: &str| {
        let fields =
            [("form", &*value), ("email", "eve@example.org"), ("name", name), ("password", password)];
        eve.submit("/signup", &fields).location().to_owned()
    };
    assert_eq!(sign_up(&mut eve, &name, NEW), "/login");
    assert_eq!(sign_up(&mut eve, &name, NEW), "/login", "the same form");
    assert_eq!(sign_up(&mut eve, &name, OTHER), "/signup", "there is an account with the other password");
    assert_eq!(eve.log_in("eve@example.org", NEW).location(), "/profile");
    // The same when the password is changed, with a long old one.
    let long = "щ".repeat(80);
    let change = |eve: &mut Visitor<'_>, value: &str, old: &str, new: &str| {
        let fields = [("form", value), ("current_password", old), ("new_password", new)];
        eve.submit("/settings/password", &fields)
    };
    let value = eve.get("/settings/password").form_value();
    let long_and_good = format!("{NEW} {long}");
    assert_eq!(change(&mut eve, &value, NEW, &long_and_good).location(), "/settings/account");
    let value = eve.get("/settings/password").form_value();
    for _ in 0..2 {
        assert_eq!(change(&mut eve, &value, &long_and_good, NEW).location(), "/settings/account");
    }
    assert_eq!(site.number("select count(*) from audit where event = 'password_changed'"), 2);
    assert_eq!(site.number("select count(*) from submissions where notice = 'password-changed'"), 1);
    assert_eq!(change(&mut eve, &value, &long_and_good, OTHER).status.code, 422, "nothing was changed");
    assert_eq!(site.visitor().log_in("eve@example.org", NEW).location(), "/profile");
}

#[test]
fn a_repeated_form_waits_for_the_first_and_then_says_so() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let value = ada.get("/settings/account").form_value();
    let forms = ["Ada the first", "Ada the second"].map(|name| [("form", &*value), ("name", name)]);
    let (path, [soon, never]) = ("/settings/account", forms);
    let (waited, late) = site.runtime.block_on(async {
        let turn = async |fields: &[(&str, &str)]| {
            site.site.limits.concurrency.at_form(&submission(&site, path, &value, fields)).await.unwrap()
        };
        let (first, _for_ever, client) =
            (turn(&soon).await, turn(&never).await, site.parallel_client().await);
        let ends = async {
            sleep(Duration::from_secs(8)).await;
            drop(first);
        };
        let (waited, late, ()) =
            join!(send(&client, &ada, path, &soon), send(&client, &ada, path, &never), ends);
        (waited, late)
    });
    assert_eq!((waited.status, &*waited.location), (Status::SeeOther, path));
    assert_eq!((late.status, &*late.retry_after), (Status::ServiceUnavailable, "5"));
    for words in ["still working on this", "check whether it was done"] {
        assert!(late.body.contains(words), "{}", late.body);
    }
    assert_eq!(site.text("select name from accounts"), "Ada the first");
}

/// A page of the test: another instance finishes its form while it is handled, and it answers with the given
/// status.
#[post("/answer/<status>")]
async fn answer(status: u16, cookies: &CookieJar<'_>, site: &State<Site>) -> (Status, &'static str) {
    let name = cookies.get("name").unwrap().value();
    let insert = sqlx::query(
        "insert into submissions (key, location, notice, created_at, ends_at) \
         values ($1, '/elsewhere', null, 1767225600, 1767226200)",
    );
    insert.bind(name).execute(site.db.writer()).await.unwrap();
    (Status::new(status), "")
}

fn pages() -> Vec<Route> {
    routes![answer]
}

#[test]
fn only_a_failure_that_can_mean_done_is_checked_for_it() {
    let site = Setup::new().page(pages()).build();
    let mut visitor = site.visitor();
    for (status, becomes) in [
        (400, 400),
        (403, 403),
        (422, 422),
        (429, 429),
        (500, 500),
        (503, 503),
        (303, 303),
        (409, 303),
        (410, 303),
    ] {
        let value = visitor.get("/login").form_value();
        let path = format!("/answer/{status}");
        let fields = [("form", &*value)];
        let name = submission(&site, &path, &value, &fields);
        visitor.plant("name", &name);
        let answer = visitor.submit(&path, &fields);
        assert_eq!(answer.status.code, becomes, "{status}");
        let asked = answer.location() == "/elsewhere";
        assert_eq!(asked, becomes == 303, "{status}");
    }
}

#[test]
fn logging_out_twice_on_a_remembered_device_shows_one_notice() {
    let site = TestSite::new();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    let value = ada.get("/profile").form_value();
    let mut again = ada.clone();
    for browser in [&mut ada, &mut again] {
        assert_eq!(browser.submit("/logout", &[("form", &value)]).location(), "/");
    }
    assert!(again.cookie("remember").is_some(), "the answer that took it back is lost");
    let home = again.get("/");
    assert_eq!(home.notices(), ["You have been logged out."]);
    assert!(home.takes_back("remember"));
    // A device that was logged out from another one still gets the notice.
    let mut there = site.visitor();
    assert_eq!(there.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    let mut here = site.visitor();
    here.log_in(ADA, PASSWORD);
    here.post("/settings/devices/end-others", "");
    assert!(there.get("/").notices().concat().starts_with("This device was logged out on "));
}
