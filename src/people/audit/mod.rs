//! What happened, to which account, and who did it: a row for the owner, and a line in the log for the operator.
//! Never contains a secret.

mod event; // all events, with their texts
mod detail; // what was different before and after it
mod store; // the table
mod entry; // one event: written, logged
mod many; // one event of many accounts
mod app_event; // the events of an app
mod trail; // the events of one account, page by page
mod others; // what others than the owners did, for all accounts

pub use app_event::{AppEvent, AppEvents};
pub use detail::{Detail, Told};
pub use entry::Entry;
pub use event::Event;
pub use many::record_many;
pub use others::{Act, ActKey, acts_after, acts_before};
pub use trail::{Item, TURNS_KEPT, Trail, earlier, failed_logins, mark_reuse_reported, sweep, trail};
