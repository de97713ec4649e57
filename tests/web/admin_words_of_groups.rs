//! How the pages of administrators call groups and people: by the title that people know, with the name in brackets; and a
//! person whose account an administrator made is no stranger.

use rocket::http::Status;

use crate::admin_accounts::{LIST, ROOT, root, site};
use crate::admin_acts::{page_of, press};
use crate::admin_pages::{FOR_ANYONE, GROUPS, INVITATIONS, run};
use crate::support::{ADA, BEGINNING, TestSite};

const RUTH: &str = "ruth@example.org";

fn groups(site: &TestSite) {
    let groups = [
        ("altos", "The choir"),
        ("editors", "Those who write"),
        ("members", "Mitglieder"),
        ("sopranos", "The choir"),
    ];
    for (name, title) in groups {
        run(site, format!("insert into groups values ('{name}', '{title}', {BEGINNING}, 'command_line')"));
    }
}

#[test]
fn a_group_is_typed_by_its_name_or_its_title_and_called_by_both() {
    const BOTH: &str = "Groups: Those who write (editors), Mitglieder (members)";
    let site = site();
    let mut root = root(&site);
    groups(&site);
    let new = format!("{LIST}/new");
    let form = root.get(&new);
    assert!(form.says("The choir (altos), Those who write (editors), Mitglieder (members)"), "{}", form.body);
    let account = |groups: &'static str| [("email", RUTH), ("name", "Ruth"), ("groups", groups)];
    for (typed, told) in [
        ("the choir", "Several groups are called the choir. Enter the name of the one you mean."),
        ("members, The library", "There is no group The library."),
    ] {
        let wrong = root.fill_in(&new, &new, &account(typed));
        assert_eq!(wrong.status, Status::UnprocessableEntity, "{typed}");
        assert!(wrong.says(told), "{typed}: {}", wrong.text());
    }
    let made = root.fill_in(&new, &new, &account("mitglieder, Those who write"));
    assert_eq!(made.location(), page_of(&site, RUTH), "{}", made.text());
    let list = root.get(LIST);
    assert!(list.says(BOTH) && list.says("Groups: Administrators (admins)"), "{}", list.text());
    assert!(list.says("<option value=\"group:members\">Mitglieder (members)</option>"), "{}", list.body);
    // As it is shown, it can be typed.
    let new = format!("{INVITATIONS}/new");
    let shown = ("groups", "Mitglieder (members), Those who write (editors)");
    let fields = FOR_ANYONE.map(|field| if field.0 == "groups" { shown } else { field });
    let made = root.fill_in(&new, &new, &fields);
    for page in [made.location(), INVITATIONS] {
        let page = root.get(page);
        assert!(
            page.says("Mitglieder (members)") && page.says("Those who write (editors)"),
            "{}",
            page.text()
        );
    }
}

#[test]
fn an_account_that_an_administrator_made_is_added_on_the_page_of_a_group() {
    let site = site();
    let mut root = root(&site);
    groups(&site);
    let new = format!("{LIST}/new");
    root.fill_in(&new, &new, &[("email", RUTH), ("name", "Ruth"), ("groups", "")]);
    assert_eq!(site.number("select count(*) from accounts where confirmed_at is null"), 1);
    let group = format!("{GROUPS}/members");
    let added = root.fill_in(&group, &format!("{group}/members"), &[("email", RUTH)]);
    assert_eq!(added.location(), group, "{}", added.text());
    assert_eq!(root.get(&group).notices(), ["The account was added to the group."]);
}

#[test]
fn the_owner_reads_who_made_the_link_that_changes_the_address() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    press(&mut root, &page_of(&site, ADA), "addresses", &[("new_email", "ada@new.example")]);
    let page = ada.get("/settings/account");
    let told = "An administrator made a link that changes it to ada@new.example, and will give it to you.";
    assert!(page.says(told) && !page.says("You asked to change it"), "{}", page.text());
    assert!(!page.says("Root") && !page.says(ROOT), "{}", page.text());
}

/// An invitation for anyone would be made where one for a person was meant.
#[test]
fn an_invitation_is_emailed_to_an_address_alone() {
    let site = site();
    let mut root = root(&site);
    let new = format!("{INVITATIONS}/new");
    assert!(!root.get(&new).body.contains("value=\"yes\" checked"));
    let wrong = root.fill_in(&new, &new, &[&FOR_ANYONE[..], &[("mail", "yes")]].concat());
    assert_eq!(wrong.status, Status::UnprocessableEntity);
    let told = "Enter the address that gets the email, or take the tick away below.";
    assert!(wrong.says(told) && wrong.body.contains("value=\"yes\" checked"), "{}", wrong.text());
    assert_eq!(site.number("select count(*) from invitations"), 0);
}
