//! "Your apps" on the front page: for whom, which ones, and where they lead.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName};
use vestibule::services::apps::{self, AppName, NewApp, PathAccess, PathPrefix, PathRule};

use crate::admin_accounts::BOB;
use crate::admin_pages::run;
use crate::support::{ADA, Answer, Setup, TestSite, Visitor};

const HEADING: &str = "Your apps";

/// The links to apps on a page: what each says, and where it leads.
fn links(page: &Answer) -> Vec<(String, String)> {
    let list = page.pieces("<section class=\"apps\"", "</section>").concat();
    let links = list.split("<a class=\"quiet\" href=\"").skip(1).map(|link| {
        let (href, rest) = link.split_once('"').unwrap();
        let text = rest.split_once('>').unwrap().1.split('<').next().unwrap();
        (text.to_owned(), href.replace("&#x2F;", "/"))
    });
    links.collect()
}

fn titles(visitor: &mut Visitor<'_>) -> Vec<String> {
    links(&visitor.get("/")).into_iter().map(|(title, _)| title).collect()
}

fn set_disabled(site: &TestSite, name: &str, disabled: bool) {
    let name = AppName::parse(name).unwrap();
    site.block_on(apps::set_disabled(&site.site, &name, disabled, Actor::CommandLine)).unwrap();
}

#[test]
fn those_who_are_logged_in_see_the_apps_that_they_may_open() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in(BOB));
    site.add_to_group(ADA, "family");
    for visitor in [&mut ada, &mut bob, &mut site.visitor()] {
        assert!(!visitor.get("/").says(HEADING), "there are none");
    }
    site.app("wiki", "Our wiki", &["family"], &["https://wiki.example.org", "https://a.example.org:8443"]);
    site.app("photos", "an album", &[], &["http://photos.example.org"]);
    site.app("keys", "Keys", &["admins"], &["https://keys.example.org"]);
    site.app("nowhere", "Nowhere", &[], &[]);
    let page = ada.get("/");
    assert!(page.says(HEADING), "{}", page.body);
    let link = |title: &str, href: &str| (title.to_owned(), href.to_owned());
    let photos = link("an album", "http://photos.example.org/");
    assert_eq!(links(&page), [photos.clone(), link("Our wiki", "https://a.example.org:8443/")]);
    assert_eq!(links(&bob.get("/")), [photos]);
    let stranger = site.visitor().get("/");
    assert!(stranger.status == Status::Ok && !stranger.says(HEADING) && !stranger.says("photos"));
    let german = ada.clone().sending("Accept-Language", "de").get("/");
    assert!(german.says("Ihre Apps") && links(&german).len() == 2);
    assert!(!site.visitor().get("/login").says(HEADING));
}

#[test]
fn what_is_different_is_seen_on_the_next_page() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    site.app("wiki", "Wiki", &["family"], &["https://wiki.example.org"]);
    assert!(titles(&mut ada).is_empty());
    site.add_to_group(ADA, "family");
    assert_eq!(titles(&mut ada), ["Wiki"]);
    set_disabled(&site, "wiki", true);
    assert!(titles(&mut ada).is_empty());
    set_disabled(&site, "wiki", false);
    assert_eq!(titles(&mut ada), ["Wiki"]);
    let (family, account) = (GroupName::parse("family").unwrap(), site.account(ADA).id);
    site.block_on(groups::remove(&site.site, &family, &account, Actor::CommandLine)).unwrap();
    assert!(titles(&mut ada).is_empty());
    let name = AppName::parse("wiki").unwrap();
    site.block_on(apps::delete(&site.site, &name, Actor::CommandLine)).unwrap();
    site.add_to_group(ADA, "family");
    assert!(titles(&mut ada).is_empty());
}

#[test]
fn what_counts_is_the_front_page_of_an_app() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.logged_in(ADA), site.logged_in(BOB));
    site.add_to_group(ADA, "family");
    let family = vec![GroupName::parse("family").unwrap()];
    let app = |name: &str, part: &str, access, host: &str| NewApp {
        groups: family.clone(),
        origins: vec![vestibule::base::WebOrigin::parse(host).unwrap()],
        paths: vec![PathRule { prefix: PathPrefix::parse(part).unwrap(), access, preflight: false }],
        ..NewApp::of(AppName::parse(name).unwrap())
    };
    let admins = PathAccess::Groups(vec![GroupName::admins()]);
    site.add_app(&app("all-open", "/", PathAccess::Open, "https://a.example.org"));
    site.add_app(&app("part-open", "/public", PathAccess::Open, "https://b.example.org"));
    site.add_app(&app("admins", "/", admins.clone(), "https://c.example.org"));
    site.add_app(&app("part-admins", "/admin", admins, "https://d.example.org"));
    assert_eq!(titles(&mut ada), ["all-open", "part-admins", "part-open"]);
    assert_eq!(titles(&mut bob), ["all-open"]);
}

#[test]
fn a_restricted_session_has_none() {
    let site = Setup::new().with("second_factor", "required").patient().build();
    let mut ada = site.ada();
    site.app("wiki", "Wiki", &[], &["https://wiki.example.org"]);
    let page = ada.get("/");
    assert!(
        page.status == Status::Ok && !page.says(HEADING) && !page.says("wiki.example.org"),
        "{}",
        page.body
    );
}

#[test]
fn a_title_is_text() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    site.app("wiki", "<b>\"The\" & 'wiki'</b>", &[], &["https://wiki.example.org"]);
    let page = ada.get("/");
    assert!(page.says("<b>\"The\" & 'wiki'</b>") && !page.body.contains("<b>"), "{}", page.body);
}

#[test]
fn however_many_there_are_the_page_stays_one() {
    let site = TestSite::new();
    let mut ada = site.logged_in(ADA);
    let apps: Vec<_> = (0..150)
        .map(|n| format!("('id-{n}', 'app-{n}', 'App {:03}', 'handle', 1, 'command_line', 1)", 149 - n))
        .collect();
    let columns = "id, name, title, remote_user, created_at, created_by, changed_at";
    run(&site, format!("insert into apps ({columns}) values {}", apps.join(", ")));
    let at: Vec<_> = (0..150).map(|n| format!("('a{n}.test', 'https://a{n}.test', 'id-{n}')")).collect();
    run(&site, format!("insert into apps_origins (host, origin, app_id) values {}", at.join(", ")));
    assert_eq!(titles(&mut ada), (0..100).map(|n| format!("App {n:03}")).collect::<Vec<_>>());
}
