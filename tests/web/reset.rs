//! A new password by a reset link: it works once, in time, and for the account that it was made for.

use rocket::http::Status;
use vestibule::base::{Password, Token};
use vestibule::people::Actor;
use vestibule::services::links::{self, Purpose};
use vestibule::services::passwords;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const NEW: &str = "seven lazy violet teapots";
const OVER: &str = "This link no longer works";

/// A visitor who opens a link.
fn opening<'s>(site: &'s TestSite, link: &str) -> Visitor<'s> {
    let mut visitor = site.visitor();
    let answer = visitor.get(link);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/reset"));
    visitor
}

fn choose(visitor: &mut Visitor<'_>, password: &str) -> Answer {
    visitor.submit("/reset", &[("new_password", password)])
}

fn is_over(answer: &Answer) -> bool {
    let over = answer.says(OVER);
    assert_eq!(answer.status, if over { Status::Gone } else { Status::Ok });
    over
}

#[test]
fn a_reset_link_sets_a_password_once_ends_all_sessions_and_logs_no_one_in() {
    let site = TestSite::new();
    let (mut ada, mut device) = (site.ada(), site.visitor());
    device.log_in_remembered("ada@example.org", PASSWORD);
    let link = site.reset_link("ada@example.org");
    let mut owner = opening(&site, &link);
    let page = owner.get("/reset");
    assert!(
        page.status == Status::Ok
            && page.says("Choose a new password for ada@example.org. You'll be logged out everywhere.")
    );
    assert!(page.says("autocomplete=\"new-password\"") && page.says("At least 10 characters"));
    let answer = choose(&mut owner, NEW);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login"));
    assert!(answer.takes_back("reset"));
    assert_eq!(owner.get("/login").notices(), ["Your password has been changed. Please log in."]);
    assert!(!owner.is_logged_in() && !ada.is_logged_in() && !device.is_logged_in());
    device.jar.retain(|(name, _)| name == "remember");
    assert!(!device.is_logged_in());
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/login");
    assert_eq!(owner.log_in("ada@example.org", NEW).location(), "/profile");
    assert!(owner.get("/settings/activity").says("You chose a new password, with a link"));
    assert!(owner.get("/settings/activity").says("A link to choose a new password was made"));
    let mut again = opening(&site, &link);
    assert!(is_over(&again.get("/reset")));
    assert_eq!(choose(&mut again, "eight eager purple kettles").status, Status::Gone);
    assert_eq!(site.visitor().log_in("ada@example.org", NEW).location(), "/profile");
}

#[test]
fn the_token_disappears_from_the_address_bar_and_is_nowhere_else() {
    let site = TestSite::new();
    site.ada();
    let link = site.reset_link("ada@example.org");
    let token = link.split("token=").nth(1).unwrap().to_owned();
    let mut owner = site.visitor();
    let answer = owner.get(&link);
    let line = answer.set_cookie("reset");
    for attribute in ["; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=3600"] {
        assert!(line.contains(attribute), "{line} lacks {attribute}");
    }
    assert!(!line.contains(&token) && !answer.location().contains(&token));
    assert!(!owner.get("/reset").body.contains(&token));
    let hash = Token::parse(&token).unwrap().hash();
    assert_eq!(site.text("select token_hash from links"), hash.as_str());
}

#[test]
fn opening_it_changes_nothing() {
    let site = TestSite::new();
    site.ada();
    let link = site.reset_link("ada@example.org");
    for _ in 0..3 {
        let mut scanner = opening(&site, &link);
        assert!(!is_over(&scanner.get("/reset")));
    }
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
    assert_eq!(choose(&mut opening(&site, &link), NEW).location(), "/login");
}

#[test]
fn a_reset_link_is_valid_for_an_hour() {
    let site = TestSite::new();
    site.ada();
    let link = site.reset_link("ada@example.org");
    let mut owner = opening(&site, &link);
    site.clock.advance(60 * 60 - 1);
    assert!(!is_over(&owner.get("/reset")));
    site.clock.advance(1);
    assert!(is_over(&owner.get("/reset")));
    assert_eq!(choose(&mut owner, NEW).status, Status::Gone);
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).location(), "/profile");
}

#[test]
fn of_several_links_each_works_until_one_is_used_and_the_sixth_ends_the_first() {
    let site = TestSite::new();
    site.ada();
    let links: Vec<_> = (0..6).map(|_| site.reset_link("ada@example.org")).collect();
    assert!(is_over(&opening(&site, &links[0]).get("/reset")));
    for link in &links[1..] {
        assert!(!is_over(&opening(&site, link).get("/reset")));
    }
    let mut late = opening(&site, &links[4]);
    assert_eq!(choose(&mut opening(&site, &links[1]), NEW).location(), "/login");
    assert_eq!(choose(&mut late, "eight eager purple kettles").status, Status::Gone);
    for link in &links {
        assert!(is_over(&opening(&site, link).get("/reset")));
    }
    assert_eq!(site.number("select count(*) from links"), 0);
}

#[test]
fn links_requested_by_strangers_do_not_end_the_operators_link() {
    let site = Setup::new().mail().patient().build();
    site.ada_by_mail();
    let link = site.reset_link("ada@example.org");
    for _ in 0..7 {
        site.clock.advance(2);
        site.visitor().submit("/forgot", &[("email", "ada@example.org")]);
        site.mails();
    }
    assert_eq!(site.number("select count(*) from links where purpose = 'reset'"), 6);
    assert_eq!(choose(&mut opening(&site, &link), NEW).location(), "/login");
    assert_eq!(site.number("select count(*) from links where purpose = 'reset'"), 0);
}

#[test]
fn a_link_for_another_purpose_sets_no_password() {
    let site = TestSite::new();
    site.ada();
    let mut owner = opening(&site, &site.reset_link("ada@example.org"));
    site.change("update links set purpose = 'confirm'");
    assert!(is_over(&owner.get("/reset")));
    assert_eq!(choose(&mut owner, NEW).status, Status::Gone);
}

/// An event.
type Event = fn(&TestSite);

#[test]
fn changes_of_the_account_end_the_link() {
    let replace: Event = |site| {
        let (ada, new) = (site.account("ada@example.org"), Password::typed("eight eager purple kettles"));
        site.runtime.block_on(passwords::replace(&site.site, &ada, &new, Actor::CommandLine)).unwrap();
    };
    let change: Event = |site| {
        let mut ada = site.visitor();
        ada.log_in("ada@example.org", PASSWORD);
        let fields = [("current_password", PASSWORD), ("new_password", "eight eager purple kettles")];
        assert_eq!(ada.submit("/settings/password", &fields).location(), "/settings/account");
    };
    let events: [(&str, Event); 5] = [
        ("password changed by its owner", change),
        ("password set by the operator", replace),
        ("disabled", |site| _ = site.change("update accounts set disabled_at = 1")),
        ("another address", |site| _ = site.change("update accounts set email_key = 'new@example.org'")),
        ("deleted", |site| _ = site.change("delete from accounts")),
    ];
    for (event, happen) in events {
        let site = TestSite::new();
        site.ada();
        let link = site.reset_link("ada@example.org");
        let mut owner = opening(&site, &link);
        happen(&site);
        assert!(is_over(&owner.get("/reset")), "{event}");
        assert_eq!(choose(&mut owner, NEW).status, Status::Gone, "{event}");
        assert_eq!(site.number("select count(*) from audit where event = 'password_reset'"), 0, "{event}");
    }
}

#[test]
fn nothing_else_is_a_link() {
    let site = TestSite::new();
    site.ada();
    let good = site.reset_link("ada@example.org");
    let hash = site.text("select token_hash from links");
    site.change(
        "insert into links (id, token_hash, purpose, account_id, email, email_key, created_at, created_by, ordinal, ends_at) \
         select '', '', 'other', id, email, email_key, 0, 'owner', 9, 9999999999 from accounts",
    );
    for token in
        ["", "%00", "x", &hash, &good[13..good.len() - 1], "%ff", &"A".repeat(43), &"A".repeat(9_000)]
    {
        // Even in a browser that has opened a good one.
        let mut visitor = opening(&site, &good);
        assert_eq!(visitor.get(&format!("/reset?token={token}")).location(), "/reset");
        assert!(is_over(&visitor.get("/reset")), "{token}");
        assert_eq!(choose(&mut visitor, NEW).status, Status::Gone, "{token}");
    }
    assert!(is_over(&site.visitor().get("/reset")));
    let program = site.visitor().sending("Accept", "application/json").get("/reset");
    assert!(program.status == Status::Gone && program.says("\"description\":\"This link no longer works.\""));
    let mut forger = site.visitor();
    forger.plant("reset", good.split('=').nth(1).unwrap());
    assert!(is_over(&forger.get("/reset")), "a cookie that is not ours");
    assert!(!is_over(&opening(&site, &good).get("/reset")));
}

#[test]
fn of_many_simultaneous_uses_one_succeeds() {
    let site = TestSite::new();
    site.ada();
    let link = site.reset_link("ada@example.org");
    let token = Token::parse(link.split("token=").nth(1).unwrap()).unwrap();
    let won = site.runtime.block_on(async {
        let take = || async {
            let mut tx = site.db.begin_locked(&[]).await.unwrap();
            let taken = links::take(&mut tx, &site.site, &token, Purpose::Reset).await.unwrap();
            tx.commit().await.unwrap();
            taken.is_some()
        };
        rocket::futures::future::join_all((0..20).map(|_| take())).await
    });
    assert_eq!(won.into_iter().filter(|won| *won).count(), 1);
}

#[test]
fn a_weak_password_shows_an_error_at_its_field_and_the_link_still_works() {
    let site = TestSite::new();
    site.ada();
    let mut owner = opening(&site, &site.reset_link("ada@example.org"));
    for (password, sentence) in [
        ("", "Enter a password."),
        ("short", "Use at least 10 characters."),
        ("ada@example.org", "This password is easy to guess."),
    ] {
        let page = choose(&mut owner, password);
        assert_eq!(page.status, Status::UnprocessableEntity);
        assert!(page.says(&format!("id=\"new_password-error\">{sentence}")), "{password}");
    }
    for body in
        ["", "new_password=a&new_password=b", "new_password[]=a", "new_password=x&email=eve@example.org"]
    {
        assert_eq!(owner.post("/reset", body).status, Status::UnprocessableEntity, "{body}");
    }
    assert_eq!(choose(&mut owner, NEW).location(), "/login");
}

#[test]
fn a_reset_ends_the_pause_for_its_browser() {
    let site = Setup::new().patient().with("limit_free_guesses", "2").build();
    site.ada();
    for _ in 0..2 {
        site.visitor().log_in("ada@example.org", "wrong");
    }
    assert_eq!(site.visitor().log_in("ada@example.org", PASSWORD).status, Status::TooManyRequests);
    let mut ada = opening(&site, &site.reset_link("ada@example.org"));
    choose(&mut ada, NEW);
    assert_eq!(ada.log_in("ada@example.org", NEW).location(), "/profile");
    let elsewhere = site.visitor().log_in("ada@example.org", NEW);
    assert_eq!(elsewhere.status, Status::TooManyRequests, "it only helps the browser it was used in");
}

#[test]
fn the_login_page_says_where_to_request_a_link() {
    let site = TestSite::new();
    let mut visitor = site.visitor();
    assert!(visitor.get("/login").values("href").iter().any(|link| link == "/forgot"));
    let page = visitor.get("/forgot");
    assert!(page.says("To get a link to choose a new password, ask the people who run this site."));
}
