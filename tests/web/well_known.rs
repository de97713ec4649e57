//! What browsers and password managers look up about the passkeys of a site.

use rocket::http::Status;
use serde_json::json;

use crate::support::{Setup, TestSite};

const ORIGINS: &str = "/.well-known/webauthn";
const ENDPOINTS: &str = "/.well-known/passkey-endpoints";

fn moved() -> TestSite {
    let site = Setup::new()
        .with("base_url", "https://login.example.net")
        .with("passkey_domain", "login.example.org");
    site.with("passkey_origins", "https://login.example.net, https://club.example.net").build()
}

#[test]
fn a_site_that_has_moved_says_at_its_old_name_where_its_passkeys_work() {
    let site = moved();
    for host in ["login.example.net", "login.example.org"] {
        let answer = site.visitor().sending("Host", host).get(ORIGINS);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (Status::Ok, "application/json"),
            "{host}"
        );
        let all = ["https://login.example.net", "https://club.example.net"];
        assert_eq!(answer.json(), json!({ "origins": all }), "each once, its own first");
    }
}

#[test]
fn password_managers_find_the_page_on_which_passkeys_are_added() {
    let site = Setup::new().with("base_url", "https://login.example.org").build();
    let answer = site.visitor().get(ENDPOINTS);
    let page = "https://login.example.org/settings/security";
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.json(), json!({ "enroll": page, "manage": page }));
}

#[test]
fn where_passkeys_cannot_work_there_is_nothing_to_look_up() {
    let at = |base_url: &str| Setup::new().with("base_url", base_url);
    let sites = [
        at("https://login.example.org").with("passkeys", "false"),
        at("http://127.0.0.1:8000"),
        at("http://login.example.org"),
        at("https://192.0.2.1"),
    ];
    for setup in sites {
        let site = setup.build();
        for path in [ORIGINS, ENDPOINTS] {
            assert_eq!(site.visitor().get(path).status, Status::NotFound, "{path}");
        }
    }
}
