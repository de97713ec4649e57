//! An account, as it is read from its table.

use sqlx::FromRow;

use super::account_id::AccountId;
use super::email_address::Email;
use super::handle::Handle;
use super::name::Name;
use crate::base::{Browser, Language, Time};

/// How long emails still come in the language before a change, in seconds: as long as a change of the address can
/// be undone.
pub const EMAILS_FOLLOW_AFTER: i64 = 7 * 24 * 3_600;

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
