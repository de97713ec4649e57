//! Apps behind the owner's proxy, as rows: made, changed, disabled, deleted, and read again by whoever asks.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rocket::futures::future::join_all;
use vestibule::base::WebOrigin;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, GroupTitle};
use vestibule::services::apps::{
    self, App, AppChange, AppName, AppTitle, Apps, AppsCache, Changed, Created, NewApp, PathAccess,
    PathPrefix, PathRule, RemoteUser, SetDisabled, WrongApp,
};

use crate::support::{Setup, TestSite};

/// Who acts here.
const BY: Actor<'_> = Actor::CommandLine;

pub fn name(name: &str) -> AppName {
    AppName::parse(name).unwrap()
}

fn group(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

fn origin(typed: &str) -> WebOrigin {
    WebOrigin::parse(typed).unwrap()
}

fn rule(prefix: &str, access: PathAccess, preflight: bool) -> PathRule {
    PathRule { prefix: PathPrefix::parse(prefix).unwrap(), access, preflight }
}

/// An app with everything that one can have.
fn wiki() -> NewApp {
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
fn at(app: &str, origins: &[&str]) -> NewApp {
    NewApp { origins: origins.iter().map(|typed| origin(typed)).collect(), ..NewApp::of(name(app)) }
}

fn create(site: &TestSite, new: &NewApp) -> Created {
    site.block_on(apps::create(&site.site, new, BY)).unwrap()
}

fn created(site: &TestSite, new: &NewApp) {
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
fn a_disabled_app_is_found_by_its_name_alone() {
    let site = TestSite::new();
    created(&site, &wiki());
    let set = |disabled| site.block_on(apps::set_disabled(&site.site, &name("wiki"), disabled, BY)).unwrap();
    assert_eq!(set(false), SetDisabled::Unchanged);
    assert_eq!(set(true), SetDisabled::Done);
    assert_eq!(set(true), SetDisabled::Unchanged);
    assert!(read(&site).by_host("wiki.example.org").is_none());
    assert_eq!(app(&site, "wiki").disabled_at, Some(site.clock.now()));
    assert_eq!(set(false), SetDisabled::Done);
    assert!(read(&site).by_host("wiki.example.org").is_some());
    let no = name("no");
    let none = apps::set_disabled(&site.site, &no, true, BY);
    assert_eq!(site.block_on(none).unwrap(), SetDisabled::NoApp);
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

#[test]
fn a_group_that_is_deleted_opens_no_app() {
    let site = TestSite::new();
    created(&site, &NewApp { groups: vec![group("choir")], ..at("wiki", &["https://wiki.example.org"]) });
    assert!(!app(&site, "wiki").access("/").allows(&[]), "nor does one that was never there");
    let choir = group("choir");
    site.block_on(async {
        groups::create(&site.site, &choir, &GroupTitle::of(&choir), BY).await.unwrap();
        groups::delete(&site.site, &choir, BY).await.unwrap();
    });
    let found = app(&site, "wiki");
    assert_eq!(found.groups, std::slice::from_ref(&choir));
    assert!(!found.access("/").allows(&[]) && found.access("/").allows(&[choir]));
}

#[test]
fn a_part_whose_rule_only_a_newer_version_knows_is_for_nobody() {
    let site = TestSite::new();
    created(&site, &wiki());
    site.change("update apps_paths set access = 'weekdays' where prefix = '/public'");
    let found = app(&site, "wiki");
    assert!(!found.access("/public").is_open() && !found.access("/public").allows(&[group("family")]));
    assert!(found.access("/api").is_open() && found.access("/").allows(&[group("family")]));
}

#[test]
fn a_change_is_seen_at_once_here_and_within_a_second_elsewhere() {
    let one = TestSite::new();
    created(&one, &at("wiki", &["https://wiki.example.org"]));
    let other = one.another();
    let (here, there) = (AppsCache::default(), AppsCache::default());
    let is_open = |site: &TestSite, cache: &AppsCache| {
        site.block_on(cache.current(&site.site)).unwrap().by_host("wiki.example.org").is_some()
    };
    assert!(is_open(&one, &here) && is_open(&other, &there));
    for disabled in [true, false, true] {
        let begun = Instant::now();
        let wiki = name("wiki");
        let set = apps::set_disabled(&one.site, &wiki, disabled, BY);
        assert_eq!(one.block_on(set).unwrap(), SetDisabled::Done);
        assert_eq!(is_open(&one, &here), !disabled, "the very next question");
        while is_open(&other, &there) == disabled {
            assert!(begun.elapsed() < Duration::from_secs(2), "it is still seen as before");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

#[test]
fn apps_that_were_just_read_are_not_read_again() {
    let site = TestSite::new();
    created(&site, &wiki());
    let cache = AppsCache::default();
    let current = || site.block_on(cache.current(&site.site)).unwrap();
    let first = current();
    assert!(Arc::ptr_eq(&first, &current()));
    created(&site, &at("blog", &["https://blog.example.org"]));
    assert_eq!((first.len(), current().len()), (1, 2));
}
