//! Stories of visitors, told over HTTP through Rocket's local client. One file for each slice; each test is named as the
//! rule it proves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod login;
mod support;
