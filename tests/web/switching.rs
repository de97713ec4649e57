//! The login page of a visitor who is logged in: it says as whom, leads on, and offers to switch. No form of another
//! tab replaces one account by another without a word.

use rocket::http::Status;

use crate::support::{Answer, PASSWORD, Setup, TestSite, Visitor};

const ADA: &str = "ada@example.org";
const BOB: &str = "bob@example.org";
const LOGIN: &str = "/login?next=%2Fsettings%2Fdevices";
const WANTED: &str = "/settings/devices";
const STILL: &str = "This browser is already logged in. Nothing was changed.";
const SWITCHED: &str = "You have been logged out. You can log in again now.";

/// A site where Ada and Bob have accounts.
fn site() -> TestSite {
    let site = Setup::new().patient().build();
    site.visitor().sign_up(ADA, "Ada", PASSWORD);
    site.visitor().sign_up(BOB, "Bob", PASSWORD);
    site
}

/// Ada, logged in.
fn ada(site: &TestSite) -> Visitor<'_> {
    let mut ada = site.visitor();
    assert_eq!(ada.log_in(ADA, PASSWORD).location(), "/profile");
    ada
}

/// The value of a hidden field of the page's own form.
fn hidden(page: &Answer, name: &str) -> Option<String> {
    let text = page.text();
    let (_, main) = text.split_once("<main")?;
    let (_, rest) = main.split_once(&format!("<input type=\"hidden\" name=\"{name}\" value=\""))?;
    rest.split('"').next().map(str::to_owned)
}

/// Presses the button of the page, which sends all that the page holds.
fn switch(browser: &mut Visitor<'_>, page: &Answer) -> Answer {
    let kept = ["form", "next", "email", "remember"];
    let kept = kept.map(|name| (name, hidden(page, name)));
    let fields: Vec<_> = kept.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
    browser.submit("/login/switch", &fields)
}

fn welcomes(browser: &mut Visitor<'_>, name: &str) -> bool {
    browser.get("/profile").says(&format!("Welcome, {name}!"))
}

#[test]
fn the_login_page_says_who_is_logged_in_and_leads_on() {
    let site = site();
    let mut ada = ada(&site);
    let session = ada.cookie("session").map(str::to_owned);
    for (path, onward) in [
        ("/login", "/profile"),
        (LOGIN, WANTED),
        ("/login?next=%2F", "/"),
        ("/login?next=%2F%2Fevil.test", "/profile"),
        ("/login?next=%2Flogout", "/profile"),
        ("/login?next=%2Flogin%3Fnext%3D%252F", "/profile"),
    ] {
        let page = ada.get(path);
        assert_eq!(page.status, Status::Ok, "{path}");
        assert!(page.says("<h1>Log in with another account?</h1>"), "{path}: {}", page.body);
        assert!(page.says("You are logged in as ada@example.org."), "{path}");
        let link = format!("<a class=\"primary\" href=\"{onward}\">Continue with this account</a>");
        assert!(page.says(&link), "{path}: {}", page.body);
        assert!(!page.says("name=\"password\"") && page.notices().is_empty(), "{path}");
    }
    assert_eq!(ada.cookie("session").map(str::to_owned), session, "looking changes nothing");
    assert!(welcomes(&mut ada, "Ada"));
    assert_eq!(ada.get(WANTED).status, Status::Ok);
}

#[test]
fn the_button_logs_out_and_leads_to_the_form_with_the_destination() {
    let site = site();
    let mut browser = site.visitor();
    browser.log_in_remembered(ADA, PASSWORD);
    let page = browser.get(LOGIN);
    let answer = switch(&mut browser, &page);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, LOGIN));
    assert!(answer.takes_back("session") && answer.takes_back("remember"));
    assert_eq!(site.number("select count(*) from sessions"), 0);
    assert_eq!(
        site.number("select count(*) from remember_tokens"),
        0,
        "the device is forgotten, as by a logout"
    );
    assert_eq!(site.number("select count(*) from audit where event = 'logged_out'"), 1);
    let form = browser.get(LOGIN);
    assert_eq!(form.notices(), [SWITCHED]);
    assert_eq!(hidden(&form, "next").as_deref(), Some(WANTED));
    let fields = [("email", BOB), ("password", PASSWORD), ("next", WANTED)];
    assert_eq!(browser.submit("/login", &fields).location(), WANTED);
    assert!(welcomes(&mut browser, "Bob"));
}

/// Two tabs show the login form. Ada logs in with one of them; later Bob sends the other.
#[test]
fn a_login_form_from_an_old_tab_never_replaces_the_account() {
    let site = site();
    let mut browser = site.visitor();
    let old_tab = browser.get(LOGIN);
    browser.log_in(ADA, PASSWORD);
    let session = browser.cookie("session").map(str::to_owned);
    let before = site.rows_without("last_used_at");
    for password in [PASSWORD, "wrong horse battery"] {
        let value = old_tab.form_value();
        let fields = [
            ("form", &*value),
            ("next", WANTED),
            ("email", " Bob@example.org"),
            ("password", password),
            ("remember", "yes"),
        ];
        let answer = browser.submit("/login", &fields);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, LOGIN), "{password}");
        assert_eq!(
            site.rows_without("last_used_at"),
            before,
            "no password is checked, and no session begins"
        );
        assert_eq!(browser.cookie("session").map(str::to_owned), session);
    }
    let page = browser.get(LOGIN);
    assert_eq!(page.notices(), [STILL]);
    assert!(page.says("You are logged in as ada@example.org.") && !page.says(PASSWORD));
    assert!(welcomes(&mut browser, "Ada"));
    // They switch: all but the password is still there.
    assert_eq!(switch(&mut browser, &page).location(), LOGIN);
    let form = browser.get(LOGIN);
    assert_eq!(form.notices(), [SWITCHED]);
    assert!(form.says("value=\"Bob@example.org\"") && form.says("name=\"remember\" value=\"yes\" checked"));
    let fields = [("email", BOB), ("password", PASSWORD), ("next", WANTED)];
    assert_eq!(browser.submit("/login", &fields).location(), WANTED);
    assert!(welcomes(&mut browser, "Bob"));
}

#[test]
fn a_form_without_an_address_changes_nothing_either() {
    let site = site();
    let mut ada = ada(&site);
    let before = site.rows_without("last_used_at");
    for body in ["", "email=&password=", "email=x&password=y", "email[]=bob@example.org", "%00"] {
        let answer = ada.post("/login", body);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, "/login"), "{body}");
        assert_eq!(ada.get("/login").notices(), [STILL], "{body}");
        assert_eq!(site.rows_without("last_used_at"), before, "{body}");
    }
    assert!(welcomes(&mut ada, "Ada"));
}

#[test]
fn the_form_of_the_same_account_leads_on() {
    let site = site();
    let mut ada = ada(&site);
    let session = ada.cookie("session").map(str::to_owned);
    for (email, password) in [(ADA, PASSWORD), (" ADA@Example.org", PASSWORD), (ADA, "wrong horse battery")] {
        let fields = [("email", email), ("password", password), ("next", WANTED)];
        let answer = ada.submit("/login", &fields);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, WANTED), "{email}");
        assert!(answer.all("set-cookie").is_empty(), "{email}: {:?}", answer.all("set-cookie"));
        assert_eq!(ada.log_in(email, password).location(), "/profile", "{email}");
    }
    assert_eq!(ada.cookie("session").map(str::to_owned), session);
}

#[test]
fn pressed_twice_the_button_logs_out_once() {
    let site = site();
    let mut browser = ada(&site);
    let page = browser.get(LOGIN);
    let mut again = browser.clone();
    for tab in [&mut browser, &mut again] {
        let answer = switch(tab, &page);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, LOGIN));
        assert_eq!(tab.get(LOGIN).notices(), [SWITCHED]);
    }
    assert_eq!(site.number("select count(*) from audit where event = 'logged_out'"), 1);
    // A visitor who is logged out already is on their way: there is nothing to end.
    let answer = site.visitor().submit("/login/switch", &[("next", WANTED), ("email", BOB)]);
    assert_eq!((answer.status, answer.location()), (Status::SeeOther, LOGIN));
}

#[test]
fn a_form_with_other_fields_logs_no_one_out() {
    let site = site();
    let mut ada = ada(&site);
    for body in ["email[]=x", "next=%2F&next=%2Fprofile", "id=1", "email=%00", "password=x"] {
        let answer = ada.post("/login/switch", body);
        assert_eq!(answer.status, Status::UnprocessableEntity, "{body}");
        assert!(answer.says("Part of the form got lost.") && answer.says("You are logged in as"), "{body}");
    }
    assert!(ada.is_logged_in());
    for text in ["//evil.test", "https://evil.test", "/logout", "/nowhere"] {
        let mut tab = self::ada(&site);
        assert_eq!(tab.submit("/login/switch", &[("next", text)]).location(), "/login", "{text}");
    }
}

#[test]
fn another_site_can_neither_switch_nor_log_in_someone_else() {
    let site = site();
    let mut ada = ada(&site);
    let mut lured = ada.clone().sending("Sec-Fetch-Site", "cross-site");
    let fields = [("email", BOB), ("password", PASSWORD)];
    assert_eq!(lured.submit("/login", &fields).status, Status::Forbidden);
    assert_eq!(lured.submit("/login/switch", &[("email", BOB)]).status, Status::Forbidden);
    assert_eq!(ada.get("/login/switch").status, Status::MethodNotAllowed);
    assert!(welcomes(&mut ada, "Ada"));
}

/// What Ada chose is not passed on to the account that Bob confirms in her browser.
#[test]
fn an_account_that_is_confirmed_while_another_is_logged_in_gets_the_language_of_the_browser() {
    let site = Setup::new().mail().build();
    let mut browser = site.ada_by_mail().sending("Accept-Language", "de");
    browser.fill_in("/settings/account", "/settings/language", &[("language", "es")]);
    site.visitor().sign_up("carl@example.org", "Carl", PASSWORD);
    site.mails();
    site.visitor().submit("/forgot", &[("email", "carl@example.org")]);
    browser.get(&site.mailed_link("carl@example.org"));
    browser.submit("/reset", &[("name", "Carl"), ("new_password", "seven lazy violet teapots")]);
    assert_eq!(site.text("select language from accounts where email = 'carl@example.org'"), "de");
    assert_eq!(site.text("select language from accounts where email = 'ada@example.org'"), "es");
}

/// Bob opens a link for a new password while Ada is logged in, in the same browser.
#[test]
fn a_new_password_of_another_account_leads_to_the_offer() {
    let site = site();
    let mut browser = ada(&site);
    browser.get(&site.reset_link(BOB));
    let answer = browser.submit("/reset", &[("new_password", "seven lazy violet teapots")]);
    assert_eq!(answer.location(), "/login");
    let page = browser.get("/login");
    assert_eq!(page.notices(), ["Your password has been changed. Please log in."]);
    assert!(page.says("You are logged in as ada@example.org."));
    assert_eq!(hidden(&page, "email").as_deref(), Some(BOB), "the form after the switch knows it");
    assert_eq!(switch(&mut browser, &page).location(), "/login");
    assert!(browser.get("/login").says("value=\"bob@example.org\""));
}
