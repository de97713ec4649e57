//! Log in and log out. Logging in makes a session, logging out destroys it.

mod sign_in; // the decision
pub mod routes; // the log-in page and form
pub mod logout; // the log-out button, and the page with it
