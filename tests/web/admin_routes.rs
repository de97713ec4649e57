//! Who opens the pages of administrators, and sends their forms.

use std::collections::BTreeSet;

use rocket::http::Status;

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::equality::shape;
use crate::support::{ADA, PASSWORD, Visitor};

/// Each of their routes, and what it answers an administrator who sends a form without fields: about their own account, and
/// about another one. 303 leads to the page that the form stands on.
const ANSWERS: &str = "
GET /admin/accounts 200 200
GET /admin/accounts/<id> 200 200
GET /admin/accounts/new 200 200
GET /admin/activity 200 200
GET /admin/apps 200 200
GET /admin/apps/<name> 200 200
GET /admin/apps/<name>/accounts 200 200
GET /admin/apps/<name>/removal 200 200
GET /admin/apps/new 200 200
GET /admin/emails 200 200
GET /admin/groups 200 200
GET /admin/groups/<name> 200 200
GET /admin/invitations 200 200
GET /admin/invitations/<id> 200 200
GET /admin/invitations/new 200 200
GET /admin/system 200 200
POST /admin/accounts/<id>/addresses 303 422
POST /admin/accounts/<id>/confirmation 303 303
POST /admin/accounts/<id>/deletion 303 422
POST /admin/accounts/<id>/departures 400 400
POST /admin/accounts/<id>/devices 400 400
POST /admin/accounts/<id>/disabling 303 303
POST /admin/accounts/<id>/enabling 303 303
POST /admin/accounts/<id>/factor-removal 303 303
POST /admin/accounts/<id>/handle 422 422
POST /admin/accounts/<id>/links 303 303
POST /admin/accounts/<id>/logout 303 303
POST /admin/accounts/<id>/memberships 422 422
POST /admin/accounts/<id>/network-unlocking 400 400
POST /admin/accounts/<id>/unlocking 303 303
POST /admin/accounts/new 422 422
POST /admin/apps/<name>/disabling 303 303
POST /admin/apps/<name>/enabling 303 303
POST /admin/apps/<name>/removal 303 404
POST /admin/apps/<name>/settings 404 404
POST /admin/apps/new 422 422
POST /admin/emails/<id>/attempts 303 303
POST /admin/emails/<id>/removal 303 303
POST /admin/groups 422 422
POST /admin/groups/<name>/deletion 422 422
POST /admin/groups/<name>/departures 400 400
POST /admin/groups/<name>/members 422 422
POST /admin/invitations/<id>/links 422 422
POST /admin/invitations/<id>/revocation 303 303
POST /admin/invitations/new 422 422
";

/// What a route answers about the own account (0) or another one (1), and where that leads.
fn expected(method: &str, path: &str, whose: usize, filled: &str) -> (u16, String) {
    let route = format!("{method} {path} ");
    let codes = ANSWERS.lines().find_map(|line| line.strip_prefix(&route));
    let codes = codes.unwrap_or_else(|| panic!("what does {route}answer?"));
    let code: u16 = codes.split(' ').nth(whose).unwrap().parse().unwrap();
    let page = match filled.rsplit_once('/') {
        Some(_) if path.starts_with("/admin/emails") => "/admin/emails",
        Some(_) if path == "/admin/apps/<name>/removal" => "/admin/apps",
        Some((page, _)) => page,
        None => "",
    };
    (code, if code == 303 { page.to_owned() } else { String::new() })
}

#[test]
fn no_one_but_an_administrator_with_a_fresh_login_opens_any_of_their_pages() {
    let site = site();
    let mut fresh = root(&site);
    let mut ada = site.logged_in(ADA);
    let mut member = site.logged_in(BOB);
    site.add_to_group(BOB, "editors");
    site.app("editors", "What editors use", &["editors"], &["https://drafts.example.org"]);
    let ids = [ROOT, ADA].map(|email| site.account(email).id.to_string());
    let new = "/admin/invitations/new";
    let fields = [("note", ""), ("email", ""), ("groups", "editors"), ("uses", "1"), ("lasts", "1h")];
    let invitation = fresh.fill_in(new, new, &fields).location().to_owned();
    let invitation = invitation.strip_prefix("/admin/invitations/").unwrap();
    // Without those that only answer 405.
    let routes = site.client.rocket().routes().filter(|route| (-12..=-1).contains(&route.rank));
    let routes = routes.filter(|route| route.uri.path().starts_with("/admin/"));
    let routes: BTreeSet<(String, String)> =
        routes.map(|route| (route.method.to_string(), route.uri.path().to_owned())).collect();
    assert!(routes.len() >= 44, "{routes:?}");
    let filled = |path: &str, id: &str| -> String {
        let id = if path.starts_with("/admin/invitations/") { invitation } else { id };
        path.replace("<id>", id).replace("<name>", "editors")
    };
    let ask = |visitor: &mut Visitor<'_>, (method, path): &(String, String), id: &str| {
        visitor.request(method, &filled(path, id), Some("application/x-www-form-urlencoded"), "")
    };
    for route in &routes {
        for id in &ids {
            let stranger = ask(&mut site.visitor(), route, id);
            assert!(stranger.location().starts_with("/login"), "{route:?}: {}", stranger.status);
            for visitor in [&mut ada, &mut member] {
                let refused = ask(visitor, route, id);
                let unknown = ask(visitor, &(route.0.clone(), "/admin/nowhere".to_owned()), id);
                assert_eq!(refused.status, Status::NotFound, "{route:?}");
                assert_eq!(shape(&refused), shape(&unknown), "{route:?}");
                assert!(!refused.says(ROOT), "{route:?}");
            }
        }
    }
    let acts = "select count(*) from audit where actor = 'administrator'";
    assert_eq!(site.number(acts), 1, "the invitation");
    site.clock.advance(6 * 60);
    for route in &routes {
        for id in &ids {
            let stale = ask(&mut fresh, route, id);
            assert!(stale.location().starts_with("/reauthenticate"), "{route:?}: {}", stale.status);
        }
    }
    assert_eq!(site.number(acts), 1);
    for (method, path) in &routes {
        for (whose, id) in ids.iter().enumerate() {
            // Some of the routes do something to the accounts.
            let answer = ask(&mut site.logged_in(ROOT), &(method.clone(), path.clone()), id);
            let answered = (answer.status.code, answer.location().to_owned());
            assert_eq!(answered, expected(method, path, whose, &filled(path, id)), "{method} {path}");
        }
    }
}

#[test]
fn the_address_that_one_types_leads_administrators_to_the_accounts_and_no_one_else() {
    const SHORT: &str = "/admin";
    let site = site();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    let answer = root.get(SHORT);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, LIST));
    let posted = root.request("POST", SHORT, None, "");
    assert_eq!((posted.status, posted.header("allow")), (Status::MethodNotAllowed, "GET, HEAD"));
    for method in ["GET", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"] {
        let refused = ada.request(method, SHORT, None, "");
        let unknown = ada.request(method, "/admin/nowhere", None, "");
        assert_eq!(refused.status, Status::NotFound, "{method}");
        assert_eq!(shape(&refused), shape(&unknown), "{method}");
    }
    // Who logs in for it comes there.
    let mut visitor = site.visitor();
    assert_eq!(visitor.get(SHORT).location(), "/login?next=%2Fadmin");
    let fields = [("email", ROOT), ("password", PASSWORD), ("next", SHORT)];
    assert_eq!(visitor.submit("/login", &fields).location(), SHORT);
    assert_eq!(visitor.get(SHORT).location(), LIST);
}
