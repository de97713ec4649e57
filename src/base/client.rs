//! The client of a request, as it is shown in rows, emails and the log. `web` reads it from the request.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::browser::Browser;

/// Who sent a request, as far as that is known without a login. As an argument of a handler: who sent this one.
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
    /// The browser. It reads as words: `Firefox on Linux`.
    pub browser: Browser,
    /// The ID of the request, for the log.
    pub request_id: String,
}

impl Client {
    /// The IP address as text, `unknown` if the connection has none.
    pub fn address_text(&self) -> String {
        self.address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    }
}
