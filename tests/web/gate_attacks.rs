//! Attacks on the gate that once went through: each is a story of someone who gets into an app, or is taken there for someone
//! else.

use vestibule::services::apps::{AppChange, RemoteUser};
use vestibule::web::carried::carried;
use vestibule::web::paths::{AUTH_REQUEST, FORWARD_AUTH};

use crate::gate_support::{Browser, NAMES, WIKI, alter, names, of_family, part, with_wiki};
use crate::support::{ADA, TestSite};

const BOB: &str = "bob@example.org";
const PAGE: &str = "https://wiki.example.org/page";
const API: &str = "https://wiki.example.org/api/notes";

/// What the app is told of a browser that asks for a page, by each way of asking.
fn told(browser: &Browser<'_>, page: &str) -> [String; 4] {
    let [told, by_nginx] = [FORWARD_AUTH, AUTH_REQUEST].map(|address| {
        let answer = browser.question(page).to(address).ask(browser.visitor.site);
        assert_eq!(answer.status(), 200, "{page}");
        NAMES.map(|name| answer.header(name).to_owned())
    });
    assert_eq!(told, by_nginx);
    told
}

/// The wiki, with a part that programs use: the app checks their keys itself.
fn with_api() -> TestSite {
    let site = with_wiki();
    let paths = vec![part("/api", &[]), part("/admin", &["admins"])];
    alter(&site, "wiki", AppChange { paths: Some(paths), ..AppChange::default() });
    site
}

/// Whoever has an account can ask the login host for the way to a page that is open, by writing its address into `to`, and
/// gets a pass. An app that takes a name for a login would let them in there.
#[test]
fn a_pass_that_was_got_by_way_of_an_open_part_names_nobody_for_whom_the_app_is_not() {
    let site = with_api();
    let mut bob = Browser::of(site.logged_in(BOB));
    let gate = bob.open(PAGE).location().to_owned();
    let (visit, _) = gate.rsplit_once('.').unwrap();
    let forged = format!("{visit}.{}", carried(API).unwrap());
    let (there, answer) = bob.follow(&forged);
    assert_eq!((&*there, answer.status()), (API, 200), "it is open to him as to everyone");
    assert_eq!(told(&bob, API), [""; 4]);
    assert_eq!(bob.check(PAGE), 403);
    // Who is let in to a part alone is no user of the app either.
    site.add_to_group(BOB, "admins");
    assert_eq!(told(&bob, API), [""; 4]);
    let ada = of_family(&site, ADA).enter(WIKI);
    assert_eq!(told(&ada, API)[1..], ["Ada", ADA, "family"]);
}

#[test]
fn an_open_part_names_nobody_whose_login_is_too_old_for_the_app() {
    let site = with_api();
    let ada = of_family(&site, ADA).enter(WIKI);
    alter(&site, "wiki", AppChange { fresh_for: Some(Some(900)), ..AppChange::default() });
    assert_eq!(told(&ada, API)[2], ADA);
    site.clock.advance(901);
    assert_eq!(ada.check(PAGE), 401);
    assert_eq!(told(&ada, API), [""; 4]);
}

/// Without email, a stranger signs up with any address that is free.
#[test]
fn an_address_that_nobody_has_confirmed_is_no_name_in_an_app() {
    let site = with_wiki();
    let all =
        AppChange { groups: Some(names(&[])), remote_user: Some(RemoteUser::Email), ..AppChange::default() };
    alter(&site, "wiki", all);
    let bob = Browser::of(site.logged_in(BOB)).enter(WIKI);
    let id = site.account(BOB).id;
    assert_eq!(told(&bob, PAGE), [BOB, "Bob", BOB, ""]);
    site.change("update accounts set confirmed_at = null");
    assert_eq!(told(&bob, PAGE), [id.as_str(), "Bob", "", ""]);
    site.change("update accounts set confirmed_at = created_at");
    assert_eq!(told(&bob, PAGE), [BOB, "Bob", BOB, ""], "once it is, it counts at once");
}
