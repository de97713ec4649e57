//! The client of a request, as it is shown in rows, emails and the log. `web` reads it from the request.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::browser::Browser;

/// Who sent a request, as far as it is known without a login. As an argument of a handler it is who sent this one.
///
/// ```no_run
/// use rocket::get;
/// use vestibule::Client;
///
/// #[get("/where")]
/// fn here(client: Client) -> String {
///     format!("{} at {}", client.browser, client.address_text())
/// }
/// ```
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[non_exhaustive]
pub struct Client {
    /// The IP address, if the connection has one.
    pub address: Option<IpAddr>,
    /// The browser.
    pub browser: Browser,
    /// The ID of the request, for the log.
    pub request_id: String,
}

impl Client {
    /// The IP address for the log.
    pub fn address_text(&self) -> String {
        self.address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    }
}
