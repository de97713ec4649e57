//! Sessions: started at log-in, resumed at each request, ended at log-out. The visitor's cookie holds a random token, the
//! database its hash, in a row that can be expired and revoked; a remembered device is the same, for longer.

mod lifetimes; // how long they last
mod store; // the tables
mod start; // at log-in
mod resume; // at each request
mod end; // at log-out, and when a password changes
mod cookie; // what the visitor holds
mod guard; // the proof, as an argument of a handler

pub use cookie::{hand_over, take_back};
pub use end::{end, end_all, end_everything};
pub use guard::{Presence, User};
pub use start::{Started, start};
