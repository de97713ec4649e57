//! Which app a question is about: one name in its usual spellings, and no other; and a pass of one host opens no other.

use vestibule::base::WebOrigin;
use vestibule::people::Actor;
use vestibule::services::apps::{self, AppChange};
use vestibule::web::paths::{AUTH_REQUEST, ENTER, FORWARD_AUTH};

use crate::gate_support::{Browser, Question, WIKI, alter, app, at, of_family, wiki_on, with_wiki};
use crate::support::gate::PROXY;
use crate::support::{ADA, Setup, TestSite};

const PAGE: &str = "https://wiki.example.org/page";
const BLOG: &str = "https://blog.example.org";

/// Names that look like that of the wiki, or that someone put into a header.
#[rustfmt::skip]
const OTHERS: [&str; 44] = [
    "", " ", ".", "..", ":", ":443", "*", "-", "localhost", "127.0.0.1", "[::1]", "example.org", "evil.test", "login.example.org",
    "a.wiki.example.org", "wiki.example.org.evil.test", "wiki.example.orgevil.test", "evilwiki.example.org", "wiki.example.or",
    "wiki.example.org..", ".wiki.example.org", "wiki..example.org", "wiki_example.org", "wiki-example.org", "xwiki.example.org",
    "wiki@evil.test", "wiki.example.org@evil.test", "evil.test@wiki.example.org", "wiki.example.org, evil.test",
    "evil.test, wiki.example.org", "wiki.example.org,wiki.example.org", "wiki.example.org evil.test", "wiki.example.org/",
    "wiki.example.org/evil", "wiki.example.org?x", "wiki.example.org#x", "wiki.example.org\\", "https://wiki.example.org",
    "wiki%2eexample.org", "wiki。example.org", "wikı.example.org", "ｗiki.example.org", "wiki.example.org\0", "wiki.example.org\r\n",
];

/// Ports that are none.
const NO_PORTS: [&str; 9] = [":", ":x", ":80x", ":-1", ":+80", ":123456", ":80:80", ":0x50", ": 80"];

fn with_blog() -> TestSite {
    let site = with_wiki();
    site.add_app(&at("blog", &[BLOG]));
    site
}

fn origins(origins: &[&str]) -> AppChange {
    let origins = origins.iter().map(|origin| WebOrigin::parse(origin).unwrap()).collect();
    AppChange { origins: Some(origins), ..AppChange::default() }
}

#[test]
fn a_name_in_its_usual_spellings_is_the_apps() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    for host in [
        "wiki.example.org",
        "WIKI.EXAMPLE.ORG",
        "Wiki.Example.org",
        "wiki.example.org.",
        "wiki.example.org:443",
        "wiki.example.org:8443",
        "WIKI.example.org.:80",
    ] {
        for (check, status) in [(FORWARD_AUTH, 200), (AUTH_REQUEST, 200), (ENTER, 303)] {
            let question = ada.question(PAGE).set("X-Forwarded-Host", host).to(check);
            assert_eq!(question.ask(&site).status(), status, "{host} at {check}");
        }
        // Where a browser is led is what the app was declared with.
        let stranger = Question::about(PAGE).set("X-Forwarded-Host", host).set("X-Forwarded-Proto", "http");
        let answer = stranger.navigating().ask(&site);
        let (there, answer) = Browser::of(site.visitor()).follow(answer.location());
        assert!(there.starts_with("https://login.example.org/login?next="), "{host}: {there}");
        assert_eq!(answer.status(), 200, "{host}");
        let entered =
            ada.question(PAGE).set("X-Forwarded-Host", host).set("X-Forwarded-Proto", "http").to(ENTER);
        assert_eq!(entered.ask(&site).location(), PAGE, "{host}");
    }
}

#[test]
fn any_other_name_is_refused_without_a_word() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let ports = NO_PORTS.iter().map(|port| format!("wiki.example.org{port}"));
    for host in OTHERS.iter().map(ToString::to_string).chain(ports).chain(["a".repeat(254), "a.".repeat(127)])
    {
        for check in [FORWARD_AUTH, AUTH_REQUEST, ENTER] {
            let question = ada.question(PAGE).set("X-Forwarded-Host", &host).navigating().to(check);
            let answer = question.ask(&site);
            assert_eq!((answer.status(), &*answer.body), (403, ""), "{host:?} at {check}");
            assert_eq!(answer.all("set-cookie"), [""; 0], "{host:?} at {check}");
        }
        let inside =
            Question::about(PAGE).set("X-Forwarded-Host", &host).set("X-Forwarded-Uri", "/.vestibule/out");
        assert_eq!(inside.ask(&site).status(), 403, "{host:?}");
    }
}

#[test]
fn a_pass_opens_the_host_that_it_was_made_for_and_no_other() {
    let site = with_blog();
    let mut ada = of_family(&site, ADA).enter(WIKI).enter(BLOG);
    let [wiki, blog] = [WIKI, BLOG].map(|origin| ada.pass(origin).unwrap());
    assert_ne!(wiki, blog);
    let status = |origin: &str, pass: &str| {
        Question::about(&format!("{origin}/")).cookie("__Host-gate", pass).ask(&site).status()
    };
    assert_eq!([status(WIKI, &wiki), status(BLOG, &blog)], [200, 200]);
    assert_eq!([status(WIKI, &blog), status(BLOG, &wiki)], [401, 401]);
    // Nor does it open the login host, or what is open there opens an app.
    let mut stranger = site.visitor();
    for name in ["__Host-gate", "__Host-session", "__Host-remember"] {
        stranger.plant(name, &wiki);
    }
    assert!(!stranger.is_logged_in());
    let session = ada.visitor.cookie("__Host-session").unwrap();
    assert_eq!([status(WIKI, session), status(BLOG, session)], [401, 401]);
    assert_eq!(ada.visitor.cookie("__Host-gate"), None, "the login host sets none of these");
}

#[test]
fn one_app_at_several_hosts_has_a_pass_for_each() {
    let site = with_blog();
    alter(&site, "blog", origins(&[BLOG, "https://notes.example.net:8443", "https://[2001:db8::1]"]));
    let mut ada = Browser::of(site.logged_in(ADA)).enter(BLOG).enter("https://notes.example.net:8443");
    assert_eq!(site.number("select count(*) from passes"), 2);
    let [blog, notes] = [BLOG, "https://notes.example.net:8443"].map(|origin| ada.pass(origin).unwrap());
    assert_ne!(blog, notes);
    let notes_at =
        |host: &str| ada.question("https://notes.example.net/x").set("X-Forwarded-Host", host).ask(&site);
    assert_eq!(notes_at("notes.example.net:8443").status(), 200);
    assert_eq!(notes_at("notes.example.net").status(), 200, "cookies know no ports");
    for host in ["[2001:db8::1]", "[2001:DB8:0:0::1]:443"] {
        let question = |pass: &str| {
            let question = Question::about("https://x.test/").set("X-Forwarded-Host", host);
            question.cookie("__Host-gate", pass).ask(&site).status()
        };
        assert_eq!(
            [question(&blog), question(&notes)],
            [401, 401],
            "{host} is the app's, and neither is its pass"
        );
    }
    for host in ["2001:db8::1", "[2001:db8::1", "[2001:db8::2]", "[2001:db8::1%25eth0]"] {
        assert_eq!(
            Question::about("https://x.test/").set("X-Forwarded-Host", host).ask(&site).status(),
            403,
            "{host}"
        );
    }
}

#[test]
fn a_host_that_moves_takes_no_pass_along() {
    let site = with_blog();
    let ada = of_family(&site, ADA).enter(WIKI).enter(BLOG);
    // To another port: the browser would send the same cookie.
    alter(&site, "blog", origins(&["https://blog.example.org:8443"]));
    assert_eq!(ada.check(&format!("{BLOG}/")), 401);
    alter(&site, "blog", origins(&["https://news.example.org"]));
    assert_eq!(ada.check(&format!("{BLOG}/")), 403);
    // To another app, which has its own people.
    alter(&site, "wiki", origins(&["https://other.example.org"]));
    alter(&site, "blog", origins(&[WIKI]));
    assert_eq!(ada.check(PAGE), 401, "it was a pass of the app that was there before");
    let mut ada = ada;
    assert_eq!(ada.follow(PAGE).1.status(), 200, "and a new one is to be had");
}

#[test]
fn an_app_that_is_made_anew_takes_no_pass_of_the_one_before() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let name = app("wiki");
    let deleted = apps::delete(&site.site, &name, Actor::CommandLine);
    assert!(site.runtime.block_on(deleted).unwrap());
    assert_eq!((ada.check(PAGE), site.number("select count(*) from passes")), (403, 0));
    site.add_app(&at("wiki", &[WIKI]));
    assert_eq!(ada.check(PAGE), 401);
}

#[test]
fn apps_on_plain_http_have_cookies_of_their_own_names() {
    let site = wiki_on(Setup::new().patient().with("trusted_proxies", PROXY));
    let (nas, mark) = ("http://nas.localhost:3000", site.key.mark());
    site.add_app(&at("nas", &[nas]));
    let mut ada = Browser::of(site.logged_in(ADA));
    let first = ada.open(&format!("{nas}/a?b"));
    let visit = first.set_cookie("visit");
    assert!(visit.starts_with(&format!("visit-{mark}=")), "{visit}");
    assert!(visit.ends_with("; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400"), "{visit}");
    let (there, answer) = ada.follow(&format!("{nas}/a?b"));
    assert_eq!((&*there, answer.status()), ("http://nas.localhost:3000/a?b", 200));
    let pass = ada.pass(nas).unwrap();
    assert_eq!(*ada.jar(nas), [(format!("gate-{mark}"), pass.clone())]);
    for name in ["gate", "__Host-gate", "gate-aaaaaa"] {
        assert_eq!(
            Question::about(&format!("{nas}/")).cookie(name, &pass).ask(&site).status(),
            401,
            "{name}"
        );
    }
    // What counts is where the app is, not where the login host is.
    let mut ada = of_family(&site, ADA).enter(WIKI);
    assert_eq!(ada.jar(WIKI)[0].0, "__Host-gate");
}
