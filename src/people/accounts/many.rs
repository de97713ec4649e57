//! Many accounts at once, for a file that names thousands of them: found by their addresses, and created.

use sqlx::FromRow;

use super::account_id::AccountId;
use super::email_address::Email;
use super::name::Name;
use crate::base::db::many::{self, ROWS_AT_ONCE};
use crate::base::{Db, Time, Tx};

/// An account that was found by its address.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AtAddress {
    /// Its ID.
    pub id: AccountId,
    /// Its address.
    pub email: Email,
    /// The address in the form that is compared.
    pub key: String,
    /// The name of its owner.
    pub name: Name,
    /// Whether it is disabled.
    pub is_disabled: bool,
    /// Whether its address is confirmed.
    pub is_confirmed: bool,
    /// Whether anyone ever logged in to it.
    pub was_used: bool,
}

#[derive(FromRow)]
struct Row {
    id: AccountId,
    email: Email,
    email_key: String,
    name: Name,
    disabled_at: Option<i64>,
    confirmed_at: Option<i64>,
    logged_in_at: Option<i64>,
}

impl From<Row> for AtAddress {
    fn from(row: Row) -> AtAddress {
        AtAddress {
            id: row.id,
            email: row.email,
            key: row.email_key,
            name: row.name,
            is_disabled: row.disabled_at.is_some(),
            is_confirmed: row.confirmed_at.is_some(),
            was_used: row.logged_in_at.is_some(),
        }
    }
}

/// The accounts with these addresses, which are in the form that is compared. In no order.
pub async fn at_addresses(tx: &mut Tx, keys: &[&str]) -> sqlx::Result<Vec<AtAddress>> {
    const BEFORE: &str = "select id, email, email_key, name, disabled_at, confirmed_at, logged_in_at \
                          from accounts where email_key in";
    let mut found = Vec::new();
    for some in keys.chunks(ROWS_AT_ONCE) {
        let mut select = sqlx::query_as(many::list(BEFORE, some.len(), ""));
        for key in some {
            select = select.bind(*key);
        }
        let rows: Vec<Row> = select.fetch_all(&mut *tx).await?;
        found.extend(rows.into_iter().map(AtAddress::from));
    }
    Ok(found)
}

/// What the owners of these accounts are called, each with the ID of the account: of those that exist, in no order.
pub async fn owners(db: &Db, ids: &[AccountId]) -> sqlx::Result<Vec<(AccountId, Name)>> {
    let mut found = Vec::new();
    for some in ids.chunks(ROWS_AT_ONCE) {
        let mut select =
            sqlx::query_as(many::list("select id, name from accounts where id in", some.len(), ""));
        for id in some {
            select = select.bind(id.as_str());
        }
        let rows: Vec<(AccountId, Name)> = select.fetch_all(db.reader()).await?;
        found.extend(rows);
    }
    Ok(found)
}

/// An account to create.
#[derive(Clone, Copy, Debug)]
pub struct NewAccount<'n> {
    /// Its address.
    pub email: &'n Email,
    /// The name of its owner.
    pub name: &'n Name,
    /// Whether it begins disabled.
    pub is_disabled: bool,
}

/// Creates accounts whose addresses count as confirmed. Returns their IDs, in their order. `None` if one of
/// the addresses has an account by now: the transaction is then to be dropped. As after
/// [`insert`](super::insert), an app has not been told.
pub async fn insert_confirmed(
    tx: &mut Tx,
    accounts: &[NewAccount<'_>],
    now: Time,
) -> sqlx::Result<Option<Vec<AccountId>>> {
    const BEFORE: &str = "insert into accounts (id, email, email_key, name, created_at, updated_at, \
                          confirmed_at, disabled_at) values";
    let ids: Vec<AccountId> = accounts.iter().map(|_| AccountId::new()).collect();
    for (some, ids) in accounts.chunks(ROWS_AT_ONCE).zip(ids.chunks(ROWS_AT_ONCE)) {
        let sql = many::rows(BEFORE, (some.len(), 8), "on conflict (email_key) do nothing");
        let mut insert = sqlx::query(sql);
        for (account, id) in some.iter().zip(ids) {
            insert = insert.bind(id.as_str()).bind(account.email.as_str()).bind(account.email.key());
            insert = insert.bind(account.name.as_str());
            insert = insert.bind(now.unix()).bind(now.unix()).bind(now.unix());
            insert = insert.bind(account.is_disabled.then_some(now.unix()));
        }
        if insert.execute(&mut *tx).await?.rows_affected() != some.len() as u64 {
            return Ok(None);
        }
    }
    Ok(Some(ids))
}
