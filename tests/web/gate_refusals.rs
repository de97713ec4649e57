//! Questions that the gate refuses without a word: from someone else than the proxy, under another name, about no app, or
//! such as it does not understand.

use vestibule::people::Actor;
use vestibule::services::apps::{self, SetDisabled};

use crate::gate_answers::{ADDRESSES, is_refused};
use crate::gate_support::{Browser, Question, WIKI, app, at, of_family, wiki_on, with_wiki};
use crate::support::gate::PROXY;
use crate::support::{ADA, Setup, TestSite};

const PAGE: &str = "https://wiki.example.org/page?a=b";

/// A refusal without a word, at each address.
fn is_refused_at_once(site: &TestSite, question: &Question, status: u16, what: &str) {
    for address in ADDRESSES {
        for question in [question.clone(), question.clone().navigating()] {
            let answer = question.to(address).ask(site);
            assert_eq!((answer.status(), &*answer.body), (status, ""), "{what} at {address}");
            assert_eq!(answer.all("set-cookie"), [""; 0], "{what} at {address}");
            is_refused(&answer, what);
        }
    }
}

#[test]
fn nobody_but_the_proxy_is_answered() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    for peer in ["203.0.113.7", "127.0.0.2", "::1", "10.0.0.3", "fd00::2", ""] {
        is_refused_at_once(&site, &ada.question(PAGE).from(peer), 403, peer);
        is_refused_at_once(&site, &ada.question(PAGE).from(peer).without("X-Forwarded-Uri"), 403, peer);
        // What a stranger says about the way of a request is not read.
        let forged = ada.question(PAGE).from(peer).set("X-Forwarded-For", PROXY).with("X-Real-IP", PROXY);
        is_refused_at_once(&site, &forged, 403, peer);
    }
    assert_eq!(ada.question(PAGE).from("::ffff:127.0.0.1").ask(&site).status(), 200, "the same address");
    let alone = TestSite::new();
    alone.add_app(&at("wiki", &[WIKI]));
    is_refused_at_once(
        &alone,
        &Question::about(PAGE).from("127.0.0.1"),
        403,
        "no proxy is trusted by itself",
    );
}

#[test]
fn nobody_is_answered_under_the_name_that_visitors_use() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    for host in ["login.example.org", "LOGIN.example.org", "login.example.org.", "login.example.org:443"] {
        is_refused_at_once(&site, &ada.question(PAGE).set("Host", host), 404, host);
        let twice = ada.question(PAGE).with("Host", host);
        is_refused_at_once(&site, &twice, 404, "two names, of which one is that");
    }
    for host in ["127.0.0.1:8000", "vestibule:8000", "wiki.example.org", "[::1]:8000"] {
        assert_eq!(ada.question(PAGE).set("Host", host).ask(&site).status(), 200, "{host}");
    }
    // On this machine there is one name for both.
    let site = wiki_on(Setup::new().patient().with("trusted_proxies", PROXY));
    let ada = of_family(&site, ADA).enter(WIKI);
    for host in ["localhost:8000", "127.0.0.1:8000"] {
        assert_eq!(ada.question(PAGE).set("Host", host).ask(&site).status(), 200, "{host}");
    }
}

#[test]
fn a_host_without_an_app_and_one_whose_app_is_disabled_are_closed() {
    let site = with_wiki();
    site.add_app(&at("blog", &["https://blog.example.org"]));
    let ada = of_family(&site, ADA).enter(WIKI).enter("https://blog.example.org");
    is_refused_at_once(
        &site,
        &ada.question(PAGE).set("X-Forwarded-Host", "other.example.org"),
        403,
        "unknown",
    );
    let disable = |is_disabled| {
        let name = app("wiki");
        let set = apps::set_disabled(&site.site, &name, is_disabled, Actor::CommandLine);
        assert_eq!(site.runtime.block_on(set).unwrap(), SetDisabled::Done);
    };
    disable(true);
    is_refused_at_once(&site, &ada.question(PAGE), 403, "disabled");
    assert_eq!(ada.check("https://blog.example.org/"), 200, "another app");
    disable(false);
    assert_ne!(ada.check(PAGE), 403, "enabled again");
}

#[test]
fn a_question_that_cannot_be_read_is_refused() {
    let site = with_wiki();
    let ada = of_family(&site, ADA).enter(WIKI);
    let (fine, longest) = (ada.question(PAGE), format!("/{}", "a".repeat(8_191)));
    assert_eq!(fine.clone().set("X-Forwarded-Uri", &longest).ask(&site).status(), 200);
    for (header, values) in [
        (
            "X-Forwarded-Host",
            &["", " ", "wiki.example.org/", "wiki@evil.test", "wiki.example.org, evil.test"][..],
        ),
        (
            "X-Forwarded-Uri",
            &["", "page", "?a=b", " /page", "https://wiki.example.org/page", &format!("{longest}a")],
        ),
    ] {
        is_refused_at_once(&site, &fine.clone().without(header), 403, header);
        let value = if header == "X-Forwarded-Host" { "wiki.example.org" } else { "/page" };
        is_refused_at_once(&site, &fine.clone().with(header, value), 403, "the same twice");
        is_refused_at_once(&site, &fine.clone().with(header, ""), 403, "twice, of which one is empty");
        for value in values {
            is_refused_at_once(
                &site,
                &fine.clone().set(header, value),
                403,
                &format!("{header}: {value:.40}"),
            );
        }
        // No other family of headers takes its place.
        let other = [
            ("X-Original-URL", "/page"),
            ("X-Original-Uri", "/page"),
            ("X-Rewrite-URL", "/page"),
            ("X-Original-Host", "wiki.example.org"),
            ("X-Forwarded-Server", "wiki.example.org"),
            ("X_Forwarded_Host", "wiki.example.org"),
            ("X_Forwarded_Uri", "/page"),
            ("Forwarded", "host=wiki.example.org"),
        ];
        let other = other
            .iter()
            .fold(fine.clone().without(header), |question, (name, value)| question.with(name, value));
        is_refused_at_once(&site, &other.set("Host", "wiki.example.org"), 403, header);
    }
    assert_eq!(fine.clone().without("X-Forwarded-Method").ask(&site).status(), 200, "then it is a page");
}

#[test]
fn other_headers_about_the_way_of_a_request_change_nothing() {
    let site = with_wiki();
    site.add_app(&at("blog", &["https://blog.example.org"]));
    let ada = Browser::of(site.logged_in(ADA)).enter("https://blog.example.org");
    for (name, value) in [
        ("X-Original-URL", "/.vestibule/in"),
        ("X-Original-Uri", "/other"),
        ("X-Rewrite-URL", "/other"),
        ("X-Original-Host", "blog.example.org"),
        ("X_Forwarded_Host", "blog.example.org"),
        ("X-Forwarded-Port", "8443"),
        ("X-Forwarded-Prefix", "/public"),
        ("X-Forwarded-Proto", "http"),
        ("Forwarded", "host=blog.example.org;proto=http"),
        ("Authorization", "Basic YWRhOmNvcnJlY3QgaG9yc2UgYmF0dGVyeQ=="),
        ("Remote-User", "ada"),
        ("Remote-Groups", "family"),
    ] {
        assert_eq!(ada.question(PAGE).with(name, value).ask(&site).status(), 401, "{name}");
        let question = ada.question("https://blog.example.org/").set("X-Forwarded-Proto", "https");
        assert_eq!(question.with(name, value).ask(&site).status(), 200, "{name}");
    }
}
