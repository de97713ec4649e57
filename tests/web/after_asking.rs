//! The page after asking for a link to choose a new password: it names the address that was typed, can be opened again
//! for a day, and gives way to another address and to a login.

use crate::forgotten::{NEW, with_mail};
use crate::support::{ADA, PASSWORD};

#[test]
fn the_page_after_asking_names_the_address_and_leads_to_another() {
    let site = with_mail();
    let mut visitor = site.visitor();
    visitor.submit("/forgot", &[("email", " Bob@example.org")]);
    for _ in 0..2 {
        let page = visitor.get("/forgot");
        assert!(page.says("If there is an account for Bob@example.org, we've sent it an email."));
        assert!(page.notices().is_empty(), "the page says it itself");
        assert!(page.says("<a href=\"/forgot?other\">Use another address</a>"));
    }
    let page = visitor.get("/forgot?other");
    assert!(page.says("<h1>Forgot your password?</h1>") && page.says("value=\"\""));
    assert!(!visitor.get("/forgot").says("Bob@example.org"));
}

/// The page is made from a cookie of its own: it tells no address from another, however late it is opened again.
#[test]
fn the_page_after_asking_can_be_opened_again_for_a_day() {
    let site = with_mail();
    site.ada_by_mail();
    site.clock.advance(180);
    let next_day = |email: &str| {
        let mut visitor = site.visitor();
        let answer = visitor.submit("/forgot", &[("email", email)]);
        let line = answer.set_cookie("sent").to_owned();
        assert!(line.contains("; Max-Age=86400") && !line.contains("example"), "{line}");
        visitor.get("/forgot");
        // The browser has dropped what is kept for a minute only.
        visitor.jar.retain(|(name, _)| name == "sent");
        site.clock.advance(10 * 3_600);
        let pages: Vec<_> = (0..2).map(|_| visitor.get("/forgot")).collect();
        for page in &pages {
            assert!(page.says("<h1>Check your email</h1>") && page.says(email), "{}", page.body);
            assert!(page.all("set-cookie").is_empty(), "{:?}", page.all("set-cookie"));
        }
        pages[1].without_form_values().replace(email, "(the address)")
    };
    assert_eq!(next_day(ADA), next_day("eve@example.org"));
}

#[test]
fn the_page_after_asking_gives_way_to_another_address_and_to_a_login() {
    let site = with_mail();
    site.ada_by_mail();
    site.clock.advance(180);
    let mut ada = site.visitor();
    ada.submit("/forgot", &[("email", "eva@example.org")]);
    ada.log_in("ada@example.net", "wrong horse battery");
    let page = ada.get("/forgot");
    assert!(page.says("<h1>Forgot your password?</h1>") && page.says("value=\"ada@example.net\""));
    assert!(ada.log_in(ADA, PASSWORD).takes_back("sent"));
    let page = ada.get("/forgot");
    assert!(page.says("<h1>Forgot your password?</h1>") && page.says("value=\"ada@example.org\""));
    site.mails();
    site.clock.advance(180);
    let mut owner = site.visitor();
    owner.submit("/forgot", &[("email", ADA)]);
    owner.get(&site.mailed_link(ADA));
    assert!(owner.submit("/reset", &[("new_password", NEW)]).takes_back("sent"));
    assert!(owner.get("/forgot").says("<h1>Forgot your password?</h1>"), "the link was used");
}

#[test]
fn a_cookie_of_that_page_that_we_did_not_make_is_removed() {
    let site = with_mail();
    let mut visitor = site.visitor();
    visitor.submit("/forgot", &[("email", ADA)]);
    let other = visitor.cookie("typed").unwrap().to_owned();
    for value in ["x", "%7B%22form%22%3A%22reset%22%2C%22email%22%3A%22eve%40x.test%22%7D", &*other] {
        let mut forger = site.visitor();
        forger.plant("sent", value);
        let page = forger.get("/forgot");
        assert!(page.says("<h1>Forgot your password?</h1>") && page.says("value=\"\""), "{value}");
        assert!(page.takes_back("sent"), "{value}");
    }
}
