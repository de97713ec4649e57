//! A browser that has logged in to an account before, or whose visitor reads its email. It grants no access.
//! It says that password attempts here come from a browser of the owner's, so that wrong attempts of
//! strangers do not count against them (OWASP's device cookies). After a change of the password the browser
//! is unknown again until its next login, except the browser in which the password was set with an emailed
//! link.

use crate::base::clock::CLOCKS_DIFFER;
use crate::base::rate_limit::LimitKey;
use crate::base::{Time, TokenHash, secret};
use crate::people::accounts::AccountId;
use crate::web::Cookies;
use crate::web::cookies::{Presented, PrivateCookie};

const COOKIE: PrivateCookie = PrivateCookie::named("device", "__Host-device");
/// A year from each login, in seconds.
const SECONDS: i64 = 365 * 24 * 3_600;
/// A household may share a browser. Of more accounts, those with the latest logins are known.
const MAX_ACCOUNTS: usize = 5;

/// A browser, and the accounts that logged in with it.
#[derive(Clone, Debug)]
pub struct KnownBrowser {
    id: String,
    accounts: Vec<Known>,
}

/// An account, and when it last logged in here or opened a link from its email.
#[derive(Clone, Debug)]
struct Known {
    account: String,
    at: Time,
    standing: Standing,
}

/// What a browser is to an account.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// Unknown. Its password attempts are counted together with those of everyone.
    Stranger,
    /// Its visitor opened a link from an email to the address. Its password attempts are counted separately.
    /// A login is reported as one from a new browser.
    ReadsMail,
    /// It has logged in to the account. Its password attempts are counted separately.
    Known,
}

/// Follows the time of an account that is listed only for its email.
const BY_MAIL: &str = ":mail";

impl Default for KnownBrowser {
    /// A browser that is known to no account yet.
    fn default() -> KnownBrowser {
        KnownBrowser { id: secret::random_name(), accounts: Vec::new() }
    }
}

impl KnownBrowser {
    /// The browser of a request; a new one if the request has no such cookie.
    pub fn read(cookies: Cookies<'_>) -> KnownBrowser {
        let parsed = match COOKIE.read(cookies) {
            Presented::Value(text) => KnownBrowser::parse(&text),
            Presented::Absent | Presented::Garbled => None,
        };
        parsed.unwrap_or_default()
    }

    /// Its ID, known or not.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its own rate limits.
    pub fn limit_key(&self) -> LimitKey {
        LimitKey::Of("device", self.id.clone())
    }

    /// A browser that opened a valid link from an email to an account's address. All browsers with this link
    /// are one: their password attempts are counted together, and separately from those of everyone.
    pub fn by_link(link: &TokenHash, account: &AccountId, now: Time) -> KnownBrowser {
        let known = Known { account: account.as_str().to_owned(), at: now, standing: Standing::ReadsMail };
        KnownBrowser { id: format!("link {}", link.as_str()), accounts: vec![known] }
    }

    /// What it is to an account since the last change of the password: those who knew an older one may have
    /// collected cookies. A cookie with a time in the future (the clock was ahead) does not count; otherwise
    /// no change of the password would end it.
    pub fn standing(&self, account: &AccountId, password_changed_at: Time, now: Time) -> Standing {
        // A password with such a time does not count either: until that time no browser could be known.
        let changed_ahead = password_changed_at > now.plus(CLOCKS_DIFFER);
        let counts = |at: Time| (at >= password_changed_at || changed_ahead) && at <= now.plus(CLOCKS_DIFFER);
        let known = self.accounts.iter().find(|known| known.account == account.as_str() && counts(known.at));
        known.map_or(Standing::Stranger, |known| known.standing)
    }

    /// Makes it known to an account whose right password was entered here, at that moment or later.
    pub fn make_known(self, account: &AccountId, at: Time, cookies: Cookies<'_>) {
        self.keep(account, at, Standing::Known, cookies);
    }

    /// Counts its attempts separately for an account whose password was set here with an emailed link, at
    /// that moment.
    pub fn reads_mail(self, account: &AccountId, at: Time, cookies: Cookies<'_>) {
        self.keep(account, at, Standing::ReadsMail, cookies);
    }

    fn keep(mut self, account: &AccountId, at: Time, standing: Standing, cookies: Cookies<'_>) {
        self.accounts.retain(|known| known.account != account.as_str());
        self.accounts.push(Known { account: account.as_str().to_owned(), at, standing });
        let surplus = self.accounts.len().saturating_sub(MAX_ACCOUNTS);
        self.accounts.drain(..surplus);
        self.set(cookies);
    }

    /// Makes it unknown to an account.
    pub fn forget(mut self, account: &AccountId, cookies: Cookies<'_>) {
        self.accounts.retain(|known| known.account != account.as_str());
        match self.accounts.is_empty() {
            true => COOKIE.remove(cookies),
            false => self.set(cookies),
        }
    }

    fn set(&self, cookies: Cookies<'_>) {
        COOKIE.set(cookies, self.written(), Some(SECONDS));
    }

    fn written(&self) -> String {
        let accounts = self.accounts.iter().map(|known| {
            let by_mail = if known.standing == Standing::ReadsMail { BY_MAIL } else { "" };
            format!("{}:{}{by_mail}", known.account, known.at.unix())
        });
        [self.id.clone()].into_iter().chain(accounts).collect::<Vec<_>>().join(".")
    }

    /// An account without a time is not known.
    fn parse(text: &str) -> Option<KnownBrowser> {
        let (id, accounts) = text.split_once('.')?;
        let known = |text: &str| {
            let (account, at) = text.split_once(':')?;
            let (at, standing) = match at.strip_suffix(BY_MAIL) {
                Some(at) => (at, Standing::ReadsMail),
                None => (at, Standing::Known),
            };
            Some(Known { account: account.to_owned(), at: Time::from_unix(at.parse().ok()?), standing })
        };
        Some(KnownBrowser { id: id.to_owned(), accounts: accounts.split('.').filter_map(known).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_read_can_be_written_and_read_again(text in "[0-9a-f]{0,4}(\\.[0-9a-f-]{0,5}:[0-9]{0,3}(:mail)?){0,4}|.{0,40}") {
            if let Some(device) = KnownBrowser::parse(&text) {
                prop_assert!(!device.id.contains('.'));
                prop_assert!(device.accounts.iter().all(|known| !known.account.contains(['.', ':'])));
                if !device.accounts.is_empty() {
                    let again = KnownBrowser::parse(&device.written()).map(|again| again.written());
                    prop_assert_eq!(again, Some(device.written()));
                }
            }
        }
    }
}
