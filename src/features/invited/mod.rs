//! The invited: the page behind the link of an invitation. The first administrator is invited too, by the
//! program itself.

mod join; // the decision: an account that is there joins
pub mod page; // what the link invites to, a form for a new account, a button for those who have one
pub mod first_admin; // the link that a start prints while the site has no administrator
