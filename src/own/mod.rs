//! An app that is built on it: the builder that puts it together, and the macro that begins it.

mod name; // its name, checked
mod app; // the builder: begun and run
mod pages; // its pages, what leads to them, what they may load
mod extras; // what else it brings
mod app_macro; // `app!`, which takes along the files of the caller's crate

pub use app::App;
