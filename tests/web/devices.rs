//! The devices page of the settings: where an account is logged in, and the buttons that end a login at once.

use rocket::http::Status;

use crate::support::{Answer, BEGINNING, PASSWORD, TestSite, Visitor};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) \
                      Version/26.0 Mobile/15E148 Safari/604.1";

/// One entry of the list.
#[derive(Debug)]
struct Entry {
    id: String,
    words: String,
}

/// The entries of the page, in order.
fn entries(page: &Answer) -> Vec<Entry> {
    assert_eq!(page.status, Status::Ok);
    let ids = page.pieces("name=\"id\" value=\"", "\">");
    let rows = page.pieces("<div id=\"place-", "</div>");
    assert_eq!(ids.len(), rows.len());
    let text = |row: &str| {
        let texts: Vec<_> =
            row.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim()).collect();
        texts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    };
    let id = |piece: &str| piece.rsplit('"').next().unwrap().to_owned();
    ids.into_iter().zip(rows).map(|(piece, row)| Entry { id: id(piece), words: text(row) }).collect()
}

fn list(visitor: &mut Visitor<'_>) -> Vec<Entry> {
    entries(&visitor.get("/settings/devices"))
}

/// Ada on a Firefox at home, on a phone that remembers her, and on another Firefox.
fn three(site: &TestSite) -> [Visitor<'_>; 3] {
    let mut home = site.visitor_from("203.0.113.7").sending("User-Agent", FIREFOX);
    home.sign_up("ada@example.org", "Ada", PASSWORD);
    let mut phone = site.visitor_from("2001:db8::5").sending("User-Agent", SAFARI);
    let mut work = site.visitor_from("198.51.100.1").sending("User-Agent", FIREFOX);
    assert_eq!(home.log_in("ada@example.org", PASSWORD).location(), "/profile");
    site.clock.advance(60);
    assert_eq!(phone.log_in_remembered("ada@example.org", PASSWORD).location(), "/profile");
    site.clock.advance(60);
    assert_eq!(work.log_in("ada@example.org", PASSWORD).location(), "/profile");
    [home, phone, work]
}

/// The same device after its browser was closed.
fn reopened<'s>(visitor: &Visitor<'s>) -> Visitor<'s> {
    let mut visitor = visitor.clone();
    visitor.jar.retain(|(name, _)| name == "remember");
    visitor
}

fn end(visitor: &mut Visitor<'_>, id: &str) -> Answer {
    visitor.submit("/settings/devices/end", &[("id", id)])
}

#[test]
fn each_login_is_listed_with_its_address_and_times_this_one_first() {
    let site = TestSite::new();
    let [mut home, _phone, _work] = three(&site);
    site.clock.advance(3_600 - 120);
    assert!(home.get("/profile").status == Status::SeeOther, "an hour unused: this one has ended");
    assert_eq!(home.log_in("ada@example.org", PASSWORD).location(), "/profile");
    let words: Vec<_> = list(&mut home).into_iter().map(|entry| entry.words).collect();
    assert_eq!(
        words,
        [
            "Firefox on Linux This device Internet address 203.0.113.7 Logged in: just now",
            "Firefox on Linux Internet address 198.51.100.1 Logged in: 58 minutes ago",
            "Safari on an iPhone Stays logged in Internet address 2001:db8::5 Logged in: 59 minutes ago",
        ]
    );
    let page = home.get("/settings/devices");
    assert!(page.says(
        "<time datetime=\"2026-01-01T00:02:00Z\" title=\"1 January 2026, 00:02 UTC\">58 minutes ago</time>"
    ));
    assert_eq!(BEGINNING, 1_767_225_600);
}

#[test]
fn a_remembered_device_and_its_sessions_are_one_entry() {
    let site = TestSite::new();
    let [_, phone, mut work] = three(&site);
    let before = list(&mut work);
    site.clock.advance(30 * 60);
    let mut phone = reopened(&phone).at("203.0.113.99");
    assert!(phone.is_logged_in());
    assert_eq!(site.number("select count(*) from sessions where remember_token_id is not null"), 2);
    let after = list(&mut work);
    assert_eq!((before.len(), after.len()), (3, 3));
    let words = "Safari on an iPhone Stays logged in Internet address 203.0.113.99 Logged in: 31 minutes ago \
                 Last used: just now";
    assert!(after.iter().any(|entry| entry.words == words), "{after:?}");
    assert!(list(&mut phone)[0].words.contains("This device"));
}

#[test]
fn a_device_that_is_logged_out_is_out_at_its_next_request_and_for_ever() {
    let site = TestSite::new();
    let [mut home, phone, mut work] = three(&site);
    let listed = list(&mut home);
    let (phones, works) = (&listed[2], &listed[1]);
    assert!(phones.words.contains("iPhone") && works.words.contains("198.51.100.1"), "{listed:?}");

    let answer = end(&mut home, &works.id);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/devices"));
    let page = home.get("/settings/devices");
    assert_eq!(
        (page.notices(), entries(&page).len()),
        (vec!["That device has been logged out.".to_owned()], 2)
    );
    let replayed = work.clone();
    assert!(!work.is_logged_in() && !replayed.clone().is_logged_in());
    assert!(phone.clone().is_logged_in(), "the others stay");

    end(&mut home, &phones.id);
    assert!(!phone.clone().is_logged_in(), "the session of the device is ended");
    let mut phone = reopened(&phone);
    assert_eq!(phone.get("/profile").status, Status::SeeOther, "the device is ended too");
    let told = phone.get("/login");
    assert!(told.says("This device was logged out on 1 January 2026 at 00:02 UTC, from Firefox on Linux."));
    assert!(told.takes_back("remember"));
    assert!(home.is_logged_in());
    assert_eq!(site.number("select count(*) from sessions"), 1);
    assert_eq!(site.number("select count(*) from audit where event = 'device_ended'"), 2);
}

#[test]
fn a_session_of_a_remembered_device_ends_with_the_device() {
    let site = TestSite::new();
    let [mut home, phone, _] = three(&site);
    let session = site.text("select id from sessions where remember_token_id is not null");
    end(&mut home, &session);
    assert!(!phone.clone().is_logged_in() && !reopened(&phone).is_logged_in());
}

#[test]
fn one_button_logs_out_all_others() {
    let site = TestSite::new();
    let [home, mut phone, work] = three(&site);
    let mut stranger = site.visitor();
    stranger.sign_up("bob@example.org", "Bob", PASSWORD);
    stranger.log_in_remembered("bob@example.org", PASSWORD);
    assert!(phone.get("/settings/devices").says("Log out everywhere else"));
    let answer = phone.post("/settings/devices/end-others", "");
    assert_eq!(answer.location(), "/settings/devices");
    let page = phone.get("/settings/devices");
    assert_eq!(
        (page.notices(), entries(&page).len()),
        (vec!["You have been logged out everywhere else.".to_owned()], 1)
    );
    assert!(!page.says("Log out everywhere else"), "no other login is left");
    assert!(!home.clone().is_logged_in() && !work.clone().is_logged_in());
    assert!(phone.is_logged_in() && reopened(&phone).is_logged_in(), "this device stays remembered");
    assert!(stranger.is_logged_in() && reopened(&stranger).is_logged_in());
    phone.post("/settings/devices/end-others", "");
    assert_eq!(
        site.number("select count(*) from audit where event = 'others_ended'"),
        2,
        "the reopened session counts as another one"
    );
    phone.post("/settings/devices/end-others", "");
    assert_eq!(
        site.number("select count(*) from audit where event = 'others_ended'"),
        2,
        "nothing was ended"
    );
}

#[test]
fn logging_out_this_device_is_a_logout() {
    let site = TestSite::new();
    let [_, mut phone, mut home] = three(&site);
    for visitor in [&mut home, &mut phone] {
        let copy = visitor.clone();
        let here = list(visitor).swap_remove(0);
        let answer = end(visitor, &here.id);
        assert_eq!(answer.location(), "/");
        assert!(answer.takes_back("session") && visitor.cookie("remember").is_none());
        assert_eq!(visitor.get("/").notices(), ["You have been logged out."]);
        assert_eq!(answer.takes_back("remember"), copy.cookie("remember").is_some());
        assert!(!copy.clone().is_logged_in() && !reopened(&copy).is_logged_in());
    }
    assert_eq!(site.number("select count(*) from audit where event = 'logged_out'"), 2);
}

#[test]
fn users_end_only_their_own_logins() {
    let site = TestSite::new();
    let [mut home, phone, work] = three(&site);
    let ids: Vec<_> = list(&mut home).into_iter().map(|entry| entry.id).collect();
    let session = site.text("select id from sessions where remember_token_id is not null");
    let mut mallory = site.visitor();
    mallory.sign_up("mallory@example.org", "Mallory", PASSWORD);
    mallory.log_in("mallory@example.org", PASSWORD);
    assert_eq!(list(&mut mallory).len(), 1);
    for id in ids.iter().map(|id| &**id).chain([&*session, "", "nothing", "' or '1'='1", "%"]) {
        assert_eq!(end(&mut mallory, id).location(), "/settings/devices", "{id}");
    }
    mallory.post("/settings/devices/end-others", "");
    for visitor in [home, phone.clone(), work, reopened(&phone), mallory] {
        let mut visitor = visitor;
        assert_eq!(visitor.get("/profile").status, Status::Ok);
    }
    assert_eq!(site.number("select count(*) from audit where event like '%_ended'"), 0);
}

#[test]
fn a_form_that_names_no_device_or_two_is_refused() {
    let site = TestSite::new();
    let [mut home, ..] = three(&site);
    let ids: Vec<_> = list(&mut home).into_iter().map(|entry| entry.id).collect();
    for body in
        ["", "x=1", "id[]=1", &format!("id={}&id={}", ids[1], ids[2]), &format!("id={}&all=1", ids[1])]
    {
        assert_eq!(home.post("/settings/devices/end", body).status, Status::BadRequest, "{body}");
    }
    assert_eq!(list(&mut home).len(), 3);
}

#[test]
fn only_a_user_and_only_a_form_of_this_site_is_accepted() {
    let site = TestSite::new();
    let [mut home, ..] = three(&site);
    let id = list(&mut home)[1].id.clone();
    assert_eq!(site.visitor().get("/settings/devices").location(), "/login?next=%2Fsettings%2Fdevices");
    for path in ["/settings/devices/end", "/settings/devices/end-others"] {
        assert_eq!(site.visitor().submit(path, &[("id", &id)]).location(), "/login");
        assert_eq!(home.get(path).status, Status::MethodNotAllowed);
        let mut lured = home.clone().sending("Sec-Fetch-Site", "cross-site");
        assert_eq!(lured.submit(path, &[("id", &id)]).status, Status::Forbidden);
    }
    assert_eq!(list(&mut home).len(), 3);
}

#[test]
fn an_ended_login_is_not_listed() {
    let site = TestSite::new();
    let [mut home, phone, _] = three(&site);
    site.clock.advance(3_600 - 120);
    home.log_in("ada@example.org", PASSWORD);
    for day in 1..15 {
        site.clock.advance(24 * 3_600);
        home.log_in("ada@example.org", PASSWORD);
        assert_eq!(list(&mut home).len(), if day < 14 { 2 } else { 1 }, "{day}");
    }
    assert!(!reopened(&phone).is_logged_in());
}

#[test]
fn fifty_are_on_a_page_and_the_next_page_stays_right_if_some_end_meanwhile() {
    let site = TestSite::new();
    let [mut home, ..] = three(&site);
    site.change(
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 90) \
         insert into sessions (id, token_hash, account_id, created_at, last_used_at, browser) \
         select '01a2101a-0000-7000-8000-' || (100000000000 + i), 'hash ' || i, id, 1767225600, 1767225600 - i / 4, 'w3m' \
         from n, accounts",
    );
    let first = home.get("/settings/devices");
    let ids = |page: &Answer| entries(page).into_iter().map(|entry| entry.id).collect::<Vec<_>>();
    let (mut seen, way) =
        (ids(&first), |page: &Answer| page.values("href").into_iter().find(|link| link.contains("before=")));
    assert_eq!((seen.len(), first.says("Newest")), (50, false));
    assert!(entries(&first)[0].words.contains("This device"));
    let link = way(&first).unwrap();
    end(&mut home, seen.last().unwrap());
    end(&mut home, &seen[10]);
    let second = home.get(&link);
    assert!(second.says("Newest") && way(&second).is_none());
    assert!(second.says("Log out everywhere else"));
    seen.extend(ids(&second));
    assert_eq!(seen.len(), 93);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 93, "each entry is listed once");
    for before in ["", "x", "%00", "1.", "9e9.x", "%ff", "-99999999999999999999.x"] {
        let page = home.get(&format!("/settings/devices?before={before}"));
        assert!(entries(&page).is_empty() && page.says("That's everything."), "{before}");
    }
}
