//! The program that is measured. It runs in a separate folder, with rate limits that no measurement reaches.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sqlx::{AnyConnection, Connection};
use tempfile::TempDir;
use vestibule::base::secret::SecretKey;

use super::child::{Server, free_port};
use super::client::{get, post};
use super::people;

/// The release build that is measured.
pub fn binary() -> PathBuf {
    env::var_os("VESTIBULE_TEST_BINARY")
        .map_or_else(|| env!("CARGO_BIN_EXE_vestibule").into(), |named| fs::canonicalize(named).unwrap())
}

/// Starts the site on a data folder.
pub async fn start(folder: &Path) -> Server {
    start_with(folder, &[]).await
}

/// The same with additional settings, as variables.
async fn start_with(folder: &Path, settings: &[(&str, String)]) -> Server {
    let port = free_port();
    let mut command = Command::new(binary());
    command.current_dir(folder).env_clear().args(["--port", &port.to_string()]);
    for limit in [
        "FREE_GUESSES",
        "WRONG_PASSWORDS",
        "LOGINS",
        "REAUTHENTICATIONS",
        "SIGNUPS",
        "NEW_PASSWORDS",
        "FORMS",
    ] {
        command.env(format!("VESTIBULE_LIMIT_{limit}"), "1000000");
    }
    command.envs(settings.iter().map(|(name, value)| (name, value)));
    Server::start(&mut command, port, "/health").await
}

/// A database with accounts and sessions, and the folder of its site.
pub struct Crowd {
    folder: TempDir,
    /// Additional settings of the site.
    settings: Vec<(&'static str, String)>,
    pub accounts: usize,
    /// One cookie for each session whose token is known.
    cookies: Vec<String>,
}

impl Crowd {
    /// A crowd in the file that a site creates.
    pub async fn make(accounts: usize, sessions: usize) -> Crowd {
        let mut crowd = Crowd::begun(accounts, Vec::new()).await;
        let (mut connection, key) = crowd.open().await;
        crowd.cookies = people::fill(&mut connection, key.reveal_bytes(), accounts, sessions).await;
        close(connection).await;
        crowd
    }

    /// The file of a crowd that is in one, and the key of its site, which must not run.
    pub async fn open(&self) -> (AnyConnection, SecretKey) {
        let data = self.folder.path().join("data");
        let key = SecretKey::parse(&fs::read_to_string(data.join("secret.key")).unwrap()).unwrap();
        let url = format!("sqlite://{}", data.join("vestibule.sqlite").display());
        let mut connection = people::connect(&url).await.unwrap();
        // No other program uses the file, and after a power loss it can be created again.
        told(&mut connection, &["pragma synchronous = off", "pragma cache_size = -400000"]).await;
        (connection, key)
    }

    /// A crowd in an empty database on a PostgreSQL server.
    pub async fn on_server(url: &str, accounts: usize, sessions: usize) -> Crowd {
        let key = SecretKey::generate();
        let settings = vec![("VESTIBULE_DATABASE_URL", url.to_owned()), ("ROCKET_SECRET_KEY", key.reveal())];
        let mut crowd = Crowd::begun(accounts, settings).await;
        let mut connection = people::connect(url).await.unwrap();
        crowd.cookies = people::fill(&mut connection, key.reveal_bytes(), accounts, sessions).await;
        // Otherwise the server would do this by default within a minute or two, during the measurement.
        told(&mut connection, &["vacuum analyze", "checkpoint"]).await;
        connection.close().await.unwrap();
        crowd
    }

    /// A site without accounts that has run once and created its tables.
    async fn begun(accounts: usize, settings: Vec<(&'static str, String)>) -> Crowd {
        let crowd = Crowd { folder: tempfile::tempdir().unwrap(), settings, accounts, cookies: Vec::new() };
        crowd.start().await.stop();
        crowd
    }

    pub async fn start(&self) -> Server {
        start_with(self.folder.path(), &self.settings).await
    }

    /// The same behind a proxy on this machine, which is trusted.
    pub async fn start_behind_proxy(&self) -> Server {
        let trusted = ("VESTIBULE_TRUSTED_PROXIES", "127.0.0.1".to_owned());
        start_with(self.folder.path(), &[&*self.settings, &[trusted]].concat()).await
    }

    /// Another instance on the same database, which is on a server.
    pub async fn start_another(&self) -> Server {
        let folder = self.folder.path().join("another");
        fs::create_dir(&folder).unwrap();
        start_with(&folder, &self.settings).await
    }

    /// The size of the database, in bytes.
    pub fn size(&self) -> u64 {
        fs::metadata(self.folder.path().join("data/vestibule.sqlite")).unwrap().len()
    }

    /// Clients that request the protected page, each with its own session.
    pub fn visitors(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let cookies = self.cookies.iter().take(clients);
        cookies.map(|cookie| vec![get("/profile", Some(cookie))]).collect()
    }

    /// The same with all sessions in turn, so that successive requests hardly ever use the same session.
    pub fn visitors_of_all_sessions(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let share = self.cookies.len() / clients;
        let pages = |cookies: &[String]| cookies.iter().map(|cookie| get("/profile", Some(cookie))).collect();
        self.cookies.chunks(share).take(clients).map(pages).collect()
    }

    /// Clients that log in repeatedly, each to its own account, because password checks of one account run one after
    /// another. They use the last accounts: an account has a limited number of sessions, and those of the visitors,
    /// who have the first accounts, must not end.
    pub fn log_ins(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let log_in =
            |number| post("/login", &[("email", &people::email(number)), ("password", people::PASSWORD)]);
        (self.accounts - clients..self.accounts).map(|before| vec![log_in(before + 1)]).collect()
    }

    /// Clients that sign up with new addresses, made from `round` and a number.
    pub fn sign_ups(clients: usize, round: usize, each: usize) -> Vec<Vec<Vec<u8>>> {
        let sign_up = |client, number| {
            let email = format!("new-{round}-{client}-{number}@example.org");
            post("/signup", &[("email", &email), ("name", "Ada"), ("password", people::PASSWORD)])
        };
        (0..clients).map(|client| (0..each).map(|number| sign_up(client, number)).collect()).collect()
    }
}

/// Closes the file of a crowd, with all that was written in it.
pub async fn close(mut connection: AnyConnection) {
    told(&mut connection, &["pragma wal_checkpoint(truncate)"]).await;
    connection.close().await.unwrap();
}

/// Runs statements that return no rows.
async fn told(connection: &mut AnyConnection, statements: &[&'static str]) {
    for statement in statements {
        sqlx::query(*statement).execute(&mut *connection).await.unwrap();
    }
}
