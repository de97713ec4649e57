//! One-time links: whoever shows one is who it was given to.

mod purpose; // what a link is for: its page, its life, what ends it
mod store; // the table
mod link; // made, looked at, used up, ended
mod carried; // the secret of a link, out of the address bar and in a cookie

pub use carried::Carried;
pub use link::{Link, discard, discard_all, is_reserved, look, make, of, reserve, sweep, take};
pub use purpose::Purpose;
