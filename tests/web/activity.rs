//! The activity of an account, as its owner reads it in the settings: what happened, in words; and the rows behind
//! it. How the page shows it is in `activity_page`.

use rocket::http::Status;
use vestibule::base::Password;
use vestibule::people::Actor;
use vestibule::people::audit::Event;
use vestibule::people::{Email, accounts};
use vestibule::services::passwords;

use crate::admin_pages::run;
use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

pub fn ada(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor_from("203.0.113.7").sending("User-Agent", FIREFOX);
    assert_eq!(ada.sign_up("ada@example.org", "Ada", PASSWORD).location(), "/login");
    ada
}

/// The entries of one page, newest first: what happened and, after a slash, from where.
pub fn sentences(page: &Answer) -> Vec<String> {
    assert_eq!(page.status, Status::Ok);
    let lists = page.pieces("<ol class=\"rows\">", "</ol>");
    let rows = lists.iter().flat_map(|list| list.split("<li").skip(1));
    rows.map(|row| format!("{} / {}", after("<p>", row), after("<p class=\"fine\">", row))).collect()
}

/// The text of a row after this tag, up to the next one.
fn after(tag: &str, row: &str) -> String {
    let (_, rest) = row.split_once(tag).unwrap();
    rest.split('<').next().unwrap().trim().to_owned()
}

#[test]
fn each_event_is_listed_once_in_plain_words() {
    let site = Setup::new().patient().with("limit_free_guesses", "2").build();
    let mut ada = ada(&site);
    let mut told: Vec<&str> = vec!["You signed up / Firefox on Linux · 203.0.113.7"];
    ada.log_in("ada@example.org", "wrong");
    let mut guesser = site.visitor_from("198.51.100.1");
    guesser.log_in("ADA@example.org", "wrong");
    guesser.log_in("ada@example.org", "wrong"); // too early: the password is not checked
    told.extend([
        "Wrong password entered / Firefox on Linux · 203.0.113.7",
        "Wrong password entered / Unknown browser · 198.51.100.1",
        "Too many wrong passwords: new tries have to wait / Unknown browser · 198.51.100.1",
    ]);
    site.clock.advance(60);
    ada.log_in_remembered("ada@example.org", PASSWORD);
    told.push("You logged in, and this device stays logged in / Firefox on Linux · 203.0.113.7");
    ada.submit("/reauthenticate", &[("password", "wrong")]);
    ada.submit("/reauthenticate", &[("password", PASSWORD)]);
    told.extend([
        "Wrong password entered / Firefox on Linux · 203.0.113.7",
        "You confirmed that it was you / Firefox on Linux · 203.0.113.7",
    ]);
    let mut other = site.visitor_from("203.0.113.8").sending("User-Agent", "curl/8.17.0");
    other.log_in("ada@example.org", PASSWORD);
    let id = site.text("select id from sessions order by id desc limit 1");
    ada.submit("/settings/devices/end", &[("id", &id)]);
    other.log_in("ada@example.org", PASSWORD);
    ada.post("/settings/devices/end-others", "");
    told.extend([
        "You logged in from a new browser / curl · 203.0.113.8",
        "You logged out another device / Firefox on Linux · 203.0.113.7",
        "You logged in / curl · 203.0.113.8",
        "You logged out everywhere else / Firefox on Linux · 203.0.113.7",
    ]);
    let copy = ada.clone();
    for _ in 0..2 {
        ada.jar.retain(|(name, _)| name == "remember");
        ada.get("/profile");
    }
    site.clock.advance(61);
    let mut copy = copy.at("192.0.2.9");
    copy.jar.retain(|(name, _)| name == "remember");
    copy.get("/profile");
    told.extend([
        "You were logged in automatically / Firefox on Linux · 203.0.113.7",
        "You were logged in automatically / Firefox on Linux · 203.0.113.7",
        "A remembered login was used twice, so we logged that device out / Firefox on Linux · 192.0.2.9",
    ]);
    site.runtime.block_on(async {
        let ada = accounts::by_email(&site.db, &Email::parse("ada@example.org").unwrap()).await;
        let new = Password::typed("another good one, not guessed");
        passwords::replace(&site.site, &ada.unwrap().unwrap(), &new, Actor::CommandLine).await.unwrap();
    });
    other.log_in("ada@example.org", "another good one, not guessed");
    other.post("/logout", "");
    other.log_in("ada@example.org", "another good one, not guessed");
    told.extend([
        "Your password was changed / By the people who run this site",
        "You logged in from a new browser / curl · 203.0.113.8",
        "You logged out / curl · 203.0.113.8",
        "You logged in / curl · 203.0.113.8",
    ]);
    told.reverse();
    assert_eq!(sentences(&other.get("/settings/activity")), told);
}

#[test]
fn users_see_only_their_own_activity() {
    let site = TestSite::new();
    let mut ada = ada(&site);
    ada.log_in("ada@example.org", PASSWORD);
    let mut bob = site.visitor_from("198.51.100.1");
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    let page = bob.get("/settings/activity");
    assert_eq!(sentences(&page).len(), 2);
    assert!(!page.says("203.0.113.7"));
    site.clock.advance(1);
    ada.post("/logout", ""); // later than all entries of Bob's
    let adas = site.text("select id from audit where event = 'logged_out'");
    assert!(sentences(&bob.get(&format!("/settings/activity?before={adas}"))).is_empty());
    assert_eq!(site.visitor().get("/settings/activity").location(), "/login?next=%2Fsettings%2Factivity");
}

#[test]
fn a_row_has_account_time_address_browser_and_request() {
    let site = TestSite::new();
    let mut ada = ada(&site);
    site.clock.advance(7);
    let answer = ada.log_in("ada@example.org", PASSWORD);
    let row = |column: &str| {
        let sql = format!("select cast({column} as text) from audit where event = 'logged_in'");
        site.text(sql.leak())
    };
    assert_eq!(row("account_id"), site.text("select id from accounts"));
    assert_eq!(row("at"), (crate::support::BEGINNING + 7).to_string());
    let place = (row("address"), row("browser"), row("actor"));
    assert_eq!(place, ("203.0.113.7".into(), "firefox/linux".into(), "owner".into()));
    assert_eq!(row("request_id"), answer.header("x-request-id"));
}

#[test]
fn an_unknown_address_leaves_a_row_without_an_account() {
    let site = TestSite::new();
    site.visitor_from("198.51.100.1").log_in("stranger@example.org", "wrong");
    assert_eq!(
        site.number("select count(*) from audit where account_id is null and event = 'password_wrong'"),
        1
    );
    let all = site.rows_without("");
    assert!(all.contains("audit: ") && !all.contains("stranger"), "{all}");
}

#[test]
fn of_all_that_administrators_read_about_an_event_its_owner_reads_the_name_of_a_group_alone() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let id = site.account("ada@example.org").id;
    // They are more than one page has: all pages are read.
    for (n, event) in Event::ALL.iter().enumerate() {
        let (event, at) = (event.code(), crate::support::BEGINNING - 1_000 + i64::try_from(n).unwrap());
        let row = format!("'0190a5b2-0000-7000-8000-{n:012x}', '{id}', '{event}', {at}, 'administrator'");
        let detail = format!(r#"{{"before":"","after":"zebra-{event}"}}"#);
        run(
            &site,
            format!(
                "insert into audit (id, account_id, event, at, actor, detail) values ({row}, '{detail}')"
            ),
        );
    }
    let mut pages = String::new();
    let mut next = Some("/settings/activity".to_owned());
    while let Some(path) = next {
        let page = ada.get(&path);
        next = page.values("href").into_iter().find(|link| link.starts_with("/settings/activity?before="));
        pages += &page.body;
    }
    for group in ["zebra-group_joined", "zebra-group_left"] {
        assert!(pages.contains(&format!("<p class=\"fine\"><code>{group}</code></p>")), "{group}: {pages}");
    }
    assert_eq!(pages.matches("zebra-").count(), 2, "{pages}");
    let copy = ada.export();
    let events = copy["activity"].as_array().unwrap();
    let named: Vec<_> = events.iter().filter_map(|event| event["group"].as_str()).collect();
    assert_eq!(named.len(), 2, "{copy}");
    assert!(named.contains(&"zebra-group_joined") && named.contains(&"zebra-group_left"), "{copy}");
    assert_eq!(copy.to_string().matches("zebra-").count(), 2, "{copy}");
}

#[test]
fn an_action_that_cannot_be_recorded_does_not_happen() {
    let site = TestSite::new();
    let mut ada = ada(&site);
    ada.log_in_remembered("ada@example.org", PASSWORD);
    let mut device = ada.clone();
    device.jar.retain(|(name, _)| name == "remember");
    let counts = || {
        let count = |table: &str| site.number(format!("select count(*) from {table}").leak());
        ["accounts", "passwords", "sessions", "remember_tokens"].map(count)
    };
    let (before, token) = (counts(), site.text("select token_hash from remember_tokens"));
    site.refuse("insert", "audit");
    let unavailable = Status::ServiceUnavailable;
    assert_eq!(site.visitor().sign_up("bob@example.org", "Bob", PASSWORD).status, unavailable);
    assert_eq!(site.visitor().log_in_remembered("ada@example.org", PASSWORD).status, unavailable);
    assert_eq!(site.visitor().log_in("ada@example.org", "wrong").status, unavailable);
    assert_eq!(ada.submit("/reauthenticate", &[("password", PASSWORD)]).status, unavailable);
    assert_eq!(ada.clone().post("/logout", "").status, unavailable);
    assert_eq!(device.clone().get("/profile").status, unavailable);
    assert_eq!((counts(), site.text("select token_hash from remember_tokens")), (before, token));
    site.allow("audit");
    assert!(ada.is_logged_in() && device.is_logged_in());
}
