//! What stands around every page.

pub mod shell; // menu, flash, who is here
pub mod catchers; // 401 goes to log-in; framed pages or JSON for every other error

pub use shell::Shell;
