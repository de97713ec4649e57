//! The hand-over: a ticket of the login host is worth a cookie of the app's host, once, at that host, in that browser, for a
//! minute; and no browser is led round.

use rocket::futures::future::join_all;
use vestibule::base::{Token, WebOrigin};
use vestibule::people::passes;

use crate::gate_support::{Browser, WIKI, at, leads, of_family, with_wiki};
use crate::support::{ADA, Answer, TestSite};

const PAGE: &str = "https://wiki.example.org/page?a=b";
const BLOG: &str = "https://blog.example.org";

/// The address with a ticket, to which a browser is led that is logged in at the login host.
fn entrance(browser: &mut Browser<'_>, page: &str) -> String {
    let gate = browser.open(page).location().to_owned();
    assert!(gate.starts_with("https://login.example.org/gate?to="), "{gate}");
    let onward = browser.open(&gate);
    let entrance = leads(&onward);
    assert!(entrance.contains("/.vestibule/in?ticket="), "{}: {entrance}", onward.status());
    entrance
}

/// An answer of the app's host that leads to the page and gives no pass.
fn gives_nothing(answer: &Answer, page: &str) {
    assert_eq!((answer.status(), answer.location()), (303, page));
    assert_eq!(answer.all("set-cookie"), [""; 0]);
}

fn gives_a_pass(answer: &Answer, page: &str) {
    assert_eq!((answer.status(), answer.location()), (303, page));
    assert!(answer.set_cookie("__Host-gate").len() > 40 && answer.takes_back("__Host-visit"));
}

/// A browser on its way with a ticket.
fn on_its_way(site: &TestSite) -> (Browser<'_>, String) {
    let mut ada = of_family(site, ADA);
    let entrance = entrance(&mut ada, PAGE);
    (ada, entrance)
}

#[test]
fn a_ticket_counts_once() {
    let site = with_wiki();
    let (mut ada, entrance) = on_its_way(&site);
    let mut copy = ada.clone();
    gives_a_pass(&ada.open(&entrance), PAGE);
    assert_eq!(ada.check(PAGE), 200);
    gives_nothing(&ada.open(&entrance), PAGE);
    gives_nothing(&copy.open(&entrance), PAGE);
    assert_eq!((ada.check(PAGE), copy.check(PAGE)), (200, 401));
    assert_eq!(ada.follow(&entrance).1.status(), 200, "the button Back, or a reload, does no harm");
}

#[test]
fn of_many_requests_with_one_ticket_one_gets_a_pass() {
    let site = with_wiki();
    let (mut ada, entrance) = on_its_way(&site);
    let ticket = entrance.split(['=', '&']).nth(1).and_then(Token::parse).unwrap();
    let visit = ada.jar(WIKI)[0].1.clone();
    let (visit, origin) = (Token::parse(&visit).unwrap(), WebOrigin::parse(WIKI).unwrap());
    let each = (0..8).map(|_| passes::redeem(&site.site, &ticket, &origin, &visit, None));
    let got = site.runtime.block_on(join_all(each));
    assert_eq!(got.into_iter().filter(|token| token.as_ref().unwrap().is_some()).count(), 1);
    assert_eq!(site.number("select count(*) from passes where ticket_hash is not null"), 0);
}

#[test]
fn a_ticket_counts_at_its_own_host_alone() {
    let site = with_wiki();
    site.add_app(&at("blog", &[BLOG]));
    let (mut ada, entrance) = on_its_way(&site);
    let visit = ada.jar(WIKI)[0].clone();
    ada.jar(BLOG).push(visit);
    let elsewhere = entrance.replace(WIKI, BLOG);
    let answer = ada.open(&elsewhere);
    gives_nothing(&answer, "https://blog.example.org/");
    assert_eq!(ada.check(&format!("{BLOG}/")), 401);
    gives_a_pass(&ada.open(&entrance), PAGE);
}

#[test]
fn a_ticket_counts_in_its_own_browser_alone() {
    let site = with_wiki();
    let (mut ada, entrance) = on_its_way(&site);
    // Someone who was sent the link is not logged in as its sender.
    let mut other = Browser::of(site.visitor());
    let answer = other.open(&entrance);
    assert!(
        answer.location().starts_with("https://login.example.org/gate/trouble?to="),
        "{}",
        answer.location()
    );
    assert_eq!(answer.all("set-cookie"), [""; 0]);
    other.open(PAGE); // now it is on a visit of its own
    gives_nothing(&other.open(&entrance), PAGE);
    assert_eq!(other.check(PAGE), 401);
    gives_a_pass(&ada.open(&entrance), PAGE);

    // Nor does someone who made another's browser ask for a ticket get it.
    let mut thief = Browser::of(site.visitor());
    let gate = thief.open(PAGE).location().to_owned();
    let mut bob = of_family(&site, "bob@example.org");
    let entrance = leads(&bob.open(&gate));
    let answer = bob.open(&entrance);
    assert!(
        answer.location().starts_with("https://login.example.org/gate/trouble?to="),
        "{}",
        answer.location()
    );
    assert_eq!((bob.check(PAGE), thief.check(PAGE)), (401, 401));
}

#[test]
fn a_ticket_is_good_for_a_minute() {
    for (seconds, is_good) in [(59, true), (60, false), (3_600, false)] {
        let site = with_wiki();
        let (mut ada, entrance) = on_its_way(&site);
        site.clock.advance(seconds);
        let answer = ada.open(&entrance);
        match is_good {
            true => gives_a_pass(&answer, PAGE),
            false => gives_nothing(&answer, PAGE),
        }
    }
}

#[test]
fn a_ticket_ends_with_its_session() {
    let site = with_wiki();
    let (mut ada, entrance) = on_its_way(&site);
    assert_eq!(ada.visitor.post("/logout", "").location(), "/");
    gives_nothing(&ada.open(&entrance), PAGE);
    assert_eq!((ada.check(PAGE), site.number("select count(*) from passes")), (401, 0));
}

/// The next step of a tab. On the app's host, a ticket and the page after it are one: a browser lets little come between.
fn step(browser: &mut Browser<'_>, here: &mut String) {
    loop {
        let was_entrance = here.contains("/.vestibule/in");
        let there = leads(&browser.open(here));
        if there.is_empty() {
            return;
        }
        *here = there;
        if !was_entrance || !here.starts_with(WIKI) {
            return;
        }
    }
}

#[test]
fn two_tabs_arrive_whichever_is_ahead() {
    // The steps of one tab among those of both.
    for order in (0_u8..64).filter(|order| order.count_ones() == 3) {
        let site = with_wiki();
        let mut ada = of_family(&site, ADA);
        let pages = [format!("{WIKI}/one"), format!("{WIKI}/two?x=y")];
        let mut tabs = pages.clone();
        for number in 0..6 {
            step(&mut ada, &mut tabs[usize::from(order >> number & 1)]);
        }
        for (page, here) in pages.iter().zip(tabs) {
            let (there, answer) = ada.follow(&here);
            assert_eq!((&there, answer.status()), (page, 200), "{order:06b}");
        }
        assert_eq!(site.number("select count(*) from passes"), 1, "{order:06b}");
    }
}

#[test]
fn tabs_of_one_browser_are_on_one_visit() {
    let site = with_wiki();
    let mut ada = Browser::of(site.visitor());
    let visit = |answer: &Answer| answer.set_cookie("__Host-visit").split(';').next().unwrap().to_owned();
    let first = visit(&ada.open(PAGE));
    assert_eq!(visit(&ada.open(&format!("{WIKI}/other"))), first);
    for odd in ["", "x", "AAAA"] {
        ada.jar(WIKI)[0].1 = odd.to_owned();
        assert_ne!(visit(&ada.clone().open(PAGE)), first, "{odd:?} is none");
    }
    assert_ne!(visit(&Browser::of(site.visitor()).open(PAGE)), first, "another browser");
}

#[test]
fn a_second_click_on_the_way_does_no_harm() {
    let site = with_wiki();
    let (mut ada, entrance) = on_its_way(&site);
    // The second request is on its way before the first one is answered, and is answered after it.
    let late = ada.question(&entrance).navigating();
    gives_a_pass(&ada.open(&entrance), PAGE);
    let answer = late.ask(&site);
    ada.keep(&entrance, &answer);
    assert_eq!(ada.follow(answer.location()).1.status(), 200);
    // The page of the login host was opened twice: the first ticket is spent by the second.
    let mut ada = of_family(&site, ADA);
    let gate = ada.open(PAGE).location().to_owned();
    let (first, second) = (leads(&ada.open(&gate)), leads(&ada.open(&gate)));
    assert_ne!(first, second);
    gives_nothing(&ada.open(&first), PAGE);
    gives_a_pass(&ada.open(&second), PAGE);
    assert_eq!(ada.check(PAGE), 200);
}

#[test]
fn a_new_ticket_leaves_the_pass_that_its_browser_has() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA).enter(WIKI);
    let pass = ada.pass(WIKI).unwrap();
    // Another tab was opened before, and gets there later.
    let mut tab = ada.clone();
    tab.jar(WIKI).clear();
    let entrance = entrance(&mut tab, PAGE);
    assert_eq!(ada.check(PAGE), 200, "a ticket that waits ends nothing");
    let visit = tab.jar(WIKI)[0].clone();
    ada.jar(WIKI).push(visit);
    gives_a_pass(&ada.open(&entrance), PAGE);
    assert_eq!(ada.pass(WIKI).unwrap(), pass, "its other tabs are using it");
    assert_eq!(ada.check(PAGE), 200);
    // The ticket is spent all the same.
    ada.jar(WIKI).push(tab.jar(WIKI)[0].clone());
    gives_nothing(&ada.open(&entrance), PAGE);
}

#[test]
fn a_ticket_that_no_one_redeems_leaves_the_pass_too() {
    let site = with_wiki();
    let _alone = site.lease_housekeeping();
    let ada = of_family(&site, ADA).enter(WIKI);
    let mut tab = ada.clone();
    tab.jar(WIKI).clear();
    entrance(&mut tab, PAGE);
    site.clock.advance(61);
    site.runtime.block_on(passes::sweep(&site.site)).unwrap();
    assert_eq!(site.number("select count(*) from passes where ticket_hash is not null"), 0);
    assert_eq!((ada.check(PAGE), site.number("select count(*) from passes")), (200, 1));
}

#[test]
fn what_an_entrance_says_twice_counts_not_at_all() {
    let site = with_wiki();
    let (mut ada, entrance) = on_its_way(&site);
    let twice = |name: &str| {
        let field = entrance.split(['?', '&']).find(|field| field.starts_with(name)).unwrap();
        format!("{entrance}&{field}")
    };
    gives_nothing(&ada.open(&twice("ticket=")), PAGE);
    gives_a_pass(&ada.open(&twice("to=")), &format!("{WIKI}/"));
}

#[test]
fn a_browser_without_cookies_is_told_so() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA).without_cookies();
    let (there, answer) = ada.follow(PAGE);
    assert!(
        there.starts_with("https://login.example.org/gate/trouble?to=") && !there.ends_with("&set"),
        "{there}"
    );
    assert_eq!(answer.status(), 400);
    assert!(answer.says("Your browser did not keep the cookie of wiki.example.org."), "{}", answer.body);
    assert!(answer.values("href").contains(&PAGE.to_owned()), "to try again");
}

#[test]
fn a_pass_that_does_not_come_back_is_not_given_again_at_once() {
    let site = with_wiki();
    let (mut ada, first) = on_its_way(&site);
    let trouble = |ada: &mut Browser<'_>| {
        ada.jar(WIKI).clear(); // the proxy passes on no cookie, or the browser keeps none
        ada.follow(PAGE)
    };
    gives_a_pass(&ada.open(&first), PAGE);
    for seconds in [0, 15, 14] {
        site.clock.advance(seconds);
        let (there, answer) = trouble(&mut ada);
        assert!(
            there.starts_with("https://login.example.org/gate/trouble?to=") && there.ends_with("&set"),
            "{there}"
        );
        assert!(
            answer.says("The cookie of wiki.example.org was set and did not come back."),
            "{}",
            answer.body
        );
    }
    site.clock.advance(1);
    assert_eq!(trouble(&mut ada).1.status(), 200, "half a minute later");
    // A pass that was used shows that cookies come back: who deletes them is let in again.
    for _ in 0..3 {
        assert_eq!(trouble(&mut ada).1.status(), 200);
    }
    // Its next token has to come back, too.
    ada.jar(WIKI).clear();
    let next = entrance(&mut ada, PAGE);
    gives_a_pass(&ada.open(&next), PAGE);
    assert!(trouble(&mut ada).0.ends_with("&set"), "a browser that keeps no cookie any more");
}
