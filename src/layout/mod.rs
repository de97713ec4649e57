//! The frame around every page.

pub mod globals; // what every page of a site gets
pub mod guard; // menu, flash, the current user
pub mod catchers; // 401 redirects to the login page; framed pages or JSON for every other error

pub use guard::Layout;
