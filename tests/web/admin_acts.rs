//! What administrators do to an account: felt on the next request, told to its owner, and never done to their own.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, Removed};

use crate::admin_accounts::{BOB, LIST, ROOT, root, site};
use crate::support::{ADA, Answer, PASSWORD, TestSite, Visitor};

/// The page of an account.
pub fn page_of(site: &TestSite, email: &str) -> String {
    format!("{LIST}/{}", site.account(email).id)
}

/// Presses a button on the page of an account, and returns that page as it is afterwards.
pub fn press(root: &mut Visitor<'_>, page: &str, button: &str, fields: &[(&str, &str)]) -> Answer {
    let answer = root.fill_in(page, &format!("{page}/{button}"), fields);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, page), "{button}: {}", answer.body);
    root.get(page)
}

/// The link that a page shows, without the site's own address.
pub fn handed_over(page: &Answer) -> String {
    let code = page.pieces("<code>http", "</code>")[0].replace("&#x2F;", "/");
    code.strip_prefix("<code>http://localhost:8000").unwrap().to_owned()
}

#[test]
fn what_is_done_to_an_account_is_felt_on_the_next_request() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let page = page_of(&site, ADA);
    assert!(ada.is_logged_in());
    let shown = press(&mut root, &page, "disabling", &[]);
    assert_eq!(shown.notices(), ["The account was disabled. All its sessions ended."]);
    assert!(
        shown.says("The account has been disabled since") && shown.says("Logged in nowhere"),
        "{}",
        shown.body
    );
    assert!(!ada.is_logged_in());
    ada.log_in(ADA, PASSWORD);
    assert!(!ada.is_logged_in(), "no one can log in to it");
    let shown = press(&mut root, &page, "enabling", &[]);
    assert_eq!(shown.notices(), ["The account was enabled again. Its owner can log in."]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");

    let mut second = site.logged_in(ADA);
    assert!(root.get(&page).says("Logged in on 2 devices"));
    let place = site.text(
        "select sessions.id from sessions join accounts on accounts.id = account_id \
         where email_key = 'ada@example.org' order by sessions.id limit 1",
    );
    let shown = press(&mut root, &page, "devices", &[("place", &place)]);
    assert!(shown.says("Logged in on 1 device"), "{}", shown.body);
    assert_ne!(ada.is_logged_in(), second.is_logged_in());
    let shown = press(&mut root, &page, "logout", &[]);
    assert_eq!(shown.notices(), ["The account was logged out everywhere."]);
    assert!(!ada.is_logged_in() && !second.is_logged_in());

    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let wrong = root.fill_in(&page, &format!("{page}/deletion"), &[("confirmation", BOB)]);
    assert_eq!(wrong.status, Status::UnprocessableEntity);
    assert!(
        wrong.says("This is not the email address of this account.") && ada.is_logged_in(),
        "{}",
        wrong.body
    );
    let gone = root.fill_in(&page, &format!("{page}/deletion"), &[("confirmation", "Ada@EXAMPLE.org")]);
    assert_eq!(gone.location(), LIST, "{}", gone.body);
    assert_eq!(root.get(LIST).notices(), ["The account was deleted."]);
    assert_eq!(root.get(&page).status, Status::NotFound);
    assert!(!ada.is_logged_in());
    assert_eq!(site.subjects(ADA).last().unwrap(), "Your account at Vestibule was deleted");

    let (admins, account) = (GroupName::admins(), site.account(ROOT).id);
    let removed = groups::remove(&site.site, &admins, &account, Actor::CommandLine);
    assert_eq!(site.block_on(removed).unwrap(), Removed::Done);
    assert_eq!(root.get(LIST).status, Status::NotFound);
}

#[test]
fn the_owner_reads_what_an_administrator_did_and_not_which_one() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let page = page_of(&site, ADA);
    let shown = press(&mut root, &page, "links", &[]);
    assert_eq!(shown.notices(), ["The link was made. It is shown below, once."]);
    assert!(shown.says("Only Ada should see this.") && shown.says("<svg"), "{}", shown.body);
    let link = handed_over(&shown);
    assert!(link.starts_with("/reset?token="), "{link}");
    let again = root.get(&page);
    assert!(!again.says("/reset?token=") && !again.says("Only Ada should see this."), "it is shown once");
    assert_eq!(site.subjects(ADA).last().unwrap(), "A link was made for your account at Vestibule");
    let mail = site.newest(ADA);
    assert!(mail.text.contains("Done by: an administrator of this site"), "{}", mail.text);
    assert!(!mail.text.contains("token="), "the link is in the hands of the administrator: {}", mail.text);
    press(&mut root, &page, "disabling", &[]);
    press(&mut root, &page, "enabling", &[]);
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    let activity = ada.get("/settings/activity");
    for sentence in [
        "An administrator made a link to choose a new password",
        "An administrator disabled the account",
        "An administrator enabled the account again",
        "By an administrator of this site",
    ] {
        assert!(activity.says(sentence), "{sentence}: {}", activity.body);
    }
    let copy = ada.export().to_string();
    for secret in [ROOT, "Root", site.account(ROOT).id.as_str()] {
        assert!(!activity.says(secret) && !copy.contains(secret), "{secret}");
    }
    // On the page of administrators it says who, and in the rows what was before.
    let shown = root.get(&page);
    let who = format!("<a href=\"{}\"><bdi>Root</bdi></a>", page_of(&site, ROOT));
    assert!(shown.says(&who), "{}", shown.body);
    assert_eq!(
        site.text("select detail from audit where event = 'disabled'"),
        r#"{"before":"enabled","after":"disabled"}"#
    );
    assert_eq!(
        site.text("select actor_id from audit where event = 'disabled'"),
        site.account(ROOT).id.as_str()
    );
    // The link is one of the account's: it ended when that was disabled.
    let mut late = site.visitor();
    late.get(&link);
    assert_eq!(late.get("/reset").status, Status::Gone);
}

#[test]
fn ones_own_account_is_changed_in_the_settings_alone() {
    let site = site();
    let mut root = root(&site);
    let page = page_of(&site, ROOT);
    let shown = root.get(&page);
    assert!(shown.says("This is your own account. Change it in the settings."), "{}", shown.body);
    for button in ["disabling", "links", "confirmation", "unlocking", "factor-removal", "logout"] {
        let answer = root.post(&format!("{page}/{button}"), "");
        assert_eq!(answer.location(), page, "{button}");
        let told = "This is your own account. Change it in the settings. Nothing was changed.";
        assert_eq!(root.get(&page).notices()[0], told, "{button}");
    }
    let deleted = root.submit(&format!("{page}/deletion"), &[("confirmation", ROOT)]);
    assert_eq!(deleted.location(), page);
    assert_eq!(site.number("select count(*) from links"), 0);
    assert!(root.is_logged_in());
}

#[test]
fn a_form_that_is_sent_twice_does_it_once() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let page = page_of(&site, ADA);
    let form = root.get(&page).form_value();
    for _ in 0..2 {
        let answer = root.submit(&format!("{page}/disabling"), &[("form", &form)]);
        assert_eq!(answer.location(), page);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'disabled'"), 1);
    let form = root.get(&page).form_value();
    let fields = [("form", &*form), ("confirmation", ADA)];
    for _ in 0..2 {
        assert_eq!(root.submit(&format!("{page}/deletion"), &fields).location(), LIST);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'deleted'"), 1);
    let nowhere = root.get(&format!("{LIST}/no-such-id"));
    assert_eq!(nowhere.status, Status::NotFound);
}
