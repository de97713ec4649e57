//! A passkey that the browser had better forget: no account has it. A cookie carries it to the login page, which tells
//! the browser once.

use crate::services::passkeys::UnknownCredential;
use crate::web::Cookies;
use crate::web::cookies::{Presented, PrivateCookie};

/// The cookie. A credential ID has 1023 bytes at most, so it is never too long for a browser.
const UNKNOWN: PrivateCookie = PrivateCookie::named("unknown-passkey", "__Host-unknown-passkey");
/// How long the login page has to tell the browser, in seconds.
const LIFETIME: i64 = 60;

/// Keeps for the login page what it has to tell the browser.
pub(super) fn keep(unknown: &UnknownCredential, cookies: Cookies<'_>) {
    if let Ok(text) = serde_json::to_string(unknown) {
        UNKNOWN.set(cookies, text, Some(LIFETIME));
    }
}

/// Takes it for telling, as JSON.
pub(super) fn take(cookies: Cookies<'_>) -> Option<String> {
    let kept = match UNKNOWN.read(cookies) {
        Presented::Value(text) => Some(text),
        Presented::Garbled => None,
        Presented::Absent => return None,
    };
    UNKNOWN.remove(cookies);
    kept
}
