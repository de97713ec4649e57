//! One-time links: whoever shows one is who it was given to.

mod purpose; // what a link is for: its page, its life, what ends it
mod store; // the table
mod link; // made, looked at, used up, ended
mod carried; // the secret of a link, out of the address bar and in a cookie

pub use carried::Carried;
pub use link::{
    Carrier, Link, Undoable, Used, discard, discard_alike, discard_undo, discard_younger, is_reserved, look,
    mailed, make, of, reserve, sweep, take, undoable,
};
pub use purpose::Purpose;
