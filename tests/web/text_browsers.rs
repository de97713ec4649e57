//! Text browsers ignore `hidden`: they send the user name that is there for password managers. Because it has
//! a name, w3m 0.5.3 and Lynx 2.9.0 send it as every browser does. Without one, Lynx sends
//! `=ada@example.org`, and w3m the bare `ada%40example.org`.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, encoded};

const NEW: &str = "seven lazy violet teapots";

/// A form as they send it: the fields in the order of the page, including the hidden ones.
fn sent(page: &Answer, typed: &[(&str, &str)]) -> String {
    let hidden = page.pieces("<input type=\"email\" name=\"username\"", ">").concat();
    assert!(hidden.contains(" hidden") && hidden.contains("value=\"ada@example.org\""), "{}", page.body);
    encoded(&[&[("form", &*page.form_value()), ("username", ADA)], typed].concat())
}

#[test]
fn every_page_with_the_field_accepts_it() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.get(&site.mailed_link(ADA));
    let mut fill_in = |page: &str, typed: &[(&str, &str)], next: &str| {
        let body = sent(&ada.get(page), typed);
        let answer = ada.post(page, &body);
        assert_eq!((answer.status, answer.location()), (Status::SeeOther, next), "{page}: {}", answer.body);
    };
    fill_in("/confirm", &[("password", PASSWORD)], "/profile");
    fill_in(
        "/settings/password",
        &[("current_password", PASSWORD), ("new_password", NEW)],
        "/settings/account",
    );
    site.clock.advance(301);
    fill_in("/reauthenticate", &[("password", NEW)], "/profile");
    ada.get(&site.reset_link(ADA));
    let body = sent(&ada.get("/reset"), &[("new_password", PASSWORD)]);
    assert_eq!(ada.post("/reset", &body).location(), "/login");
}

#[test]
fn no_other_field_is_accepted_with_it() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    for (body, status) in [
        ("username=ada%40example.org&password=correct+horse+battery", 303),
        ("=ada@example.org&password=correct+horse+battery", 303),
        ("username=x&username=y&password=correct+horse+battery", 422),
        ("username=%00&password=correct+horse+battery", 422),
        ("=x&=y&password=correct+horse+battery", 422),
        ("user=x&password=correct+horse+battery", 422),
        ("username=ada%40example.org", 422),
    ] {
        assert_eq!(ada.post("/reauthenticate", body).status.code, status, "{body}");
    }
}
