//! An email and where it is sent: to an SMTP server, into memory, or nowhere.

mod mail; // an email: a text, the same as HTML, and the headers
mod words; // a server's answers in words, and who can correct the problem
mod authorities; // certificates that the operator trusts for the mail server
mod line; // the connection: answers become plain ASCII before anything reads them
mod smtp; // hands one email to a server
mod transport; // where this site's emails go

pub use mail::Mail;
pub use smtp::{Phases, Smtp};
pub use transport::Mailer;
pub use words::{Trouble, cut};
