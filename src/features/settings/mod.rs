//! One's own account: what may be done with it, where one is logged in, and what happened.

pub mod account; // the name, and the ways to everything else
pub mod password; // another password
pub mod email; // another address
pub mod export; // a copy of all that is held
pub mod close; // the account deleted
pub mod devices; // where one is logged in, and the buttons that end it
pub mod activity; // what happened to this account
