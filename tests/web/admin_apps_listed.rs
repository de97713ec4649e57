//! The pages of administrators about apps: the lists, and who may open an app, in numbers.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::groups::{self, GroupName};

use crate::admin_accounts::{BOB, root, site};
use crate::admin_apps::{APPS, WIKI, add, fields, group, save};
use crate::admin_pages::{all_pages, href, run, texts};
use crate::apps::app;
use crate::support::{ADA, Visitor};

#[test]
fn who_may_open_an_app_is_told_in_numbers_and_listed_page_by_page() {
    let site = site();
    let mut root = root(&site);
    let id = |n: usize| format!("0190a5b2-0000-7000-8000-{n:012x}");
    let accounts: Vec<_> = (0..120)
        .map(|n| format!("('{}', 'p{n}@x.test', 'p{n}@x.test', 'Person {n:03}', 1, 1)", id(n)))
        .collect();
    let accounts = accounts.join(", ");
    run(
        &site,
        format!(
            "insert into accounts (id, email, email_key, name, created_at, updated_at) values {accounts}"
        ),
    );
    for (name, every) in [("even", 2), ("third", 3), ("empty", 1_000)] {
        group(&site, name);
        let members = (0..120).step_by(every).skip(usize::from(every > 120));
        let members: Vec<_> =
            members.map(|n| format!("('{name}', '{}', 1, 'command_line')", id(n))).collect();
        if !members.is_empty() {
            run(&site, format!("insert into memberships values {}", members.join(", ")));
        }
    }
    run(&site, format!("update accounts set disabled_at = 1 where id = '{}'", id(118)));
    site.app("wiki", "Our wiki", &["even", "third", "empty", "gone"], &["https://wiki.example.org"]);
    let shown = root.get(WIKI);
    for said in [
        "Members of any of these groups: 80 accounts",
        "60 accounts",
        "40 accounts",
        "0 accounts",
        "There is no such group, so no one is in it.",
    ] {
        assert!(shown.says(said), "{said}: {}", shown.body);
    }
    let list = "/admin/apps/wiki/accounts";
    assert!(shown.values("href").contains(&list.to_owned()), "{}", shown.body);
    let pages = all_pages(&mut root, list);
    let names: Vec<Vec<String>> = pages.iter().map(|page| texts(page, "<strong><bdi>")).collect();
    let expected: Vec<String> =
        (0..120).rev().filter(|n| n % 2 == 0 || n % 3 == 0).map(|n| format!("Person {n:03}")).collect();
    assert_eq!(names.iter().map(Vec::len).collect::<Vec<_>>(), [50, 30]);
    assert_eq!(names.concat(), expected, "each once, newest first");
    assert_eq!(pages[0].body.matches(">Disabled<").count(), 1);
    let back = root.get(&href(&pages[1], "?after=").unwrap());
    assert_eq!(texts(&back, "<strong><bdi>"), names[0]);

    // A part `/` has a rule before that of the app.
    let of_third = fields(&[("groups", "even"), ("paths", "/ third")]);
    save(&mut root, WIKI, &of_third);
    let shown = root.get(WIKI);
    assert!(shown.says("Members of any of these groups: 40 accounts") && !shown.says("60 accounts"));
    assert_eq!(texts(&root.get(list), "<strong><bdi>").len(), 40);
    save(&mut root, WIKI, &fields(&[("groups", "even"), ("paths", "/ open\n/x even")]));
    assert!(root.get(WIKI).says("Everyone, without a login"));
    save(&mut root, WIKI, &fields(&[]));
    assert!(root.get(WIKI).says("Everyone with an account"));
    assert_eq!(root.get(list).location(), "/admin/accounts");
}

#[test]
fn the_question_before_a_removal_says_in_numbers_what_it_ends() {
    let site = site();
    let mut root = root(&site);
    let removal = format!("{WIKI}/removal");
    for email in [ADA, BOB] {
        site.logged_in(email);
        site.add_to_group(email, "family");
    }
    site.app("wiki", "Our wiki", &["family"], &["https://wiki.example.org", "https://notes.example.org"]);
    let asks = |root: &mut Visitor<'_>, facts: [&str; 3]| {
        let page = root.get(&removal);
        assert!(page.says("<h2>Remove Our wiki?</h2>"), "{}", page.body);
        for fact in facts {
            assert!(page.says(&format!("<li>{fact}</li>")), "{fact}: {}", page.body);
        }
    };
    asks(
        &mut root,
        [
            "Can open it now: 2 accounts",
            "No browser is logged in to it right now.",
            "The proxy will let no one through to its 2 addresses any more, not even to its open parts.",
        ],
    );
    // A ticket that no one redeemed is no browser.
    run(
        &site,
        "insert into passes (id, session_id, app_id, origin, token_hash, visit_hash, created_at, redeemed_at) \
         select 'p1', sessions.id, apps.id, 'https://wiki.example.org', 'h', 'v', 1, 1 from sessions, apps limit 1"
            .to_owned(),
    );
    run(
        &site,
        "insert into passes (id, session_id, app_id, origin, ticket_hash, visit_hash, created_at) \
         select 'p2', sessions.id, apps.id, 'https://notes.example.org', 'h', 'v', 1 from sessions, apps limit 1"
            .to_owned(),
    );
    save(&mut root, WIKI, &fields(&[("title", "Our wiki"), ("at", "https://wiki.example.org")]));
    asks(
        &mut root,
        [
            "Can open it now: Everyone with an account",
            "1 browser is logged in to it right now, and will be out at once.",
            "The proxy will let no one through to its address any more, not even to its open parts.",
        ],
    );
    save(&mut root, WIKI, &fields(&[("title", "Our wiki"), ("paths", "/ open")]));
    asks(
        &mut root,
        [
            "Can open it now: Everyone, without a login",
            "1 browser is logged in to it right now, and will be out at once.",
            "It has no address.",
        ],
    );
    assert_eq!(root.fill_in(&removal, &removal, &[]).location(), APPS);
    assert_eq!(site.number("select count(*) from passes"), 0, "and with it every way in");
}

#[test]
fn a_group_that_was_deleted_is_told_and_stays_until_someone_takes_it_away() {
    let site = site();
    let mut root = root(&site);
    group(&site, "family");
    site.app("wiki", "Our wiki", &["family"], &["https://wiki.example.org"]);
    let family = GroupName::parse("family").unwrap();
    site.block_on(groups::delete(&site.site, &family, Actor::CommandLine)).unwrap();
    let shown = root.get(WIKI);
    assert!(shown.says("There is no such group, so no one is in it.") && shown.says("0 accounts"));
    let other_title = [("title", "The wiki"), ("at", "https://wiki.example.org"), ("groups", "family")];
    assert_eq!(save(&mut root, WIKI, &fields(&other_title)).location(), WIKI);
    let made = app(&site, "wiki");
    assert_eq!((made.title.as_str(), made.groups.as_slice()), ("The wiki", &[family][..]));
    let another = add(&mut root, &[("name", "blog"), ("groups", "family")]);
    assert!(another.says("There is no group family."), "no other app gets it: {}", another.body);
}

#[test]
fn apps_are_listed_by_name_page_by_page() {
    let site = site();
    let mut root = root(&site);
    let apps: Vec<_> = (0..120)
        .map(|n| format!("('id-{n:03}', 'app-{n:03}', 'App {:03}', 'handle', 1, 'command_line', 1)", 119 - n))
        .collect();
    let columns = "id, name, title, remote_user, created_at, created_by, changed_at";
    run(&site, format!("insert into apps ({columns}) values {}", apps.join(", ")));
    let at =
        "insert into apps_origins values ('wiki.example.org', 'https://wiki.example.org:8443', 'id-000')";
    run(&site, at.to_owned());
    run(&site, "insert into apps_groups values ('id-000', 'family'), ('id-000', 'choir')".to_owned());
    let pages = all_pages(&mut root, APPS);
    let titles: Vec<Vec<String>> = pages.iter().map(|page| texts(page, "<strong><bdi>")).collect();
    assert_eq!(titles.iter().map(Vec::len).collect::<Vec<_>>(), [50, 50, 20]);
    assert_eq!(titles.concat(), (0..120).rev().map(|n| format!("App {n:03}")).collect::<Vec<_>>());
    let second = root.get(&href(&pages[2], "?after=").unwrap());
    assert_eq!(texts(&second, "<strong><bdi>"), titles[1]);
    let first = root.get(&href(&second, "?after=").unwrap());
    assert_eq!(texts(&first, "<strong><bdi>"), titles[0]);
    for said in
        ["wiki.example.org", "Groups: choir, family", "Everyone with an account", "It has no address yet."]
    {
        assert!(pages[0].says(said), "{said}: {}", pages[0].body);
    }
    let beyond = root.get("/admin/apps?before=zzz");
    assert!(beyond.status == Status::Ok && !beyond.says("There are no apps yet."), "{}", beyond.body);
}
