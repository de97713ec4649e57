//! An event of a factor: written in the transaction that causes it, and logged once that is committed.

use crate::base::{Time, Tx};
use crate::people::audit::{Entry, Event};
use crate::people::{AccountId, Actor};

/// Writes an event about an account. It is logged after the commit.
pub(super) async fn record(
    tx: &mut Tx,
    event: Event,
    account: &AccountId,
    actor: Actor<'_>,
    now: Time,
) -> sqlx::Result<()> {
    Entry { event, account: Some(account), actor }.record_in(tx, None, now).await
}
