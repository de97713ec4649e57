//! The sentences of pages and emails, in several languages. `words/LANG.ftl` has all sentences of a language, in
//! Fluent's syntax (projectfluent.org). Code names a sentence by its key and gives the values of its variables;
//! it never joins words.

mod language; // a language that the sentences exist in
mod sentence; // a sentence that gets its language when it is shown
mod direction; // values inside a sentence that run in the other direction
mod catalogue; // all sentences of one language
mod variables; // which variables a sentence uses
mod pieces; // a sentence taken apart: text, and variables
mod check; // checks what an app or the owner of a site has written
mod store; // the sentences of all languages, with those of the app and of the owner

pub use check::check_app;
pub use direction::{Direction, in_html, isolated};
pub use language::Language;
pub use pieces::Piece;
pub use sentence::{Argument, DurationInWords, Sentence};
pub use store::Words;
