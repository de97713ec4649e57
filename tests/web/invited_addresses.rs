//! The address of those who come by an invitation: fixed by it, confirmed by email, taken already, or mistyped.

use std::time::{Duration, Instant};

use rocket::http::Status;
use vestibule::people::groups::GroupName;
use vestibule::services::invitations::NewInvitation;

use crate::equality::shape;
use crate::invitations::{RUTH, into_the_choir, make, only_for, with_a_choir};
use crate::invited::{bound, fields, members, opened, uses_left};
use crate::support::{ADA, PASSWORD, Setup};

#[test]
fn the_address_of_an_invitation_is_fixed_and_counts_as_confirmed() {
    for mail in [false, true] {
        let setup = if mail { Setup::new().mail() } else { Setup::new() };
        let site = with_a_choir(setup);
        let made = make(&site, &only_for(RUTH));
        let (mut ruth, page) = opened(&site, &made);
        let field = page.pieces("<input id=\"username\"", ">").concat();
        assert!(field.contains(&format!("value=\"{RUTH}\"")) && field.contains("readonly"), "{field}");
        // Whatever the form says.
        let form = [&bound()[..], &[("email", "eve@x.test"), ("username", "eve@x.test")]].concat();
        assert_eq!(ruth.submit("/invited", &form).location(), "/login", "mail: {mail}");
        let account = site.account(RUTH);
        assert_eq!(account.confirmed_at, Some(site.clock.now()), "mail: {mail}");
        assert!(!mail || site.mails().is_empty(), "there is nothing to confirm");
        assert_eq!(ruth.log_in(RUTH, PASSWORD).location(), "/profile", "mail: {mail}");
        assert_eq!(members(&site, "choir"), 1);
        assert_eq!(site.number("select count(*) from accounts"), 1);
    }
}

#[test]
fn an_address_that_is_not_bound_is_confirmed_by_email_and_a_taken_one_gets_the_same_answer() {
    let site = with_a_choir(Setup::new().mail().patient());
    site.ada_by_mail();
    let made = make(&site, &into_the_choir(9));
    let answer_to = |email: &str| {
        let (mut visitor, page) = opened(&site, &made);
        let value = page.form_value();
        let answer = visitor.submit("/invited", &[&[("form", &*value)], &fields(email)[..]].concat());
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/confirm/new"), "{email}");
        (shape(&answer), visitor.get("/confirm/new").without_form_values().replace(email, "(the address)"))
    };
    assert_eq!(answer_to("bob@example.org"), answer_to(ADA));
    assert_eq!(site.subjects(ADA).last().unwrap(), "You already have an account at Vestibule");
    assert_eq!(uses_left(&site, &made), 8, "an account that is there joins by the button alone");
    let link = site.mailed_link("bob@example.org");
    let mut bob = site.visitor();
    bob.get(&link);
    assert_eq!(bob.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
    assert_eq!(members(&site, "choir"), 1);
}

/// Sign-ups of both kinds take turns. If the machine was busy, the same number is added, twice at most. A
/// program that skips the hash for a taken address answers many times faster, which no noise hides.
#[test]
fn a_taken_address_takes_as_long_as_a_new_one() {
    const PAIRS: usize = 40;
    let site = with_a_choir(Setup::new().mail().patient().with_full_hashes());
    site.logged_in(ADA);
    let made = make(&site, &into_the_choir(1_000));
    let (visitor, _) = opened(&site, &made);
    let mut times: [Vec<Duration>; 2] = Default::default();
    let mut ratios = Vec::new();
    for round in 0..3 {
        for pair in 0..PAIRS {
            let new = format!("n{round}-{pair}@x.test");
            for (email, times) in [&*new, ADA].into_iter().zip(&mut times) {
                let mut visitor = visitor.clone();
                let begun = Instant::now();
                assert_eq!(visitor.submit("/invited", &fields(email)).location(), "/confirm/new", "{email}");
                times.push(begun.elapsed());
            }
        }
        let [new, taken] = times.each_ref().map(|times| median(times));
        ratios.push(taken / new);
        if (0.8..=1.25).contains(&(taken / new)) {
            return;
        }
    }
    panic!("taken to new: {ratios:?}");
}

/// In seconds.
fn median(times: &[Duration]) -> f64 {
    let mut times = times.to_vec();
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

/// The invited mistyped the address, so the email went to someone else, who has an account by asking for a new password.
#[test]
fn the_owner_of_a_mistyped_address_gets_the_account_without_the_groups_of_the_invitation() {
    let site = with_a_choir(Setup::new().mail().patient());
    let groups = vec![GroupName::admins(), GroupName::parse("choir").unwrap()];
    let made = make(&site, &NewInvitation { groups, ..into_the_choir(1) });
    let (mut ruth, _) = opened(&site, &made);
    assert_eq!(ruth.submit("/invited", &fields(ADA)).location(), "/confirm/new");
    assert_eq!((members(&site, "admins"), uses_left(&site, &made)), (1, 0));
    let mut ada = site.visitor();
    ada.submit("/forgot", &[("email", ADA)]);
    ada.get(&site.mailed_link(ADA));
    let new = [("name", "Ada"), ("new_password", "seven lazy violet teapots")];
    assert_eq!(ada.submit("/reset", &new).location(), "/login");
    assert_eq!(ada.log_in(ADA, "seven lazy violet teapots").location(), "/profile");
    assert_eq!((members(&site, "admins"), members(&site, "choir")), (0, 0));
    assert_eq!(ada.get("/admin/accounts").status, Status::NotFound);
    // If it was the invited person herself, her activity says what went.
    let activity = ada.get("/settings/activity");
    assert_eq!(activity.body.matches("You were removed from a group").count(), 2, "{}", activity.text());
    // The use stays taken: otherwise one link would make any number of accounts.
    assert_eq!(uses_left(&site, &made), 0);
    assert_eq!(opened(&site, &made).1.status, Status::Gone);
}

#[test]
fn the_invited_who_get_a_link_from_the_operator_keep_their_groups() {
    for mail in [true, false] {
        let setup = if mail { Setup::new().mail() } else { Setup::new() };
        let site = with_a_choir(setup.patient());
        let made = make(&site, &into_the_choir(1));
        let (mut ruth, _) = opened(&site, &made);
        ruth.submit("/invited", &fields(RUTH));
        assert_eq!(members(&site, "choir"), 1);
        ruth.get(&site.reset_link(RUTH));
        let new = [("name", "Ruth"), ("new_password", "seven lazy violet teapots")];
        assert_eq!(ruth.submit("/reset", &new).location(), "/login");
        assert_eq!((members(&site, "choir"), uses_left(&site, &made)), (1, 0), "{mail}");
    }
}
