//! A page that was opened for another account, or for another link, changes nothing for the current one.

use rocket::http::Status;
use vestibule::people::Actor;
use vestibule::people::Email;
use vestibule::services::links::{self, Purpose};

use crate::support::{ADA, PASSWORD, Setup, TestSite, Visitor};

const EVE: &str = "eve@example.org";
const OTHER_ACCOUNT: &str =
    "You opened that page with another account. Nothing was changed. Please try again here.";
const OTHER_LINK: &str =
    "That form belonged to another link. Nothing was changed. This page is about the link you opened last.";

/// Ada and Eve, both confirmed; Ada is logged in.
fn site() -> TestSite {
    Setup::new().patient().mail().build()
}

fn eve(site: &TestSite) -> Visitor<'_> {
    let mut eve = site.visitor();
    eve.sign_up(EVE, "Eve", PASSWORD);
    let link = site.mailed_link(EVE);
    eve.get(&link);
    assert_eq!(eve.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");
    eve
}

#[test]
fn no_form_of_an_old_page_acts_on_the_current_account() {
    let site = site();
    let mut browser = site.ada_by_mail();
    eve(&site);
    type Form<'f> = (&'f str, &'f str, &'f [(&'f str, &'f str)]);
    let fields: [Form<'_>; 9] = [
        ("/settings/account", "/settings/account", &[("name", "Ada the first")]),
        ("/settings/email", "/settings/email", &[("email", "new@example.org")]),
        (
            "/settings/password",
            "/settings/password",
            &[("current_password", PASSWORD), ("new_password", "seven lazy violet teapots")],
        ),
        ("/settings/close", "/settings/close", &[("email", EVE), ("password", PASSWORD)]),
        ("/settings/devices", "/settings/devices/end-others", &[]),
        ("/settings/devices", "/settings/devices/end", &[("id", "x")]),
        ("/settings/account", "/settings/export", &[]),
        ("/profile", "/logout", &[]),
        ("/login", "/login/switch", &[]),
    ];
    let values: Vec<String> = fields.iter().map(|(page, ..)| browser.get(page).form_value()).collect();
    assert_eq!(browser.post("/logout", "").location(), "/");
    assert_eq!(browser.log_in(EVE, PASSWORD).location(), "/profile");
    for ((page, path, typed), value) in fields.iter().zip(&values) {
        let before = site.rows_without("last_used_at");
        let mut tab = browser.clone().sending("Referer", &format!("http://localhost:8000{page}"));
        let answer = tab.submit(path, &[&[("form", &**value)], *typed].concat());
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, *page), "{path}");
        assert_eq!(tab.get(page).notices(), [OTHER_ACCOUNT], "{path}");
        assert_eq!(site.rows_without("last_used_at"), before, "{path}");
    }
    assert!(browser.is_logged_in());
    let answer = browser.submit("/logout", &[("form", &*values[7])]);
    assert_eq!(answer.location(), "/", "there is no page of ours to return to");
    assert!(browser.is_logged_in());
    // The page of the current account works.
    assert_eq!(
        browser.fill_in("/settings/account", "/settings/account", &[("name", "Eva")]).location(),
        "/settings/account"
    );
    assert_eq!(site.text("select name from accounts where email_key = 'eve@example.org'"), "Eva");
}

#[test]
fn a_program_that_accepts_json_gets_the_same_in_json() {
    let site = site();
    let mut browser = site.ada_by_mail();
    eve(&site);
    let value = browser.get("/settings/account").form_value();
    browser.post("/logout", "");
    browser.log_in(EVE, PASSWORD);
    let mut script = browser.clone().sending("Accept", "application/json");
    let answer = script.submit("/settings/account", &[("form", &*value), ("name", "x")]);
    assert_eq!((answer.status, answer.header("content-type")), (Status::Conflict, "application/json"));
    assert_eq!(site.number("select count(*) from accounts where name = 'x'"), 0);
}

#[test]
fn a_user_who_was_logged_out_meanwhile_is_sent_to_the_login_as_usual() {
    let site = site();
    let mut browser = site.ada_by_mail();
    let value = browser.get("/settings/account").form_value();
    browser.post("/logout", "");
    let answer = browser.submit("/settings/account", &[("form", &*value), ("name", "x")]);
    assert_eq!(answer.location(), "/login?next=%2Fsettings%2Faccount");
    browser.log_in(ADA, PASSWORD);
    assert_eq!(
        browser.submit("/settings/account", &[("form", &*value), ("name", "Ada 2")]).location(),
        "/settings/account"
    );
    assert_eq!(site.text("select name from accounts"), "Ada 2", "the page was opened for the same account");
}

#[test]
fn a_page_without_a_user_says_nothing_about_accounts() {
    let site = site();
    let mut browser = site.visitor();
    let value = browser.get("/forgot").form_value();
    let mut ada = site.ada_by_mail();
    assert_eq!(ada.submit("/forgot", &[("form", &*value), ("email", ADA)]).location(), "/forgot");
}

/// Two links of one kind, opened in one browser: the first page names one address, and the cookie holds the
/// other link.
#[test]
fn the_page_of_one_reset_link_does_not_use_another() {
    let site = site();
    site.ada_by_mail();
    eve(&site);
    let (adas, eves) = (site.reset_link(ADA), site.reset_link(EVE));
    let mut browser = site.visitor();
    browser.get(&adas);
    let page = browser.get("/reset");
    assert!(page.says(ADA));
    let value = page.form_value();
    browser.get(&eves);
    let before = site.rows_without("last_used_at");
    let fields = [("form", &*value), ("new_password", "seven lazy violet teapots")];
    let answer = browser.submit("/reset", &fields);
    assert_eq!(answer.status, Status::UnprocessableEntity);
    assert!(answer.says(OTHER_LINK) && answer.says(EVE) && !answer.says(ADA));
    assert!(!answer.says("seven lazy violet teapots"));
    assert_eq!(site.rows_without("last_used_at"), before);
    // The page that is shown now belongs to the current link.
    let fields = [("form", &*answer.form_value()), ("new_password", "seven lazy violet teapots")];
    assert_eq!(browser.submit("/reset", &fields).location(), "/login");
    assert_eq!(site.visitor().log_in(EVE, "seven lazy violet teapots").location(), "/profile");
    assert_eq!(site.visitor().log_in(ADA, PASSWORD).location(), "/profile");
}

/// The same for every other page behind a link.
#[test]
fn no_page_of_one_link_uses_another() {
    let site = site();
    site.ada_by_mail();
    eve(&site);
    let accounts = [ADA, EVE].map(|email| site.account(email).id);
    let link = |purpose, account: usize, to: &str| {
        let (account, to) = (&accounts[account], Email::parse(to).unwrap());
        let made = site
            .runtime
            .block_on(links::make(&site.site, account, &to, purpose, Actor::CommandLine))
            .unwrap();
        made.address.strip_prefix("http://localhost:8000").unwrap().to_owned()
    };
    type Typed<'t> = &'t [(&'t str, &'t str)];
    let pages: [(Purpose, &str, Typed<'_>); 5] = [
        (Purpose::Confirm, "/confirm", &[("password", PASSWORD)]),
        (Purpose::Change, "/change-email", &[("password", PASSWORD)]),
        (Purpose::RevertEmail, "/restore-email", &[]),
        (Purpose::LockAccount, "/secure", &[]),
        (Purpose::Close, "/delete-account", &[]),
    ];
    for (purpose, path, typed) in pages {
        // The link for a new address goes to that one; all others go to the address that the account has.
        let to = |own: &'static str, new: &'static str| if path == "/change-email" { new } else { own };
        let mut browser = site.visitor();
        browser.get(&link(purpose, 0, to(ADA, "ada@new.example")));
        let value = browser.get(path).form_value();
        browser.get(&link(purpose, 1, to(EVE, "eve@new.example")));
        let before = site.rows_without("last_used_at");
        let answer = browser.submit(path, &[&[("form", &*value)], typed].concat());
        assert_eq!(answer.status, Status::UnprocessableEntity, "{path}");
        assert!(answer.says(OTHER_LINK), "{path}: {}", answer.body);
        assert_eq!(site.rows_without("last_used_at"), before, "{path}");
        // The link's own page works.
        let value = browser.get(path).form_value();
        let answer = browser.submit(path, &[&[("form", &*value)], typed].concat());
        assert_eq!(answer.status, Status::SeeOther, "{path}: {}", answer.body);
        assert_ne!(site.rows_without("last_used_at"), before, "{path}");
    }
}
