//! What an app brings next to its pages: notices, events, emails, settings, belongings, commands, hourly work, fairings
//! and state.

use std::any::{TypeId, type_name};
use std::sync::Arc;

use rocket::fairing::Fairing;
use rocket::futures::future::FutureExt;
use rocket::{Build, Rocket};
use serde::de::DeserializeOwned;

use super::app::App;
use crate::base::config::AppSettings;
use crate::base::{Refusal, Site};
use crate::cli::AppCommand;
use crate::people::audit::AppEvent;
use crate::people::belongings::Belongings;
use crate::services::outbox::AppEmail;
use crate::web;
use crate::web::app_notice::AppNotice;

/// What else it brings.
impl App {
    /// Adds notices, which a page shows after a redirect. Only those that are given here are shown.
    ///
    /// ```no_run
    /// use vestibule::Notice;
    ///
    /// const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");
    ///
    /// let app = vestibule::app!().notices(&[SAVED]);
    /// ```
    pub fn notices(mut self, notices: &[AppNotice]) -> App {
        self.notices.0.extend_from_slice(notices);
        self
    }

    /// Adds events, which are written to the activity of an account.
    ///
    /// ```no_run
    /// use vestibule::Event;
    ///
    /// const SHARED: Event = Event::new("note-shared", "You shared a note");
    ///
    /// let app = vestibule::app!().events(&[SHARED]);
    /// ```
    pub fn events(mut self, events: &[AppEvent]) -> App {
        self.events.0.extend_from_slice(events);
        self
    }

    /// Adds kinds of email. Each has its words in `templates/mail/CODE/mail.txt` and `mail.html`.
    ///
    /// ```no_run
    /// use vestibule::EmailKind;
    ///
    /// const DUE: EmailKind = EmailKind::new("list-due", "Something on your list is due");
    ///
    /// let app = vestibule::app!().emails(&[DUE]);
    /// ```
    pub fn emails(mut self, emails: &[AppEmail]) -> App {
        self.emails.0.extend_from_slice(emails);
        self
    }

    /// Adds settings, which the operator writes below the name of the app: `[default.notes]` in `Rocket.toml`, or
    /// variables such as `NOTES_PAGE_SIZE`. The defaults are those of the app's own `Rocket.toml`. A handler takes
    /// `&State<S>`, a command asks `site.own::<S>()`.
    ///
    /// ```no_run
    /// use serde::Deserialize;
    ///
    /// #[derive(Clone, Deserialize)]
    /// #[serde(deny_unknown_fields)] // a misspelled name stops the start
    /// struct Settings {
    ///     page_size: u16,
    /// }
    ///
    /// let app = vestibule::app!().settings::<Settings>();
    /// ```
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

    /// Says what an app does when an account begins or goes, and what its owner's copy of all data contains in addition
    /// to the rows of the app's tables. May be called several times: once for each part of the app.
    ///
    /// ```no_run
    /// use vestibule::{AccountId, Belongings, Result, Site};
    ///
    /// struct Pictures;
    ///
    /// #[rocket::async_trait]
    /// impl Belongings for Pictures {
    ///     async fn gone(&self, site: &Site, account: &AccountId) -> Result<()> {
    ///         let folder = site.settings.data_dir.join("pictures").join(account.as_str());
    ///         if folder.exists() {
    ///             std::fs::remove_dir_all(folder)?;
    ///         }
    ///         Ok(())
    ///     }
    /// }
    ///
    /// let app = vestibule::app!().belongings(Pictures);
    /// ```
    pub fn belongings(mut self, belongings: impl Belongings) -> App {
        self.belongings.0.push(Arc::new(belongings));
        self
    }

    /// Adds a command, which gets the site and the words that were typed after its name. It may run while the site runs,
    /// so it writes in transactions ([`Db::begin_locked`](crate::Db::begin_locked)). If it returns an error, that is
    /// printed as one line, and the status is 1.
    ///
    /// ```no_run
    /// use vestibule::{Refusal, Site, sqlx};
    ///
    /// async fn count(site: Site, _words: Vec<String>) -> Result<(), Refusal> {
    ///     let select = sqlx::query_scalar("select count(*) from app_notes");
    ///     let notes: i64 = select.fetch_one(site.db.reader()).await?;
    ///     println!("{notes}");
    ///     Ok(())
    /// }
    ///
    /// // In an app with the name `notes`, this is typed as `notes count`.
    /// let app = vestibule::app!().command("count", "Print the number of notes", count);
    /// ```
    pub fn command<F, Done>(mut self, name: &'static str, about: &'static str, run: F) -> App
    where
        F: Fn(Site, Vec<String>) -> Done + Send + Sync + 'static,
        Done: Future<Output = Result<(), Refusal>> + Send + 'static,
    {
        self.commands.push(AppCommand::new(name, about, run));
        self
    }

    /// Does something once an hour, on one instance at a time. An error goes to the log.
    ///
    /// ```no_run
    /// use vestibule::{Result, Site, sqlx};
    ///
    /// async fn tidy(site: Site) -> Result<()> {
    ///     sqlx::query("delete from app_notes where done = 1").execute(site.db.writer()).await?;
    ///     Ok(())
    /// }
    ///
    /// let app = vestibule::app!().hourly(tidy);
    /// ```
    pub fn hourly<F, Done>(mut self, run: F) -> App
    where
        F: Fn(Site) -> Done + Send + Sync + 'static,
        Done: Future<Output = web::Result<()>> + Send + 'static,
    {
        self.hourly.push(Arc::new(move |site: Site| run(site).boxed()));
        self
    }

    /// Attaches a fairing of Rocket's. It runs after Vestibule's own.
    ///
    /// ```no_run
    /// use rocket::fairing::AdHoc;
    ///
    /// let ready = AdHoc::on_liftoff("ready", |_| Box::pin(async { println!("The notes are open.") }));
    /// let app = vestibule::app!().attach(ready);
    /// ```
    pub fn attach<F: Fairing>(mut self, fairing: F) -> App {
        self.decorations.push(Box::new(|rocket: Rocket<Build>| rocket.attach(fairing)));
        self
    }

    /// Manages a value, which a handler takes as `&State<T>`.
    ///
    /// ```no_run
    /// use rocket::{State, get, routes};
    ///
    /// struct Greeting(&'static str);
    ///
    /// #[get("/hello")]
    /// fn hello(greeting: &State<Greeting>) -> &'static str {
    ///     greeting.0
    /// }
    ///
    /// let app = vestibule::app!().manage(Greeting("Good morning")).mount(routes![hello]);
    /// ```
    pub fn manage<T: Send + Sync + 'static>(mut self, state: T) -> App {
        if self.managed.contains(&TypeId::of::<T>()) {
            return self.managed_twice::<T>("App::manage");
        }
        self.managed.push(TypeId::of::<T>());
        self.decorations.push(Box::new(|rocket: Rocket<Build>| rocket.manage(state)));
        self
    }

    fn managed_twice<T>(self, again: &str) -> App {
        let (name, advice) = (
            type_name::<T>(),
            "Only one value of a type can be managed: wrap one of the two in a struct of its own.",
        );
        self.wrong(format!("{again} is called with a {name}, which the app manages already. {advice}"))
    }
}
