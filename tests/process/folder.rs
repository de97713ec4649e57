//! A working folder, empty or with a site in it, and a look at every file of it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Ended, Run, Server};
use crate::visitor::Visitor;

/// Files by their place, each with its mode and content.
pub type Files = BTreeMap<PathBuf, (u32, Vec<u8>)>;

/// A working folder.
pub struct Folder(TempDir);

impl Folder {
    /// An empty one.
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// One in which a site has run: Ada has an account and a session, and the site was stopped.
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

    /// Writes a file and the folders above it.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, content).unwrap();
        file
    }

    /// Every file with its mode and content. The lock is left out: it names whoever came last.
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
        Run::new(self.path(), arguments)
    }

    /// The program with arguments, run to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.command(arguments).finish()
    }

    /// The site, on a free port.
    pub fn serve(&self) -> Server {
        self.command(&["--port", "0"]).start()
    }
}

/// The permission bits of a file or folder.
pub fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}
