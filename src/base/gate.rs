//! A gate for work that takes long. A fixed number of tasks run at once, and a short queue waits behind them.
//! Beyond that the answer is [`Failure::Busy`] immediately. Without a gate, a burst of such work takes memory
//! and processors from everything else, and all of it slows down together.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use rocket::tokio::task::spawn_blocking;
use rocket::tokio::time::{Instant, timeout_at};

/// The length of the queue.
pub const QUEUE: usize = 64;
/// Timeout of a wait in the queue, after which the answer is [`Failure::Busy`].
pub const LONGEST_WAIT: Duration = Duration::from_secs(5);

/// Why there is no answer.
#[derive(Debug, PartialEq)]
pub enum Failure {
    /// Too many requests for the same work; retry in a few seconds.
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
    /// A gate that lets this many tasks run at once.
    pub fn new(places: usize) -> Gate {
        Gate { places: Arc::new(Semaphore::new(places.max(1))), waiting: Arc::default() }
    }

    /// Runs work on a thread that may block, when its turn comes. If the visitor disconnects, the place stays
    /// taken until the work is really finished.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let place = self.place(Instant::now() + LONGEST_WAIT).await?;
        holding(place, work).await
    }

    /// Waits in the queue for a place, until a moment.
    pub(super) async fn place(&self, until: Instant) -> Result<OwnedSemaphorePermit, Failure> {
        let _queued = Queued::join(&self.waiting)?;
        let place = timeout_at(until, self.places.clone().acquire_owned()).await;
        place.ok().and_then(Result::ok).ok_or(Failure::Busy)
    }

    /// Whether the queue is full: for callers with other work to do before they join it.
    pub fn is_full(&self) -> bool {
        self.waiting() >= QUEUE
    }

    /// How many are in the queue.
    pub fn waiting(&self) -> usize {
        self.waiting.load(Ordering::SeqCst)
    }
}

/// Does work on a thread that may block. What it holds is given back afterwards, also after a panic.
pub(super) async fn holding<T: Send + 'static>(
    held: impl Send + 'static,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    let work = spawn_blocking(move || {
        let _held = held;
        work()
    });
    work.await.map_err(|_| Failure::Broken)
}

/// A place in the queue. Dropping it leaves the queue, also when the visitor disconnects.
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
