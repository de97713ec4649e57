//! The table of links is rebuilt by a migration: what was in it is still in it.

use vestibule::services::links;

use crate::support::{ADA, BEGINNING, PASSWORD, Setup, TestSite};

const MIGRATION: &str = include_str!("../../migrations/0006_links.sql");

/// The statements of a migration, without its comments.
fn statements(text: &str) -> Vec<String> {
    let lines = text.lines().map(|line| line.split("--").next().unwrap_or_default());
    let bare = lines.collect::<Vec<_>>().join("\n");
    bare.split(';').map(|one| one.trim().to_owned()).filter(|one| !one.is_empty()).collect()
}

fn run(site: &TestSite, sql: &str) {
    site.change(sql.to_owned().leak());
}

/// Renames columns as migration 17 does, or undoes it.
fn rename(site: &TestSite, renamed: &[(&str, &str, &str)]) {
    for (table, from, to) in renamed {
        run(site, &format!("alter table {table} rename column {from} to {to}"));
    }
}

/// Restores the table of the version before, with the links that exist.
fn as_before(site: &TestSite) {
    rename(site, &[("outbox", "kind", "letter"), ("outbox", "attempts", "tries")]);
    run(site, "alter table links rename to links_now");
    for index in ["links_email", "links_account", "links_only_one"] {
        run(site, &format!("drop index {index}"));
    }
    let before = include_str!("../../migrations/0003_links_and_mail.sql");
    for statement in statements(before).iter().filter(|statement| statement.contains("links")) {
        run(site, statement);
    }
    run(
        site,
        "insert into links (token_hash, purpose, account_id, email, email_key, ends_at) \
         select token_hash, purpose, account_id, email, email_key, ends_at from links_now",
    );
    run(site, "drop table links_now");
}

/// Migrates again: rebuilds the table, renames the columns, and adds the one of migration 23.
fn migrate(site: &TestSite) {
    for statement in statements(MIGRATION) {
        run(site, &statement);
    }
    rename(
        site,
        &[("outbox", "letter", "kind"), ("outbox", "tries", "attempts"), ("links", "made_by", "created_by")],
    );
    run(site, "alter table links add column since bigint");
}

#[test]
fn every_link_of_the_version_before_still_works() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    site.visitor().log_in(ADA, PASSWORD);
    let secure = site.mailed_link(ADA);
    for email in ["mallory@evil.test", "mallory@worse.test"] {
        site.clock.advance(2);
        ada.submit("/settings/email", &[("email", email)]);
        ada.get(&site.mailed_link(email));
        ada.submit("/change-email", &[("password", PASSWORD)]);
    }
    let (undo, thiefs) = (site.mailed_link(ADA), site.mailed_link("mallory@evil.test"));
    let reset = site.reset_link("mallory@worse.test");
    site.clock.advance(2);
    ada.submit("/settings/email", &[("email", "mallory@worst.test")]);
    let change = site.mailed_link("mallory@worst.test");
    site.visitor().sign_up("bob@example.org", "Bob", PASSWORD);
    let confirm = site.mailed_link("bob@example.org");

    // At that time, a reset link was valid for half an hour.
    site.change("update links set ends_at = ends_at - 1800 where purpose = 'reset'");
    let rows = "select count(*) from links";
    let all = "select cast(sum(ends_at) + sum(created_at) as bigint) from links";
    let (before, sum) = (site.number(rows), site.number(all));
    as_before(&site);
    assert_eq!(site.number(rows), before);
    migrate(&site);
    assert_eq!((site.number(rows), site.number(all)), (before, sum), "their times are the same too");
    assert_eq!(site.number("select count(*) from links where created_by <> 'owner' or ordinal < 1"), 0);
    let opens = |link: &str| {
        let mut visitor = site.visitor();
        let page = visitor.get(link).location().to_owned();
        visitor.get(&page).status.code
    };
    for link in [&undo, &thiefs, &reset, &change, &confirm] {
        assert_eq!(opens(link), 200, "{link}");
    }
    // The order is kept: the newer link does not end the older one.
    ada.get(&thiefs);
    assert_eq!(ada.post("/restore-email", "").location(), "/login");
    let mut owner = site.visitor();
    owner.get(&undo);
    assert_eq!(owner.post("/restore-email", "").location(), "/login");
    assert_eq!(site.text("select email from accounts order by created_at, id limit 1"), ADA);
    assert_eq!(opens(&secure), 200, "it reports an older change, which can still be undone");
}

#[test]
fn an_email_that_waits_during_the_update_is_sent_with_a_working_link() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.ada_by_mail();
    ada.submit("/settings/email", &[("email", "ada@new.test")]);
    let change = site.mailed_link("ada@new.test");
    site.visitor().sign_up("carl@example.org", "Carl", PASSWORD);
    let mut dora = site.visitor();
    dora.sign_up("dora@example.org", "Dora", PASSWORD);
    dora.get(&site.mailed_link("dora@example.org"));
    dora.submit("/confirm", &[("password", PASSWORD)]);
    let sent = site.mails().len();
    ada.get(&change);
    ada.submit("/change-email", &[("password", PASSWORD)]);
    site.change("update outbox set due_at = due_at + 3600");
    as_before(&site);
    assert_eq!(site.number("select count(*) from outbox where letter = 'changed' and tries = 0"), 1);
    // Two more that the older version tried to send without success: the link is made by the attempt, and the
    // email stays.
    let waits = |kind: &str, account: &str, address: &str| {
        let account = format!("(select id from accounts where email = '{account}')");
        let of = if kind == "confirm" { "null" } else { &*account };
        run(
            &site,
            &format!(
                "insert into outbox (id, letter, account_id, address, details, queued_at, due_at, tries, last_error) values \
                 ('0-{kind}', '{kind}', {of}, '{address}', '{{\"at\":0,\"actor\":\"command_line\"}}', {BEGINNING} - 60, {BEGINNING} + 3600, 1, 'later')"
            ),
        );
        let life = if kind == "confirm" { 86_400 } else { 3_600 };
        run(&site, &format!("delete from links where purpose = '{kind}' and account_id = {account}"));
        run(
            &site,
            &format!(
                "insert into links (token_hash, purpose, account_id, email, email_key, ends_at) values \
                 ('hash of {kind}', '{kind}', {account}, '{address}', '{address}', {BEGINNING} + {life})"
            ),
        );
    };
    waits("confirm", "carl@example.org", "carl@example.org");
    waits("change", "dora@example.org", "dora@new.test");
    migrate(&site);
    site.change("update outbox set due_at = 0");
    assert_eq!(site.mails().len(), sent + 3, "no email is lost");

    let press = |link: &str, fields: &[(&str, &str)]| {
        let mut visitor = site.visitor();
        let page = visitor.get(link).location().to_owned();
        let answer = if fields.is_empty() { visitor.post(&page, "") } else { visitor.submit(&page, fields) };
        answer.location().to_owned()
    };
    assert_eq!(press(&site.mailed_link(ADA), &[]), "/login");
    assert_eq!(
        site.number("select count(*) from accounts where email = 'ada@example.org'"),
        1,
        "the address is Ada's again"
    );
    let password = [("password", PASSWORD)];
    assert_eq!(press(&site.mailed_link("carl@example.org"), &password), "/profile");
    assert_eq!(press(&site.mailed_link("dora@new.test"), &password), "/login");
    assert_eq!(site.number("select count(*) from accounts where email = 'dora@new.test'"), 1);
}

#[test]
fn a_clock_that_was_ahead_makes_no_link_the_newest_or_valid_for_longer() {
    let site = TestSite::new();
    site.ada();
    let link = || site.reset_link(ADA);
    let opens = |link: &str| {
        let mut visitor = site.visitor();
        visitor.get(link);
        visitor.get("/reset").status.code
    };
    let _lease = site.lease_housekeeping();
    site.clock.advance(365 * 86_400);
    let ahead = link();
    site.clock.advance(-365 * 86_400);
    let newer: Vec<_> = (0..4).map(|_| link()).collect();
    assert!(opens(&ahead) == 200 && newer.iter().all(|link| opens(link) == 200));
    let last = link();
    assert_eq!(opens(&ahead), 410, "the link that was made first is removed first");
    assert!(newer.iter().all(|link| opens(link) == 200) && opens(&last) == 200);
    // If there is room for it, it is valid as long as any other link, from the moment when it is noticed.
    site.change("delete from links");
    site.clock.advance(365 * 86_400);
    let ahead = link();
    site.clock.advance(-365 * 86_400);
    site.runtime.block_on(links::sweep(&site.site)).unwrap();
    site.clock.advance(60 * 60 - 1);
    assert_eq!(opens(&ahead), 200);
    site.clock.advance(1);
    assert_eq!(opens(&ahead), 410);
}
