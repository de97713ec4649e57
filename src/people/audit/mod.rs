//! What happened, to which account, and who did it: a row for the owner, and a line in the log for the operator.
//! Never contains a secret.

mod event; // all events, with their texts
mod store; // the table
mod entry; // one event: written, logged
mod app_event; // the events of an app
mod trail; // the events of one account, page by page

pub use app_event::{AppEvent, AppEvents};
pub use entry::Entry;
pub use event::Event;
pub use trail::{Item, TURNS_KEPT, Trail, earlier, failed_logins, mark_reuse_reported, sweep, trail};
