//! The frame around every page.

pub mod globals; // what every page of a site gets
mod check_templates; // refuses templates of an app that cannot be used
pub mod menu; // the links of the app in the navigation
pub mod guard; // menu, flash, the current user
mod group_title; // what a page calls a group
mod lost_form; // what is lost with a form that needs a login
pub mod catchers; // 401 redirects to the login page; framed pages or JSON for every other error

pub use check_templates::check_templates;
pub use guard::Layout;
