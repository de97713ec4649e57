//! A mail and where it goes: to an SMTP server, into memory, or nowhere.

mod mail; // what is sent: a text, the same as HTML, and the headers around them
mod smtp; // one mail handed to a server, word by word
mod way; // which of the ways this site's mails take

pub use mail::Mail;
pub use smtp::{Smtp, Trouble};
pub use way::Mailer;
