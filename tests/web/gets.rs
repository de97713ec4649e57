//! Reading changes nothing: GET, HEAD and OPTIONS leave the database as it is, except for the time when a
//! session was last used.

use crate::support::{Setup, TestSite, Visitor};

const PATHS: [&str; 29] = [
    "/",
    "/login",
    "/login?next=%2Fprofile",
    "/signup",
    "/signup?email=eve@x.test&name=Eve&password=correct+horse+battery",
    "/profile",
    "/session",
    "/logout",
    "/settings",
    "/settings/account?name=Eve",
    "/settings/password?current_password=correct+horse+battery&new_password=seven+lazy+violet+teapots",
    "/settings/export",
    "/settings/close?email=ada@example.org&password=correct+horse+battery",
    "/settings/devices",
    "/settings/activity?before=x",
    "/reauthenticate?next=%2Fprofile&password=correct+horse+battery",
    "/settings/security",
    "/settings/security/app",
    "/settings/security/codes",
    "/login/second",
    "/login/recovery?code=1",
    "/login/passkey/options",
    "/health",
    "/ready",
    "/nowhere",
    "/login/",
    "/static/style.css",
    "/login?email=ada@example.org&password=correct+horse+battery",
    "/?_method=post",
];

/// Requests every path with every method that only reads.
fn look_at_everything(visitor: &Visitor<'_>) {
    for path in PATHS {
        for method in ["GET", "HEAD", "OPTIONS"] {
            for kind in [None, Some("application/x-www-form-urlencoded"), Some("application/json")] {
                visitor.clone().request(
                    method,
                    path,
                    kind,
                    "email=eve@x.test&name=Eve&password=correct+horse+battery",
                );
            }
        }
    }
}

#[test]
fn a_dump_sees_every_change() {
    let site = TestSite::new();
    let empty = site.rows_without("last_used_at");
    let mut ada = site.ada();
    let with_ada = site.rows_without("last_used_at");
    assert_ne!(with_ada, empty);
    ada.post("/logout", "");
    assert_ne!(site.rows_without("last_used_at"), with_ada);
    site.change("update accounts set name = 'Eve'");
    assert!(
        site.rows_without("last_used_at").contains("Eve")
            && !site.rows_without("last_used_at").contains("'Ada'")
    );
}

#[test]
fn reading_changes_nothing() {
    // On HTTP on another host, a bare GET /logout asks first. The tests of `logout_by_get` cover a visitor's
    // own click.
    let site = Setup::new().with("base_url", "http://intranet.example").build();
    let ada = site.ada();
    let before = site.rows_without("last_used_at");
    for seconds in [0, 30, 90, 600] {
        site.clock.advance(seconds);
        look_at_everything(&site.visitor());
        look_at_everything(&ada);
        look_at_everything(&ada.clone().sending("Sec-Fetch-Site", "cross-site"));
        look_at_everything(&ada.clone().sending("Sec-Purpose", "prefetch").sending("Sec-Fetch-Site", "none"));
        assert_eq!(site.rows_without("last_used_at"), before, "after {seconds} s more");
    }
    assert!(ada.clone().is_logged_in());
}

#[test]
fn an_image_on_another_site_changes_nothing_wherever_the_site_is() {
    for base_url in ["http://localhost:8000", "https://login.example.org"] {
        let site = Setup::new().with("base_url", base_url).build();
        let ada = site.ada();
        let before = site.rows_without("last_used_at");
        for from in ["cross-site", "same-site"] {
            let mut image = ada.clone().sending("Sec-Fetch-Site", from).sending("Sec-Fetch-Mode", "no-cors");
            image = image.sending("Sec-Fetch-Dest", "image").sending("Accept", "image/*");
            look_at_everything(&image);
        }
        assert_eq!(site.rows_without("last_used_at"), before, "{base_url}");
    }
}

#[test]
fn a_method_field_does_not_turn_a_get_into_a_change() {
    let site = Setup::new().with("base_url", "http://intranet.example").build();
    let mut ada = site.ada();
    let before = site.rows_without("last_used_at");
    let form = Some("application/x-www-form-urlencoded");
    for body in ["_method=post", "_method=delete", "&_method=post"] {
        for method in ["GET", "HEAD", "OPTIONS"] {
            ada.request(method, "/logout", form, body);
        }
    }
    assert_eq!(site.rows_without("last_used_at"), before);
}
