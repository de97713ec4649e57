//! The pages of administrators about accounts: what they list, and what a search finds.

use std::time::Duration;

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, Removed};
use vestibule::services::administration::{self, Found, Scan, Stop};

use crate::support::{ADA, Answer, PASSWORD, Setup, TestSite, Visitor};

pub const ROOT: &str = "root@example.org";
pub const BOB: &str = "bob@example.org";
pub const LIST: &str = "/admin/accounts";

pub fn site() -> TestSite {
    Setup::new().mail().patient().build()
}

/// An administrator who has just logged in.
pub fn root(site: &TestSite) -> Visitor<'_> {
    let root = site.logged_in(ROOT);
    site.add_to_group(ROOT, "admins");
    root
}

/// The names on a page of the list.
fn names(page: &Answer) -> Vec<String> {
    let starts = page.pieces("<strong><bdi>", "</bdi>");
    starts.iter().map(|piece| piece["<strong><bdi>".len()..].to_owned()).collect()
}

/// The first link of a page whose address has this in it.
fn link(page: &Answer, part: &str) -> Option<String> {
    page.values("href").into_iter().find(|href| href.starts_with(LIST) && href.contains(part))
}

/// Makes accounts: `Person 000` is the oldest. Every tenth is disabled, every fourth never logged in, every fifth is not
/// confirmed, every third is in the group `choir`.
fn people(site: &TestSite, count: usize) {
    let account = |n: usize| {
        let (id, email) = (id(n), format!("person{n}@example.org"));
        let dated = |is_so: bool| if is_so { "1700000000" } else { "null" };
        let (confirmed, used, disabled) =
            (dated(!n.is_multiple_of(5)), dated(!n.is_multiple_of(4)), dated(n.is_multiple_of(10)));
        format!(
            "('{id}', '{email}', '{email}', 'Person {n:03}', 1700000000, 1700000000, {confirmed}, {used}, {disabled})"
        )
    };
    let member = |n: usize| format!("('choir', '{}', 1700000000, 'command_line')", id(n));
    let accounts: Vec<_> = (0..count).map(account).collect();
    let members: Vec<_> = (0..count).step_by(3).map(member).collect();
    let run = |sql: String| site.change(sql.leak());
    run(format!(
        "insert into accounts (id, email, email_key, name, created_at, updated_at, confirmed_at, logged_in_at, disabled_at) \
         values {}",
        accounts.join(", ")
    ));
    run("insert into groups values ('choir', 'The choir', 1700000000, 'command_line')".to_owned());
    run(format!(
        "insert into memberships (group_name, account_id, created_at, created_by) values {}",
        members.join(", ")
    ));
}

/// An ID that is older than those of accounts that sign up.
fn id(n: usize) -> String {
    format!("0190a5b2-0000-7000-8000-{n:012x}")
}

#[test]
fn a_remembered_device_is_not_an_administrator_and_the_password_brings_the_page_back() {
    let site = site();
    root(&site);
    let mut device = site.visitor();
    assert_eq!(device.log_in_remembered(ROOT, PASSWORD).location(), "/profile");
    assert_eq!(device.get(LIST).status, Status::Ok, "this session began with the password");
    site.clock.advance(6 * 60);
    let form = "/reauthenticate?next=%2Fadmin%2Faccounts";
    assert_eq!(device.get(LIST).location(), form);
    let answer = device.submit("/reauthenticate", &[("password", PASSWORD), ("next", LIST)]);
    assert_eq!(answer.location(), LIST);
    assert_eq!(device.get(LIST).status, Status::Ok);
    device.jar.retain(|(name, _)| name == "remember");
    let refused = device.get(LIST);
    assert_eq!(refused.status, Status::Forbidden);
    assert!(refused.says("<h1>Log in again to open this page</h1>"), "{}", refused.body);
}

#[test]
fn the_menu_leads_administrators_there_and_no_one_else() {
    let site = site();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    assert_eq!(root.get("/").menu(), ["Home", "Profile", "Settings", "Admin", "Logout"]);
    assert_eq!(ada.get("/").menu(), ["Home", "Profile", "Settings", "Logout"]);
    let admins = GroupName::admins();
    site.add_to_group(ADA, "admins");
    assert!(ada.get("/").menu().contains(&"Admin".to_owned()));
    let root_id = site.account(ROOT).id;
    let removed = groups::remove(&site.site, &admins, &root_id, Actor::CommandLine);
    assert_eq!(site.block_on(removed).unwrap(), Removed::Done);
    assert!(!root.get("/").menu().contains(&"Admin".to_owned()));
}

#[test]
fn every_account_is_on_one_page_of_the_list_in_both_directions() {
    let site = site();
    let mut root = root(&site);
    people(&site, 130);
    let expected: Vec<String> =
        ["Root".to_owned()].into_iter().chain((0..130).rev().map(|n| format!("Person {n:03}"))).collect();
    let (mut pages, mut seen) = (vec![root.get(LIST)], Vec::new());
    assert!(pages[0].says("131 accounts"), "{}", pages[0].body);
    while let Some(older) = link(pages.last().unwrap(), "before=") {
        pages.push(root.get(&older));
    }
    let shown: Vec<Vec<String>> = pages.iter().map(names).collect();
    seen.extend(shown.iter().flatten().cloned());
    assert_eq!(seen, expected);
    assert_eq!(shown.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 31]);
    // Back again, page by page.
    let second = root.get(&link(&pages[2], "after=").unwrap());
    assert_eq!(names(&second), shown[1]);
    let first = root.get(&link(&second, "after=").unwrap());
    assert_eq!(names(&first), shown[0]);
    assert_eq!(link(&first, "after="), None);
    // The oldest fifty, however many there are.
    let oldest = root.get(&link(&pages[0], "oldest=").unwrap());
    assert_eq!(names(&oldest), expected[81..]);
    assert_eq!(link(&oldest, "before="), None);
    // An account that is gone is still a place in the list.
    site.change(format!("delete from accounts where id = '{}'", id(81)).leak());
    let older = root.get(&format!("{LIST}?before={}", id(81)));
    assert_eq!(names(&older), shown[1]);
    // What is no place in it begins at the newest.
    assert_eq!(names(&root.get(&format!("{LIST}?before=%27")))[0], "Root");
}

#[test]
fn a_list_has_the_accounts_that_it_is_about_and_no_others() {
    let site = site();
    let mut root = root(&site);
    people(&site, 120);
    let all = |fits: &dyn Fn(usize) -> bool| -> Vec<String> {
        (0..120).rev().filter(|n| fits(*n)).map(|n| format!("Person {n:03}")).collect()
    };
    let mut listed = |show: &str| {
        let mut page = root.get(&format!("{LIST}?show={show}"));
        let mut found = names(&page);
        while let Some(older) = link(&page, "before=") {
            assert!(older.contains("show="), "{older}");
            page = root.get(&older);
            found.extend(names(&page));
        }
        found
    };
    assert_eq!(listed("disabled"), all(&|n| n % 10 == 0));
    assert_eq!(listed("unconfirmed"), all(&|n| n % 5 == 0));
    assert_eq!(listed("unused"), all(&|n| n % 4 == 0));
    assert_eq!(listed("group%3Achoir"), all(&|n| n % 3 == 0));
    assert_eq!(listed("group%3Anone"), [""; 0]);
    let page = root.get(&format!("{LIST}?show=group%3Achoir"));
    assert!(page.says("40 accounts") && page.says("Groups: The choir (choir)"), "{}", page.body);
    assert!(page.says("<option value=\"group:choir\" selected>The choir (choir)</option>"), "{}", page.body);
}

#[test]
fn what_is_typed_whole_is_looked_up_and_a_part_is_found_in_addresses_and_names() {
    let site = site();
    let mut root = root(&site);
    people(&site, 60);
    site.change("update accounts set name = 'Zoë 100%' where email_key = 'person7@example.org'");
    let mut found = |typed: &str| {
        let query = url::form_urlencoded::byte_serialize(typed.as_bytes()).collect::<String>();
        names(&root.get(&format!("{LIST}?search={query}")))
    };
    assert_eq!(found("person12@example.org"), ["Person 012"]);
    assert_eq!(found(" PERSON12@Example.org "), ["Person 012"]);
    assert_eq!(found(&id(12)), ["Person 012"]);
    assert_eq!(found("person12@example.net"), [""; 0]);
    assert_eq!(found("person12@exam"), ["Person 012"], "an address that is not whole");
    assert_eq!(found("erson 01"), (10..20).rev().map(|n| format!("Person {n:03}")).collect::<Vec<_>>());
    assert_eq!(found("ROOT@"), ["Root"]);
    for one in ["100%", "zoë", "0%"] {
        assert_eq!(found(one), ["Zoë 100%"], "{one}");
    }
    for none in ["_", "%", "nobody-at-all", "'; drop table accounts; --", "\\", "!"] {
        let expected: &[&str] = if none == "%" { &["Zoë 100%"] } else { &[] };
        assert_eq!(found(none), expected, "{none}");
    }
    assert_eq!(found("\0").len(), 50, "nothing was typed: the list");
    // A full page leads on.
    let page = root.get(&format!("{LIST}?search=person"));
    assert_eq!(names(&page).len(), 50);
    let rest = root.get(&link(&page, "before=").unwrap());
    assert_eq!(names(&rest).len(), 10);
    assert!(page.says("Search on"), "{}", page.body);
}

#[test]
fn a_search_reads_in_parts_stops_in_time_and_goes_on_where_it_stopped() {
    let site = site();
    people(&site, 60);
    let scan = Scan { at_once: 7, longest: Duration::ZERO };
    let (mut before, mut found, mut parts) = (None, Vec::new(), 0);
    loop {
        let search = administration::search(&site.site, "person", before.as_ref(), scan);
        let Found { accounts, stop } = site.block_on(search).unwrap().unwrap();
        assert!(accounts.len() <= 7);
        found.extend(accounts.iter().map(|account| account.name.as_str().to_owned()));
        parts += 1;
        match stop {
            Stop::TooLong(at) => before = Some(at),
            Stop::End => break,
            Stop::Full(_) => panic!("the page was not full"),
        }
    }
    assert_eq!(found, (0..60).rev().map(|n| format!("Person {n:03}")).collect::<Vec<_>>());
    assert_eq!(parts, 9);
}
