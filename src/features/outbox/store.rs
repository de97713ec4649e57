//! The table `outbox`.

use sqlx::FromRow;
use uuid::Uuid;

use crate::base::{Db, Site, Time, Tx};
use crate::people::AccountId;

/// What was given up is shown for a week, in seconds, so that an operator sees it.
const GIVEN_UP_KEPT: i64 = 7 * 24 * 3_600;

/// A mail that waits to be sent.
#[derive(Debug, FromRow)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) letter: String,
    pub(super) account_id: Option<AccountId>,
    pub(super) address: String,
    pub(super) queued_at: i64,
    pub(super) due_at: i64,
    pub(super) tries: i64,
}

/// A mail that waits or was given up, as an operator sees it.
#[derive(Debug, FromRow)]
pub struct Waiting {
    /// Its id.
    pub id: String,
    /// Which of the mails it is.
    pub letter: String,
    /// Where it goes.
    pub address: String,
    /// When it was written down, in seconds since 1970.
    pub queued_at: i64,
    /// When it is tried next, likewise.
    pub due_at: i64,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub trouble: Option<String>,
    /// Since when it is not tried any more.
    pub given_up_at: Option<i64>,
}

/// A mail to be written down.
pub(super) struct New<'n> {
    pub(super) letter: &'n str,
    pub(super) account: Option<&'n AccountId>,
    pub(super) address: &'n str,
    pub(super) facts: &'n str,
    /// When it is to be sent.
    pub(super) due_at: Time,
}

/// Mails that were not tried yet.
pub(super) const UNTRIED: i64 = 0;
/// Mails however often they were tried.
pub(super) const EVER: i64 = i64::MAX;

/// Writes a mail down. The answer is its id.
pub(super) async fn insert(tx: &mut Tx, new: &New<'_>, now: Time) -> sqlx::Result<String> {
    let id = Uuid::now_v7().to_string();
    sqlx::query(
        "insert into outbox (id, letter, account_id, address, facts, queued_at, due_at, tries) \
         values ($1, $2, $3, $4, $5, $6, $7, 0)",
    )
    .bind(&id)
    .bind(new.letter)
    .bind(new.account.map(AccountId::as_str))
    .bind(new.address)
    .bind(new.facts)
    .bind(now.unix())
    .bind(new.due_at.unix())
    .execute(&mut *tx)
    .await?;
    Ok(id)
}

/// The address of an account, if its owner has proved to read it.
pub(super) async fn confirmed_address(tx: &mut Tx, account: &AccountId) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select email from accounts where id = $1 and confirmed_at is not null");
    select.bind(account.as_str()).fetch_optional(&mut *tx).await
}

/// The mail of one kind that waits for its first try, for an account at an address: its id, and what it tells of.
pub(super) async fn untried(
    tx: &mut Tx,
    account: &AccountId,
    address: &str,
    letter: &str,
) -> sqlx::Result<Option<(String, String)>> {
    let select = sqlx::query_as(
        "select id, facts from outbox where account_id = $1 and address = $2 and letter = $3 and tries = 0 \
         order by id desc limit 1",
    );
    select.bind(account.as_str()).bind(address).bind(letter).fetch_optional(&mut *tx).await
}

/// Lets a mail tell of more, as long as it was not tried and nobody else has done so; false where one of both is so.
pub(super) async fn tell_more(tx: &mut Tx, id: &str, before: &str, facts: &str) -> sqlx::Result<bool> {
    let update = sqlx::query("update outbox set facts = $3 where id = $1 and facts = $2 and tries = 0");
    let update = update.bind(id).bind(before).bind(facts);
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// What a mail tells of, now that it was taken up and is not added to any more; `None` where it was taken back.
pub(super) async fn facts(tx: &mut Tx, id: &str) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select facts from outbox where id = $1 and given_up_at is null");
    select.bind(id).fetch_optional(&mut *tx).await
}

/// The mails that are to be sent by now, the oldest first: so many. And those that a clock that was ahead has written, or put off,
/// later than `written` and `furthest`.
pub(super) async fn due(
    db: &Db,
    now: Time,
    furthest: Time,
    written: Time,
    most: i64,
) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, letter, account_id, address, queued_at, due_at, tries from outbox \
         where given_up_at is null and (due_at <= $1 or due_at > $2 or queued_at > $3) order by due_at, id limit $4",
    )
    .bind(now.unix())
    .bind(furthest.unix())
    .bind(written.unix())
    .bind(most)
    .fetch_all(db.reader())
    .await
}

/// Takes a mail up, until a moment at which another may. Of many at once one gets it.
pub(super) async fn claim(db: &Db, row: &Row, until: Time) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update outbox set due_at = $2, tries = tries + 1 where id = $1 and due_at = $3 and tries = $4",
    );
    let update = update.bind(&row.id).bind(until.unix()).bind(row.due_at).bind(row.tries);
    Ok(update.execute(db.writer()).await?.rows_affected() == 1)
}

/// Keeps a mail that was taken up from all others for longer.
pub(super) async fn renew(db: &Db, row: &Row, until: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set due_at = $2 where id = $1 and tries = $3");
    update.bind(&row.id).bind(until.unix()).bind(row.tries + 1).execute(db.writer()).await.map(drop)
}

/// Makes a mail of a time that has not come one of now, due at another moment.
pub(super) async fn put_right(db: &Db, row: &Row, now: Time, due_at: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update outbox set queued_at = case when queued_at > $2 then $2 else queued_at end, due_at = $3 \
         where id = $1 and due_at = $4 and tries = $5",
    );
    let update = update.bind(&row.id).bind(now.unix()).bind(due_at.unix()).bind(row.due_at).bind(row.tries);
    update.execute(db.writer()).await.map(drop)
}

/// Puts a mail off that could not be sent.
pub(super) async fn put_off(db: &Db, id: &str, due_at: Time, trouble: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set due_at = $2, trouble = $3 where id = $1");
    update.bind(id).bind(due_at.unix()).bind(trouble).execute(db.writer()).await.map(drop)
}

/// Gives a mail up; what it would have told of is wiped.
pub(super) async fn give_up(db: &Db, id: &str, now: Time, trouble: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set given_up_at = $2, trouble = $3, facts = '' where id = $1");
    update.bind(id).bind(now.unix()).bind(trouble).execute(db.writer()).await.map(drop)
}

/// Removes a mail that was sent, or that is not to be.
pub(super) async fn delete(db: &Db, id: &str) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id).execute(db.writer()).await.map(drop)
}

/// Removes a mail, as part of what else is done.
pub(super) async fn delete_in(tx: &mut Tx, id: &str) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id).execute(&mut *tx).await.map(drop)
}

/// Removes the mails of one kind that wait for an account, and were tried at most so often.
pub(super) async fn delete_letter(
    tx: &mut Tx,
    account: &AccountId,
    letter: &str,
    tries: i64,
) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from outbox where account_id = $1 and letter = $2 and tries <= $3");
    delete.bind(account.as_str()).bind(letter).bind(tries).execute(&mut *tx).await.map(drop)
}

/// Removes the mails of one kind that were asked for at an address, whosever it is, and were tried at most so often.
pub(super) async fn delete_asked(tx: &mut Tx, address: &str, letter: &str, tries: i64) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where account_id is null and address = $1 and letter = $2 and tries <= $3",
    );
    delete.bind(address).bind(letter).bind(tries).execute(&mut *tx).await.map(drop)
}

/// Removes the mails of one kind that wait for an account, or were asked for at its address, and were tried.
pub(super) async fn delete_tried(tx: &mut Tx, account: &AccountId, letter: &str) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where letter = $2 and tries > 0 and (account_id = $1 or (account_id is null \
         and address = (select email_key from accounts where accounts.id = $1)))",
    );
    delete.bind(account.as_str()).bind(letter).execute(&mut *tx).await.map(drop)
}

/// Removes all mails that wait for an account or were asked for at its address, but those of one kind.
pub(super) async fn delete_but(
    tx: &mut Tx,
    account: &AccountId,
    address: &str,
    letter: &str,
) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where letter <> $3 and (account_id = $1 or (account_id is null and address = $2))",
    );
    delete.bind(account.as_str()).bind(address).bind(letter).execute(&mut *tx).await.map(drop)
}

/// Removes all mails that wait for an account, and all that were asked for at its address.
pub(super) async fn delete_of(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    let delete =
        sqlx::query("delete from outbox where account_id = $1 or (account_id is null and address = $2)");
    delete.bind(account.as_str()).bind(address).execute(&mut *tx).await.map(drop)
}

/// All mails that wait or were given up, the oldest first.
pub async fn waiting(site: &Site) -> sqlx::Result<Vec<Waiting>> {
    sqlx::query_as(
        "select id, letter, address, queued_at, due_at, tries, trouble, given_up_at from outbox order by queued_at, id",
    )
    .fetch_all(site.db.reader())
    .await
}

/// The mails that wait for an account, the oldest first: at most so many of those that come after an id.
pub async fn waiting_for(
    site: &Site,
    account: &AccountId,
    after: &str,
    most: i64,
) -> sqlx::Result<Vec<Waiting>> {
    // The ids are UUIDv7: in their order the mails were written down.
    let select = sqlx::query_as(
        "select id, letter, address, queued_at, due_at, tries, trouble, given_up_at from outbox \
         where account_id = $1 and id > $2 order by id limit $3",
    );
    select.bind(account.as_str()).bind(after).bind(most).fetch_all(site.db.reader()).await
}

/// Removes what was given up long ago. What was given up in a time that has not come was given up now.
pub async fn sweep(site: &Site) -> sqlx::Result<()> {
    let now = site.clock.now();
    let update = sqlx::query("update outbox set given_up_at = $1 where given_up_at > $1");
    update.bind(now.unix()).execute(site.db.writer()).await?;
    let delete = sqlx::query("delete from outbox where given_up_at <= $1");
    let oldest = now.minus(GIVEN_UP_KEPT);
    delete.bind(oldest.unix()).execute(site.db.writer()).await.map(drop)
}
