//! Two-factor authentication of one's own account, in the settings: the switch, the authenticator app, the recovery
//! codes, the passkeys.

mod totp_setup; // an app that is being set up: its secret, in a cookie
mod codes_setup; // recovery codes that are shown and not kept yet, in a cookie
mod finish; // the decision: what was set up counts from now on
mod removal; // the decision: may this factor go?
mod passkey_changes; // the decisions about passkeys
mod passkey_view; // the passkeys as the page shows them
pub mod page; // the page
pub mod two_factor; // the switch
pub mod app; // the authenticator app
pub mod codes; // the recovery codes
pub mod passkeys; // passkeys: added, renamed, removed, woken
pub mod upgrade; // a passkey that the browser makes by itself
