//! An invitation that brings a handle promises it to one account: no other invitation can bring it meanwhile. And
//! what administrators read of it.

use rocket::http::Status;
use vestibule::features::account_changes;
use vestibule::people::Actor;
use vestibule::people::accounts::HandleSet;
use vestibule::services::invitations::{
    CannotInvite, Lifetime, NewInvitation, NotFree, Renewed, Revoked, Uses,
};

use crate::admin_accounts::{self, LIST, root};
use crate::admin_pages::{FOR_ANYONE, INVITATIONS, link, open_invitations};
use crate::handles::handle_of;
use crate::invitation_handles::{
    bringing, by_email, confirm, give_to, handle, nothing_but, refused, sign_up,
};
use crate::invitations::{RUTH, make, renew, revoke, try_to_make, with_a_choir};
use crate::invited::{fields, opened};
use crate::support::{ADA, Setup};

#[test]
fn no_two_invitations_promise_a_handle_and_none_that_an_account_has_or_had() {
    let site = with_a_choir(Setup::new());
    site.logged_in(ADA);
    let many = NewInvitation { uses: Uses::of(2).unwrap(), ..bringing("ruth") };
    assert_eq!(try_to_make(&site, &many).unwrap_err(), CannotInvite::HandleOnce);
    let first = make(&site, &bringing("ruth"));
    assert_eq!(refused(&site, "ruth"), NotFree::Promised);
    make(&site, &bringing("eve")); // another one is free
    assert_eq!(give_to(&site, ADA, "lovelace"), HandleSet::Done);
    assert_eq!(give_to(&site, ADA, "ada"), HandleSet::Done);
    assert_eq!((refused(&site, "ada"), refused(&site, "lovelace")), (NotFree::Taken, NotFree::UsedBefore));
    // One that is over promises nothing.
    assert_eq!(revoke(&site, &first), Revoked::Done);
    let second = make(&site, &bringing("ruth"));
    match renew(&site, &first, Lifetime::WEEK) {
        Renewed::NoHandle(of, NotFree::Promised) => assert_eq!(of, handle("ruth")),
        other => panic!("{other:?}"),
    }
    // An open one can have a new link: its handle is promised by itself.
    assert!(matches!(renew(&site, &second, Lifetime::WEEK), Renewed::Done(_)));
    site.clock.advance(8 * 24 * 3_600);
    let third = make(&site, &bringing("ruth"));
    assert_eq!(third.invitation.handle, Some(handle("ruth")));
    assert_eq!(give_to(&site, ADA, "ruth"), HandleSet::Done, "the operator may give it to someone else");
    assert!(matches!(renew(&site, &third, Lifetime::WEEK), Renewed::NoHandle(_, NotFree::Taken)));
}

#[test]
fn a_handle_is_free_again_if_the_account_that_waited_for_it_is_gone() {
    let site = by_email();
    sign_up(&site, &make(&site, &bringing("ruth")));
    assert_eq!(refused(&site, "ruth"), NotFree::Promised);
    let account = site.account(RUTH);
    let gone = account_changes::delete(&site.site, &account, Actor::CommandLine);
    site.block_on(gone).unwrap().unwrap();
    site.clock.advance(60);
    let mut ruth = sign_up(&site, &make(&site, &bringing("ruth")));
    confirm(&site, &mut ruth);
    assert_eq!(handle_of(&site, RUTH), "ruth");
}

#[test]
fn an_administrator_makes_an_invitation_with_a_handle_and_reads_it_on_its_pages() {
    let site = admin_accounts::site();
    let mut root = root(&site);
    let new = format!("{INVITATIONS}/new");
    let with = |uses: &'static str, name: &'static str| {
        let fields =
            FOR_ANYONE.map(|(field, value)| if field == "uses" { (field, uses) } else { (field, value) });
        [&fields[..], &[("handle", name)]].concat()
    };
    site.logged_in(ADA);
    assert_eq!(give_to(&site, ADA, "lovelace"), HandleSet::Done);
    assert_eq!(give_to(&site, ADA, "ada"), HandleSet::Done);
    make(&site, &nothing_but("bob"));
    for (uses, typed, field, told) in [
        ("1", "Ruth", "handle", "Use 1 to 32 of a-z, 0-9, dots, underscores and hyphens"),
        ("1", "root", "handle", "This name has a meaning of its own in apps."),
        ("1", "ada", "handle", "Another account has this user name."),
        ("1", "lovelace", "handle", "Another account once had this user name."),
        ("1", "bob", "handle", "Another invitation brings this user name."),
        ("3", "ruth", "uses", "A user name is for one account."),
    ] {
        let page = root.fill_in(&new, &new, &with(uses, typed));
        assert_eq!(page.status, Status::UnprocessableEntity, "{typed}");
        let told_there = page.pieces(&format!("id=\"{field}-error\">"), "</p>").concat().contains(told);
        assert!(told_there && page.says(&format!("value=\"{typed}\"")), "{typed}: {}", page.text());
    }
    assert_eq!(open_invitations(&site), 1);
    let made = root.fill_in(&new, &new, &with("1", " ruth "));
    assert_eq!(made.status, Status::SeeOther, "{}", made.text());
    let page = made.location().to_owned();
    let shown = root.get(&page);
    assert!(shown.says("User name in apps: <code>ruth</code>"), "{}", shown.text());
    let list = root.get(INVITATIONS);
    assert!(list.says("User name in apps: <code>ruth</code>"), "{}", list.text());
    // A page from before the field had none.
    assert_eq!(root.fill_in(&new, &new, &FOR_ANYONE).status, Status::SeeOther);
    // A new link keeps it, until someone else has it.
    let links = format!("{page}/links");
    assert_eq!(root.fill_in(&page, &links, &[("lasts", "7d")]).location(), page);
    let mut ruth = site.visitor();
    ruth.get(&link(&root.get(&page)));
    assert!(ruth.get("/invited").says("will know you by the user name ruth."));
    assert_eq!(give_to(&site, ADA, "ruth"), HandleSet::Done);
    let refused = root.fill_in(&page, &links, &[("lasts", "7d")]);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says("The user name ruth is no longer free."), "{}", refused.text());
}

#[test]
fn an_administrator_who_confirms_the_address_reads_what_became_of_the_handle() {
    let site = admin_accounts::site();
    let mut root = root(&site);
    let (mut ruth, _) = opened(&site, &make(&site, &nothing_but("ruth")));
    assert_eq!(ruth.submit("/invited", &fields(RUTH)).location(), "/confirm/new");
    let page = format!("{LIST}/{}", site.account(RUTH).id);
    assert_eq!(root.fill_in(&page, &format!("{page}/confirmation"), &[]).location(), page);
    let shown = root.get(&page);
    assert!(shown.says("User name in apps: <code>ruth</code>") && shown.says("– → ruth"), "{}", shown.text());
}
