//! Where a login leads: to the page that was requested, and never off this site.

use rocket::http::Status;
use rocket::{Route, get, post, routes};
use url::Url;
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

#[get("/<page>/<part>")]
fn part(page: &str, part: &str) -> String {
    format!("{page} {part}")
}

#[get("/<page>")]
fn whole(page: &str) -> &str {
    page
}

fn pages() -> Vec<Route> {
    routes![notes, add_note, vote]
}

/// Addresses that have led people to other sites, here or in other programs, and others that must not confuse
/// the site.
#[rustfmt::skip]
const HOSTILE: [&str; 86] = [
    "//evil.test", "///evil.test", "////evil.test", "/\\evil.test", "\\\\evil.test", "\\/evil.test",
    "/\\/evil.test", "//\\evil.test", "\\evil.test", "http://evil.test", "https://evil.test/profile",
    "HTTP://evil.test", "http:evil.test", "http:/evil.test", "https:///evil.test", "http:\\\\evil.test",
    "ftp://evil.test", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "\u{1}javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "mailto:a@evil.test",
    "blob:https://evil.test/x", "about:blank", "evil.test", "www.evil.test", "@evil.test", "user@evil.test",
    "//user:pass@evil.test", "http://localhost:8000@evil.test/", "//localhost@evil.test",
    "http://localhost:8000/profile", "//localhost:8000/profile", ".evil.test", ":evil.test", ":80",
    "?next=//evil.test", "#/profile", "./profile", "../profile", "profile", " /profile", "/profile ",
    "\t/profile", "/\tprofile", "/\t/evil.test", "/\n/evil.test", "/\r\n/evil.test",
    "/profile\r\nLocation: http://evil.test", "/profile\0", "/profile%00",
    "/profile%0d%0aLocation:%20http://evil.test", "/%0d%0aevil.test", "/%09/evil.test", "/%0a/evil.test",
    "/%2f/evil.test", "/%2Fevil.test", "%2f%2fevil.test", "/%5cevil.test", "/%5C/evil.test",
    "%5c%5cevil.test", "/profile?x=%5c%5cevil.test", "/..//evil.test", "/.//evil.test", "/%2e%2e//evil.test",
    "/profile/..//evil.test", "/./\\evil.test", "//evil.test/..", "//evil%00.test", "//[::1]/",
    "//127.0.0.1", "//0x7f000001", "//evil。test", "/／evil.test", "／／evil.test", "/\u{202e}tset.live//",
    "/\u{a0}/evil.test", "/a^b", "/é", "/a{b}", "/profile?y=<", "/%", "/%ff%fe",
];

/// Where a browser on this site would end up.
fn resolved(location: &str) -> Url {
    Url::parse("http://localhost:8000/login").unwrap().join(location).unwrap()
}

/// Where the login page leads a user who is logged in.
fn leads(page: &Answer) -> String {
    assert_eq!(page.status, Status::Ok);
    let text = page.text();
    let (_, rest) = text.split_once("<a class=\"primary\" href=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn no_hostile_address_leads_off_this_site_by_its_link() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for text in HOSTILE {
        let link = format!("/login?{}", encoded(&[("next", text)]));
        let onward = leads(&ada.get(&link));
        assert_eq!(onward, "/profile", "{text:?}");
        assert!(resolved(&onward).as_str().starts_with("http://localhost:8000/"), "{text:?}");
        let page = site.visitor().get(&link);
        assert_eq!(page.status, Status::Ok, "{text:?}");
        assert!(!page.says("name=\"next\"") && !page.says("next=") && !page.says("evil.test"), "{text:?}");
    }
}

#[test]
fn no_hostile_address_leads_off_this_site_by_the_hidden_field() {
    let site = Setup::new().patient().build();
    site.ada();
    for text in HOSTILE.into_iter().chain([""]) {
        let fields = [("email", "ada@example.org"), ("password", PASSWORD), ("next", text)];
        let onward = site.visitor().submit("/login", &fields);
        let taken = if text.contains('\0') {
            (Status::UnprocessableEntity, "")
        } else {
            (Status::SeeOther, "/profile")
        };
        assert_eq!((onward.status, onward.location()), taken, "{text:?}");
    }
}

#[test]
fn no_hostile_address_survives_a_failed_login_or_a_sign_up() {
    let site = Setup::new().patient().build();
    for text in [
        "//evil.test",
        "/\\evil.test",
        "https://evil.test",
        "/%2f/evil.test",
        "/\t/evil.test",
        "/logout",
        "/a^b",
    ] {
        let wrong = [("email", "ada@example.org"), ("password", "wrong horse battery"), ("next", text)];
        assert_eq!(site.visitor().submit("/login", &wrong).location(), "/login", "{text:?}");
        let email = format!("{}@example.org", site.number("select count(*) from accounts"));
        let fields = [("email", &*email), ("name", "Ada"), ("password", PASSWORD), ("next", text)];
        assert_eq!(site.visitor().submit("/signup", &fields).location(), "/login", "{text:?}");
        assert_eq!(site.visitor().submit("/signup", &fields).location(), "/signup", "{text:?}");
    }
}

#[test]
fn raw_and_repeated_queries_are_read_in_the_same_way() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for (query, there) in [
        ("next=//evil.test", "/profile"),
        ("next=/%5Cevil.test", "/profile"),
        ("next=https:%2F%2Fevil.test", "/profile"),
        ("next", "/profile"),
        ("next=", "/profile"),
        ("Next=%2F", "/profile"),
        ("next=%2F", "/"),
        ("a=b&next=/signup", "/signup"),
        ("next=%2F&next=//evil.test", "/"),
        ("next=//evil.test&next=%2F", "/profile"),
    ] {
        assert_eq!(leads(&ada.get(&format!("/login?{query}"))), there, "{query}");
    }
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
fn only_a_page_is_a_destination() {
    let site = Setup::new().page(pages()).build();
    let mut ada = site.ada();
    for nowhere in ["/nowhere", "/vote", "/profile/", "/profile/x", "/static/", "/.", "/login.html"] {
        let link = format!("/login?{}", encoded(&[("next", nowhere)]));
        assert_eq!(leads(&ada.get(&link)), "/profile", "{nowhere}");
    }
}

#[test]
fn the_logout_is_no_destination_in_any_spelling() {
    let site = Setup::new().page(pages()).page(routes![part, whole]).build();
    let mut ada = site.ada().sending("Sec-Fetch-Site", "same-origin");
    let spellings = [
        "/logout",
        "/logout?x=1",
        "/logout/",
        "/./logout",
        "/../logout",
        "/%2e/logout",
        "/%2E%2e/logout",
        "/notes/../logout",
        "/notes/x/../../logout",
        "/notes/%2e%2e/logout",
        "/notes/.%2E/logout",
        "/profile/../logout",
        "/%6cogout",
        "/LOGOUT",
    ];
    for text in spellings {
        let link = format!("/login?{}", encoded(&[("next", text)]));
        let there = resolved(&leads(&ada.get(&link))); // as a browser does before its request
        assert_eq!(
            ada.get(&there[url::Position::BeforePath..]).status,
            Status::Ok,
            "{text} leads to {there}"
        );
        assert!(ada.is_logged_in(), "{text} logs out");
    }
    assert_eq!(site.visitor().get("/logout").location(), "/login");
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
