//! One slice for each thing a visitor can do. Deleting a slice deletes the feature.

pub mod home; // the front page
pub mod profile; // the protected page: the one a developer copies to make their own
pub mod passwords; // what a good one is; checked, set
pub mod login; // log in, log out
pub mod signup; // make an account
pub mod health; // alive; ready
