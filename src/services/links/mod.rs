//! One-time links: a visitor with one is treated as the person it was given to. One purpose has a code in its
//! place.

mod purpose; // what a link is for: its page, its lifetime, what ends it
mod link_id; // its ID
mod store; // the table
mod link; // created, looked up
mod end; // used up, ended
mod link_cookie; // the secret of a link, moved from the address bar into a cookie
mod many; // which of many addresses are kept

pub use end::{
    Used, discard, discard_alike, discard_change, discard_revert, discard_younger, end_everything, sweep,
    take,
};
pub use link::{
    Carrier, HandedOver, Link, Moved, Revertible, is_reserved, look, mailed, make, make_code, make_in, moved,
    of, reserve, revertible,
};
pub use link_cookie::LinkCookie;
pub use link_id::LinkId;
pub use many::reserved_among;
pub use purpose::{NEXT_MAIL_AFTER, Purpose};
