//! A new password after forgetting the old one, with a link that proves who the user is.

mod set_password; // the decision
pub mod routes; // where to request a link; the page it opens
