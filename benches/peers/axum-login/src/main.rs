//! The same app as `benches/peers/flask`, on axum-login: sign up, log in, a profile, log out.
//!
//! The benchmarks compare Vestibule with it. It uses the same libraries as axum-login's example for SQLite: sessions of
//! tower-sessions in the same database, a pool of sqlx, and passwords by password-auth. The variables `DATABASE` and
//! `PORT` set its database file and its port.

use std::env;
use std::fmt::{self, Debug, Display, Formatter};
use std::net::Ipv4Addr;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, Redirect};
use axum::routing::get;
use axum::{Form, Router};
use axum_login::tower_sessions::{ExpiredDeletion, Expiry, SessionManagerLayer};
use axum_login::{AuthManagerLayerBuilder, AuthUser, AuthnBackend, login_required};
use serde::Deserialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode};
use sqlx::{FromRow, SqlitePool};
use tokio::net::TcpListener;
use tokio::task;
use tower_sessions_sqlx_store::SqliteStore;

#[derive(Clone, FromRow)]
struct Person {
    id: i64,
    name: String,
    password: String,
}

/// Debug output does not contain the hash.
impl Debug for Person {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Person").field("id", &self.id).finish_non_exhaustive()
    }
}

impl AuthUser for Person {
    type Id = i64;

    fn id(&self) -> i64 {
        self.id
    }

    /// A session ends when the password is changed.
    fn session_auth_hash(&self) -> &[u8] {
        self.password.as_bytes()
    }
}

#[derive(Deserialize)]
struct Credentials {
    email: String,
    password: String,
}

#[derive(Clone)]
struct People(SqlitePool);

impl AuthnBackend for People {
    type User = Person;
    type Credentials = Credentials;
    type Error = sqlx::Error;

    async fn authenticate(&self, typed: Credentials) -> sqlx::Result<Option<Person>> {
        let known = sqlx::query_as::<_, Person>("select id, name, password from people where email = $1");
        let known = known.bind(typed.email).fetch_optional(&self.0).await?;
        let checked = task::spawn_blocking(move || {
            known.filter(|person| password_auth::verify_password(typed.password, &person.password).is_ok())
        });
        checked.await.map_err(|_| sqlx::Error::WorkerCrashed)
    }

    /// Called for each request of a logged-in user.
    async fn get_user(&self, id: &i64) -> sqlx::Result<Option<Person>> {
        let person = sqlx::query_as("select id, name, password from people where id = $1");
        person.bind(id).fetch_optional(&self.0).await
    }
}

type Visitor = axum_login::AuthSession<People>;

#[derive(Template)]
#[template(path = "form.html")]
struct FormPage {
    title: &'static str,
    fields: &'static [&'static str],
}

#[derive(Template)]
#[template(path = "profile.html")]
struct ProfilePage {
    title: &'static str,
    name: String,
}

fn failed(error: impl Display) -> StatusCode {
    eprintln!("{error}");
    StatusCode::INTERNAL_SERVER_ERROR
}

fn page(template: &impl Template) -> Result<Html<String>, StatusCode> {
    template.render().map(Html).map_err(failed)
}

async fn signup() -> Result<Html<String>, StatusCode> {
    page(&FormPage { title: "Sign Up", fields: &["email", "name", "password"] })
}

#[derive(Deserialize)]
struct NewPerson {
    email: String,
    name: String,
    password: String,
}

async fn signup_post(visitor: Visitor, Form(typed): Form<NewPerson>) -> Result<Redirect, StatusCode> {
    let hash = task::spawn_blocking(|| password_auth::generate_hash(typed.password)).await.map_err(failed)?;
    let made =
        sqlx::query("insert into people (email, name, password) values ($1, $2, $3) on conflict do nothing");
    let made = made.bind(typed.email).bind(typed.name).bind(hash);
    let made = made.execute(&visitor.backend.0).await.map_err(failed)?.rows_affected();
    Ok(Redirect::to(if made == 1 { "/login" } else { "/signup" }))
}

async fn login() -> Result<Html<String>, StatusCode> {
    page(&FormPage { title: "Login", fields: &["email", "password"] })
}

async fn login_post(mut visitor: Visitor, Form(typed): Form<Credentials>) -> Result<Redirect, StatusCode> {
    let Some(person) = visitor.authenticate(typed).await.map_err(failed)? else {
        return Ok(Redirect::to("/login"));
    };
    visitor.login(&person).await.map_err(failed)?;
    Ok(Redirect::to("/profile"))
}

async fn profile(visitor: Visitor) -> Result<Html<String>, StatusCode> {
    let person = visitor.user.ok_or(StatusCode::UNAUTHORIZED)?;
    page(&ProfilePage { title: "Profile", name: person.name })
}

async fn logout(mut visitor: Visitor) -> Result<Redirect, StatusCode> {
    visitor.logout().await.map_err(failed)?;
    Ok(Redirect::to("/login"))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (file, port) = (env::var("DATABASE")?, env::var("PORT")?.parse()?);
    let file = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    // The example keeps everything in memory. With a file, WAL mode lets readers and a writer work at the same time.
    let pool = SqlitePool::connect_with(file.journal_mode(SqliteJournalMode::Wal)).await?;
    sqlx::query(
        "create table if not exists people (id integer primary key, email text not null unique, name text not null, \
         password text not null)",
    )
    .execute(&pool)
    .await?;

    let store = SqliteStore::new(pool.clone());
    store.migrate().await?;
    task::spawn(store.clone().continuously_delete_expired(std::time::Duration::from_secs(60)));
    let sessions = SessionManagerLayer::new(store)
        .with_secure(false) // the benchmark uses no TLS
        .with_expiry(Expiry::OnInactivity(time::Duration::days(1)));
    let app = Router::new()
        .route("/profile", get(profile))
        .route("/logout", get(logout))
        .route_layer(login_required!(People, login_url = "/login"))
        .route("/signup", get(signup).post(signup_post))
        .route("/login", get(login).post(login_post))
        .layer(AuthManagerLayerBuilder::new(People(pool), sessions).build());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
    axum::serve(listener, app).await?;
    Ok(())
}
