//! Who may open an app: what changes in its groups, its rules and its people is true for the very next request; and how
//! recent a login must be.

use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName};
use vestibule::services::apps::{self, AppChange, NewApp, SetDisabled};

use crate::apply::applied;
use crate::authenticator_app::set_up_app;
use crate::gate_support::{Browser, WIKI, alter, app, at, leave, names, of_family, part, wiki_on, with_wiki};
use crate::support::gate::PROXY;
use crate::support::{ADA, PASSWORD, Setup, TestSite};

const BOB: &str = "bob@example.org";
const PAGE: &str = "https://wiki.example.org/page";
const ADMIN: &str = "https://wiki.example.org/admin/users";
const OPEN: &str = "https://wiki.example.org/public/x";
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

fn groups_of_app(site: &TestSite, groups: &[&str]) {
    alter(site, "wiki", AppChange { groups: Some(names(groups)), ..AppChange::default() });
}

fn delete_group(site: &TestSite, group: &str) {
    let name = GroupName::parse(group).unwrap();
    let deleted = groups::delete(&site.site, &name, Actor::CommandLine);
    assert!(site.runtime.block_on(deleted).unwrap().is_some());
}

/// A site on this machine, with other settings.
fn wiki_with(settings: &[(&str, &str)]) -> TestSite {
    let setup = Setup::new().patient().with("trusted_proxies", PROXY);
    wiki_on(settings.iter().fold(setup, |setup, (name, value)| setup.with(name, value)))
}

#[test]
fn a_membership_counts_until_it_ends() {
    let site = with_wiki();
    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, BOB).enter(WIKI));
    for _ in 0..3 {
        site.add_to_group(ADA, "choir");
        leave(&site, ADA, "choir");
        assert_eq!(ada.check(PAGE), 200, "another group");
        leave(&site, ADA, "family");
        assert_eq!((ada.check(PAGE), bob.check(PAGE)), (403, 200));
        site.add_to_group(ADA, "family");
        assert_eq!((ada.check(PAGE), bob.check(PAGE)), (200, 200), "her pass goes on");
    }
}

#[test]
fn who_may_not_is_told_so_and_gets_no_pass() {
    let site = with_wiki();
    let mut bob = Browser::of(site.logged_in(BOB));
    let (there, answer) = bob.follow(PAGE);
    assert!(there.starts_with("https://login.example.org/gate?to="), "{there}");
    assert_eq!(answer.status(), 403);
    assert!(answer.says("<h1>You may not use wiki</h1>") && answer.says(BOB), "{}", answer.body);
    assert!(!answer.body.contains("family"), "the name of the group is no one's business");
    assert_eq!((bob.check(PAGE), site.number("select count(*) from passes")), (401, 0));
    site.add_to_group(BOB, "family");
    assert_eq!(bob.follow(PAGE).1.status(), 200);
}

#[test]
fn a_deleted_group_opens_an_app_to_no_one() {
    let site = with_wiki();
    groups_of_app(&site, &["choir", "family"]);
    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, BOB).enter(WIKI));
    site.add_to_group(BOB, "choir");
    delete_group(&site, "family");
    assert_eq!((ada.check(PAGE), bob.check(PAGE)), (403, 200));
    delete_group(&site, "choir");
    assert_eq!((ada.check(PAGE), bob.check(PAGE)), (403, 403), "it is not an app for everyone now");
    let mut carol = Browser::of(site.logged_in("carol@example.org"));
    assert_eq!(carol.follow(PAGE).1.status(), 403);
    // Nor does a group that no one has made yet.
    groups_of_app(&site, &["later"]);
    assert_eq!(ada.check(PAGE), 403);
    site.add_to_group(ADA, "later");
    assert_eq!((ada.check(PAGE), bob.check(PAGE)), (200, 403));
}

#[test]
fn a_membership_that_a_file_ends_closes_the_app_at_once() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    assert_eq!(ada.check(PAGE), 200);
    // It holds the lock of the group, and that of no account: there may be thousands.
    let file = format!("[[memberships]]\ngroup = \"family\"\nemail = \"{ADA}\"\nstate = \"absent\"\n");
    assert_eq!(applied(&site, &file).len(), 1);
    assert_eq!(ada.check(PAGE), 403);
}

#[test]
fn an_app_changes_its_people_at_once() {
    let site = with_wiki();
    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, BOB).enter(WIKI));
    site.add_to_group(BOB, "choir");
    for (groups, expected) in [
        (&["choir"][..], (403, 200)),
        (&["choir", "family"], (200, 200)),
        (&["nobody"], (403, 403)),
        (&[], (200, 200)),
        (&["family"], (200, 200)),
    ] {
        groups_of_app(&site, groups);
        assert_eq!((ada.check(PAGE), bob.check(PAGE)), expected, "{groups:?}");
    }
    let stranger = Browser::of(site.visitor());
    groups_of_app(&site, &[]);
    assert_eq!(stranger.check(PAGE), 401, "everyone with an account is not everyone");
}

#[test]
fn a_part_of_an_app_has_people_of_its_own() {
    let site = with_wiki();
    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, BOB).enter(WIKI));
    let stranger = Browser::of(site.visitor());
    let parts = |paths| alter(&site, "wiki", AppChange { paths: Some(paths), ..AppChange::default() });
    let all = |browser: &Browser<'_>| [PAGE, ADMIN, OPEN].map(|page| browser.check(page));
    site.add_to_group(ADA, "keepers");
    parts(vec![part("/admin", &["keepers"]), part("/public", &[])]);
    assert_eq!([all(&ada), all(&bob), all(&stranger)], [[200, 200, 200], [200, 403, 200], [401, 401, 200]]);
    leave(&site, ADA, "keepers");
    assert_eq!(all(&ada), [200, 403, 200]);
    site.add_to_group(BOB, "keepers");
    assert_eq!(all(&bob), [200, 200, 200]);
    leave(&site, BOB, "family");
    assert_eq!(all(&bob), [403, 200, 200], "a part needs no group of the whole");
    parts(vec![part("/admin", &["choir"]), part("/public", &["keepers"])]);
    assert_eq!([all(&ada), all(&bob), all(&stranger)], [[200, 403, 403], [403, 403, 200], [401, 401, 401]]);
    delete_group(&site, "keepers");
    assert_eq!(all(&bob), [403, 403, 403]);
    parts(Vec::new());
    assert_eq!([all(&ada), all(&bob)], [[200; 3], [403; 3]]);
}

#[test]
fn a_disabled_app_is_closed_to_everyone_and_has_no_page_on_the_way() {
    let site = with_wiki();
    alter(&site, "wiki", AppChange { paths: Some(vec![part("/public", &[])]), ..AppChange::default() });
    let mut ada = of_family(&site, ADA).enter(WIKI);
    let mut stranger = Browser::of(site.visitor());
    let gate = stranger.open(PAGE).location().to_owned();
    let set = |is_disabled| {
        let name = app("wiki");
        let set = apps::set_disabled(&site.site, &name, is_disabled, Actor::CommandLine);
        assert_eq!(site.runtime.block_on(set).unwrap(), SetDisabled::Done);
    };
    set(true);
    assert_eq!([PAGE, OPEN].map(|page| (ada.check(page), stranger.check(page))), [(403, 403), (403, 403)]);
    assert_eq!(ada.open(PAGE).status(), 403, "nobody is led anywhere");
    assert_eq!(ada.open(&gate).status(), 404);
    set(false);
    assert_eq!([OPEN, PAGE].map(|page| stranger.check(page)), [200, 401]);
    assert_eq!(ada.follow(PAGE).1.status(), 200);
}

#[test]
fn an_app_may_ask_for_a_recent_login() {
    let site = with_wiki();
    let fresh_for = Some(Some(15 * MINUTE));
    let paths = Some(vec![part("/public", &[])]);
    alter(&site, "wiki", AppChange { fresh_for, paths, ..AppChange::default() });
    let mut ada = of_family(&site, ADA).enter(WIKI);
    site.clock.advance(15 * MINUTE - 1);
    assert_eq!(ada.check(PAGE), 200);
    site.clock.advance(1);
    assert_eq!((ada.check(PAGE), ada.check(OPEN)), (401, 200));
    let (there, answer) = ada.follow(PAGE);
    assert!(there.starts_with("https://login.example.org/reauthenticate?next=%2Fgate%3Fto%3D"), "{there}");
    assert_eq!(answer.status(), 200);
    let query = there.split_once('?').unwrap().1;
    let (_, next) = url::form_urlencoded::parse(query.as_bytes()).next().unwrap();
    let entered = ada.visitor.submit("/reauthenticate", &[("password", PASSWORD), ("next", &next)]);
    let (there, answer) = ada.follow(&format!("https://login.example.org{}", entered.location()));
    assert_eq!((&*there, answer.status()), (PAGE, 200));
    // Being in use is not the same.
    for _ in 0..3 {
        site.clock.advance(5 * MINUTE - 1);
        assert_eq!(ada.check(PAGE), 200);
    }
    site.clock.advance(3);
    assert_eq!(ada.check(PAGE), 401);
    // What the app asks for is true for those who are there.
    alter(&site, "wiki", AppChange { fresh_for: Some(Some(HOUR)), ..AppChange::default() });
    assert_eq!(ada.check(PAGE), 200);
    alter(&site, "wiki", AppChange { fresh_for: Some(Some(MINUTE)), ..AppChange::default() });
    assert_eq!(ada.check(PAGE), 401);
    alter(&site, "wiki", AppChange { fresh_for: Some(None), ..AppChange::default() });
    assert_eq!(ada.check(PAGE), 200);
}

#[test]
fn a_remembered_device_is_no_recent_login() {
    let site = with_wiki();
    site.add_app(&NewApp { fresh_for: Some(24 * HOUR), ..at("vault", &["https://vault.example.org"]) });
    site.logged_in(ADA);
    site.add_to_group(ADA, "family");
    let mut visitor = site.visitor();
    assert_eq!(visitor.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    visitor.jar.retain(|(name, _)| name == "__Host-remember");
    let mut device = Browser::of(visitor).enter(WIKI);
    let (there, _) = device.follow("https://vault.example.org/x");
    assert!(there.starts_with("https://login.example.org/reauthenticate?next="), "{there}");
    assert_eq!(device.visitor.submit("/reauthenticate", &[("password", PASSWORD)]).status(), 303);
    let (there, answer) = device.follow("https://vault.example.org/x");
    assert_eq!((&*there, answer.status()), ("https://vault.example.org/x", 200));
}

#[test]
fn a_restricted_session_opens_no_app() {
    let site = wiki_with(&[("second_factor_for", "keepers")]);
    let (mut ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, BOB).enter(WIKI));
    site.add_to_group(ADA, "keepers");
    assert_eq!((ada.check(PAGE), bob.check(PAGE)), (401, 200), "from the next request on");
    let (there, answer) = ada.follow(PAGE);
    assert!(there.starts_with("http://localhost:8000/settings/security?next=%2Fgate%3Fto%3D"), "{there}");
    assert!(answer.says("This site requires two-factor authentication."), "{}", answer.body);
    set_up_app(&site, &mut ada.visitor);
    assert_eq!(ada.follow(PAGE).1.status(), 200);

    let site = wiki_with(&[("second_factor", "required")]);
    let mut ada = of_family(&site, ADA);
    assert!(ada.follow(PAGE).0.starts_with("http://localhost:8000/settings/security?next="));
    assert_eq!((ada.check(PAGE), site.number("select count(*) from passes")), (401, 0));
}

#[test]
fn the_passes_of_administrators_end_with_their_sessions() {
    let site = wiki_with(&[("admin_idle", "15m"), ("admin_lifetime", "12h")]);
    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), of_family(&site, BOB).enter(WIKI));
    site.add_to_group(ADA, "admins");
    let both = || (ada.check(PAGE), bob.check(PAGE));
    site.clock.advance(15 * MINUTE - 1);
    assert_eq!(both(), (200, 200), "and used now");
    site.clock.advance(15 * MINUTE - 1);
    assert_eq!(both(), (200, 200));
    site.clock.advance(15 * MINUTE);
    assert_eq!(both(), (401, 200));

    let (ada, bob) = (of_family(&site, ADA).enter(WIKI), bob);
    let both = || (ada.check(PAGE), bob.check(PAGE));
    for ten_minutes in 0..72 {
        assert_eq!(both(), (200, 200), "{ten_minutes}");
        site.clock.advance(10 * MINUTE);
    }
    assert_eq!(both(), (401, 200), "half a day after the login, however busy");

    // Who becomes one has the same limits at once.
    let (ada, bob) = (of_family(&site, ADA), of_family(&site, BOB).enter(WIKI));
    leave(&site, ADA, "admins");
    let ada = ada.enter(WIKI);
    site.clock.advance(20 * MINUTE);
    site.add_to_group(BOB, "admins");
    assert_eq!((ada.check(PAGE), bob.check(PAGE)), (200, 401));
}
