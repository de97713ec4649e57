//! The database of an app, without its site: opened by its program, and by others.

use std::fs;
use std::path::PathBuf;

use rocket::tokio::runtime::{Builder, Runtime};
use sqlx::{AnyConnection, AssertSqlSafe, Connection};
use tempfile::TempDir;
use vestibule::base::secret::SecretKey;
use vestibule::base::{Db, Program, Refusal, Settings, config, db};
use vestibule::testing::TestDatabase;

/// A program with these migrations: `app_with!("notes", "0001_notes.sql" => "create table app_notes (id text)")`.
macro_rules! app_with {
    ($name:literal $(, $file:literal => $text:expr)*) => {{
        fn names() -> Vec<String> {
            vec![$($file.to_owned()),*]
        }
        fn read(path: &str) -> Option<std::borrow::Cow<'static, [u8]>> {
            let files: &'static [(&'static str, &'static str)] = &[$(($file, $text)),*];
            let found = files.iter().find(|(name, _)| *name == path);
            found.map(|&(_, text)| std::borrow::Cow::Borrowed(text.as_bytes()))
        }
        let migrations = vestibule::base::program::Folder::new(names, read, "");
        let files = vestibule::base::program::AppFiles { migrations, ..Default::default() };
        vestibule::base::Program::of_app($name, "1.0.0", files)
    }};
}
pub(crate) use app_with;

/// A place for a database: a file, or on the tests' server, if there is one.
pub struct Place {
    folder: TempDir,
    server: Option<TestDatabase>,
    key: SecretKey,
    runtime: Runtime,
}

impl Place {
    /// One of the engine that the tests run on.
    pub fn new() -> Place {
        Place::on(TestDatabase::make())
    }

    /// A file.
    pub fn file() -> Place {
        Place::on(None)
    }

    fn on(server: Option<TestDatabase>) -> Place {
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        Place { folder: tempfile::tempdir().unwrap(), server, key: SecretKey::generate(), runtime }
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        self.server.is_none()
    }

    /// The settings of a program that uses it.
    pub fn settings(&self, program: &Program) -> Settings {
        let mut layers = config::defaults().merge(("vestibule.data_dir", self.folder.path()));
        if let Some(server) = &self.server {
            layers = layers.merge(("vestibule.database_url", &server.url));
            layers = layers.merge(("vestibule.database_connections", 2));
        }
        config::read_for(program, layers).unwrap().settings
    }

    /// Does some work with it, as a start of a program does. Returns what stopped the start.
    pub fn with<T>(&self, program: &Program, work: impl AsyncFnOnce(&Db) -> T) -> Result<T, String> {
        self.runtime.block_on(async {
            let opened = db::open(&self.settings(program), &self.key).await;
            let db = opened.map_err(|refusal: Refusal| refusal.to_string())?;
            let done = work(&db).await;
            db.close().await;
            Ok(done)
        })
    }

    /// Starts a program and stops it.
    pub fn start(&self, program: &Program) -> Result<(), String> {
        self.with(program, async |_| ())
    }

    /// Moves it to another place.
    pub fn move_to(&self, other: &Place, program: &Program) -> Result<Vec<String>, String> {
        let (from, to) = (self.settings(program), other.settings(program));
        let moved = db::move_to(&from, &to, std::future::pending());
        let moved = self.runtime.block_on(moved).map_err(|refusal| refusal.to_string())?;
        Ok(moved.into_iter().map(|table| format!("{} {}", table.table, table.rows)).collect())
    }

    /// Its secret key.
    pub fn with_key_of(mut self, other: &Place) -> Place {
        self.key = other.key.clone();
        self
    }

    /// The file.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("vestibule.sqlite")
    }

    /// The names of the files in its folder.
    pub fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// All that is in it: the bytes of the file, or the tables and migrations on the server.
    pub fn state(&self) -> Vec<u8> {
        let Some(server) = &self.server else { return fs::read(self.database()).unwrap() };
        let select = "select string_agg(name, ' ' order by name) from (select tablename::text as name from pg_tables \
                      where schemaname = 'public' union all select 'migration ' || version from _sqlx_migrations \
                      union all select name || value from meta where name <> 'open') as everything";
        self.runtime.block_on(async {
            let mut connection = AnyConnection::connect(&server.url).await.unwrap();
            let state: String = sqlx::query_scalar(select).fetch_one(&mut connection).await.unwrap();
            connection.close().await.unwrap();
            state.into_bytes()
        })
    }
}

/// Changes a database.
pub async fn change(db: &Db, statement: &str) {
    sqlx::query(AssertSqlSafe(statement.to_owned())).execute(db.writer()).await.unwrap();
}

/// Adds an account with this id.
pub async fn add_account(db: &Db, id: &str) {
    let insert = "insert into accounts (id, email, email_key, name, created_at, updated_at) values ($1, $1, $1, $1, 0, 0)";
    sqlx::query(insert).bind(id).execute(db.writer()).await.unwrap();
}

/// A number from a database.
pub async fn number(db: &Db, select: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(select.to_owned())).fetch_one(db.reader()).await.unwrap()
}
