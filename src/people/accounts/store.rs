//! The table `accounts`.

use super::account::{Account, EMAILS_FOLLOW_AFTER, Row, select};
use super::account_id::AccountId;
use super::email_address::Email;
use super::handle::Handle;
use super::name::Name;
use super::old_handles;
use crate::base::{Browser, Db, Language, Time, Tx};

/// Finds the account with an address.
///
/// ```no_run
/// use vestibule::{Db, Email, Result, accounts};
///
/// async fn has_account(db: &Db, email: &Email) -> Result<bool> {
///     Ok(accounts::by_email(db, email).await?.is_some())
/// }
/// ```
pub async fn by_email(db: &Db, email: &Email) -> sqlx::Result<Option<Account>> {
    let select = sqlx::query_as(select!("where email_key = $1"));
    let row: Option<Row> = select.bind(email.key()).fetch_optional(db.reader()).await?;
    Ok(row.map(Account::from))
}

/// Finds the account with an ID.
///
/// ```no_run
/// use vestibule::{AccountId, Db, Result, accounts};
///
/// async fn address_of(db: &Db, id: &AccountId) -> Result<Option<String>> {
///     let account = accounts::by_id(db, id).await?;
///     Ok(account.map(|account| account.email.shown().into_owned()))
/// }
/// ```
pub async fn by_id(db: &Db, id: &AccountId) -> sqlx::Result<Option<Account>> {
    let select = sqlx::query_as(select!("where id = $1"));
    let row: Option<Row> = select.bind(id.as_str()).fetch_optional(db.reader()).await?;
    Ok(row.map(Account::from))
}

/// The address of an account.
pub async fn address(tx: &mut Tx, id: &AccountId) -> sqlx::Result<Option<Email>> {
    let select = sqlx::query_scalar("select email from accounts where id = $1");
    select.bind(id.as_str()).fetch_optional(&mut *tx).await
}

/// Whether the address of an account is confirmed.
pub async fn is_confirmed(tx: &mut Tx, id: &AccountId) -> sqlx::Result<bool> {
    let select = sqlx::query("select 1 from accounts where id = $1 and confirmed_at is not null");
    Ok(select.bind(id.as_str().to_owned()).fetch_optional(&mut *tx).await?.is_some())
}

/// Creates an account. `None` if the address already has one: the database itself keeps addresses unique, so
/// one of several simultaneous sign-ups succeeds.
pub async fn insert(tx: &mut Tx, email: &Email, name: &Name, now: Time) -> sqlx::Result<Option<AccountId>> {
    let id = AccountId::new();
    let inserted = sqlx::query(
        "insert into accounts (id, email, email_key, name, created_at, updated_at) values ($1, $2, $3, $4, $5, $5) \
         on conflict (email_key) do nothing",
    )
    .bind(id.as_str())
    .bind(email.as_str())
    .bind(email.key())
    .bind(name.as_str())
    .bind(now.unix())
    .execute(&mut *tx)
    .await?;
    Ok((inserted.rows_affected() == 1).then_some(id))
}

/// Changes the name of an account; false if it has that name already, or does not exist.
pub async fn rename(tx: &mut Tx, id: &AccountId, name: &Name, now: Time) -> sqlx::Result<bool> {
    let update = sqlx::query("update accounts set name = $2, updated_at = $3 where id = $1 and name <> $2");
    let update = update.bind(id.as_str()).bind(name.as_str()).bind(now.unix());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Sets the language of a new account.
pub async fn set_first_language(tx: &mut Tx, id: &AccountId, language: Language) -> sqlx::Result<()> {
    let update = sqlx::query("update accounts set language = $2 where id = $1");
    update.bind(id.as_str()).bind(language.code()).execute(&mut *tx).await.map(drop)
}

/// Sets the language that the owner chose, or none; false if it is that already, or the account does not exist.
/// Keeps the one before for `Account::language_of_emails`.
pub async fn set_language(
    tx: &mut Tx,
    id: &AccountId,
    language: Option<Language>,
    now: Time,
) -> sqlx::Result<bool> {
    let update = sqlx::query(
        "update accounts set language = $2, updated_at = $3, language_changed_at = $3, \
         language_before = case when language_changed_at > $4 then language_before else language end \
         where id = $1 and coalesce(language, '') <> coalesce($2, '')",
    );
    let update = update.bind(id.as_str()).bind(language.map(Language::code)).bind(now.unix());
    let update = update.bind(now.minus(EMAILS_FOLLOW_AFTER).unix());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Takes back what a stranger may have chosen at the sign-up of an account that no one had confirmed: the language,
/// which becomes that of its owner's browser, and the accepted terms.
pub async fn forget_first_choices(
    tx: &mut Tx,
    id: &AccountId,
    language: Option<Language>,
) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update accounts set language = $2, language_before = null, language_changed_at = null, \
         terms_version = null, terms_accepted_at = null where id = $1",
    );
    update.bind(id.as_str()).bind(language.map(Language::code)).execute(&mut *tx).await.map(drop)
}

/// Records which version of the terms of use the owner accepted.
pub async fn accept_terms(tx: &mut Tx, id: &AccountId, version: &str, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update accounts set terms_version = $2, terms_accepted_at = $3 where id = $1");
    update.bind(id.as_str()).bind(version.to_owned()).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// Disables an account from a moment on, or enables it again. False if it is so already, or was just deleted.
pub async fn set_disabled(tx: &mut Tx, id: &AccountId, since: Option<Time>, now: Time) -> sqlx::Result<bool> {
    let update = match since {
        Some(_) => sqlx::query(
            "update accounts set disabled_at = $2, updated_at = $3 where id = $1 and disabled_at is null",
        ),
        None => sqlx::query(
            "update accounts set disabled_at = $2, updated_at = $3 where id = $1 and disabled_at is not null",
        ),
    };
    let update = update.bind(id.as_str()).bind(since.map(Time::unix)).bind(now.unix());
    Ok(update.execute(&mut *tx).await?.rows_affected() == 1)
}

/// Records that the address is confirmed; the first time is kept.
pub(in crate::people) async fn confirm(tx: &mut Tx, id: &AccountId, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query(
        "update accounts set confirmed_at = $2, updated_at = $2 where id = $1 and confirmed_at is null",
    );
    update.bind(id.as_str()).bind(now.unix()).execute(&mut *tx).await.map(drop)
}

/// Changes the address of an account to a confirmed one. False if another account has it.
pub(in crate::people) async fn set_email(
    tx: &mut Tx,
    id: &AccountId,
    email: &Email,
    now: Time,
) -> sqlx::Result<bool> {
    let updated = sqlx::query(
        "update accounts set email = $2, email_key = $3, confirmed_at = $4, updated_at = $4 where id = $1",
    )
    .bind(id.as_str())
    .bind(email.as_str())
    .bind(email.key())
    .bind(now.unix())
    .execute(&mut *tx)
    .await;
    match updated {
        Ok(updated) => Ok(updated.rows_affected() == 1),
        Err(error) if error.as_database_error().is_some_and(|error| error.is_unique_violation()) => Ok(false),
        Err(error) => Err(error),
    }
}

/// What decides how a login goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BeforeLogin {
    /// The login before. `None` if it is the very first.
    pub logged_in_at: Option<Time>,
    /// Since when two-factor authentication is on. `None` if it is off.
    pub two_factor_since: Option<Time>,
}

/// Reads it, in the transaction of the login. `None` if there is no such account.
pub async fn before_login(tx: &mut Tx, id: &AccountId) -> sqlx::Result<Option<BeforeLogin>> {
    let select = sqlx::query_as("select logged_in_at, two_factor_since from accounts where id = $1");
    let row: Option<(Option<i64>, Option<i64>)> = select.bind(id.as_str()).fetch_optional(&mut *tx).await?;
    Ok(row.map(|(logged_in_at, two_factor_since)| BeforeLogin {
        logged_in_at: logged_in_at.map(Time::from_unix),
        two_factor_since: two_factor_since.map(Time::from_unix),
    }))
}

/// Records a login.
pub async fn set_logged_in(tx: &mut Tx, id: &AccountId, browser: Browser, now: Time) -> sqlx::Result<()> {
    let update = sqlx::query("update accounts set logged_in_at = $2, logged_in_browser = $3 where id = $1");
    update.bind(id.as_str()).bind(now.unix()).bind(browser).execute(&mut *tx).await.map(drop)
}

/// Deletes an account with everything that belongs to it; the address is free again. Its handle is not: what apps keep
/// under that belongs to the person who is gone.
pub(in crate::people) async fn delete(tx: &mut Tx, id: &AccountId, now: Time) -> sqlx::Result<()> {
    let select = sqlx::query_scalar("select handle from accounts where id = $1 and handle is not null");
    let handle: Option<Handle> = select.bind(id.as_str()).fetch_optional(&mut *tx).await?;
    if let Some(handle) = handle {
        old_handles::insert(tx, &handle, None, now).await?;
    }
    sqlx::query("delete from accounts where id = $1").bind(id.as_str()).execute(&mut *tx).await.map(drop)
}
