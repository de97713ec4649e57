//! The table `departures`: accounts that are gone, until the app knows. A row is written in the transaction that
//! deletes the account, so that a program that is killed right after it has forgotten nothing.

use sqlx::FromRow;

use crate::base::{Db, Time, Tx};
use crate::people::accounts::AccountId;

/// An account that is gone.
#[derive(Debug, FromRow)]
pub(super) struct Departure {
    pub(super) account_id: AccountId,
    /// How often the app was told.
    pub(super) attempts: i64,
}

impl Departure {
    /// One that the app was not told of yet.
    pub(super) fn of(account: &AccountId) -> Departure {
        Departure { account_id: account.clone(), attempts: 0 }
    }
}

/// Adds an account, to be told at a moment.
pub(super) async fn insert(tx: &mut Tx, account: &AccountId, now: Time, due_at: Time) -> sqlx::Result<()> {
    let insert = "insert into departures (account_id, created_at, due_at, attempts) values ($1, $2, $3, 0)";
    let insert = sqlx::query(insert).bind(account.as_str()).bind(now.unix()).bind(due_at.unix());
    insert.execute(&mut *tx).await.map(drop)
}

/// Those that are due, and those that a clock that was ahead postponed to later than `furthest`.
pub(super) async fn due(db: &Db, now: Time, furthest: Time, most: i64) -> sqlx::Result<Vec<Departure>> {
    let select = "select account_id, attempts from departures where due_at <= $1 or due_at > $2 \
         order by due_at, account_id limit $3";
    let select = sqlx::query_as(select).bind(now.unix()).bind(furthest.unix()).bind(most);
    select.fetch_all(db.reader()).await
}

/// Takes one for an attempt, until a moment. Of several simultaneous instances, one gets it.
pub(super) async fn claim(db: &Db, departure: &Departure, until: Time) -> sqlx::Result<bool> {
    let update =
        "update departures set due_at = $2, attempts = attempts + 1 where account_id = $1 and attempts = $3";
    let update = sqlx::query(update).bind(departure.account_id.as_str()).bind(until.unix());
    Ok(update.bind(departure.attempts).execute(db.writer()).await?.rows_affected() == 1)
}

/// Removes one that the app knows.
pub(super) async fn delete(db: &Db, account: &AccountId) -> sqlx::Result<()> {
    let delete = sqlx::query("delete from departures where account_id = $1");
    delete.bind(account.as_str()).execute(db.writer()).await.map(drop)
}
