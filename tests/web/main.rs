//! Stories of visitors, told over HTTP through Rocket's local client. One file for each slice; each test is named as the
//! rule it proves.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod closed_signup;
mod cookies;
mod documents;
mod equality;
mod errors;
mod forged_cookies;
mod forms;
mod gets;
mod hashing;
mod headers;
mod home;
mod login;
mod logout;
mod logout_by_get;
mod methods;
mod next;
mod notices;
mod origin;
mod passwords;
mod paths;
mod profile;
mod readme;
mod readme_page;
mod remember;
mod sessions;
mod signup;
mod static_files;
mod support;
mod templates;
