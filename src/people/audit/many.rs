//! One event of many accounts, in few statements.

use uuid::Uuid;

use super::detail::Detail;
use super::entry::Entry;
use super::event::Event;
use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;

/// Who acts: no one else changes many accounts at once.
const BY: Actor<'_> = Actor::CommandLine;

/// Writes an event that the operator caused to the trail of each of these accounts, in the transaction that
/// causes it, with what was different before and after. All of them exist. It is logged once the transaction is
/// committed. Trails are not trimmed: the next round of housekeeping does it.
pub async fn record_many(
    tx: &mut Tx,
    event: Event,
    accounts: Vec<(AccountId, Option<Detail>)>,
    now: Time,
) -> sqlx::Result<()> {
    const BEFORE: &str = "insert into audit (id, account_id, event, at, actor, detail) values";
    for some in accounts.chunks(ROWS_AT_ONCE) {
        let mut insert = sqlx::query(many::rows(BEFORE, (some.len(), 6), ""));
        for (account, detail) in some {
            insert = insert.bind(Uuid::now_v7().to_string()).bind(account.as_str()).bind(event.code());
            insert = insert.bind(now.unix()).bind(BY.kind()).bind(detail.as_ref().map(Detail::written));
        }
        insert.execute(&mut *tx).await?;
    }
    tx.after_commit(move || {
        for (account, detail) in &accounts {
            Entry { event, account: Some(account), actor: BY }.log_with(detail.as_ref());
        }
    });
    Ok(())
}
