//! The same tables for showing: to those who administer the site, and to the owner of an account.

use sqlx::{Any, Executor, FromRow};

use super::invitation::{InvitationId, Note};
use super::store::is_backed;
use crate::base::Db;
use crate::people::groups::GroupName;
use crate::people::{AccountId, ActorKind, Email, Handle, Name};

/// An invitation for showing, without its groups.
#[derive(FromRow)]
pub(super) struct Row {
    pub(super) id: InvitationId,
    pub(super) note: Note,
    pub(super) email: Option<Email>,
    pub(super) handle: Option<Handle>,
    pub(super) uses_left: i64,
    pub(super) used: i64,
    pub(super) ends_at: i64,
    pub(super) created_at: i64,
    pub(super) created_by: ActorKind,
    pub(super) created_by_account: Option<AccountId>,
    pub(super) is_backed: i64,
}

/// The columns of a [`Row`], of the invitations for which the rest of the statement holds.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, note, email, handle, uses_left, \
             (select count(*) from invitation_uses where invitation_id = invitations.id) as used, \
             ends_at, created_at, created_by, created_by_account, cast(case when ",
            is_backed!(),
            " then 1 else 0 end as bigint) as is_backed from invitations ",
            $rest
        )
    };
}

/// The invitation with an ID.
pub(super) async fn by_id<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &InvitationId,
) -> sqlx::Result<Option<Row>> {
    let select = sqlx::query_as(select!("where id = $1"));
    select.bind(id.as_str().to_owned()).fetch_optional(executor).await
}

/// Up to `most` invitations that are older than one, newest first; without one, the newest.
pub(super) async fn older(db: &Db, than: &str, most: i64) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(select!("where $1 = '' or id < $1 order by id desc limit $2"));
    select.bind(than).bind(most).fetch_all(db.reader()).await
}

/// Up to `most` invitations that are newer than one, oldest first.
pub(super) async fn newer(db: &Db, than: &str, most: i64) -> sqlx::Result<Vec<Row>> {
    let select = sqlx::query_as(select!("where id > $1 order by id limit $2"));
    select.bind(than).bind(most).fetch_all(db.reader()).await
}

/// The groups of the invitations from one to another, in no order.
pub(super) async fn groups_between(
    db: &Db,
    (first, last): (&InvitationId, &InvitationId),
) -> sqlx::Result<Vec<(InvitationId, GroupName)>> {
    let select = sqlx::query_as(
        "select invitation_id, group_name from invitation_groups where invitation_id >= $1 and invitation_id <= $2",
    );
    select.bind(first.as_str()).bind(last.as_str()).fetch_all(db.reader()).await
}

/// An account that used an invitation.
#[derive(FromRow)]
pub(super) struct InvitedRow {
    pub(super) account_id: AccountId,
    pub(super) email: Email,
    pub(super) name: Name,
    pub(super) created_at: i64,
}

/// Up to `most` accounts that used an invitation, with IDs after the given one, oldest account first.
pub(super) async fn accounts_of(
    db: &Db,
    id: &InvitationId,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<InvitedRow>> {
    let select = sqlx::query_as(
        "select account_id, email, name, invitation_uses.created_at as created_at from invitation_uses \
         join accounts on accounts.id = account_id where invitation_id = $1 and account_id > $2 \
         order by account_id limit $3",
    );
    select.bind(id.as_str()).bind(after).bind(most).fetch_all(db.reader()).await
}

/// When an account used invitations that are still kept, and the address that each was for, oldest first.
pub(super) async fn used_by(db: &Db, account: &AccountId) -> sqlx::Result<Vec<(i64, Option<Email>)>> {
    let select = sqlx::query_as(
        "select invitation_uses.created_at, email from invitation_uses \
         join invitations on invitations.id = invitation_id where account_id = $1 \
         order by invitation_uses.created_at, invitation_id",
    );
    select.bind(account.as_str()).fetch_all(db.reader()).await
}
