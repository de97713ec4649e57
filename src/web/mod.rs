//! What every page needs from HTTP, from addresses to headers.

pub mod paths; // every address a page links to
pub mod request; // a request's id, its method on the wire, whether it wants JSON
pub mod browser; // a browser in words its owner knows it by
pub mod visitor; // a visitor's address, behind which proxies; their browser
pub mod refused; // what was refused, told to the log
pub mod json_error; // an error as JSON
pub mod error; // the one error a handler returns
pub mod next; // where to go after log-in: a page of this site, or nowhere
pub mod moment; // a time as a page shows it
pub mod notice; // every sentence a flash can carry
pub mod static_files; // files inside the binary
pub mod view; // the embedded templates; Page
pub mod cookies; // how a cookie of ours is made and taken back
pub mod typed; // what was typed, carried over a redirect
pub mod signed_up; // which address was signed up with in this browser
pub mod origin; // not from this site: refused, for every path
pub mod lost_cookie; // a log-in whose cookie did not come back
pub mod ceiling; // so many forms from one network, for every path
pub mod methods; // known path, other method: 405
pub mod submission; // a form of a page: for whom it was shown, and that it has one effect
pub mod post; // the only way to read a form
pub mod idempotency; // the same form sent twice: answered as the first time
pub mod headers; // security headers on every answer

pub use error::{Error, Result};
pub use next::Next;
pub use notice::Notice;
pub use post::Post;
pub use signed_up::SignedUp;
pub use submission::{Submission, Submitted};
pub use typed::Typed;
pub use view::{Answer, Page};
pub use visitor::Visitor;
