//! Tools that know nothing about people or HTTP, from settings to the one value that holds them all.

pub mod refusal; // why a command ends without doing its work, in one line
pub mod absolute; // a path that names the same from everywhere
pub mod secret; // random secrets: made, hashed, compared, never printed
mod reading; // settings read as text
pub mod values; // the types of settings
pub mod database_url; // where the database is
pub mod mail_values; // those about mail
pub mod settings; // every setting of our own
pub mod text_file; // files that people write
pub mod known; // which settings there are; what was meant by one that there is not
mod layer; // settings under one name
mod variables; // those out of variables
mod named_files; // secrets in files that a file names
pub mod layers; // where settings come from
pub mod config; // which layer wins; what is told of a wrong one
pub mod clock; // what time it is; a test can set it
pub mod log; // one line per event; what may never be in it
pub mod gate; // so many at once, a short queue, then an honest "busy"
pub mod hashing; // Argon2id behind a gate: as many at once as there are cores
pub mod instance; // one running program per data folder, and what it keeps there
pub mod progress; // what long work says of itself on a terminal
pub mod db; // the database: looked at, opened, migrated, copied
pub mod mailer; // a mail, and where it goes
pub mod limit; // so many tries, in so long, for whoever tries
pub mod log_digest; // what strangers can have logged: one line for each cause, network and minute
pub mod form_value; // the hidden value of each form: which page it was on, and for whom
pub mod submissions; // what became of forms, for a while
pub mod site; // what a decision may reach

pub use clock::{Clock, Time};
pub use db::{About, Db, Tx};
pub use mailer::Mailer;
pub use refusal::Refusal;
pub use secret::{Password, Token, TokenHash};
pub use settings::Settings;
pub use site::Site;
