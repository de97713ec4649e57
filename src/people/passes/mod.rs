//! Passes: a session's way into one origin of an app behind the operator's proxy. The login host gives a ticket, the browser
//! takes it to the app's host, and gets a cookie there with the token of the pass. The pass opens that host alone, and ends
//! with its session, whatever ended that: the database removes both together.

mod passed; // who is there, by a pass
mod pass_cache; // the passes that were just read
mod store; // the table of passes
mod find; // the pass of a token, asked for with every request to an app
mod hand_over; // a ticket is issued, and redeemed for a token
mod list; // logins at apps, for their owner to read
mod sweep; // removes tickets that no one redeemed

pub use find::find;
pub use hand_over::{Issued, issue, redeem};
pub use list::{AppLogin, app_logins, app_logins_after};
pub use pass_cache::PassCache;
pub use passed::Passed;
pub use sweep::sweep;
