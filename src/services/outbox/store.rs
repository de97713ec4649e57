//! The table `outbox`.

use sqlx::{Any, Executor, FromRow};

use super::email_id::EmailId;
use super::email_kind::EmailKind;
use crate::base::{Db, Time, Tx};
use crate::people::{AccountId, Email};
use crate::services::links::LinkId;

/// An email that waits to be sent.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: EmailId,
    pub(super) kind: String,
    pub(super) account_id: Option<AccountId>,
    /// As stored: it is parsed when the email is sent, so that one that is not valid fails alone.
    pub(super) address: String,
    pub(super) queued_at: i64,
    pub(super) due_at: i64,
    pub(super) attempts: i64,
}

impl Row {
    /// Whether it is in the queue of those that strangers request.
    pub(super) fn is_strangers(&self) -> bool {
        is_strangers(&self.kind, self.account_id.as_ref())
    }
}

/// Whether an email is one that strangers request: at any address, or by a sign-up. The one for a new address
/// has an account and the one for a taken address has none; both wait in the same queue, since the time that
/// they wait would reveal which it was.
pub(super) fn is_strangers(kind: &str, account: Option<&AccountId>) -> bool {
    account.is_none() || kind == EmailKind::Confirm.code()
}

/// An email to add.
pub(super) struct New<'n> {
    pub(super) kind: &'n str,
    pub(super) account: Option<&'n AccountId>,
    pub(super) address: &'n str,
    pub(super) details: &'n str,
    /// When it is to be sent.
    pub(super) due_at: Time,
}

/// Emails that have not been tried yet.
pub(super) const UNTRIED: i64 = 0;
/// Emails with any number of attempts.
pub(super) const EVER: i64 = i64::MAX;

/// Adds an email. Returns its ID.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<EmailId> {
    let id = EmailId::new();
    sqlx::query(
        "insert into outbox (id, kind, account_id, address, details, queued_at, due_at, attempts) \
         values ($1, $2, $3, $4, $5, $6, $7, 0)",
    )
    .bind(id.as_str())
    .bind(new.kind)
    .bind(new.account.map(AccountId::as_str))
    .bind(new.address)
    .bind(new.details)
    .bind(now.unix())
    .bind(new.due_at.unix())
    .execute(&mut *tx)
    .await?;
    Ok(id)
}

/// The address of an account, if it is confirmed.
pub(super) async fn confirmed_address(tx: &mut Tx, account: &AccountId) -> sqlx::Result<Option<Email>> {
    let select = sqlx::query_scalar("select email from accounts where id = $1 and confirmed_at is not null");
    select.bind(account.as_str()).fetch_optional(&mut *tx).await
}

/// The email of one kind that waits for its first attempt, for an account at an address: its ID, and what it
/// reports.
pub(super) async fn untried(
    tx: &mut Tx,
    account: &AccountId,
    address: &str,
    kind: &str,
) -> sqlx::Result<Option<(EmailId, String)>> {
    let select = sqlx::query_as(
        "select id, details from outbox where account_id = $1 and address = $2 and kind = $3 and attempts = 0 \
         order by id desc limit 1",
    );
    select.bind(account.as_str()).bind(address).bind(kind).fetch_optional(&mut *tx).await
}

/// Adds to what an email reports, as long as it was not tried and not changed by another transaction; false
/// otherwise.
pub(super) async fn add_details(
    tx: &mut Tx,
    id: &EmailId,
    before: &str,
    details: &str,
) -> sqlx::Result<bool> {
    let update =
        sqlx::query("update outbox set details = $3 where id = $1 and details = $2 and attempts = 0");
    let update = update.bind(id.as_str()).bind(before).bind(details);
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// What an email reports, now that it was taken and is no longer added to; `None` if it was taken back.
pub(super) async fn details<'e>(
    executor: impl Executor<'e, Database = Any>,
    id: &EmailId,
) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select details from outbox where id = $1 and given_up_at is null");
    select.bind(id.as_str().to_owned()).fetch_optional(executor).await
}

/// How many emails requested by strangers wait for their first attempt.
pub(super) async fn asked<'e>(executor: impl Executor<'e, Database = Any>) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from outbox \
         where given_up_at is null and attempts = 0 and (account_id is null or kind = 'confirm')",
    )
    .fetch_one(executor)
    .await
}

/// Which emails are selected.
#[derive(Clone, Copy)]
pub(super) struct Due {
    /// Those that are due at this moment.
    pub(super) now: Time,
    /// Those that a clock that was ahead postponed to later than this.
    pub(super) furthest: Time,
    /// Those that were queued later than this.
    pub(super) written: Time,
    /// At most this many.
    pub(super) most: i64,
}

/// The emails of accounts that are due: what their owners are told before what they request, and before the emails of
/// the app; oldest first.
pub(super) async fn due_to_owners(db: &Db, due: Due) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, kind, account_id, address, queued_at, due_at, attempts from outbox \
         where given_up_at is null and (due_at <= $1 or due_at > $2 or queued_at > $3) \
         and account_id is not null and kind <> 'confirm' \
         order by case when kind in ('change', 'close') then 1 when kind like 'app.%' then 2 else 0 end, due_at, id \
         limit $4",
    )
    .bind(due.now.unix())
    .bind(due.furthest.unix())
    .bind(due.written.unix())
    .bind(due.most)
    .fetch_all(db.reader())
    .await
}

/// The emails requested by strangers, oldest first.
pub(super) async fn due_to_strangers(db: &Db, due: Due) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, kind, account_id, address, queued_at, due_at, attempts from outbox \
         where given_up_at is null and (due_at <= $1 or due_at > $2 or queued_at > $3) \
         and (account_id is null or kind = 'confirm') order by due_at, id limit $4",
    )
    .bind(due.now.unix())
    .bind(due.furthest.unix())
    .bind(due.written.unix())
    .bind(due.most)
    .fetch_all(db.reader())
    .await
}

/// Takes an email until a moment, after which another worker may. Of several simultaneous workers, one gets
/// it.
pub(super) async fn claim(db: &Db, row: &Row, until: Time) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update outbox set due_at = $2, attempts = attempts + 1 where id = $1 and due_at = $3 and attempts = $4",
    );
    let update = update.bind(row.id.as_str()).bind(until.unix()).bind(row.due_at).bind(row.attempts);
    Ok(update.execute(db.writer()).await?.rows_affected() == 1)
}

/// Extends the lease of an email.
pub(super) async fn renew(db: &Db, row: &Row, until: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set due_at = $2 where id = $1 and attempts = $3");
    update
        .bind(row.id.as_str())
        .bind(until.unix())
        .bind(row.attempts + 1)
        .execute(db.writer())
        .await
        .map(drop)
}

/// Corrects an email with a time in the future to now, due at another moment.
pub(super) async fn put_right(db: &Db, row: &Row, now: Time, due_at: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update outbox set queued_at = case when queued_at > $2 then $2 else queued_at end, due_at = $3 \
         where id = $1 and due_at = $4 and attempts = $5",
    );
    let update =
        update.bind(row.id.as_str()).bind(now.unix()).bind(due_at.unix()).bind(row.due_at).bind(row.attempts);
    update.execute(db.writer()).await.map(drop)
}

/// Postpones an email that could not be sent.
pub(super) async fn put_off(db: &Db, id: &EmailId, due_at: Time, last_error: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set due_at = $2, last_error = $3 where id = $1");
    update.bind(id.as_str()).bind(due_at.unix()).bind(last_error).execute(db.writer()).await.map(drop)
}

/// Gives an email up; what it would have reported is erased.
pub(super) async fn give_up(db: &Db, id: &EmailId, now: Time, last_error: &str) -> sqlx::Result<()> {
    let update =
        sqlx::query("update outbox set given_up_at = $2, last_error = $3, details = '' where id = $1");
    update.bind(id.as_str()).bind(now.unix()).bind(last_error).execute(db.writer()).await.map(drop)
}

/// Removes an email that was sent, or is not to be sent.
pub(super) async fn delete(db: &Db, id: &EmailId) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id.as_str()).execute(db.writer()).await.map(drop)
}

/// Removes the email that contains a link.
pub(super) async fn delete_with(tx: &mut Tx, id: &LinkId) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id.as_str()).execute(&mut *tx).await.map(drop)
}

/// Removes the emails of one kind that wait for an account and had at most this many attempts. Returns their
/// number.
pub(super) async fn delete_kind(
    tx: &mut Tx,
    account: &AccountId,
    kind: &str,
    attempts: i64,
) -> sqlx::Result<u64> {
    let delete = sqlx::query("delete from outbox where account_id = $1 and kind = $2 and attempts <= $3");
    Ok(delete.bind(account.as_str()).bind(kind).bind(attempts).execute(&mut *tx).await?.rows_affected())
}

/// Makes an email that waits for its first attempt report the new request instead of the earlier one. Returns
/// whether there is such an email.
pub(super) async fn ask_again(
    tx: &mut Tx,
    kind: &str,
    account: Option<&AccountId>,
    address: &str,
    details: &str,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update outbox set details = $4 where kind = $1 and coalesce(account_id, '') = $2 and address = $3 and attempts = 0",
    );
    let account = account.map_or("", AccountId::as_str);
    let renewed = update.bind(kind).bind(account).bind(address).bind(details).execute(&mut *tx).await?;
    Ok(renewed.rows_affected() > 0)
}

/// Removes the emails of one kind that were requested at an address of any account or none, and had at most
/// this many attempts.
pub(super) async fn delete_asked(
    tx: &mut Tx,
    address: &Email,
    kind: &str,
    attempts: i64,
) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where account_id is null and address = $1 and kind = $2 and attempts <= $3",
    );
    delete.bind(address.key()).bind(kind).bind(attempts).execute(&mut *tx).await.map(drop)
}

/// Removes the emails of one kind that wait for an account, or were requested at its address, and were
/// already tried.
pub(super) async fn delete_tried(tx: &mut Tx, account: &AccountId, kind: &str) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where kind = $2 and attempts > 0 and (account_id = $1 or (account_id is null \
         and address = (select email_key from accounts where accounts.id = $1)))",
    );
    delete.bind(account.as_str()).bind(kind).execute(&mut *tx).await.map(drop)
}

/// Removes all emails that wait for an account or were requested at its address, except those of one kind.
pub(super) async fn delete_but(
    tx: &mut Tx,
    account: &AccountId,
    address: &Email,
    kind: &str,
) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where kind <> $3 and (account_id = $1 or (account_id is null and address = $2))",
    );
    delete.bind(account.as_str()).bind(address.key()).bind(kind).execute(&mut *tx).await.map(drop)
}

/// Removes all emails that wait for an account, and all that were requested at its address.
pub(super) async fn delete_of(tx: &mut Tx, account: &AccountId, address: &Email) -> sqlx::Result<()> {
    let delete =
        sqlx::query("delete from outbox where account_id = $1 or (account_id is null and address = $2)");
    delete.bind(account.as_str()).bind(address.key()).execute(&mut *tx).await.map(drop)
}
