//! Tools that know nothing about people or HTTP, from settings to the one value that holds them all.

pub mod closed_set; // an enum with a code for each variant, from one table
pub mod causes; // the causes of an error, in words
pub mod words; // the sentences of pages and emails, in several languages
pub mod app_name; // what an app may be called
pub mod program; // Vestibule alone, or an app: its name, its files, what it attached
pub mod refusal; // why a command stops without doing its work, in one line
pub mod codes; // codes that an app gives to its notices, events and emails
pub mod absolute; // an absolute path, the same from every working folder
pub mod secret; // random secrets: made, hashed, compared, never printed
pub mod secret_text; // a secret in an app's settings
pub mod ids; // IDs of rows
pub mod typed_duration; // a duration as people type it
pub mod text_file; // files that people write
pub mod config; // the operator's settings
pub mod public_bytes; // the content of a public file, as it is and compressed
mod svg; // an SVG image without scripts
pub mod brand; // the owner's logo, icon and colour
pub mod own_words; // the owner's sentences
pub mod clock; // the current time; a test can set it
pub mod text_column; // types that are text in the database
pub mod web_origin; // where a site of the web is: scheme, host, port
pub mod browser; // a browser that its owner recognizes: a code in rows, words on pages
pub mod client; // the client of a request: address, browser, request id
pub mod log; // one line per event; what it never contains
pub mod gate; // a limit on parallel work, with a short queue and then "busy"
pub mod gate_share; // a part of it, for work that must leave the rest a place
pub mod foreign_hash; // hashes of passwords that other programs made
mod hashing_buffers; // the memory of hashes, kept between them
pub mod hashing; // passwords, hashed and verified behind a gate: as many at once as there are cores
mod base32; // bytes in letters and digits
mod typed_code; // a code as people read and type it
pub mod sealed; // what the database keeps and only the holder of the secret key reads
pub mod totp; // the codes of an authenticator app
pub mod qr; // a text as a picture that a camera reads
pub mod recovery_code; // the code that replaces a lost second factor
pub mod webauthn; // verifies passkeys: bytes in, values out
pub mod instance; // one running program per data folder, and what it keeps there
pub mod progress; // progress of long work on a terminal
pub mod db; // the database: inspected, opened, migrated, copied
pub mod mailer; // an email, and where it is sent
pub mod rate_limit; // how often something may be attempted
pub mod fetch; // one request to another server
pub mod log_digest; // one log line for each cause, network and minute, whatever strangers do
pub mod form_value; // the hidden value of each form: which page it was on, and for whom
pub mod submissions; // results of submitted forms, kept for a while
pub mod site; // everything that a decision may use
pub mod refused; // logs what a visitor was refused
pub mod admission; // asked before what can be guessed or is expensive

pub use admission::{Admission, Decision, admit};
pub use brand::Brand;
pub use browser::Browser;
pub use client::Client;
pub use clock::{Clock, Time};
pub use config::Settings;
pub use db::{Db, LockKey, Tx};
pub use ids::new_id;
pub use mailer::Mailer;
pub use program::Program;
pub use refusal::Refusal;
pub use secret::{Password, Token, TokenHash};
pub use secret_text::Secret;
pub use site::{Site, SiteParts};
pub use web_origin::WebOrigin;
pub use words::{Language, Sentence, Words};
