//! Vestibule adds accounts to an app. This file and every `mod.rs` below it is a table of contents in
//! reading order: **a module may use only those listed above it** (`tests/order.rs` checks it).

pub mod app; // the factory: one call builds and mounts everything
pub mod base; // tools: they know nothing about people or HTTP
pub mod cli;
pub mod features; // one slice per thing a visitor can do
pub mod frame; // what stands around every page
pub mod people; // accounts, sessions, and the proof of being signed in
pub mod web; // what every page needs from HTTP // the command line around it
