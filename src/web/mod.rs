//! What every page needs from HTTP, from addresses to headers.

pub mod paths; // every address a page links to
pub mod route_class; // whom a route is for, and what follows from that
pub mod request; // a request's id, its method on the wire, whether it wants JSON
pub mod user_agent; // recognizes the browser of a request
pub mod client_ip; // a client's address, behind which proxies; its browser
pub mod refused; // logs how much was refused
pub mod json_error; // an error as JSON
pub mod error; // the one error a handler returns
pub mod next; // where to go after login: a page of this site, or nowhere
pub mod moment; // a time as a page shows it
pub mod cookies; // sets and removes our cookies
pub mod notice; // every sentence a flash can carry
pub mod static_files; // files embedded in the binary
pub mod content_security_policy; // what a browser may load for a page
pub mod form_errors; // what is wrong with a form
pub mod view; // the embedded templates; Page
pub mod old_input; // form input, kept over a redirect
pub mod signed_up; // the address of the last sign-up in this browser
pub mod host; // refuses requests for another host
pub mod origin; // refuses cross-origin requests
pub mod lost_cookie; // a login whose cookie the browser did not keep
pub mod form_rate_limit; // rate limits on the forms, and on the requests of programs, from one network
pub mod checks; // what every request passes first
pub mod methods; // known path, other method: 405
pub mod submission; // a form of a page: for whom it was shown, and that it is processed once
pub mod form; // the only way to read a form
pub mod idempotency; // the same form sent twice gets the same answer
pub mod headers; // security headers on every answer

pub use cookies::Cookies;
pub use error::{Error, Result};
pub use form::Post;
pub use form_errors::FormErrors;
pub use next::Next;
pub use notice::Notice;
pub use old_input::OldInput;
pub use route_class::RouteClass;
pub use signed_up::SignedUp;
pub use submission::{Submission, Submitted};
pub use view::{Answer, Page};
