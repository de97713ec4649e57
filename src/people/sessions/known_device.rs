//! A browser that has logged in to an account before. It opens nothing: it says that whoever guesses here sits at a device of
//! the owner's, so that the wrong guesses of strangers are not held against them (OWASP's device cookies). A new password makes it
//! a stranger again, until it has logged in with that.

use rocket::http::CookieJar;

use crate::base::{Site, Time, secret};
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
    accounts: Vec<Known>,
}

/// An account, and when it last logged in.
#[derive(Clone, Debug)]
struct Known {
    account: String,
    at: Time,
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

    /// Its id, known or not.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether an account logged in with it since its password changed: whoever knew an older one may have collected cookies.
    pub fn is_known_to(&self, account: &AccountId, password_changed_at: Time) -> bool {
        self.accounts.iter().any(|known| known.account == account.as_str() && known.at >= password_changed_at)
    }

    /// Makes it known to an account whose password was right when it was given here, at that moment or later.
    pub fn make_known(mut self, account: &AccountId, at: Time, cookies: &CookieJar<'_>, site: &Site) {
        self.accounts.retain(|known| known.account != account.as_str());
        self.accounts.push(Known { account: account.as_str().to_owned(), at });
        let surplus = self.accounts.len().saturating_sub(MOST_ACCOUNTS);
        self.accounts.drain(..surplus);
        self.set(cookies, site);
    }

    /// Makes it known to an account no longer.
    pub fn forget(mut self, account: &AccountId, cookies: &CookieJar<'_>, site: &Site) {
        self.accounts.retain(|known| known.account != account.as_str());
        match self.accounts.is_empty() {
            true => COOKIE.remove(cookies, site),
            false => self.set(cookies, site),
        }
    }

    fn set(&self, cookies: &CookieJar<'_>, site: &Site) {
        COOKIE.set(cookies, site, self.written(), Some(SECONDS));
    }

    fn written(&self) -> String {
        let accounts = self.accounts.iter().map(|known| format!("{}:{}", known.account, known.at.unix()));
        [self.id.clone()].into_iter().chain(accounts).collect::<Vec<_>>().join(".")
    }

    /// An account without its time is not known.
    fn parse(text: &str) -> Option<KnownDevice> {
        let (id, accounts) = text.split_once('.')?;
        let known = |text: &str| {
            let (account, at) = text.split_once(':')?;
            Some(Known { account: account.to_owned(), at: Time::from_unix(at.parse().ok()?) })
        };
        Some(KnownDevice { id: id.to_owned(), accounts: accounts.split('.').filter_map(known).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_can_be_written_and_read_again(text in "[0-9a-f]{0,4}(\\.[0-9a-f-]{0,5}:[0-9]{0,3}){0,4}|.{0,40}") {
            if let Some(device) = KnownDevice::parse(&text) {
                prop_assert!(!device.id.contains('.'));
                prop_assert!(device.accounts.iter().all(|known| !known.account.contains(['.', ':'])));
                if !device.accounts.is_empty() {
                    let again = KnownDevice::parse(&device.written()).map(|again| again.written());
                    prop_assert_eq!(again, Some(device.written()));
                }
            }
        }
    }
}
