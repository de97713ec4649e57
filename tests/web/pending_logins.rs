//! Logins between the password and the second factor: what their token is good for, what ends them, and what their
//! owner is told of those that no one finished.

use rocket::futures::future::join_all;
use vestibule::base::{Client, Password, Token, Tx};
use vestibule::features::account_changes;
use vestibule::people::sessions::{
    self, Authenticated, Method, NewPendingLogin, PENDING_LIFETIME, PendingLogin, Unfinished,
};
use vestibule::people::{AccountId, Actor};
use vestibule::services::passwords;
use vestibule::testing::BEGINNING;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const DAY: i64 = 24 * 3_600;
const BOB: &str = "bob@example.org";
const NEW: &str = "another good one, not guessed";

/// A site with two accounts that no one is logged in to.
fn site() -> (TestSite, AccountId, AccountId) {
    let site = Setup::new().patient().build();
    for (email, name) in [(ADA, "Ada"), (BOB, "Bob")] {
        site.visitor().sign_up(email, name, PASSWORD);
    }
    let (ada, bob) = (site.account(ADA).id, site.account(BOB).id);
    (site, ada, bob)
}

fn within<T>(site: &TestSite, work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<T>) -> T {
    site.runtime.block_on(async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let done = work(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
        done
    })
}

/// A login that waits, in a browser that the account does not know.
pub fn pending<'p>(by: &'p Authenticated, client: &'p Client) -> NewPendingLogin<'p> {
    NewPendingLogin { by, remember: false, known_browser: false, client, form: "", before: None }
}

/// The right password was typed, with "Remember me".
fn pend_from(site: &TestSite, account: &AccountId, known_browser: bool, client: &Client) -> Token {
    let (by, now) = (site.proof(account, Method::Password, &[]), site.clock.now());
    let new = NewPendingLogin { by: &by, remember: true, known_browser, client, form: "", before: None };
    within(site, async |tx: &mut Tx| sessions::pend(tx, new, now).await)
}

fn pend(site: &TestSite, account: &AccountId, known_browser: bool) -> Token {
    pend_from(site, account, known_browser, &Client::default())
}

fn find(site: &TestSite, token: &Token) -> Option<PendingLogin> {
    let now = site.clock.now();
    site.runtime.block_on(sessions::find_pending(&site.db, &token.hash(), now)).unwrap()
}

fn finish(site: &TestSite, token: &Token) -> Option<Authenticated> {
    let (hash, now) = (token.hash(), site.clock.now());
    within(site, async |tx: &mut Tx| sessions::finish_pending(tx, &hash, now).await)
}

/// Its visitor gives up.
fn cancel(site: &TestSite, token: &Token) {
    let (hash, now) = (token.hash(), site.clock.now());
    within(site, async |tx: &mut Tx| sessions::cancel_pending(tx, &hash, now).await);
}

fn unfinished(site: &TestSite) -> Vec<Unfinished> {
    let now = site.clock.now();
    within(site, async |tx: &mut Tx| sessions::unfinished(tx, now).await)
}

fn rows(site: &TestSite) -> i64 {
    site.number("select count(*) from pending_logins")
}

#[test]
fn a_pending_login_is_finished_once_and_gives_back_what_was_proved() {
    let (site, ada, _) = site();
    let token = pend(&site, &ada, false);
    let pending = find(&site, &token).unwrap();
    assert_eq!((&pending.account, pending.methods.to_string()), (&ada, "pwd".to_owned()));
    assert!(pending.remember && !pending.known_browser);
    assert_eq!(pending.created_at, site.clock.now());
    assert!(find(&site, &pend(&site, &ada, true)).unwrap().known_browser);
    assert!(find(&site, &Token::generate()).is_none());

    site.clock.advance(60);
    let by = finish(&site, &token).unwrap();
    assert_eq!((by.account(), by.methods().to_string()), (&ada, "pwd".to_owned()));
    assert!(finish(&site, &token).is_none() && find(&site, &token).is_none());
    assert_eq!(site.number("select count(*) from sessions"), 0, "it logs no one in");

    // Without a second factor it would be as fresh as its password.
    within(&site, async |tx: &mut Tx| sessions::start(tx, &site.site, &by, false, &Client::default()).await);
    assert_eq!(site.number("select authenticated_at from sessions"), BEGINNING);
}

#[test]
fn one_of_several_requests_at_once_finishes_a_pending_login() {
    let (site, ada, _) = site();
    let token = pend(&site, &ada, false).hash();
    let finish = || async {
        let mut tx = site.db.begin_locked(&[]).await.unwrap();
        let by = sessions::finish_pending(&mut tx, &token, site.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
        by.is_some()
    };
    let finished = site.runtime.block_on(join_all((0..4).map(|_| finish())));
    assert_eq!(finished.into_iter().filter(|finished| *finished).count(), 1);
}

#[test]
fn a_pending_login_is_over_after_ten_minutes_and_if_the_clock_was_ahead() {
    for (seconds, alive) in [(599, true), (600, false), (-300, true), (-301, false)] {
        let (site, ada, _) = site();
        let token = pend(&site, &ada, false);
        site.clock.advance(seconds);
        assert_eq!(find(&site, &token).is_some(), alive, "{seconds}");
        assert_eq!(finish(&site, &token).is_some(), alive, "{seconds}");
    }
}

#[test]
fn an_account_has_five_pending_logins_at_most() {
    let (site, ada, bob) = site();
    let bobs = pend(&site, &bob, false);
    let mut tokens = Vec::new();
    for _ in 0..6 {
        tokens.push(pend(&site, &ada, false));
        site.clock.advance(1);
    }
    let alive = |token: &Token| find(&site, token).is_some();
    assert_eq!(tokens.iter().map(alive).collect::<Vec<_>>(), [false, true, true, true, true, true]);

    // The newest is there, even if the clock was set back before it.
    site.clock.advance(-100);
    let newest = pend(&site, &ada, false);
    assert!(alive(&newest) && !alive(&tokens[1]) && alive(&tokens[2]));
    assert_eq!(rows(&site), 6, "five of Ada's and one of Bob's");
    assert!(alive(&bobs));

    // Those that are over take no one's place, and are kept until Ada was told.
    site.clock.advance(100 + PENDING_LIFETIME);
    pend(&site, &ada, false);
    assert_eq!(rows(&site), 7);
}

#[test]
fn a_thief_with_the_password_pushes_no_pending_login_of_a_known_browser_out() {
    let (site, ada, _) = site();
    let owners = pend(&site, &ada, true);
    let mut token = None;
    for _ in 0..6 {
        site.clock.advance(1);
        token = Some(pend(&site, &ada, false));
    }
    assert!(find(&site, &owners).is_some() && find(&site, &token.unwrap()).is_some());
    assert_eq!(rows(&site), 5);
    for _ in 0..5 {
        pend(&site, &ada, true);
    }
    let newest = pend(&site, &ada, false);
    assert!(find(&site, &newest).is_some(), "the newest is never the one that goes");
}

/// What Ada or the operator does.
type Act = fn(&TestSite, &mut Visitor<'_>);

/// Whether her pending login can be finished afterwards.
const ENDINGS: [(&str, Act, bool); 11] = [
    ("nothing", |_, _| {}, true),
    ("logged out", |_, ada| assert_eq!(ada.post("/logout", "").location(), "/"), true),
    ("logged in elsewhere", log_in, true),
    ("others logged out", end_others, true),
    ("password changed by its owner", change_password, false),
    ("password set by the operator", set_password, false),
    ("password chosen by a link", choose_by_link, false),
    ("disabled", disable, false),
    ("disabled and enabled again", enable_again, false),
    ("deleted", delete, false),
    ("key replaced", end_everything, false),
];

fn log_in(site: &TestSite, _: &mut Visitor<'_>) {
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

fn end_others(_: &TestSite, ada: &mut Visitor<'_>) {
    assert_eq!(ada.post("/settings/devices/end-others", "").location(), "/settings/devices");
}

fn change_password(_: &TestSite, ada: &mut Visitor<'_>) {
    let fields = [("current_password", PASSWORD), ("new_password", NEW)];
    assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
}

fn set_password(site: &TestSite, _: &mut Visitor<'_>) {
    let (ada, new) = (site.account(ADA), Password::typed(NEW));
    site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
}

fn choose_by_link(site: &TestSite, _: &mut Visitor<'_>) {
    let mut visitor = site.visitor();
    visitor.get(&site.reset_link(ADA));
    assert_eq!(visitor.submit("/reset", &[("new_password", NEW)]).location(), "/login");
}

fn disable(site: &TestSite, _: &mut Visitor<'_>) {
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::disable(&site.site, &ada, Actor::CommandLine)).unwrap().unwrap();
}

fn enable_again(site: &TestSite, ada: &mut Visitor<'_>) {
    disable(site, ada);
    let ada = site.account(ADA).id;
    site.runtime.block_on(account_changes::enable(&site.site, &ada, Actor::CommandLine)).unwrap();
}

fn delete(site: &TestSite, _: &mut Visitor<'_>) {
    let ada = site.account(ADA);
    site.runtime.block_on(account_changes::delete(&site.site, &ada, Actor::CommandLine)).unwrap().unwrap();
}

fn end_everything(site: &TestSite, _: &mut Visitor<'_>) {
    within(site, async |tx: &mut Tx| sessions::end_everything(tx).await);
}

#[test]
fn what_ends_every_session_ends_pending_logins() {
    for (event, happen, alive) in ENDINGS {
        let (site, ada, bob) = site();
        let mut visitor = site.visitor();
        assert_eq!(visitor.log_in(ADA, PASSWORD).location(), "/profile");
        let (token, bobs) = (pend(&site, &ada, false), pend(&site, &bob, false));
        happen(&site, &mut visitor);
        assert_eq!(finish(&site, &token).is_some(), alive, "after: {event}");
        assert_eq!(find(&site, &bobs).is_some(), event != "key replaced", "Bob's, after: {event}");
    }
}

#[test]
fn a_disabled_account_finishes_no_pending_login() {
    let (site, ada, _) = site();
    let token = pend(&site, &ada, false);
    site.change("update accounts set disabled_at = 1");
    assert!(find(&site, &token).is_none() && finish(&site, &token).is_none());
    site.change("update accounts set disabled_at = null");
    assert!(find(&site, &token).is_some() && finish(&site, &token).is_some());
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
