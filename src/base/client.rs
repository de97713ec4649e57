//! The client of a request, as it is shown in rows, emails and the log. `web` reads it from the request.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

/// Who sent a request, as far as it is known without a login.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Client {
    /// The IP address, if the connection has one.
    pub address: Option<IpAddr>,
    /// The browser, in our words.
    pub browser: String,
    /// The ID of the request, for the log.
    pub request_id: String,
}

impl Client {
    /// Where they are, for people: "Firefox on Linux, 203.0.113.7".
    pub fn in_words(&self) -> String {
        self.address.map_or_else(|| self.browser.clone(), |address| format!("{}, {address}", self.browser))
    }

    /// The IP address for the log.
    pub fn address_text(&self) -> String {
        self.address.map_or_else(|| "unknown".to_owned(), |address| address.to_string())
    }
}
