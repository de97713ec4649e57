//! What every page needs from HTTP, from addresses to headers.

pub mod paths; // every address a page links to
pub mod template_paths; // the same as templates name them
pub mod route_class; // whom a route is for, and what follows from that
pub mod request; // a request's id, its method on the wire, whether it wants JSON
pub mod user_agent; // recognizes the browser of a request
pub mod client_ip; // a client's address, behind which proxies; its browser
pub mod forwarded_headers; // what a proxy wrote into a request, for those who set one up
pub mod refused; // logs how much was refused
pub mod json_error; // an error as JSON
pub mod error_cause; // the cause on the error page of an app's debug build
pub mod error; // the one error a handler returns
pub mod next; // where to go after login: a page of this site, or nowhere
pub mod carried; // an address inside another one
pub mod moment; // a time as a page shows it
pub mod cookies; // sets and removes our cookies
mod quality; // what a client prefers, by weight
pub mod language; // in which language a visitor reads
pub mod notice; // every sentence a flash can carry
pub mod flash; // how one reaches the next page
pub mod app_notice; // those of an app; which one waits to be shown
pub mod content_security_policy; // what a browser may load for a page
pub mod app_policy; // what pages of an app may load in addition
mod accept_encoding; // whether a client reads gzip
mod code_text; // where text in a stylesheet or script ends
mod minify_css; // a stylesheet without comments and needless space
mod minify_js; // the same for a script
mod embedded_file; // a file of `static`, as it is served
mod embedded_files; // all of them: the app's, then ours
pub mod static_files; // serves them, and those of the owner
pub mod form_errors; // what is wrong with a form
mod template_html; // where in a page a sentence stands
mod template_scan; // finds the sentences in a template
pub mod template_words; // puts the sentences of a language into a template
pub mod template_fixed; // renders what is the same on every page
pub mod template_sources; // which templates there are: the app's, and ours
mod template_forms; // the forms of a page, as a browser reads them
pub mod template_compare; // what a page that an app has replaced lacks
mod template_blocks; // blocks of an app that are shown nowhere
pub mod template_cache; // parsed ones, for the next site with the same ones
pub mod template_languages; // all of them, in each language
mod template_watch; // whether the app's have changed on disk
pub mod templates; // the current ones, rendered
mod page_hints; // mistakes in a page of an app, looked for when it is shown
pub mod view; // Page, and the other answers of handlers
pub mod onward; // to another site
pub mod old_input; // form input, kept over a redirect
pub mod signed_up; // the address of the last sign-up in this browser
pub mod email_sent; // the last form of this browser after which an email is sent
pub mod host; // refuses requests for another host
pub mod origin; // refuses cross-origin requests
pub mod lost_cookie; // a login whose cookie the browser did not keep
pub mod form_rate_limit; // rate limits on the forms, and on the requests of programs, from one network
pub mod checks; // what every request passes first
pub mod methods; // known path, other method: 405
pub mod submission; // a form of a page: for whom it was shown, and that it is processed once
mod form_hints; // why a form has no fields, for the developer of an app
pub mod form; // the only way to read a form
pub mod idempotency; // the same form sent twice gets the same answer
pub mod headers; // security headers on every answer

pub use app_notice::AppNotice;
pub use cookies::Cookies;
pub use email_sent::EmailSent;
pub use error::{Error, Result};
pub use form::Post;
pub use form_errors::FormErrors;
pub use next::Next;
pub use notice::Notice;
pub use old_input::OldInput;
pub use onward::Onward;
pub use route_class::RouteClass;
pub use signed_up::SignedUp;
pub use submission::{Submission, Submitted};
pub use template_compare::MissingParts;
pub use view::{Answer, Page};
