//! Log in and log out. Logging in makes a session, logging out destroys it.

pub mod logout;
pub mod routes; // the log-in page and form
mod sign_in; // the decision // the log-out button, and the page with it
