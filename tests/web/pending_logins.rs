//! Logins between the password and the second factor: what their token is good for, and what ends them. What their
//! owner is told of those that no one finished is in `unfinished_logins`.

use rocket::futures::future::join_all;
use vestibule::base::{Client, Password, Token, Tx};
use vestibule::features::account_changes;
use vestibule::people::sessions::{
    self, Authenticated, Method, NewPendingLogin, PENDING_LIFETIME, PendingLogin,
};
use vestibule::people::{AccountId, Actor};
use vestibule::services::passwords;
use vestibule::testing::BEGINNING;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const BOB: &str = "bob@example.org";
const NEW: &str = "another good one, not guessed";

/// A site with two accounts that no one is logged in to.
pub fn site() -> (TestSite, AccountId, AccountId) {
    let site = Setup::new().patient().build();
    for (email, name) in [(ADA, "Ada"), (BOB, "Bob")] {
        site.visitor().sign_up(email, name, PASSWORD);
    }
    let (ada, bob) = (site.account(ADA).id, site.account(BOB).id);
    (site, ada, bob)
}

pub fn within<T>(site: &TestSite, work: impl AsyncFnOnce(&mut Tx) -> sqlx::Result<T>) -> T {
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
pub fn pend_from(site: &TestSite, account: &AccountId, known_browser: bool, client: &Client) -> Token {
    let (by, now) = (site.proof(account, Method::Password, &[]), site.clock.now());
    let new = NewPendingLogin { by: &by, remember: true, known_browser, client, form: "", before: None };
    within(site, async |tx: &mut Tx| sessions::pend(tx, new, now).await)
}

pub fn pend(site: &TestSite, account: &AccountId, known_browser: bool) -> Token {
    pend_from(site, account, known_browser, &Client::default())
}

pub fn find(site: &TestSite, token: &Token) -> Option<PendingLogin> {
    let now = site.clock.now();
    site.runtime.block_on(sessions::find_pending(&site.db, &token.hash(), now)).unwrap()
}

pub fn finish(site: &TestSite, token: &Token) -> Option<Authenticated> {
    let (hash, now) = (token.hash(), site.clock.now());
    within(site, async |tx: &mut Tx| sessions::finish_pending(tx, &hash, now).await)
}

pub fn rows(site: &TestSite) -> i64 {
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
