//! Sign up.

mod register; // the decision
pub mod routes; // the sign-up page and form

pub use register::make;
