//! The program under measurement: started in a folder of its own, with limits that no measurement reaches.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use tempfile::TempDir;
use vestibule::base::secret::Key;

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
    let port = free_port();
    let mut command = Command::new(binary());
    command.current_dir(folder).env_clear().args(["--port", &port.to_string()]);
    for limit in ["FREE_GUESSES", "WRONG_PASSWORDS", "LOGINS", "REAUTHENTICATIONS", "SIGNUPS", "FORMS"] {
        command.env(format!("VESTIBULE_LIMIT_{limit}"), "1000000");
    }
    Server::start(&mut command, port, "/health").await
}

/// A data folder full of people.
pub struct Crowd {
    folder: TempDir,
    pub accounts: usize,
    /// One cookie for each session that somebody holds.
    cookies: Vec<String>,
}

impl Crowd {
    pub async fn make(accounts: usize, sessions: usize) -> Crowd {
        let folder = tempfile::tempdir().unwrap();
        start(folder.path()).await.stop();
        let data = folder.path().join("data");
        let key = Key::parse(&fs::read_to_string(data.join("secret.key")).unwrap()).unwrap();
        let database = data.join("vestibule.sqlite");
        let cookies = people::fill(&database, key.reveal_bytes(), accounts, sessions).await;
        Crowd { folder, accounts, cookies }
    }

    pub async fn start(&self) -> Server {
        start(self.folder.path()).await
    }

    /// The size of the database, in bytes.
    pub fn size(&self) -> u64 {
        fs::metadata(self.folder.path().join("data/vestibule.sqlite")).unwrap().len()
    }

    /// Clients that ask for the protected page, each in a session of its own.
    pub fn visitors(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let cookies = self.cookies.iter().take(clients);
        cookies.map(|cookie| vec![get("/profile", Some(cookie))]).collect()
    }

    /// The same from all sessions in turn: hardly any two requests in a row come from the same.
    pub fn visitors_of_all_sessions(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let share = self.cookies.len() / clients;
        let pages = |cookies: &[String]| cookies.iter().map(|cookie| get("/profile", Some(cookie))).collect();
        self.cookies.chunks(share).take(clients).map(pages).collect()
    }

    /// Clients that log in again and again, each to an account of its own: guesses at one account take turns.
    pub fn log_ins(&self, clients: usize) -> Vec<Vec<Vec<u8>>> {
        let log_in =
            |number| post("/login", &[("email", &people::email(number)), ("password", people::PASSWORD)]);
        (1..=clients).map(|number| vec![log_in(number)]).collect()
    }

    /// Clients that sign up, with addresses that nobody has used: `round` and a number.
    pub fn sign_ups(clients: usize, round: usize, each: usize) -> Vec<Vec<Vec<u8>>> {
        let sign_up = |client, number| {
            let email = format!("new-{round}-{client}-{number}@example.org");
            post("/signup", &[("email", &email), ("name", "Ada"), ("password", people::PASSWORD)])
        };
        (0..clients).map(|client| (0..each).map(|number| sign_up(client, number)).collect()).collect()
    }
}
