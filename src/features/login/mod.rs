//! Log in and log out. Logging in makes a session, logging out destroys it, and giving the password again makes it fresh.

mod sign_in; // the decision: may this visitor in?
mod lost_cookie; // a log-in whose cookie did not come back
mod confirm; // the decision: is it still them?
pub mod routes; // the log-in page and form
pub mod reauthenticate; // the page that asks for the password again
pub mod logout; // the log-out button, and the page with it
