//! The page of administrators about emails that wait: tried again, dropped, and that their owners read it.

use rocket::http::Status;

use crate::admin_accounts::{self, root, site};
use crate::admin_pages::{ACTIVITY, EMAILS, all_pages, email, href, texts};
use crate::support::{ADA, BEGINNING, Setup, Visitor};

#[test]
fn an_email_that_waits_is_tried_again_or_dropped_and_its_owner_reads_that() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let waits = email(&site, 1, Some(ADA), 3_600, false);
    let underway = email(&site, 2, None, 15 * 60, false);
    let given_up = email(&site, 3, None, 3_600, true);
    let page = root.get(EMAILS);
    assert!(page.says("2 emails wait to be sent.") && page.says("1 email was given up."), "{}", page.body);
    assert!(page.says("The password was changed") && !page.says("<code>password</code>"), "{}", page.body);
    assert!(page.says("the server is full") && page.says("person1@example.org"), "{}", page.body);
    assert!(!page.says("of the email"), "what an email says is no one's business: {}", page.body);
    assert_eq!(page.pieces("/attempts\"", ">").len(), 2, "what was given up is erased: {}", page.body);
    let press = |root: &mut Visitor<'_>, id: &str, button: &str| {
        let answer = root.fill_in(EMAILS, &format!("{EMAILS}/{id}/{button}"), &[]);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, EMAILS), "{id}: {}", answer.body);
        root.get(EMAILS).notices().concat()
    };
    let due = |id: &str| site.number(format!("select due_at from outbox where id = '{id}'").leak());
    assert!(press(&mut root, &underway, "attempts").starts_with("The email may be on its way right now."));
    assert_eq!(due(&underway), BEGINNING + 15 * 60);
    assert!(
        press(&mut root, &given_up, "attempts")
            .starts_with("The email was sent in the meantime, or is given up.")
    );
    assert_eq!(press(&mut root, &waits, "attempts"), "The email will be tried again within a minute.");
    assert_eq!(site.number("select count(*) from audit where event = 'email_retried'"), 1);
    let dropped = email(&site, 4, Some(ADA), 3_600, false);
    for id in [&underway, &given_up, &dropped] {
        assert_eq!(press(&mut root, id, "removal"), "The email was dropped.");
    }
    let activity = ada.get("/settings/activity");
    assert!(
        activity.says("An administrator dropped an email to you before it was sent"),
        "{}",
        activity.body
    );
    let gone = "0190a5b2-0000-7000-8000-00000000beef";
    assert!(press(&mut root, gone, "removal").starts_with("The email was sent in the meantime"));
    assert_eq!(root.post(&format!("{EMAILS}/x/removal"), "").status, Status::NotFound);
    let acts = root.get(ACTIVITY);
    assert!(
        acts.says("A waiting email was dropped")
            && acts.says("<p class=\"fine\">The password was changed</p>"),
        "{}",
        acts.body
    );
}

#[test]
fn every_email_is_on_one_page_of_the_list() {
    let site = site();
    let mut root = root(&site);
    for number in 0..101 {
        email(&site, number, None, 3_600, number % 2 == 0);
    }
    let pages = all_pages(&mut root, EMAILS);
    let addresses: Vec<String> = pages.iter().flat_map(|page| texts(page, "<strong><bdi>")).collect();
    let expected: Vec<_> = (0..101).rev().map(|n| format!("person{n}@example.org")).collect();
    assert_eq!(addresses, expected);
    assert_eq!(pages.len(), 3);
    let second = root.get(&href(&pages[2], "?after=").unwrap());
    assert_eq!(texts(&second, "<strong><bdi>"), expected[50..100]);
    // Without email there is nothing, and it says why.
    let site = Setup::new().build();
    assert!(admin_accounts::root(&site).get(EMAILS).says("This site sends no emails."));
}
