//! Groups: pages that only their members may open, and what their members read about it.

use rocket::http::Status;
use rocket::{Route, get, post, routes};
use serde_json::Value;
use vestibule::people::groups::{self, Added, GroupName, GroupTitle, Removed};
use vestibule::people::{Actor, Group, Member, User};

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const CLOSED: &str = "This page is not open to you";

struct Editors;

impl Group for Editors {
    const NAME: &'static str = "editors";
}

struct Choir;

impl Group for Choir {
    const NAME: &'static str = "choir";
}

#[get("/mine")]
fn mine(user: User) -> String {
    user.name.to_string()
}

#[get("/drafts")]
fn drafts(editor: Member<Editors>) -> String {
    format!("The drafts of {}", editor.name)
}

#[post("/drafts")]
fn burn(editor: Member<Editors>) -> String {
    format!("{} burnt them", editor.name)
}

#[get("/both")]
fn both(editor: Member<Editors>, singer: Member<Choir>) -> String {
    format!("{} sings", if editor.id == singer.id { singer.name.as_str() } else { "no one" })
}

fn pages() -> Vec<Route> {
    routes![mine, drafts, burn, both]
}

/// A site with pages of groups, where Ada has an account.
fn site() -> TestSite {
    Setup::new().page(pages()).build()
}

fn name(group: &str) -> GroupName {
    GroupName::parse(group).unwrap()
}

/// Adds an account to a group, which is created if need be.
fn add(site: &TestSite, email: &str, group: &str) {
    let (name, account) = (name(group), site.account(email));
    let title = GroupTitle::parse(&format!("The {group}")).unwrap();
    let added = site.runtime.block_on(async {
        groups::create(&site.site, &name, &title, Actor::CommandLine).await.unwrap();
        groups::add(&site.site, &name, &account.id, Actor::CommandLine).await
    });
    assert_eq!(added.unwrap(), Added::Done);
}

fn remove(site: &TestSite, email: &str, group: &str) {
    let account = site.account(email);
    let group = name(group);
    let removed = groups::remove(&site.site, &group, &account.id, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(removed).unwrap(), Removed::Done);
}

fn bob(site: &TestSite) -> Visitor<'_> {
    let mut bob = site.visitor();
    bob.sign_up(BOB, "Bob", PASSWORD);
    assert_eq!(bob.log_in(BOB, PASSWORD).location(), "/profile");
    bob
}

#[test]
fn a_page_of_a_group_opens_to_its_members_alone() {
    let site = site();
    let (mut ada, mut bob) = (site.ada(), bob(&site));
    let stranger = site.visitor().get("/drafts");
    assert_eq!((stranger.status, stranger.location()), (Status::SeeOther, "/login?next=%2Fdrafts"));
    add(&site, ADA, "editors");
    add(&site, BOB, "choir");
    assert_eq!(ada.get("/drafts").body, "The drafts of Ada");
    assert_eq!(ada.post("/drafts", "").body, "Ada burnt them");
    let refused = bob.get("/drafts");
    assert_eq!((refused.status, refused.location()), (Status::Forbidden, ""));
    assert!(refused.says(&format!("<h1>{CLOSED}</h1>")), "{}", refused.body);
    assert!(refused.says("If you should be one of them, ask the people who run this site."));
    assert!(refused.menu().contains(&"Logout".to_owned()), "the frame is that of a user");
    assert!(!refused.body.contains("editors"), "the name of the group is no one's business");
    assert_eq!(bob.post("/drafts", "").status, Status::Forbidden);
    assert_eq!(ada.get("/both").status, Status::Forbidden, "one of two groups is not enough");
    add(&site, ADA, "choir");
    assert_eq!(ada.get("/both").body, "Ada sings");
    let program = bob.sending("Accept", "application/json").get("/drafts");
    let error: Value = serde_json::from_str(&program.body).unwrap();
    assert_eq!((program.status, &error["error"]["code"]), (Status::Forbidden, &403.into()));
    assert!(error["error"]["description"].as_str().unwrap().starts_with(CLOSED), "{error}");
}

#[test]
fn a_group_that_no_one_created_has_no_members() {
    let site = site();
    assert_eq!(site.ada().get("/drafts").status, Status::Forbidden);
    let account = site.account(ADA);
    assert_eq!(
        site.runtime
            .block_on(groups::add(&site.site, &name("editors"), &account.id, Actor::CommandLine))
            .unwrap(),
        Added::NoGroup
    );
    assert_eq!(site.number("select count(*) from audit where event = 'group_joined'"), 0);
}

#[test]
fn a_membership_that_ended_opens_nothing_at_the_next_request() {
    let site = site();
    let mut ada = site.ada();
    add(&site, ADA, "editors");
    for _ in 0..2 {
        assert_eq!(ada.get("/drafts").status, Status::Ok);
        remove(&site, ADA, "editors");
        assert_eq!(ada.get("/drafts").status, Status::Forbidden);
        assert!(ada.is_logged_in(), "the session goes on");
        site.add_to_group(ADA, "editors");
    }
    // What another instance or a command writes is seen as well: nothing is cached.
    assert_eq!(ada.get("/drafts").status, Status::Ok);
    site.runtime.block_on(sqlx::query("delete from memberships").execute(site.db.writer())).unwrap();
    assert_eq!(ada.get("/drafts").status, Status::Forbidden);
}

/// The statements of a request: the least of several measurements, since tasks of the server may send some at the
/// same time.
fn statements(visitor: &mut Visitor<'_>, page: &str) -> u64 {
    let site = visitor.site;
    let each = (0..5).map(|_| {
        let before = site.db.statements();
        assert_eq!(visitor.get(page).status, Status::Ok, "{page}");
        site.db.statements() - before
    });
    each.min().unwrap()
}

#[test]
fn memberships_cost_one_statement_and_only_where_they_are_asked_for() {
    let site = site();
    let mut ada = site.ada();
    for group in ["editors", "choir"] {
        add(&site, ADA, group);
    }
    let without = statements(&mut ada, "/mine");
    assert_eq!(statements(&mut ada, "/drafts"), without + 1);
    assert_eq!(statements(&mut ada, "/both"), without + 1, "two guards, one question");
}

#[test]
fn owners_read_in_their_activity_and_copy_which_groups_they_are_in() {
    let site = site();
    let mut ada = site.ada();
    add(&site, ADA, "editors");
    add(&site, ADA, "choir");
    let activity = ada.get("/settings/activity");
    assert!(activity.says("You were added to a group") && activity.says("By the people who run this site"));
    let copy: Value = serde_json::from_str(&ada.post("/settings/export", "").body).unwrap();
    let since = &copy["account"]["created_at"];
    let expected = serde_json::json!([
        { "name": "choir", "title": "The choir", "since": since },
        { "name": "editors", "title": "The editors", "since": since },
    ]);
    assert_eq!(copy["groups"], expected);
    remove(&site, ADA, "choir");
    assert!(ada.get("/settings/activity").says("You were removed from a group"));
    let (choir, account) = (name("choir"), site.account(ADA).id);
    let again = groups::remove(&site.site, &choir, &account, Actor::CommandLine);
    assert_eq!(site.runtime.block_on(again).unwrap(), Removed::Unchanged);
    assert_eq!(site.number("select count(*) from audit where event = 'group_left'"), 1);
    let mut bob = bob(&site);
    let copy: Value = serde_json::from_str(&bob.post("/settings/export", "").body).unwrap();
    assert_eq!(copy["groups"], serde_json::json!([]));
}

#[test]
fn a_deleted_group_leaves_no_membership_and_every_account() {
    let site = site();
    site.ada();
    add(&site, ADA, "editors");
    add(&site, ADA, "choir");
    // More than one transaction removes.
    site.change(
        "insert into accounts (id, email, email_key, name, created_at, updated_at) with recursive n(i) as \
         (select 1001 union all select i + 1 from n where i < 1250) \
         select '00000000-0000-7000-8000-00000000' || i, 'n' || i || '@x.test', 'n' || i || '@x.test', 'N', 1, 1 from n",
    );
    site.change(
        "insert into memberships (group_name, account_id, created_at, created_by) \
         select 'editors', id, 1, 'command_line' from accounts where name = 'N'",
    );
    let delete = |group: &str| {
        let name = name(group);
        site.runtime.block_on(groups::delete(&site.site, &name, Actor::CommandLine)).unwrap()
    };
    assert_eq!((delete("editors"), delete("editors")), (Some(251), None));
    assert_eq!(site.number("select count(*) from memberships where group_name = 'choir'"), 1);
    assert_eq!(site.number("select count(*) from memberships"), 1);
    assert_eq!(site.number("select count(*) from audit where event = 'group_left'"), 251);
    assert_eq!(site.number("select count(*) from accounts"), 251);
}

#[test]
fn a_closed_account_is_in_no_group() {
    let site = site();
    let mut ada = site.ada();
    add(&site, ADA, "editors");
    let fields = [("email", ADA), ("password", PASSWORD)];
    assert_eq!(ada.submit("/settings/close", &fields).location(), "/");
    assert_eq!(site.number("select count(*) from memberships"), 0);
    assert_eq!(site.number("select count(*) from groups"), 1);
}
