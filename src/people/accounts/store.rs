//! The table `accounts`.

use sqlx::{Any, FromRow, Transaction};
use uuid::Uuid;

use super::email::Email;
use super::name::Name;
use crate::base::{Db, Time};

/// The id of an account: a UUIDv7. Stable and opaque, it names the account wherever its address should not be seen.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// A new one.
    fn new() -> AccountId {
        AccountId(Uuid::now_v7().to_string())
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A row.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address, as its owner writes it.
    pub email: String,
    /// The owner's name.
    pub name: String,
    /// Whether nobody may sign in to it.
    pub disabled: bool,
}

#[derive(FromRow)]
struct Row {
    id: String,
    email: String,
    name: String,
    disabled_at: Option<i64>,
}

impl From<Row> for Account {
    fn from(row: Row) -> Account {
        let Row { id, email, name, disabled_at } = row;
        Account { id: AccountId(id), email, name, disabled: disabled_at.is_some() }
    }
}

/// The account of an address.
pub async fn by_email(db: &Db, email: &Email) -> sqlx::Result<Option<Account>> {
    let row: Option<Row> =
        sqlx::query_as("select id, email, name, disabled_at from accounts where email_key = $1")
            .bind(email.key())
            .fetch_optional(db.reader())
            .await?;
    Ok(row.map(Account::from))
}

/// Makes an account. `None` if the address has one already: the database itself keeps addresses unique, so of many
/// sign-ups at once one wins.
pub async fn insert(
    tx: &mut Transaction<'static, Any>,
    email: &Email,
    name: &Name,
    now: Time,
) -> sqlx::Result<Option<AccountId>> {
    let id = AccountId::new();
    let inserted = sqlx::query(
        "insert into accounts (id, email, email_key, name, created_at, updated_at) values ($1, $2, $3, $4, $5, $5)",
    )
    .bind(id.as_str())
    .bind(email.as_str())
    .bind(email.key())
    .bind(name.as_str())
    .bind(now.unix())
    .execute(&mut **tx)
    .await;
    match inserted {
        Ok(_) => Ok(Some(id)),
        Err(error) if error.as_database_error().is_some_and(|error| error.is_unique_violation()) => Ok(None),
        Err(error) => Err(error),
    }
}
