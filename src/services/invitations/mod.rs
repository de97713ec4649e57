//! Invitations: links with which people make an account, also where sign-up is closed, or join groups with the account
//! they have. Those who have the link are invited. How often it still works is counted in the database.

mod invitation; // an invitation, and what one consists of: uses, lifetime, note
mod store; // the tables: made, used, given a new link, ended
mod shown; // the same tables for showing
mod make; // made, with its link
mod look; // what a link still invites to
mod consume; // used, in the transaction of the account that uses it
mod manage; // renewed, revoked
mod list; // shown to administrators, page by page
mod mailed; // the link in its email
mod sweep; // removes what has long been over

pub use consume::consume;
pub use invitation::{
    Invitation, InvitationId, InvitationState, Lifetime, MAX_OPEN, NewInvitation, Note, OfferedGroup, Uses,
};
pub use list::{InvitedAccount, UsedInvitation, accounts_of, count_open, find, kept, newer, newest, used_by};
pub use look::{OpenInvitation, look};
pub use mailed::{Mailed, end_mailed, mail_as, mailed};
pub use make::{CannotInvite, Made, NotFree, address, lock_keys, make_in, promised_among};
pub use manage::{Renewed, Revoked, renew_in, renew_lock_keys, revoke, revoke_by_form, revoke_in};
pub use sweep::{OVER_KEPT, sweep};
