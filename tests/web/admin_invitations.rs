//! The pages of administrators about invitations: the link that is shown once, what a form must say, the list.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName, Removed};

use crate::admin_accounts::{ROOT, root, site};
use crate::admin_pages::{
    FOR_ANYONE, INVITATIONS, all_pages, href, link, open_invitations, run, texts, works,
};
use crate::support::{ADA, BEGINNING};

#[test]
fn the_link_of_an_invitation_is_shown_once_to_who_made_it() {
    let site = site();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    site.add_to_group(ADA, "admins");
    let new = format!("{INVITATIONS}/new");
    let made = root.fill_in(&new, &new, &FOR_ANYONE);
    let page = made.location().to_owned();
    assert!(page.starts_with(&format!("{INVITATIONS}/")) && page != new, "{page}: {}", made.body);
    assert!(!made.body.contains("token="), "no answer of a form has it");
    // Another administrator does not get it, and takes nothing away.
    assert_eq!(link(&ada.get(&page)), "");
    let shown = root.get(&page);
    assert_eq!(shown.notices(), ["The invitation was created."]);
    assert!(shown.says("Give this link only to those you invite.") && shown.says("<svg"), "{}", shown.body);
    assert!(shown.says("For the summer") && shown.says("3 uses left"), "{}", shown.body);
    let first = link(&shown);
    assert!(works(&site, &first));
    assert_eq!(link(&root.get(&page)), "", "it is shown once");
    // A new one: the old one is over, and nothing else is different.
    let renewed = root.fill_in(&page, &format!("{page}/links"), &[("lasts", "30d")]);
    assert_eq!(renewed.location(), page);
    let shown = root.get(&page);
    let second = link(&shown);
    assert!(works(&site, &second) && !works(&site, &first));
    assert!(shown.says("3 uses left") && shown.says("31 January 2026"), "{}", shown.body);
    // Taken back.
    let revoked = root.fill_in(&page, &format!("{page}/revocation"), &[]);
    assert_eq!(revoked.location(), page);
    let shown = root.get(&page);
    assert_eq!(shown.notices(), ["The invitation was taken back. Its link no longer works."]);
    assert!(!works(&site, &second) && !shown.says("/revocation"), "{}", shown.body);
    assert!(root.get(INVITATIONS).says("Ended: "));
    assert_eq!(site.text("select created_by from invitations"), "administrator");
    assert_eq!(site.text("select created_by_account from invitations"), site.account(ROOT).id.as_str());
}

#[test]
fn an_invitation_is_made_once_however_often_its_form_is_sent_and_only_if_all_of_it_is_right() {
    let site = site();
    let mut root = root(&site);
    let new = format!("{INVITATIONS}/new");
    let with = |changes: &[(&'static str, &'static str)]| -> Vec<(&'static str, &'static str)> {
        let changed = |name: &str| changes.iter().find(|(changed, _)| *changed == name);
        FOR_ANYONE.iter().map(|field| *changed(field.0).unwrap_or(field)).collect()
    };
    let wrong: [(&[(&'static str, &'static str)], &str); 7] = [
        (&[("uses", "0")], "Enter a number from 1 to 10000."),
        (&[("uses", "many")], "Enter a number from 1 to 10000."),
        (&[("email", "ruth@example.org")], "An invitation for one address can be used once."),
        (&[("email", "ruth"), ("uses", "1")], "Enter an email address such as"),
        (&[("groups", "admins quire")], "There is no group quire."),
        (&[("note", "one\u{2028}two")], "Use up to 200 characters on one line."),
        (&[("lasts", "1000d")], "Part of the form got lost. Please fill it in again."),
    ];
    for (changes, told) in wrong {
        let page = root.fill_in(&new, &new, &with(changes));
        assert_eq!(page.status, Status::UnprocessableEntity, "{changes:?}");
        assert!(page.says(told), "{changes:?}: {}", page.body);
        // What was typed is still there. A time is chosen.
        let typed = changes.iter().filter(|(name, _)| *name != "lasts");
        for (_, value) in typed {
            assert!(page.says(&format!("value=\"{value}\"")), "{changes:?}: {}", page.body);
        }
    }
    // Each of many groups is looked at.
    let many: &'static str = format!("{}quire", "admins ".repeat(100)).leak();
    assert!(root.fill_in(&new, &new, &with(&[("groups", many)])).says("There is no group quire."));
    assert_eq!(open_invitations(&site), 0);
    let form = root.get(&new).form_value();
    let fields = [&[("form", &*form)], &*with(&[("groups", "admins")])].concat();
    let first = root.submit(&new, &fields).location().to_owned();
    assert_eq!(root.submit(&new, &fields).location(), first);
    assert_eq!(open_invitations(&site), 1);
    assert!(root.get(&first).says("Groups: Administrators (admins)"));
    // For an address, with an email.
    let fields = with(&[("email", "ruth@example.org"), ("uses", "1")]);
    let made = root.fill_in(&new, &new, &[&*fields, &[("mail", "yes")]].concat());
    assert_eq!(made.status, Status::SeeOther, "{}", made.body);
    assert_eq!(site.subjects("ruth@example.org"), ["You are invited to Vestibule"]);
    let shown = root.get(made.location());
    assert!(shown.says("For ruth@example.org alone"), "{}", shown.body);
    assert_eq!(shown.notices(), ["The invitation was created. An email with its link is on its way."]);
    let mailed = site.mailed_link("ruth@example.org");
    assert!(works(&site, &mailed) && works(&site, &link(&shown)) && !shown.says(&mailed), "{mailed}");
    assert!(root.get(INVITATIONS).says("2 open invitations"));
}

#[test]
fn every_invitation_is_on_one_page_of_the_list_in_both_directions() {
    let site = site();
    let mut root = root(&site);
    let row = |n: usize| {
        let id = format!("0190a5b2-0000-7000-8000-{n:012x}");
        format!("('{id}', 'hash {n}', 'Note {n:03}', 1, {}, {BEGINNING}, 'command_line')", BEGINNING + 3_600)
    };
    let rows: Vec<_> = (0..130).map(row).collect();
    run(
        &site,
        format!(
            "insert into invitations (id, token_hash, note, uses_left, ends_at, created_at, created_by) values {}",
            rows.join(", ")
        ),
    );
    let pages = all_pages(&mut root, INVITATIONS);
    let notes: Vec<Vec<String>> = pages.iter().map(|page| texts(page, "<strong><bdi>")).collect();
    assert_eq!(notes.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 30]);
    assert_eq!(notes.concat(), (0..130).rev().map(|n| format!("Note {n:03}")).collect::<Vec<_>>());
    let second = root.get(&href(&pages[2], "?after=").unwrap());
    assert_eq!(texts(&second, "<strong><bdi>"), notes[1]);
    let first = root.get(&href(&second, "?after=").unwrap());
    assert_eq!(texts(&first, "<strong><bdi>"), notes[0]);
    assert_eq!(href(&first, "?after="), None);
    // What is gone is still a place, and what is none begins at the newest.
    run(&site, "delete from invitations where note = 'Note 080'".to_owned());
    assert_eq!(texts(&root.get(&href(&pages[0], "?before=").unwrap()), "<strong><bdi>"), notes[1]);
    assert_eq!(texts(&root.get(&format!("{INVITATIONS}?before=%27")), "<strong><bdi>")[0], "Note 129");
}

#[test]
fn an_invitation_into_admins_ends_with_the_rights_of_who_made_it() {
    let site = site();
    let (mut root, mut ada) = (root(&site), site.logged_in(ADA));
    site.add_to_group(ADA, "admins");
    let new = format!("{INVITATIONS}/new");
    let mut invite = |groups: &'static str| {
        let form = [("note", ""), ("email", ""), ("groups", groups), ("uses", "3"), ("lasts", "30d")];
        let page = ada.fill_in(&new, &new, &form).location().to_owned();
        let link = link(&ada.get(&page));
        (page, link)
    };
    let ((page, into_admins), (_, into_nothing)) = (invite("admins"), invite(""));
    assert!(works(&site, &into_admins) && works(&site, &into_nothing));
    let account = site.account(ADA);
    let admins = GroupName::admins();
    let removed = groups::remove(&site.site, &admins, &account.id, Actor::CommandLine);
    assert_eq!(open_invitations(&site), 2);
    assert_eq!(site.block_on(removed).unwrap(), Removed::Done);
    assert!(!works(&site, &into_admins) && works(&site, &into_nothing));
    // The pages say so, and it does not count.
    const OVER: &str = "No longer works: the administrator who created it has lost their rights.";
    assert_eq!(open_invitations(&site), 1);
    let list = root.get(INVITATIONS);
    assert!(list.says(OVER) && list.says("1 open invitation") && !list.says("Ended: "), "{}", list.body);
    let shown = root.get(&page);
    assert!(shown.says(OVER) && !shown.says("/revocation") && shown.says("/links"), "{}", shown.body);
    // Another administrator makes it theirs.
    root.fill_in(&page, &format!("{page}/links"), &[("lasts", "30d")]);
    let shown = root.get(&page);
    let renewed = link(&shown);
    assert!(works(&site, &renewed) && !works(&site, &into_admins) && shown.says("/revocation"));
    site.change("update accounts set disabled_at = 1 where email = 'root@example.org'");
    assert!(!works(&site, &renewed));
    assert_eq!(open_invitations(&site), 1);
    site.change("update accounts set disabled_at = null");
    assert!(works(&site, &renewed));
    assert_eq!(open_invitations(&site), 2);
    // Those of the command line are as good as the machine.
    site.change("update invitations set created_by = 'command_line', created_by_account = null");
    assert_eq!(open_invitations(&site), 2);
}
