//! One's own account: its settings, where one is logged in, and its activity.

pub mod overview; // the name, and links to all other settings
pub mod password; // change the password
pub mod change_email; // change the address
pub mod export_page; // a copy of all data
pub mod close; // delete the account
pub mod devices; // where one is logged in, and buttons that end it
pub mod activity; // the activity of the account
