//! The table `outbox`.

use sqlx::FromRow;
use uuid::Uuid;

use super::letter::Letter;
use crate::base::{Db, Time, Tx};
use crate::people::AccountId;

/// An email that waits to be sent.
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

impl Row {
    /// Whether it waits among those that strangers ask for.
    pub(super) fn is_strangers(&self) -> bool {
        is_strangers(&self.letter, self.account_id.as_ref())
    }
}

/// Whether an email is one that strangers ask for: at an address, whosever it is, or by a sign-up. That of a new address names an
/// account and that of a taken one does not; both wait alike, or the time that they wait would tell which it was.
pub(super) fn is_strangers(letter: &str, account: Option<&AccountId>) -> bool {
    account.is_none() || letter == Letter::Confirm.code()
}

/// An email to be written down.
pub(super) struct New<'n> {
    pub(super) letter: &'n str,
    pub(super) account: Option<&'n AccountId>,
    pub(super) address: &'n str,
    pub(super) facts: &'n str,
    /// When it is to be sent.
    pub(super) due_at: Time,
}

/// Emails that were not tried yet.
pub(super) const UNTRIED: i64 = 0;
/// Emails however often they were tried.
pub(super) const EVER: i64 = i64::MAX;

/// Writes an email down. The answer is its id.
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

/// Lets an email tell of more, as long as it was not tried and nobody else has done so; false where one of both is so.
pub(super) async fn tell_more(tx: &mut Tx, id: &str, before: &str, facts: &str) -> sqlx::Result<bool> {
    let update = sqlx::query("update outbox set facts = $3 where id = $1 and facts = $2 and tries = 0");
    let update = update.bind(id).bind(before).bind(facts);
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// What an email tells of, now that it was taken up and is not added to any more; `None` where it was taken back.
pub(super) async fn facts(tx: &mut Tx, id: &str) -> sqlx::Result<Option<String>> {
    let select = sqlx::query_scalar("select facts from outbox where id = $1 and given_up_at is null");
    select.bind(id).fetch_optional(&mut *tx).await
}

/// How many emails that strangers asked for wait for their first try.
pub(super) async fn asked(tx: &mut Tx) -> sqlx::Result<i64> {
    sqlx::query_scalar(
        "select count(*) from outbox \
         where given_up_at is null and tries = 0 and (account_id is null or letter = 'confirm')",
    )
    .fetch_one(&mut *tx)
    .await
}

/// Which emails are looked for.
#[derive(Clone, Copy)]
pub(super) struct Due {
    /// Those that are to be sent by now.
    pub(super) now: Time,
    /// And those that a clock that was ahead has put off to later than this
    pub(super) furthest: Time,
    /// or written later than this.
    pub(super) written: Time,
    /// At most so many.
    pub(super) most: i64,
}

/// The emails of accounts that are due: what their owners are told before what they ask for, of each the oldest first.
pub(super) async fn due_to_owners(db: &Db, due: Due) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, letter, account_id, address, queued_at, due_at, tries from outbox \
         where given_up_at is null and (due_at <= $1 or due_at > $2 or queued_at > $3) \
         and account_id is not null and letter <> 'confirm' \
         order by case when letter in ('change', 'close') then 1 else 0 end, due_at, id limit $4",
    )
    .bind(due.now.unix())
    .bind(due.furthest.unix())
    .bind(due.written.unix())
    .bind(due.most)
    .fetch_all(db.reader())
    .await
}

/// Those that strangers ask for, the oldest first.
pub(super) async fn due_to_strangers(db: &Db, due: Due) -> sqlx::Result<Vec<Row>> {
    sqlx::query_as(
        "select id, letter, account_id, address, queued_at, due_at, tries from outbox \
         where given_up_at is null and (due_at <= $1 or due_at > $2 or queued_at > $3) \
         and (account_id is null or letter = 'confirm') order by due_at, id limit $4",
    )
    .bind(due.now.unix())
    .bind(due.furthest.unix())
    .bind(due.written.unix())
    .bind(due.most)
    .fetch_all(db.reader())
    .await
}

/// Takes an email up, until a moment at which another may. Of many at once one gets it.
pub(super) async fn claim(db: &Db, row: &Row, until: Time) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update outbox set due_at = $2, tries = tries + 1 where id = $1 and due_at = $3 and tries = $4",
    );
    let update = update.bind(&row.id).bind(until.unix()).bind(row.due_at).bind(row.tries);
    Ok(update.execute(db.writer()).await?.rows_affected() == 1)
}

/// Keeps an email that was taken up from all others for longer.
pub(super) async fn renew(db: &Db, row: &Row, until: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set due_at = $2 where id = $1 and tries = $3");
    update.bind(&row.id).bind(until.unix()).bind(row.tries + 1).execute(db.writer()).await.map(drop)
}

/// Makes an email of a time that has not come one of now, due at another moment.
pub(super) async fn put_right(db: &Db, row: &Row, now: Time, due_at: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update outbox set queued_at = case when queued_at > $2 then $2 else queued_at end, due_at = $3 \
         where id = $1 and due_at = $4 and tries = $5",
    );
    let update = update.bind(&row.id).bind(now.unix()).bind(due_at.unix()).bind(row.due_at).bind(row.tries);
    update.execute(db.writer()).await.map(drop)
}

/// Puts an email off that could not be sent.
pub(super) async fn put_off(db: &Db, id: &str, due_at: Time, trouble: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set due_at = $2, trouble = $3 where id = $1");
    update.bind(id).bind(due_at.unix()).bind(trouble).execute(db.writer()).await.map(drop)
}

/// Gives an email up; what it would have told of is wiped.
pub(super) async fn give_up(db: &Db, id: &str, now: Time, trouble: &str) -> sqlx::Result<()> {
    let update = sqlx::query("update outbox set given_up_at = $2, trouble = $3, facts = '' where id = $1");
    update.bind(id).bind(now.unix()).bind(trouble).execute(db.writer()).await.map(drop)
}

/// Removes an email that was sent, or that is not to be.
pub(super) async fn delete(db: &Db, id: &str) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id).execute(db.writer()).await.map(drop)
}

/// Removes an email, as part of what else is done.
pub(super) async fn delete_in(tx: &mut Tx, id: &str) -> sqlx::Result<()> {
    sqlx::query("delete from outbox where id = $1").bind(id).execute(&mut *tx).await.map(drop)
}

/// Removes the emails of one kind that wait for an account, and were tried at most so often.
pub(super) async fn delete_letter(
    tx: &mut Tx,
    account: &AccountId,
    letter: &str,
    tries: i64,
) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from outbox where account_id = $1 and letter = $2 and tries <= $3");
    delete.bind(account.as_str()).bind(letter).bind(tries).execute(&mut *tx).await.map(drop)
}

/// Gives an email that waits for its first try the facts of who asks for it anew. Whether there is one.
pub(super) async fn ask_again(
    tx: &mut Tx,
    letter: &str,
    account: Option<&AccountId>,
    address: &str,
    facts: &str,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update outbox set facts = $4 where letter = $1 and coalesce(account_id, '') = $2 and address = $3 and tries = 0",
    );
    let account = account.map_or("", AccountId::as_str);
    let renewed = update.bind(letter).bind(account).bind(address).bind(facts).execute(&mut *tx).await?;
    Ok(renewed.rows_affected() > 0)
}

/// Removes the emails of one kind that were asked for at an address, whosever it is, and were tried at most so often.
pub(super) async fn delete_asked(tx: &mut Tx, address: &str, letter: &str, tries: i64) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where account_id is null and address = $1 and letter = $2 and tries <= $3",
    );
    delete.bind(address).bind(letter).bind(tries).execute(&mut *tx).await.map(drop)
}

/// Removes the emails of one kind that wait for an account, or were asked for at its address, and were tried.
pub(super) async fn delete_tried(tx: &mut Tx, account: &AccountId, letter: &str) -> sqlx::Result<()> {
    let delete = sqlx::query(
        "delete from outbox where letter = $2 and tries > 0 and (account_id = $1 or (account_id is null \
         and address = (select email_key from accounts where accounts.id = $1)))",
    );
    delete.bind(account.as_str()).bind(letter).execute(&mut *tx).await.map(drop)
}

/// Removes all emails that wait for an account or were asked for at its address, but those of one kind.
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

/// Removes all emails that wait for an account, and all that were asked for at its address.
pub(super) async fn delete_of(tx: &mut Tx, account: &AccountId, address: &str) -> sqlx::Result<()> {
    let delete =
        sqlx::query("delete from outbox where account_id = $1 or (account_id is null and address = $2)");
    delete.bind(account.as_str()).bind(address).execute(&mut *tx).await.map(drop)
}
