//! What an app has about people in addition to the rows of its tables. It is told when an account begins, before it
//! leaves, and once it is gone.

mod hooks; // what an app implements
mod handles; // handles as they are given, and those that an invitation brings
mod begin; // accounts that begin
mod departures; // the table of accounts that are gone, until the app knows
mod leave; // accounts that leave

pub use begin::{confirm, log_in_first, made, made_at_sign_up, set_email};
pub use handles::{give_handle, lose_invited_handle, set_handle};
pub use hooks::{AppBelongings, Belongings, exported};
pub use leave::{delete, delete_unbegun, gone, sweep};
