//! Invitations: who can use one, how often, and what comes with it. When they end is in `invitation_ends`. These are
//! the decisions; the pages have tests of their own.

use std::sync::Arc;

use rocket::http::Status;
use rocket::tokio::spawn;
use rocket::tokio::sync::Barrier;
use serde_json::{Value, json};
use vestibule::base::{Client, Site, Token};
use vestibule::features::invite::{self, ByEmail, Invited};
use vestibule::people::groups::{self, GroupName, GroupTitle};
use vestibule::people::{AccountId, Actor, Email};
use vestibule::services::invitations::{
    self, CannotInvite, Lifetime, Made, NewInvitation, Note, Renewed, Revoked, Uses,
};
use vestibule::web::Submission;

use crate::support::{ADA, PASSWORD, Setup, TestSite};

pub const BY: Actor<'static> = Actor::CommandLine;
pub const RUTH: &str = "ruth@example.org";

fn name(group: &str) -> GroupName {
    GroupName::parse(group).unwrap()
}

/// One that this many accounts can use, and that leads into the choir.
pub fn into_the_choir(uses: i64) -> NewInvitation {
    NewInvitation {
        groups: vec![name("choir")],
        uses: Uses::of(uses).unwrap(),
        note: Note::parse("Sopranos").unwrap(),
        ..NewInvitation::default()
    }
}

/// One for an address.
pub fn only_for(email: &str) -> NewInvitation {
    NewInvitation { email: Some(Email::parse(email).unwrap()), ..into_the_choir(1) }
}

/// A site with a choir.
pub fn site() -> TestSite {
    with_a_choir(Setup::new())
}

pub fn with_a_choir(setup: Setup) -> TestSite {
    let site = setup.build();
    let title = GroupTitle::parse("The choir").unwrap();
    assert!(site.block_on(groups::create(&site.site, &name("choir"), &title, BY)).unwrap());
    site
}

pub fn try_to_make(site: &TestSite, new: &NewInvitation) -> Result<Made, CannotInvite> {
    let made = invite::invite(&site.site, new, ByEmail::No, BY, |_| Submission::none());
    match site.block_on(made).unwrap() {
        Invited::Done(made, _) => Ok(*made),
        Invited::Refused(why) => Err(why),
        Invited::Wait(wait) => panic!("{wait:?}"),
    }
}

pub fn make(site: &TestSite, new: &NewInvitation) -> Made {
    try_to_make(site, new).unwrap()
}

pub fn renew(site: &TestSite, made: &Made, lifetime: Lifetime) -> Renewed {
    let (what, form) = ((&made.invitation.id, lifetime), Submission::none());
    site.block_on(invite::renew(&site.site, what, ByEmail::No, BY, &form)).unwrap().unwrap()
}

pub fn revoke(site: &TestSite, made: &Made) -> Revoked {
    site.block_on(invitations::revoke(&site.site, &made.invitation.id, None, BY)).unwrap()
}

/// Whether the page of a link would show an invitation.
pub fn is_open(site: &TestSite, token: &Token) -> bool {
    site.block_on(invitations::look(&site.site, token)).unwrap().is_some()
}

/// An account with an address.
pub fn account(site: &TestSite, email: &str) -> AccountId {
    site.logged_in(email);
    site.account(email).id
}

/// Uses an invitation, as its page does after it was opened with `groups`.
async fn consume(site: &Site, token: &Token, account: &AccountId, groups: &[&str]) -> bool {
    let locks = groups.iter().map(|group| groups::lock_of(&name(group)));
    let locks: Vec<_> = locks.chain([account.lock_key()]).collect();
    let mut tx = site.db.begin_locked(&locks).await.unwrap();
    let client = Client::default();
    let used = invitations::consume(&mut tx, site, token, account, Actor::Owner(&client)).await.unwrap();
    if used {
        tx.commit().await.unwrap();
    }
    used
}

pub fn uses(site: &TestSite, token: &Token, account: &AccountId) -> bool {
    site.block_on(consume(&site.site, token, account, &["choir"]))
}

#[test]
fn of_fifty_at_once_as_many_get_in_as_there_are_uses() {
    let site = site();
    let accounts: Vec<_> = (0..50).map(|n| account(&site, &format!("n{n}@x.test"))).collect();
    for uses in [1, 2] {
        let made = make(&site, &into_the_choir(uses));
        // All have opened the link before the first one accepts.
        let opened = Arc::new(Barrier::new(accounts.len()));
        let try_it = |account: &AccountId| {
            let (site, opened, account) = (site.site.clone(), opened.clone(), account.clone());
            let token = made.token.clone();
            async move {
                assert!(invitations::look(&site, &token).await.unwrap().is_some());
                opened.wait().await;
                consume(&site, &token, &account, &["choir"]).await
            }
        };
        let got_in = site.block_on(async {
            let tries: Vec<_> = accounts.iter().map(|account| spawn(try_it(account))).collect();
            let mut got_in = 0;
            for one in tries {
                got_in += i64::from(one.await.unwrap());
            }
            got_in
        });
        assert_eq!(got_in, uses);
        assert!(!is_open(&site, &made.token));
        let found = site.block_on(invitations::find(&site.site, &made.invitation.id)).unwrap().unwrap();
        assert_eq!((found.uses_left, found.used), (0, uses));
        let who = invitations::accounts_of(&site.site, &made.invitation.id, "", 100);
        assert_eq!(site.block_on(who).unwrap().len(), usize::try_from(uses).unwrap());
        let members = site.number("select count(*) from memberships where group_name = 'choir'");
        assert!((uses..=1 + uses).contains(&members), "an account may have got in by both: {members}");
        assert_eq!(site.number("select count(*) from audit where event = 'group_joined'"), members);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'invitation_used'"), 3);
}

#[test]
fn the_groups_come_with_the_use_or_not_at_all() {
    let site = site();
    let ada = account(&site, ADA);
    let new = NewInvitation { groups: vec![name("choir"), GroupName::admins()], ..into_the_choir(1) };
    let made = make(&site, &new);
    let open = site.block_on(invitations::look(&site.site, &made.token)).unwrap().unwrap();
    let titles: Vec<_> = open.groups.iter().map(|group| (group.name.as_str(), &*group.title)).collect();
    assert_eq!(titles, [("admins", "Administrators"), ("choir", "The choir")]);
    // The transaction of the account fails after the use: nothing happened.
    site.block_on(async {
        let locks = [&*open.lock_keys(), &[ada.lock_key()]].concat();
        let mut tx = site.db.begin_locked(&locks).await.unwrap();
        let client = Client::default();
        let by = Actor::Owner(&client);
        assert!(invitations::consume(&mut tx, &site.site, &made.token, &ada, by).await.unwrap());
    });
    assert_eq!(site.number("select count(*) from memberships"), 0);
    assert!(is_open(&site, &made.token));
    assert!(site.block_on(consume(&site.site, &made.token, &ada, &["admins", "choir"])));
    let of_ada = site.block_on(groups::names_of(&site.db, &ada)).unwrap();
    assert_eq!(of_ada, [GroupName::admins(), name("choir")]);
    // A group that is deleted is not joined; the rest of the invitation stays.
    let made = make(&site, &into_the_choir(1));
    site.block_on(groups::delete(&site.site, &name("choir"), BY)).unwrap();
    let open = site.block_on(invitations::look(&site.site, &made.token)).unwrap().unwrap();
    assert!(open.groups.is_empty());
    let bob = account(&site, "bob@example.org");
    assert!(uses(&site, &made.token, &bob));
    assert!(site.block_on(groups::names_of(&site.db, &bob)).unwrap().is_empty());
}

#[test]
fn one_for_an_address_opens_only_to_the_account_with_it() {
    let site = site();
    let (ada, ruth) = (account(&site, ADA), account(&site, RUTH));
    let made = make(&site, &only_for("Ruth@EXAMPLE.org"));
    assert!(!uses(&site, &made.token, &ada));
    assert!(is_open(&site, &made.token), "the try took no use");
    assert!(uses(&site, &made.token, &ruth));
    let twice = NewInvitation { uses: Uses::of(2).unwrap(), ..only_for(RUTH) };
    assert_eq!(try_to_make(&site, &twice).unwrap_err(), CannotInvite::OnlyOnce);
}

#[test]
fn an_account_counts_once_however_often_it_opens_the_link() {
    let site = site();
    let ada = account(&site, ADA);
    let made = make(&site, &into_the_choir(5));
    assert!(uses(&site, &made.token, &ada));
    assert!(!uses(&site, &made.token, &ada));
    assert_eq!(site.number("select uses_left from invitations"), 4);
    assert_eq!(site.number("select count(*) from invitation_uses"), 1);
}

#[test]
fn one_that_cannot_be_made_leaves_nothing() {
    let site = site();
    let new = NewInvitation { groups: vec![name("choir"), name("chior")], ..into_the_choir(1) };
    assert_eq!(try_to_make(&site, &new).unwrap_err(), CannotInvite::NoGroup(name("chior")));
    for rows in ["invitations", "invitation_groups", "audit where event like 'invitation%'"] {
        assert_eq!(site.number(format!("select count(*) from {rows}").leak()), 0, "{rows}");
    }
}

#[test]
fn a_list_is_read_by_key_newest_first() {
    let site = site();
    let made: Vec<_> = (1..=5).map(|uses| make(&site, &into_the_choir(uses))).collect();
    let left = |page: Vec<invitations::Invitation>| -> Vec<i64> {
        assert!(page.iter().all(|invitation| invitation.groups == [name("choir")]));
        page.iter().map(|invitation| invitation.uses_left).collect()
    };
    let read = |than: Option<&Made>| {
        let than = than.map(|made| &made.invitation.id);
        left(site.block_on(invitations::newest(&site.site, than, 2)).unwrap())
    };
    assert_eq!((read(None), read(Some(&made[3])), read(Some(&made[1]))), (vec![5, 4], vec![3, 2], vec![1]));
    assert!(read(Some(&made[0])).is_empty());
    let newer = invitations::newer(&site.site, &made[0].invitation.id, 2);
    assert_eq!(left(site.block_on(newer).unwrap()), [3, 2]);
}

#[test]
fn owners_read_how_they_came_in_and_never_the_note() {
    let site = site();
    let mut ada = site.logged_in(ADA);
    let made = make(&site, &only_for(ADA));
    assert!(uses(&site, &made.token, &site.account(ADA).id));
    let activity = ada.get("/settings/activity");
    assert!(activity.says("You used an invitation") && activity.says("You were added to a group"));
    let copy = ada.post("/settings/export", "");
    let copied: Value = serde_json::from_str(&copy.body).unwrap();
    let expected = json!([{ "used_at": "2026-01-01T00:00:00Z", "email": ADA }]);
    assert_eq!(copied["invitations"], expected);
    assert!(!copy.body.contains("Sopranos") && !activity.says("Sopranos"));
}

#[test]
fn a_sign_up_that_takes_an_invitation_says_so() {
    let site = Setup::new().with("signup", "invited").build();
    let mut visitor = site.visitor();
    for answer in [visitor.get("/signup"), visitor.sign_up("eve@x.test", "Eve", PASSWORD)] {
        assert_eq!(answer.status, Status::Forbidden);
        assert_eq!(answer.menu(), ["Home", "Login"]);
        assert!(answer.says("<h1>You need an invitation</h1>"), "{}", answer.body);
        assert!(answer.says("To get one, ask the people who run this site."));
    }
    assert_eq!(site.number("select count(*) from accounts"), 0);
    for path in ["/", "/login"] {
        assert!(!visitor.get(path).says("href=\"/signup"), "{path}");
    }
}
