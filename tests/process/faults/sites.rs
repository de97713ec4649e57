//! A site for a fault test: its folder on a separate disk, visitors who sign up meanwhile, and the accounts that they
//! were promised.

use std::collections::BTreeSet;
use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::tools::does;
use crate::folder::Folder;
use crate::support::{Run, Server};
use crate::visitor::{Answer, PASSWORD, Visitor, form, texts_of};

/// A folder whose data is on a disk in memory of a given size. Needs root.
pub struct SmallDisk {
    pub folder: Folder,
    data: PathBuf,
}

impl SmallDisk {
    pub fn of_mib(size: usize) -> Option<SmallDisk> {
        let folder = Folder::new();
        let data = folder.data();
        fs::create_dir(&data).unwrap();
        let size = format!("size={size}m,mode=700");
        let mounted = does("mount", &["-t", "tmpfs", "-o", &size, "tmpfs", data.to_str().unwrap()]);
        if !mounted {
            println!("skipped, since no disk in memory can be mounted here: {size}");
        }
        mounted.then_some(SmallDisk { folder, data })
    }

    /// Fills it until only this many bytes are free.
    pub fn fill(&self, but_for: u64) {
        let filler = self.data.join("filler");
        let mut length = fs::metadata(&filler).map_or(0, |known| known.len());
        let mut file = fs::OpenOptions::new().create(true).append(true).open(&filler).unwrap();
        while std::io::Write::write_all(&mut file, &[b'x'; 4096]).is_ok() {
            length += 4096;
        }
        file.set_len(length - but_for.min(length)).unwrap();
    }

    /// Frees the space again.
    pub fn empty(&self) {
        fs::remove_file(self.data.join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        does("umount", &["-l", self.data.to_str().unwrap()]);
    }
}

/// The site on a free port, with raised rate limits.
pub fn patient(folder: &Folder) -> Run {
    folder.command(&["--port", "0"]).patient()
}

/// Asserts that the output contains no panic and no broken page.
pub fn assert_log_is_clean(said: &str) {
    assert!(!said.contains("panic") && !said.contains("sys_broken"), "{said}");
}

/// Visitors who sign up, several at once, and the responses that they got.
#[derive(Default)]
pub struct SignUps {
    next: AtomicUsize,
    /// Addresses that were told that their account exists.
    promised: Mutex<BTreeSet<String>>,
    /// The number of sign-ups that were told to retry.
    put_off: AtomicUsize,
    /// All other responses.
    strange: Mutex<Vec<Answer>>,
}

impl SignUps {
    /// Signs up one new person. Returns the status of the answer, if there was one.
    pub fn one(&self, address: SocketAddr) -> Option<u16> {
        let email = format!("n{}@example.org", self.next.fetch_add(1, Ordering::SeqCst));
        let answer = self.send(address, &email).ok()?;
        let status = answer.status;
        match (status, answer.leads_to()) {
            (303, "/login") => drop(self.promised.lock().unwrap().insert(email)),
            (503, _) => drop(self.put_off.fetch_add(1, Ordering::SeqCst)),
            _ => self.strange.lock().unwrap().push(answer),
        }
        Some(status)
    }

    fn send(&self, address: SocketAddr, email: &str) -> std::io::Result<Answer> {
        let fields = [("email", email), ("name", "Ada"), ("password", PASSWORD)];
        Visitor::at(address).send("POST", "/signup", &form(&fields))
    }

    /// Four visitors at a time sign up until the site is gone or `act` has returned. Returns its result.
    pub fn during<T>(&self, address: SocketAddr, act: impl FnOnce() -> T) -> T {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut answered = true;
                    while answered && !over.load(Ordering::SeqCst) {
                        answered = self.one(address).is_some();
                    }
                });
            }
            let done = act();
            over.store(true, Ordering::SeqCst);
            done
        })
    }

    /// The number of promised accounts.
    pub fn count(&self) -> usize {
        self.promised.lock().unwrap().len()
    }

    /// The number of sign-ups that were told to retry.
    pub fn put_off(&self) -> usize {
        self.put_off.load(Ordering::SeqCst)
    }

    /// The last address, by its name, that was promised an account.
    pub fn last(&self) -> Option<String> {
        self.promised.lock().unwrap().last().cloned()
    }

    /// Asserts that everyone who was promised an account has one, and that there was no other response.
    pub fn are_kept(&self, database: &Path) {
        let there: BTreeSet<_> = texts_of(database, "select email from accounts").into_iter().collect();
        let promised = self.promised.lock().unwrap();
        let lost: Vec<_> = promised.difference(&there).collect();
        assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), promised.len());
        let strange = self.strange.lock().unwrap();
        assert!(strange.is_empty(), "{strange:?}");
    }
}

/// Asserts that the owner of an account can log in as a new visitor.
pub fn assert_can_log_in(server: &Server, email: &str) {
    let answer = Visitor::at(server.address).log_in(email, PASSWORD);
    assert_eq!(answer.leads_to(), "/profile", "{email}: {answer:?}");
}
