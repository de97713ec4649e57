//! What stands around every page.

pub mod catchers;
pub mod shell; // menu, flash, who is here // 401 goes to log-in; framed pages or JSON for every other error

pub use shell::Shell;
