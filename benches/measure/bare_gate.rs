//! A route of Rocket alone that answers as the gate does about a user who may: 200 with the same five headers. It looks
//! nothing up. The server is the benchmark program, started a second time.

use std::net::Ipv4Addr;
use std::process::Command;

use rocket::figment::Figment;
use rocket::shield::Shield;
use rocket::{Config, Request, Response, get, response, routes};
use vestibule::web::paths::FORWARD_AUTH;

use super::child::{Server, free_port};

/// The argument that starts the benchmark program as this server.
pub const WORD: &str = "bare-gate";

/// As long as those about the people of the measurement.
const HEADERS: [(&str, &str); 5] = [
    ("Remote-User", "person1"),
    ("Remote-Name", "Person 1"),
    ("Remote-Email", "person1@example.org"),
    ("Remote-Groups", "family"),
    ("Cache-Control", "no-store"),
];

struct Allowed;

impl<'r> response::Responder<'r, 'static> for Allowed {
    fn respond_to(self, _: &'r Request<'_>) -> response::Result<'static> {
        let mut response = Response::new();
        for (name, value) in HEADERS {
            response.set_raw_header(name, value);
        }
        Ok(response)
    }
}

#[get("/gate/forward-auth")]
fn forward_auth() -> Allowed {
    Allowed
}

/// Serves until it is stopped.
pub fn serve(port: u16) {
    let figment = Figment::from(Config::release_default())
        .merge(("address", Ipv4Addr::LOCALHOST))
        .merge(("port", port))
        .merge(("log_level", "off"))
        .merge(("ident", false))
        .merge(("secret_key", vec![7_u8; 32])); // the release profile requires a key
    // Without Rocket's own headers, which the gate's answers do not have either.
    let rocket = rocket::custom(figment).attach(Shield::new()).mount("/", routes![forward_auth]);
    rocket::execute(rocket.launch()).unwrap();
}

/// Starts the server.
pub async fn start() -> Server {
    let (port, program) = (free_port(), std::env::current_exe().unwrap());
    let mut command = Command::new(program);
    command.args([WORD, &port.to_string()]);
    Server::start(&mut command, port, FORWARD_AUTH).await
}
