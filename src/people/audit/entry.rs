//! One event: written in the transaction that caused it, and logged after the commit.

use super::event::Event;
use super::store::{self, Place};
use crate::base::{Client, Site, Time, Tx};
use crate::people::accounts::AccountId;

/// What happened, to which account, from where.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// The event.
    pub event: Event,
    /// The account. `None` if it does not exist.
    pub account: Option<&'e AccountId>,
    /// The client that caused it. `None` for the command line.
    pub client: Option<&'e Client>,
}

impl Entry<'_> {
    /// Writes the event in the transaction that causes it.
    pub async fn write(&self, tx: &mut Tx, now: Time) -> sqlx::Result<()> {
        let place = self.client.map(|client| Place {
            address: client.address.map(|address| address.to_string()),
            browser: &client.browser,
            request_id: &client.request_id,
        });
        store::insert(tx, self.event.code(), self.account, place.as_ref(), now).await
    }

    /// Logs the event: after the commit, so that the log contains only what really happened.
    pub fn tell(&self) {
        let words = self.event.words();
        let account = self.account.map_or("", AccountId::as_str);
        let unknown = || "the command line".to_owned();
        let address = self.client.map_or_else(unknown, Client::address_text);
        let browser = self.client.map_or("", |client| &client.browser);
        let request_id = self.client.map_or("", |client| &client.request_id);
        log::log!(
            self.event.level(), event = words.logged, request_id, account, address, browser, what = self.event.code();
            "{}", words.sentence
        );
    }

    /// Writes and logs the event, if nothing else is written.
    pub async fn record(&self, site: &Site) -> sqlx::Result<()> {
        let lock_key = self.account.map(AccountId::lock_key);
        let mut tx = site.db.begin_locked(lock_key.as_slice()).await?;
        self.write(&mut tx, site.clock.now()).await?;
        tx.commit().await?;
        self.tell();
        Ok(())
    }
}
