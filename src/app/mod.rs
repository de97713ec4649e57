//! Builds the server: one call assembles the whole site, with what an app brings. A new page of Vestibule goes into `pages`
//! in `routes.rs`; an app gives its own to `App::mount`.

mod routes; // every route of ours, with its class
mod clash; // routes that would take each other's requests; which of ours yield
mod parts; // what an app brings: routes, fairings, state
mod build; // one call builds and mounts everything

pub use build::{build, build_app, build_with};
pub use parts::{Decoration, Parts};
