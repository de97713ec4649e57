//! The table `links`.

use sqlx::FromRow;

use super::link_id::LinkId;
use super::purpose::Purpose;
use crate::base::{Db, Time, TokenHash, Tx};
use crate::people::{AccountId, ActorKind, Email, Name};

/// A valid link.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) account_id: AccountId,
    pub(super) email: Email,
    pub(super) name: Name,
    pub(super) confirmed_at: Option<i64>,
    pub(super) since: Option<i64>,
}

/// A link that was used up.
#[derive(Debug, FromRow)]
pub(super) struct Used {
    pub(super) id: LinkId,
    pub(super) account_id: AccountId,
    pub(super) email: Email,
    pub(super) created_by: ActorKind,
    pub(super) ordinal: i64,
    pub(super) since: Option<i64>,
}

/// A link to add.
pub(super) struct New<'n> {
    pub(super) id: &'n LinkId,
    pub(super) token: &'n TokenHash,
    pub(super) purpose: Purpose,
    pub(super) account: &'n AccountId,
    pub(super) email: &'n Email,
    pub(super) created_by: ActorKind,
    /// When that was done which its email reports.
    pub(super) since: Option<Time>,
}

/// Adds a link. One with the same ID is the same link, retried: its lifetime begins again, and it reports the
/// same.
pub(super) async fn put(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<()> {
    sqlx::query(
        "insert into links \
         (id, token_hash, purpose, account_id, email, email_key, created_at, created_by, ordinal, ends_at, since) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, \
         (select coalesce(max(ordinal), 0) + 1 from links where account_id = $4), $9, $10) \
         on conflict (id) do update set token_hash = excluded.token_hash, ends_at = excluded.ends_at, \
         since = coalesce(links.since, excluded.since)",
    )
    .bind(new.id.as_str())
    .bind(new.token.as_str())
    .bind(new.purpose.code())
    .bind(new.account.as_str())
    .bind(new.email.as_str())
    .bind(new.email.key())
    .bind(now.unix())
    .bind(new.created_by)
    .bind(now.plus(new.purpose.properties().seconds).unix())
    .bind(new.since.map(Time::unix))
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// Ends the oldest links of one purpose, beyond a number. Links that were created for the owner do not
/// displace those that the operator handed over: strangers can cause the former. Nor do they displace the
/// link that reports the earliest act: it undoes all that a stranger has done since, however many emails that
/// caused.
pub(super) async fn delete_surplus(tx: &mut Tx, new: &New<'_>, most: i64, now: Time) -> sqlx::Result<()> {
    sqlx::query(
        "delete from links where account_id = $1 and purpose = $2 and created_by = $3 and id not in \
         (select id from links where account_id = $1 and purpose = $2 and created_by = $3 \
          order by case when id = (select id from links where account_id = $1 and purpose = $2 and created_by = $3 \
          and since is not null and ends_at > $5 order by since, ordinal limit 1) then 0 else 1 end, \
          ordinal desc limit $4)",
    )
    .bind(new.account.as_str())
    .bind(new.purpose.code())
    .bind(new.created_by)
    .bind(most)
    .bind(now.unix())
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// Ends the other links of one purpose that an account has.
pub(super) async fn delete_others(tx: &mut Tx, new: &New<'_>) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where account_id = $1 and purpose = $2 and id <> $3");
    let delete = delete.bind(new.account.as_str()).bind(new.purpose.code()).bind(new.id.as_str());
    delete.execute(&mut *tx).await.map(drop)
}

/// Whether a link exists.
pub(super) async fn is_there(tx: &mut Tx, id: &LinkId) -> sqlx::Result<bool> {
    let select = sqlx::query_scalar("select 1 from links where id = $1");
    let found: Option<i64> = select.bind(id.as_str()).fetch_optional(&mut *tx).await?;
    Ok(found.is_some())
}

/// Whether an account has another link of a purpose, created after a moment; one with a time in the future
/// does not count.
pub(super) async fn is_superseded(tx: &mut Tx, new: &New<'_>, moment: Time, now: Time) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(
        "select 1 from links where account_id = $1 and purpose = $2 and id <> $3 \
         and created_at > $4 and created_at <= $5 limit 1",
    )
    .bind(new.account.as_str())
    .bind(new.purpose.code())
    .bind(new.id.as_str())
    .bind(moment.unix())
    .bind(now.unix())
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// The link of a token. Its account must be enabled and, unless the link is about a new or previous address,
/// must still have the address that the link was created for.
pub(super) async fn find(db: &Db, token: &TokenHash, purpose: &str, now: Time) -> sqlx::Result<Option<Row>> {
    sqlx::query_as(
        "select account_id, links.email, name, confirmed_at, links.since \
         from links join accounts on accounts.id = account_id \
         where token_hash = $1 and purpose = $2 and ends_at > $3 and disabled_at is null \
         and (purpose in ('change', 'undo', 'close') or links.email_key = accounts.email_key)",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(db.reader())
    .await
}

/// The account of the link of a token and the address that it was made for, if the account has another one
/// now; and how many valid links restore it.
pub(super) async fn moved(
    db: &Db,
    token: &TokenHash,
    purpose: &str,
    now: Time,
) -> sqlx::Result<Option<(AccountId, Email, i64)>> {
    sqlx::query_as(
        "select links.account_id, links.email, \
         (select count(*) from links as undo where undo.account_id = links.account_id \
          and undo.purpose = 'undo' and undo.email_key = links.email_key and undo.ends_at > $3) \
         from links join accounts on accounts.id = account_id \
         where token_hash = $1 and purpose = $2 and ends_at > $3 and links.email_key <> accounts.email_key",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(db.reader())
    .await
}

/// Uses up the link of a token. Of several simultaneous requests, one gets it.
pub(super) async fn take(
    tx: &mut Tx,
    token: &TokenHash,
    purpose: &str,
    now: Time,
) -> sqlx::Result<Option<Used>> {
    sqlx::query_as(
        "delete from links where token_hash = $1 and purpose = $2 and ends_at > $3 and exists \
         (select 1 from accounts where accounts.id = links.account_id and disabled_at is null \
          and (links.purpose in ('change', 'undo', 'close') or accounts.email_key = links.email_key)) \
         returning id, account_id, email, created_by, ordinal, since",
    )
    .bind(token.as_str())
    .bind(purpose)
    .bind(now.unix())
    .fetch_optional(&mut *tx)
    .await
}

/// The valid links of an account: purpose, address, when they end, and who made them.
pub(super) async fn of(
    db: &Db,
    account: &AccountId,
    now: Time,
) -> sqlx::Result<Vec<(String, Email, i64, ActorKind)>> {
    let select = sqlx::query_as(
        "select purpose, email, ends_at, created_by from links where account_id = $1 and ends_at > $2 \
         order by ends_at, ordinal",
    );
    select.bind(account.as_str()).bind(now.unix()).fetch_all(db.reader()).await
}

/// Gives an existing link the secret of its email, which differs only if the key was replaced; false if there
/// is no such link.
pub(super) async fn rotate(tx: &mut Tx, id: &LinkId, token: &TokenHash) -> sqlx::Result<bool> {
    let update = sqlx::query("update links set token_hash = $2 where id = $1");
    Ok(update.bind(id.as_str()).bind(token.as_str()).execute(&mut *tx).await?.rows_affected() == 1)
}

/// The addresses that can be restored to an account, that of the oldest link first, and when each link ends.
pub(super) async fn revertible(
    tx: &mut Tx,
    account: &AccountId,
    now: Time,
) -> sqlx::Result<Vec<(Email, i64)>> {
    let select = sqlx::query_as(
        "select email, ends_at from links where account_id = $1 and purpose = 'undo' and ends_at > $2 order by ordinal",
    );
    select.bind(account.as_str()).bind(now.unix()).fetch_all(&mut *tx).await
}

/// Whether an address can still be restored to another account.
pub(super) async fn is_reserved(
    tx: &mut Tx,
    email: &Email,
    account: Option<&AccountId>,
    now: Time,
) -> sqlx::Result<bool> {
    let found: Option<i64> = sqlx::query_scalar(
        "select 1 from links where email_key = $1 and purpose = 'undo' and ends_at > $2 and account_id <> $3 limit 1",
    )
    .bind(email.key())
    .bind(now.unix())
    .bind(account.map_or("", AccountId::as_str))
    .fetch_optional(&mut *tx)
    .await?;
    Ok(found.is_some())
}

/// Ends the links of an account, except those with which its owner recovers it from an attacker.
pub(super) async fn delete_of(tx: &mut Tx, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where account_id = $1 and purpose not in ('undo', 'secure')");
    delete.bind(account.as_str()).execute(&mut *tx).await.map(drop)
}

/// Ends the links of all accounts, except those that restore an address.
pub(super) async fn delete_all(tx: &mut Tx) -> sqlx::Result<()> {
    sqlx::query("delete from links where purpose <> 'undo'").execute(&mut *tx).await.map(drop)
}

/// Ends the links of an account that are newer than one of them; returns their IDs.
pub(super) async fn delete_younger(
    tx: &mut Tx,
    account: &AccountId,
    ordinal: i64,
) -> sqlx::Result<Vec<LinkId>> {
    let delete = sqlx::query_scalar("delete from links where account_id = $1 and ordinal > $2 returning id");
    delete.bind(account.as_str()).bind(ordinal).fetch_all(&mut *tx).await
}

/// Ends the links of an account for one purpose, about one address, that are not older than one of them.
pub(super) async fn delete_alike(
    tx: &mut Tx,
    account: &AccountId,
    purpose: &str,
    address: &Email,
    ordinal: i64,
) -> sqlx::Result<()> {
    sqlx::query(
        "delete from links where account_id = $1 and purpose = $2 and email_key = $3 and ordinal >= $4",
    )
    .bind(account.as_str())
    .bind(purpose)
    .bind(address.key())
    .bind(ordinal)
    .execute(&mut *tx)
    .await
    .map(drop)
}

/// Ends the links of an account for one purpose. Returns their number.
pub(super) async fn delete_purpose(tx: &mut Tx, account: &AccountId, purpose: &str) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from links where account_id = $1 and purpose = $2");
    Ok(delete.bind(account.as_str()).bind(purpose).execute(&mut *tx).await?.rows_affected())
}

/// Makes links of one purpose end at a moment, if they would end later.
pub(super) async fn shorten(db: &Db, purpose: &str, moment: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update links set ends_at = $2 where purpose = $1 and ends_at > $2");
    update.bind(purpose).bind(moment.unix()).execute(db.writer()).await.map(drop)
}

/// Removes expired links.
pub(super) async fn delete_until(db: &Db, moment: Time) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from links where ends_at <= $1");
    delete.bind(moment.unix()).execute(db.writer()).await.map(drop)
}
