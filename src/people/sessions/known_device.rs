//! A browser that has logged in to an account before. It opens nothing: it says that whoever guesses here sits at a device of
//! the owner's, so that the wrong guesses of strangers are not held against them (OWASP's device cookies).

use rocket::http::CookieJar;

use crate::base::{Site, secret};
use crate::people::accounts::AccountId;
use crate::web::cookies::{Presented, PrivateCookie};

const COOKIE: PrivateCookie = PrivateCookie::named("device", "__Host-device");
/// A year, from each log-in.
const SECONDS: i64 = 365 * 24 * 3_600;
/// A household may share a browser; of more accounts, those that logged in last are known.
const MOST_ACCOUNTS: usize = 5;

/// A browser, and the accounts that logged in with it.
#[derive(Clone, Debug)]
pub struct KnownDevice {
    id: String,
    accounts: Vec<String>,
}

impl Default for KnownDevice {
    /// A browser that is known to nobody yet.
    fn default() -> KnownDevice {
        KnownDevice { id: secret::random_name(), accounts: Vec::new() }
    }
}

impl KnownDevice {
    /// The browser that a visitor shows; a new one where they show none.
    pub fn read(cookies: &CookieJar<'_>, site: &Site) -> KnownDevice {
        let parsed = match COOKIE.read(cookies, site) {
            Presented::Value(text) => KnownDevice::parse(&text),
            Presented::Absent | Presented::Garbled => None,
        };
        parsed.unwrap_or_default()
    }

    /// Its id, where it is known to an account.
    pub fn known_to(&self, account: &AccountId) -> Option<&str> {
        self.accounts.iter().any(|known| known == account.as_str()).then_some(&*self.id)
    }

    /// Makes it known to an account that has just logged in with it.
    pub fn make_known(mut self, account: &AccountId, cookies: &CookieJar<'_>, site: &Site) {
        self.accounts.retain(|known| known != account.as_str());
        self.accounts.push(account.as_str().to_owned());
        let surplus = self.accounts.len().saturating_sub(MOST_ACCOUNTS);
        self.accounts.drain(..surplus);
        self.set(cookies, site);
    }

    /// Makes it known to an account no longer.
    pub fn forget(mut self, account: &AccountId, cookies: &CookieJar<'_>, site: &Site) {
        self.accounts.retain(|known| known != account.as_str());
        match self.accounts.is_empty() {
            true => COOKIE.remove(cookies, site),
            false => self.set(cookies, site),
        }
    }

    fn set(&self, cookies: &CookieJar<'_>, site: &Site) {
        COOKIE.set(cookies, site, format!("{}.{}", self.id, self.accounts.join(".")), Some(SECONDS));
    }

    fn parse(text: &str) -> Option<KnownDevice> {
        let (id, accounts) = text.split_once('.')?;
        Some(KnownDevice { id: id.to_owned(), accounts: accounts.split('.').map(str::to_owned).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_is_what_was_written(text in "[0-9a-f]{0,4}(\\.[0-9a-f-]{0,5}){0,4}|.{0,40}") {
            if let Some(device) = KnownDevice::parse(&text) {
                prop_assert!(!device.id.contains('.') && device.accounts.iter().all(|account| !account.contains('.')));
                prop_assert_eq!(format!("{}.{}", device.id, device.accounts.join(".")), text);
            }
        }
    }
}
