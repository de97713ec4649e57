//! The first administrator is whoever has the link that a start prints, and not whoever comes first.

use rocket::http::{Method, Status};
use vestibule::features::invited::first_admin::{self, Offer};
use vestibule::people::groups::GroupName;
use vestibule::services::invitations::Made;

use crate::invitations::RUTH;
use crate::invited::{OVER, all_at_once, fields, members, opened};
use crate::support::{ADA, PASSWORD, Setup, TestSite};

/// The offer of a start on a terminal.
fn offered(site: &TestSite) -> Made {
    match site.block_on(first_admin::offer(&site.site, true)).unwrap() {
        Some(Offer::Link(made)) => *made,
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_stranger_becomes_administrator_by_being_first() {
    let site = Setup::new().patient().build();
    let routes = site.client.rocket().routes().filter(|route| (-12..=-1).contains(&route.rank));
    let routes: Vec<(Method, String)> =
        routes.map(|route| (route.method, route.uri.path().replace(['<', '>'], ""))).collect();
    assert!(routes.len() > 60, "{}", routes.len());
    let wish = "group=admins&groups=admins&admin=yes&is_admin=1&role=admin&token=&name=Eve&invitation=";
    // Each path is tried by ten of them, and each of them tries some, some as users.
    for number in 0..200 {
        let mut stranger = site.visitor();
        if number % 2 == 0 {
            let email = format!("n{number}@x.test");
            stranger.sign_up(&email, "Eve", PASSWORD);
            stranger.log_in(&email, PASSWORD);
        }
        for (_, (method, path)) in routes.iter().enumerate().filter(|(at, _)| (at + number) % 20 == 0) {
            let (path, kind) = (format!("{path}?{wish}"), Some("application/x-www-form-urlencoded"));
            stranger.request(method.as_str(), &path, kind, wish);
        }
    }
    assert_eq!(site.number("select count(*) from accounts"), 100);
    assert_eq!(site.number("select count(*) from memberships"), 0);
    assert_eq!(site.number("select count(*) from invitations"), 0);
    assert!(matches!(site.block_on(first_admin::offer(&site.site, false)).unwrap(), Some(Offer::Command)));
}

#[test]
fn of_fifty_who_use_the_printed_link_at_once_one_becomes_administrator() {
    let site = Setup::new().patient().build();
    let made = offered(&site);
    let answers = all_at_once(&site, &made, 50);
    let inside = answers.iter().filter(|(status, to, _)| (status.code, &**to) == (303, "/login")).count();
    let over = answers.iter().filter(|(status, _, page)| status.code == 410 && page.contains(OVER)).count();
    assert_eq!((inside, over), (1, 49), "{answers:?}");
    assert_eq!((site.number("select count(*) from accounts"), members(&site, "admins")), (1, 1));
    assert!(site.block_on(first_admin::offer(&site.site, true)).unwrap().is_none());
}

#[test]
fn each_start_has_a_link_in_place_of_the_last_ones_while_there_is_no_administrator() {
    let site = Setup::new().patient().build();
    let (first, second) = (offered(&site), offered(&site));
    assert_eq!(first.invitation.id, second.invitation.id, "one row, however often it starts");
    assert_eq!(second.invitation.ends_at, site.clock.now().plus(86_400));
    assert_eq!((second.invitation.uses_left, &*second.invitation.groups), (1, &[GroupName::admins()][..]));
    assert_eq!(opened(&site, &first).1.status, Status::Gone);
    assert_eq!(opened(&site, &second).1.status, Status::Ok);
    // A start whose output is not seen makes none, and ends the last one.
    let offer = |is_shown| site.block_on(first_admin::offer(&site.site, is_shown)).unwrap();
    assert!(matches!(offer(false), Some(Offer::Command)));
    assert_eq!(opened(&site, &second).1.status, Status::Gone);
    let third = offered(&site);
    site.clock.advance(86_400);
    assert_eq!(opened(&site, &third).1.status, Status::Gone, "for a day");
    let fourth = offered(&site);
    let sweep = || site.block_on(first_admin::sweep(&site.site)).unwrap();
    sweep();
    assert_eq!(opened(&site, &fourth).1.status, Status::Ok);
    // Someone becomes administrator otherwise: the link does not wait for its end.
    site.logged_in(ADA);
    site.add_to_group(ADA, "admins");
    sweep();
    assert_eq!(opened(&site, &fourth).1.status, Status::Gone);
    sweep();
    assert!(offer(true).is_none() && offer(false).is_none());
    assert_eq!(opened(&site, &fourth).1.status, Status::Gone);
    // Who cannot log in is none.
    site.change("update accounts set disabled_at = 1");
    let fifth = offered(&site);
    let (mut ruth, _) = opened(&site, &fifth);
    assert_eq!(ruth.submit("/invited", &fields(RUTH)).location(), "/login");
    assert!(offer(true).is_none());
    assert_eq!(members(&site, "admins"), 2);
    // Once the invitation is used up, there is another one.
    site.change("update accounts set disabled_at = 1");
    let sixth = offered(&site);
    assert_ne!(sixth.invitation.id, fifth.invitation.id);
    assert_eq!(opened(&site, &sixth).1.status, Status::Ok);
}
