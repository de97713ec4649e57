//! The body of a form: it is text in one format and of limited size, and holds a few fields. Anything else is refused
//! and changes nothing.

use rocket::http::{ContentType, Header, Status};

use crate::forms::{GUESTS, refused, site};
use crate::support::{Answer, PASSWORD, encoded};

/// The most bytes of a form's body.
const LIMIT: usize = 16_384;

#[test]
fn a_body_in_another_format_is_415() {
    let site = site();
    let json = r#"{"email":"ada@example.org","password":"correct horse battery"}"#;
    let right = encoded(&[("email", "ada@example.org"), ("password", PASSWORD)]);
    let part =
        |name, value| format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let multipart = part("email", "ada@example.org") + &part("password", PASSWORD) + "--b--\r\n";
    for path in ["/login", "/signup", GUESTS] {
        for (kind, body) in [
            (Some("application/json"), json),
            (Some("text/plain"), &*right),
            (Some("application/xml"), "<email/>"),
            (Some("multipart/form-data; boundary=b"), &*multipart),
            (Some("multipart/form-data"), &*multipart),
            (Some("nonsense"), &*right),
            (Some(""), &*right),
            (None, &*right),
            (None, ""),
        ] {
            let answer = site.visitor().request("POST", path, kind, body);
            refused(&site, &answer, Status::UnsupportedMediaType, &format!("{path} {kind:?}"));
        }
    }
}

#[test]
fn a_charset_in_the_content_type_is_accepted() {
    let site = site();
    let right = encoded(&[("email", "ada@example.org"), ("password", PASSWORD)]);
    let kind = Some("application/x-www-form-urlencoded; charset=UTF-8");
    for path in ["/login", GUESTS] {
        assert_eq!(site.visitor().request("POST", path, kind, &right).location(), "/profile", "{path}");
    }
}

#[test]
fn bytes_that_are_not_text_are_refused() {
    let site = site();
    for path in ["/login", "/signup", GUESTS] {
        for body in [
            &b"email=\xff\xfe&password=x"[..],
            b"\xff",
            b"email=a&password=\xc3\x28",
            &[0; 100],
            &[0xf0; 100],
        ] {
            let request = site.client.post(path).header(ContentType::Form);
            let request = request.header(Header::new("Host", "localhost:8000")).body(body);
            let answer = Answer::read(request.dispatch());
            refused(&site, &answer, Status::UnprocessableEntity, &format!("{path} {body:?}"));
        }
    }
}

#[test]
fn a_body_may_have_16_384_bytes_and_not_one_more() {
    let site = site();
    for (path, typed) in [
        ("/login", "email=ada@example.org&password="),
        ("/signup", "email=eve@example.org&name=Eve&password="),
        (GUESTS, "email=ada@example.org&password="),
    ] {
        let exactly = |size: usize| format!("{typed}{}", "a".repeat(size - typed.len()));
        let fits = site.visitor().post(path, &exactly(LIMIT));
        assert!(
            [Status::SeeOther, Status::UnprocessableEntity].contains(&fits.status),
            "{path}: {}",
            fits.status
        );
        for size in [LIMIT + 1, 20_000, 1_000_000] {
            let answer = site.visitor().post(path, &exactly(size));
            refused(&site, &answer, Status::PayloadTooLarge, &format!("{path} {size}"));
        }
    }
}

#[test]
fn thousands_of_fields_are_refused_at_once() {
    let site = site();
    let started = std::time::Instant::now();
    for path in ["/login", "/signup", GUESTS] {
        let many = |count: usize, field: &str| vec![field; count].join("&");
        refused(
            &site,
            &site.visitor().post(path, &many(10_000, "a=1")),
            Status::PayloadTooLarge,
            "10,000 fields",
        );
        for body in [
            many(4_000, "a=1"),
            many(8_000, "a"),
            many(1_600, "email=a@b"),
            many(1_600, "email[]=a"),
            "&".repeat(LIMIT),
        ] {
            refused(&site, &site.visitor().post(path, &body), Status::UnprocessableEntity, &body[..20]);
        }
        let deep = format!("email{}=a", "[a]".repeat(5_000));
        refused(&site, &site.visitor().post(path, &deep), Status::UnprocessableEntity, "a deep name");
    }
    assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
}
