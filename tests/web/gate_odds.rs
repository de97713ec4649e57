//! Small gaps of the gate that were closed: each is a story that once went another way.

use std::thread::sleep;
use std::time::{Duration, Instant};

use rocket::http::uri::Host;
use vestibule::people::passes;
use vestibule::services::apps::{AppChange, AppTitle};
use vestibule::web::carried::carried;

use crate::gate_support::{Question, WIKI, alter, at, leads, of_family, part, with_wiki};
use crate::support::{ADA, TestSite};

const PAGE: &str = "https://wiki.example.org/page";
const MINUTE: i64 = 60;

fn last_use(site: &TestSite) -> i64 {
    site.number("select max(last_used_at) from sessions where id in (select session_id from passes)")
}

/// An app may be built with HTTP/2, which says in another place which host a request is for.
#[test]
fn nobody_is_answered_under_the_name_that_visitors_use_wherever_a_request_says_it() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    for (authority, status) in [
        ("login.example.org", 404),
        ("LOGIN.example.org:443", 404),
        ("login.example.org.", 404),
        ("127.0.0.1:8000", 200),
        ("wiki.example.org", 200),
    ] {
        let question = ada.question(PAGE).without("Host");
        let mut request = question.request(&site);
        request.inner_mut().set_host(Host::parse(authority).unwrap());
        assert_eq!(request.dispatch().status().code, status, "{authority}");
    }
}

#[test]
fn the_page_about_a_lost_cookie_tells_a_stranger_the_host_that_they_typed_and_not_what_the_app_is_called() {
    let site = with_wiki();
    let title = AppTitle::parse("Wine cellar").unwrap();
    alter(&site, "wiki", AppChange { title: Some(title), ..AppChange::default() });
    for why in ["", "&set"] {
        let path = format!("/gate/trouble?to={}{why}", carried(PAGE).unwrap());
        let answer = site.visitor().get(&path);
        assert_eq!(answer.status(), 400);
        assert!(answer.says("wiki.example.org") && !answer.body.contains("cellar"), "{}", answer.body);
    }
}

/// A ticket is written for a request that is no form, so no other limit counts it.
#[test]
fn a_session_gets_two_tickets_a_second_and_as_many_at_once_as_in_a_minute() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA);
    let gate = ada.open(PAGE).location().to_owned();
    for number in 0..120 {
        let answer = ada.open(&gate);
        assert!(leads(&answer).contains("ticket="), "{number}: {}", answer.status());
    }
    let early = ada.open(&gate);
    assert_eq!((early.status(), early.header("retry-after"), &*leads(&early)), (429, "1", ""));
    assert!(
        early.says("You have opened many pages of apps at once") && early.says("Wait 1 second"),
        "{}",
        early.body
    );
    let mut bob = of_family(&site, "bob@example.org");
    assert_eq!(bob.follow(PAGE).1.status(), 200, "each session has its own");
    site.clock.advance(1);
    let statuses = [(); 3].map(|()| leads(&ada.open(&gate)).contains("ticket="));
    assert_eq!(statuses, [true, true, false]);
}

/// Some apps take an `OPTIONS` with one of these headers for another request.
#[test]
fn a_preflight_names_no_other_method() {
    let site = with_wiki();
    let mut api = part("/api", &["family"]);
    api.preflight = true;
    alter(&site, "wiki", AppChange { paths: Some(vec![api]), ..AppChange::default() });
    let preflight = Question::about("https://wiki.example.org/api/notes")
        .set("X-Forwarded-Method", "OPTIONS")
        .with("Origin", "https://a.test")
        .with("Access-Control-Request-Method", "DELETE");
    assert_eq!(preflight.ask(&site).status(), 200);
    for name in ["X-HTTP-Method-Override", "x-http-method", "X-Method-Override", "X_HTTP_METHOD_OVERRIDE"] {
        for value in ["DELETE", "OPTIONS", ""] {
            assert_eq!(preflight.clone().with(name, value).ask(&site).status(), 401, "{name}: {value}");
        }
    }
}

#[test]
fn an_address_with_one_of_the_older_kind_in_it_is_found_in_each_spelling() {
    let site = with_wiki();
    site.add_app(&at("nas", &["https://[::ffff:192.0.2.1]"]));
    for host in ["[::ffff:192.0.2.1]", "[::FFFF:C000:201]:443", "[0:0:0:0:0:ffff:c000:0201]"] {
        let question = Question::about("https://x.test/").set("X-Forwarded-Host", host);
        assert_eq!(question.ask(&site).status(), 401, "{host}");
    }
}

#[test]
fn a_ticket_of_a_clock_that_was_ahead_is_not_good_for_longer() {
    let site = with_wiki();
    let _alone = site.lease_housekeeping();
    let mut ada = of_family(&site, ADA);
    for (ahead, is_good) in [(4 * MINUTE, true), (30 * MINUTE, false)] {
        site.clock.advance(ahead);
        let gate = ada.open(PAGE).location().to_owned();
        let entrance = leads(&ada.open(&gate));
        assert!(entrance.contains("ticket="), "{entrance}");
        site.clock.advance(-ahead);
        let answer = ada.open(&entrance);
        assert_eq!((answer.location(), answer.all("set-cookie").is_empty()), (PAGE, !is_good), "{ahead}");
        ada.jar(WIKI).clear();
    }
    let waiting = || site.number("select count(*) from passes where ticket_hash is not null");
    assert_eq!(waiting(), 1);
    site.runtime.block_on(passes::sweep(&site.site)).unwrap();
    assert_eq!(waiting(), 0);
}

#[test]
fn an_address_that_no_browser_sends_leads_to_a_page_that_is_there() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA);
    for (uri, page) in [("/a\u{85}b", "/"), ("/a?b=\u{9b}", "/a"), ("/a\u{7f}?b", "/")] {
        let asked = Question::about(PAGE).set("X-Forwarded-Uri", uri).navigating().ask(&site);
        let onward = leads(&ada.open(asked.location()));
        let to = carried(&format!("{WIKI}{page}")).unwrap();
        assert!(onward.ends_with(&format!("&to={to}")), "{uri:?}: {onward}");
    }
}

/// Proxies wait some seconds for an answer, and the database may be locked for longer.
#[test]
fn who_is_inside_waits_for_no_database_that_is_busy() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    site.clock.advance(MINUTE);
    let other = site.runtime.block_on(site.db.begin_locked(&[])).unwrap();
    let begun = Instant::now();
    assert_eq!(ada.check(PAGE), 200);
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    site.runtime.block_on(async move { drop(other) });
    // Her use is written as soon as that is possible.
    let end = Instant::now() + Duration::from_secs(10);
    while last_use(&site) < site.clock.now().unix() {
        assert!(Instant::now() < end, "it was not written");
        sleep(Duration::from_millis(20));
    }
}
