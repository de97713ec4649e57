//! The ID of a link.

use uuid::Uuid;

/// The ID of a link: that of the email that contains it, or its own.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct LinkId(String);

impl LinkId {
    /// A new one, for a link that is in no email.
    pub(super) fn new() -> LinkId {
        LinkId(Uuid::now_v7().to_string())
    }

    /// That of the link in the email with an ID.
    pub fn of_email(id: &str) -> LinkId {
        LinkId(id.to_owned())
    }

    /// The ID as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}
