//! Apps behind the owner's proxy, as rows: made, changed, disabled, deleted. What is read of them later is in
//! `apps_read`.

use rocket::futures::future::join_all;
use vestibule::base::WebOrigin;
use vestibule::people::Actor;
use vestibule::people::groups::GroupName;
use vestibule::services::apps::{
    self, App, AppChange, AppName, AppTitle, Apps, Changed, Created, NewApp, PathAccess, PathPrefix,
    PathRule, RemoteUser, SetDisabled, WrongApp,
};

use crate::support::{Setup, TestSite};

/// Who acts here.
pub const BY: Actor<'_> = Actor::CommandLine;

pub fn name(name: &str) -> AppName {
    AppName::parse(name).unwrap()
}

pub fn group(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

fn origin(typed: &str) -> WebOrigin {
    WebOrigin::parse(typed).unwrap()
}

fn rule(prefix: &str, access: PathAccess, preflight: bool) -> PathRule {
    PathRule { prefix: PathPrefix::parse(prefix).unwrap(), access, preflight }
}

/// An app with everything that one can have.
pub fn wiki() -> NewApp {
    NewApp {
        title: AppTitle::parse("Our wiki").unwrap(),
        groups: vec![group("family"), group("choir")],
        origins: vec![origin("https://wiki.example.org"), origin("https://notes.example.org:8443")],
        paths: vec![
            rule("/public", PathAccess::Open, false),
            rule("/api", PathAccess::Open, true),
            rule("/admin", PathAccess::Groups(vec![group("editors"), group("admins")]), false),
        ],
        remote_user: RemoteUser::Email,
        fresh_for: Some(900),
        ..NewApp::of(name("wiki"))
    }
}

/// An app of this name at one place, for everyone with an account.
pub fn at(app: &str, origins: &[&str]) -> NewApp {
    NewApp { origins: origins.iter().map(|typed| origin(typed)).collect(), ..NewApp::of(name(app)) }
}

fn create(site: &TestSite, new: &NewApp) -> Created {
    site.block_on(apps::create(&site.site, new, BY)).unwrap()
}

pub fn created(site: &TestSite, new: &NewApp) {
    let created = create(site, new);
    assert!(matches!(created, Created::Done(_)), "{created:?}");
}

fn change(site: &TestSite, app: &str, change: &AppChange) -> Changed {
    site.block_on(apps::change(&site.site, &name(app), change, BY)).unwrap()
}

pub fn read(site: &TestSite) -> Apps {
    site.block_on(apps::read(&site.db)).unwrap()
}

pub fn app(site: &TestSite, app: &str) -> App {
    read(site).by_name(&name(app)).map(|app| App::clone(app)).unwrap()
}

/// The rows of all tables of apps.
fn rows(site: &TestSite) -> [i64; 5] {
    [
        "select count(*) from apps",
        "select count(*) from apps_groups",
        "select count(*) from apps_origins",
        "select count(*) from apps_paths",
        "select count(*) from apps_path_groups",
    ]
    .map(|sql| site.number(sql))
}

/// What happened to apps, oldest first, with what stands next to it.
fn happened(site: &TestSite) -> Vec<(String, String)> {
    let select = sqlx::query_as(
        "select event, detail from audit where event like 'connected_app_%' and account_id is null order by at, id",
    );
    site.block_on(select.fetch_all(site.db.reader())).unwrap()
}

#[test]
fn an_app_is_read_as_it_was_made() {
    let site = TestSite::new();
    created(&site, &wiki());
    created(&site, &at("blog", &["https://blog.example.org"]));
    let found = app(&site, "wiki");
    assert_eq!(found.made_of(), wiki().in_order());
    assert_eq!((found.created_at, found.changed_at), (site.clock.now(), site.clock.now()));
    assert_eq!(found.disabled_at, None);
    let hosts: Vec<&str> = found.origins.iter().map(WebOrigin::host).collect();
    assert_eq!(hosts, ["notes.example.org", "wiki.example.org"]);
    let all = read(&site);
    assert_eq!(all.iter().map(|app| app.name.as_str()).collect::<Vec<_>>(), ["blog", "wiki"]);
    assert!(all.by_host("blog.example.org").unwrap().0.groups.is_empty());
    assert_eq!(all.by_host("notes.example.org").unwrap().1.as_str(), "https://notes.example.org:8443");
    assert!(all.by_host("example.org").is_none());
    assert_eq!(rows(&site), [2, 2, 3, 3, 2]);
}

#[test]
fn a_host_is_one_apps_alone_and_never_the_sites_own() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    created(&site, &wiki());
    let before = site.rows_without("");
    for (new, wrong) in [
        (
            at("blog", &["https://wiki.example.org:444"]),
            WrongApp::HostTaken(origin("https://wiki.example.org:444"), name("wiki")),
        ),
        (
            at("blog", &["https://login.example.org:8443"]),
            WrongApp::OwnHost(origin("https://login.example.org:8443")),
        ),
        (at("blog", &["http://blog.example.org"]), WrongApp::PlainHttp(origin("http://blog.example.org"))),
        (
            at("blog", &["https://blog.example.org", "https://blog.example.org:444"]),
            WrongApp::HostTwice(origin("https://blog.example.org:444")),
        ),
    ] {
        assert_eq!(create(&site, &new), Created::Wrong(wrong));
    }
    assert_eq!(create(&site, &at("wiki", &["https://other.example.org"])), Created::NameTaken);
    assert_eq!(site.rows_without(""), before, "nothing of these was written");
    let to_it = AppChange { origins: Some(vec![origin("https://wiki.example.org")]), ..AppChange::default() };
    created(&site, &at("blog", &["https://blog.example.org"]));
    let taken = WrongApp::HostTaken(origin("https://wiki.example.org"), name("wiki"));
    assert_eq!(change(&site, "blog", &to_it), Changed::Wrong(taken.clone()));
    // One that is disabled keeps its hosts.
    let wiki = name("wiki");
    let disabled = apps::set_disabled(&site.site, &wiki, true, BY);
    assert_eq!(site.block_on(disabled).unwrap(), SetDisabled::Done);
    assert_eq!(change(&site, "blog", &to_it), Changed::Wrong(taken));
    assert!(site.block_on(apps::delete(&site.site, &name("wiki"), BY)).unwrap());
    assert_eq!(change(&site, "blog", &to_it), Changed::Done);
}

#[test]
fn a_site_without_tls_has_apps_without() {
    let site = TestSite::new();
    created(&site, &at("wiki", &["http://wiki.localhost:3000"]));
    let own = create(&site, &at("blog", &["http://localhost:3000"]));
    assert_eq!(
        own,
        Created::Wrong(WrongApp::OwnHost(origin("http://localhost:3000"))),
        "cookies know no ports"
    );
}

#[test]
fn a_host_is_given_to_one_of_many_that_ask_at_once() {
    let site = TestSite::new();
    let new: Vec<NewApp> =
        (0..8).map(|number| at(&format!("app{number}"), &["https://wiki.example.org"])).collect();
    let all = site.block_on(join_all(new.iter().map(|new| apps::create(&site.site, new, BY))));
    let done = all.iter().filter(|created| matches!(created, Ok(Created::Done(_)))).count();
    assert_eq!((done, rows(&site)), (1, [1, 0, 1, 0, 0]), "{all:?}");
}

#[test]
fn a_change_makes_exactly_what_is_given_and_leaves_the_rest() {
    let site = TestSite::new();
    created(&site, &wiki());
    site.clock.advance(60);
    let same = AppChange {
        groups: Some(vec![group("choir"), group("family"), group("choir")]),
        remote_user: Some(RemoteUser::Email),
        fresh_for: Some(Some(900)),
        ..AppChange::default()
    };
    assert_eq!(change(&site, "wiki", &same), Changed::Unchanged);
    assert_eq!(app(&site, "wiki").changed_at, app(&site, "wiki").created_at);
    let other = AppChange {
        title: Some(AppTitle::parse("Notes").unwrap()),
        groups: Some(Vec::new()),
        origins: Some(vec![origin("https://notes.example.org")]),
        paths: Some(vec![rule("/admin", PathAccess::Groups(vec![group("admins")]), false)]),
        fresh_for: Some(None),
        ..AppChange::default()
    };
    assert_eq!(change(&site, "wiki", &other), Changed::Done);
    let found = app(&site, "wiki");
    assert_eq!(found.made_of(), wiki().with(&other));
    assert_eq!(found.remote_user, RemoteUser::Email, "what is not given stays");
    assert_eq!((found.changed_at, found.fresh_for), (site.clock.now(), None));
    assert_eq!(rows(&site), [1, 0, 1, 1, 1]);
    assert_eq!(change(&site, "no", &other), Changed::NoApp);
}

#[test]
fn a_deleted_app_leaves_nothing() {
    let site = TestSite::new();
    created(&site, &wiki());
    let delete = || site.block_on(apps::delete(&site.site, &name("wiki"), BY)).unwrap();
    assert!(delete() && !delete());
    assert_eq!(rows(&site), [0; 5]);
    created(&site, &wiki());
}

#[test]
fn every_change_stands_in_the_audit_log_and_is_of_no_account() {
    let site = TestSite::new();
    created(&site, &wiki());
    let other = AppChange { groups: Some(Vec::new()), paths: Some(Vec::new()), ..AppChange::default() };
    change(&site, "wiki", &other);
    change(&site, "wiki", &other); // nothing happens
    for disabled in [true, false] {
        site.block_on(apps::set_disabled(&site.site, &name("wiki"), disabled, BY)).unwrap();
    }
    site.block_on(apps::delete(&site.site, &name("wiki"), BY)).unwrap();
    let told = |event: &str, before: &str, after: &str| {
        (format!("connected_app_{event}"), format!(r#"{{"before":"{before}","after":"{after}"}}"#))
    };
    assert_eq!(
        happened(&site),
        [
            told("created", "", "wiki"),
            told("changed", "", "wiki: groups, paths"),
            told("disabled", "", "wiki"),
            told("enabled", "", "wiki"),
            told("deleted", "wiki", ""),
        ]
    );
}
