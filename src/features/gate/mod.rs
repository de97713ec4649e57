//! The gate: a proxy in front of an app of any language asks here, for every request to the app, who is there and whether
//! they may; and passes the names on to the app. A browser that is not known there is led to the login host and back, with a
//! ticket, for a cookie of the app's host alone. Whatever cannot be read or found out is refused.

mod cookies; // the two cookies of an app's host
mod host_header; // a host as a header names it
mod check_request; // what a proxy asks, as its headers say
mod judge; // the decision, without HTTP
mod way; // the way of a browser to an app, as it is carried in an address
mod log_lines; // what the operator reads of proxies that are not set up right
mod parts; // what the gate uses of its site
mod answer; // the answers to proxies
pub mod probe; // what arrived, for the command that checks a proxy
mod inside; // what is answered on the app's host itself: the end of the hand-over, and the way out
mod check; // the addresses that proxies ask
mod page; // the login host's page on the way to an app
mod trouble; // the page of browsers that do not keep the cookie
mod going_on; // where a login leads, for its pages
pub mod routes; // all routes

pub use cookies::GateCookies;
pub use going_on::{going_on_to, needs_newer_login};
pub use log_lines::Unknown;
