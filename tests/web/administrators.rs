//! Administrators: the members of `admins`, who log in with the password and enter it again now and then.

use rocket::http::Status;
use rocket::{get, routes};
use vestibule::people::groups::{self, GroupName, GroupTitle};
use vestibule::people::{Actor, Admin, Group, Member};

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
