//! The same page on plain Rocket: one route that renders the same templates for a fixed user. It has no login, no
//! additional headers and no other routes. The server is the benchmark program, started a second time.

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
use super::client;

/// The argument that starts the benchmark program as this server.
pub const WORD: &str = "bare-rocket";

pub const PATH: &str = "/profile";

struct Paths(Value);

/// Builds the data of the page for each request, as a real handler does.
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

/// Serves until it is stopped.
pub fn serve(port: u16, folder: &Path) {
    let figment = Figment::from(Config::release_default())
        .merge(("address", Ipv4Addr::LOCALHOST))
        .merge(("port", port))
        .merge(("log_level", "off"))
        .merge(("ident", false))
        .merge(("secret_key", vec![7_u8; 32])) // the release profile requires a key, but no cookie is encrypted with it
        .merge(("template_dir", folder));
    let paths = Paths(serde_json::to_value(PATHS).unwrap());
    let rocket = rocket::custom(figment).attach(view::fairing()).manage(paths).mount("/", routes![profile]);
    rocket::execute(rocket.launch()).unwrap();
}

/// Starts the server.
pub async fn start(folder: &Path) -> Server {
    let (port, program) = (free_port(), std::env::current_exe().unwrap());
    let mut command = Command::new(program);
    command.args([WORD, &port.to_string()]).arg(folder).current_dir(folder);
    Server::start(&mut command, port, PATH).await
}

/// Clients that request the page. None is logged in.
pub fn visitors(clients: usize) -> Vec<Vec<Vec<u8>>> {
    vec![vec![client::get(PATH, None)]; clients]
}
