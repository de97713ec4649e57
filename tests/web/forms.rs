//! A form has its own fields, each once. Anything else is refused with an explanation and changes nothing. That holds
//! for a form of an app as for ours. Its format and its size are in `form_bodies`.

use rocket::http::Status;
use rocket::response::Redirect;
use rocket::{FromForm, Route, get, post, routes};
use serde_json::Value;
use vestibule::layout::Layout;
use vestibule::web::{self, FormErrors, Page, Post};

use crate::support::{Answer, PASSWORD, Setup, TestSite, encoded};

const FORM: Option<&str> = Some("application/x-www-form-urlencoded");

/// A page of an app with a form. Its fields are those of the login.
pub const GUESTS: &str = "/guests";

#[derive(FromForm)]
#[allow(dead_code, reason = "only read")]
struct Guest<'r> {
    email: &'r str,
    password: &'r str,
    remember: Option<&'r str>,
    next: Option<&'r str>,
}

#[get("/guests")]
fn guests(layout: Layout<'_>) -> Page {
    layout.page("home.html", "Guests", Value::Null)
}

#[post("/guests", data = "<post>")]
fn sign(layout: Layout<'_>, post: Post<'_, Guest<'_>>) -> web::Answer {
    match post.fields() {
        Some(_) => Redirect::to("/profile").into(),
        None => guests(layout).with_errors(FormErrors::not_whole()).into(),
    }
}

pub fn app_pages() -> Vec<Route> {
    routes![guests, sign]
}

/// A site where Ada has an account and no one is logged in.
pub fn site() -> TestSite {
    let site = Setup::new().page(app_pages()).build();
    site.ada();
    site.change("delete from sessions");
    site
}

/// Asserts that a form was refused like this, and that it had no effect.
pub fn refused(site: &TestSite, answer: &Answer, status: Status, what: &str) {
    assert_eq!(answer.status, status, "{what}");
    assert!(answer.all("set-cookie").is_empty(), "{what}: {:?}", answer.all("set-cookie"));
    assert!(answer.says("<h1"), "{what}");
    assert!(
        !answer.says(PASSWORD) && !answer.body.contains("correct+horse"),
        "{what}: the password comes back"
    );
    assert_eq!(site.number("select count(*) from sessions"), 0, "{what}: a visitor is logged in");
    assert_eq!(site.number("select count(*) from accounts"), 1, "{what}: an account was made");
    let unchanged = "select count(*) from accounts where email_key = 'ada@example.org' and name = 'Ada'";
    assert_eq!(site.number(unchanged), 1, "{what}: Ada was changed");
}

#[test]
fn an_incomplete_login_form_is_422() {
    let site = site();
    let right = encoded(&[("email", "ada@example.org"), ("password", PASSWORD)]);
    let password = encoded(&[("password", PASSWORD)]);
    let mut bodies: Vec<String> =
        ["", "&", "=", "&&&=", "email=ada@example.org", "x"].map(str::to_owned).into();
    bodies.push(password.clone());
    for more in [
        "email=ada@example.org",
        "email=eve@x.test",
        "password=x",
        "remember=yes&remember=yes",
        "next=/&next=/profile",
        "is_admin=1",
        "id=1",
        "email_verified=1",
        "name=Ada",
        "remember[]=yes",
        "next.x=/",
        "x=%ff",
        "next=%00",
        "next=%ff",
        "remember=%00",
    ] {
        bodies.push(format!("{right}&{more}"));
        bodies.push(format!("{more}&{right}"));
    }
    for email in [
        "email[]=ada@example.org",
        "email[0]=ada@example.org",
        "email[x]=ada@example.org",
        "email.x=ada@example.org",
        "email.=ada@example.org",
        "email:x=ada@example.org",
        "Email=ada@example.org",
        "email%00=ada@example.org",
        "email=ada@example.org%00",
        "email=ada@example.org%ff",
        "email=%ffada@example.org",
        "email=%c3%28",
        "email=%00",
    ] {
        bodies.push(format!("{email}&{password}"));
    }
    for password in
        ["password[]=x", "password.x=x", "password=%00", "password=a%00b", "password=%ff", "password[a]=x"]
    {
        bodies.push(format!("email=ada@example.org&{password}"));
    }
    for path in ["/login", GUESTS] {
        for body in &bodies {
            let what = format!("{path} {body}");
            refused(&site, &site.visitor().post(path, body), Status::UnprocessableEntity, &what);
        }
    }
}

#[test]
fn an_incomplete_sign_up_form_is_422() {
    let site = site();
    let right = encoded(&[("email", "eve@example.org"), ("name", "Eve"), ("password", PASSWORD)]);
    let mut bodies = vec![String::new(), encoded(&[("email", "eve@example.org"), ("name", "Eve")])];
    bodies.push(encoded(&[("name", "Eve"), ("password", PASSWORD)]));
    bodies.push(encoded(&[("email", "eve@example.org"), ("password", PASSWORD)]));
    for more in [
        "is_admin=1",
        "id=1",
        "disabled_at=",
        "email=a@b",
        "name=x",
        "password=x",
        "remember=yes",
        "name[]=x",
    ] {
        bodies.push(format!("{right}&{more}"));
        bodies.push(format!("{more}&{right}"));
    }
    for name in
        ["name[]=Eve", "name.x=Eve", "name=E%00ve", "name=E%ffve", "name=%0a%0a", "name=E%0ave", "name="]
    {
        bodies.push(format!("email=eve@example.org&{name}&password=correct+horse+battery"));
    }
    for email in [
        "email[]=eve@x.test",
        "email=eve@x.test%00",
        "email=%fe@x.test",
        "email=a@b%0d%0aBcc:c@d",
        "email=eve",
    ] {
        bodies.push(format!("{email}&name=Eve&password=correct+horse+battery"));
    }
    for password in
        ["password=correct+horse%00battery", "password=correct+horse%ffbattery", "password[]=x", "password="]
    {
        bodies.push(format!("email=eve@example.org&name=Eve&{password}"));
    }
    for body in bodies {
        refused(&site, &site.visitor().post("/signup", &body), Status::UnprocessableEntity, &body);
    }
}

#[test]
fn what_was_typed_comes_back_and_the_password_never_does() {
    let site = site();
    let page = site.visitor().submit("/login", &[("email", "Ada@Example.org"), ("password", "")]);
    assert!(page.says("value=\"Ada@Example.org\""));
    let page = site.visitor().submit("/login", &[("email", ""), ("password", "a secret nobody reads")]);
    assert!(page.status == Status::UnprocessableEntity && !page.says("a secret nobody reads"));
    let fields =
        [("email", "no address"), ("name", "Eve <b>\"' & co"), ("password", "a secret nobody reads")];
    let page = site.visitor().submit("/signup", &fields);
    assert!(page.says("value=\"no address\"") && page.says("value=\"Eve <b>\"' & co\""));
    assert!(!page.says("a secret nobody reads"));
    assert!(!page.body.contains("<b>"), "what was typed is text, not markup");
    // The same if the form was incomplete.
    let page = site.visitor().submit("/signup", &[("email", "eve@x.test"), ("name", "Eve"), ("x", "")]);
    assert!(page.says("value=\"eve@x.test\"") && page.says("value=\"Eve\""));
    let page =
        site.visitor().submit("/login", &[("email", "eve@x.test"), ("remember", "yes"), ("password", "")]);
    assert!(page.says("value=\"eve@x.test\"") && page.says("name=\"remember\" value=\"yes\" checked"));
}

#[test]
fn fields_are_read_only_from_the_body() {
    let site = site();
    let query = encoded(&[("email", "ada@example.org"), ("password", PASSWORD)]);
    for path in ["/login", GUESTS] {
        let answer = site.visitor().request("POST", &format!("{path}?{query}"), FORM, "");
        refused(&site, &answer, Status::UnprocessableEntity, &format!("fields in the address of {path}"));
    }
}
