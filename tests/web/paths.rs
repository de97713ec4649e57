//! Every address that the site names answers, and no link on any page is dead.

use std::collections::{BTreeMap, BTreeSet};

use vestibule::web::paths::{APP, CODES, REAUTHENTICATE, RECOVERY, SECOND, STATIC};
use vestibule::web::template_paths::PATHS;

use crate::support::{Answer, Setup, TestSite, Visitor};

/// The addresses that templates know.
fn known() -> Vec<String> {
    let paths: BTreeMap<String, String> =
        serde_json::from_value(serde_json::to_value(PATHS).unwrap()).unwrap();
    paths.into_values().collect()
}

/// The links of a page, without those to a part of the same page or to the same page in another language.
fn links(page: &Answer) -> BTreeSet<String> {
    page.values("href").into_iter().filter(|link| !link.starts_with(['#', '?'])).collect()
}

/// A site that has all of its pages.
fn with_mail() -> TestSite {
    Setup::new().mail().with("unconfirmed_login", "yes").build()
}

#[test]
fn each_address_answers() {
    let site = with_mail();
    let all = known();
    assert!(all.len() >= 5, "{all:?}");
    for visitor in [site.visitor(), site.ada()] {
        for path in &all {
            let answer = visitor.clone().get(path);
            assert!([200, 303].contains(&answer.status.code), "{path}: {}", answer.status);
        }
    }
    assert_eq!(STATIC, "/static");
}

/// Follows every link from the front page, then sends every form, since one of them logs out. Returns what
/// was seen.
fn crawl(start: &Visitor<'_>) -> BTreeSet<String> {
    let mut actions = BTreeSet::new();
    let (mut seen, mut waiting) = (BTreeSet::new(), BTreeSet::from(["/".to_owned(), "/nowhere".to_owned()]));
    while let Some(path) = waiting.pop_first() {
        if !seen.insert(path.clone()) {
            continue;
        }
        assert!(path.starts_with('/') && !path.starts_with("//"), "{path} is no path of this site");
        let page = start.clone().get(&path);
        assert!(page.status.code < 400 || path == "/nowhere", "{path}: {}", page.status);
        waiting.extend(links(&page));
        waiting.extend(page.values("src"));
        if !page.location().is_empty() {
            waiting.insert(page.location().to_owned());
        }
        actions.extend(page.values("action"));
    }
    for action in actions {
        let sent = start.clone().post(&action, "");
        assert!([200, 303, 422].contains(&sent.status.code), "{action}: {}", sent.status);
    }
    seen
}

#[test]
fn no_link_is_dead() {
    for signup in ["open", "invited", "closed"] {
        let site = Setup::new().with("signup", signup).build();
        let seen = crawl(&site.visitor());
        let expected = ["/", "/login"];
        assert!(expected.iter().all(|path| seen.contains(*path)), "{seen:?}");
        assert_eq!(seen.contains("/signup"), signup == "open");
    }
    let site = TestSite::new();
    let seen = crawl(&site.ada());
    assert!(seen.contains("/profile") && !seen.contains("/signup"), "{seen:?}");
}

#[test]
fn every_page_can_be_reached_from_the_front_page() {
    let site = with_mail();
    let mut reached = crawl(&site.visitor());
    reached.extend(crawl(&site.ada()));
    let mut ada = site.visitor();
    ada.log_in("ada@example.org", crate::support::PASSWORD);
    reached.extend(ada.get("/").values("action"));
    // No visitor looks for these: a page that needs a fresh login leads there, or a step before them.
    let led_to = [REAUTHENTICATE, SECOND, RECOVERY, APP, CODES];
    for path in known().into_iter().filter(|path| !led_to.contains(&path.as_str())) {
        assert!(reached.contains(&path), "no link leads to {path}");
    }
}

#[test]
fn a_link_keeps_where_the_visitor_wanted_to_go() {
    let site = TestSite::new();
    let mut visitor = site.visitor();
    for path in ["/login?next=%2Fprofile", "/signup?next=%2Fprofile", "/?next=%2Fprofile"] {
        let links = links(&visitor.get(path));
        for kept in ["/login?next=%2Fprofile", "/signup?next=%2Fprofile"] {
            assert!(links.contains(kept), "{path}: {links:?}");
        }
    }
    for hostile in ["//evil.test", "https://evil.test", "/logout", "/nowhere", "/\\evil.test"] {
        let page = visitor.submit("/login", &[("next", hostile), ("email", ""), ("password", "")]);
        assert!(!page.says("evil.test") && !page.says("next=") && !page.says("name=\"next\""), "{hostile}");
    }
}
