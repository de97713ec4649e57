//! Log in and log out. Logging in creates a session, logging out ends it, and entering the password again
//! makes it fresh. A user who is logged in already logs out before logging in with another account.

mod sign_in; // the decision: may this visitor log in?
mod lost_cookie; // a login whose cookie the browser did not keep
mod reauthenticate; // the decision: is this still the same user?
pub mod logout; // the logout button, and its page
pub mod switch; // the login page of a visitor who is logged in
pub mod routes; // the login page and its form
pub mod reauthenticate_page; // the page that asks for the password again
