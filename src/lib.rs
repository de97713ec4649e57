//! Vestibule adds accounts to an app. This file and every `mod.rs` below it is a table of contents in
//! reading order: **a module may use only those listed above it** (`tests/order` checks it).

pub mod base; // tools: they know nothing about people or HTTP
pub mod web; // what every page needs from HTTP
pub mod people; // accounts, sessions, and the guards that require a login
pub mod services; // what several features share: links, the outbox, passwords
pub mod layout; // the frame around every page
pub mod features; // one module for each thing that a visitor can do
pub mod app; // one call builds and mounts everything
pub mod cli; // the command line around it
