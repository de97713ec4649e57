//! One event of many accounts, in few statements.

use uuid::Uuid;

use super::entry::Entry;
use super::event::Event;
use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Time, Tx};
use crate::people::accounts::AccountId;
use crate::people::actor::Actor;

/// Who acts: no one else changes many accounts at once.
const BY: Actor<'_> = Actor::CommandLine;

/// Writes an event that the operator caused to the trail of each of these accounts, in the transaction that
/// causes it. All of them exist. It is logged by [`log_many`]. Trails are not trimmed: the next round of
/// housekeeping does it.
pub async fn write_many(tx: &mut Tx, event: Event, accounts: &[AccountId], now: Time) -> sqlx::Result<()> {
    for some in accounts.chunks(ROWS_AT_ONCE) {
        let sql =
            many::rows("insert into audit (id, account_id, event, at, actor) values", (some.len(), 5), "");
        let mut insert = sqlx::query(sql);
        for account in some {
            insert = insert.bind(Uuid::now_v7().to_string()).bind(account.as_str()).bind(event.code());
            insert = insert.bind(now.unix()).bind(BY.kind());
        }
        insert.execute(&mut *tx).await?;
    }
    Ok(())
}

/// Logs such an event, once the transaction is committed.
pub fn log_many(tx: &mut Tx, event: Event, accounts: Vec<AccountId>) {
    tx.after_commit(move || {
        for account in &accounts {
            Entry { event, account: Some(account), actor: BY }.log();
        }
    });
}
