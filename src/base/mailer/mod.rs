//! A mail and where it goes: to an SMTP server, into memory, or nowhere.

mod mail; // what is sent: a text, the same as HTML, and the headers around them
mod words; // what a server says, in words, and whose fault it is
mod authorities; // certificates that are believed about a server because an operator names them
mod line; // the connection: what a server says is made plain ASCII before anything reads it
mod smtp; // one mail handed to a server, word by word
mod way; // which of the ways this site's mails take

pub use mail::Mail;
pub use smtp::{Phases, Smtp};
pub use way::Mailer;
pub use words::{Trouble, cut};
