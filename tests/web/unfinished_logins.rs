//! Logins with the right password that no one finished: what their owner is told of them, once a day, and when they
//! are forgotten.

use vestibule::base::{Client, Token, Tx};
use vestibule::people::AccountId;
use vestibule::people::sessions::{self, Method, NewPendingLogin, PENDING_LIFETIME, Unfinished};
use vestibule::testing::BEGINNING;

use crate::pending_logins::{find, finish, pend, pend_from, rows, site, within};
use crate::support::TestSite;

const DAY: i64 = 24 * 3_600;

/// Its visitor gives up.
fn cancel(site: &TestSite, token: &Token) {
    let (hash, now) = (token.hash(), site.clock.now());
    within(site, async |tx: &mut Tx| sessions::cancel_pending(tx, &hash, now).await);
}

fn unfinished(site: &TestSite) -> Vec<Unfinished> {
    let now = site.clock.now();
    within(site, async |tx: &mut Tx| sessions::unfinished(tx, now).await)
}

#[test]
fn an_owner_is_told_once_a_day_of_logins_from_unknown_browsers_that_no_one_finished() {
    let (site, ada, bob) = site();
    let mut stranger = Client::default();
    stranger.address = "203.0.113.7".parse().ok();
    pend(&site, &ada, false);
    site.clock.advance(10);
    pend_from(&site, &ada, false, &stranger);
    pend(&site, &bob, true);
    let finished = pend(&site, &bob, false);
    finish(&site, &finished).unwrap();
    site.clock.advance(PENDING_LIFETIME - 11);
    assert!(unfinished(&site).is_empty(), "each can still be finished");

    site.clock.advance(11);
    let told = unfinished(&site);
    assert_eq!(told.len(), 1, "only Ada, and only of one");
    assert_eq!((&told[0].account, told[0].client.address), (&ada, stranger.address));
    assert_eq!(told[0].first_at.unix(), BEGINNING + 10, "the last one");
    assert!(unfinished(&site).is_empty());

    // One more is told of when a day has passed.
    pend(&site, &ada, false);
    site.clock.advance(DAY - 1);
    assert!(unfinished(&site).is_empty());
    site.clock.advance(1);
    assert_eq!(unfinished(&site).len(), 1);
}

#[test]
fn a_password_that_is_typed_again_is_no_second_attempt() {
    let (site, ada, bob) = site();
    let token = pend(&site, &ada, false);
    let replace = |account: &AccountId| {
        let (account, hash) = (account.clone(), token.hash());
        within(&site, async |tx: &mut Tx| sessions::replace_pending(tx, &account, Some(&hash), "").await)
    };
    assert!(replace(&bob).is_none());
    assert!(find(&site, &token).is_some(), "someone else's password replaces nothing");
    assert!(replace(&ada).is_some());
    assert!(find(&site, &token).is_none());
    site.clock.advance(PENDING_LIFETIME);
    assert!(unfinished(&site).is_empty());
}

#[test]
fn a_password_that_is_typed_every_nine_minutes_is_told_of_once_a_day() {
    let (site, ada, _) = site();
    let by = site.proof(&ada, Method::Password, &[]);
    let again = |token: &Token| {
        let (hash, now) = (token.hash(), site.clock.now());
        within(&site, async |tx: &mut Tx| {
            let before = sessions::replace_pending(tx, &ada, Some(&hash), "").await?;
            let (by, client) = (&by, &Client::default());
            let new = NewPendingLogin { by, remember: false, known_browser: false, client, form: "", before };
            sessions::pend(tx, new, now).await
        })
    };
    let mut token = pend(&site, &ada, false);
    for _ in 0..2 {
        site.clock.advance(9 * 60);
        token = again(&token);
        assert!(unfinished(&site).is_empty(), "its owner may be slow");
    }
    site.clock.advance(2 * 60);
    let told = unfinished(&site);
    assert_eq!(
        (told.len(), told[0].first_at.unix()),
        (1, BEGINNING),
        "the link in the email reaches back so far"
    );
    assert!(find(&site, &token).is_some(), "it can be finished all the same");
    for _ in 0..10 {
        site.clock.advance(9 * 60);
        token = again(&token);
        assert!(unfinished(&site).is_empty(), "its owner knows");
    }
}

#[test]
fn who_gives_up_a_pending_login_cannot_keep_it_from_its_owner() {
    let (site, ada, _) = site();
    let token = pend(&site, &ada, false);
    cancel(&site, &token);
    assert!(find(&site, &token).is_none() && finish(&site, &token).is_none());
    assert_eq!(unfinished(&site).len(), 1);
}

#[test]
fn a_pending_login_that_was_given_up_is_over_where_the_clock_is_behind_too() {
    let (site, ada, _) = site();
    let token = pend(&site, &ada, false);
    cancel(&site, &token);
    site.clock.advance(-300);
    assert!(find(&site, &token).is_none() && finish(&site, &token).is_none());
}

#[test]
fn pending_logins_that_are_given_up_one_after_another_take_no_room() {
    let (site, ada, _) = site();
    let mut stranger = Client::default();
    stranger.address = "203.0.113.7".parse().ok();
    for _ in 0..20 {
        cancel(&site, &pend(&site, &ada, false));
        site.clock.advance(1);
    }
    cancel(&site, &pend_from(&site, &ada, false, &stranger));
    assert_eq!(rows(&site), 6, "five, and the last");
    let told = unfinished(&site);
    assert_eq!((told.len(), told[0].client.address), (1, stranger.address), "the owner is told of the last");
}

#[test]
fn a_pending_login_is_swept_once_there_is_nothing_to_tell_of_it() {
    let (site, ada, bob) = site();
    let swept = || {
        site.runtime.block_on(sessions::sweep_pending(&site.site)).unwrap();
        rows(&site)
    };
    pend(&site, &ada, false);
    pend(&site, &bob, true);
    site.clock.advance(PENDING_LIFETIME - 1);
    assert_eq!(swept(), 2);
    site.clock.advance(1);
    assert_eq!(swept(), 1, "Ada is still to be told");
    assert_eq!(unfinished(&site).len(), 1);
    site.clock.advance(DAY - 1);
    assert_eq!(swept(), 1, "she is told of no other one within a day");
    site.clock.advance(1);
    assert_eq!(swept(), 0);

    pend(&site, &ada, false);
    site.clock.advance(DAY - 1);
    assert_eq!(swept(), 1);
    site.clock.advance(1);
    assert_eq!(swept(), 0, "after a day it is old news");

    pend(&site, &ada, false);
    site.clock.advance(-301);
    assert_eq!(swept(), 0, "the clock was ahead");
}
