//! The ID of a passkey.

use uuid::Uuid;

/// The ID of a passkey in the database. Its authenticator knows it by another one, the credential ID.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasskeyId(String);

impl PasskeyId {
    /// A new one.
    pub(super) fn new() -> PasskeyId {
        PasskeyId(Uuid::now_v7().to_string())
    }

    /// Reads the ID in a form. `None` if it is not one.
    pub fn parse(text: &str) -> Option<PasskeyId> {
        Uuid::try_parse(text.trim()).ok().map(|id| PasskeyId(id.to_string()))
    }

    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
