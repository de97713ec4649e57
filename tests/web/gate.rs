//! The gate's main story: a stranger opens a page of an app, logs in, is led back, and is known there, until they log out.

use rocket::http::Status;
use serde_json::{Value, json};
use vestibule::web::paths;

use crate::support::gate::{Jar, NAVIGATION, SCRIPT, path_of};
use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite};

const WIKI: &str = "wiki.example.org";

/// A site with a wiki for the family, and Ada, who is one of it.
fn with_wiki() -> TestSite {
    let site = Setup::new().gate().build();
    site.app("wiki", "Wiki", &["family"], &["https://wiki.example.org"]);
    site.logged_in(ADA);
    site.add_to_group(ADA, "family");
    site
}

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// The names of all headers of an answer.
fn names(answer: &Answer) -> Vec<&str> {
    let mut names: Vec<&str> = answer.headers.iter().map(|(name, _)| &**name).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_stranger_logs_in_comes_back_and_is_known_until_they_log_out() {
    let site = with_wiki();
    let (mut jar, mut ada) = (Jar::new(), site.visitor());

    // The proxy asks who that is, and passes on that the browser goes to the login host.
    let answer = site.check(&mut jar, WIKI, "/page?a=b", "GET", NAVIGATION);
    assert_eq!(answer.status, Status::SeeOther);
    let gate = site.at_login(&answer).to_owned();
    assert!(gate.starts_with("/gate?to="), "{gate}");
    let visit = answer.set_cookie("__Host-visit");
    assert!(visit.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400"), "{visit}");
    assert_eq!(names(&answer), ["cache-control", "location", "set-cookie"], "an answer of the app's host");

    // There they log in, and the page says where that leads.
    let login = ada.get(&gate).location().to_owned();
    assert!(login.starts_with("/login?next=%2Fgate%3Fto%3D"), "{login}");
    let page = ada.get(&login);
    assert!(page.says("Log in to go on to") && page.says("Wiki"), "{}", page.body);
    assert_eq!(page.notices(), [""; 0]);
    let fields = [("email", ADA), ("password", PASSWORD), ("next", &*gate)];
    let logged_in = ada.submit("/login", &fields);
    assert_eq!(logged_in.location(), gate);

    // After a form, a page goes on by itself: a browser holds redirects to the policy of the form.
    let onward = ada.clone().sending("Sec-Fetch-Site", "same-origin").get(&gate);
    assert_eq!(onward.status, Status::Ok);
    assert!(onward.says("<h1>Going on to"), "{}", onward.body);
    let refresh = onward.header("refresh").strip_prefix("0; url=").unwrap().to_owned();
    assert!(refresh.starts_with("https://wiki.example.org/.vestibule/in?ticket="), "{refresh}");
    assert!(onward.values("href").contains(&refresh));

    // On the app's host the ticket is worth a cookie, once.
    let entrance = path_of(&refresh).to_owned();
    let answer = site.check(&mut jar, WIKI, &entrance, "GET", NAVIGATION);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "https://wiki.example.org/page?a=b"));
    let gate_cookie = answer.set_cookie("__Host-gate");
    assert!(gate_cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax"), "{gate_cookie}");
    assert!(answer.takes_back("__Host-visit"));
    assert_eq!(jar.len(), 1, "{jar:?}");
    let again = site.check(&mut jar.clone(), WIKI, &entrance, "GET", NAVIGATION);
    assert_eq!((again.location(), again.all("set-cookie").len()), ("https://wiki.example.org/page?a=b", 0));

    // They are known there, however they ask.
    let account = site.account(ADA).id;
    for (method, headers) in
        [("GET", NAVIGATION), ("POST", NAVIGATION), ("GET", SCRIPT), ("PROPFIND", &SCRIPT[..0])]
    {
        let answer = site.check(&mut jar, WIKI, "/page", method, headers);
        assert_eq!((answer.status, &*answer.body), (Status::Ok, ""), "{method}");
        let said = ["remote-user", "remote-name", "remote-email", "remote-groups", "cache-control"];
        let said = said.map(|name| answer.header(name));
        assert_eq!(said, [account.as_str(), "Ada", ADA, "family", "no-store"], "{method}");
        assert_eq!(answer.headers.len(), 5, "{:?}", answer.headers);
    }

    // The logout is felt by the very next request.
    assert_eq!(ada.post("/logout", "").location(), "/");
    let answer = site.check(&mut jar, WIKI, "/page", "GET", NAVIGATION);
    assert_eq!(answer.status, Status::SeeOther);
    assert!(site.at_login(&answer).starts_with("/gate?to="));
    let answer = site.check(&mut jar, WIKI, "/page", "GET", SCRIPT);
    assert_eq!(answer.status, Status::Unauthorized);
    assert_eq!(body(&answer)["error"]["login"], "https://login.example.org/login");
    assert_eq!(answer.all("www-authenticate"), [""; 0]);
    assert_eq!(site.number("select count(*) from passes"), 0, "the pass went with its session");
}

#[test]
fn who_is_logged_in_passes_without_a_page() {
    let site = with_wiki();
    let (mut jar, ada) = (Jar::new(), site.logged_in(ADA));
    let (_, entered) = site.hand_over(&mut jar, &ada, WIKI, "/");
    assert_eq!(entered.location(), "https://wiki.example.org/");
    let asked = site.db.statements();
    for _ in 0..20 {
        assert_eq!(site.check(&mut jar, WIKI, "/", "GET", NAVIGATION).status, Status::Ok);
    }
    let asked = site.db.statements() - asked;
    assert!(
        asked <= 8,
        "{asked} statements: to read the pass, to store its first use, and perhaps to read the apps"
    );
}

#[test]
fn who_may_not_is_told_so_on_the_login_host_and_can_use_another_account() {
    let site = with_wiki();
    let (mut jar, mut bob) = (Jar::new(), site.logged_in("bob@example.org"));
    let first = site.check(&mut jar, WIKI, "/", "GET", NAVIGATION);
    let gate = site.at_login(&first).to_owned();
    let page = bob.get(&gate);
    assert_eq!(page.status, Status::Forbidden);
    assert!(page.says("You may not use") && page.says("bob@example.org"), "{}", page.body);
    let switched = bob.submit("/login/switch", &[("form", &page.form_value()), ("next", &gate)]);
    assert!(switched.location().starts_with("/login?next=%2Fgate%3Fto%3D"), "{}", switched.location());
    assert_eq!(site.number("select count(*) from passes"), 0);
}

#[test]
fn a_group_that_is_left_closes_the_app_at_once() {
    let site = with_wiki();
    let (mut jar, ada) = (Jar::new(), site.logged_in(ADA));
    site.hand_over(&mut jar, &ada, WIKI, "/");
    assert_eq!(site.check(&mut jar, WIKI, "/", "GET", SCRIPT).status, Status::Ok);
    site.change("delete from memberships");
    let answer = site.check(&mut jar, WIKI, "/", "GET", SCRIPT);
    assert_eq!((answer.status, &body(&answer)["error"]["code"]), (Status::Forbidden, &json!(403)));
    let answer = site.check(&mut jar, WIKI, "/", "GET", NAVIGATION);
    assert!(site.at_login(&answer).starts_with("/gate?to="), "a person is told why");
}

#[test]
fn nginx_is_told_three_statuses_and_its_browsers_the_same_as_others() {
    let site = with_wiki();
    let (mut jar, mut ada) = (Jar::new(), site.logged_in(ADA));
    let said = |uri: &'static str| {
        [("X-Forwarded-Host", WIKI), ("X-Forwarded-Uri", uri), ("X-Forwarded-Method", "GET")]
    };
    let check = [&said("/page")[..], NAVIGATION].concat();
    let answer = site.ask(paths::AUTH_REQUEST, &mut jar, &check);
    assert_eq!(
        (answer.status, &*answer.body, names(&answer)),
        (Status::Unauthorized, "", vec!["cache-control"])
    );
    let answer = site.ask(paths::ENTER, &mut jar, &check);
    assert_eq!(answer.status, Status::SeeOther);
    let gate = site.at_login(&answer).to_owned();
    let onward = ada.clone().sending("Sec-Fetch-Site", "none").get(&gate);
    let entrance: &'static str = path_of(onward.location()).to_owned().leak();
    let answer = site.ask(paths::ENTER, &mut jar, &[&said(entrance)[..], NAVIGATION].concat());
    assert_eq!(answer.location(), "https://wiki.example.org/page");
    assert_eq!(site.ask(paths::AUTH_REQUEST, &mut jar, &check).status, Status::Ok);
    let answer = site.ask(paths::ENTER, &mut jar, &check);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "https://wiki.example.org/page"));
    let answer = site.ask(paths::ENTER, &mut jar, &[&said("/%2evestibule/x")[..], NAVIGATION].concat());
    assert_eq!(answer.status, Status::NotFound, "nginx would ask for ever");
    site.change("delete from memberships");
    assert_eq!(site.ask(paths::AUTH_REQUEST, &mut jar, &check).status, Status::Forbidden);
    assert_eq!(ada.get(&gate).status, Status::Forbidden);
}

#[test]
fn to_nginx_no_page_below_an_app_is_the_gates_own() {
    let site = with_wiki();
    let ada = site.logged_in(ADA);
    for uri in ["/.vestibule/out", "/.vestibule/in?ticket=x", "/.vestibule/probe", "/.vestibule/"] {
        let said = [("X-Forwarded-Host", WIKI), ("X-Forwarded-Uri", uri), ("X-Forwarded-Method", "GET")];
        let check = [&said[..], NAVIGATION].concat();
        let mut jar = Jar::new();
        let answer = site.ask(paths::AUTH_REQUEST, &mut jar, &check);
        assert_eq!(
            (answer.status, &*answer.body),
            (Status::Unauthorized, ""),
            "{uri}: a redirect is an error to nginx"
        );
        site.hand_over(&mut jar, &ada, WIKI, "/");
        assert_eq!(site.ask(paths::AUTH_REQUEST, &mut jar, &check).status, Status::Ok, "{uri}");
    }
}

#[test]
fn a_browser_that_keeps_no_cookie_is_told_so_and_does_not_go_round() {
    let site = with_wiki();
    let mut ada = site.logged_in(ADA);
    // It keeps none at all.
    let mut jar = Jar::new();
    let first = site.check(&mut jar, WIKI, "/page", "GET", NAVIGATION);
    let onward = ada.clone().sending("Sec-Fetch-Site", "none").get(site.at_login(&first));
    let lost = site.check(&mut Jar::new(), WIKI, path_of(onward.location()), "GET", NAVIGATION);
    let page = ada.get(site.at_login(&lost));
    assert_eq!(page.status, Status::BadRequest);
    assert!(page.says("We couldn't let you in") && page.says("wiki.example.org"), "{}", page.body);
    // It keeps the visit, and not the pass.
    site.check(&mut jar, WIKI, path_of(onward.location()), "GET", NAVIGATION);
    let mut jar = Jar::new();
    let first = site.check(&mut jar, WIKI, "/page", "GET", NAVIGATION);
    let stopped = ada.get(site.at_login(&first));
    assert!(stopped.location().starts_with("/gate/trouble?to="), "{} {}", stopped.status, stopped.location());
    assert!(ada.get(stopped.location()).says("was set and did not come back"));
    // Half a minute later they may try again.
    site.clock.advance(31);
    let first = site.check(&mut jar, WIKI, "/page", "GET", NAVIGATION);
    assert_eq!(ada.get(site.at_login(&first)).status, Status::Ok);
}

#[test]
fn whatever_cannot_be_read_is_refused() {
    let site = with_wiki();
    let (mut jar, ada) = (Jar::new(), site.logged_in(ADA));
    site.hand_over(&mut jar, &ada, WIKI, "/");
    let host = ("X-Forwarded-Host", WIKI);
    let uri = ("X-Forwarded-Uri", "/");
    for (headers, status) in [
        (vec![], 403),
        (vec![host], 403),
        (vec![uri], 403),
        (vec![host, host, uri], 403),
        (vec![host, uri, uri], 403),
        (vec![("X-Forwarded-Host", "evil.test"), uri], 403),
        (vec![("X-Forwarded-Host", "wiki@evil.test"), uri], 403),
        (vec![host, ("X-Forwarded-Uri", "page")], 403),
        (vec![host, uri, ("Host", "login.example.org")], 404),
        (vec![host, uri, ("Host", "LOGIN.example.org.:443")], 404),
        (vec![("X-Original-Host", WIKI), ("X-Original-URL", "/")], 403),
    ] {
        for address in [paths::FORWARD_AUTH, paths::AUTH_REQUEST, paths::ENTER] {
            let answer = site.ask(address, &mut jar, &headers);
            assert_eq!((answer.status.code, &*answer.body), (status, ""), "{address} {headers:?}");
        }
    }
    let stranger = |address: &str| {
        let mut visitor = site.visitor_from("203.0.113.7").sending(host.0, host.1).sending(uri.0, uri.1);
        visitor.jar = jar.clone();
        visitor.get(address).status
    };
    assert_eq!(
        [paths::FORWARD_AUTH, paths::AUTH_REQUEST, paths::ENTER].map(stranger),
        [Status::Forbidden; 3]
    );
    assert_eq!(
        site.ask(paths::FORWARD_AUTH, &mut jar, &[host, uri]).status,
        Status::Ok,
        "the same, well asked"
    );
    assert_eq!(site.ask("/gate/%66orward-auth", &mut jar, &[host, uri]).status, Status::NotFound);
    site.silence_database();
    let mut other: Jar = vec![("__Host-gate".to_owned(), "A".repeat(43))];
    let answer = site.ask(paths::FORWARD_AUTH, &mut other, &[host, uri]);
    assert_eq!((answer.status.code, answer.header("retry-after")), (503, "5"));
}
