//! The operator's settings: their types, where they come from, and the error for a wrong one.

mod reading; // settings read as text
pub mod values; // the types of settings
pub mod database_url; // where the database is
pub mod mail_values; // the types of the settings about email
pub mod settings; // every setting of our own
pub mod known; // all settings; suggestions for an unknown one
mod agreement; // settings that have to agree with each other
mod layer; // settings with one source name
mod variables; // settings from variables
mod named_files; // secrets in files that a file names
pub mod layers; // the layers of settings
mod read; // settings read, merged and checked; the error for a wrong one

pub use read::{Config, DEFAULTS, Flags, defaults, load, read};
pub use settings::{ALLOWED, Settings};
