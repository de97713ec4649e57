//! The page behind the link of an invitation: who gets in by it with a new account, and what the others read. Their
//! addresses are in `invited_addresses`. How an account that is there joins is told in `invited_joining`.

use rocket::futures::future::join_all;
use rocket::http::{ContentType, Cookie, Header, Status};
use vestibule::base::Token;
use vestibule::people::groups::{self, GroupName};
use vestibule::services::invitations::{self, Lifetime, Made, NewInvitation, Revoked};

use crate::equality::shape;
use crate::invitations::{RUTH, into_the_choir, revoke, with_a_choir};
use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor, encoded};

pub use crate::invitations::make;

pub const OVER: &str = "<h1>This invitation is over</h1>";
const READY: &str = "Your account is ready. Please log in.";

/// The path of a link, without the site's own address.
pub fn path(site: &TestSite, made: &Made) -> String {
    made.address(&site.site).strip_prefix("http://localhost:8000").unwrap().to_owned()
}

/// A visitor who has opened the link of an invitation, and its page.
pub fn opened<'s>(site: &'s TestSite, made: &Made) -> (Visitor<'s>, Answer) {
    let mut visitor = site.visitor();
    assert_eq!(visitor.get(&path(site, made)).location(), "/invited");
    let page = visitor.get("/invited");
    (visitor, page)
}

pub fn fields(email: &str) -> [(&str, &str); 3] {
    [("email", email), ("name", "Ruth"), ("password", PASSWORD)]
}

/// The same form without an address, for an invitation that has one.
pub fn bound() -> [(&'static str, &'static str); 2] {
    [("name", "Ruth"), ("password", PASSWORD)]
}

pub fn members(site: &TestSite, group: &str) -> usize {
    let name = GroupName::parse(group).unwrap();
    site.block_on(groups::members_after(&site.db, &name, "", 100)).unwrap().len()
}

pub fn uses_left(site: &TestSite, made: &Made) -> i64 {
    let found = site.block_on(invitations::find(&site.site, &made.invitation.id)).unwrap();
    found.unwrap().uses_left
}

/// The form of many visitors who have opened the same link, sent at once, each with their own address.
/// Returns the answers: status, `Location`, and the page.
pub fn all_at_once(site: &TestSite, made: &Made, visitors: usize) -> Vec<(Status, String, String)> {
    let (cookie, link) = (site.cookie_name("invited"), path(site, made));
    let open = |_| {
        let mut visitor = site.visitor();
        visitor.get(&link);
        visitor.cookie("invited").unwrap().to_owned()
    };
    let jars: Vec<String> = (0..visitors).map(open).collect();
    site.block_on(async {
        let client = site.parallel_client().await;
        let sent = jars.into_iter().enumerate().map(|(number, opened)| {
            let body = encoded(&fields(&format!("n{number}@x.test")));
            let form = client.post("/invited").header(ContentType::Form).body(body);
            let form = form.header(Header::new("Host", site.host()));
            let form = form.cookie(Cookie::new(cookie.clone(), opened));
            async move {
                let answer = form.dispatch().await;
                let location = answer.headers().get_one("location").unwrap_or_default().to_owned();
                (answer.status(), location, answer.into_string().await.unwrap_or_default())
            }
        });
        join_all(sent).await
    })
}

#[test]
fn an_invitation_for_two_takes_two_of_fifty() {
    let site = with_a_choir(Setup::new().patient());
    let made = make(&site, &into_the_choir(2));
    let answers = all_at_once(&site, &made, 50);
    assert_eq!(answers.iter().filter(|(_, to, _)| to == "/login").count(), 2, "{answers:?}");
    assert!(answers.iter().all(|(status, _, page)| status.code == 303 || page.contains(OVER)));
    assert_eq!((site.number("select count(*) from accounts"), members(&site, "choir")), (2, 2));
    assert_eq!(uses_left(&site, &made), 0);
}

#[test]
fn the_page_says_who_invites_to_what_until_when_and_never_what_the_note_is() {
    let site = with_a_choir(Setup::new().with("site_name", "The Sailing Club"));
    let groups = vec![GroupName::admins(), GroupName::parse("choir").unwrap()];
    let made = make(&site, &NewInvitation { groups, ..into_the_choir(3) });
    let (mut visitor, page) = opened(&site, &made);
    assert_eq!(page.status, Status::Ok);
    for told in [
        "<h1>You are invited</h1>",
        "The Sailing Club",
        "<li><bdi>Administrators</bdi></li>",
        "<li><bdi>The choir</bdi></li>",
        "8 January 2026, 00:00 UTC",
        "href=\"/login?next=%2Finvited\"",
    ] {
        assert!(page.says(told), "{told}: {}", page.text());
    }
    assert!(!page.says("Sopranos"), "a note is for administrators alone");
    let secret = made.token.reveal();
    let cookie = visitor.cookie("invited").unwrap().to_owned();
    assert!(!page.body.contains(&secret) && !cookie.contains(&secret), "it is in the cookie, encrypted");
    let answer = visitor.get(&path(&site, &made));
    let line = answer.set_cookie("invited");
    assert!(line.contains("HttpOnly") && line.contains("Max-Age=3600"), "{line}");
    assert!(visitor.get("/invited?lang=de").says("<li><bdi>Verwaltung</bdi></li>"));
    for _ in 0..3 {
        opened(&site, &made);
    }
    assert_eq!(uses_left(&site, &made), 3, "opening it changes nothing");
}

#[test]
fn a_new_account_gets_in_whatever_the_setting_of_the_sign_up() {
    for signup in ["open", "invited", "closed"] {
        let site = with_a_choir(Setup::new().with("signup", signup));
        let made = make(&site, &into_the_choir(1));
        let (mut ruth, page) = opened(&site, &made);
        assert_eq!(page.status, Status::Ok, "{signup}");
        let value = page.form_value();
        let form = [&[("form", &*value)], &fields(RUTH)[..]].concat();
        let mut again = ruth.clone();
        let answer = ruth.submit("/invited", &form);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login"), "{signup}");
        assert!(answer.takes_back("invited"), "{signup}");
        let login = ruth.get("/login");
        assert_eq!(login.notices(), [READY]);
        assert!(login.says(&format!("value=\"{RUTH}\"")));
        assert_eq!(ruth.log_in(RUTH, PASSWORD).location(), "/profile");
        assert_eq!((members(&site, "choir"), uses_left(&site, &made)), (1, 0), "{signup}");
        // A double click: the second answer is the first one again.
        assert_eq!(again.submit("/invited", &form).location(), "/login", "{signup}");
        assert_eq!(site.number("select count(*) from accounts"), 1);
        let refused = site.visitor().sign_up("eve@x.test", "Eve", PASSWORD);
        assert_eq!(refused.status == Status::Forbidden, signup != "open", "{signup}");
    }
}

#[test]
fn a_link_that_ended_was_revoked_or_used_up_reads_like_one_that_never_was() {
    let site = with_a_choir(Setup::new().patient());
    let short = NewInvitation { lifetime: Lifetime::of_seconds(300).unwrap(), ..into_the_choir(1) };
    let [ended, revoked, used] = [&short, &into_the_choir(1), &into_the_choir(1)].map(|new| make(&site, new));
    let [at_ended, at_revoked, at_used] = [&ended, &revoked, &used].map(|made| opened(&site, made).0);
    assert_eq!(at_used.clone().submit("/invited", &fields(RUTH)).location(), "/login");
    assert_eq!(revoke(&site, &revoked), Revoked::Done);
    site.clock.advance(300);
    let mut never = site.visitor();
    never.get(&format!("/invited?token={}", Token::generate().reveal()));
    let mut shapes = Vec::new();
    for mut visitor in [at_ended, at_revoked, at_used, never, site.visitor()] {
        let both = [visitor.get("/invited"), visitor.submit("/invited", &fields("eve@x.test"))];
        for answer in &both {
            assert_eq!(answer.status, Status::Gone);
            assert!(answer.says(OVER), "{}", answer.text());
        }
        shapes.push(both.map(|answer| shape(&answer)));
    }
    assert!(shapes.iter().all(|shape| *shape == shapes[0]), "{shapes:#?}");
    assert_eq!(site.number("select count(*) from accounts"), 1);
    // A link that is none takes an earlier one out of the cookie.
    let made = make(&site, &into_the_choir(1));
    let (mut visitor, _) = opened(&site, &made);
    assert!(visitor.get("/invited?token=x").takes_back("invited"));
    let json = visitor.sending("accept", "application/json").get("/invited");
    assert!(json.status == Status::Gone && json.says("This invitation is over."), "{}", json.body);
}

#[test]
fn what_is_wrong_is_said_at_its_field_and_uses_nothing() {
    let terms = "https://example.org/terms";
    let site = with_a_choir(Setup::new().with("terms_url", terms).with("terms_version", "2026-11"));
    let made = make(&site, &into_the_choir(1));
    let (mut ruth, _) = opened(&site, &made);
    let whole = [&fields(RUTH)[..], &[("terms", "2026-11")]].concat();
    for (at, field, typed, told) in [
        (0, "email", "ruth", "Enter an email address such as"),
        (1, "name", " ", "Enter your name."),
        (2, "password", "short", "Use at least 10 characters."),
        (3, "terms", "2025-01", "Please accept the terms of use to sign up."),
    ] {
        let mut form = whole.clone();
        form[at] = (field, typed);
        let page = ruth.submit("/invited", &form);
        assert_eq!(page.status, Status::UnprocessableEntity, "{field}");
        assert!(page.pieces(&format!("id=\"{field}-error\">"), "</p>").concat().contains(told), "{field}");
        assert!(page.says("<h1>You are invited</h1>") && page.says("The choir"), "{field}");
    }
    assert_eq!(ruth.submit("/invited", &whole[1..]).status, Status::UnprocessableEntity, "no address at all");
    assert_eq!(uses_left(&site, &made), 1);
    assert_eq!(ruth.submit("/invited", &whole).location(), "/login");
    assert_eq!(site.text("select terms_version from accounts"), "2026-11");
}
