//! The tables `invitations`, `invitation_groups` and `invitation_uses`: made, used, given a new link, ended.

use sqlx::{Any, Executor, FromRow};

use super::invitation::{InvitationId, Note};
use crate::base::{Db, Time, TokenHash, Tx};
use crate::people::groups::GroupName;
use crate::people::{AccountId, ActorKind, Email, Handle};
use crate::services::links::LinkId;

/// The condition that an invitation leads into nothing that its maker may not lead into. One into `admins` is as good as the
/// administrator who made it, or gave it its last link: they must still be one, and not be disabled.
macro_rules! is_backed {
    () => {
        concat!(
            "(invitations.created_by <> 'administrator' \
             or not exists (select 1 from invitation_groups where invitation_id = invitations.id \
              and invitation_groups.group_name = '",
            $crate::base::config::group_list::admins!(),
            "') or exists (select 1 from accounts as makers where makers.id = invitations.created_by_account \
              and makers.disabled_at is null and ",
            $crate::people::accounts::is_admin!("makers.id"),
            "))"
        )
    };
}
pub(super) use is_backed;

/// The condition of an invitation that can be used from a moment on, which is a parameter.
macro_rules! open_at {
    ($now:literal) => {
        concat!("uses_left > 0 and ends_at > ", $now, " and ", is_backed!())
    };
}

/// An invitation to add.
pub(super) struct New<'n> {
    pub(super) id: &'n InvitationId,
    pub(super) token: &'n TokenHash,
    pub(super) note: &'n Note,
    pub(super) email: Option<&'n Email>,
    pub(super) handle: Option<&'n Handle>,
    pub(super) uses: i64,
    pub(super) ends_at: Time,
    pub(super) created_by: ActorKind,
    pub(super) created_by_account: Option<&'n AccountId>,
}

/// Adds an invitation.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<()> {
    sqlx::query(
        "insert into invitations (id, token_hash, note, email, email_key, uses_left, ends_at, created_at, created_by, \
         created_by_account, handle) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, (select id from accounts where id = $10), $11)",
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
    .bind(new.handle.map(Handle::as_str))
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
    let select = sqlx::query_scalar(concat!(
        "select count(*) from invitations where invitations.id <> $2 and ",
        open_at!("$1")
    ));
    select.bind(now.unix()).bind(without.to_owned()).fetch_one(executor).await
}

/// Those of some handles that invitations promise, without one of them. An invitation promises its handle while it can be
/// used, and then until the account that used it begins, and is given the handle.
pub(super) async fn promised_among(
    tx: &mut Tx,
    handles: &[&Handle],
    without: &str,
    now: Time,
) -> sqlx::Result<Vec<Handle>> {
    let mut promised = Vec::new();
    for handle in handles {
        let select = sqlx::query(concat!(
            "select 1 from invitations where invitations.handle = $3 and invitations.id <> $2 and ((",
            open_at!("$1"),
            ") or exists (select 1 from invitation_uses join accounts on accounts.id = invitation_uses.account_id \
               where invitation_uses.invitation_id = invitations.id and accounts.confirmed_at is null \
               and accounts.confirm_asked_at is not null and accounts.logged_in_at is null)) limit 1"
        ));
        let select = select.bind(now.unix()).bind(without.to_owned()).bind(handle.as_str());
        if select.fetch_optional(&mut *tx).await?.is_some() {
            promised.push((*handle).clone());
        }
    }
    Ok(promised)
}

/// An invitation that can be used, as its link finds it.
#[derive(FromRow)]
pub(super) struct OpenRow {
    pub(super) id: InvitationId,
    pub(super) email: Option<Email>,
    pub(super) handle: Option<Handle>,
    pub(super) uses_left: i64,
    pub(super) ends_at: i64,
}

/// The invitation of a token, if it can be used.
pub(super) async fn find_open(db: &Db, token: &TokenHash, now: Time) -> sqlx::Result<Option<OpenRow>> {
    let select = sqlx::query_as(concat!(
        "select id, email, handle, uses_left, ends_at from invitations where (token_hash = $1 or mailed_hash = $1) and ",
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
/// invitation is for. Of several simultaneous requests, as many get one as there are uses. Returns which invitation it is,
/// and the handle that it brings.
pub(super) async fn take(
    tx: &mut Tx,
    token: &TokenHash,
    account: &AccountId,
    now: Time,
) -> sqlx::Result<Option<(InvitationId, Option<Handle>)>> {
    sqlx::query_as(concat!(
        "update invitations set uses_left = uses_left - 1 where (token_hash = $1 or mailed_hash = $1) and ",
        open_at!("$2"),
        " and (email_key is null or exists (select 1 from accounts where accounts.id = $3 \
          and accounts.email_key = invitations.email_key)) \
         and not exists (select 1 from invitation_uses where invitation_id = invitations.id and account_id = $3) \
         returning id, handle"
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

/// Gives an invitation a new link and a new end, and makes it that of its new maker; the links before are over. False if it
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

/// Ends an invitation now. `token` is one that no one has: a clock that goes back opens nothing again. False if it had
/// ended, or is used up.
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
