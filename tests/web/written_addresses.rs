//! International addresses: people read them as they are written, while what is stored and sent is ASCII.

use rocket::http::Status;

use crate::support::{PASSWORD, Setup, TestSite, Visitor, link_in};

const WRITTEN: &str = "mueller@bücher.example";
/// The same, as some browsers send it however it is typed.
const SENT: &str = "mueller@xn--bcher-kva.example";
const NEW_WRITTEN: &str = "erika@müller.example";
const NEW_SENT: &str = "erika@xn--mller-kva.example";

/// The page names the address as it is written, and nothing on it is code.
fn reads(visitor: &mut Visitor<'_>, path: &str, written: &str) {
    let page = visitor.get(path);
    assert_eq!(page.status, Status::Ok, "{path}");
    assert!(page.says(written) && !page.says("@xn--"), "{path}: {}", page.body);
}

#[test]
fn pages_and_fields_show_an_address_as_it_is_written() {
    let site = TestSite::new();
    let mut erika = site.visitor();
    let refused = erika.sign_up(SENT, "", PASSWORD);
    assert_eq!(refused.status, Status::UnprocessableEntity);
    assert!(refused.says(&format!("value=\"{WRITTEN}\"")), "{}", refused.body);
    assert_eq!(erika.sign_up(SENT, "Erika", PASSWORD).location(), "/login");
    assert_eq!(site.text("select email from accounts"), SENT);
    assert_eq!(site.text("select email_key from accounts"), SENT);
    let field = format!("value=\"{WRITTEN}\"");
    reads(&mut erika, "/login", &field);
    assert_eq!(erika.log_in(SENT, "wrong horse battery").location(), "/login");
    reads(&mut erika, "/login", &field);
    assert_eq!(erika.log_in(WRITTEN, PASSWORD).location(), "/profile");
    for path in ["/profile", "/settings/account", "/settings/password", "/settings/close"] {
        reads(&mut erika, path, WRITTEN);
    }
    let again = erika.submit("/settings/close", &[("email", SENT), ("password", "")]);
    assert!(again.says(&field) && !again.says("@xn--"), "{}", again.body);
}

#[test]
fn emails_name_an_address_as_it_is_written_and_go_to_it_in_ascii() {
    let site = Setup::new().mail().patient().build();
    let mut erika = site.visitor();
    assert_eq!(erika.sign_up(SENT, "Erika", PASSWORD).location(), "/confirm/new");
    reads(&mut erika, "/confirm/new", WRITTEN);
    assert_eq!(erika.get(&site.mailed_link(SENT)).location(), "/confirm");
    reads(&mut erika, "/confirm", WRITTEN);
    assert_eq!(erika.submit("/confirm", &[("password", PASSWORD)]).location(), "/profile");

    let named = |to: &str, address: &str| {
        let mail = site.newest(to);
        for text in [&mail.text, &mail.html] {
            assert!(text.contains(address) && !text.contains("@xn--"), "{text}");
        }
        mail
    };
    site.clock.advance(2);
    assert_eq!(site.visitor().log_in(WRITTEN, PASSWORD).location(), "/profile");
    named(SENT, WRITTEN);
    let mut forgetful = site.visitor();
    site.clock.advance(2);
    forgetful.submit("/forgot", &[("email", SENT)]);
    reads(&mut forgetful, "/forgot", WRITTEN);
    let link = link_in(&named(SENT, WRITTEN));
    assert_eq!(forgetful.get(&link).location(), "/reset");
    reads(&mut forgetful, "/reset", WRITTEN);

    site.clock.advance(2);
    assert_eq!(erika.submit("/settings/email", &[("email", NEW_SENT)]).location(), "/settings/account");
    let link = site.mailed_link(NEW_SENT);
    reads(&mut erika, "/settings/account", NEW_WRITTEN);
    assert_eq!(erika.get(&link).location(), "/change-email");
    reads(&mut erika, "/change-email", NEW_WRITTEN);
    erika.submit("/change-email", &[("password", PASSWORD)]);
    reads(&mut erika, "/profile", NEW_WRITTEN);
    // The reader of the address before.
    let link = link_in(&named(SENT, NEW_WRITTEN));
    let mut owner = site.visitor();
    assert_eq!(owner.get(&link).location(), "/restore-email");
    reads(&mut owner, "/restore-email", WRITTEN);
}

#[test]
fn an_address_that_looks_like_another_is_shown_in_code() {
    let site = TestSite::new();
    let mut mallory = site.visitor();
    // One letter of the domain is Cyrillic.
    let typed = "ada@ex\u{430}mple.example";
    assert_eq!(mallory.sign_up(typed, "Mallory", PASSWORD).location(), "/login");
    assert_eq!(mallory.log_in(typed, PASSWORD).location(), "/profile");
    let stored = site.text("select email from accounts");
    let profile = mallory.get("/profile");
    assert!(stored.starts_with("ada@xn--") && profile.says(&stored) && !profile.says(typed), "{stored}");
}
