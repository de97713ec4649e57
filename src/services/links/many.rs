//! Which of many addresses are kept for an account that had them before.

use std::collections::BTreeSet;

use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Time, Tx};

/// Those of these addresses that another account can have back. They are in the form that is compared, and so
/// are those that are returned. Called in a transaction that takes them, before and after it does: what
/// another one gives up at the same moment is seen after it.
pub async fn reserved_among(tx: &mut Tx, keys: &[&str], now: Time) -> sqlx::Result<BTreeSet<String>> {
    const BEFORE: &str = "select email_key, ends_at from links where purpose = 'undo' and email_key in";
    let mut found = BTreeSet::new();
    for some in keys.chunks(ROWS_AT_ONCE) {
        let mut select = sqlx::query_as(many::list(BEFORE, some.len(), ""));
        for key in some {
            select = select.bind(*key);
        }
        let rows: Vec<(String, i64)> = select.fetch_all(&mut *tx).await?;
        found.extend(rows.into_iter().filter(|(_, ends_at)| *ends_at > now.unix()).map(|(key, _)| key));
    }
    Ok(found)
}
