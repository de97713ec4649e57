//! The pages of administrators about invitations, groups, apps, emails, what was done, and the program itself: who
//! may open them, and the frame that they have.

use std::collections::BTreeSet;

use rocket::http::Status;
use vestibule::base::Token;
use vestibule::services::invitations::{self, Invitation, NewInvitation};

use crate::admin_accounts::{BOB, ROOT, root, site};
use crate::equality::shape;
use crate::invitations::make;
use crate::support::{ADA, Answer, BEGINNING, TestSite, Visitor};

pub const INVITATIONS: &str = "/admin/invitations";
pub const GROUPS: &str = "/admin/groups";
pub const APPS: &str = "/admin/apps";
pub const EMAILS: &str = "/admin/emails";
pub const ACTIVITY: &str = "/admin/activity";
pub const SYSTEM: &str = "/admin/system";

/// What the database has of an email, and no page may show.
const DETAILS: &str = r#"{"at":1,"actor":"command_line","secret":"of the email"}"#;

/// Every route of these pages. `{invitation}`, `{group}`, `{app}` and `{email}` exist.
const ROUTES: [&str; 27] = [
    "GET /admin/activity",
    "GET /admin/apps",
    "GET /admin/apps/{app}",
    "GET /admin/apps/{app}/accounts",
    "POST /admin/apps/{app}/disabling",
    "POST /admin/apps/{app}/enabling",
    "POST /admin/apps/{app}/settings",
    "GET /admin/apps/{app}/removal",
    "POST /admin/apps/{app}/removal",
    "GET /admin/apps/new",
    "POST /admin/apps/new",
    "GET /admin/emails",
    "POST /admin/emails/{email}/attempts",
    "POST /admin/emails/{email}/removal",
    "GET /admin/groups",
    "POST /admin/groups",
    "GET /admin/groups/{group}",
    "POST /admin/groups/{group}/deletion",
    "POST /admin/groups/{group}/departures",
    "POST /admin/groups/{group}/members",
    "GET /admin/invitations",
    "GET /admin/invitations/{invitation}",
    "POST /admin/invitations/{invitation}/links",
    "POST /admin/invitations/{invitation}/revocation",
    "GET /admin/invitations/new",
    "POST /admin/invitations/new",
    "GET /admin/system",
];

/// The fields of an invitation for anyone.
pub const FOR_ANYONE: [(&str, &str); 5] =
    [("note", "For the summer"), ("email", ""), ("groups", ""), ("uses", "3"), ("lasts", "7d")];

pub fn run(site: &TestSite, sql: String) {
    site.change(sql.leak());
}

/// An email that waits for its next attempt, or was given up. Returns its ID.
pub fn email(site: &TestSite, number: usize, account: Option<&str>, due_in: i64, given_up: bool) -> String {
    let id = format!("0190a5b2-0000-7000-8000-{number:012x}");
    let account = account.map_or("null".to_owned(), |email| format!("'{}'", site.account(email).id));
    let (due, given_up) =
        (BEGINNING + due_in, if given_up { BEGINNING.to_string() } else { "null".to_owned() });
    run(
        site,
        format!(
            "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts, last_error, \
             given_up_at) values ('{id}', 'password', {account}, 'person{number}@example.org', '{DETAILS}', \
             {BEGINNING}, {due}, 3, 'the server is full', {given_up})"
        ),
    );
    id
}

/// An invitation of the command line.
pub fn invitation(site: &TestSite) -> Invitation {
    make(site, &NewInvitation::default()).invitation
}

pub fn open_invitations(site: &TestSite) -> i64 {
    site.block_on(invitations::count_open(&site.site)).unwrap()
}

/// The link on a page, without the site's own address; empty if there is none.
pub fn link(page: &Answer) -> String {
    let code = page.pieces("<code>http", "</code>");
    let link = code.first().map(|code| code.replace("&#x2F;", "/")).unwrap_or_default();
    link.strip_prefix("<code>http://localhost:8000").unwrap_or_default().to_owned()
}

/// Whether a link of an invitation works.
pub fn works(site: &TestSite, link: &str) -> bool {
    let token = Token::parse(link.strip_prefix("/invited?token=").unwrap()).unwrap();
    site.block_on(invitations::look(&site.site, &token)).unwrap().is_some()
}

/// The first link of a page whose address has this in it.
pub fn href(page: &Answer, part: &str) -> Option<String> {
    page.values("href").into_iter().find(|href| href.contains(part))
}

/// All pages of a list from the first one on.
pub fn all_pages(root: &mut Visitor<'_>, list: &str) -> Vec<Answer> {
    let mut pages = vec![root.get(list)];
    while let Some(older) = href(pages.last().unwrap(), "?before=") {
        pages.push(root.get(&older));
    }
    pages
}

/// What stands on a page after each of these beginnings, up to the next tag.
pub fn texts(page: &Answer, beginning: &str) -> Vec<String> {
    let found = page.pieces(beginning, "</");
    found.iter().map(|piece| piece[beginning.len()..].to_owned()).collect()
}

#[test]
fn each_route_is_for_administrators_who_have_just_logged_in_and_for_no_one_else() {
    let site = site();
    let mut fresh = root(&site);
    let (ada, member) = (site.logged_in(ADA), site.logged_in(BOB));
    site.add_to_group(BOB, "choir");
    site.app("wiki", "Our wiki", &["choir"], &["https://wiki.example.org"]);
    let invitation = invitation(&site).id.to_string();
    let email = email(&site, 1, Some(ADA), 3_600, false);
    // Without those that only answer 405, and those about accounts, which have a test of their own.
    let mounted = site.client.rocket().routes().filter(|route| (-12..=-1).contains(&route.rank));
    let mounted: BTreeSet<String> = mounted
        .map(|route| format!("{} {}", route.method, route.uri.path()).replace("<id>", "{}"))
        .map(|route| route.replace("<name>", "{}"))
        .filter(|route| route.contains(" /admin/") && !route.contains(" /admin/accounts"))
        .collect();
    let ids = ["{invitation}", "{group}", "{app}", "{email}"];
    let plain = |route: &&str| ids.iter().fold((*route).to_owned(), |route, id| route.replace(id, "{}"));
    assert_eq!(mounted, ROUTES.iter().map(plain).collect::<BTreeSet<String>>());
    let routes: Vec<(String, String)> = ROUTES
        .iter()
        .map(|route| {
            let (method, path) = route.split_once(' ').unwrap();
            let path = path.replace("{invitation}", &invitation).replace("{email}", &email);
            (method.to_owned(), path.replace("{group}", "choir").replace("{app}", "wiki"))
        })
        .collect();
    let ask = |visitor: &Visitor<'_>, (method, path): &(String, String), json: bool| {
        let mut visitor = visitor.clone();
        if json {
            visitor = visitor.sending("Accept", "application/json");
        }
        visitor.request(method, path, Some("application/x-www-form-urlencoded"), "")
    };
    let before = site.rows_without("last_used_at");
    for route in &routes {
        for json in [true, false] {
            let stranger = ask(&site.visitor(), route, json);
            let expected = if json { Status::Unauthorized } else { Status::SeeOther };
            assert_eq!(stranger.status, expected, "{route:?}");
            assert!(json || stranger.location().starts_with("/login"), "{route:?}");
            for visitor in [&ada, &member] {
                let refused = ask(visitor, route, json);
                let nowhere = (route.0.clone(), "/admin/nowhere".to_owned());
                assert_eq!(refused.status, Status::NotFound, "{route:?}");
                assert_eq!(shape(&refused), shape(&ask(visitor, &nowhere, json)), "{route:?}");
                for word in [ROOT, "choir", "wiki", &*invitation, "person1@example.org"] {
                    assert!(!refused.says(word), "{route:?}: {word}");
                }
            }
        }
    }
    assert_eq!(site.rows_without("last_used_at"), before);
    site.clock.advance(6 * 60);
    for route in &routes {
        assert_eq!(ask(&fresh, route, true).status, Status::Unauthorized, "{route:?}");
        assert!(ask(&fresh, route, false).location().starts_with("/reauthenticate"), "{route:?}");
    }
    assert_eq!(site.number("select count(*) from audit where actor = 'administrator'"), 0);
    fresh.reauthenticate();
    for route in routes.iter().filter(|(method, _)| method == "GET") {
        assert_eq!(ask(&fresh, route, false).status, Status::Ok, "{route:?}");
    }
    for route in routes.iter().filter(|(method, _)| method == "POST") {
        let answer = ask(&fresh, route, false);
        let known = [Status::SeeOther, Status::UnprocessableEntity, Status::BadRequest];
        assert!(known.contains(&answer.status), "{route:?}: {}", answer.status);
    }
    for nowhere in [
        "invitations/x",
        "invitations/0190a5b2-0000-7000-8000-00000000beef",
        "groups/Nobody",
        "groups/none",
        "apps/none",
    ] {
        assert_eq!(fresh.get(&format!("/admin/{nowhere}")).status, Status::NotFound, "{nowhere}");
    }
}

#[test]
fn every_page_has_the_frame_of_administrators_and_marks_its_place_in_it() {
    let site = site();
    let mut root = root(&site);
    let new = format!("{INVITATIONS}/new");
    site.app("wiki", "Our wiki", &["admins"], &["https://wiki.example.org"]);
    for (page, heading) in [
        (INVITATIONS, "Invitations"),
        (&*new, "New invitation"),
        (GROUPS, "Groups"),
        ("/admin/groups/admins", "Administrators"),
        (APPS, "Apps"),
        ("/admin/apps/new", "New app"),
        ("/admin/apps/wiki", "Our wiki"),
        ("/admin/apps/wiki/accounts", "Accounts that may open Our wiki"),
        ("/admin/apps/wiki/removal", "Remove Our wiki?"),
        (EMAILS, "Emails"),
        (ACTIVITY, "Activity"),
        (SYSTEM, "System"),
        ("/admin/accounts/new", "New account"),
    ] {
        let answer = root.get(page);
        assert!(
            answer.says(&format!("<h2>{heading}</h2>")) || answer.says(&format!("<bdi>{heading}</bdi></h2>")),
            "{page}"
        );
        let menu = answer.menu();
        for entry in [
            "Profile",
            "Settings",
            "Admin",
            "Logout",
            "Invitations",
            "Groups",
            "Apps",
            "Emails",
            "Activity",
            "System",
        ] {
            assert!(menu.contains(&entry.to_owned()), "{page}: {entry} in {menu:?}");
        }
        let tabs = answer.pieces("<nav class=\"tabs\"", "</nav>").concat();
        assert_eq!(tabs.matches("aria-current").count(), 1, "{page}: {tabs}");
    }
}
