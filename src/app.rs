//! Builds the server: one call assembles the whole site. To add a page of your own, add its routes to
//! `pages`.

use rocket::shield::Shield;
use rocket::{Build, Rocket, Route};

use crate::base::Site;
use crate::base::config::Config;
use crate::base::secret::SecretKey;
use crate::features::{account, email_links, health, home, housekeeping, login, profile, reset, signup};
use crate::layout::catchers;
use crate::layout::globals::TemplateGlobals;
use crate::people::sessions::SessionCache;
use crate::services::outbox;
use crate::web::next::Destinations;
use crate::web::route_class::{ClassedRoutes, RouteClass, RouteClasses};
use crate::web::{
    checks, client_ip, headers, idempotency, methods, origin, refused, static_files, templates,
};

/// Every route of the site, with its class.
fn routes() -> ClassedRoutes {
    ClassedRoutes::default()
        .and(RouteClass::Page, pages())
        .and(RouteClass::Page, development())
        .and(RouteClass::Public, public())
}

/// Every route that is the same for everyone.
fn public() -> Vec<Route> {
    [account::password::well_known_routes(), health::routes(), static_files::routes()].concat()
}

/// Every page of the site.
fn pages() -> Vec<Route> {
    [
        home::routes(),
        signup::routes::routes(),
        login::routes::routes(),
        login::reauthenticate_page::routes(),
        login::logout::routes(),
        login::switch::routes(),
        profile::routes(),
        reset::routes::routes(),
        email_links::confirmations::routes(),
        email_links::addresses::routes(),
        email_links::lock_account_page::routes(),
        account::overview::routes(),
        account::password::routes(),
        account::change_email::routes(),
        account::export_page::routes(),
        account::close::routes(),
        account::devices::routes(),
        account::activity::routes(),
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

/// The site, ready to be launched or tested.
pub fn build(config: &Config, key: &SecretKey, site: Site) -> Rocket<Build> {
    build_with(config, key, site, ClassedRoutes::default())
}

/// The site with more routes than its own.
pub fn build_with(config: &Config, key: &SecretKey, site: Site, more: ClassedRoutes) -> Rocket<Build> {
    let classed = routes().and_all(more);
    let (classes, destinations) = (RouteClasses::among(&classed), Destinations::among(classed.for_people()));
    let routes = classed.into_routes();
    let figment = (config.figment.clone())
        .merge(("template_dir", templates::folder(&config.settings.data_dir)))
        .merge(("secret_key", key.reveal_bytes()))
        // The program itself handles signals, because it is ready for them earlier.
        .merge(("shutdown.ctrlc", false))
        .merge(("shutdown.signals", Vec::<String>::new()));
    let globals = TemplateGlobals::of(&site);
    rocket::custom(figment)
        .attach(origin::RestoreWireMethod)
        .attach(client_ip::Addresses)
        .attach(idempotency::ReplayAnswer)
        .attach(headers::Headers)
        .attach(templates::fairing(site.words.clone(), site.settings.language, globals.fixed()))
        .attach(refused::fairing())
        .attach(housekeeping::fairing())
        .attach(outbox::fairing())
        .attach(Shield::new()) // without Rocket's own headers: ours cover the same, and more
        .manage(classes)
        .manage(destinations)
        .manage(SessionCache::default())
        .manage(globals)
        .manage(site.db.clone())
        .manage(site)
        .register("/", catchers::catchers())
        .mount("/", checks::first())
        .mount("/", idempotency::second())
        .mount("/", methods::last(&routes))
        .mount("/", routes)
}
