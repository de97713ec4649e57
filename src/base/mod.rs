//! Tools that know nothing about people or HTTP, from settings to the one value that holds them all.

pub mod refusal; // why a command stops without doing its work, in one line
pub mod absolute; // an absolute path, the same from every working folder
pub mod secret; // random secrets: made, hashed, compared, never printed
mod reading; // settings read as text
pub mod values; // the types of settings
pub mod database_url; // where the database is
pub mod mail_values; // the types of the settings about email
pub mod settings; // every setting of our own
pub mod text_file; // files that people write
pub mod known; // all settings; suggestions for an unknown one
mod agreement; // settings that have to agree with each other
mod layer; // settings with one source name
mod variables; // settings from variables
mod named_files; // secrets in files that a file names
pub mod layers; // the layers of settings
pub mod config; // settings read, merged and checked; the error for a wrong one
pub mod clock; // the current time; a test can set it
pub mod log; // one line per event; what it never contains
pub mod gate; // a limit on parallel work, with a short queue and then "busy"
pub mod hashing; // Argon2id behind a gate: as many hashes at once as there are cores
pub mod instance; // one running program per data folder, and what it keeps there
pub mod progress; // progress of long work on a terminal
pub mod db; // the database: inspected, opened, migrated, copied
pub mod mailer; // an email, and where it is sent
pub mod limit; // rate limits
pub mod log_digest; // one log line for each cause, network and minute, whatever strangers do
pub mod form_value; // the hidden value of each form: which page it was on, and for whom
pub mod submissions; // results of submitted forms, kept for a while
pub mod site; // everything that a decision may use

pub use clock::{Clock, Time};
pub use db::{About, Db, Tx};
pub use mailer::Mailer;
pub use refusal::Refusal;
pub use secret::{Password, Token, TokenHash};
pub use settings::Settings;
pub use site::Site;
