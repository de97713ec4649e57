//! The account at which a password is tried, as far as it is known before.

use super::store;
use crate::base::{LockKey, Site, Time};
use crate::people::sessions::{KnownBrowser, Standing};
use crate::people::{AccountId, Email};

/// Why an account cannot be logged in to, whatever the password.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// Its address is not confirmed.
    Unconfirmed,
    /// The operator disabled it.
    Disabled,
}

/// Which account it is.
#[derive(Clone, Copy, Debug)]
pub enum AttemptAt<'a> {
    /// The one with this address, as a visitor typed it who is not logged in. There may be none. One that
    /// cannot be logged in to has every password answered, counted and recorded like a wrong one; only the
    /// log and the account's activity say that it was right.
    Typed(&'a str),
    /// This one, and its address, where its wrong passwords are counted.
    Account(&'a AccountId, &'a Email),
}

/// What is known of it.
#[derive(Debug)]
pub(super) struct Target {
    /// The address, in the form that accounts are compared by; an invalid one as typed.
    pub(super) address: String,
    /// The account with that address, if there is one.
    pub(super) account: Option<AccountId>,
    /// Why it cannot be logged in to, if that is so.
    pub(super) bar: Option<Bar>,
    /// The hash of its password, if it has one.
    pub(super) hash: Option<String>,
    changed_at: Option<Time>,
}

impl Target {
    /// Looks it up, with the same query for all addresses.
    pub(super) async fn find(site: &Site, at: AttemptAt<'_>) -> sqlx::Result<Target> {
        let (address, account, found, may_be_barred) = match at {
            AttemptAt::Typed(typed) => {
                let key = Email::parse(typed).map(|email| email.key());
                let found = store::at_address(&site.db, key.as_deref().unwrap_or_default()).await?;
                let account = found.as_ref().map(|found| found.account.clone());
                (key.unwrap_or_else(|| typed.trim().to_owned()), account, found, true)
            }
            AttemptAt::Account(account, address) => {
                let found = store::at_account(&site.db, account).await?; // it may have been deleted
                (address.key(), Some(account.clone()), found, false)
            }
        };
        let bar = found.as_ref().filter(|_| may_be_barred).and_then(|found| bar(site, found));
        let (hash, changed_at) = found.map_or((None, None), |found| (found.hash, found.changed_at));
        Ok(Target { address, account, bar, hash, changed_at: changed_at.map(Time::from_unix) })
    }

    /// What a browser is to the account.
    pub(super) fn standing(&self, site: &Site, known_browser: &KnownBrowser) -> Standing {
        let both = self.account.as_ref().zip(self.changed_at);
        both.map_or(Standing::Stranger, |(account, changed_at)| {
            known_browser.standing(account, changed_at, site.clock.now())
        })
    }

    /// The lock of a transaction about the account. Without one, locking the address takes as long.
    pub(super) fn lock_key(&self) -> LockKey {
        let address = || Email::lock_of(&self.address);
        self.account.as_ref().map_or_else(address, AccountId::lock_key)
    }
}

/// Why an account cannot be logged in to. Its right password gets the answer of a wrong one. Sign-up answers
/// alike for all addresses; without this, the login afterwards would reveal whether the address had an
/// account.
fn bar(site: &Site, found: &store::Found) -> Option<Bar> {
    let confirmed = found.confirmed_at.is_some() || site.settings.unconfirmed_may_log_in();
    match found.disabled_at {
        Some(_) => Some(Bar::Disabled),
        None => (!confirmed).then_some(Bar::Unconfirmed),
    }
}
