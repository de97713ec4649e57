//! Which of a person's names an app gets as `Remote-User`.

use crate::base::closed_set::closed_set;
use crate::base::text_column::text_column;

closed_set! {
    /// What the header `Remote-User` says.
    pub enum RemoteUser {
        /// The account's handle, or else its ID. Neither is ever another person's.
        Handle = "handle",
        /// The account's address, for apps that know people by it, or its ID as long as no one has confirmed the address. It
        /// can change, and be another account's afterwards.
        Email = "email",
        /// The account's ID.
        Id = "id",
    }
}

impl RemoteUser {
    /// What can be typed, for the error about something else.
    pub const RULE: &'static str = "handle, email or id";
}

text_column!(RemoteUser, |remote_user| remote_user.code().to_owned(), RemoteUser::by_code);
