//! One event: written in the transaction that caused it, and logged after the commit.

use super::event::Event;
use super::store;
use crate::base::{Client, Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;

/// What happened, to which account, and who did it.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// The event.
    pub event: Event,
    /// The account. `None` if it does not exist.
    pub account: Option<&'e AccountId>,
    /// Who caused it, and from where.
    pub actor: Actor<'e>,
}

impl Entry<'_> {
    /// Writes the event in the transaction that causes it.
    pub async fn write(&self, tx: &mut Tx, now: Time) -> sqlx::Result<()> {
        store::insert(tx, self.event.code(), self.account, self.actor, now).await
    }

    /// Logs the event: after the commit, so that the log contains only what really happened.
    pub fn log(&self) {
        let words = self.event.words();
        let account = self.account.map_or("", AccountId::as_str);
        let here = || "the command line".to_owned();
        let client = self.actor.client();
        let address = client.map_or_else(here, Client::address_text);
        let browser = client.map(|client| client.browser.to_string()).unwrap_or_default();
        let request_id = client.map_or("", |client| &client.request_id);
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
        self.log();
        Ok(())
    }
}
