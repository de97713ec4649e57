//! A working folder, empty or with a site in it, and a snapshot of every file.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};
use tempfile::TempDir;
use vestibule::base::secret::SecretKey;

use crate::database::TestDatabase;
use crate::support::{Ended, Run, Server, binary};
use crate::visitor::Visitor;

/// Files by path, each with its mode and content.
pub type Files = BTreeMap<PathBuf, (u32, Vec<u8>)>;

/// A working folder. If the database of its site is on a server, also its URL and the key.
pub struct Folder(TempDir, Option<(TestDatabase, SecretKey)>);

impl Folder {
    /// An empty folder.
    pub fn new() -> Folder {
        let server = TestDatabase::make().map(|database| (database, SecretKey::generate()));
        Folder(tempfile::tempdir().unwrap(), server)
    }

    /// A folder in which a site has run: Ada has an account and a session, and the site was stopped.
    pub fn of_ada() -> (Folder, Visitor) {
        let folder = Folder::new();
        let server = folder.serve();
        let ada = Visitor::ada(server.address);
        assert_eq!(server.stop().status, Some(0));
        (folder, ada)
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub fn database(&self) -> PathBuf {
        self.data().join("vestibule.sqlite")
    }

    pub fn key(&self) -> PathBuf {
        self.data().join("secret.key")
    }

    /// Writes a file, and creates the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        file
    }

    /// Every file with its mode and content, except the lock, which names the last process.
    pub fn snapshot(&self) -> Files {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.file_type().unwrap().is_dir() {
                    folders.push(entry.path());
                } else if entry.file_name() != "lock" {
                    let content = fs::read(entry.path()).unwrap();
                    files.insert(entry.path(), (mode(&entry.path()), content));
                }
            }
        }
        files
    }

    /// The program with arguments, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Run {
        let run = Run::new(self.path(), arguments);
        let Some((database, key)) = &self.1 else { return run };
        run.var("VESTIBULE_DATABASE_URL", &database.url).var("ROCKET_SECRET_KEY", key.reveal())
    }

    /// The site's key, from the configuration or the folder.
    pub fn secret_key(&self) -> String {
        let kept = || fs::read_to_string(self.key()).unwrap().trim().to_owned();
        self.1.as_ref().map_or_else(kept, |(_, key)| key.reveal())
    }

    /// Gives the site another key.
    pub fn replace_key(&mut self) -> Ended {
        if let Some((_, key)) = &mut self.1 {
            *key = SecretKey::generate();
        }
        self.run(&["key", "replace"])
    }

    /// Changes the database without the program.
    pub fn sql(&self, statements: &[&str]) {
        self.behind_its_back(async |connection| {
            for statement in statements {
                connection.execute(AssertSqlSafe(statement.to_string())).await.unwrap();
            }
        });
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        let count = AssertSqlSafe(format!("select count(*) from {table}"));
        self.behind_its_back(async |connection| {
            sqlx::query_scalar(count).fetch_one(connection).await.unwrap()
        })
    }

    fn behind_its_back<T>(&self, act: impl AsyncFnOnce(&mut AnyConnection) -> T) -> T {
        let file = || format!("sqlite://{}", self.database().display());
        let place = self.1.as_ref().map_or_else(file, |(database, _)| database.url.clone());
        let runtime = rocket::tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            sqlx::any::install_default_drivers();
            let mut connection = AnyConnection::connect(&place).await.unwrap();
            let done = act(&mut connection).await;
            connection.close().await.unwrap();
            done
        })
    }

    /// Runs the program with arguments to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).finish()
    }

    /// Types a line of a page: the program is called as one that is installed.
    pub fn types(&self, line: &str) -> Ended {
        let programs = self.path().join("bin");
        if !programs.exists() {
            fs::create_dir(&programs).unwrap();
            std::os::unix::fs::symlink(binary(), programs.join("vestibule")).unwrap();
        }
        let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap());
        self.command(&[]).through(&["sh", "-c", line]).var("PATH", path).finish()
    }

    /// Starts the site on a free port.
    pub fn serve(&self) -> Server {
        self.command(&["--port", "0"]).start()
    }
}

/// The permission bits of a file or folder.
pub fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}
