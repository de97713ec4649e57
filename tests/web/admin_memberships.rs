//! The groups on the page of an account: it is put into one, and taken out of one.

use rocket::http::Status;

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::admin_acts::{page_of, press};
use crate::admin_pages::run;
use crate::support::{ADA, BEGINNING, PASSWORD, Setup, TestSite};

const ADDED: &str = "The account was added to the group.";
const REMOVED: &str = "The account was removed from the group.";

/// Creates a group without members.
fn group(site: &TestSite, name: &str, title: &str) {
    run(site, format!("insert into groups values ('{name}', '{title}', {BEGINNING}, 'command_line')"));
}

fn memberships(site: &TestSite) -> i64 {
    site.number("select count(*) from memberships where group_name <> 'admins'")
}

#[test]
fn an_account_is_put_into_a_group_and_taken_out_on_its_own_page() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    group(&site, "choir", "The choir");
    let page = page_of(&site, ADA);
    let shown = root.get(&page);
    assert!(shown.says("In no group"), "{}", shown.body);
    assert!(shown.says("<option value=\"choir\">The choir (choir)</option>"), "{}", shown.body);
    let shown = press(&mut root, &page, "memberships", &[("group", "choir")]);
    assert_eq!(shown.notices(), [ADDED]);
    assert!(shown.says("In 1 group"), "{}", shown.body);
    assert!(shown.says("<a href=\"/admin/groups/choir\"><bdi>The choir</bdi></a>"), "{}", shown.body);
    assert!(!shown.says("<option value=\"choir\">"), "{}", shown.body);
    assert!(root.get("/admin/groups/choir").says("<bdi>Ada</bdi>"));
    assert!(ada.get("/settings/activity").says("An administrator added you to a group"));
    // A second time it is as it was meant.
    for _ in 0..2 {
        let shown = press(&mut root, &page, "departures", &[("group", "choir")]);
        assert_eq!(shown.notices(), [REMOVED]);
        assert!(shown.says("In no group"), "{}", shown.body);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'group_left'"), 1);
    let own = ada.get("/settings/activity");
    assert!(own.says("An administrator removed you from a group"), "{}", own.body);
    // Both say which group it was, and neither says who did it.
    assert_eq!(own.body.matches("<p class=\"fine\"><code>choir</code></p>").count(), 2, "{}", own.body);
    assert!(!own.says(site.account(ROOT).id.as_str()) && !own.says("Root"), "{}", own.body);
    // What was done to it says with which group.
    let activity = root.get(&page).pieces("<ol class=\"rows\">", "</ol>").concat();
    assert_eq!(activity.matches("<code>choir</code>").count(), 2, "{activity}");
}

#[test]
fn what_cannot_be_joined_is_said_at_the_list_of_groups() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    for name in ["choir", "library"] {
        group(&site, name, name);
    }
    site.add_to_group(ADA, "choir");
    let page = page_of(&site, ADA);
    let action = format!("{page}/memberships");
    for (typed, told) in [
        ("", "Choose a group first."),
        ("The Choir", "There is no group The Choir."),
        ("quire", "There is no group quire."),
        ("choir", "This account is already in the group."),
    ] {
        let wrong = root.fill_in(&page, &action, &[("group", typed)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{typed:?}");
        assert!(wrong.says(told) && wrong.says("id=\"group-error\""), "{typed:?}: {}", wrong.body);
    }
    assert_eq!(root.submit(&action, &[]).status, Status::UnprocessableEntity);
    let odd: [&[(&str, &str)]; 2] = [&[], &[("group", "The Choir")]];
    for odd in odd {
        assert_eq!(root.submit(&format!("{page}/departures"), odd).status, Status::BadRequest, "{odd:?}");
    }
    assert_eq!(memberships(&site), 1);
}

#[test]
fn a_form_that_is_sent_twice_puts_the_account_there_once() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    group(&site, "choir", "choir");
    let page = page_of(&site, ADA);
    let form = root.get(&page).form_value();
    for _ in 0..2 {
        let answer = root.submit(&format!("{page}/memberships"), &[("form", &form), ("group", "choir")]);
        assert_eq!(answer.location(), page, "{}", answer.body);
    }
    assert_eq!(root.get(&page).notices(), [ADDED]);
    assert_eq!(
        site.number("select count(*) from audit where event = 'group_joined' and actor_id is not null"),
        1
    );
}

#[test]
fn someone_becomes_an_administrator_there_and_the_last_one_stays() {
    const LAST: &str =
        "This is the last administrator who can log in. Make another one first. Nothing was changed.";
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let [page, own] = [ADA, ROOT].map(|email| page_of(&site, email));
    let shown = press(&mut root, &page, "memberships", &[("group", "admins")]);
    assert!(shown.says("<a href=\"/admin/groups/admins\"><bdi>Administrators</bdi></a>"), "{}", shown.body);
    assert_eq!(ada.get(LIST).status, Status::Ok, "felt on the next request");
    // No one removes themselves.
    let shown = root.get(&own);
    assert!(shown.says("In 1 group") && !shown.says("value=\"admins\""), "{}", shown.body);
    let shown = press(&mut root, &own, "departures", &[("group", "admins")]);
    assert_eq!(
        shown.notices()[0],
        "You can't remove yourself: another administrator can. Nothing was changed."
    );
    // In other groups they are on their own.
    group(&site, "choir", "choir");
    assert_eq!(press(&mut root, &own, "memberships", &[("group", "choir")]).notices()[0], ADDED);
    assert_eq!(press(&mut root, &own, "departures", &[("group", "choir")]).notices()[0], REMOVED);
    // Root is logged in, but could not log in again.
    run(&site, format!("delete from passwords where account_id = '{}'", site.account(ROOT).id));
    let shown = press(&mut root, &page, "departures", &[("group", "admins")]);
    assert_eq!(shown.notices(), [LAST]);
    assert_eq!(site.number("select count(*) from memberships where group_name = 'admins'"), 2);
}

#[test]
fn an_address_that_is_not_confirmed_is_put_into_no_group_where_there_is_email() {
    const FIRST: &str = "Then you can add the account to a group.";
    let site = site();
    let mut root = root(&site);
    group(&site, "choir", "choir");
    site.visitor().sign_up(BOB, "Bob", PASSWORD);
    let page = page_of(&site, BOB);
    let shown = root.get(&page);
    assert!(shown.says(FIRST) && !shown.says(&format!("{page}/memberships")), "{}", shown.body);
    let refused = root.submit(&format!("{page}/memberships"), &[("group", "choir")]);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says(FIRST), "{}", refused.body);
    assert_eq!(memberships(&site), 0);
    press(&mut root, &page, "confirmation", &[]);
    assert_eq!(press(&mut root, &page, "memberships", &[("group", "choir")]).notices(), [ADDED]);
    // Without email, no address is confirmed, and none need be.
    let site = Setup::new().patient().build();
    let mut root = crate::admin_accounts::root(&site);
    group(&site, "choir", "choir");
    site.visitor().sign_up(BOB, "Bob", PASSWORD);
    let page = page_of(&site, BOB);
    assert_eq!(press(&mut root, &page, "memberships", &[("group", "choir")]).notices(), [ADDED]);
}

#[test]
fn five_hundred_groups_are_listed_by_name_and_a_long_list_is_folded() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let name = |n: usize| format!("group-{n:03}");
    let id = site.account(ADA).id;
    let groups: Vec<_> =
        (0..500).map(|n| format!("('{}', 'Group {n:03}', {BEGINNING}, 'command_line')", name(n))).collect();
    run(&site, format!("insert into groups values {}", groups.join(", ")));
    let joined: Vec<_> = (0..500)
        .step_by(2)
        .map(|n| format!("('{}', '{id}', {BEGINNING}, 'command_line')", name(n)))
        .collect();
    run(
        &site,
        format!(
            "insert into memberships (group_name, account_id, created_at, created_by) values {}",
            joined.join(", ")
        ),
    );
    let shown = root.get(&page_of(&site, ADA));
    assert!(shown.says("In 250 groups"), "{}", shown.body);
    assert!(shown.says("<summary>Show these groups</summary>"), "{}", shown.body);
    let after = |beginning: &str| -> Vec<String> {
        shown.pieces(beginning, "\">").iter().map(|piece| piece[beginning.len()..].to_owned()).collect()
    };
    let others = after("<option value=\"group-");
    assert_eq!(others, (1..500).step_by(2).map(|n| format!("{n:03}")).collect::<Vec<_>>());
    let leaves = after("name=\"group\" value=\"group-");
    assert_eq!(leaves, (0..500).step_by(2).map(|n| format!("{n:03}")).collect::<Vec<_>>());
    assert!(shown.body.len() < 400_000, "{} bytes", shown.body.len());
}

#[test]
fn the_owner_of_an_account_that_an_administrator_made_is_welcomed_and_no_stranger() {
    const NEW: &str = "seven lazy violet teapots";
    const WANDA: &str = "wanda@example.org";
    let site = site();
    let mut root = root(&site);
    group(&site, "choir", "choir");
    let typed = [("email", WANDA), ("name", "Wanda Typed"), ("groups", "")];
    let path = "/admin/accounts/new";
    assert_eq!(root.fill_in(path, path, &typed).status, Status::SeeOther);
    let page = page_of(&site, WANDA);
    let shown = root.get(&page);
    assert!(shown.says("The owner has not used the link yet."), "{}", shown.body);
    for wrong in ["anyone may have", "The email address is not confirmed.", "There is no password."] {
        assert!(!shown.says(wrong), "{wrong}: {}", shown.body);
    }
    assert!(!shown.says(&format!("{page}/confirmation")), "{}", shown.body);
    assert_eq!(press(&mut root, &page, "memberships", &[("group", "choir")]).notices(), [ADDED]);
    let mut owner = site.visitor();
    assert_eq!(owner.get(&site.reset_link(WANDA)).location(), "/reset");
    let form = owner.get("/reset");
    assert!(form.says("Welcome") && form.says("Choose a password for wanda@example.org."), "{}", form.body);
    assert!(form.values("value").iter().any(|value| value == "Wanda Typed"), "{}", form.body);
    for wrong in ["never confirmed", "logged out everywhere", "new password for"] {
        assert!(!form.says(wrong), "{wrong}: {}", form.body);
    }
    assert_eq!(owner.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    assert_eq!(owner.get("/login").notices(), ["Your password has been set. Please log in."]);
    assert_eq!(site.number("select count(*) from outbox where kind in ('password', 'several')"), 0);
    assert_eq!((site.account(WANDA).name.as_str(), memberships(&site)), ("Wanda Typed", 1));
    assert_eq!(owner.log_in(WANDA, NEW).location(), "/profile");
    // From now on, it is an account like any other.
    let mut again = site.visitor();
    again.get(&site.reset_link(WANDA));
    assert!(again.get("/reset").says("You'll be logged out everywhere."));
    // The account of a stranger stays one.
    site.visitor().sign_up(BOB, "An insult", PASSWORD);
    let mut bob = site.visitor();
    bob.get(&site.reset_link(BOB));
    let form = bob.get("/reset");
    assert!(form.says("never confirmed") && !form.says("An insult"), "{}", form.body);
}
