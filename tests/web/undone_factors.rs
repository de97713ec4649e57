//! The link of an email undoes what a stranger changed about the second factors. What has stood for a day is not taken
//! away: those who have nothing but the mailbox must not get in with it.

use rocket::http::Status;
use vestibule::base::webauthn::Algorithm;
use vestibule::testing::Authenticator;

use crate::authenticator_app::set_up_app;
use crate::emails::{change, press, with_mail};
use crate::passkeys_in_settings::registration;
use crate::second_factor_switch::{add_passkey, is_on, summary};
use crate::support::{ADA, Answer, PASSWORD, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";
const PASSKEYS: &str = "/settings/security/passkeys";
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

/// What the page says above the list of changes.
const UNDOES: &str = "It also undoes these changes:";

/// Adds a passkey as the script of the page does.
fn add(visitor: &mut Visitor<'_>) {
    let mut device = Authenticator::new(Algorithm::Es256);
    let credential = registration(visitor, PASSKEYS, &mut device, |_| {});
    assert_eq!(visitor.submit(PASSKEYS, &[("credential", &credential)]).location(), "/settings/security");
}

/// A stranger who knows Ada's password, a month after she signed up. She had a passkey by then, if `has_passkey`.
fn thief(site: &TestSite, has_passkey: bool) -> Visitor<'_> {
    site.ada_by_mail();
    if has_passkey {
        add_passkey(site, &site.account(ADA).id, "Mine");
    }
    site.clock.advance(30 * DAY);
    let mut thief = site.visitor();
    assert_eq!(thief.log_in(ADA, PASSWORD).location(), "/profile");
    site.mails();
    site.clock.advance(10);
    thief
}

/// The link in the newest email to Ada. It locks her account.
fn lock_link(site: &TestSite) -> String {
    let link = site.mailed_link(ADA);
    assert!(link.starts_with("/secure?token="), "{link}");
    link
}

/// The page of a link that locks the account.
fn page(site: &TestSite, link: &str) -> Answer {
    let mut owner = site.visitor();
    assert_eq!(owner.get(link).location(), "/secure");
    owner.get("/secure")
}

/// Locks the account.
fn lock(site: &TestSite, link: &str) {
    assert_eq!(press(&mut site.visitor(), link).0, Status::SeeOther);
}

/// Whether the passkey of before rests, and its owner can read that it does.
fn rests(site: &TestSite) -> bool {
    site.number("select count(*) from passkeys where name = 'Mine' and rests_since is not null") == 1
        && site.number("select count(*) from audit where event = 'passkeys_rest'") == 1
}

/// How many passkeys there are that were not removed.
fn passkeys(site: &TestSite) -> i64 {
    site.number("select count(*) from passkeys where removed_at is null")
}

#[test]
fn a_passkey_that_a_stranger_added_is_gone_and_those_of_before_rest() {
    let site = with_mail();
    let mut thief = thief(&site, true);
    let login = lock_link(&site);
    assert!(!page(&site, &login).says(UNDOES), "nothing was changed");
    add(&mut thief);
    assert_eq!(site.change("update passkeys set name = 'Theirs' where name <> 'Mine'"), 1);
    site.clock.advance(HOUR); // the email is late
    let added = lock_link(&site);
    assert_ne!(added, login);
    for link in [&added, &login] {
        let page = page(&site, link);
        assert!(page.says(UNDOES) && page.says("The passkey Theirs was added."), "{}", page.body);
    }
    assert_eq!(passkeys(&site), 2, "opening it changes nothing");
    lock(&site, &added);
    assert!(passkeys(&site) == 1 && rests(&site));
    assert!(!thief.is_logged_in());
}

#[test]
fn an_app_that_a_stranger_removed_is_back_and_asked_for_again() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    let account = site.account(ADA).id;
    set_up_app(&site, &mut thief);
    site.mails();
    site.clock.advance(120);
    assert_eq!(thief.post("/settings/security/app/remove", "").location(), "/settings/security");
    assert!(!is_on(&site, &account) && summary(&site, &account).app.is_none());
    let link = lock_link(&site);
    site.clock.advance(6 * DAY);
    let page = page(&site, &link);
    for said in ["The authenticator app was removed.", "Two-factor authentication was turned off."] {
        assert!(page.says(said), "{said}: {}", page.body);
    }
    lock(&site, &link);
    let factors = summary(&site, &account);
    assert_eq!((factors.is_on(), factors.app.is_some(), factors.codes_left), (true, true, Some(10)));
}

/// The usual way to keep an owner out of an account that was taken over.
#[test]
fn what_a_stranger_turned_on_is_off_again_if_the_owner_comes_within_a_day() {
    for (later, stays) in [(23 * HOUR, false), (25 * HOUR, true)] {
        let site = with_mail();
        let mut thief = thief(&site, false);
        let account = site.account(ADA).id;
        set_up_app(&site, &mut thief);
        let link = lock_link(&site);
        site.clock.advance(later);
        let page = page(&site, &link);
        for said in
            ["authenticator app was added.", "Recovery codes were made.", "authentication was turned on."]
        {
            assert_eq!(page.says(said), !stays, "{later}: {said}: {}", page.body);
        }
        lock(&site, &link);
        let factors = summary(&site, &account);
        let left = (factors.is_on(), factors.app.is_some(), factors.codes_left.is_some());
        assert_eq!(left, (stays, stays, stays), "{later}");
        assert!(!thief.is_logged_in());
    }
}

/// Someone who reads the mailbox finds the link of an old email, and gets the one for a new password with it.
#[test]
fn those_who_have_only_the_mailbox_do_not_lower_an_account() {
    let site = with_mail();
    let mut ada = site.ada_by_mail();
    let account = site.account(ADA).id;
    site.visitor().log_in(ADA, PASSWORD);
    let link = lock_link(&site);
    site.clock.advance(60);
    set_up_app(&site, &mut ada);
    site.mails();
    site.clock.advance(DAY + HOUR);
    assert!(!page(&site, &link).says(UNDOES));
    lock(&site, &link);
    let factors = summary(&site, &account);
    assert_eq!((factors.is_on(), factors.app.is_some(), factors.codes_left), (true, true, Some(10)));
    let undone = "select count(*) from audit where event in ('two_factor_off', 'factor_removed')";
    assert_eq!(site.number(undone), 0);
    let reset = site.mailed_link(ADA);
    let mut reader = site.visitor();
    assert_eq!(reader.get(&reset).location(), "/reset");
    assert_eq!(reader.submit("/reset", &[("new_password", NEW)]).location(), "/login");
    reader.log_in(ADA, NEW);
    assert!(!reader.is_logged_in(), "the password alone is not enough");
}

/// An owner who reads the newest email first has not undone all of it.
#[test]
fn an_older_link_undoes_an_older_change_after_a_newer_one_was_used() {
    let site = with_mail();
    let mut thief = thief(&site, true);
    let login = lock_link(&site);
    let [first, second, third] = [(); 3].map(|()| {
        add(&mut thief);
        let link = lock_link(&site);
        site.clock.advance(10);
        link
    });
    assert_eq!(passkeys(&site), 4);
    lock(&site, &second);
    assert_eq!(passkeys(&site), 2, "what came before it stays");
    assert_eq!(page(&site, &third).status, Status::Gone, "it has nothing left to undo");
    for older in [&first, &login] {
        assert_eq!(page(&site, older).status, Status::Ok, "it can still undo more");
    }
    lock(&site, &first);
    assert_eq!(passkeys(&site), 1);
    assert_eq!(page(&site, &login).status, Status::Ok);
}

#[test]
fn the_page_says_what_the_link_does_not_undo() {
    let site = with_mail();
    let mut thief = thief(&site, false);
    let link = lock_link(&site);
    set_up_app(&site, &mut thief);
    assert!(!page(&site, &link).says("It does not turn"));
    site.clock.advance(2 * DAY);
    let page = page(&site, &link);
    assert!(
        page.says("It does not turn two-factor authentication off, which has been on since "),
        "{}",
        page.body
    );
    assert!(page.says("ask the people who run this site for help first"), "{}", page.body);
}

#[test]
fn a_flood_of_newer_links_does_not_end_the_one_that_undoes_most() {
    let site = with_mail();
    let mut thief = thief(&site, true);
    let login = lock_link(&site);
    add(&mut thief);
    for _ in 0..21 {
        site.clock.advance(720); // one email each
        site.visitor().log_in(ADA, PASSWORD);
        site.mails();
    }
    assert_eq!(site.number("select count(*) from links where purpose = 'secure'"), 20);
    lock(&site, &login);
    assert!(passkeys(&site) == 1 && rests(&site));
}

#[test]
fn an_address_that_is_restored_undoes_what_was_changed_since() {
    let site = with_mail();
    let mut thief = site.ada_by_mail();
    add_passkey(&site, &site.account(ADA).id, "Mine");
    site.clock.advance(60);
    change(&site, &mut thief, "mallory@evil.test");
    let undo = site.mailed_link(ADA);
    assert!(undo.starts_with("/restore-email?token="), "{undo}");
    add(&mut thief);
    assert_eq!(passkeys(&site), 2);
    site.clock.advance(6 * DAY);
    lock(&site, &undo);
    assert!(passkeys(&site) == 1 && rests(&site));
}
