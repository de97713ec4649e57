//! The account page of the settings: changing the name, and downloading a copy of all stored data.

use rocket::http::{Cookie, Header, Status};
use rocket::local::blocking::LocalResponse;
use serde_json::Value;
use vestibule::features::account_changes;
use vestibule::people::Actor;
use vestibule::people::Name;
use vestibule::web::Submission;

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

#[test]
fn the_settings_begin_with_the_account() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert_eq!(ada.get("/settings").location(), "/settings/account");
    let page = ada.get("/settings/account");
    assert!(page.says("ada@example.org") && page.says("value=\"Ada\""));
    for path in ["/settings/password", "/settings/close", "/settings/devices", "/settings/activity"] {
        assert!(page.values("href").iter().any(|link| link == path), "{path}");
    }
    for path in ["/settings", "/settings/account"] {
        let next: String = url::form_urlencoded::byte_serialize(path.as_bytes()).collect();
        assert_eq!(site.visitor().get(path).location(), format!("/login?next={next}"));
    }
}

#[test]
fn a_new_name_is_shown_at_once() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.ada(), site.visitor());
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    let answer = ada.submit("/settings/account", &[("name", "  Ada  King <b> ")]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/settings/account"));
    let page = ada.get("/settings/account");
    assert_eq!(page.notices(), ["Your name has been changed."]);
    assert!(page.says("value=\"Ada  King <b>\"") && !page.body.contains("<b>"));
    assert!(ada.get("/profile").says("Welcome, Ada  King <b>!"));
    assert!(ada.get("/settings/activity").says("You changed your name"));
    assert!(bob.get("/profile").says("Welcome, Bob!"));
}

#[test]
fn an_invalid_name_shows_an_error_at_its_field_and_changes_nothing() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for (name, sentence) in [
        ("   ", "Enter your name."),
        (&*"é".repeat(101), "Use at most 100 characters."),
        ("Ada\u{202e}", "Please remove the invisible characters."),
    ] {
        let page = ada.submit("/settings/account", &[("name", name)]);
        assert_eq!(page.status, Status::UnprocessableEntity);
        assert!(
            page.says(&format!("id=\"name-error\">{sentence}")) && page.says(&format!("value=\"{name}\""))
        );
    }
    for body in ["", "name=a&name=b", "name[]=a", "name=Eve&email=eve@example.org", "name=Eve&id=1"] {
        assert_eq!(ada.post("/settings/account", body).status, Status::UnprocessableEntity, "{body}");
    }
    assert_eq!(
        (
            site.text("select name from accounts"),
            site.number("select count(*) from audit where event = 'name_changed'")
        ),
        ("Ada".into(), 0)
    );
    assert_eq!(
        site.visitor().submit("/settings/account", &[("name", "Eve")]).location(),
        "/login?next=%2Fsettings%2Faccount"
    );
}

#[test]
fn the_copy_contains_all_personal_data_and_no_credentials() {
    let site = TestSite::new();
    let mut ada = site.visitor_from("203.0.113.7").sending("User-Agent", "curl/8.17.0");
    ada.sign_up("Ada@example.org", "Ada", PASSWORD);
    ada.log_in("ada@example.org", "wrong");
    ada.log_in_remembered("ada@example.org", PASSWORD);
    let mut bob = site.visitor_from("198.51.100.1");
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);

    let answer = ada.post("/settings/export", "");
    assert_eq!((answer.status, answer.header("content-type")), (Status::Ok, "application/json"));
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"account.json\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let copy: Value = serde_json::from_str(&answer.body).unwrap();
    let account = &copy["account"];
    assert_eq!((&account["email"], &account["name"]), (&"Ada@example.org".into(), &"Ada".into()));
    assert_eq!(
        (&account["id"], &account["created_at"]),
        (&site.text("select id from accounts where name = 'Ada'").into(), &"2026-01-01T00:00:00Z".into())
    );
    assert_eq!(
        (&account["logged_in_at"], &account["logged_in_browser"]),
        (&"2026-01-01T00:00:00Z".into(), &"curl".into())
    );
    let device = &copy["devices"][0];
    assert_eq!(
        (&device["browser"], &device["address"], &device["remembered"]),
        (&"curl".into(), &"203.0.113.7".into(), &true.into())
    );
    let activity = copy["activity"].as_array().unwrap();
    let told: Vec<_> = activity.iter().map(|item| item["what"].as_str().unwrap()).collect();
    assert_eq!(
        told,
        [
            "You downloaded a copy of your data",
            "You asked to stay logged in",
            "You logged in",
            "Wrong password entered",
            "You signed up",
        ]
    );
    assert!(activity.iter().all(|item| item["where"] == "curl · 203.0.113.7"), "{activity:?}");
    assert_eq!(activity[2]["event"], "logged_in");
    for secret in [
        "select hash from passwords",
        "select token_hash from sessions",
        "select token_hash from remember_tokens",
    ] {
        assert!(!answer.body.contains(&site.text(secret)), "{secret}");
    }
    assert!(!answer.body.contains("198.51.100.1") && !answer.body.contains("bob"));
}

#[test]
fn only_a_user_and_only_a_button_of_this_site_downloads_the_copy() {
    let site = TestSite::new();
    let mut ada = site.ada();
    assert_eq!(site.visitor().post("/settings/export", "").location(), "/login");
    assert_eq!(ada.get("/settings/export").status, Status::MethodNotAllowed);
    let mut lured = ada.clone().sending("Sec-Fetch-Site", "cross-site");
    assert_eq!(lured.post("/settings/export", "").status, Status::Forbidden);
    assert!(ada.get("/settings/account").values("action").iter().any(|action| action == "/settings/export"));
    assert_eq!(site.number("select count(*) from audit where event = 'exported'"), 0);
}

#[test]
fn the_copy_contains_more_activity_than_a_page_shows() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    for _ in 0..60 {
        site.visitor().log_in("ada@example.org", "wrong");
    }
    let copy: Value = serde_json::from_str(&ada.post("/settings/export", "").body).unwrap();
    assert_eq!(copy["activity"].as_array().unwrap().len(), 63);
}

#[test]
fn the_copy_contains_the_former_address_and_the_waiting_emails() {
    let site = Setup::new().mail().build();
    let mut ada = site.ada_by_mail();
    ada.submit("/settings/email", &[("email", "ada@new.example")]);
    ada.get(&site.mailed_link("ada@new.example"));
    ada.submit("/change-email", &[("password", PASSWORD)]);
    site.mails();
    site.change(
        "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts, last_error) \
         select 'x', 'name', id, email, '', 1767225600, 9999999999, 1, 'later' from accounts",
    );
    let copy: Value = serde_json::from_str(&ada.post("/settings/export", "").body).unwrap();
    let link = &copy["links"][0];
    assert_eq!((&link["for"], &link["email"]), (&"undo".into(), &ADA.into()));
    assert_eq!(link["ends_at"], "2026-01-08T00:00:00Z");
    let mail = &copy["waiting_emails"][0];
    assert_eq!((&mail["kind"], &mail["address"]), (&"name".into(), &"ada@new.example".into()));
    assert_eq!(mail["queued_at"], "2026-01-01T00:00:00Z");
}

#[test]
fn a_copy_of_more_rows_than_one_read_returns_is_complete() {
    let site = TestSite::new();
    let mut ada = site.ada();
    let many = "insert into audit (id, account_id, event, at) with recursive n(i) as \
                (select 0 union all select i + 1 from n where i < 1498) select 'row' || (1000 + i), accounts.id, \
                'logged_in', 1767225000 + i / 3 from n, accounts";
    assert_eq!(site.change(many), 1_499); // with her own three, 1,502 rows: three times 500 and a few more
    site.change(
        "insert into sessions (id, token_hash, account_id, created_at, last_used_at, address) with recursive n(i) as \
         (select 0 union all select i + 1 from n where i < 998) select 'session' || i, 'hash' || i, accounts.id, \
         1767225600, 1767225600, 'address ' || i from n, accounts",
    ); // with Ada's rows a thousand: the last page is full
    let copy: Value = serde_json::from_str(&ada.post("/settings/export", "").body).unwrap();
    assert_eq!(copy["devices"].as_array().unwrap().len(), 1_000);
    let mut addresses: Vec<_> =
        copy["devices"].as_array().unwrap().iter().map(|item| &item["address"]).collect();
    addresses.sort_by_key(|address| address.as_str());
    addresses.dedup();
    assert_eq!(addresses.len(), 1_000, "none twice");
    let activity = copy["activity"].as_array().unwrap();
    assert_eq!(activity.len(), 1_502);
    let times: Vec<_> = activity.iter().map(|item| item["at"].as_str().unwrap()).collect();
    assert!(times.is_sorted_by(|one, next| one >= next), "newest first");
}

#[test]
fn a_copy_that_cannot_be_finished_does_not_look_complete() {
    let site = TestSite::new();
    let ada = site.ada();
    let response = export_begun(&site, &ada);
    assert_eq!(response.status(), Status::Ok);
    site.silence_database();
    let body = response.into_string().unwrap();
    assert!(body.ends_with("This copy is not whole. Please download it again.\n"), "{body}");
    assert!(serde_json::from_str::<Value>(&body).is_err());
}

#[test]
fn a_copy_of_an_account_deleted_meanwhile_is_not_complete() {
    let site = TestSite::new();
    let ada = site.ada();
    let response = export_begun(&site, &ada);
    site.change("delete from accounts");
    assert!(serde_json::from_str::<Value>(&response.into_string().unwrap()).is_err());
}

/// A copy that was requested but is not read yet.
fn export_begun<'s>(site: &'s TestSite, visitor: &Visitor<'_>) -> LocalResponse<'s> {
    let mut request = site.client.post("/settings/export").header(Header::new("Host", site.host()));
    for (name, value) in &visitor.jar {
        request = request.cookie(Cookie::new(site.cookie_name(name), value.clone()));
    }
    request.dispatch()
}

#[test]
fn an_account_is_copied_once_at_a_time_and_disconnecting_ends_the_copy() {
    let site = TestSite::new();
    let (mut ada, mut bob) = (site.ada(), site.visitor());
    bob.sign_up("bob@example.org", "Bob", PASSWORD);
    bob.log_in("bob@example.org", PASSWORD);
    let first = export_begun(&site, &ada);
    let page = ada.post("/settings/export", "");
    assert_eq!((page.status, page.header("retry-after")), (Status::TooManyRequests, "60"));
    assert!(page.says("A copy of your data is already being made. Wait 1 minute, then try again."));
    assert!(
        page.values("action").iter().any(|action| action == "/settings/export"),
        "the page with the button"
    );
    assert_eq!(bob.post("/settings/export", "").status, Status::Ok, "another account");
    drop(first);
    assert_eq!(ada.post("/settings/export", "").status, Status::Ok);
    assert_eq!(site.number("select count(*) from audit where event = 'exported'"), 3);
}

#[test]
fn five_copies_an_hour_are_the_limit_even_after_a_restart() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for _ in 0..5 {
        assert_eq!(ada.post("/settings/export", "").status, Status::Ok);
    }
    let page = ada.post("/settings/export", "");
    assert_eq!((page.status, page.header("retry-after")), (Status::TooManyRequests, "721"));
    assert!(
        page.says("You have downloaded several copies of your data within the last hour. Wait 13 minutes")
    );
    let jar = ada.jar.clone();
    let site = site.restarted();
    let mut ada = site.visitor();
    ada.jar = jar;
    assert_eq!(ada.post("/settings/export", "").status, Status::TooManyRequests);
    site.clock.advance(721);
    assert_eq!(ada.submit("/reauthenticate", &[("password", PASSWORD)]).location(), "/profile");
    assert_eq!(ada.post("/settings/export", "").status, Status::Ok);
    assert_eq!(site.number("select count(*) from audit where event = 'exported'"), 6);
}

#[test]
fn renaming_is_limited_per_hour_except_for_the_operator() {
    let site = TestSite::new();
    let mut ada = site.ada();
    for number in 0..20 {
        let name = format!("Ada {number}");
        assert_eq!(ada.submit("/settings/account", &[("name", &name)]).status, Status::SeeOther);
    }
    let page = ada.submit("/settings/account", &[("name", "Countess")]);
    assert_eq!((page.status, page.header("retry-after")), (Status::TooManyRequests, "181"));
    assert!(page.says("You have changed your name many times within the last hour. Wait 4 minutes"));
    assert!(page.says("value=\"Countess\""), "what was typed is still there");
    assert_eq!(site.text("select name from accounts"), "Ada 19");
    assert_eq!(site.number("select count(*) from audit where event = 'name_changed'"), 20);
    let (account, name) = (site.account(ADA), Name::parse("Duchess").unwrap());
    let submission = Submission::none();
    let renamed = account_changes::rename(&site.site, &account.id, &name, Actor::CommandLine, &submission);
    site.runtime.block_on(renamed).unwrap();
    assert_eq!(site.text("select name from accounts"), "Duchess");
    let jar = ada.jar.clone();
    let site = site.restarted();
    let mut ada = site.visitor();
    ada.jar = jar;
    assert_eq!(ada.submit("/settings/account", &[("name", "Countess")]).status, Status::TooManyRequests);
    site.clock.advance(181);
    assert_eq!(ada.submit("/settings/account", &[("name", "Countess")]).status, Status::SeeOther);
}
