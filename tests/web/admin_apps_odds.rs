//! The pages of administrators about apps: a page that was opened before someone else changed the app, a form that is saved as
//! it is shown, and what is told of what is open.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::GroupName;
use vestibule::services::apps::{
    self, AppChange, AppName, AppTitle, NewApp, PathAccess, PathPrefix, PathRule, RemoteUser,
};

use crate::admin_accounts::{BOB, root, site};
use crate::admin_apps::{APPS, WIKI, add, events, fields, group, lines, made_from, save};
use crate::admin_pages::{GROUPS, href};
use crate::apps::{app, name};
use crate::support::{Answer, TestSite, Visitor};

const SETTINGS: &str = "/admin/apps/wiki/settings";

/// Sends the form of a page that was opened before.
fn send(root: &mut Visitor<'_>, page: &Answer, typed: &[(&str, &str)]) -> Answer {
    let (form, made_from) = (page.form_value(), made_from(page));
    let hidden = [("form", &*form), ("made_from", &*made_from)];
    root.submit(SETTINGS, &[&hidden[..], typed].concat())
}

/// What the app says, but for its title and its groups.
fn wiki<'f>(title: &'f str, groups: &'f str) -> Vec<(&'f str, &'f str)> {
    fields(&[("title", title), ("at", "https://wiki.example.org"), ("groups", groups)])
}

fn groups_of(site: &TestSite) -> Vec<String> {
    app(site, "wiki").groups.iter().map(GroupName::to_string).collect()
}

#[test]
fn a_page_that_was_opened_before_another_administrator_changed_the_app_undoes_nothing() {
    let site = site();
    let (mut root, mut bob) = (root(&site), site.logged_in(BOB));
    site.add_to_group(BOB, "admins");
    group(&site, "family");
    site.app("wiki", "Our wiki", &[], &["https://wiki.example.org"]);
    let stale = root.get(WIKI);
    assert_eq!(save(&mut bob, WIKI, &wiki("Our wiki", "family")).location(), WIKI);

    let refused = send(&mut root, &stale, &wiki("The wiki", ""));
    assert_eq!(refused.status, Status::UnprocessableEntity);
    let by = format!("The app was changed meanwhile by {}.", site.account(BOB).name);
    for said in [
        &*by,
        "Look at what it says now, and save again.",
        "It says now: family",
        "It says now: Our wiki",
        "value=\"The wiki\"",
        "Members of any of these groups",
    ] {
        assert!(refused.says(said), "{said}: {}", refused.body);
    }
    assert_eq!(refused.body.matches("It says now").count(), 2, "the other fields are the same");
    assert_eq!(
        (app(&site, "wiki").title.as_str(), groups_of(&site)),
        ("Our wiki", vec!["family".to_owned()])
    );

    // They have seen it.
    assert_eq!(send(&mut root, &refused, &wiki("The wiki", "family")).location(), WIKI);
    assert_eq!(
        (app(&site, "wiki").title.as_str(), groups_of(&site)),
        ("The wiki", vec!["family".to_owned()])
    );
    // What the app says already undoes nothing.
    assert_eq!(send(&mut root, &stale, &wiki("The wiki", "family")).location(), WIKI);
    assert_eq!(events(&site), 3, "it was added, and changed twice");
}

#[test]
fn a_stale_page_says_so_whoever_changed_the_app_and_stays_stale_while_other_mistakes_are_mended() {
    let site = site();
    let mut root = root(&site);
    site.app("wiki", "Our wiki", &[], &["https://wiki.example.org"]);
    let stale = root.get(WIKI);
    let change = AppChange {
        title: AppTitle::parse("Other"),
        remote_user: Some(RemoteUser::Email),
        fresh_for: Some(Some(900)),
        ..AppChange::default()
    };
    site.block_on(apps::change(&site.site, &name("wiki"), &change, Actor::CommandLine)).unwrap();
    let wrong = send(&mut root, &stale, &fields(&[("title", "Mine"), ("at", "nowhere")]));
    assert!(
        wrong.says("nowhere cannot be the address of an app.") && !wrong.says("meanwhile"),
        "{}",
        wrong.body
    );
    assert_eq!(made_from(&wrong), made_from(&stale));
    let refused = send(&mut root, &wrong, &wiki("Mine", ""));
    for said in [
        "The app was changed meanwhile on the command line. Look at what it says now, and save again.",
        "It says now: Other",
        "It says now: Email address",
        "It says now: 15m",
    ] {
        assert!(refused.says(said), "{said}: {}", refused.body);
    }
    // No one knows any more who it was.
    site.change("delete from audit");
    let refused = send(&mut root, &stale, &wiki("Mine", ""));
    assert!(refused.says("The app was changed meanwhile. Look at what it says now"), "{}", refused.body);
    let emptied = AppChange { origins: Some(Vec::new()), ..AppChange::default() };
    site.block_on(apps::change(&site.site, &name("wiki"), &emptied, Actor::CommandLine)).unwrap();
    assert!(send(&mut root, &stale, &wiki("Mine", "")).says("It is empty now."));
    assert_eq!(app(&site, "wiki").title.as_str(), "Other");
}

#[test]
fn the_page_of_an_app_says_what_is_open_and_which_parts_are_for_groups() {
    let site = site();
    let mut root = root(&site);
    group(&site, "family");
    site.app("wiki", "Our wiki", &[], &["https://wiki.example.org"]);
    let mut told = |paths: &str, said: &[&str]| {
        let typed = [("title", "Our wiki"), ("at", "https://wiki.example.org"), ("paths", paths)];
        assert_eq!(save(&mut root, WIKI, &fields(&typed)).location(), WIKI);
        let page = root.get(WIKI);
        for said in said {
            assert!(page.says(said), "{paths}: {said}: {}", page.body);
        }
    };
    told("/ open", &["/ is open to everyone, also without a login: all of the app is."]);
    told(
        "/ open\n/x family",
        &[
            "/ is open to everyone, also without a login: all of the app is, but for the parts below.",
            "/x and all below it is only for members of: The family (family)",
        ],
    );
    told("/public open", &["/public and all below it is open to everyone, also without a login."]);
}

#[test]
fn an_app_without_an_address_has_no_command_yet() {
    let site = site();
    let mut root = root(&site);
    assert!(add(&mut root, &[("name", "wiki")]).location() == WIKI);
    let page = root.get(WIKI);
    assert!(page.says("Enter an address of the app below.") && !page.says("app snippet"), "{}", page.body);
    assert_eq!(save(&mut root, WIKI, &wiki("", "")).location(), WIKI);
    assert!(root.get(WIKI).says("vestibule app snippet wiki nginx --app 127.0.0.1:3000"));
    assert!(root.get(APPS).says(">Details</a>"));
}

#[test]
fn the_page_of_a_group_names_its_apps_and_says_which_no_one_can_open_without_it() {
    let site = site();
    let mut root = root(&site);
    for name in ["family", "choir", "band"] {
        group(&site, name);
    }
    site.app("wiki", "Our wiki", &["family"], &["https://wiki.example.org"]);
    site.app("blog", "Our blog", &["family", "choir"], &["https://blog.example.org"]);
    let page = root.get(&format!("{GROUPS}/family"));
    assert!(href(&page, WIKI).is_some() && href(&page, "/admin/apps/blog").is_some(), "{}", page.body);
    for said in [
        "Apps that ask for this group",
        "The apps Our blog, Our wiki ask for this group: those who get in by it alone are out at once.",
        "No one can open Our wiki then: it names no other group.",
    ] {
        assert!(page.says(said), "{said}: {}", page.body);
    }
    let page = root.get(&format!("{GROUPS}/choir"));
    assert!(page.says("The app Our blog asks for this group") && !page.says("No one can open"));
    assert!(!root.get(&format!("{GROUPS}/band")).says("this group:"), "no app names it");
}

#[test]
fn a_form_that_is_saved_as_it_is_shown_changes_nothing() {
    let site = site();
    let mut root = root(&site);
    let groups = |names: &[&str]| names.iter().filter_map(|name| GroupName::parse(name)).collect::<Vec<_>>();
    let rule = |prefix: &str, access, preflight| PathRule {
        prefix: PathPrefix::parse(prefix).unwrap(),
        access,
        preflight,
    };
    // Groups that are gone, and such as are called like the words of the form, which would open a part to everyone.
    let everything = NewApp {
        groups: groups(&["family", "gone", "open"]),
        paths: vec![
            rule("/api", PathAccess::Open, true),
            rule("/keys", PathAccess::Groups(groups(&["open", "preflight"])), false),
            rule("/old", PathAccess::Groups(groups(&["gone"])), true),
        ],
        remote_user: RemoteUser::Id,
        fresh_for: Some(5_400),
        ..NewApp::of(AppName::parse("wiki").unwrap())
    };
    site.add_app(&everything);
    site.app("second", "Second", &["family"], &["https://b.example.org", "https://a.example.org:8443"]);
    let before = [app(&site, "wiki"), app(&site, "second")];
    for name in ["wiki", "second"] {
        let page = format!("{APPS}/{name}");
        let shown = root.get(&page);
        let [at, paths] = ["at", "paths"].map(|field| lines(&shown, field));
        let value = |field: &str| {
            let tag = shown.pieces(&format!("<input id=\"{field}\""), ">").concat();
            tag.split_once("value=\"").unwrap().1.split('"').next().unwrap().to_owned()
        };
        let [title, groups, fresh_for] = ["title", "groups", "fresh_for"].map(value);
        let remote_user = if name == "wiki" { "id" } else { "handle" };
        assert!(shown.says(&format!("<option value=\"{remote_user}\" selected>")), "{}", shown.body);
        let typed = [
            ("title", &*title),
            ("at", &*at),
            ("groups", &*groups),
            ("paths", &*paths),
            ("remote_user", remote_user),
            ("fresh_for", &*fresh_for),
        ];
        let saved = save(&mut root, &page, &typed);
        assert_eq!(saved.location(), page, "{typed:?}: {}", saved.body);
    }
    assert_eq!([app(&site, "wiki"), app(&site, "second")], before);
    assert_eq!(events(&site), 2, "they were only made");
    assert_eq!(
        lines(&root.get(WIKI), "paths"),
        "/api open preflight\n/keys group:open group:preflight\n/old gone preflight"
    );
}
