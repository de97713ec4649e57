//! Every route with its class and who may see it. A new route that is missing here fails the test.

use std::collections::BTreeSet;

use rocket::http::Status;
use rocket::http::uri::Origin;
use vestibule::web::RouteClass;
use vestibule::web::route_class::RouteClasses;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

/// Method, path, class, and who may use it: `all`, a `user`, a user who is `fresh`, or a program with a `token`.
const ROUTES: &str = "
GET / Page all
GET /.well-known/change-password Public all
GET /.well-known/passkey-endpoints Public all
GET /.well-known/webauthn Public all
GET /admin Page user
GET /admin/accounts Page user
GET /admin/accounts/<id> Page user
POST /admin/accounts/<id>/addresses Page user
POST /admin/accounts/<id>/confirmation Page user
POST /admin/accounts/<id>/deletion Page user
POST /admin/accounts/<id>/departures Page user
POST /admin/accounts/<id>/devices Page user
POST /admin/accounts/<id>/disabling Page user
POST /admin/accounts/<id>/enabling Page user
POST /admin/accounts/<id>/factor-removal Page user
POST /admin/accounts/<id>/handle Page user
POST /admin/accounts/<id>/links Page user
POST /admin/accounts/<id>/logout Page user
POST /admin/accounts/<id>/memberships Page user
POST /admin/accounts/<id>/network-unlocking Page user
POST /admin/accounts/<id>/unlocking Page user
GET /admin/accounts/new Page user
POST /admin/accounts/new Page user
GET /admin/activity Page user
GET /admin/apps Page user
GET /admin/apps/<name> Page user
GET /admin/apps/<name>/accounts Page user
POST /admin/apps/<name>/disabling Page user
POST /admin/apps/<name>/enabling Page user
GET /admin/apps/<name>/removal Page user
POST /admin/apps/<name>/removal Page user
POST /admin/apps/<name>/settings Page user
GET /admin/apps/new Page user
POST /admin/apps/new Page user
GET /admin/emails Page user
POST /admin/emails/<id>/attempts Page user
POST /admin/emails/<id>/removal Page user
GET /admin/groups Page user
POST /admin/groups Page user
GET /admin/groups/<name> Page user
POST /admin/groups/<name>/deletion Page user
POST /admin/groups/<name>/departures Page user
POST /admin/groups/<name>/members Page user
GET /admin/invitations Page user
GET /admin/invitations/<id> Page user
POST /admin/invitations/<id>/links Page user
POST /admin/invitations/<id>/revocation Page user
GET /admin/invitations/new Page user
POST /admin/invitations/new Page user
GET /admin/system Page user
GET /apple-touch-icon.png Public all
GET /change-email Page all
POST /change-email Page all
GET /confirm Page all
POST /confirm Page all
GET /confirm/new Page all
POST /confirm/new Page all
GET /delete-account Page all
POST /delete-account Page all
GET /favicon.ico Public all
GET /forgot Page all
POST /forgot Page all
GET /gate Page all
GET /gate/trouble Page all
GET /health Public all
GET /invited Page all
POST /invited Page all
POST /invited/joining Page fresh
GET /login Page all
POST /login Page all
POST /login/passkey Page all
GET /login/passkey/options Page all
GET /login/recovery Page all
POST /login/recovery Page all
GET /login/second Page all
POST /login/second Page all
POST /login/second/cancel Page all
GET /login/second/options Page token
POST /login/second/passkey Page all
POST /login/switch Page all
GET /logout Page user
POST /logout Page all
GET /profile Page user
GET /ready Public all
GET /reauthenticate Page user
POST /reauthenticate Page user
GET /reauthenticate/options Page user
POST /reauthenticate/passkey Page user
GET /reset Page all
POST /reset Page all
GET /restore-email Page all
POST /restore-email Page all
GET /robots.txt Public all
GET /secure Page all
POST /secure Page all
GET /session Page user
GET /settings Page user
GET /settings/account Page user
POST /settings/account Page user
GET /settings/activity Page user
GET /settings/close Page fresh
POST /settings/close Page fresh
GET /settings/devices Page user
POST /settings/devices/end Page user
POST /settings/devices/end-others Page user
GET /settings/email Page fresh
POST /settings/email Page fresh
POST /settings/email/cancel Page user
POST /settings/export Page fresh
POST /settings/language Page user
GET /settings/password Page fresh
POST /settings/password Page fresh
GET /settings/security Page user
GET /settings/security/app Page user
POST /settings/security/app Page user
POST /settings/security/app/new Page fresh
POST /settings/security/app/remove Page fresh
GET /settings/security/codes Page user
POST /settings/security/codes Page user
POST /settings/security/codes/file Page user
POST /settings/security/codes/new Page fresh
POST /settings/security/passkeys Page fresh
GET /settings/security/passkeys/options Page fresh
POST /settings/security/passkeys/plain Page fresh
GET /settings/security/passkeys/plain/options Page fresh
POST /settings/security/passkeys/remove Page fresh
POST /settings/security/passkeys/rename Page user
POST /settings/security/passkeys/upgrade Page user
GET /settings/security/passkeys/upgrade/options Page user
POST /settings/security/passkeys/wake Page fresh
POST /settings/security/two-factor Page fresh
GET /signup Page all
POST /signup Page all
GET /static/<_>/<_..> Public all
";

/// The routes of the site, without those that only refuse: the checks before all others, and those that
/// answer 405.
fn mounted(site: &TestSite) -> Vec<(String, String)> {
    let routes = site.client.rocket().routes().filter(|route| (-12..=-1).contains(&route.rank));
    // Only a development build has these.
    let routes = routes.filter(|route| !route.uri.path().starts_with("/dev/"));
    routes.map(|route| (route.method.to_string(), route.uri.path().to_owned())).collect()
}

/// Who may use it, found by requesting it as each of them.
fn open_to(site: &TestSite, (method, path): &(String, String)) -> &'static str {
    let asks = |visitor: &Visitor<'_>| {
        let mut visitor = visitor.clone().sending("accept", "application/json");
        visitor
            .request(method, &path.replace(['<', '>'], ""), Some("application/x-www-form-urlencoded"), "")
            .status
    };
    if asks(&site.visitor()) != Status::Unauthorized {
        return "all";
    }
    // Each time with new sessions: some of the routes end them.
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    site.change("update sessions set authenticated_at = null");
    if asks(&ada) != Status::Unauthorized {
        return "user";
    }
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    if asks(&ada) != Status::Unauthorized { "fresh" } else { "token" }
}

#[test]
fn each_route_has_its_class_and_its_access() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    let classes = site.client.rocket().state::<RouteClasses>().unwrap();
    let found: BTreeSet<String> = mounted(&site)
        .iter()
        .map(|route| {
            let (method, path) = route;
            let named = path.replace(['<', '>'], "");
            let class = classes.of(Origin::parse(&named).unwrap().path());
            format!("{method} {path} {class:?} {}", open_to(&site, route))
        })
        .collect();
    let listed: BTreeSet<String> = ROUTES.trim().lines().map(str::to_owned).collect();
    let unlisted: Vec<_> = found.difference(&listed).map(String::as_str).collect();
    let gone: Vec<_> = listed.difference(&found).map(String::as_str).collect();
    assert!(
        unlisted.is_empty() && gone.is_empty(),
        "found:\n{}\nlisted:\n{}",
        unlisted.join("\n"),
        gone.join("\n")
    );
}

/// What proxies ask is before all checks and has a class of its own, for every method: one of them asks with that of the
/// browser.
#[test]
fn what_proxies_ask_comes_first() {
    let site = TestSite::new();
    let classes = site.client.rocket().state::<RouteClasses>().unwrap();
    let first = site.client.rocket().routes().filter(|route| route.rank == isize::MIN);
    let mut found: Vec<String> = Vec::new();
    for route in first {
        let path = route.uri.path();
        assert_eq!(classes.of(Origin::parse(path).unwrap().path()), RouteClass::Check, "{path}");
        found.push(format!("{} {path}", route.method));
    }
    found.sort();
    let mut expected = Vec::new();
    for method in ["CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"] {
        for path in ["/gate/auth-request", "/gate/enter", "/gate/forward-auth"] {
            expected.push(format!("{method} {path}"));
        }
    }
    assert_eq!(found, expected);
}
