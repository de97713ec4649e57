//! What an app brings that is mounted: its routes, its fairings, its state.

use rocket::{Build, Rocket};

use super::clash;
use super::routes::ours;
use crate::base::Refusal;
use crate::web::next::Destinations;
use crate::web::route_class::ClassedRoutes;

/// Attaches a fairing, or manages a value.
pub type Decoration = Box<dyn FnOnce(Rocket<Build>) -> Rocket<Build> + Send>;

/// What an app brings to the server.
#[derive(Default)]
pub struct Parts {
    /// Its routes.
    pub routes: ClassedRoutes,
    /// Its fairings and its state, in the order of its calls.
    pub decorations: Vec<Decoration>,
    /// What was wrong in the calls that put it together, in lines for its developer.
    pub mistakes: Vec<String>,
}

impl Parts {
    /// Routes and nothing else.
    pub fn of(routes: ClassedRoutes) -> Parts {
        Parts { routes, ..Parts::default() }
    }

    /// All pages of the program, ours and the app's.
    pub fn pages(&self) -> Destinations {
        let all = clash::without_yielding(ours(), &self.routes).and_all(self.routes.clone());
        Destinations::among(all.for_people())
    }

    /// Refuses an app that was put together wrongly, and one whose routes are in the way of ours or of each other.
    /// Rocket would find some of this out too, in many lines and after the database was opened.
    pub fn check(&self) -> Result<(), Refusal> {
        match self.mistakes.first() {
            Some(mistake) => Err(Refusal::new(mistake)),
            None => clash::check(&ours(), &self.routes),
        }
    }
}
