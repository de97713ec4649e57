//! The two cookies of an app's host, set by the proxy in front of it: the token of a pass, and the visit that a ticket is
//! bound to. Neither is one of the login host, nor encrypted: a token is random, and the database keeps its hash.
//!
//! As with our own cookies, the prefix `__Host-` limits them to this exact host over TLS. An app on plain http has none, so
//! the name ends in six letters of the site's key. What counts is where the app is, not where the login host is.

use rocket::http::CookieJar;

use crate::base::secret::SecretKey;
use crate::base::{Token, WebOrigin};

/// How long a browser keeps a visit, in seconds: a day, for those who have to sign up first, and confirm their address. It
/// opens nothing.
const VISIT_LIFE: i64 = 24 * 3_600;

/// The cookies of apps' hosts.
#[derive(Debug)]
pub struct GateCookies {
    /// The names on plain http: derived from the key, so they are made once.
    plain_gate: String,
    plain_visit: String,
}

impl GateCookies {
    /// Those of a site with this key.
    pub fn of(key: &SecretKey) -> GateCookies {
        let mark = key.mark();
        GateCookies { plain_gate: format!("gate-{mark}"), plain_visit: format!("visit-{mark}") }
    }

    /// The token of a pass that the browser showed. Anything that is none is as no cookie.
    pub(super) fn token(&self, jar: &CookieJar<'_>, origin: &WebOrigin) -> Option<Token> {
        Token::parse(jar.get(self.gate(origin))?.value())
    }

    /// The visit that the browser is on.
    pub(super) fn visit(&self, jar: &CookieJar<'_>, origin: &WebOrigin) -> Option<Token> {
        Token::parse(jar.get(self.visit_name(origin))?.value())
    }

    /// Sets the token of a pass, until the browser closes; the row in the database has the real lifetime.
    pub(super) fn set_token(&self, token: &Token, origin: &WebOrigin) -> String {
        line(self.gate(origin), &token.reveal(), origin.is_https(), None)
    }

    /// Sets a visit, or keeps it for as long again.
    pub(super) fn set_visit(&self, visit: &Token, origin: &WebOrigin) -> String {
        line(self.visit_name(origin), &visit.reveal(), origin.is_https(), Some(VISIT_LIFE))
    }

    /// Takes the visit back.
    pub(super) fn remove_visit(&self, origin: &WebOrigin) -> String {
        line(self.visit_name(origin), "", origin.is_https(), Some(0))
    }

    /// The name of the cookie that lets a browser in.
    pub fn gate(&self, origin: &WebOrigin) -> &str {
        if origin.is_https() { "__Host-gate" } else { &self.plain_gate }
    }

    fn visit_name(&self, origin: &WebOrigin) -> &str {
        if origin.is_https() { "__Host-visit" } else { &self.plain_visit }
    }
}

/// The value of a `Set-Cookie`. One function sets and removes, since a browser ignores a removal with other attributes.
pub(super) fn line(name: &str, value: &str, is_https: bool, seconds: Option<i64>) -> String {
    let secure = if is_https { "; Secure" } else { "" };
    let life = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    format!("{name}={value}; Path=/{secure}; HttpOnly; SameSite=Lax{life}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_of_one_host_and_no_script_reads_it() {
        let key = SecretKey::generate();
        let (cookies, token, mark) = (GateCookies::of(&key), Token::generate(), key.mark());
        let [https, http] = ["https://wiki.example.org", "http://wiki.localhost:3000"]
            .map(|origin| WebOrigin::parse(origin).unwrap());
        let value = token.reveal();
        assert_eq!(
            cookies.set_token(&token, &https),
            format!("__Host-gate={value}; Path=/; Secure; HttpOnly; SameSite=Lax")
        );
        assert_eq!(
            cookies.set_visit(&token, &http),
            format!("visit-{mark}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=86400")
        );
        assert_eq!(
            cookies.remove_visit(&https),
            "__Host-visit=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }
}
