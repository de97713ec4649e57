//! The builder: an app is put together here, and started.

use std::any::{TypeId, type_name};
use std::process::ExitCode;
use std::sync::Arc;

use rocket::fairing::Fairing;
use rocket::futures::future::FutureExt;
use rocket::{Build, Rocket, Route};
use serde::de::DeserializeOwned;

use super::name::mistake_in;
use crate::app::{Decoration, Parts};
use crate::base::config::AppSettings;
use crate::base::program::AppFiles;
use crate::base::{Program, Refusal, Site};
use crate::cli::{self, AppCommand};
use crate::features::hourly::{Hourly, HourlyWork};
use crate::layout::menu::{Audience, Menu, MenuEntry};
use crate::people::audit::{AppEvent, AppEvents};
use crate::people::belongings::{AppBelongings, Belongings};
use crate::people::groups::Group;
use crate::services::outbox::{AppEmail, AppEmails};
use crate::web::app_notice::{AppNotice, AppNotices};
use crate::web::app_policy::AppPolicy;
use crate::web::next::Landing;
use crate::web::route_class::ClassedRoutes;
use crate::web::{self, RouteClass};

/// An app: what it brings, in addition to all that Vestibule has. [`app!`](crate::app!) begins one, [`App::run`] is its
/// `main`.
///
/// ```no_run,standalone_crate
/// use std::process::ExitCode;
///
/// use rocket::{get, routes};
/// use serde_json::json;
/// use vestibule::{App, Layout, Page, Refusal, Site, User, sqlx};
///
/// #[get("/notes")]
/// fn index(_user: User, layout: Layout<'_>) -> Page {
///     layout.page("notes.html", "Notes", json!({}))
/// }
///
/// /// `notes count` prints how many there are.
/// async fn count(site: Site, _typed: Vec<String>) -> Result<(), Refusal> {
///     let select = sqlx::query_scalar("select count(*) from app_notes");
///     let notes: i64 = select.fetch_one(site.db.reader()).await?;
///     println!("{notes}");
///     Ok(())
/// }
///
/// fn app() -> App {
///     vestibule::app!()
///         .mount(routes![index])
///         .link("Notes", "/notes")
///         .landing("/notes")
///         .command("count", "Print the number of notes", count)
/// }
///
/// fn main() -> ExitCode {
///     app().run()
/// }
/// ```
///
/// What does not fit together stops the start, and every command, with one line: a route that takes one of Vestibule's,
/// a name or a code that is there twice, a link to no page.
#[must_use = "an app does nothing until it is run"]
pub struct App {
    program: Program,
    routes: Vec<Route>,
    for_programs: Vec<Route>,
    decorations: Vec<Decoration>,
    managed: Vec<TypeId>,
    mistakes: Vec<String>,
    commands: Vec<AppCommand>,
    menu: Vec<MenuEntry>,
    landing: Option<Landing>,
    notices: AppNotices,
    events: AppEvents,
    emails: AppEmails,
    settings: Option<AppSettings>,
    belongings: AppBelongings,
    hourly: Vec<HourlyWork>,
    policy: AppPolicy,
}

/// Begun and run.
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

    /// Runs the program: reads the command line, and serves the site if it says nothing else. All commands of Vestibule
    /// are there, and those of the app. Returns the status for `main` to end with.
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
    fn wrong(mut self, mistake: String) -> App {
        self.mistakes.push(mistake);
        self
    }
}

/// Its pages.
impl App {
    /// Adds pages. All that holds for Vestibule's own holds for them: `next` after a login, the check of where a form
    /// comes from, 405 for other methods, limits, headers. A page at `/` or `/profile` takes the place of the one
    /// there.
    pub fn mount(mut self, routes: Vec<Route>) -> App {
        self.routes.extend(routes);
        self
    }

    /// Adds pages below a path such as `/shop`.
    pub fn mount_at(mut self, base: &str, routes: Vec<Route>) -> App {
        for route in routes {
            match route.map_base(|inner| format!("{base}{inner}")) {
                Ok(route) => self.routes.push(route),
                Err(_) => {
                    let advice = "Write a path such as \"/shop\", without parameters.";
                    return self.wrong(format!("App::mount_at cannot mount below {base:?}. {advice}"));
                }
            }
        }
        self
    }

    /// Adds routes for programs, which show a token or client credentials of yours in each request. Cookies do not exist
    /// there, so there is no user, and a request that another site made a browser send can do nothing. Errors are JSON.
    pub fn mount_for_programs(mut self, routes: Vec<Route>) -> App {
        self.for_programs.extend(routes);
        self
    }

    /// Adds a link to the menu, after the one to the front page, for those who are logged in.
    pub fn link(self, text: &'static str, path: &'static str) -> App {
        self.link_of(text, path, Audience::Users)
    }

    /// Adds a link to the menu for everyone.
    pub fn link_for_all(self, text: &'static str, path: &'static str) -> App {
        self.link_of(text, path, Audience::All)
    }

    /// Adds a link to the menu for the members of a group.
    pub fn link_for<G: Group>(self, text: &'static str, path: &'static str) -> App {
        self.link_of(text, path, Audience::Group(G::NAME))
    }

    fn link_of(mut self, text: &'static str, path: &'static str, audience: Audience) -> App {
        self.menu.push(MenuEntry { text, path, audience });
        self
    }

    /// Says where a login leads that no page asked for, instead of to `/profile`.
    pub fn landing(mut self, path: &'static str) -> App {
        self.landing = Some(Landing(path.to_owned()));
        self
    }

    /// Allows browsers to load more on the app's own pages: `.allow("img-src", "data:")`. The directive and the source
    /// are those of the Content-Security-Policy. Vestibule's pages stay as they are.
    pub fn allow(mut self, directive: &str, source: &str) -> App {
        match std::mem::take(&mut self.policy).and(directive, source) {
            Ok(policy) => self.policy = policy,
            Err(refusal) => return self.wrong(refusal.to_string()),
        }
        self
    }

    /// Attaches a fairing of Rocket's. It runs after Vestibule's own.
    pub fn attach<F: Fairing>(mut self, fairing: F) -> App {
        self.decorations.push(Box::new(|rocket: Rocket<Build>| rocket.attach(fairing)));
        self
    }

    /// Manages a value, which a handler takes as `&State<T>`.
    pub fn manage<T: Send + Sync + 'static>(mut self, state: T) -> App {
        if self.managed.contains(&TypeId::of::<T>()) {
            return self.managed_twice::<T>("App::manage");
        }
        self.managed.push(TypeId::of::<T>());
        self.decorations.push(Box::new(|rocket: Rocket<Build>| rocket.manage(state)));
        self
    }

    fn managed_twice<T>(self, again: &str) -> App {
        let (name, advice) = (type_name::<T>(), "Only one value of a type can be managed.");
        self.wrong(format!("{again} is called with a {name}, which the app manages already. {advice}"))
    }
}

/// What else it brings.
impl App {
    /// Adds notices, which a page shows after a redirect. Only those that are given here are shown.
    pub fn notices(mut self, notices: &[AppNotice]) -> App {
        self.notices.0.extend_from_slice(notices);
        self
    }

    /// Adds events, which are written to the activity of an account.
    pub fn events(mut self, events: &[AppEvent]) -> App {
        self.events.0.extend_from_slice(events);
        self
    }

    /// Adds kinds of email.
    pub fn emails(mut self, emails: &[AppEmail]) -> App {
        self.emails.0.extend_from_slice(emails);
        self
    }

    /// Adds settings, which the operator writes below the name of the app: `[default.notes]` in `Rocket.toml`, or
    /// variables such as `NOTES_PAGE_SIZE`. The defaults are those of the app's own `Rocket.toml`. A handler takes
    /// `&State<S>`, a command asks `site.own::<S>()`. Derive `Deserialize` with `#[serde(deny_unknown_fields)]`.
    pub fn settings<S: DeserializeOwned + Clone + Send + Sync + 'static>(mut self) -> App {
        if self.settings.is_some() {
            return self.wrong(
                "App::settings is called twice. Put all settings of the app into one struct.".to_owned(),
            );
        }
        if self.managed.contains(&TypeId::of::<S>()) {
            return self.managed_twice::<S>("App::settings");
        }
        self.managed.push(TypeId::of::<S>());
        self.settings = Some(AppSettings::of::<S>());
        self.decorations.push(Box::new(|rocket: Rocket<Build>| {
            match rocket.state::<Site>().map(|site| site.own::<S>().clone()) {
                Some(own) => rocket.manage(own),
                None => rocket,
            }
        }));
        self
    }

    /// Says what an app does when an account begins or goes, and what its owner's copy of all data contains. May be
    /// called several times: once for each part of the app.
    pub fn belongings(mut self, belongings: impl Belongings) -> App {
        self.belongings.0.push(Arc::new(belongings));
        self
    }

    /// Adds a command: `notes import FILE`. It gets the site, and what was typed after its name. It may run while
    /// the site runs, so it writes in transactions ([`Db::begin_locked`](crate::Db::begin_locked)). If it returns an error,
    /// that is printed as one line, and the status is 1.
    pub fn command<F, Done>(mut self, name: &'static str, about: &'static str, run: F) -> App
    where
        F: Fn(Site, Vec<String>) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        self.commands.push(AppCommand::new(name, about, run));
        self
    }

    /// Does something once an hour, on one instance at a time. An error goes to the log.
    pub fn hourly<F, Done>(mut self, run: F) -> App
    where
        F: Fn(Site) -> Done + Send + Sync + 'static,
        Done: Future<Output = web::Result<()>> + Send + 'static,
    {
        self.hourly.push(Arc::new(move |site: Site| run(site).boxed()));
        self
    }
}
