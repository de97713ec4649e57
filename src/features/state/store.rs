//! The table `applied_invitations`.

use std::collections::BTreeMap;

use crate::base::{Time, Tx};
use crate::services::invitations::InvitationId;

/// The invitations that were made of files, by the keys that these gave them. An invitation may be gone
/// since.
pub(super) async fn all(tx: &mut Tx) -> sqlx::Result<BTreeMap<String, InvitationId>> {
    let select = sqlx::query_as("select key, invitation_id from applied_invitations");
    let rows: Vec<(String, InvitationId)> = select.fetch_all(&mut *tx).await?;
    Ok(rows.into_iter().collect())
}

/// Remembers that one was made.
pub(super) async fn insert(tx: &mut Tx, key: &str, id: &InvitationId, now: Time) -> sqlx::Result<()> {
    let insert =
        sqlx::query("insert into applied_invitations (key, invitation_id, created_at) values ($1, $2, $3)");
    insert.bind(key).bind(id.as_str()).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// Forgets one: the key can make another one.
pub(super) async fn delete(tx: &mut Tx, key: &str) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from applied_invitations where key = $1");
    delete.bind(key).execute(&mut *tx).await.map(drop)
}
