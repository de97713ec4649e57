//! The pages of administrators about what was done, and about the program itself.

use rocket::http::Status;

use crate::admin_accounts::{ROOT, root, site};
use crate::admin_pages::{ACTIVITY, FOR_ANYONE, INVITATIONS, SYSTEM, all_pages, href, run};
use crate::support::{ADA, Answer, Setup};

#[test]
fn the_activity_says_who_did_what_to_whom_newest_first_and_nothing_that_owners_did() {
    let site = site();
    let mut root = root(&site);
    let mut ada = site.logged_in(ADA);
    let mine = format!("/admin/accounts/{}", site.account(ROOT).id);
    let hers = format!("/admin/accounts/{}", site.account(ADA).id);
    ada.fill_in("/settings/account", "/settings/account", &[("name", "Ada Lovelace")]);
    for button in ["disabling", "enabling"] {
        assert_eq!(root.fill_in(&hers, &format!("{hers}/{button}"), &[]).location(), hers);
    }
    let new = format!("{INVITATIONS}/new");
    let made = root.fill_in(&new, &new, &FOR_ANYONE);
    let invitation = made.location().rsplit('/').next().unwrap().to_owned();
    let page = root.get(ACTIVITY);
    let lists = page.pieces("<ol class=\"rows\">", "</ol>").concat();
    let first_line = |act: &str| act.split_once("<p>").unwrap().1.split_once("</p>").unwrap().0.to_owned();
    let acts: Vec<String> = lists.split("<li>").skip(1).map(first_line).collect();
    let expected = [
        "A new invitation was created",
        "An account was enabled again",
        "An account was disabled",
        "An account was added to a group",
    ];
    assert_eq!(acts, expected, "{}", page.body);
    for told in [
        format!("<a href=\"{hers}\"><bdi>Ada Lovelace</bdi></a>"),
        format!("Done by: <a href=\"{mine}\"><bdi>Root</bdi></a>"),
        "Done on the command line".to_owned(),
        // What it was about is on a line of its own; an invitation has a page.
        "<p class=\"fine\"><code>admins</code></p>".to_owned(),
        format!("<a href=\"{made}\"><bdi>For the summer</bdi></a>", made = made.location()),
    ] {
        assert!(page.says(&told), "{told}: {}", page.body);
    }
    run(&site, "delete from invitations".to_owned());
    let gone = root.get(ACTIVITY);
    let line = format!("<p class=\"fine\"><code>{invitation}</code></p>");
    assert!(gone.says(&line) && !gone.says(made.location()), "{}", gone.body);
    assert!(!page.says("You changed your name") && !page.says("logged in"), "{}", page.body);
    // It stays when the administrator is gone, and says what was deleted.
    site.add_to_group(ADA, "admins");
    let mut ada = site.logged_in(ADA);
    let gone = ada.fill_in(&mine, &format!("{mine}/deletion"), &[("confirmation", ROOT)]);
    assert_eq!(gone.location(), "/admin/accounts", "{}", gone.body);
    let page = ada.get(ACTIVITY);
    assert!(page.says(&invitation), "{}", page.body);
    let id = mine.rsplit('/').next().unwrap();
    let line = format!("<p class=\"fine\"><code>{id}</code></p>");
    assert!(page.says("An account was deleted</p>") && page.says(&line), "{}", page.body);
    assert!(page.says(&format!("Done by: <code>{id}</code>")), "{}", page.body);
    assert!(!page.says(ROOT), "{}", page.body);
}

#[test]
fn the_activity_is_asked_by_key() {
    let site = site();
    let mut root = root(&site);
    site.logged_in(ADA);
    let ada = site.account(ADA).id;
    // Several at one moment, and those of owners between them.
    let row = |n: usize| {
        let (id, at) = (format!("0190a5b2-0000-7000-8000-{n:012x}"), 1_700_000_000 + n / 7);
        let (event, actor) =
            if n.is_multiple_of(2) { ("name_changed", "administrator") } else { ("logged_in", "owner") };
        let detail = format!(r#"{{"before":"{}","after":"{n}"}}"#, n + 1_000);
        format!("('{id}', '{ada}', '{event}', {at}, '{actor}', '{detail}')")
    };
    let rows: Vec<_> = (0..240).map(row).collect();
    run(
        &site,
        format!("insert into audit (id, account_id, event, at, actor, detail) values {}", rows.join(", ")),
    );
    let pages = all_pages(&mut root, ACTIVITY);
    let changes = |page: &Answer| -> Vec<usize> {
        let found = page.pieces(" → ", "<");
        found.iter().map(|change| change[" → ".len()..].trim().parse().unwrap()).collect()
    };
    let seen: Vec<usize> = pages.iter().flat_map(&changes).collect();
    assert_eq!(seen, (0..240).rev().filter(|n| n % 2 == 0).collect::<Vec<_>>());
    assert_eq!(pages.len(), 3);
    let second = root.get(&href(&pages[2], "?after=").unwrap());
    assert_eq!(changes(&second), changes(&pages[1]));
    let gone = href(&pages[0], "?before=").unwrap();
    run(
        &site,
        "delete from audit where actor = 'administrator' and detail like '%\"after\":\"14%'".to_owned(),
    );
    assert_eq!(root.get(&gone).status, Status::Ok, "what is gone is still a place");
    for odd in ["x", "1", "-1-x", "1767225600-x", "99999999999999999999-1", "%00"] {
        assert_eq!(changes(&root.get(&format!("{ACTIVITY}?before={odd}"))).first(), Some(&238), "{odd}");
    }
}

#[test]
fn the_system_page_says_what_arrived_and_what_to_write() {
    let site = Setup::new()
        .mail()
        .with("trusted_proxies", "10.9.0.0/16")
        .with("session_idle", "2h")
        .with("contact", "Ruth Meier <ruth@example.org>")
        .build();
    let root = root(&site);
    let near = root.clone().at("172.17.0.1").sending("X-Forwarded-For", "203.0.113.77").get(SYSTEM);
    for told in [
        "Your IP address, as this site sees it: 172.17.0.1",
        "Its X-Forwarded-For is not trusted",
        "If 172.17.0.1 is your proxy, add it to trusted_proxies.",
        "203.0.113.77",
    ] {
        assert!(near.says(told), "{told}: {}", near.body);
    }
    let trusted = root.clone().at("10.9.0.2").sending("X-Forwarded-For", "203.0.113.77");
    let trusted = trusted.sending("X-Forwarded-Proto", "https").get(SYSTEM);
    for told in [
        "Your IP address, as this site sees it: 203.0.113.77",
        "The connection comes from a trusted proxy, and this is what it reports.",
        "The proxy reports https, but base_url is http://localhost:8000.",
    ] {
        assert!(trusted.says(told), "{told}: {}", trusted.body);
    }
    assert!(!trusted.says("add it to trusted_proxies"), "{}", trusted.body);
    let silent = root.clone().at("10.9.0.2").get(SYSTEM);
    assert!(silent.says("which sent no X-Forwarded-For"), "{}", silent.body);
    let page = root.clone().at("198.51.100.7").get(SYSTEM);
    for told in [
        "It is that of the connection, which has no X-Forwarded-For.",
        concat!("Vestibule ", env!("CARGO_PKG_VERSION")),
        "No email waits to be sent.",
        "<code>session_idle</code>",
        "<code>secret_key</code>",
        "Ruth Meier <ruth@example.org>",
    ] {
        assert!(page.says(told), "{told}: {}", page.body);
    }
    // What is to be copied says nothing about people and machines.
    let text = page.pieces("<textarea", "</textarea>").concat();
    let text = text.split_once('>').unwrap().1.replace("&#x2F;", "/");
    assert!(text.contains("Database: ") && text.contains("Settings that are not the default:"), "{text}");
    let folder = site.folder.path().display().to_string();
    for secret in ["@", "://", "198.51.100.7", "10.9.0", "127.0.0.1", "localhost", "Ruth", &folder] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}
