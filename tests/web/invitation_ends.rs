//! When the link of an invitation works no more, how a new one opens it again, how many are open at once, and when
//! they are forgotten.

use vestibule::base::Token;
use vestibule::features::housekeeping;
use vestibule::services::invitations::{
    self, CannotInvite, InvitationState, Lifetime, Made, NewInvitation, Renewed, Revoked,
};

use crate::invitations::{account, into_the_choir, is_open, make, renew, revoke, site, try_to_make, uses};
use crate::support::{ADA, TestSite};

const DAY: i64 = 24 * 3_600;

fn renewed(site: &TestSite, made: &Made) -> Made {
    match renew(site, made, Lifetime::WEEK) {
        Renewed::Done(made) => *made,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_that_ended_was_revoked_or_used_up_looks_like_one_that_was_never_made() {
    let site = site();
    let (ada, bob) = (account(&site, ADA), account(&site, "bob@example.org"));
    let short = NewInvitation { lifetime: Lifetime::of_seconds(300).unwrap(), ..into_the_choir(1) };
    let [ended, revoked, used, before] =
        [&short, &into_the_choir(1), &into_the_choir(1), &into_the_choir(1)].map(|new| make(&site, new));
    site.clock.advance(299);
    assert!(is_open(&site, &ended.token));
    site.clock.advance(1);
    assert_eq!(revoke(&site, &revoked), Revoked::Done);
    assert!(uses(&site, &used.token, &bob));
    renewed(&site, &before);
    let rows = || site.rows_without("");
    let unchanged = rows();
    for token in [&ended.token, &revoked.token, &used.token, &before.token, &Token::generate()] {
        assert!(!is_open(&site, token));
        assert!(!uses(&site, token, &ada));
    }
    assert_eq!(rows(), unchanged);
    // A clock that goes back opens none that was revoked or renewed.
    site.clock.advance(-200);
    assert!(!is_open(&site, &revoked.token) && !is_open(&site, &before.token));
}

#[test]
fn it_lasts_a_week_or_as_long_as_it_was_made_for() {
    let site = site();
    let week = make(&site, &NewInvitation::default());
    let long = NewInvitation { lifetime: Lifetime::of_seconds(366 * DAY).unwrap(), ..into_the_choir(3) };
    let long = make(&site, &long);
    site.clock.advance(7 * DAY - 1);
    assert!(is_open(&site, &week.token));
    site.clock.advance(1);
    assert!(!is_open(&site, &week.token) && is_open(&site, &long.token));
    site.clock.advance(359 * DAY);
    assert!(!is_open(&site, &long.token));
}

#[test]
fn a_new_link_ends_the_one_before_and_keeps_everything_else() {
    let site = site();
    let (ada, bob) = (account(&site, ADA), account(&site, "bob@example.org"));
    let first = make(&site, &into_the_choir(3));
    assert!(uses(&site, &first.token, &ada));
    site.clock.advance(DAY);
    let second = renewed(&site, &first);
    assert!(!is_open(&site, &first.token) && is_open(&site, &second.token));
    let (before, after) = (&first.invitation, &second.invitation);
    assert_eq!((&after.id, &after.groups, &after.note), (&before.id, &before.groups, &before.note));
    assert_eq!((after.uses_left, after.used, after.created_at), (2, 1, before.created_at));
    assert_eq!(after.ends_at, site.clock.now().plus(7 * DAY));
    // It also opens one again that ended or was revoked, until that is forgotten.
    site.clock.advance(8 * DAY);
    let third = renewed(&site, &second);
    assert!(!is_open(&site, &second.token) && is_open(&site, &third.token));
    assert_eq!(revoke(&site, &third), Revoked::Done);
    assert_eq!(revoke(&site, &third), Revoked::Over);
    let fourth = renewed(&site, &third);
    assert!(uses(&site, &fourth.token, &bob));
    let once = make(&site, &into_the_choir(1));
    assert!(uses(&site, &once.token, &ada));
    assert!(matches!(renew(&site, &once, Lifetime::WEEK), Renewed::UsedUp));
    assert_eq!(revoke(&site, &once), Revoked::Over);
    site.change("delete from invitations");
    assert!(matches!(renew(&site, &once, Lifetime::WEEK), Renewed::NotFound));
    assert_eq!(revoke(&site, &once), Revoked::NotFound);
}

#[test]
fn at_most_500_are_open_at_once() {
    let site = site();
    let over =
        make(&site, &NewInvitation { lifetime: Lifetime::of_seconds(300).unwrap(), ..into_the_choir(1) });
    site.clock.advance(300);
    site.change(
        "insert into invitations (id, token_hash, note, uses_left, ends_at, created_at, created_by) \
         with recursive n(i) as (select 1001 union all select i + 1 from n where i < 1499) \
         select '00000000-0000-7000-8000-00000000' || i, 'hash ' || i, '', 1, 2000000000, 1, 'command_line' from n",
    );
    let last = make(&site, &NewInvitation::default());
    assert_eq!(site.block_on(invitations::count_open(&site.site)).unwrap(), 500);
    assert_eq!(try_to_make(&site, &NewInvitation::default()).unwrap_err(), CannotInvite::TooMany);
    assert!(matches!(renew(&site, &over, Lifetime::WEEK), Renewed::TooMany));
    renewed(&site, &last); // an open one gets no more by it
    assert_eq!(revoke(&site, &last), Revoked::Done);
    renewed(&site, &over);
    assert_eq!(site.block_on(invitations::count_open(&site.site)).unwrap(), 500);
    // One into admins makes room when whoever made it is no administrator any more.
    site.change("insert into groups values ('admins', 'Administrators', 1, 'command_line')");
    site.change("update invitations set created_by = 'administrator' where token_hash = 'hash 1001'");
    site.change(
        "insert into invitation_groups (invitation_id, group_name) \
         select id, 'admins' from invitations where token_hash = 'hash 1001'",
    );
    make(&site, &NewInvitation::default());
    assert_eq!(site.block_on(invitations::count_open(&site.site)).unwrap(), 500);
}

#[test]
fn what_was_over_for_30_days_is_removed_and_those_who_came_by_it_stay() {
    let site = site();
    let ada = account(&site, ADA);
    let made = make(&site, &into_the_choir(2));
    assert!(uses(&site, &made.token, &ada));
    let sweep = || site.block_on(housekeeping::sweep(&site.site)).unwrap();
    site.clock.advance(37 * DAY - 1);
    sweep();
    let found = site.block_on(invitations::find(&site.site, &made.invitation.id)).unwrap().unwrap();
    assert_eq!((found.state(site.clock.now()), found.used), (InvitationState::Over, 1));
    site.clock.advance(1);
    sweep();
    for rows in ["invitations", "invitation_groups", "invitation_uses"] {
        assert_eq!(site.number(format!("select count(*) from {rows}").leak()), 0, "{rows}");
    }
    assert_eq!(site.number("select count(*) from memberships"), 1);
    // One that a clock made which was ahead by years does not last for years.
    make(&site, &NewInvitation::default());
    site.change("update invitations set ends_at = ends_at + 1000000000");
    sweep();
    let longest = site.clock.now().plus(366 * DAY).unix();
    assert_eq!(site.number("select ends_at from invitations"), longest);
}
