//! An app that is built on Vestibule: the builder that puts it together, and the macro that begins it.

mod name; // its name, checked
mod app; // the builder
mod app_macro; // `app!`, which takes along the files of the caller's crate

pub use app::App;
