//! Where the gate leads a browser, and from where: to pages of the app's own host and nowhere else, whatever is in an
//! address.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use url::Url;
use vestibule::base::Token;
use vestibule::web::carried::carried;

use crate::gate_support::{Browser, Question, WIKI, leads, of_family, origin, with_wiki};
use crate::hostile_destinations::HOSTILE;
use crate::support::{ADA, Answer, TestSite, encoded};

const LOGIN: &str = "https://login.example.org";
const PAGE: &str = "https://wiki.example.org/page?a=b";

/// Addresses that are not quite those of the app.
#[rustfmt::skip]
const NEARLY: [&str; 22] = [
    "https://wiki.example.org", "https://wiki.example.org?/", "https://wiki.example.org#/", "https://wiki.example.org:443/",
    "https://wiki.example.org:8443/", "http://wiki.example.org/", "HTTPS://wiki.example.org/", "https://WIKI.example.org/",
    "https://wiki.example.org./", "https:/wiki.example.org/", "https:///wiki.example.org/", " https://wiki.example.org/",
    "https://ada@wiki.example.org/", "https://wiki.example.org@evil.test/", "https://wiki.example.org.evil.test/",
    "https://wiki.example.org\\@evil.test/", "https://evil.test/https://wiki.example.org/", "//wiki.example.org/",
    "https://login.example.org/", "javascript:alert(1)//://wiki.example.org/", "view-source:https://wiki.example.org/", "/page",
];

/// An address carried in another.
fn written(address: &str) -> String {
    carried(address).unwrap_or_else(|| URL_SAFE_NO_PAD.encode(address))
}

/// The page of the login host with such an address, on any visit.
fn gate(address: &str) -> String {
    format!("/gate?to={}.{}", Token::generate().hash().as_str(), written(address))
}

/// The address to come back to, in an answer of the app's host that leads away.
fn page_carried(answer: &Answer) -> String {
    let (_, to) = answer.location().split_once("/gate?to=").unwrap();
    let address = URL_SAFE_NO_PAD.decode(to.split_once('.').unwrap().1).unwrap();
    String::from_utf8(address).unwrap()
}

/// A browser that reads this address ends up at the wiki.
fn is_of_wiki(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.origin().ascii_serialization() == WIKI && url.username().is_empty() && url.password().is_none()
    })
}

/// Each hostile text: as it is, and after the origin of the app.
fn hostile() -> Vec<String> {
    let alone = HOSTILE.iter().chain(&NEARLY).map(ToString::to_string);
    alone.chain(HOSTILE.iter().map(|text| format!("{WIKI}{text}"))).collect()
}

#[test]
fn the_page_on_the_way_leads_to_no_other_site() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA).visitor;
    for text in hostile() {
        for path in [gate(&text), format!("/gate?{}", encoded(&[("to", &text)]))] {
            let answer = ada.get(&path);
            let there = leads(&answer);
            let is_on =
                is_of_wiki(&there) && there.starts_with("https://wiki.example.org/.vestibule/in?ticket=");
            assert!(
                answer.status() == 404 && there.is_empty() || is_on,
                "{text:?}: {} {there}",
                answer.status()
            );
            if is_on {
                assert!(text.starts_with("https://wiki.example.org/"), "{text:?}");
            }
        }
    }
    for nearly in NEARLY {
        assert_eq!(ada.get(&gate(nearly)).status(), 404, "{nearly:?}");
    }
    let long = format!("{WIKI}/{}", "a".repeat(3_000));
    for odd in ["", ".", "x", "x.y", &written(PAGE), &format!(".{}", written(PAGE)), &gate(&long)[9..]] {
        assert_eq!(ada.get(&format!("/gate?to={odd}")).status(), 404, "{odd:.60}");
    }
    assert_eq!([ada.get("/gate").status(), ada.get("/gate?to").status()], [404, 404]);
}

#[test]
fn a_stranger_is_led_to_no_other_site_by_the_login_either() {
    let site = with_wiki();
    let mut stranger = site.visitor();
    for text in hostile() {
        let answer = stranger.get(&gate(&text));
        let there = answer.location();
        assert!(
            answer.status() == 404 || there.starts_with("/login?next=%2Fgate%3Fto%3D"),
            "{text:?}: {there}"
        );
    }
}

#[test]
fn the_entrance_leads_to_no_other_site() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA);
    for text in hostile() {
        let first = ada.open(PAGE).location().to_owned();
        let entrance = leads(&ada.open(&first));
        let (ticket, _) = entrance.split_once("&to=").unwrap();
        for to in [written(&text), text.replace(|c: char| !c.is_ascii_graphic() || c == '#', "%20")] {
            // With a good ticket, with a bad one, and without a visit.
            for (address, mut browser) in [
                (format!("{ticket}&to={to}"), ada.clone()),
                (format!("{WIKI}/.vestibule/in?ticket=x&to={to}"), ada.clone()),
                (format!("{WIKI}/.vestibule/in?to={to}"), ada.clone()),
                (format!("{ticket}&to={to}"), Browser::of(site.visitor())),
            ] {
                let answer = browser.open(&address);
                let there = answer.location();
                let is_trouble = there.starts_with("https://login.example.org/gate/trouble?to=");
                assert!(answer.status() == 303 && (is_of_wiki(there) || is_trouble), "{text:?}: {there:?}");
                let there = browser.open(there);
                assert!(there.status() < 500, "{text:?}");
            }
        }
        ada.jar(WIKI).clear();
        site.change("delete from passes"); // each is a first visit
        site.clock.advance(1); // a session gets two tickets a second
    }
}

#[test]
fn the_page_about_a_lost_cookie_links_to_no_other_site() {
    let site = with_wiki();
    let mut stranger = site.visitor();
    for text in hostile() {
        for to in [written(&text), encoded(&[("to", &text)])[3..].to_owned()] {
            let answer = stranger.get(&format!("/gate/trouble?to={to}"));
            assert!(leads(&answer).is_empty(), "{text:?}");
            let links = answer
                .values("href")
                .into_iter()
                .filter(|link| link.contains("://") || link.starts_with("//"));
            let links: Vec<_> = links.filter(|link| !link.starts_with(LOGIN)).collect();
            assert!(links.iter().all(|link| is_of_wiki(link)), "{text:?}: {links:?}");
            assert!([400, 404].contains(&answer.status()), "{text:?}: {}", answer.status());
            assert_eq!(answer.status() == 404, links.is_empty(), "{text:?}");
        }
    }
}

#[test]
fn whatever_path_was_asked_for_a_browser_ends_up_on_one_of_the_two_hosts() {
    let site = with_wiki();
    let ada = of_family(&site, ADA);
    let odd = [
        "//evil.test/",
        "/\\evil.test/",
        "/.vestibule/in",
        "/.vestibule/in?ticket=x",
        "/%2evestibule/in",
        "/@evil.test",
    ];
    let hostile = HOSTILE.iter().filter(|text| text.starts_with('/') && !text.contains(char::is_control));
    for text in hostile.chain(&odd) {
        let mut ada = ada.clone();
        let (there, answer) = ada.follow(&format!("{WIKI}{text}"));
        assert!([WIKI, LOGIN].contains(&origin(&there)), "{text:?}: {there}");
        assert!([200, 400, 404].contains(&answer.status()), "{text:?}: {} at {there}", answer.status());
        if origin(&there) == WIKI && answer.status() == 200 {
            assert!(is_of_wiki(&there), "{text:?}: {there}");
        }
        site.change("delete from passes");
        site.clock.advance(1);
    }
}

/// Where someone comes back to who asked for a page like this.
fn comes_back(site: &TestSite, method: &str, referer: Option<&str>) -> String {
    let question = Question::about(PAGE).set("X-Forwarded-Method", method).navigating();
    let question = referer.iter().fold(question, |question, referer| question.with("Referer", referer));
    let answer = question.ask(site);
    assert_eq!(answer.status(), 303, "{method} {referer:?}");
    page_carried(&answer)
}

#[test]
fn who_sent_a_form_comes_back_to_the_page_that_it_stood_on() {
    let site = with_wiki();
    let form = "https://wiki.example.org/edit?page=Main";
    for method in ["GET", "HEAD"] {
        assert_eq!(comes_back(&site, method, Some(form)), PAGE, "{method}");
    }
    let home = "https://wiki.example.org/";
    for method in ["POST", "PUT", "DELETE", "PATCH", "PROPFIND", "MKCOL", "get", "Get", ""] {
        assert_eq!(comes_back(&site, method, Some(form)), form, "{method}");
        assert_eq!(comes_back(&site, method, None), home, "{method}");
    }
    assert_eq!(comes_back(&site, "POST", Some("https://wiki.example.org")), home);
    assert_eq!(
        comes_back(&site, "POST", Some("https://WIKI.example.org:443/x#y")),
        "https://wiki.example.org/x"
    );
    for foreign in
        hostile().iter().map(|text| &**text).chain(["https://login.example.org/login", "about:blank"])
    {
        let page = comes_back(&site, "POST", Some(foreign));
        assert!(is_of_wiki(&page) && page.starts_with(home), "{foreign:?}: {page}");
    }
    let twice = Question::about(PAGE).set("X-Forwarded-Method", "POST").navigating();
    let answer = twice.with("Referer", form).with("Referer", form).ask(&site);
    assert_eq!(page_carried(&answer), home, "of two, none is known to be right");
}

#[test]
fn the_address_to_come_back_to_is_the_one_that_was_asked_for() {
    let site = with_wiki();
    for uri in [
        "/",
        "/page?a=b&c=%2F%20+#d",
        "/Größe",
        "/a//b/../c",
        "/\\x",
        "/?to=https://evil.test/",
        "/%zz",
        "/a b",
    ] {
        let answer = Question::about(PAGE).set("X-Forwarded-Uri", uri).navigating().ask(&site);
        assert_eq!(page_carried(&answer), format!("{WIKI}{uri}"));
        assert!(
            answer.location().len() < 500 && answer.location().starts_with(LOGIN),
            "{}",
            answer.location()
        );
    }
    // What would not pass every proxy on the way is cut: to its path, or to the app's first page.
    let long = "a".repeat(3_000);
    for (uri, page) in
        [(format!("/x?{long}"), "/x"), (format!("/{long}"), "/"), (format!("/{long}?{long}"), "/")]
    {
        let answer = Question::about(PAGE).set("X-Forwarded-Uri", &uri).navigating().ask(&site);
        assert_eq!(page_carried(&answer), format!("{WIKI}{page}"));
    }
}

#[test]
fn a_page_goes_on_by_itself_where_a_form_may_have_begun_the_way() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA);
    let gate = ada.open(PAGE).location().to_owned();
    let path = gate.strip_prefix("https://login.example.org").unwrap();
    for (from, is_page) in [
        (&["same-origin"][..], true),
        (&[], true), // a browser on plain http, or an old one
        (&["same-origin", "none"], true),
        (&["none"], false),
        (&["cross-site"], false),
        (&["same-site"], false),
    ] {
        let visitor =
            from.iter().fold(ada.visitor.clone(), |visitor, from| visitor.sending("Sec-Fetch-Site", from));
        let answer = { visitor }.get(path);
        assert_eq!(
            (answer.status(), answer.location().is_empty()),
            (if is_page { 200 } else { 303 }, is_page),
            "{from:?}"
        );
        let there = leads(&answer);
        assert!(there.starts_with("https://wiki.example.org/.vestibule/in?ticket="), "{from:?}: {there}");
        assert_eq!(
            answer.values("href").contains(&there),
            is_page,
            "for a browser that does not go on: {from:?}"
        );
        let policy = answer.header("content-security-policy");
        assert!(!is_page || policy.contains("form-action 'self'"), "the policy stays as it is: {policy}");
    }
}

#[test]
fn the_way_out_leads_to_the_logout_which_ends_the_pass() {
    let site = with_wiki();
    let mut ada = of_family(&site, ADA).enter(WIKI);
    let out = ada.open(&format!("{WIKI}/.vestibule/out"));
    assert_eq!((out.status(), out.location()), (303, "https://login.example.org/logout"));
    assert_eq!(ada.check(PAGE), 200, "another site may link to it");
    assert_eq!(ada.visitor.post("/logout", "").location(), "/");
    assert_eq!(ada.check(PAGE), 401);
    for path in ["/.vestibule/", "/.vestibule/x", "/.vestibule/in/x", "/.vestibule/IN", "/.vestibule/probe/x"]
    {
        assert_eq!(ada.open(&format!("{WIKI}{path}")).status(), 404, "{path}");
    }
}
