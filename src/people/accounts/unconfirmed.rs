//! Accounts whose address was never confirmed: since when they wait for that, and those that waited too long.

use sqlx::{Any, Executor};

use super::account_id::AccountId;
use super::administrators::is_admin;
use super::email_address::Email;
use crate::base::{Db, Time, Tx};

/// A new account begins to wait for its address to be confirmed.
pub async fn await_confirmation(tx: &mut Tx, id: &AccountId, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update accounts set confirm_asked_at = $2 where id = $1");
    update.bind(id.as_str()).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// Whether an account has not begun: its address still waits to be confirmed, and no one has logged in to it.
pub(in crate::people) async fn is_unbegun(tx: &mut Tx, id: &AccountId) -> sqlx::Result<bool> {
    let select = sqlx::query(
        "select 1 from accounts where id = $1 and confirmed_at is null and confirm_asked_at is not null \
         and logged_in_at is null",
    );
    Ok(select.bind(id.as_str().to_owned()).fetch_optional(&mut *tx).await?.is_some())
}

/// Whether an administrator or the operator made an account that no one has used: no one signed up with it, it never had a
/// password, and no one has logged in to it. An account that the operator took over from another program with an address
/// that was not confirmed there is not one: a stranger may have signed up there.
pub async fn awaits_first_password<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &AccountId,
) -> sqlx::Result<bool> {
    let select = sqlx::query(
        "select 1 from accounts where id = $1 and confirm_asked_at is null and logged_in_at is null \
         and not exists (select 1 from passwords where account_id = accounts.id) \
         and exists (select 1 from audit where account_id = accounts.id and event = 'signed_up' \
         and (actor = 'administrator' or (actor = 'command_line' and accounts.confirmed_at is not null))) \
         and not exists (select 1 from audit where account_id = accounts.id \
         and event in ('secured', 'email_restored'))",
    );
    Ok(select.bind(id.as_str().to_owned()).fetch_optional(executor).await?.is_some())
}

/// Whether an account used an invitation, which is still kept. One that has not begun was made with it.
pub(in crate::people) async fn is_invited(tx: &mut Tx, id: &AccountId) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from invitation_uses where account_id = $1 limit 1");
    Ok(select.bind(id.as_str().to_owned()).fetch_optional(&mut *tx).await?.is_some())
}

/// Another link that can confirm the address was created: an account that waits for that waits anew.
pub async fn await_anew(tx: &mut Tx, id: &AccountId, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update accounts set confirm_asked_at = $2 \
         where id = $1 and confirmed_at is null and confirm_asked_at is not null",
    );
    update.bind(id.as_str()).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// The accounts that have waited since a moment or longer, without a login, a valid link or a waiting email, also
/// one that was requested for their address. Those of administrators stay: where unconfirmed accounts may log in, one of
/// them may be the last. At most this many, those that waited longest first.
pub async fn unconfirmed_since(db: &Db, moment: Time, now: Time, most: i64) -> sqlx::Result<Vec<AccountId>> {
    let select = sqlx::query_scalar(concat!(
        "select id from accounts where confirmed_at is null and confirm_asked_at <= $1 \
         and logged_in_at is null and disabled_at is null and not ",
        is_admin!("accounts.id"),
        " and not exists (select 1 from links where account_id = accounts.id and ends_at > $2) \
         and not exists (select 1 from outbox where given_up_at is null \
         and (account_id = accounts.id or (account_id is null and address = accounts.email_key))) \
         order by confirm_asked_at, id limit $3",
    ));
    select.bind(moment.unix()).bind(now.unix()).bind(most).fetch_all(db.reader()).await
}

/// The address of one of them, if it is still one: it may have been confirmed meanwhile.
pub async fn still_unconfirmed(
    tx: &mut Tx,
    id: &AccountId,
    moment: Time,
    now: Time,
) -> sqlx::Result<Option<Email>> {
    let select = sqlx::query_scalar(concat!(
        "select email from accounts where id = $1 and confirmed_at is null and confirm_asked_at <= $2 \
         and logged_in_at is null and disabled_at is null and not ",
        is_admin!("accounts.id"),
        " and not exists (select 1 from links where account_id = accounts.id and ends_at > $3) \
         and not exists (select 1 from outbox where given_up_at is null \
         and (account_id = accounts.id or (account_id is null and address = accounts.email_key)))",
    ));
    select.bind(id.as_str()).bind(moment.unix()).bind(now.unix()).fetch_optional(&mut *tx).await
}
