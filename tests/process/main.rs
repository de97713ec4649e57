//! Tests of the built program, as an operator uses it: started, refused, stopped, killed, copied. There is one
//! file for each subject, and each test is named after the rule that it checks.
//!
//! If `VESTIBULE_TEST_DATABASE_URL` names a PostgreSQL server, sites store their data there, except in tests
//! about files. `VESTIBULE_TEST_BINARY` names the program to test, such as a release build. Without it, the
//! program that cargo just built is tested.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may stop")]

mod account_lists;
mod account_shown;
mod accounts;
mod app_advice;
mod app_check;
mod app_check_faults;
mod app_check_proxy;
mod app_commands;
mod app_snippet;
mod apply;
mod apply_long;
mod backup;
mod branding;
mod broken_data;
mod check;
mod commands;
mod crowds;
#[path = "../support/database.rs"]
mod database;
mod endings;
mod export;
mod faults;
mod first_administrator;
mod first_start;
mod folder;
mod free_address;
mod gate_log;
mod groups;
mod handles;
mod healthcheck;
mod import;
mod invitation_links;
mod invitations;
mod last_administrator;
mod limits;
mod links;
mod log;
mod log_events;
mod mail;
mod mail_commands;
mod mail_odd;
mod mail_tls;
mod mail_failures;
mod migrations;
mod moving;
mod one_file;
mod paths;
mod postgres;
mod progress;
mod refusals;
mod refused_files;
mod refused_starts;
mod second_factor_for;
mod second_factors;
mod session_check;
mod settings;
mod signals;
mod signup_groups;
mod slow_clients;
mod smtp;
mod starter;
mod support;
mod terminal;
mod text_browsers;
mod upgrade;
mod visitor;
mod walk_through;
mod warnings;
