//! Sessions: started at log-in, resumed at each request, listed, ended. The visitor's cookie holds a random token, the
//! database its hash, in a row that can be expired and revoked; a remembered device is the same, for longer, and its token
//! is another after each use.

mod lifetimes; // how long they last
mod store; // the table of sessions
mod live; // sessions read a moment ago
mod remember_token; // what a remembered device shows
mod generations; // its tokens, one after another, and what each is worth
mod generations_walk; // random walks of them against a model, in tests alone
mod remembered; // the table of remembered devices
mod ended; // the table of those that were logged out
mod start; // at log-in
mod reopen; // by a remembered device
mod resume; // at each request
mod refresh; // when the password was given again
mod renew; // when copies of its tokens are to be worth nothing
mod list; // where one is logged in
mod by_key; // the same, in parts
mod still; // whether one is still there, for what takes long
mod end; // at log-out, from another device, and when a password changes
mod sweep; // what has ended by itself is removed
mod cookie; // what the visitor holds
mod known_device; // a browser that has logged in here before, or reads the mail
mod guard; // the proof, as an argument of a handler

pub use by_key::{devices_after, sessions_after};
pub use cookie::{forget, forget_device, forget_logged_out, hand_on, hand_over, logged_out_before, replace};
pub use end::{End, end, end_all, end_everything, end_one, end_others, end_rest, end_shown};
pub use ended::LoggedOut;
pub use guard::{Fresh, LookedUp, NeedsFresh, OtherAccount, Presence, User, Visit};
pub use known_device::{KnownDevice, Standing};
pub use list::{Place, Places, is_here, list, list_for_operator, page};
pub use live::Live;
pub use refresh::refresh;
pub use remember_token::RememberToken;
pub use renew::Renewed;
pub use start::{Started, start, take_back};
pub use still::{is_live, is_live_in};
pub use store::SessionId;
pub use sweep::{sweep, sweep_devices};
