//! Invitations that bring a handle: the account that uses one is called by it in apps, from its beginning on. No one gets
//! the handle of another by it, and no one is kept out since it was taken meanwhile.

use rocket::futures::future::join;
use rocket::http::Status;
use vestibule::base::{Client, Site, Token};
use vestibule::features::account_handle;
use vestibule::people::accounts::{Handle, HandleSet};
use vestibule::people::groups::{self, GroupName};
use vestibule::people::{AccountId, Actor};
use vestibule::services::invitations::{self, CannotInvite, Made, NewInvitation, NotFree};

use crate::handles::{give, handle_of};
use crate::invitations::{BY, RUTH, into_the_choir, make, only_for, try_to_make, with_a_choir};
use crate::invited::{bound, fields, members, opened, path, uses_left};
use crate::invited_joining::join as press_join;
use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";

pub fn handle(name: &str) -> Handle {
    Handle::parse(name).unwrap()
}

/// One into the choir that brings a handle.
pub fn bringing(name: &str) -> NewInvitation {
    NewInvitation { handle: Some(handle(name)), ..into_the_choir(1) }
}

/// One that brings a handle and nothing else.
pub fn nothing_but(name: &str) -> NewInvitation {
    NewInvitation { handle: Some(handle(name)), ..NewInvitation::default() }
}

/// Why an invitation cannot bring a handle.
pub fn refused(site: &TestSite, name: &str) -> NotFree {
    match try_to_make(site, &bringing(name)) {
        Err(CannotInvite::Handle(of, why)) if of == handle(name) => why,
        other => panic!("{name}: {other:?}"),
    }
}

/// A site that sends emails, where Ada has an account.
pub fn by_email() -> TestSite {
    let site = with_a_choir(Setup::new().mail().patient());
    site.logged_in(ADA);
    site
}

pub fn give_to(site: &TestSite, email: &str, name: &str) -> HandleSet {
    give(site, &site.account(email).id, name)
}

/// Ruth opens the link of an invitation, and signs up with it.
pub fn sign_up<'s>(site: &'s TestSite, made: &Made) -> Visitor<'s> {
    let (mut ruth, _) = opened(site, made);
    let answer = ruth.submit("/invited", &fields(RUTH));
    let page = if site.site.mailer.is_on() { "/confirm/new" } else { "/login" };
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, page), "{}", answer.text());
    ruth
}

/// Opens the link of the newest email, and enters the password.
pub fn confirm(site: &TestSite, visitor: &mut Visitor<'_>) {
    assert_eq!(visitor.get(&site.mailed_link(RUTH)).location(), "/confirm");
    assert_eq!(visitor.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
}

/// Opens a link, and chooses a new password.
fn choose_a_password(visitor: &mut Visitor<'_>, link: &str) {
    assert_eq!(visitor.get(link).location(), "/reset");
    let answer = visitor.submit("/reset", &[("name", "Ruth"), ("new_password", NEW)]);
    assert_eq!(answer.location(), "/login", "{}", answer.text());
}

/// How often an account was given a handle, or lost one.
fn changes(site: &TestSite) -> i64 {
    site.number("select count(*) from audit where event = 'handle_changed'")
}

#[test]
fn without_email_an_account_has_the_handle_from_its_sign_up_on() {
    let site = with_a_choir(Setup::new());
    let made = make(&site, &bringing("ruth"));
    let (_, page) = opened(&site, &made);
    assert!(page.says("will know you by the user name ruth."), "{}", page.text());
    let mut ruth = sign_up(&site, &made);
    assert_eq!((&*handle_of(&site, RUTH), members(&site, "choir")), ("ruth", 1));
    assert_eq!(ruth.log_in(RUTH, PASSWORD).location(), "/profile");
    let settings = ruth.get("/settings/account");
    assert!(settings.says("<code>ruth</code>"), "{}", settings.text());
    let activity = ruth.get("/settings/activity");
    assert!(activity.says("You used an invitation"), "{}", activity.text());
    assert!(activity.says("Your user name in apps was changed"), "{}", activity.text());
    assert_eq!(ruth.export()["account"]["handle"], "ruth");
    let detail = site.text("select detail from audit where event = 'handle_changed'");
    assert_eq!(detail, r#"{"before":"","after":"ruth"}"#);
    assert_eq!(site.text("select actor from audit where event = 'handle_changed'"), "owner");
}

#[test]
fn with_email_it_has_the_handle_once_its_address_is_confirmed_for_the_first_time() {
    let site = by_email();
    let made = make(&site, &bringing("ruth"));
    let mut ruth = sign_up(&site, &made);
    assert_eq!((&*handle_of(&site, RUTH), changes(&site)), ("", 0), "anyone may have typed the address");
    assert_eq!((members(&site, "choir"), uses_left(&site, &made)), (1, 0));
    // No other invitation takes it away until then.
    assert_eq!(refused(&site, "ruth"), NotFree::Promised);
    confirm(&site, &mut ruth);
    assert_eq!((&*handle_of(&site, RUTH), changes(&site)), ("ruth", 1));
    assert_eq!(refused(&site, "ruth"), NotFree::Taken);
    // An invitation gives it once: who loses it later does not get it back by the next link.
    assert_eq!(give_to(&site, RUTH, ""), HandleSet::Done);
    choose_a_password(&mut ruth, &site.reset_link(RUTH));
    assert_eq!(handle_of(&site, RUTH), "");
}

#[test]
fn an_address_that_those_who_invite_vouch_for_has_it_at_once() {
    let site = by_email();
    let made = make(&site, &NewInvitation { handle: Some(handle("ruth")), ..only_for(RUTH) });
    let (mut ruth, page) = opened(&site, &made);
    assert!(page.says("will know you by the user name ruth."), "{}", page.text());
    assert_eq!(ruth.submit("/invited", &bound()).location(), "/login");
    assert_eq!((&*handle_of(&site, RUTH), changes(&site)), ("ruth", 1));
}

#[test]
fn where_the_unconfirmed_may_log_in_it_has_it_from_the_first_login_on() {
    let site = with_a_choir(Setup::new().mail().patient().with("unconfirmed_login", "yes"));
    let made = make(&site, &bringing("ruth"));
    let mut ruth = sign_up(&site, &made);
    assert_eq!(handle_of(&site, RUTH), "");
    assert_eq!(ruth.log_in(RUTH, PASSWORD).location(), "/profile");
    assert_eq!((&*handle_of(&site, RUTH), changes(&site)), ("ruth", 1));
    // The owner of the address was never invited.
    let mut owner = site.visitor();
    owner.submit("/forgot", &[("email", RUTH)]);
    choose_a_password(&mut owner, &site.mailed_link(RUTH));
    assert_eq!((&*handle_of(&site, RUTH), changes(&site), members(&site, "choir")), ("", 2, 0));
    assert_eq!(give_to(&site, RUTH, "ruth"), HandleSet::Done, "the operator may give it to this account");
}

#[test]
fn who_signs_up_after_another_account_was_given_the_handle_gets_in_without_it() {
    for (mail, lost) in [(false, false), (false, true), (true, false), (true, true)] {
        let setup = if mail { Setup::new().mail() } else { Setup::new() };
        let site = with_a_choir(setup.patient());
        site.logged_in(ADA);
        let made = make(&site, &bringing("ruth"));
        let take = || {
            assert_eq!(give_to(&site, ADA, "ruth"), HandleSet::Done);
            if lost {
                assert_eq!(give_to(&site, ADA, "ada"), HandleSet::Done);
            }
        };
        let mut ruth = if mail {
            let ruth = sign_up(&site, &made);
            take();
            ruth
        } else {
            take();
            sign_up(&site, &made)
        };
        if mail {
            confirm(&site, &mut ruth);
        } else {
            assert_eq!(ruth.log_in(RUTH, PASSWORD).location(), "/profile");
        }
        assert_eq!((&*handle_of(&site, RUTH), members(&site, "choir")), ("", 1), "{mail} {lost}");
        assert_eq!(handle_of(&site, ADA), if lost { "ada" } else { "ruth" }, "{mail} {lost}");
        assert_eq!(changes(&site), 1 + i64::from(lost), "{mail} {lost}: only those of Ada");
        assert_eq!(site.number("select count(*) from old_handles"), i64::from(lost), "{mail} {lost}");
    }
}

#[test]
fn an_account_that_is_there_gets_the_handle_when_it_joins_and_keeps_one_that_it_has() {
    let site = with_a_choir(Setup::new());
    let mut ada = site.ada();
    ada.get(&path(&site, &make(&site, &nothing_but("ada"))));
    let page = ada.get("/invited");
    assert!(page.says("will know you by the user name ada."), "{}", page.text());
    press_join(&mut ada);
    assert_eq!(handle_of(&site, ADA), "ada");
    ada.get(&path(&site, &make(&site, &bringing("lovelace"))));
    let page = ada.get("/invited");
    assert!(page.says("The choir") && !page.says("lovelace"), "{}", page.text());
    press_join(&mut ada);
    assert_eq!((&*handle_of(&site, ADA), members(&site, "choir"), changes(&site)), ("ada", 1, 1));
    ada.get(&path(&site, &make(&site, &nothing_but("countess"))));
    let page = ada.get("/invited");
    assert!(page.says("there is nothing left to do.") && !page.says("countess"), "{}", page.text());
    // What was not given is free.
    assert_eq!(give_to(&site, ADA, "lovelace"), HandleSet::Done);
}

#[test]
fn a_handle_that_was_taken_away_does_not_come_back_with_another_invitation() {
    let site = with_a_choir(Setup::new());
    let mut ada = site.ada();
    ada.get(&path(&site, &make(&site, &nothing_but("ada"))));
    press_join(&mut ada);
    assert_eq!(give_to(&site, ADA, ""), HandleSet::Done);
    ada.get(&path(&site, &make(&site, &into_the_choir(1))));
    press_join(&mut ada);
    assert_eq!(handle_of(&site, ADA), "");
    // Another one brings its own.
    ada.get(&path(&site, &make(&site, &nothing_but("lovelace"))));
    press_join(&mut ada);
    assert_eq!(handle_of(&site, ADA), "lovelace");
}

/// The invited mistyped the address, so the email went to someone else, who has an account by asking for a new password.
#[test]
fn the_owner_of_a_mistyped_address_gets_the_account_without_the_handle_of_the_invitation() {
    let site = by_email();
    let made = make(&site, &bringing("ruth"));
    sign_up(&site, &made);
    let mut owner = site.visitor();
    owner.submit("/forgot", &[("email", RUTH)]);
    choose_a_password(&mut owner, &site.mailed_link(RUTH));
    assert_eq!(owner.log_in(RUTH, NEW).location(), "/profile");
    assert_eq!((&*handle_of(&site, RUTH), changes(&site), members(&site, "choir")), ("", 0, 0));
    // It was no one's, so those who were meant can be invited again.
    make(&site, &bringing("ruth"));
}

#[test]
fn the_invited_who_get_a_link_from_the_operator_have_the_handle() {
    let site = by_email();
    let mut ruth = sign_up(&site, &make(&site, &bringing("ruth")));
    choose_a_password(&mut ruth, &site.reset_link(RUTH));
    assert_eq!((&*handle_of(&site, RUTH), members(&site, "choir")), ("ruth", 1));
}

/// Uses an invitation into the choir, as its page does.
async fn consume(site: &Site, token: &Token, account: &AccountId) {
    let choir = groups::lock_of(&GroupName::parse("choir").unwrap());
    let mut tx = site.db.begin_locked(&[choir, account.lock_key()]).await.unwrap();
    let client = Client::default();
    assert!(invitations::consume(&mut tx, site, token, account, Actor::Owner(&client)).await.unwrap());
    tx.commit().await.unwrap();
}

#[test]
fn of_an_invited_and_another_account_that_get_a_handle_at_once_one_has_it_and_both_go_on() {
    let site = with_a_choir(Setup::new().patient());
    for round in 0..8 {
        let emails = [format!("one{round}@x.test"), format!("two{round}@x.test")];
        let [one, two] = emails.each_ref().map(|email| {
            site.logged_in(email);
            site.account(email).id
        });
        let wanted = handle(&format!("name{round}"));
        let made = make(&site, &bringing(wanted.as_str()));
        let given = account_handle::set_handle(&site.site, &two, Some(&wanted), BY);
        let (given, ()) = site.block_on(join(given, consume(&site.site, &made.token, &one)));
        let has = emails.each_ref().map(|email| handle_of(&site, email) == wanted.as_str());
        match given.unwrap() {
            HandleSet::Done => assert_eq!(has, [false, true], "{round}"),
            HandleSet::Taken => assert_eq!(has, [true, false], "{round}"),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(members(&site, "choir"), 8, "those who are without it are in the choir all the same");
    assert_eq!(site.number("select count(*) from old_handles"), 0);
}
