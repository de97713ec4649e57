//! Stories of visitors, told over HTTP through Rocket's local client. One file for each slice; each test is named as the
//! rule it proves.

mod login;
mod support;
