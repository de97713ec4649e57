//! Sign up.

mod joins; // what a new account joins
mod register; // the decision
pub mod fields; // the fields of the form
pub mod routes; // the sign-up page and form

pub use joins::Joins;
pub use register::{
    MadeWithoutPassword, NewAccount, Registered, make, make_in_groups, make_without_password, register,
};
