//! Visitors who sign up at one instance and log in at the next, several at once. Records what they were promised, and
//! checks whether it was kept.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use super::cluster::Cluster;
use super::sites::assert_consistent;
use crate::visitor::{Answer, PASSWORD, Visitor, form};

/// Visitors at a time.
const AT_ONCE: usize = 4;

/// The visitors, and what they were promised.
pub struct People {
    /// Addresses of the instances. An instance that ended may start again at another address.
    sites: RwLock<Vec<SocketAddr>>,
    next: AtomicUsize,
    promised: Mutex<Promised>,
}

/// Stops the visitors when it is dropped, even if the test fails.
struct Over<'o>(&'o AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

/// What the responses promised.
#[derive(Default)]
struct Promised {
    accounts: Vec<String>,
    sessions: Vec<Visitor>,
    /// Responses by status, where 0 means no response.
    answers: BTreeMap<u16, usize>,
    /// Responses that no visitor should get.
    strange: Vec<Answer>,
    slowest: Duration,
    /// When a visitor was last served.
    served: Option<Instant>,
}

impl People {
    pub fn new(sites: &[SocketAddr]) -> People {
        People { sites: RwLock::new(sites.to_vec()), next: AtomicUsize::new(0), promised: Mutex::default() }
    }

    /// Changes the address of an instance.
    pub fn moved(&self, instance: usize, to: SocketAddr) {
        self.sites.write().unwrap()[instance] = to;
    }

    /// Visitors come until `act` has returned. Returns its result.
    pub fn during<T>(&self, act: impl FnOnce() -> T) -> T {
        let over = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    while !over.load(Ordering::SeqCst) {
                        self.one();
                    }
                });
            }
            let _over = Over(&over);
            act()
        })
    }

    /// A new visitor signs up at one instance and logs in at the next.
    fn one(&self) {
        let n = self.next.fetch_add(1, Ordering::SeqCst);
        let email = format!("n{n}@example.org");
        let fields = [("email", &*email), ("name", "Ada"), ("password", PASSWORD)];
        if !self.send(n, "/signup", &form(&fields), "/login", &|promised, _| {
            promised.accounts.push(email.clone());
        }) {
            return;
        }
        let fields = [("email", &*email), ("password", PASSWORD)];
        self.send(n + 1, "/login", &form(&fields), "/profile", &|promised, visitor| {
            promised.sessions.push(visitor);
        });
    }

    /// Submits a form to an instance and records the response. Returns whether it leads to the expected page.
    fn send(
        &self,
        n: usize,
        path: &str,
        body: &str,
        leads: &str,
        keep: &dyn Fn(&mut Promised, Visitor),
    ) -> bool {
        let site = {
            let sites = self.sites.read().unwrap();
            sites[n % sites.len()]
        };
        let mut visitor = Visitor::at(site);
        let begun = Instant::now();
        let answer = visitor.send("POST", path, body);
        let mut promised = self.promised.lock().unwrap();
        promised.slowest = promised.slowest.max(begun.elapsed());
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        *promised.answers.entry(status).or_insert(0) += 1;
        let served = answer.as_ref().is_ok_and(|answer| answer.leads_to() == leads);
        match answer {
            _ if served => {
                promised.served = Some(Instant::now());
                keep(&mut promised, visitor);
            }
            Ok(answer) if answer.status != 503 || answer.header("retry-after").is_empty() => {
                promised.strange.push(answer);
            }
            _ => {
                drop(promised);
                thread::sleep(Duration::from_millis(20)); // visitors do not retry at once
            }
        }
        served
    }

    /// The number of promised accounts, and of promised logins.
    pub fn counts(&self) -> (usize, usize) {
        let promised = self.promised.lock().unwrap();
        (promised.accounts.len(), promised.sessions.len())
    }

    /// When a visitor was last served.
    pub fn served(&self) -> Option<Instant> {
        self.promised.lock().unwrap().served
    }

    /// The number of responses with this status, where 0 means no response.
    pub fn answered(&self, status: u16) -> usize {
        self.promised.lock().unwrap().answers.get(&status).copied().unwrap_or(0)
    }

    /// All results in words.
    pub fn in_words(&self) -> String {
        let promised = self.promised.lock().unwrap();
        format!(
            "{} sign-ups and {} logins promised, the slowest response after {:?}, responses by status {:?}",
            promised.accounts.len(),
            promised.sessions.len(),
            promised.slowest,
            promised.answers
        )
    }

    /// The time of the slowest response.
    pub fn slowest(&self) -> Duration {
        self.promised.lock().unwrap().slowest
    }

    /// Asserts that everyone who was promised an account has one and can log in, that every promised session is valid
    /// at each instance, and that there was no other response.
    pub fn are_kept(&self, cluster: &Cluster, database: &str) {
        let there = assert_consistent(cluster, database);
        let sites = self.sites.read().unwrap().clone();
        let promised = self.promised.lock().unwrap();
        assert!(promised.strange.is_empty(), "{:?}", promised.strange);
        let lost: Vec<_> = promised.accounts.iter().filter(|email| !there.contains(email)).collect();
        assert!(lost.is_empty(), "{} of {} are lost: {lost:?}", lost.len(), promised.accounts.len());
        thread::scope(|scope| {
            for worker in 0..AT_ONCE {
                let (sites, promised) = (&sites, &*promised);
                scope.spawn(move || {
                    for (n, email) in promised.accounts.iter().enumerate().skip(worker).step_by(AT_ONCE) {
                        let answer = Visitor::at(sites[n % sites.len()]).log_in(email, PASSWORD);
                        assert_eq!(answer.leads_to(), "/profile", "{email}: {answer:?}");
                    }
                    for session in promised.sessions.iter().skip(worker).step_by(AT_ONCE) {
                        for site in sites {
                            assert!(session.again_at(*site).is_logged_in(), "a session is lost at {site}");
                        }
                    }
                });
            }
        });
    }
}
