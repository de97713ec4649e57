//! One event: written in the transaction that caused it, and logged after the commit.

use super::event::Event;
use super::store::{self, Place};
use crate::base::{Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::web::Visitor;

/// What happened, to which account, from where.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// The event.
    pub event: Event,
    /// The account. `None` if it does not exist.
    pub account: Option<&'e AccountId>,
    /// The visitor. `None` for the command line.
    pub visitor: Option<&'e Visitor>,
}

impl Entry<'_> {
    /// Writes the event in the transaction that causes it.
    pub async fn write(&self, tx: &mut Tx, now: Time) -> sqlx::Result<()> {
        let place = self.visitor.map(|visitor| Place {
            address: visitor.address.map(|address| address.to_string()),
            browser: &visitor.browser,
            request_id: &visitor.request_id,
        });
        store::insert(tx, self.event.words().code, self.account, place.as_ref(), now).await
    }

    /// Logs the event: after the commit, so that the log contains only what really happened.
    pub fn tell(&self) {
        let words = self.event.words();
        let account = self.account.map_or("", AccountId::as_str);
        let unknown = || "the command line".to_owned();
        let address = self.visitor.map_or_else(unknown, Visitor::address_text);
        let browser = self.visitor.map_or("", |visitor| &visitor.browser);
        let request_id = self.visitor.map_or("", |visitor| &visitor.request_id);
        log::log!(
            self.event.level(), event = words.logged, request_id, account, address, browser, what = words.code;
            "{}", words.sentence
        );
    }

    /// Writes and logs the event, if nothing else is written.
    pub async fn record(&self, site: &Site) -> sqlx::Result<()> {
        let about = self.account.map(AccountId::about);
        let mut tx = site.db.begin(about.as_slice()).await?;
        self.write(&mut tx, site.clock.now()).await?;
        tx.commit().await?;
        self.tell();
        Ok(())
    }
}
