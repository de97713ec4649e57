//! The tables `invitations`, `invitation_groups` and `invitation_uses`.

use sqlx::{Any, Executor, FromRow};

use super::invitation::{InvitationId, Note};
use crate::base::{Db, Time, TokenHash, Tx};
use crate::people::groups::GroupName;
use crate::people::{AccountId, ActorKind, Email, Name};
use crate::services::links::LinkId;

/// An invitation for showing, without its groups.
#[derive(FromRow)]
pub(super) struct Row {
    pub(super) id: InvitationId,
    pub(super) note: Note,
    pub(super) email: Option<Email>,
    pub(super) uses_left: i64,
    pub(super) used: i64,
    pub(super) ends_at: i64,
    pub(super) created_at: i64,
    pub(super) created_by: ActorKind,
    pub(super) created_by_account: Option<AccountId>,
}

/// The columns of a [`Row`], of the invitations for which the rest of the statement holds.
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select id, note, email, uses_left, \
             (select count(*) from invitation_uses where invitation_id = invitations.id) as used, \
             ends_at, created_at, created_by, created_by_account from invitations ",
            $rest
        )
    };
}

/// The condition of an invitation that can be used from $2 on. What leads into `admins` is as good as its maker: if that was
/// an administrator, they must still be one, and not be disabled.
macro_rules! open_at {
    ($now:literal) => {
        concat!(
            "uses_left > 0 and ends_at > ",
            $now,
            " and (invitations.created_by <> 'administrator' \
             or not exists (select 1 from invitation_groups where invitation_id = invitations.id \
              and invitation_groups.group_name = 'admins') \
             or exists (select 1 from memberships join accounts as makers on makers.id = memberships.account_id \
              where memberships.account_id = invitations.created_by_account \
              and memberships.group_name = 'admins' and makers.disabled_at is null))"
        )
    };
}

/// An invitation to add.
pub(super) struct New<'n> {
    pub(super) id: &'n InvitationId,
    pub(super) token: &'n TokenHash,
    pub(super) note: &'n Note,
    pub(super) email: Option<&'n Email>,
    pub(super) uses: i64,
    pub(super) ends_at: Time,
    pub(super) created_by: ActorKind,
    pub(super) created_by_account: Option<&'n AccountId>,
}

/// Adds an invitation.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<()> {
    sqlx::query(
        "insert into invitations (id, token_hash, note, email, email_key, uses_left, ends_at, created_at, created_by, \
         created_by_account) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, (select id from accounts where id = $10))",
    )
    .bind(new.id.as_str())
    .bind(new.token.as_str())
    .bind(new.note.as_str())
    .bind(new.email.map(Email::as_str))
    .bind(new.email.map(Email::key))
    .bind(new.uses)
    .bind(new.ends_at.unix())
    .bind(now.unix())
    .bind(new.created_by)
    .bind(new.created_by_account.map(AccountId::as_str))
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// Adds a group that an account joins with an invitation.
pub(super) async fn insert_group(tx: &mut Tx, id: &InvitationId, group: &GroupName) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into invitation_groups (invitation_id, group_name) values ($1, $2) \
         on conflict (invitation_id, group_name) do nothing",
    );
    insert.bind(id.as_str()).bind(group.as_str()).execute(&mut *tx).await.map(drop)
}

/// How many invitations can be used, without one of them.
pub(super) async fn count_open<'e>(
    executor: impl Executor<'e, Database = Any>,
    without: &str,
    now: Time,
) -> sqlx::Result<i64> {
    let select = sqlx::query_scalar(
        "select count(*) from invitations where uses_left > 0 and ends_at > $1 and id <> $2",
    );
    select.bind(now.unix()).bind(without.to_owned()).fetch_one(executor).await
}

/// An invitation that can be used, as its link finds it.
#[derive(FromRow)]
pub(super) struct OpenRow {
    pub(super) id: InvitationId,
    pub(super) email: Option<Email>,
    pub(super) uses_left: i64,
    pub(super) ends_at: i64,
}

/// The invitation of a token, if it can be used.
pub(super) async fn find_open(db: &Db, token: &TokenHash, now: Time) -> sqlx::Result<Option<OpenRow>> {
    let select = sqlx::query_as(concat!(
        "select id, email, uses_left, ends_at from invitations where (token_hash = $1 or mailed_hash = $1) and ",
        open_at!("$2")
    ));
    select.bind(token.as_str()).bind(now.unix()).fetch_optional(db.reader()).await
}

/// The groups of an invitation with their titles, in no order.
pub(super) async fn offered(db: &Db, id: &InvitationId) -> sqlx::Result<Vec<(GroupName, String)>> {
    let select = sqlx::query_as(
        "select group_name, title from invitation_groups join groups on groups.name = group_name \
         where invitation_id = $1",
    );
    select.bind(id.as_str()).fetch_all(db.reader()).await
}

/// Takes one use of the invitation of a token for an account: once only for each, and only for the address that the
/// invitation is for. Of several simultaneous requests, as many get one as there are uses.
pub(super) async fn take(
    tx: &mut Tx,
    token: &TokenHash,
    account: &AccountId,
    now: Time,
) -> sqlx::Result<Option<InvitationId>> {
    sqlx::query_scalar(concat!(
        "update invitations set uses_left = uses_left - 1 where (token_hash = $1 or mailed_hash = $1) and ",
        open_at!("$2"),
        " and (email_key is null or exists (select 1 from accounts where accounts.id = $3 \
          and accounts.email_key = invitations.email_key)) \
         and not exists (select 1 from invitation_uses where invitation_id = invitations.id and account_id = $3) \
         returning id"
    ))
    .bind(token.as_str())
    .bind(now.unix())
    .bind(account.as_str())
    .fetch_optional(&mut *tx)
    .await
}

/// Records who used an invitation.
pub(super) async fn insert_use(
    tx: &mut Tx,
    id: &InvitationId,
    account: &AccountId,
    now: Time,
) -> sqlx::Result<()> {
    let insert = sqlx::query(
        "insert into invitation_uses (invitation_id, account_id, created_at) values ($1, $2, $3)",
    );
    insert.bind(id.as_str()).bind(account.as_str()).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// The groups of an invitation, in no order.
pub(super) async fn group_names(tx: &mut Tx, id: &InvitationId) -> sqlx::Result<Vec<GroupName>> {
    let select = sqlx::query_scalar("select group_name from invitation_groups where invitation_id = $1");
    select.bind(id.as_str()).fetch_all(&mut *tx).await
}

/// Gives an invitation a new link and a new end, and makes it that of whoever does so; the links before are over. False if it
/// is used up, or there is none.
pub(super) async fn rotate(
    tx: &mut Tx,
    id: &InvitationId,
    (token, ends_at): (&TokenHash, Time),
    (by, by_account): (ActorKind, Option<&AccountId>),
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update invitations set token_hash = $2, mailed_hash = null, mail_id = null, ends_at = $3, created_by = $4, \
         created_by_account = (select id from accounts where id = $5) where id = $1 and uses_left > 0",
    );
    let update = update.bind(id.as_str()).bind(token.as_str()).bind(ends_at.unix());
    let update = update.bind(by).bind(by_account.map(AccountId::as_str));
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Ends an open invitation now. `token` is one that no one has: a clock that goes back opens nothing again. False if it
/// was not open.
pub(super) async fn end(tx: &mut Tx, id: &InvitationId, token: &TokenHash, now: Time) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update invitations set token_hash = $2, mailed_hash = null, mail_id = null, ends_at = $3 \
         where id = $1 and uses_left > 0 and ends_at > $3",
    );
    let update = update.bind(id.as_str()).bind(token.as_str()).bind(now.unix());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Names the newest email of an invitation.
pub(super) async fn set_mail(tx: &mut Tx, id: &InvitationId, mail: &LinkId) -> sqlx::Result<()> {
    let update = sqlx::query("update invitations set mail_id = $2, mailed_hash = null where id = $1");
    update.bind(id.as_str()).bind(mail.as_str()).execute(&mut *tx).await.map(drop)
}

/// An invitation whose email is about to be sent.
#[derive(FromRow)]
pub(super) struct MailedRow {
    pub(super) email: Email,
    pub(super) ends_at: i64,
}

/// Gives an open invitation the link in its newest email. `None` if the invitation is over, or the email is an older one.
pub(super) async fn set_mailed_hash(
    tx: &mut Tx,
    mail: &LinkId,
    token: &TokenHash,
    now: Time,
) -> sqlx::Result<Option<MailedRow>> {
    let update = sqlx::query_as(concat!(
        "update invitations set mailed_hash = $2 where mail_id = $1 and email is not null and ",
        open_at!("$3"),
        " returning email, ends_at"
    ));
    let update = update.bind(mail.as_str()).bind(token.as_str()).bind(now.unix());
    update.fetch_optional(&mut *tx).await
}

/// Ends the links in all emails.
pub(super) async fn forget_mailed(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query("update invitations set mailed_hash = null").execute(&mut *tx).await.map(drop)
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

/// Makes invitations end at a moment, if they would end later.
pub(super) async fn shorten(db: &Db, moment: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update invitations set ends_at = $1 where ends_at > $1");
    update.bind(moment.unix()).execute(db.writer()).await.map(drop)
}

/// Removes the invitations that ended by a moment.
pub(super) async fn delete_until(db: &Db, moment: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from invitations where ends_at <= $1");
    delete.bind(moment.unix()).execute(db.writer()).await.map(drop)
}
