//! All data about a user, as one JSON document made in pieces. The rows are read by key, some hundred at a
//! time, and the connection is given back in between. So a copy of ten thousand rows takes the memory of a
//! few hundred, and a slow reader keeps no one waiting.

mod incomplete; // why a copy is incomplete
mod list; // a list of the document, item by item
mod rows; // rows as JSON
mod second_factors; // what the account has in addition to its password
mod of_app; // what an app has about the user
mod document; // the document, in pieces
mod begin; // asked for, and recorded

pub use begin::{Begun, begin, begin_unlimited};
pub use document::Export;
pub use incomplete::Incomplete;
