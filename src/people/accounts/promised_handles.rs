//! Handles that invitations promise to the accounts that use them: an account that has not begun is given one only then.

use super::account_id::AccountId;
use super::handle::Handle;
use crate::base::Tx;

/// The handles of the invitations that an account used, as long as these are kept, oldest first. An account that has not
/// begun has used one at most: the one that it was made with.
pub(in crate::people) async fn promised_handles(tx: &mut Tx, id: &AccountId) -> sqlx::Result<Vec<Handle>> {
    let select = sqlx::query_scalar(
        "select invitations.handle from invitation_uses \
         join invitations on invitations.id = invitation_uses.invitation_id \
         where invitation_uses.account_id = $1 and invitations.handle is not null \
         order by invitation_uses.created_at, invitations.id",
    );
    select.bind(id.as_str().to_owned()).fetch_all(&mut *tx).await
}

/// The invitations that an account used promise it no handle any more.
pub(in crate::people) async fn withdraw_promises(tx: &mut Tx, id: &AccountId) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update invitations set handle = null where handle is not null and exists (select 1 from invitation_uses \
         where invitation_uses.invitation_id = invitations.id and invitation_uses.account_id = $1)",
    );
    update.bind(id.as_str().to_owned()).execute(&mut *tx).await.map(drop)
}
