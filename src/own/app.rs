//! The builder: an app is begun here, and started. What it brings is added in the files below.

use std::any::TypeId;
use std::process::ExitCode;

use rocket::Route;

use super::name::mistake_in;
use crate::app::{Decoration, Parts};
use crate::base::Program;
use crate::base::config::AppSettings;
use crate::base::program::AppFiles;
use crate::cli::{self, AppCommand};
use crate::features::hourly::{Hourly, HourlyWork};
use crate::layout::menu::{Menu, MenuEntry};
use crate::people::audit::AppEvents;
use crate::people::belongings::AppBelongings;
use crate::services::outbox::AppEmails;
use crate::web::RouteClass;
use crate::web::app_notice::AppNotices;
use crate::web::app_policy::AppPolicy;
use crate::web::next::Landing;
use crate::web::route_class::ClassedRoutes;

/// An app: what it brings, in addition to all that Vestibule has. [`app!`](crate::app!) begins one, [`App::run`] is its
/// `main`.
///
/// ```no_run,standalone_crate
/// use std::process::ExitCode;
///
/// use rocket::{get, routes};
/// use serde_json::json;
/// use vestibule::{App, Layout, Page, User};
///
/// #[get("/notes")]
/// fn index(_user: User, layout: Layout<'_>) -> Page {
///     layout.page("notes.html", "Notes", json!({}))
/// }
///
/// fn app() -> App {
///     vestibule::app!().mount(routes![index]).link("Notes", "/notes").landing("/notes")
/// }
///
/// fn main() -> ExitCode {
///     app().run()
/// }
/// ```
///
/// What does not fit together stops the start, and every command, with one line: a page at an address of Vestibule's, a
/// name or a code that is there twice, a link to no page.
#[must_use = "an app does nothing until it is run"]
pub struct App {
    pub(super) program: Program,
    pub(super) routes: Vec<Route>,
    pub(super) for_programs: Vec<Route>,
    pub(super) decorations: Vec<Decoration>,
    pub(super) managed: Vec<TypeId>,
    pub(super) mistakes: Vec<String>,
    pub(super) commands: Vec<AppCommand>,
    pub(super) menu: Vec<MenuEntry>,
    pub(super) landing: Option<Landing>,
    pub(super) notices: AppNotices,
    pub(super) events: AppEvents,
    pub(super) emails: AppEmails,
    pub(super) settings: Option<AppSettings>,
    pub(super) belongings: AppBelongings,
    pub(super) hourly: Vec<HourlyWork>,
    pub(super) policy: AppPolicy,
}

/// Its start.
impl App {
    /// An app with this name and these files: what [`app!`](crate::app!) makes.
    #[doc(hidden)]
    pub fn new(name: &'static str, version: &'static str, files: AppFiles) -> App {
        let mistakes = mistake_in(name).into_iter().collect();
        App { mistakes, ..App::of(Program::of_app(name, version, files)) }
    }

    /// Vestibule without an app.
    #[doc(hidden)]
    pub fn alone() -> App {
        App::of(Program::default())
    }

    fn of(program: Program) -> App {
        App {
            program,
            routes: Vec::new(),
            for_programs: Vec::new(),
            decorations: Vec::new(),
            managed: Vec::new(),
            mistakes: Vec::new(),
            commands: Vec::new(),
            menu: Vec::new(),
            landing: None,
            notices: AppNotices::default(),
            events: AppEvents::default(),
            emails: AppEmails::default(),
            settings: None,
            belongings: AppBelongings::default(),
            hourly: Vec::new(),
            policy: AppPolicy::default(),
        }
    }

    /// Runs the program: reads the command line, and serves the site if that names no command. All commands of Vestibule
    /// are there, and those of the app. Returns the status for `main` to end with.
    ///
    /// ```no_run,standalone_crate
    /// fn main() -> std::process::ExitCode {
    ///     vestibule::app!().run()
    /// }
    /// ```
    pub fn run(self) -> ExitCode {
        let (program, parts, commands) = self.into_parts();
        cli::run(program, parts, commands)
    }

    /// What it is made of: the program with what is attached to it, what is mounted, and its commands.
    #[doc(hidden)]
    pub fn into_parts(self) -> (Program, Parts, Vec<AppCommand>) {
        let mut program = self.program;
        if !program.is_alone() {
            program = program
                .with(Menu(self.menu))
                .with(self.notices)
                .with(self.events)
                .with(self.emails)
                .with(self.belongings)
                .with(Hourly(self.hourly))
                .with(self.policy);
        }
        if let Some(landing) = self.landing {
            program = program.with(landing);
        }
        if let Some(settings) = self.settings {
            program = program.with(settings);
        }
        let routes = ClassedRoutes::default().and(RouteClass::Page, self.routes);
        let routes = routes.and(RouteClass::Machine, self.for_programs);
        (program, Parts { routes, decorations: self.decorations, mistakes: self.mistakes }, self.commands)
    }

    /// Notes what is wrong. The start refuses with the first of these: a builder has no one to tell.
    pub(super) fn wrong(mut self, mistake: String) -> App {
        self.mistakes.push(mistake);
        self
    }
}
