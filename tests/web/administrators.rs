//! Administrators: the members of `admins`, who log in with the password and enter it again now and then.

use rocket::http::{Method, Status};
use rocket::{FromForm, get, post, routes};
use vestibule::people::groups::{self, GroupName, GroupTitle};
use vestibule::people::{Actor, Admin, Group, Member};
use vestibule::web::Post;

use crate::support::{ADA, PASSWORD, Setup, TestSite};

const BOB: &str = "bob@example.org";

struct Editors;

impl Group for Editors {
    const NAME: &'static str = "editors";
}

#[get("/drafts")]
fn drafts(editor: Member<Editors>) -> String {
    format!("The drafts of {}", editor.name)
}

#[get("/reports")]
fn reports(admin: Admin) -> String {
    format!("The reports for {}", admin.name)
}

#[derive(FromForm)]
struct Report<'r> {
    text: &'r str,
}

/// Its address ends like that of one of our buttons.
#[post("/admin/reports/<_>/links", data = "<post>")]
fn report(_admin: Admin, post: Post<'_, Report<'_>>) -> Option<String> {
    post.fields().map(|report| report.text.to_owned())
}

/// Forms of administrators in which something is typed. All others are buttons.
const TYPED: [&str; 10] = [
    "/admin/accounts/<id>/addresses",
    "/admin/accounts/<id>/deletion",
    "/admin/accounts/<id>/handle",
    "/admin/accounts/new",
    "/admin/apps/<name>/settings",
    "/admin/apps/new",
    "/admin/groups",
    "/admin/groups/<name>/deletion",
    "/admin/groups/<name>/members",
    "/admin/invitations/new",
];

/// A site with a page of administrators, and one of a group.
fn site() -> TestSite {
    Setup::new().page(routes![drafts, reports]).build()
}

#[test]
fn an_administrator_is_asked_for_the_password_again_after_five_minutes() {
    let site = site();
    let (mut ada, mut bob) = (site.ada(), site.visitor());
    bob.sign_up(BOB, "Bob", PASSWORD);
    assert_eq!(bob.log_in(BOB, PASSWORD).location(), "/profile");
    site.add_to_group(BOB, "editors");
    assert_eq!(ada.get("/reports").status, Status::Forbidden, "no one is one yet");
    site.add_to_group(ADA, "admins");
    assert_eq!(ada.get("/reports").body, "The reports for Ada");
    assert_eq!(bob.get("/reports").status, Status::Forbidden);
    site.clock.advance(5 * 60);
    let form = "/reauthenticate?next=%2Freports";
    assert_eq!(ada.get("/reports").location(), form);
    let answer = ada.submit("/reauthenticate", &[("password", PASSWORD), ("next", "/reports")]);
    assert_eq!(answer.location(), "/reports");
    assert_eq!(ada.get("/reports").body, "The reports for Ada");
    assert_eq!(bob.get("/reports").status, Status::Forbidden, "he would enter it for nothing");
    assert_eq!(bob.get("/drafts").status, Status::Ok, "other groups do not need it");
    let stranger = site.visitor().get("/reports");
    assert_eq!(stranger.location(), "/login?next=%2Freports");
}

#[test]
fn a_remembered_device_is_no_administrator_until_its_owner_logs_in_anew() {
    let site = site();
    site.ada();
    site.add_to_group(ADA, "admins");
    let mut device = site.visitor();
    assert_eq!(device.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    assert_eq!(device.get("/reports").status, Status::Ok, "this session began with the password");
    device.jar.retain(|(name, _)| name == "remember");
    let refused = device.get("/reports");
    assert_eq!((refused.status, refused.location()), (Status::Forbidden, ""));
    assert!(refused.says("<h1>Log in again to open this page</h1>"), "{}", refused.body);
    assert!(device.is_logged_in());
    // Whoever holds the device may know the password: it is not enough either.
    let answer = device.submit("/reauthenticate", &[("password", PASSWORD), ("next", "/reports")]);
    assert_eq!(answer.location(), "/reports");
    let refused = device.get("/reports");
    assert_eq!(refused.status, Status::Forbidden);
    // Its button leads to a login, and back.
    for kept in ["name=\"next\" value=\"/reports\"", "name=\"email\" value=\"ada@example.org\""] {
        assert!(refused.says(kept), "{kept} in {}", refused.body);
    }
    let form = refused.form_value();
    let login = "/login?next=%2Freports";
    let fields = [("form", &*form), ("next", "/reports"), ("email", ADA)];
    assert_eq!(device.submit("/login/switch", &fields).location(), login);
    let page = device.get(login);
    assert_eq!(page.notices(), ["You have been logged out. You can log in again now."]);
    assert!(page.says("value=\"ada@example.org\""), "{}", page.body);
    let answer = device.submit("/login", &[("email", ADA), ("password", PASSWORD), ("next", "/reports")]);
    assert_eq!(answer.location(), "/reports");
    assert_eq!(device.get("/reports").body, "The reports for Ada");
}

#[test]
fn the_administrators_group_always_exists() {
    let site = site();
    site.ada();
    let admins = GroupName::admins();
    let listed = || -> Vec<(String, String, i64)> {
        let all = site.runtime.block_on(groups::all(&site.site)).unwrap();
        all.into_iter().map(|group| (group.name.to_string(), group.title, group.members)).collect()
    };
    let expected = |members| ("admins".to_owned(), "Administrators".to_owned(), members);
    assert_eq!(listed(), [expected(0)]);
    let title = GroupTitle::of(&admins);
    let created = groups::create(&site.site, &admins, &title, Actor::CommandLine);
    assert!(!site.runtime.block_on(created).unwrap());
    site.add_to_group(ADA, "admins");
    let deleted = groups::delete(&site.site, &admins, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(deleted).unwrap(), None);
    assert_eq!(listed(), [expected(1)]);
}

#[test]
fn a_form_of_administrators_is_said_to_be_lost_unless_it_is_a_button_of_ours() {
    let is_lost = |site: &TestSite, path: &str| {
        let mut stranger = site.visitor();
        assert_eq!(stranger.post(&path.replace(['<', '>'], ""), "").location(), "/login", "{path}");
        let told = stranger.get("/login").notices().concat();
        let asked = told.strip_prefix("Please log in to access this page.").unwrap();
        assert!(["", " What you typed was not saved."].contains(&asked), "{path}: {told}");
        !asked.is_empty()
    };
    let site = Setup::new().patient().build();
    let routes = site.client.rocket().routes().filter(|route| (-12..=-1).contains(&route.rank));
    let forms = routes.filter(|route| route.method == Method::Post).map(|route| route.uri.path());
    let forms: Vec<&str> = forms.filter(|path| path.starts_with("/admin/")).collect();
    assert!(forms.len() >= 21, "{forms:?}");
    let mut lost: Vec<&str> = forms.into_iter().filter(|path| is_lost(&site, path)).collect();
    lost.sort_unstable();
    assert_eq!(lost, TYPED);

    let site = Setup::new().page(routes![report]).build();
    assert!(is_lost(&site, "/admin/reports/7/links"));
    for path in ["/admin/reports", "/admin/reports/7/disabling", "/admin/accounts", "/admin"] {
        assert!(is_lost(&site, path), "{path}");
    }
}

#[test]
fn their_group_is_called_in_the_language_of_the_page_until_it_has_a_title_of_its_own() {
    let site = site();
    let mut ada = site.logged_in(ADA).sending("Accept-Language", "de");
    site.add_to_group(ADA, "admins");
    let account = format!("/admin/accounts/{}", site.account(ADA).id);
    let pages = [
        ("/admin/groups", "<strong><bdi>TITLE</bdi></strong>"),
        ("/admin/groups/admins", "<h2><bdi>TITLE</bdi></h2>"),
        ("/admin/accounts", ">TITLE (admins)</option>"),
    ];
    for (path, title) in pages {
        let page = ada.get(path);
        assert!(page.says(&title.replace("TITLE", "Verwaltung")), "{path}: {}", page.body);
        assert!(!page.says("Administrators"), "{path}: {}", page.body);
    }
    assert!(!ada.get(&account).says("Administrators"));
    assert_eq!(site.text("select title from groups where name = 'admins'"), "Administrators");
    site.change("update groups set title = 'Der Vorstand' where name = 'admins'");
    for (path, title) in pages {
        let page = ada.get(path);
        assert!(page.says(&title.replace("TITLE", "Der Vorstand")), "{path}: {}", page.body);
    }
}
