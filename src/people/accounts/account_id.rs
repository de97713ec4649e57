//! The ID of an account.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::base::LockKey;
use crate::base::rate_limit::LimitKey;

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

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
