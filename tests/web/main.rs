//! Stories of visitors, told over HTTP through Rocket's local client. One file for each slice; each test is named as the
//! rule it proves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod account;
mod activity;
mod clock_back;
mod closed_signup;
mod close;
mod cookies;
mod devices;
mod documents;
mod endings;
mod equality;
mod errors;
mod forged_cookies;
mod forms;
mod fresh;
mod gets;
mod guessing;
mod hashing;
mod headers;
mod home;
mod hostile_forms;
mod housekeeping;
mod known_devices;
mod login;
mod logout;
mod logout_by_get;
mod methods;
mod networks;
mod next;
mod notices;
mod origin;
mod password;
mod passwords;
mod paths;
mod profile;
mod readme;
mod readme_page;
mod remember;
mod reset;
mod rotation;
mod secrets;
mod sessions;
mod signup;
mod static_files;
mod support;
mod templates;
