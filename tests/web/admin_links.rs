//! Links that administrators make for the owner of an account: to choose a password, to confirm another address, to
//! begin with a new account.

use rocket::http::Status;

use crate::admin_accounts::{BOB, LIST, root, site};
use crate::admin_acts::{handed_over, page_of, press};
use crate::support::{ADA, PASSWORD};

#[test]
fn a_link_of_an_administrator_lets_its_owner_choose_a_password() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let shown = press(&mut root, &page_of(&site, ADA), "links", &[]);
    let link = handed_over(&shown);
    let mut ada = site.visitor();
    assert_eq!(ada.get(&link).location(), "/reset");
    let chosen = "seven lazy violet teapots";
    assert_eq!(ada.submit("/reset", &[("new_password", chosen)]).status, Status::SeeOther);
    assert_eq!(site.visitor().log_in(ADA, chosen).location(), "/profile");
    assert_ne!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

#[test]
fn another_address_takes_a_link_that_its_owner_uses_with_the_password() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.logged_in(BOB);
    let page = page_of(&site, ADA);
    let action = format!("{page}/addresses");
    for (typed, told) in [
        ("", "Enter your email address."),
        ("ada", "Enter an email address such as ada@example.org."),
        (ADA, "That is already the address of this account."),
        (BOB, "That address belongs to another account."),
    ] {
        let wrong = root.fill_in(&page, &action, &[("new_email", typed)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{typed}");
        assert!(wrong.says(told) && wrong.says("<details open>"), "{typed}: {}", wrong.body);
    }
    let made = root.fill_in(&page, &action, &[("new_email", "ada@new.example")]);
    assert_eq!(made.location(), page);
    let shown = root.get(&page);
    assert!(
        shown.says("/change-email?token=") && shown.says("ada@example.org → ada@new.example"),
        "{}",
        shown.body
    );
    let pending = "An administrator made a link that changes the address to ada@new.example.";
    assert!(shown.says(pending), "{}", shown.body);
    assert_eq!(site.account(ADA).email.as_str(), ADA, "nothing has changed yet");
    assert_eq!(site.subjects(ADA).last().unwrap(), "A link was made for your account at Vestibule");
}

#[test]
fn the_page_says_that_it_was_the_owner_who_asked_for_another_address() {
    let site = site();
    let mut root = root(&site);
    let mut bob = site.logged_in(BOB);
    bob.submit("/settings/email", &[("email", "bob@new.example")]);
    let shown = root.get(&page_of(&site, BOB));
    assert!(shown.says("The owner asked to change the address to bob@new.example."), "{}", shown.body);
}

#[test]
fn no_link_for_another_address_is_made_without_a_password_to_use_it_with() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.change(
        "delete from passwords \
         where account_id in (select id from accounts where email_key = 'ada@example.org')",
    );
    let page = page_of(&site, ADA);
    let links = "select count(*) from links";
    let before = site.number(links);
    let action = format!("{page}/addresses");
    let refused = root.fill_in(&page, &action, &[("new_email", "ada@new.example")]);
    assert_eq!((refused.status, site.number(links)), (Status::UnprocessableEntity, before));
    let told = "There is no password, and the link would ask for it. Make a reset link first.";
    assert!(refused.says(told), "{}", refused.body);
}

#[test]
fn a_new_account_has_no_password_until_its_owner_chooses_one() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(BOB);
    site.add_to_group(BOB, "choir");
    let new = format!("{LIST}/new");
    for (fields, told) in [
        (["", "Ada", ""], "Enter your email address."),
        ([ADA, "", ""], "An account needs a name."),
        ([BOB, "Bob", ""], "That address belongs to another account."),
        ([ADA, "Ada", "choir quire"], "There is no group quire."),
    ] {
        let [email, name, groups] = fields;
        let wrong = root.fill_in(&new, &new, &[("email", email), ("name", name), ("groups", groups)]);
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{fields:?}");
        assert!(wrong.says(told), "{fields:?}: {}", wrong.body);
    }
    assert_eq!(site.number("select count(*) from accounts"), 2);
    let made = root.fill_in(&new, &new, &[("email", ADA), ("name", "Ada"), ("groups", "choir, admins")]);
    let page = page_of(&site, ADA);
    assert_eq!(made.location(), page, "{}", made.body);
    let shown = root.get(&page);
    assert!(
        shown.says("Only Ada should see this.") && shown.says("The owner has not used the link yet."),
        "{}",
        shown.body
    );
    assert!(shown.says("If it is mistyped, delete the account and create it again."), "{}", shown.body);
    assert!(shown.says("In 2 groups") && shown.says("<bdi>Administrators</bdi>"), "{}", shown.body);
    assert_eq!(site.subjects(ADA), ["An account for you at Vestibule"]);
    let mut ada = site.visitor();
    ada.log_in(ADA, "");
    assert!(!ada.is_logged_in());
    assert_eq!(ada.get(&site.mailed_link(ADA)).location(), "/reset");
    // The address was never confirmed, so the page asks for the name as well.
    let chosen = [("name", "Ada Lovelace"), ("new_password", PASSWORD)];
    assert_eq!(ada.submit("/reset", &chosen).status, Status::SeeOther);
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}
