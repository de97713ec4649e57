//! One's own account: where one is logged in, and what happened.

mod moment; // a time as a page shows it
pub mod devices; // where one is logged in, and the buttons that end it
pub mod activity; // what happened to this account
