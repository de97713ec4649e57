//! The state that a file declares: groups, accounts, memberships, invitations, apps. It is read whole, checked
//! whole, and applied in one transaction; applied again, it changes nothing. What the file does not name
//! stays as it is.

mod node; // values with their places, and what is wrong at one
mod source; // the file, as it was read
mod from_toml; // the values of a TOML file
mod from_json; // the values of a JSON file
mod fields; // the fields of one table
mod declared; // what a file declares
mod parts; // what several of these things have
mod invitation; // an invitation
mod app; // an app
mod duplicates; // what is said twice
mod file; // the whole file
mod report; // what became of each thing
mod stopped; // why nothing was done
mod store; // which invitations were made of files
mod found; // what there is
mod app_steps; // what is done to apps
mod steps; // all steps of a plan
mod planner; // what a plan is made with
mod plan_group; // what has to be done to a group
mod plan_account; // what has to be done to an account
mod plan_app; // what has to be done to apps
mod plan; // what has to be done
mod hashes; // what is stored of passwords
mod exposed; // files with passwords that others can access
mod execute; // the steps, taken
mod apply; // all of it

pub use apply::{Read, apply, apply_at_start, look_at};
pub use report::{Line, Report};
pub use source::Source;
pub use stopped::NotApplied;
