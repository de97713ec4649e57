//! One thing that happened: written into the transaction that made it happen, and told to the log once that holds.

use super::event::Event;
use super::store::{self, Place};
use crate::base::{Site, Time, Tx};
use crate::people::accounts::AccountId;
use crate::web::Visitor;

/// What happened, to whom, from where.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'e> {
    /// What.
    pub event: Event,
    /// To which account. `None`: to none that exists.
    pub account: Option<&'e AccountId>,
    /// From where. `None`: from the command line.
    pub visitor: Option<&'e Visitor>,
}

impl Entry<'_> {
    /// Writes it down with what it tells of.
    pub async fn write(&self, tx: &mut Tx, now: Time) -> sqlx::Result<()> {
        let place = self.visitor.map(|visitor| Place {
            address: visitor.address.map(|address| address.to_string()),
            browser: &visitor.browser,
            request_id: &visitor.request_id,
        });
        store::insert(tx, self.event.words().code, self.account, place.as_ref(), now).await
    }

    /// Tells the log: after the commit, so that the log says nothing that is not so.
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

    /// Writes it down and tells of it, where nothing else is written.
    pub async fn record(&self, site: &Site) -> sqlx::Result<()> {
        let about = self.account.map(AccountId::about);
        let mut tx = site.db.begin(about.as_slice()).await?;
        self.write(&mut tx, site.clock.now()).await?;
        tx.commit().await?;
        self.tell();
        Ok(())
    }
}
