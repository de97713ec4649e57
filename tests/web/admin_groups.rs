//! The pages of administrators about groups: created, joined, left, deleted; the administrators' own; the lists.

use rocket::http::Status;
use serde_json::Value;
use vestibule::people::groups::{self, GroupName};

use crate::admin_accounts::{BOB, ROOT, root, site};
use crate::admin_pages::{ACTIVITY, GROUPS, all_pages, href, run, texts};
use crate::support::{ADA, BEGINNING, PASSWORD};

#[test]
fn a_group_is_made_joined_left_and_deleted_and_its_members_read_it() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    for (name, title, told) in [
        ("", "", "Use 1 to 64 of a-z"),
        ("The Choir", "", "Use 1 to 64 of a-z"),
        ("choir", "a\tb", "Use up to 100 characters on one line."),
        ("admins", "", "There is already a group with this name."),
    ] {
        let wrong = root.fill_in(GROUPS, GROUPS, &[("name", name), ("title", title)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{name:?}");
        assert!(wrong.says(told), "{name:?}: {}", wrong.body);
    }
    let page = "/admin/groups/choir";
    assert_eq!(root.fill_in(GROUPS, GROUPS, &[("name", "choir"), ("title", "The choir")]).location(), page);
    let shown = root.get(page);
    assert_eq!(shown.notices(), ["The group was created."]);
    assert!(shown.says("The choir") && shown.says("0 accounts"), "{}", shown.body);
    let members = format!("{page}/members");
    for (typed, told) in
        [("", "Enter your email address."), ("bob@example.org", "No account has this address.")]
    {
        let wrong = root.fill_in(page, &members, &[("email", typed)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{typed:?}");
        assert!(wrong.says(told), "{typed:?}: {}", wrong.body);
    }
    // Anyone may have signed up with the address of the person who is meant.
    site.visitor().sign_up(BOB, "Bob", PASSWORD);
    let wrong = root.fill_in(page, &members, &[("email", BOB)]);
    assert!(wrong.says("This address is not confirmed"), "{}", wrong.body);
    assert_eq!(root.fill_in(page, &members, &[("email", " ADA@example.org ")]).location(), page);
    let shown = root.get(page);
    assert!(shown.says("1 account") && shown.says("<bdi>Ada</bdi>"), "{}", shown.body);
    assert!(root.fill_in(page, &members, &[("email", ADA)]).says("This account is already in the group."));
    assert!(ada.get("/settings/activity").says("An administrator added you to a group"));
    let id = site.account(ADA).id.to_string();
    let leaving = [("account", &*id)];
    for _ in 0..2 {
        assert_eq!(root.fill_in(page, &format!("{page}/departures"), &leaving).location(), page);
    }
    assert!(ada.get("/settings/activity").says("An administrator removed you from a group"));
    assert_eq!(site.number("select count(*) from audit where event = 'group_left'"), 1);
    root.fill_in(page, &members, &[("email", ADA)]);
    let deletion = format!("{page}/deletion");
    let wrong = root.fill_in(page, &deletion, &[("confirmation", "The choir")]);
    assert!(
        wrong.says("That is not the name of this group.") && wrong.says("<details open>"),
        "{}",
        wrong.body
    );
    assert_eq!(root.fill_in(page, &deletion, &[("confirmation", "choir")]).location(), GROUPS);
    assert_eq!(root.get(page).status, Status::NotFound);
    assert_eq!(site.number("select count(*) from groups where name <> 'admins'"), 0);
    let activity = root.get(ACTIVITY);
    for sentence in ["A group was created", "A group was deleted", "An account was added to a group"] {
        assert!(
            activity.says(sentence) && activity.says("<code>choir</code>"),
            "{sentence}: {}",
            activity.body
        );
    }
}

#[test]
fn no_one_removes_themselves_from_the_administrators_and_that_group_stays() {
    let site = site();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    let page = "/admin/groups/admins";
    let departures = format!("{page}/departures");
    let [own, hers] = [ROOT, ADA].map(|email| site.account(email).id.to_string());
    root.fill_in(page, &format!("{page}/members"), &[("email", ADA)]);
    assert_eq!(ada.get(GROUPS).status, Status::Ok, "felt on the next request");
    let shown = root.get(page);
    assert!(shown.says("Members of this group can do everything on these pages."), "{}", shown.body);
    assert!(
        !shown.says(&format!("value=\"{own}\"")) && shown.says(&format!("value=\"{hers}\"")),
        "{}",
        shown.body
    );
    assert_eq!(root.submit(&departures, &[("account", &own)]).location(), page);
    assert_eq!(
        root.get(page).notices(),
        [
            "You can't remove yourself: another administrator can. Nothing was changed.",
            "Members of this group can do everything on these pages.",
        ]
    );
    assert!(!shown.says("/deletion"));
    let deleted = root.submit(&format!("{page}/deletion"), &[("confirmation", "admins")]);
    assert_eq!(deleted.status, Status::NotFound);
    assert_eq!(root.fill_in(page, &departures, &[("account", &hers)]).location(), page);
    assert_eq!(ada.get(GROUPS).status, Status::NotFound);
    assert_eq!(site.number("select count(*) from memberships where group_name = 'admins'"), 1);
}

#[test]
fn groups_and_their_members_are_listed_page_by_page() {
    let site = site();
    let mut root = root(&site);
    let name = |n: usize| format!("group-{n:03}");
    let rows: Vec<_> =
        (0..120).map(|n| format!("('{}', 'Group {n:03}', {BEGINNING}, 'command_line')", name(n))).collect();
    run(
        &site,
        format!("insert into groups (name, title, created_at, created_by) values {}", rows.join(", ")),
    );
    let id = |n: usize| format!("0190a5b2-0000-7000-8000-{n:012x}");
    let accounts: Vec<_> = (0..60)
        .map(|n| format!("('{}', 'p{n}@x.test', 'p{n}@x.test', 'Person {n:03}', 1, 1)", id(n)))
        .collect();
    run(
        &site,
        format!(
            "insert into accounts (id, email, email_key, name, created_at, updated_at) values {}",
            accounts.join(", ")
        ),
    );
    run(
        &site,
        "insert into memberships (group_name, account_id, created_at, created_by) \
         select 'group-007', id, 1, 'command_line' from accounts where name like 'Person%'"
            .to_owned(),
    );
    let pages = all_pages(&mut root, GROUPS);
    let titles: Vec<Vec<String>> = pages.iter().map(|page| texts(page, "<strong><bdi>")).collect();
    assert_eq!(
        titles.iter().map(Vec::len).collect::<Vec<_>>(),
        [51, 50, 20],
        "the administrators come first"
    );
    let expected: Vec<_> =
        ["Administrators".to_owned()].into_iter().chain((0..120).map(|n| format!("Group {n:03}"))).collect();
    assert_eq!(titles.concat(), expected);
    let second = root.get(&href(&pages[2], "?after=").unwrap());
    assert_eq!(texts(&second, "<strong><bdi>"), titles[1]);
    assert!(pages[0].says("60 accounts") && pages[0].says("1 account"), "{}", pages[0].body);
    let page = "/admin/groups/group-007";
    let members = all_pages(&mut root, page);
    let names: Vec<String> = members.iter().flat_map(|page| texts(page, "<bdi>Person")).collect();
    assert_eq!(names, (0..60).rev().map(|n| format!(" {n:03}")).collect::<Vec<_>>());
    assert!(members[0].says("60 accounts") && !members[1].says("60 accounts"));
    assert!(members[1].says(&format!("value=\"{}\"", id(3))), "whoever is on the second page can be removed");
}

#[test]
fn an_error_of_a_form_is_json_for_a_program() {
    let site = site();
    let mut root = root(&site).sending("Accept", "application/json");
    let wrong = root.submit(GROUPS, &[("name", "The Choir"), ("title", "")]);
    let error: Value = wrong.json();
    assert_eq!(wrong.status, Status::UnprocessableEntity);
    assert!(error["error"]["fields"]["name"].as_str().unwrap().starts_with("Use 1 to 64"), "{error}");
    let group = GroupName::parse("choir").unwrap();
    assert!(site.block_on(groups::find(&site.site, &group)).unwrap().is_none());
}
