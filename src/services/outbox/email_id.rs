//! The ID of an email.

use uuid::Uuid;

use crate::services::links::LinkId;

/// The ID of an email, also that of the link in it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct EmailId(String);

impl EmailId {
    /// A new ID, which sorts after those made before it.
    pub(super) fn new() -> EmailId {
        EmailId(Uuid::now_v7().to_string())
    }

    /// Reads an ID that was typed. `None` if it is not one.
    pub fn parse(typed: &str) -> Option<EmailId> {
        Uuid::try_parse(typed.trim()).ok().map(|id| EmailId(id.to_string()))
    }

    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The ID of the link in it.
    pub fn link(&self) -> LinkId {
        LinkId::of_email(&self.0)
    }
}
