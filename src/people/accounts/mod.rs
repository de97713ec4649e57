//! An account: a row with an address, a name and times. What belongs to it (a password, sessions) is stored
//! elsewhere and deleted with it.

mod written_domain; // a domain, as people write it
mod email_address; // an address, parsed once
mod name; // a name, parsed once
mod handle; // what an account is called in apps, parsed once
mod old_handles; // handles that an account had: no other one gets them
mod account_id; // its ID
mod account; // one that was read
mod store; // the table
mod handles; // handles given, changed and taken away
mod promised_handles; // handles that invitations promise to the accounts that use them
mod list; // in parts, oldest first: all, or those for which something holds
mod many; // many at once: found, created
mod administrators; // the condition in a statement that one is an administrator's
mod unconfirmed; // those that wait for their address to be confirmed
mod two_factor; // whether two-factor authentication is on, and the ID for passkeys

pub use account::{Account, EMAILS_FOLLOW_AFTER};
pub use account_id::AccountId;
pub(crate) use administrators::is_admin;
pub use email_address::Email;
pub use handle::{Handle, HandleError};
pub use handles::{HandleSet, Holders, handle_of, holders, holders_of, set_handle};
pub use list::{AccountState, List, Which};
pub use many::{AtAddress, NewAccount, at_addresses, insert_confirmed, owners};
pub use name::{Name, NameError};
pub use store::{
    BeforeLogin, accept_terms, address, before_login, by_email, by_id, forget_first_choices, insert,
    is_confirmed, rename, set_disabled, set_first_language, set_language, set_logged_in,
};
// An app is told what these do: others call them through `people::belongings`.
pub(super) use promised_handles::{promised_handles, withdraw_promises};
pub(super) use store::{confirm, delete, set_email};
pub use two_factor::{
    forget_two_factor, make_passkey_user_id, passkey_user_id, set_two_factor, two_factor_since,
};
pub use unconfirmed::{
    await_anew, await_confirmation, awaits_first_password, still_unconfirmed, unconfirmed_since,
};
pub(super) use unconfirmed::{is_invited, is_unbegun};
