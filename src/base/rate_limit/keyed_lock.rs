//! Locks by key, held by a number of requests at once.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;
use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use rocket::tokio::time::timeout;

/// The requests in progress, by key. A key is kept only while a request holds a permit or waits for one.
/// Copies are the same lock.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyedLock(Arc<Mutex<HashMap<String, Arc<Semaphore>>>>);

impl KeyedLock {
    /// Waits for a permit; up to `most` requests hold one at once. `None` after the timeout.
    pub(super) async fn take(&self, key: &str, most: usize, longest: Duration) -> Option<KeyedGuard> {
        let semaphore = {
            let mut all = self.0.lock();
            all.entry(key.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(most))).clone()
        };
        let place = Place { lock: self.clone(), key: key.to_owned() };
        let permit = timeout(longest, semaphore.acquire_owned()).await.ok()?.ok()?;
        Some(KeyedGuard { _permit: permit, _place: place })
    }

    /// Takes the only permit of a key, or returns `None` at once if it is taken.
    pub(super) fn try_take(&self, key: &str) -> Option<KeyedGuard> {
        let semaphore = {
            let mut all = self.0.lock();
            all.entry(key.to_owned()).or_insert_with(|| Arc::new(Semaphore::new(1))).clone()
        };
        let place = Place { lock: self.clone(), key: key.to_owned() };
        let permit = semaphore.try_acquire_owned().ok()?;
        Some(KeyedGuard { _permit: permit, _place: place })
    }

    #[cfg(test)]
    fn keys(&self) -> usize {
        self.0.lock().len()
    }
}

/// A held permit. It is released when dropped.
#[derive(Debug)]
pub struct KeyedGuard {
    _permit: OwnedSemaphorePermit, // before the place, so that the last one to leave removes the key
    _place: Place,
}

/// A place in the queue or among the holders. It is left when dropped, also when the visitor disconnects.
#[derive(Debug)]
struct Place {
    lock: KeyedLock,
    key: String,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = self.lock.0.lock();
        // Only the map itself still holds it.
        if all.get(&self.key).is_some_and(|semaphore| Arc::strong_count(semaphore) == 1) {
            all.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rocket::tokio::{runtime, spawn, task::yield_now};
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn at_most_three_hold_a_key_and_nothing_is_kept_afterwards() {
        const LONG: Duration = Duration::from_secs(5);
        let runtime = runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
        runtime.block_on(async {
            let lock = KeyedLock::default();
            let (now, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
            let work = |key: &'static str| {
                let (lock, now, peak) = (lock.clone(), now.clone(), peak.clone());
                spawn(async move {
                    let permit = lock.take(key, 3, LONG).await.unwrap();
                    peak.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    yield_now().await;
                    now.fetch_sub(1, Ordering::SeqCst);
                    drop(permit);
                })
            };
            for task in (0..200).map(|_| work("one")).collect::<Vec<_>>() {
                task.await.unwrap();
            }
            assert!((1..=3).contains(&peak.load(Ordering::SeqCst)), "{peak:?}");
            assert_eq!(lock.keys(), 0);
            let held = lock.take("two", 1, LONG).await.unwrap();
            let waiting = spawn({
                let lock = lock.clone();
                async move { lock.take("two", 1, LONG).await.is_some() }
            });
            yield_now().await;
            waiting.abort(); // the visitor disconnected
            let _ = waiting.await;
            drop(held);
            assert_eq!(lock.keys(), 0);
        });
    }
}
