//! Sessions: started at login, resumed at each request, listed, ended. The visitor's cookie contains a
//! random token; the database contains its hash, in a row that can expire and be revoked. A remembered device
//! is the same with a longer lifetime, and its token is rotated after each use.

mod lifetimes; // lifetimes and idle timeouts
mod authenticated; // what starts a session: proof of who someone is
mod last_login; // the login before it
mod store; // the table of sessions
mod former; // the session of an invalid token, and why it ended
mod life; // how long one lives, for what hangs on it
mod last_uses; // when they were last used, written
mod new_session; // a row is added to it
mod take_back; // one is taken back, with its login
mod session_cache; // a cache of sessions
mod remember_token; // the cookie value of a remembered device
mod generations; // its tokens, one after another, and what each is worth
mod generations_walk; // random walks of them against a model, only in tests
mod remember_me; // the table of remembered devices
mod ended; // the table of those that were logged out
mod start; // at login
mod pending; // between the password and the second factor
mod reopen; // opened by a remembered device
mod user; // a user who is logged in
mod resume; // at each request
mod rotate; // a new token when the password was entered again
mod rotate_with_device; // new tokens that make copies worthless
mod list; // where a user is logged in
mod by_key; // the same, in parts
mod still; // whether a session still exists, for long work
mod end; // at logout, from another device, and when a password changes
mod end_of_passkey; // with the passkey that opened them; passkeys rest
mod sweep; // removes what has expired
mod cookie; // the cookies
mod known_browser; // a browser that has logged in here before, or whose visitor reads the email
mod enrolling; // the look-up, and the user whom it finds, in any session
mod guard; // guards: arguments of a handler that require a login
mod happened; // what a user does in an app, as an event
mod only_session; // the user of a session cookie, for a program that passes it on
mod visit; // what the handler of a form needs to know
mod once; // a form of an app that is done once

pub use authenticated::{Authenticated, Method, Methods};
pub use by_key::{devices_after, sessions_after};
pub use cookie::{forget_device, forget_logged_out, logged_out_before};
pub use end::{End, end, end_all, end_everything, end_one, end_others, end_place, end_rest, end_shown};
pub use end_of_passkey::{end_of_passkey, rest_passkeys};
pub use ended::LoggedOut;
pub use enrolling::{Enrolling, LookedUp, MaybeEnrolling, OtherAccount, logged_out, why_ended};
pub use former::SessionEnd;
pub use guard::{Fresh, FreshEnrolling, MaybeUser, NeedsFresh, NeedsSecondFactor};
pub use known_browser::{KnownBrowser, Standing};
pub use last_login::LastLogin;
pub(crate) use last_uses::LastUses;
pub use life::SessionLife;
pub use list::{Place, Places, is_here, list, list_for_operator, page};
pub use once::Once;
pub use only_session::OnlySession;
pub use pending::{
    NewPendingLogin, PENDING_LIFETIME, PendingLogin, RETYPED_FOR, Unfinished, cancel_pending, end_pending,
    find_pending, finish_pending, pend, replace_pending, unfinished,
};
pub use remember_token::RememberToken;
pub use rotate::rotate_fresh;
pub use rotate_with_device::Rotated;
pub use session_cache::SessionCache;
pub use start::{Started, start};
pub use still::{is_live, is_live_in};
pub use store::SessionId;
pub use sweep::{sweep, sweep_devices, sweep_pending};
pub use take_back::take_back;
pub use user::{Identity, User};
pub use visit::Visit;
