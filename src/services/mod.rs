//! What several features share. Nothing here shows a page.

pub mod links; // one-time links: created, used, ended
pub mod invitations; // invitations: made, used, given a new link, taken back
pub mod outbox; // emails waiting to be sent
pub mod passwords; // what a good one is; how one is checked and set
pub mod totp_app; // the authenticator app of an account
pub mod recovery_codes; // codes on paper that replace a lost factor
pub mod passkeys; // passkeys: added, used, brought back
pub mod second_factor; // which of these an account has, and whether one was given
pub mod apps; // apps behind the owner's proxy: which there are, and who may open them
pub mod administration; // accounts and groups for administrators: lists, a search, and why an owner cannot log in
