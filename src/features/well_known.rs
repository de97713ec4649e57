//! What browsers and password managers look up about the passkeys of a site. Where passkeys cannot work, there is nothing.

use rocket::http::ContentType;
use rocket::{Route, State, get, routes};
use serde_json::{Value, json};

use crate::base::Site;
use crate::services::passkeys;
use crate::web::paths;

/// Their routes. They are the same for everyone, under any host name.
pub fn routes() -> Vec<Route> {
    routes![related_origins, endpoints]
}

/// The addresses at which passkeys of this domain work (Web Authentication Level 3, 5.11.1). A browser at one of them asks
/// for it at the domain, which may be the name that the site had before.
#[get("/.well-known/webauthn")]
fn related_origins(site: &State<Site>) -> Option<(ContentType, String)> {
    passkeys::site(site).map(|here| document(&json!({ "origins": here.origins })))
}

/// Where a passkey is added and managed (W3C, A Well-Known URL for Relying Party Passkey Endpoints).
#[get("/.well-known/passkey-endpoints")]
fn endpoints(site: &State<Site>) -> Option<(ContentType, String)> {
    let page = format!("{}{}", site.settings.base_url, paths::SECURITY);
    passkeys::site(site).map(|_| document(&json!({ "enroll": page, "manage": page })))
}

fn document(value: &Value) -> (ContentType, String) {
    (ContentType::JSON, value.to_string())
}
