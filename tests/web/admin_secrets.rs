//! No page of administrators shows a hash, a token or a secret: neither those about accounts nor the others.

use rocket::http::Status;

use crate::admin_accounts::{LIST, root, site};
use crate::admin_acts::page_of;
use crate::admin_pages::{ACTIVITY, APPS, EMAILS, GROUPS, INVITATIONS, SYSTEM, email, link};
use crate::support::{ADA, Answer, PASSWORD};

#[test]
fn no_page_of_administrators_has_a_hash_a_token_or_a_secret() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.visitor();
    site.logged_in(ADA);
    assert_eq!(ada.log_in_remembered(ADA, PASSWORD).location(), "/profile");
    site.visitor().submit("/forgot", &[("email", ADA)]);
    site.mails();
    let texts = [
        "select hash from passwords",
        "select token_hash from sessions",
        "select token_hash from remember_tokens",
        "select token_hash from links",
    ];
    let mut secrets: Vec<String> = Vec::new();
    for sql in texts {
        let rows: Vec<String> = site.block_on(sqlx::query_scalar(sql).fetch_all(site.db.reader())).unwrap();
        secrets.extend(rows);
    }
    secrets.extend(ada.jar.iter().map(|(_, value)| value.clone()));
    secrets.push(site.mailed_link(ADA).split('=').nth(1).unwrap().to_owned());
    secrets.retain(|secret| secret.len() > 20);
    assert!(secrets.len() >= 7, "{secrets:?}");
    let page = page_of(&site, ADA);
    let all = [LIST.to_owned(), page.clone(), format!("{LIST}?search=ada"), format!("{LIST}/new")];
    for path in all {
        let answer = root.get(&path);
        assert_eq!(answer.status, Status::Ok, "{path}");
        for secret in &secrets {
            assert!(!answer.text().contains(&**secret), "{path}: {secret}");
        }
    }
}

#[test]
fn no_answer_has_a_hash_a_token_or_a_secret() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    site.visitor().submit("/forgot", &[("email", ADA)]);
    let mut answers: Vec<Answer> = Vec::new();
    let new = format!("{INVITATIONS}/new");
    let fields = [
        ("note", ""),
        ("email", "ruth@example.org"),
        ("groups", ""),
        ("uses", "1"),
        ("lasts", "1h"),
        ("mail", "yes"),
    ];
    answers.push(root.fill_in(&new, &new, &fields));
    let invitation = answers[0].location().to_owned();
    let shown_once = root.get(&invitation);
    let handed_over = link(&shown_once);
    email(&site, 1, Some(ADA), 3_600, false);
    answers.push(root.fill_in(GROUPS, GROUPS, &[("name", "choir"), ("title", "")]));
    site.app("wiki", "Our wiki", &["choir"], &["https://wiki.example.org"]);
    let pages = [
        INVITATIONS,
        &*invitation,
        &*new,
        GROUPS,
        "/admin/groups/admins",
        "/admin/groups/choir",
        APPS,
        "/admin/apps/wiki",
        "/admin/apps/wiki/accounts",
        "/admin/apps/wiki/removal",
        EMAILS,
        ACTIVITY,
        SYSTEM,
    ];
    answers.extend(pages.map(|page| root.get(page)));
    site.mails();
    let mut secrets: Vec<String> = Vec::new();
    for sql in [
        "select hash from passwords",
        "select token_hash from sessions",
        "select token_hash from links",
        "select token_hash from invitations",
        "select mailed_hash from invitations where mailed_hash is not null",
    ] {
        let rows: Vec<String> = site.block_on(sqlx::query_scalar(sql).fetch_all(site.db.reader())).unwrap();
        secrets.extend(rows);
    }
    let token = |link: &str| link.split_once("token=").unwrap().1.to_owned();
    secrets.extend([
        token(&handed_over),
        token(&site.mailed_link("ruth@example.org")),
        token(&site.mailed_link(ADA)),
    ]);
    secrets.extend(root.jar.iter().map(|(_, value)| value.clone()));
    secrets.push("of the email".to_owned());
    secrets.retain(|secret| secret.len() > 10);
    assert!(secrets.len() >= 8, "{secrets:?}");
    let all = |answer: &Answer| secrets.iter().filter(|secret| answer.text().contains(&***secret)).count();
    for answer in &answers {
        assert_eq!(all(answer), 0, "{}", answer.body);
    }
    assert_eq!(all(&shown_once), 1, "its own link, and nothing else: {}", shown_once.body);
}
