//! A form of an administrator that is sent twice at the same moment, also to two instances: what it asks for is done once,
//! recorded once, and its email is sent once.

use rocket::http::Status;

use crate::admin_accounts::{LIST, root, site};
use crate::admin_apps::{APPS, WIKI, fields as of_app, made_from};
use crate::admin_pages::{EMAILS, GROUPS, INVITATIONS, email, link, open_invitations, run};
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor, at_once_on};

const RUTH: &str = "ruth@example.org";

/// What came of a form that was sent four times at once, to two instances.
struct Sent {
    /// Where all answers lead.
    location: String,
    /// How many emails were sent.
    emails: usize,
}

fn four_at_once(
    site: &TestSite,
    root: &mut Visitor<'_>,
    (page, action): (&str, &str),
    fields: &[(&str, &str)],
) -> Sent {
    let before = site.mails().len();
    let value = root.get(page).form_value();
    let fields = [&[("form", &*value)], fields].concat();
    let other = site.another();
    let jar: Vec<_> = root.jar.iter().map(|(name, value)| (&**name, &**value)).collect();
    let answers = at_once_on(&[site, &other, site, &other], action, &fields, &jar);
    let location = answers[0].1.clone();
    for answer in &answers {
        assert_eq!((answer.0, &answer.1), (Status::SeeOther, &location), "{action}: {answers:?}");
    }
    // Each instance may have sent some.
    Sent { location, emails: site.mails().len() + other.mails().len() - before }
}

fn events(site: &TestSite, event: &str) -> i64 {
    site.number(format!("select count(*) from audit where event = '{event}'").leak())
}

/// The fields of a form.
type Fields<'f> = &'f [(&'f str, &'f str)];

#[test]
fn an_invitation_and_its_email_are_made_once() {
    let site = site();
    let mut root = root(&site);
    let new = format!("{INVITATIONS}/new");
    let for_ruth =
        [("note", ""), ("email", RUTH), ("groups", ""), ("uses", "1"), ("lasts", "7d"), ("mail", "yes")];
    let sent = four_at_once(&site, &mut root, (&new, &new), &for_ruth);
    assert!(sent.location.starts_with(&format!("{INVITATIONS}/")), "{}", sent.location);
    assert_eq!((open_invitations(&site), events(&site, "invitation_made"), sent.emails), (1, 1, 1));
    let page = sent.location;
    let renewal = [("lasts", "30d"), ("mail", "yes")];
    let sent = four_at_once(&site, &mut root, (&page, &format!("{page}/links")), &renewal);
    assert_eq!((&sent.location, events(&site, "invitation_renewed"), sent.emails), (&page, 1, 1));
    assert_eq!(open_invitations(&site), 1);
    let sent = four_at_once(&site, &mut root, (&page, &format!("{page}/revocation")), &[]);
    assert_eq!((&sent.location, events(&site, "invitation_revoked")), (&page, 1));
}

#[test]
fn an_account_is_made_once() {
    let site = site();
    let mut root = root(&site);
    let new = format!("{LIST}/new");
    let fields = [("email", RUTH), ("name", "Ruth"), ("groups", "")];
    let sent = four_at_once(&site, &mut root, (&new, &new), &fields);
    assert_eq!(sent.location, format!("{LIST}/{}", site.account(RUTH).id));
    assert_eq!((site.number("select count(*) from accounts"), sent.emails), (2, 1));
}

#[test]
fn what_is_done_to_an_account_is_done_once() {
    let acts: [(&str, Fields<'_>, &str, usize); 8] = [
        ("logout", &[], "all_ended", 0),
        ("unlocking", &[], "unlocked", 0),
        ("confirmation", &[], "confirmed", 0),
        ("disabling", &[], "disabled", 0),
        ("links", &[], "reset_link_made", 1),
        ("addresses", &[("new_email", "ada@new.example")], "email_change_asked", 1),
        ("factor-removal", &[], "factor_removed", 1),
        ("deletion", &[("confirmation", ADA)], "deleted", 1),
    ];
    for (button, fields, event, emails) in acts {
        let site = site();
        let mut root = root(&site);
        site.logged_in(ADA);
        let ada = site.account(ADA).id;
        match button {
            "confirmation" => {
                run(&site, format!("update accounts set confirmed_at = null where id = '{ada}'"));
            }
            "factor-removal" => run(
                &site,
                format!(
                    "insert into totp_apps (id, account_id, secret, last_step, failed_codes, created_at, created_by) \
                     values ('app', '{ada}', '', 0, 0, 1700000000, 'owner')"
                ),
            ),
            _ => {}
        }
        let page = format!("{LIST}/{ada}");
        let before = events(&site, event);
        let sent = four_at_once(&site, &mut root, (&page, &format!("{page}/{button}")), fields);
        let expected = if button == "deletion" { LIST } else { &*page };
        assert_eq!(sent.location, expected, "{button}");
        assert_eq!((events(&site, event) - before, sent.emails), (1, emails), "{button}");
    }
}

#[test]
fn what_is_done_to_a_group_and_its_members_is_done_once() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let ada = site.account(ADA).id.to_string();
    let (account, group) = (format!("{LIST}/{ada}"), format!("{GROUPS}/choir"));
    let (account, group) = (&*account, &*group);
    let acts: [(&str, &str, Fields<'_>, &str, &str); 6] = [
        (GROUPS, "", &[("name", "choir"), ("title", "The choir")], "group_created", group),
        (account, "/memberships", &[("group", "choir")], "group_joined", account),
        (account, "/departures", &[("group", "choir")], "group_left", account),
        (group, "/members", &[("email", ADA)], "group_joined", group),
        (group, "/departures", &[("account", &*ada)], "group_left", group),
        (group, "/deletion", &[("confirmation", "choir")], "group_deleted", GROUPS),
    ];
    for (page, button, fields, event, leads) in acts {
        let before = events(&site, event);
        let sent = four_at_once(&site, &mut root, (page, &format!("{page}{button}")), fields);
        assert_eq!(sent.location, leads, "{page}{button}");
        assert_eq!(events(&site, event) - before, 1, "{page}{button}");
    }
}

#[test]
fn what_is_done_to_an_app_is_done_once() {
    let site = site();
    let mut root = root(&site);
    let (new, removal) = (format!("{APPS}/new"), format!("{WIKI}/removal"));
    let made = of_app(&[("name", "wiki")]);
    let acts: [(&str, &str, Fields<'_>, &str, &str); 5] = [
        (&new, "", &made, "connected_app_created", WIKI),
        (WIKI, "/settings", &[], "connected_app_changed", WIKI),
        (WIKI, "/disabling", &[], "connected_app_disabled", WIKI),
        (WIKI, "/enabling", &[], "connected_app_enabled", WIKI),
        (&removal, "", &[], "connected_app_deleted", APPS),
    ];
    for (page, button, fields, event, leads) in acts {
        let revision = if button == "/settings" { made_from(&root.get(page)) } else { String::new() };
        let changed = of_app(&[("title", "Our wiki"), ("made_from", &*revision)]);
        let fields = if button == "/settings" { &*changed } else { fields };
        let sent = four_at_once(&site, &mut root, (page, &format!("{page}{button}")), fields);
        assert_eq!(sent.location, leads, "{page}{button}");
        assert_eq!(events(&site, event), 1, "{page}{button}");
    }
}

#[test]
fn a_network_may_try_again_once() {
    const CLUB: &str = "203.0.113.9";
    let site = Setup::new().mail().with("limit_wrong_passwords", "3").with("limit_logins", "1000").build();
    let mut root = root(&site);
    site.logged_in(ADA);
    for _ in 0..4 {
        site.visitor_from(CLUB).log_in(ADA, "seven lazy violet teapots");
    }
    let page = format!("{LIST}/{}", site.account(ADA).id);
    assert!(root.get(&page).says(&format!("came from the network of {CLUB}")));
    let action = format!("{page}/network-unlocking");
    four_at_once(&site, &mut root, (&page, &action), &[("address", CLUB)]);
    assert_eq!(events(&site, "network_unlocked"), 1);
}

#[test]
fn an_email_is_tried_again_once_and_dropped_once() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let id = email(&site, 1, Some(ADA), 3_600, false);
    four_at_once(&site, &mut root, (EMAILS, &format!("{EMAILS}/{id}/attempts")), &[]);
    assert_eq!(events(&site, "email_retried"), 1);
    let id = email(&site, 2, Some(ADA), 3_600, false);
    four_at_once(&site, &mut root, (EMAILS, &format!("{EMAILS}/{id}/removal")), &[]);
    assert_eq!(events(&site, "email_dropped"), 1);
}

/// Its page shows it once: who comes back to the form has lost it.
#[test]
fn a_form_that_makes_a_link_makes_another_one_later() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = format!("{LIST}/{}", site.account(ADA).id);
    let value = root.get(&page).form_value();
    let mut press = || {
        assert_eq!(root.submit(&format!("{page}/links"), &[("form", &value)]).location(), page);
        link(&root.get(&page))
    };
    let first = press();
    assert!(first.starts_with("/reset?token=") && press().is_empty());
    site.clock.advance(10);
    let second = press();
    assert!(second.starts_with("/reset?token=") && second != first);
    assert_eq!(events(&site, "reset_link_made"), 2);
}

#[test]
fn an_address_gets_ten_emails_an_hour_of_administrators() {
    const MANY: &str = "Administrators have sent many emails to this address within the last hour. Wait";
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let invitations = format!("{INVITATIONS}/new");
    let invitation = |email: &'static str, mail: &'static str| {
        [("note", ""), ("email", email), ("groups", ""), ("uses", "1"), ("lasts", "7d"), ("mail", mail)]
    };
    let for_ruth = invitation(RUTH, "yes");
    let page = root.fill_in(&invitations, &invitations, &for_ruth).location().to_owned();
    let (links, renewal) = (format!("{page}/links"), [("lasts", "7d"), ("mail", "yes")]);
    for _ in 0..4 {
        site.mails(); // a newer one would take the place of one that waits
        assert_eq!(root.fill_in(&invitations, &invitations, &for_ruth).status, Status::SeeOther);
        assert_eq!(root.fill_in(&page, &links, &renewal).location(), page);
    }
    let accounts = format!("{LIST}/new");
    let account = [("email", RUTH), ("name", "Ruth"), ("groups", "")];
    assert_eq!(root.fill_in(&accounts, &accounts, &account).status, Status::SeeOther);
    assert_eq!(site.subjects(RUTH).len(), 10);
    // The eleventh is refused wherever it is asked for, and nothing is made.
    let of_ruth = format!("{LIST}/{}", site.account(RUTH).id);
    let reset = format!("{of_ruth}/links");
    site.change("update accounts set confirmed_at = created_at");
    let before = site.rows_without("last_used_at");
    let refused: [(&str, &str, Fields<'_>); 3] =
        [(&invitations, &invitations, &for_ruth), (&page, &links, &renewal), (&of_ruth, &reset, &[])];
    for (form, action, fields) in refused {
        let refused = root.fill_in(form, action, fields);
        assert_eq!(refused.status, Status::TooManyRequests, "{action}");
        assert!(refused.says(MANY), "{action}: {}", refused.text());
    }
    assert_eq!(site.rows_without("last_used_at"), before);
    // Another address has ten of its own, and an invitation needs no email.
    for (email, mail) in [(ADA, "yes"), (RUTH, "")] {
        let fields = invitation(email, mail);
        let fields = if mail.is_empty() { &fields[..5] } else { &fields[..] };
        assert_eq!(root.fill_in(&invitations, &invitations, fields).status, Status::SeeOther, "{email}");
    }
    site.clock.advance(361);
    root.submit("/reauthenticate", &[("password", PASSWORD)]);
    assert_eq!(root.fill_in(&page, &links, &renewal).location(), page);
    assert_eq!(site.subjects(RUTH).len(), 11);
    assert_eq!(root.fill_in(&page, &links, &renewal).status, Status::TooManyRequests);
}
