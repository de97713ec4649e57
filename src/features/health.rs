//! Whether the program runs, and whether it can serve requests. One word without details: anyone may ask.

use rocket::http::Status;
use rocket::{Route, State, get, routes};

use crate::base::{Client, Site};

/// The routes of both checks.
pub fn routes() -> Vec<Route> {
    routes![alive, ready]
}

/// The process answers.
#[get("/health")]
fn alive() -> &'static str {
    "ok"
}

/// The database answers too.
#[get("/ready")]
async fn ready(site: &State<Site>, client: Client) -> (Status, &'static str) {
    match site.db.answers().await {
        Ok(()) => (Status::Ok, "ok"),
        Err(error) => {
            log::error!(event = "sys_database", request_id = client.request_id; "the database did not answer: {error}");
            (Status::ServiceUnavailable, "unavailable")
        }
    }
}
