//! The database of a test's site on a PostgreSQL server, if `VESTIBULE_TEST_DATABASE_URL` names one: created
//! for the test and dropped after it.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use rocket::tokio::runtime::{Builder, Runtime};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use url::Url;

const VARIABLE: &str = "VESTIBULE_TEST_DATABASE_URL";

/// A database on a server. Dropping this value drops the database.
#[derive(Debug)]
pub struct TestDatabase {
    /// Its address, for the setting `database_url`.
    pub url: String,
    name: String,
}

impl TestDatabase {
    /// A database with Vestibule's own tables, if the tests run on a server. They are there already, since creating
    /// them takes longer than copying them.
    pub fn make() -> Option<TestDatabase> {
        TestDatabase::copy_of(template)
    }

    /// An empty database, if the tests run on a server.
    pub fn make_empty() -> Option<TestDatabase> {
        TestDatabase::copy_of(|_| "template0")
    }

    fn copy_of(template: fn(&str) -> &'static str) -> Option<TestDatabase> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let server = std::env::var(VARIABLE).ok()?;
        let name = format!("vestibule_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::SeqCst));
        let url = beside(&server, &name);
        make(&server, &name, template(&server));
        Some(TestDatabase { url, name })
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let server = std::env::var(VARIABLE).unwrap();
        ask(&server, &format!("drop database {} with (force)", self.name));
    }
}

/// The database that the others are copies of: created once in each process.
fn template(server: &str) -> &'static str {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("vestibule_test_{}_template", std::process::id());
        make(server, &name, "template0");
        runtime().block_on(async {
            sqlx::any::install_default_drivers();
            let mut connection = AnyConnection::connect(&beside(server, &name)).await.unwrap();
            sqlx::migrate!().run(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        });
        name
    })
}

fn make(server: &str, name: &str, template: &str) {
    ask(server, &format!("create database {name} template {template} encoding 'UTF8'"));
}

/// Another database on the same server.
fn beside(server: &str, name: &str) -> String {
    let mut url: Url = server.parse().unwrap();
    url.set_path(name);
    url.into()
}

fn ask(server: &str, statement: &str) {
    runtime().block_on(async {
        sqlx::any::install_default_drivers();
        let mut connection = AnyConnection::connect(server).await.unwrap();
        connection.execute(AssertSqlSafe(statement.to_owned())).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// The tests do not run in an async runtime.
fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}
