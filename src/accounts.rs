//! Finds accounts, for example the owner of a row.
//!
//! ```no_run
//! use vestibule::{AccountId, Db, Result, accounts};
//!
//! async fn name_of(db: &Db, id: &AccountId) -> Result<Option<String>> {
//!     let account = accounts::by_id(db, id).await?;
//!     Ok(account.map(|account| account.name.to_string()))
//! }
//! ```

#[doc(inline)]
pub use crate::people::accounts::{by_email, by_id};
