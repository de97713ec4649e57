//! Accounts for a web app, as one dependency: sign-up, login and logout, settings and devices, emails, rate limits,
//! export and deletion, migrations, backups, and a command line. An app brings its own pages, tables and look. What is
//! not its own comes from here, and is brought up to date by one command.
//!
//! A whole app that keeps notes, each for its owner alone:
//!
//! ```no_run,standalone_crate
//! use std::process::ExitCode;
//!
//! use rocket::response::Redirect;
//! use rocket::{FromForm, State, get, post, routes};
//! use serde_json::json;
//! use vestibule::{Answer, App, Layout, Notice, Once, Page, Post, Result, Site, User, sqlx};
//!
//! const SAVED: Notice = Notice::success("note-saved", "Your note was saved.");
//!
//! fn main() -> ExitCode {
//!     app().run()
//! }
//!
//! fn app() -> App {
//!     vestibule::app!().mount(routes![index, create]).link("Notes", "/notes").landing("/notes").notices(&[SAVED])
//! }
//!
//! #[get("/notes")]
//! async fn index(user: User, layout: Layout<'_>, site: &State<Site>) -> Result<Page> {
//!     let select = sqlx::query_scalar("select text from app_notes where account_id = $1 order by id desc");
//!     let notes: Vec<String> = select.bind(user.id.as_str()).fetch_all(site.db.reader()).await?;
//!     Ok(layout.page("notes.html", "Notes", json!({ "notes": notes })))
//! }
//!
//! #[derive(FromForm)]
//! struct Note<'r> {
//!     text: &'r str,
//! }
//!
//! #[post("/notes", data = "<post>")]
//! async fn create(user: User, site: &State<Site>, once: Once<'_>, post: Post<'_, Note<'_>>) -> Result<Answer> {
//!     let Some(note) = post.fields() else { return Ok(Redirect::to("/notes").into()) };
//!     let mut tx = site.db.begin_locked(&[user.id.lock_key()]).await?;
//!     let insert = sqlx::query("insert into app_notes (id, account_id, text) values ($1, $2, $3)");
//!     insert.bind(vestibule::new_id()).bind(user.id.as_str()).bind(note.text).execute(&mut tx).await?;
//!     once.commit(tx, "/notes", SAVED).await
//! }
//! ```
//!
//! Next to it are `templates/notes.html`, and `migrations/0001_notes.sql` with the table:
//!
//! ```sql
//! create table app_notes (
//!     id text primary key not null,
//!     account_id text not null references accounts (id) on delete cascade,
//!     text text not null
//! );
//! ```
//!
//! A row that refers to an account is exported with it and goes with it. `vestibule new notes` writes these files and a
//! few more; the page `docs/your-own-app.md` of the repository explains them.
//!
//! # What is promised
//!
//! An app may use the names of this page: a change that breaks one of them comes with a new minor version before 1.0,
//! a new major version after, and a line in the changelog. The same holds for the versions of [`rocket`], [`sqlx`] and
//! [`serde_json`], and for Tera 1 as the language of templates. Everything else is hidden here, and may change with any
//! release.
//!
//! | For | Names |
//! |---|---|
//! | the start | [`App`], [`app!`] |
//! | who asks: arguments of a handler | [`User`], [`Fresh`], [`MaybeUser`], [`Member`], [`Admin`], [`Client`] |
//! | pages and forms | [`Layout`], [`Page`], [`Post`], [`Once`], [`Answer`], [`FormErrors`], [`Error`], [`Result`] |
//! | the site and its database | [`Site`], [`Db`], [`Tx`], [`LockKey`], [`Time`], [`new_id`] |
//! | accounts | [`accounts`], [`Account`], [`AccountId`], [`Email`], [`Name`] |
//! | what an app brings | [`Group`], [`Notice`], [`Event`], [`EmailKind`], [`send`], [`Belongings`], [`Secret`], [`Refusal`] |
//! | the libraries of its interface | [`rocket`], [`sqlx`], [`serde_json`] |
//! | its tests, with the feature `testing` | `testing`: `TestSite`, `Setup`, `Visitor`, `Answer`, `SentEmail` |
//!
//! Nothing but a guard makes a [`User`], [`Fresh`], [`MaybeUser`], [`Member`] or [`Admin`], and no app can assign to one:
//! a function that takes one of them needs no further check.

// The code, in reading order. This file and every `mod.rs` below it is a table of contents: a module may use only those
// listed above it (`tests/order` checks it).

mod platform; // where it runs
#[doc(hidden)]
pub mod base; // tools: they know nothing about people or HTTP
#[doc(hidden)]
pub mod web; // what every page needs from HTTP
#[doc(hidden)]
pub mod people; // accounts, sessions, and the guards that require a login
#[doc(hidden)]
pub mod services; // what several features share: links, the outbox, passwords, second factors
#[doc(hidden)]
pub mod layout; // the frame around every page
#[doc(hidden)]
pub mod features; // one module for each thing that a visitor can do
#[doc(hidden)]
pub mod app; // one call builds and mounts everything
#[doc(hidden)]
pub mod cli; // the command line around it
#[doc(hidden)]
pub mod own; // an app that is built on it: the builder, and the macro that begins it
#[cfg(feature = "testing")]
pub mod testing; // for the tests of an app: a site in an empty folder, and its visitors
pub mod accounts; // of the front door: finds accounts
#[cfg(doctest)]
mod forged; // what no app can make, only in tests

// The front door: the names that an app may use.

// The start; `app!` is exported by itself.
#[doc(inline)]
pub use own::App;

// Who asks.
#[doc(inline)]
pub use base::Client;
#[doc(inline)]
pub use people::{Admin, Fresh, MaybeUser, Member, User};

// Pages and forms.
#[doc(inline)]
pub use layout::Layout;
#[doc(inline)]
pub use people::Once;
#[doc(inline)]
pub use web::{Answer, Error, FormErrors, Page, Post, Result};

// The site and its database.
#[doc(inline)]
pub use base::{Db, LockKey, Site, Time, Tx, new_id};

// Accounts.
#[doc(inline)]
pub use people::{Account, AccountId, Email, Name};

// What an app brings.
#[doc(inline)]
pub use base::{Refusal, Secret};
#[doc(inline)]
pub use people::audit::AppEvent as Event;
#[doc(inline)]
pub use people::{Belongings, Group};
#[doc(inline)]
pub use services::outbox::{AppEmail as EmailKind, send};
#[doc(inline)]
pub use web::AppNotice as Notice;

// The libraries of its interface, in the versions that are spoken here. The last one is only for what `app!` expands to.
#[doc(no_inline)]
pub use ::rocket;
#[doc(no_inline)]
pub use ::serde_json;
#[doc(no_inline)]
pub use ::sqlx;

#[doc(hidden)]
pub use ::rust_embed;
