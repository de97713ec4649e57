//! Text browsers send every field that has a value: also the hidden user name that is there for password managers and has no
//! name. `w3m` 0.5.3 and `lynx` 2.9.2 send these very bodies.

use rocket::http::Status;

use crate::support::{ADA, Answer, PASSWORD, Setup, encoded};

const NEW: &str = "seven lazy violet teapots";

/// A form as `w3m` and `lynx` send it: the fields in the order of the page, the hidden ones too, with or without a name.
fn sent(page: &Answer, typed: &[(&str, &str)]) -> String {
    let nameless = page.pieces("<input type=\"email\" autocomplete=\"username\"", ">").concat();
    assert!(nameless.contains(" hidden") && !nameless.contains("name=\""), "{nameless}");
    let form = page.form_value();
    encoded(&[&[("form", &*form), ("", ADA)], typed].concat())
}

#[test]
fn what_they_send_without_a_name_is_read_over_on_every_page_that_has_it() {
    let site = Setup::new().mail().patient().build();
    let mut ada = site.visitor();
    ada.sign_up(ADA, "Ada", PASSWORD);
    ada.get(&site.mailed_link(ADA));
    let mut fill_in = |page: &str, typed: &[(&str, &str)], next: &str| {
        let body = sent(&ada.get(page), typed);
        assert!(body.contains("&=ada%40example.org&"), "{body}");
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
    ada.submit("/settings/email", &[("email", "new@example.org")]);
    ada.get(&site.mailed_link("new@example.org"));
    let change = sent(&ada.get("/change-email"), &[("password", NEW)]);
    assert_eq!(ada.post("/change-email", &change).status, Status::SeeOther);
    ada.get(&site.reset_link("new@example.org"));
    let body = sent(&ada.get("/reset"), &[("new_password", PASSWORD)]);
    assert_eq!(ada.post("/reset", &body).location(), "/login");
}

#[test]
fn nothing_else_without_a_name_of_the_form_is() {
    let site = Setup::new().patient().build();
    let mut ada = site.ada();
    for (body, status) in [
        ("=x&password=correct+horse+battery", 303),
        ("=&password=correct+horse+battery", 303),
        ("=x&=y&password=correct+horse+battery", 422),
        ("=%00&password=correct+horse+battery", 422),
        ("user=x&password=correct+horse+battery", 422),
        ("=x", 422),
    ] {
        assert_eq!(ada.post("/reauthenticate", body).status.code, status, "{body}");
    }
}
