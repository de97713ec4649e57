//! What accounts are called in apps: given by the operator and by administrators alone, seen by the owner, and never the
//! name of two accounts, not even of one after the other.

use rocket::futures::future::join_all;
use rocket::http::Status;
use vestibule::features::{account_changes, account_handle, housekeeping};
use vestibule::people::accounts::{self, Handle, HandleSet};
use vestibule::people::{AccountId, Actor};

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::apply::applied;
use crate::support::{ADA, PASSWORD, TestSite};

const DAY: i64 = 24 * 3_600;

/// Gives an account a handle; an empty one takes it away.
pub fn give(site: &TestSite, account: &AccountId, handle: &str) -> HandleSet {
    let handle = (!handle.is_empty()).then(|| Handle::parse(handle).unwrap());
    let set = account_handle::set_handle(&site.site, account, handle.as_ref(), Actor::CommandLine);
    site.block_on(set).unwrap()
}

/// The handle of an account; empty if it has none.
pub fn handle_of(site: &TestSite, email: &str) -> String {
    site.account(email).handle.map(|handle| handle.as_str().to_owned()).unwrap_or_default()
}

/// The account of Bob, who exists in order to ask for handles of others.
pub fn bob(site: &TestSite) -> AccountId {
    site.logged_in(BOB);
    site.account(BOB).id
}

#[test]
fn no_two_accounts_have_a_handle_at_once_or_one_after_the_other() {
    let site = TestSite::new();
    site.logged_in(ADA);
    let (ada, bob) = (site.account(ADA).id, bob(&site));
    let events = || site.number("select count(*) from audit where event = 'handle_changed'");
    assert_eq!(give(&site, &ada, "ada"), HandleSet::Done);
    assert_eq!(give(&site, &ada, "ada"), HandleSet::Unchanged);
    assert_eq!(give(&site, &bob, "ada"), HandleSet::Taken);
    assert_eq!((handle_of(&site, ADA), handle_of(&site, BOB), events()), ("ada".into(), String::new(), 1));
    assert_eq!(give(&site, &ada, "lovelace"), HandleSet::Done);
    assert_eq!(give(&site, &bob, "ada"), HandleSet::UsedBefore);
    // Its own old one: a mistake can be undone.
    assert_eq!(give(&site, &ada, "ada"), HandleSet::Done);
    assert_eq!(give(&site, &bob, "lovelace"), HandleSet::UsedBefore);
    assert_eq!(give(&site, &ada, ""), HandleSet::Done);
    assert_eq!(give(&site, &ada, ""), HandleSet::Unchanged);
    for lost in ["ada", "lovelace"] {
        assert_eq!(give(&site, &bob, lost), HandleSet::UsedBefore);
    }
    assert_eq!((handle_of(&site, ADA), handle_of(&site, BOB), events()), (String::new(), String::new(), 4));
    assert_eq!(site.number("select count(*) from old_handles where account_id is not null"), 2);
    assert!(
        !site.rows_without("detail").contains("lovelace"),
        "only its hash is kept, and the events say it"
    );
    assert_eq!(give(&site, &bob, "bob"), HandleSet::Done);
    let no_one = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap();
    assert_eq!(give(&site, &no_one, "nobody-else"), HandleSet::Unchanged);
}

/// PostgreSQL does nothing more in a transaction with an error.
#[test]
fn a_transaction_goes_on_after_a_handle_that_another_account_has() {
    let site = TestSite::new();
    site.logged_in(ADA);
    let (ada, bob) = (site.account(ADA).id, bob(&site));
    assert_eq!(give(&site, &ada, "ada"), HandleSet::Done);
    let [hers, free] = ["ada", "bob"].map(|handle| Handle::parse(handle).unwrap());
    let set = async {
        let (mut tx, now) = (site.site.db.begin_locked(&[bob.lock_key()]).await?, site.site.clock.now());
        let taken = accounts::set_handle(&mut tx, &bob, Some(&hers), now).await?;
        let given = accounts::set_handle(&mut tx, &bob, Some(&free), now).await?;
        tx.commit().await?;
        Ok::<_, sqlx::Error>([taken, given])
    };
    assert_eq!(site.block_on(set).unwrap(), [HandleSet::Taken, HandleSet::Done]);
    assert_eq!([handle_of(&site, ADA), handle_of(&site, BOB)], ["ada", "bob"]);
}

#[test]
fn of_several_that_get_a_handle_at_once_one_has_it() {
    let site = TestSite::new();
    let emails: Vec<String> = (0..8).map(|n| format!("person{n}@example.org")).collect();
    let accounts: Vec<AccountId> = emails
        .iter()
        .map(|email| {
            site.logged_in(email);
            site.account(email).id
        })
        .collect();
    let handle = Handle::parse("ada").unwrap();
    let given = accounts
        .iter()
        .map(|account| account_handle::set_handle(&site.site, account, Some(&handle), Actor::CommandLine));
    let given = site.block_on(join_all(given));
    let given: Vec<HandleSet> = given.into_iter().map(Result::unwrap).collect();
    let count = |set: HandleSet| given.iter().filter(|given| **given == set).count();
    assert_eq!((count(HandleSet::Done), count(HandleSet::Taken)), (1, 7), "{given:?}");
    assert_eq!(site.number("select count(*) from accounts where handle = 'ada'"), 1);
}

/// Deletes Ada's account in one of the ways that there are.
type Way = fn(&TestSite);

const WAYS: [(&str, Way); 6] = [
    ("by its owner", |site| {
        let mut ada = site.visitor();
        ada.log_in(ADA, PASSWORD);
        site.clock.advance(2);
        assert_eq!(ada.close_account().location(), "/");
    }),
    ("by an administrator", |site| {
        let mut root = root(site);
        let page = format!("{LIST}/{}", site.account(ADA).id);
        let gone = root.fill_in(&page, &format!("{page}/deletion"), &[("confirmation", ADA)]);
        assert_eq!(gone.location(), LIST, "{}", gone.body);
    }),
    ("on the command line", |site| {
        let account = site.account(ADA);
        site.block_on(account_changes::delete(&site.site, &account, Actor::CommandLine)).unwrap().unwrap();
    }),
    ("by a file", |site| {
        let file = format!("[[accounts]]\nemail = \"{ADA}\"\nstate = \"absent\"\n");
        assert_eq!(applied(site, &file), [format!("account {ADA}: deleted")]);
    }),
    ("since no one confirmed it", |site| {
        site.change(
            "update accounts set confirmed_at = null, logged_in_at = null, confirm_asked_at = created_at \
             where email_key = 'ada@example.org'",
        );
        site.mails();
        site.clock.advance(8 * DAY);
        site.block_on(housekeeping::sweep(&site.site)).unwrap();
    }),
    ("by its owner after other handles", |site| {
        let ada = site.account(ADA).id;
        assert_eq!(give(site, &ada, "lovelace"), HandleSet::Done);
        assert_eq!(give(site, &ada, "ada"), HandleSet::Done);
        let account = site.account(ADA);
        site.block_on(account_changes::delete(&site.site, &account, Actor::CommandLine)).unwrap().unwrap();
    }),
];

#[test]
fn a_handle_stays_that_of_an_account_which_is_deleted_in_whatever_way() {
    for (how, delete) in WAYS {
        let site = site();
        site.ada_by_mail();
        assert_eq!(give(&site, &site.account(ADA).id, "ada"), HandleSet::Done, "{how}");
        delete(&site);
        assert_eq!(
            site.number("select count(*) from accounts where email_key = 'ada@example.org'"),
            0,
            "{how}"
        );
        let bob = bob(&site);
        assert_eq!(give(&site, &bob, "ada"), HandleSet::UsedBefore, "{how}");
        // Not even one with the same address.
        site.logged_in(ADA);
        assert_eq!(give(&site, &site.account(ADA).id, "ada"), HandleSet::UsedBefore, "{how}");
        let left = site.number("select count(*) from old_handles where account_id is null");
        assert_eq!(left, site.number("select count(*) from old_handles"), "{how}: of no account");
    }
}

#[test]
fn an_administrator_gives_a_handle_and_its_owner_sees_it() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let emails = site.mails().len();
    let page = format!("{LIST}/{}", site.account(ADA).id);
    let form = format!("{page}/handle");
    assert!(!ada.get("/settings/account").says("User name in apps"));
    let given = root.fill_in(&page, &form, &[("handle", " ada ")]);
    assert_eq!((given.status, given.location()), (Status::SeeOther, &*page), "{}", given.body);
    let shown = root.get(&page);
    assert_eq!(shown.notices(), ["The user name in apps was saved."]);
    assert!(shown.says("User name in apps: <code>ada</code>") && shown.says("– → ada"), "{}", shown.body);
    root.fill_in(&page, &form, &[("handle", "lovelace")]);
    let shown = root.get(&page);
    assert!(shown.says("<code>lovelace</code>") && shown.says("ada → lovelace"), "{}", shown.body);
    assert_eq!(
        site.text("select detail from audit where event = 'handle_changed' order by id desc limit 1"),
        r#"{"before":"ada","after":"lovelace"}"#
    );
    let done = root.get("/admin/activity");
    assert!(done.says("The user name in apps was changed") && done.says("ada → lovelace"), "{}", done.body);

    let settings = ada.get("/settings/account");
    assert!(
        settings.says("User name in apps") && settings.says("<code>lovelace</code>"),
        "{}",
        settings.body
    );
    let activity = ada.get("/settings/activity");
    assert!(activity.says("An administrator changed your user name in apps"), "{}", activity.body);
    assert!(!activity.says("lovelace"), "as with all events, what was before is for administrators");
    assert_eq!(site.mails().len(), emails, "no email");
    assert_eq!(ada.export()["account"]["handle"], "lovelace");

    // Empty takes it away.
    root.fill_in(&page, &form, &[("handle", "")]);
    assert!(!root.get(&page).says("User name in apps: "));
    assert!(ada.export()["account"]["handle"].is_null());
    assert!(!ada.get("/settings/account").says("User name in apps"));
}

#[test]
fn a_handle_that_cannot_be_given_is_told_at_its_field() {
    let site = site();
    let mut root = root(&site);
    let bob = bob(&site);
    assert_eq!(give(&site, &bob, "builder"), HandleSet::Done);
    assert_eq!(give(&site, &bob, "bob"), HandleSet::Done);
    site.logged_in(ADA);
    let page = format!("{LIST}/{}", site.account(ADA).id);
    for (typed, told) in [
        ("Ada", "Use 1 to 32 of a-z, 0-9, dots, underscores and hyphens"),
        ("ada lovelace", "Use 1 to 32 of a-z"),
        ("-ada", "Use 1 to 32 of a-z"),
        ("root", "This name has a meaning of its own in apps."),
        ("bob", "Another account has this user name."),
        ("builder", "Another account once had this user name."),
    ] {
        let refused = root.fill_in(&page, &format!("{page}/handle"), &[("handle", typed)]);
        assert_eq!(refused.status, Status::UnprocessableEntity, "{typed}");
        assert!(refused.says(told) && refused.says("id=\"handle-error\""), "{typed}: {}", refused.body);
        assert!(refused.says(&format!("value=\"{typed}\"")), "{typed} stands there again");
        assert!(refused.says("<details open>"), "{typed}");
    }
    assert_eq!(root.fill_in(&page, &format!("{page}/handle"), &[]).status, Status::UnprocessableEntity);
    assert_eq!(handle_of(&site, ADA), "");
    assert_eq!(site.number("select count(*) from old_handles"), 1, "what was refused is taken back");
    let nowhere = format!("{LIST}/01890a5d-ac96-774b-bcce-b302099a8057/handle");
    assert_eq!(root.submit(&nowhere, &[("handle", "ada")]).status, Status::NotFound);
}

#[test]
fn owners_cannot_give_themselves_a_handle_but_administrators_can() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let id = site.account(ADA).id;
    let refused = ada.submit(&format!("{LIST}/{id}/handle"), &[("handle", "ada")]);
    assert_eq!(refused.status, Status::NotFound);
    ada.submit("/settings/account", &[("name", "Ada"), ("handle", "ada")]);
    site.visitor().submit(
        "/signup",
        &[("email", "eve@example.org"), ("name", "Eve"), ("password", PASSWORD), ("handle", "eve")],
    );
    assert_eq!(site.number("select count(*) from accounts where handle is not null"), 0);
    let own = format!("{LIST}/{}", site.account(ROOT).id);
    assert_eq!(root.fill_in(&own, &format!("{own}/handle"), &[("handle", "ruth")]).location(), own);
    assert_eq!(handle_of(&site, ROOT), "ruth");
}

#[test]
fn a_form_that_is_sent_twice_changes_a_handle_once() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = format!("{LIST}/{}", site.account(ADA).id);
    let value = root.get(&page).form_value();
    for _ in 0..2 {
        let answer = root.submit(&format!("{page}/handle"), &[("form", &value), ("handle", "ada")]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, &*page));
    }
    assert_eq!(site.number("select count(*) from audit where event = 'handle_changed'"), 1);
}
