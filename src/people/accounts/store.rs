//! The table `accounts`.

use serde::{Deserialize, Serialize};
use sqlx::FromRow;
use uuid::Uuid;

use super::email_address::Email;
use super::handle::Handle;
use super::name::Name;
use super::old_handles;
use crate::base::rate_limit::LimitKey;
use crate::base::{Browser, Db, Language, LockKey, Time, Tx};

/// How long emails still come in the language before a change, in seconds: as long as a change of the address can
/// be undone.
pub const EMAILS_FOLLOW_AFTER: i64 = 7 * 24 * 3_600;

/// The ID of an account: a UUIDv7. Stable and opaque; it names the account where its address should not be
/// seen.
///
/// ```
/// use vestibule::AccountId;
///
/// let id = AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057");
/// assert!(id.is_some_and(|id| id.as_str() == "01890a5d-ac96-774b-bcce-b302099a8057"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct AccountId(String);

impl AccountId {
    /// A new one.
    pub(super) fn new() -> AccountId {
        AccountId(Uuid::now_v7().to_string())
    }

    /// Reads an ID that was typed. `None` if it is not one.
    pub fn parse(typed: &str) -> Option<AccountId> {
        Uuid::try_parse(typed.trim()).ok().map(|id| AccountId(id.to_string()))
    }

    /// The ID as text, for a query: `.bind(id.as_str())`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of the lock of a transaction that reads the account and changes what belongs to it.
    pub fn lock_key(&self) -> LockKey {
        LockKey::new("account", &self.0)
    }

    /// Its own rate limits.
    pub(crate) fn limit_key(&self) -> LimitKey {
        LimitKey::Of("account", self.0.clone())
    }
}

impl std::fmt::Display for AccountId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An account, as it was when it was read.
///
/// ```no_run
/// use vestibule::{Account, Email, Result, Site, accounts};
///
/// async fn find(site: &Site, typed: &str) -> Result<Option<Account>> {
///     let Some(email) = Email::parse(typed) else { return Ok(None) };
///     Ok(accounts::by_email(&site.db, &email).await?)
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Account {
    /// The ID of the account.
    pub id: AccountId,
    /// The address, as its owner typed it.
    pub email: Email,
    /// The owner's name.
    pub name: Name,
    /// What the account is called in apps that are told who is there.
    #[doc(hidden)]
    pub handle: Option<Handle>,
    /// When the account was created.
    pub created_at: Time,
    /// Since when the account is disabled, if it is.
    pub disabled_at: Option<Time>,
    /// When the address was confirmed, if it was.
    pub confirmed_at: Option<Time>,
    /// The last login with the password, if there was one.
    pub logged_in_at: Option<Time>,
    /// In which browser that was. `None` if it is not known either.
    #[doc(hidden)]
    pub logged_in_browser: Option<Browser>,
    /// The language that its owner chose. `None`: none, or one that this program no longer has.
    pub language: Option<Language>,
    /// The language before the last change, or before the first of several within a week. `None`: the account had none.
    #[doc(hidden)]
    pub language_before: Option<Language>,
    /// When the language was last changed. `None` if it is still that of the sign-up.
    #[doc(hidden)]
    pub language_changed_at: Option<Time>,
    /// Which version of the terms of use its owner accepted.
    #[doc(hidden)]
    pub terms_version: Option<String>,
    /// When its owner accepted them.
    #[doc(hidden)]
    pub terms_accepted_at: Option<Time>,
}

/// An account, as its table has it.
#[derive(FromRow)]
pub(super) struct Row {
    id: AccountId,
    email: Email,
    name: Name,
    handle: Option<Handle>,
    created_at: i64,
    disabled_at: Option<i64>,
    confirmed_at: Option<i64>,
    logged_in_at: Option<i64>,
    logged_in_browser: Option<Browser>,
    language: Option<String>,
    language_before: Option<String>,
    language_changed_at: Option<i64>,
    terms_version: Option<String>,
    terms_accepted_at: Option<i64>,
}

/// The columns of a [`Row`], of the accounts for which the rest of the statement holds.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "select id, email, name, handle, created_at, disabled_at, confirmed_at, logged_in_at, logged_in_browser, language, \
             language_before, language_changed_at, terms_version, terms_accepted_at from accounts ",
            $($rest),+
        )
    };
}
pub(super) use select;

impl From<Row> for Account {
    fn from(row: Row) -> Account {
        Account {
            id: row.id,
            email: row.email,
            name: row.name,
            handle: row.handle,
            created_at: Time::from_unix(row.created_at),
            disabled_at: row.disabled_at.map(Time::from_unix),
            confirmed_at: row.confirmed_at.map(Time::from_unix),
            logged_in_at: row.logged_in_at.map(Time::from_unix),
            logged_in_browser: row.logged_in_browser,
            language: row.language.as_deref().and_then(Language::by_code),
            language_before: row.language_before.as_deref().and_then(Language::by_code),
            language_changed_at: row.language_changed_at.map(Time::from_unix),
            terms_version: row.terms_version,
            terms_accepted_at: row.terms_accepted_at.map(Time::from_unix),
        }
    }
}

impl Account {
    /// The language of emails to the owner. For a week after a change it is still the one before. Otherwise someone
    /// who got into the account could change it first, and the owner could not read the warnings that follow.
    pub(crate) fn language_of_emails(&self, now: Time) -> Option<Language> {
        match self.language_changed_at {
            Some(at) if at > now.minus(EMAILS_FOLLOW_AFTER) => self.language_before,
            _ => self.language,
        }
    }
}

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
