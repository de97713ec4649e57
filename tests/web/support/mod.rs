//! A separate site for each test, and a visitor who uses only its pages.

mod answer;
mod at_once;
#[path = "../../support/database.rs"]
mod database;
mod mailbox;
mod rows;
mod setup;
mod site;
mod visitor;

pub use answer::Answer;
pub use at_once::at_once_on;
pub use mailbox::{ADA, link_in};
pub use setup::Setup;
pub use site::{BEGINNING, PASSWORD, TestSite};
pub use visitor::{Visitor, encoded};
