//! Every route of ours. A new page of Vestibule goes into `pages`.

use rocket::Route;

use crate::features::{
    account, administration, email_links, gate, health, home, invited, login, profile, reset, security,
    session_check, signup, well_known,
};
use crate::web::route_class::{ClassedRoutes, RouteClass};
use crate::web::static_files;

/// Every route of the site, with its class.
pub(super) fn ours() -> ClassedRoutes {
    ClassedRoutes::default()
        .and(RouteClass::Page, pages())
        .and(RouteClass::Page, development())
        .and(RouteClass::Public, public())
        .and(RouteClass::Check, gate::routes::checks())
}

/// Every route that is the same for everyone.
fn public() -> Vec<Route> {
    [account::password::well_known_routes(), well_known::routes(), health::routes(), static_files::routes()]
        .concat()
}

/// Every page of the site.
fn pages() -> Vec<Route> {
    [
        home::routes(),
        signup::routes::routes(),
        invited::page::routes(),
        login::routes::routes(),
        login::passkey_routes::routes(),
        login::second_page::routes(),
        login::recovery_page::routes(),
        login::reauthenticate_page::routes(),
        login::logout::routes(),
        login::switch::routes(),
        profile::routes(),
        session_check::routes(),
        reset::routes::routes(),
        email_links::confirmations::routes(),
        email_links::addresses::routes(),
        email_links::lock_account_page::routes(),
        gate::routes::pages(),
        account::overview::routes(),
        account::password::routes(),
        account::change_email::routes(),
        account::export_page::routes(),
        account::close::routes(),
        account::devices::routes(),
        account::activity::routes(),
        security::page::routes(),
        security::two_factor::routes(),
        security::app::routes(),
        security::codes::routes(),
        security::passkeys::routes(),
        security::upgrade::routes(),
        administration::routes::routes(),
    ]
    .concat()
}

/// Pages that only a debug build has.
#[cfg(debug_assertions)]
fn development() -> Vec<Route> {
    crate::features::dev_mailbox::routes()
}

#[cfg(not(debug_assertions))]
fn development() -> Vec<Route> {
    Vec::new()
}
