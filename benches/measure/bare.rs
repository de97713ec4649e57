//! The same page by Rocket alone: one route that renders the same templates for a user who is always the same. No log-in,
//! no headers of its own, no other routes. It is this very program, started once more.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;

use rocket::figment::Figment;
use rocket::{Config, State, get, routes};
use rocket_dyn_templates::Template;
use serde_json::{Value, json};
use vestibule::base::form_value;
use vestibule::web::paths::PATHS;
use vestibule::web::view;

use super::child::{Server, free_port};

/// The word that makes this program the bare one.
pub const WORD: &str = "bare-rocket";

pub const PATH: &str = "/profile";

struct Paths(Value);

/// What the page shows is put together for each request, as a handler does.
#[get("/profile")]
fn profile(paths: &State<Paths>) -> Template {
    let context = json!({
        "site_name": "Vestibule",
        "page_title": "Profile",
        "user": { "name": "Person 1", "email": "person1@example.org" },
        "known": true,
        "form": "f".repeat(form_value::CHARACTERS),
        "here": PATH,
        "paths": paths.0,
    });
    Template::render("profile.html", context)
}

/// Serves until it is ended.
pub fn serve(port: u16, folder: &Path) {
    let figment = Figment::from(Config::release_default())
        .merge(("address", Ipv4Addr::LOCALHOST))
        .merge(("port", port))
        .merge(("log_level", "off"))
        .merge(("ident", false))
        .merge(("secret_key", vec![7_u8; 32])) // a release profile insists on one; no cookie is made with it
        .merge(("template_dir", folder));
    let paths = Paths(serde_json::to_value(PATHS).unwrap());
    let rocket = rocket::custom(figment).attach(view::fairing()).manage(paths).mount("/", routes![profile]);
    rocket::execute(rocket.launch()).unwrap();
}

/// Starts it beside this program.
pub async fn start(folder: &Path) -> Server {
    let (port, program) = (free_port(), std::env::current_exe().unwrap());
    let mut command = Command::new(program);
    command.args([WORD, &port.to_string()]).arg(folder).current_dir(folder);
    Server::start(&mut command, port, PATH).await
}
