//! One-time links: a visitor with one is treated as the person it was given to.

mod purpose; // what a link is for: its page, its lifetime, what ends it
mod store; // the table
mod link; // created, looked up, used, ended
mod carried; // the secret of a link, moved from the address bar into a cookie

pub use carried::Carried;
pub use link::{
    Carrier, Link, Moved, Undoable, Used, discard, discard_alike, discard_undo, discard_younger, is_reserved,
    look, mailed, make, moved, of, reserve, sweep, take, undoable,
};
pub use purpose::Purpose;
