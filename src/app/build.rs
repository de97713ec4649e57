//! One call builds and mounts everything.

use rocket::shield::Shield;
use rocket::{Build, Rocket};

use super::clash;
use super::parts::Parts;
use super::routes::ours;
use crate::base::Site;
use crate::base::config::Config;
use crate::base::secret::SecretKey;
use crate::features::administration::hidden;
use crate::features::administration::system::ShownSettings;
use crate::features::gate;
use crate::features::{hourly, housekeeping};
use crate::layout::catchers;
use crate::layout::globals::TemplateGlobals;
use crate::people::groups::AskedGroups;
use crate::people::passes::PassCache;
use crate::people::sessions::{LastUses, SessionCache};
use crate::services::apps::{self, AppsCache};
use crate::services::outbox;
use crate::web::app_policy::AppAnswers;
use crate::web::next::Destinations;
use crate::web::route_class::{ClassedRoutes, RouteClasses};
use crate::web::static_files::{self, StaticFiles};
use crate::web::{checks, client_ip, headers, idempotency, methods, origin, refused, templates};

/// The site, ready to be launched or tested.
pub fn build(config: &Config, key: &SecretKey, site: Site) -> Rocket<Build> {
    build_with(config, key, site, ClassedRoutes::default())
}

/// The site with more routes than its own.
pub fn build_with(config: &Config, key: &SecretKey, site: Site, more: ClassedRoutes) -> Rocket<Build> {
    build_app(config, key, site, Parts::of(more))
}

/// The site with what an app brings. Its fairings and its state come after ours, so that what holds for our pages holds
/// for its pages too.
pub fn build_app(config: &Config, key: &SecretKey, site: Site, parts: Parts) -> Rocket<Build> {
    let Parts { routes: theirs, decorations, .. } = parts;
    let program = &site.settings.program;
    let (files, answers) = (StaticFiles::of(program), AppAnswers::of(program, &theirs));
    let classed = clash::without_yielding(ours(), &theirs).and_all(theirs);
    let (classes, destinations) = (RouteClasses::among(&classed), Destinations::among(classed.for_people()));
    let routes = classed.into_routes();
    let figment = (config.figment.clone())
        .merge(("template_dir", templates::folder(&config.settings.data_dir)))
        .merge(("secret_key", key.reveal_bytes()))
        // The program itself handles signals, because it is ready for them earlier.
        .merge(("shutdown.ctrlc", false))
        .merge(("shutdown.signals", Vec::<String>::new()));
    let globals = TemplateGlobals::of(&site);
    let last_uses = LastUses::default();
    let rocket = rocket::custom(figment)
        .attach(origin::RestoreWireMethod)
        .attach(client_ip::Addresses)
        .attach(idempotency::ReplayAnswer)
        .attach(headers::Headers)
        .attach(templates::fairing_for(
            site.settings.program.clone(),
            site.words.clone(),
            site.settings.language,
            globals.fixed(),
        ))
        .attach(refused::fairing())
        .attach(housekeeping::fairing())
        .attach(hourly::fairing())
        .attach(outbox::fairing())
        .attach(static_files::fairing())
        .attach(Shield::new()) // without Rocket's own headers: ours cover the same, and more
        .manage(classes)
        .manage(destinations)
        .manage(files)
        .manage(answers)
        .manage(SessionCache::new(last_uses.clone()))
        .manage(AskedGroups::default())
        .manage(PassCache::new(apps::lock_key(), last_uses))
        .manage(AppsCache::default())
        .manage(gate::GateCookies::of(key))
        .manage(gate::Unknown::default())
        .manage(housekeeping::FirstRound::default())
        .manage(globals)
        .manage(ShownSettings(config.shown()))
        .manage(site.db.clone())
        .manage(site)
        .register("/", catchers::catchers())
        .mount("/", checks::first())
        .mount("/", idempotency::second())
        .mount("/", hidden::rest())
        .mount("/", methods::last(&routes))
        .mount("/", routes);
    decorations.into_iter().fold(rocket, |rocket, decorate| decorate(rocket))
}
