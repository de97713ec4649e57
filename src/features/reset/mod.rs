//! A new password for who has forgotten theirs: by a link that proves who they are.

mod renew; // the decision
pub mod routes; // where to ask for a link; the page it leads to
