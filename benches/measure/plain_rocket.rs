//! The same page on plain Rocket: one route that renders the same templates for a fixed user. It has no login, no
//! additional headers and no other routes. The server is the benchmark program, started a second time.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::Command;

use rocket::figment::Figment;
use rocket::{Config, get, routes};
use rocket_dyn_templates::Template;
use serde_json::{Value, json};
use vestibule::base::{Language, Words, form_value};
use vestibule::web::template_paths::{ACTIONS, ADMIN, OPTIONS, PATHS};
use vestibule::web::templates;

use super::child::{Server, free_port};
use super::client;

/// The argument that starts the benchmark program as this server.
pub const WORD: &str = "bare-rocket";

pub const PATH: &str = "/profile";

/// Builds the data of the page for each request, as a real handler does.
#[get("/profile")]
fn profile() -> Template {
    let context = json!({
        "site_name": "Vestibule",
        "page_title": "Profile",
        "lang": "en",
        "user": { "name": "Person 1", "email": "person1@example.org" },
        "known": true,
        "form": "f".repeat(form_value::CHARACTERS),
        "here": PATH,
    });
    Template::render("profile.html", context)
}

/// The list of languages in the footer.
fn languages() -> Vec<Value> {
    let one =
        |language: Language| json!({ "code": language.code(), "name": language.name(), "current": false });
    Language::all().map(one).collect()
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
    let words = Words::new("Vestibule", None, Vec::new()).unwrap();
    // What is the same on every page costs neither of them anything.
    let fixed = json!({
        "paths": PATHS,
        "actions": ACTIONS,
        "options": OPTIONS,
        "admin": ADMIN,
        "site_name": "Vestibule",
        "languages": languages(),
    });
    let Value::Object(fixed) = fixed else { unreachable!("an object") };
    let pages = templates::fairing(words, Language::english(), vec![fixed; Language::all().count()]);
    let rocket = rocket::custom(figment).attach(pages).mount("/", routes![profile]);
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
