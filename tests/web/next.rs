//! Where a login leads: to the page that was requested, by whichever way.

use rocket::http::Status;
use rocket::{Route, get, post, routes};
use vestibule::people::User;

use crate::support::{Answer, PASSWORD, Setup, TestSite, encoded};

#[get("/notes/<rest..>")]
fn notes(_user: User, rest: std::path::PathBuf) -> String {
    rest.display().to_string()
}

#[post("/notes/<rest..>")]
fn add_note(_user: User, rest: std::path::PathBuf) -> String {
    format!("added to {}", rest.display())
}

#[post("/vote")]
fn vote(_user: User) -> &'static str {
    "counted"
}

pub fn pages() -> Vec<Route> {
    routes![notes, add_note, vote]
}

#[test]
fn the_requested_page_opens_after_login_with_its_query() {
    let site = Setup::new().patient().page(pages()).build();
    site.ada();
    for path in [
        "/profile",
        "/profile?a=1&b=%2F&c=x+y",
        "/notes/2026/may",
        "/notes/caf%C3%A9?q=%26",
        "/notes/a-b_c.d~e",
    ] {
        let mut visitor = site.visitor();
        let login = visitor.get(path).location().to_owned();
        assert_eq!(login, format!("/login?{}", encoded(&[("next", path)])));
        let page = visitor.get(&login);
        assert!(page.says(&format!("<input type=\"hidden\" name=\"next\" value=\"{path}\">")), "{path}");
        let mut fields =
            vec![("email", "ada@example.org"), ("password", "wrong horse battery"), ("next", path)];
        assert_eq!(visitor.submit("/login", &fields).location(), login, "a failed login keeps it: {path}");
        fields[1].1 = "";
        let again = visitor.submit("/login", &fields);
        assert_eq!(again.status, Status::UnprocessableEntity);
        assert!(
            again.says(&format!("name=\"next\" value=\"{path}\"")),
            "an empty field keeps it too: {path}"
        );
        fields[1].1 = PASSWORD;
        let onward = visitor.submit("/login", &fields).location().to_owned();
        assert_eq!(onward, path);
        assert_eq!(visitor.get(&onward).status, Status::Ok, "{path}");
    }
}

#[test]
fn the_links_between_login_and_sign_up_keep_the_destination() {
    let site = TestSite::new();
    let (login, signup) = ("/login?next=%2Fprofile%3Fa%3D1", "/signup?next=%2Fprofile%3Fa%3D1");
    let mut ada = site.visitor();
    for path in [login, signup] {
        let page = ada.get(path);
        for link in [login, signup] {
            assert!(page.says(&format!("<a href=\"{link}\"")), "{path} lacks {link}");
        }
    }
    let fields =
        [("email", "ada@example.org"), ("name", "Ada"), ("password", "short"), ("next", "/profile?a=1")];
    let refused = ada.submit("/signup", &fields);
    assert!(
        refused.says("name=\"next\" value=\"/profile?a=1\"") && refused.says(login),
        "a refusal keeps it"
    );
    let fields =
        [("email", "ada@example.org"), ("name", "Ada"), ("password", PASSWORD), ("next", "/profile?a=1")];
    assert_eq!(ada.submit("/signup", &fields).location(), login, "the sign-up keeps it");
    assert_eq!(ada.submit("/signup", &fields).location(), signup, "a taken address keeps it");
}

#[test]
fn a_taken_address_leads_to_the_login_with_the_destination() {
    let site = TestSite::new();
    site.ada();
    let mut ada = site.visitor();
    let fields =
        [("email", "ada@example.org"), ("name", "Ada"), ("password", PASSWORD), ("next", "/profile?a=1")];
    let back = ada.submit("/signup", &fields).location().to_owned();
    assert!(ada.get(&back).says("<a href=\"/login?next=%2Fprofile%3Fa%3D1\">Log in instead.</a>"));
}

#[test]
fn a_form_sent_without_a_login_leads_back_to_its_page_if_it_has_one() {
    let site = Setup::new().page(pages()).build();
    for (path, login) in
        [("/notes/2026?x=1", "/login?next=%2Fnotes%2F2026"), ("/vote", "/login"), ("/vote?x=1", "/login")]
    {
        let mut stranger = site.visitor();
        let refused = stranger.post(path, "text=lost&password=secret");
        assert_eq!((refused.status, refused.location()), (Status::SeeOther, login), "{path}");
        assert!(refused.body.is_empty() && !refused.header("set-cookie").contains("secret"));
        let told = "Please log in to access this page. What you typed was not saved.";
        assert_eq!(stranger.get(login).notices(), [told]);
    }
    let mut script = site.visitor().sending("Accept", "application/json");
    assert_eq!(script.post("/vote", "x=1").status, Status::Unauthorized);
    assert_eq!(site.ada().post("/vote", "x=1").body, "counted");
}

#[test]
fn every_way_from_the_login_keeps_the_destination() {
    let site = Setup::new().mail().build();
    let mut ada = site.visitor();
    let next = "next=%2Fsettings%2Fdevices";
    let has = |page: &Answer, link: String| {
        let links = page.values("href");
        assert!(links.contains(&link), "{link}: {links:?}");
    };
    let login = ada.get("/settings/devices").location().to_owned();
    assert_eq!(login, format!("/login?{next}"));
    for way in ["/forgot", "/confirm/new", "/signup"] {
        has(&ada.get(&login), format!("{way}?{next}"));
    }
    // The link of the notice, too.
    let fields =
        [("email", "ada@example.org"), ("password", "wrong horse battery"), ("next", "/settings/devices")];
    assert_eq!(ada.submit("/login", &fields).location(), login);
    let notice = ada.get(&login).pieces("<p class=\"notice", "</p>").concat();
    assert!(notice.contains(&format!("confirm&#x2F;new?{next}")), "{notice}");
    for page in ["/forgot", "/confirm/new"] {
        let mut visitor = site.visitor();
        let form = format!("{page}?{next}");
        let shown = visitor.get(&form);
        has(&shown, login.clone());
        assert_eq!(shown.values("action"), [&*form]);
        let refused = visitor.submit(&form, &[("email", "ada")]);
        assert_eq!(
            (refused.status, refused.values("action")),
            (Status::UnprocessableEntity, vec![form.clone()])
        );
        assert_eq!(visitor.submit(&form, &[("email", "ada@example.org")]).location(), form);
        for address in [&*form, page] {
            let check = visitor.get(address);
            assert!(check.says("<h1>Check your email</h1>"), "{address}");
            assert_eq!(check.values("action"), [&*form], "{address}");
            has(&check, login.clone());
            has(&check, format!("{form}&other"));
        }
        assert_eq!(visitor.get(&format!("{form}&other")).values("action"), [&*form]);
        for text in ["//evil.test", "https://evil.test", "/logout", "/nowhere"] {
            let hostile = format!("{page}?{}", encoded(&[("next", text)]));
            let mut visitor = site.visitor();
            assert!(!visitor.get(&hostile).says("next="), "{text}");
            assert_eq!(visitor.submit(&hostile, &[("email", "eve@example.org")]).location(), page, "{text}");
            assert!(!visitor.get(page).says("next="), "{text}");
        }
    }
}
