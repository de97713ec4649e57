//! Log in and log out. Logging in creates a session, logging out ends it, and proving again who one is makes
//! it fresh. A user who is logged in already logs out before logging in with another account.

mod after_code; // where a code leads, and with which words
mod one_of; // a code of the app, or a recovery code
mod begin; // what every login does once it is complete
mod pending_cookie; // the login of a browser that waits for its second step
mod sign_in; // the decision: may this visitor log in?
mod lost_cookie; // a login whose cookie the browser did not keep
mod second; // the decision: is this the second factor?
mod passkey; // the decision: may this passkey log in?
mod unknown_passkey; // a passkey that the browser had better forget
mod reauthenticate; // the decision: is this still the same user?
pub mod logout; // the logout button, and its page
pub mod switch; // the login page of a visitor who is logged in
pub mod routes; // the login page and its form
pub mod second_page; // the page between the password and the session
pub mod passkey_routes; // a passkey in place of the password, or after it
pub mod recovery_page; // the page that asks for a recovery code
pub mod reauthenticate_page; // the page that asks again who it is
