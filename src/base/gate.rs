//! A gate before work that takes long: so many do it at once, a short queue stands behind them, and past that the answer is
//! [`Failure::Busy`] at once. Without a gate a burst of such work takes memory and processors from everything else, and all
//! of it slows down together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rocket::tokio::sync::Semaphore;
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::timeout;

/// How many may wait for a place.
pub const QUEUE: usize = 64;
/// How long one waits for a place before the answer is [`Failure::Busy`].
pub const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Why there is no answer.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// Too many ask for the same work; try again in a few seconds.
    Busy,
    /// A computation ended without a result.
    Broken,
}

/// A gate. Copies are the same gate.
#[derive(Clone)]
pub struct Gate {
    places: Arc<Semaphore>,
    waiting: Arc<AtomicUsize>,
}

impl Gate {
    /// A gate behind which so many work at once.
    pub fn new(places: usize) -> Gate {
        Gate { places: Arc::new(Semaphore::new(places.max(1))), waiting: Arc::default() }
    }

    /// Does work on a thread that may block, once it is its turn. When the visitor goes away meanwhile, the place stays taken
    /// until the work is really done.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let queued = Queued::join(&self.waiting)?;
        let place = timeout(LONGEST_WAIT, self.places.clone().acquire_owned()).await;
        let place = place.ok().and_then(Result::ok).ok_or(Failure::Busy)?;
        drop(queued);
        let work = spawn_blocking(move || {
            let _place = place; // given back also by a panic
            work()
        });
        work.await.map_err(|_| Failure::Broken)
    }

    /// Whether nobody more may wait for a place now: for those who would do other work before asking for one.
    pub fn is_full(&self) -> bool {
        self.waiting() >= QUEUE
    }

    /// How many wait for a place now.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }
}

/// A place in the queue, left when dropped: also when the visitor goes away.
struct Queued(Arc<AtomicUsize>);

impl Queued {
    fn join(waiting: &Arc<AtomicUsize>) -> Result<Queued, Failure> {
        let place = Queued(waiting.clone());
        if waiting.fetch_add(1, Ordering::SeqCst) < QUEUE { Ok(place) } else { Err(Failure::Busy) }
    }
}

impl Drop for Queued {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}
