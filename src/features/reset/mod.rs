//! A new password after forgetting the old one, with a link that proves who the user is.

mod renew; // the decision
pub mod routes; // where to request a link; the page it opens
