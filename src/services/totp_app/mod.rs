//! The authenticator app of an account: a secret that the site and an app on its owner's phone both know. How often
//! codes may be tried, and what a right one is good for, is decided by those who ask.

mod sealing; // the secret, as the database keeps it
mod store; // the table
mod set_up; // an app is added, or takes the place of another
mod check; // whether a code is right; a right one is used up
mod miss; // wrong codes are counted, and stop the app
mod remove; // an app is removed, kept for a while, then deleted
mod undo; // a change that someone else made is undone
mod summary; // what its owner sees
mod reseal; // the secrets when the site gets another key

pub use check::{Checked, Step, check, consume};
pub use miss::{MAX_MISSES, miss};
pub use remove::{REMOVED_KEPT, remove, sweep};
pub use reseal::{Resealed, concerned, drop_all, reseal, unreadable};
pub use set_up::{SetUp, put};
pub use summary::{App, summary};
pub use undo::restore;
