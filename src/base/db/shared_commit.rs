//! One commit for what many requests write at the same time. Only for a file, which flushes one commit after another to
//! the disk. A server flushes those of several connections at once.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rocket::tokio::sync::{Mutex as Turn, OnceCell};

use super::engine::Engine;
use super::many::ROWS_AT_ONCE;
use super::pools::Db;

/// The result of a write. Those who share a commit share its error.
pub type SharedResult = Result<(), Arc<sqlx::Error>>;

/// Collects values while others are being written, and writes them with one statement. Copies share it.
#[derive(Debug)]
pub struct SharedCommit<T> {
    collecting: Arc<Mutex<Arc<Batch<T>>>>,
    /// Held by the batch that is being written. The next one collects meanwhile.
    turn: Arc<Turn<()>>,
}

/// Values that are written together.
#[derive(Debug)]
struct Batch<T> {
    values: Mutex<Vec<T>>,
    written: OnceCell<SharedResult>,
}

impl<T: Clone> SharedCommit<T> {
    /// Writes a value, and waits for its commit. The first caller of a batch writes it; if that request is dropped meanwhile,
    /// another one does. So a value may be written twice.
    pub(crate) async fn write<W>(&self, db: &Db, value: T, write: impl FnOnce(Vec<T>) -> W) -> SharedResult
    where
        W: Future<Output = sqlx::Result<()>>,
    {
        match db.engine() {
            Engine::Sqlite => self.share(value, write).await,
            Engine::Postgres => write(vec![value]).await.map_err(Arc::new),
        }
    }

    async fn share<W>(&self, value: T, write: impl FnOnce(Vec<T>) -> W) -> SharedResult
    where
        W: Future<Output = sqlx::Result<()>>,
    {
        let batch = self.join(value);
        let written = batch.written.get_or_init(|| async {
            let _turn = self.turn.lock().await;
            write(self.values_of(&batch)).await.map_err(Arc::new)
        });
        written.await.clone()
    }

    /// The batch that a value is now part of.
    fn join(&self, value: T) -> Arc<Batch<T>> {
        let mut collecting = locked(&self.collecting);
        if locked(&collecting.values).len() >= ROWS_AT_ONCE {
            *collecting = Arc::default();
        }
        locked(&collecting.values).push(value);
        collecting.clone()
    }

    /// The values of a batch, to which none is added from now on.
    fn values_of(&self, batch: &Arc<Batch<T>>) -> Vec<T> {
        let mut collecting = locked(&self.collecting);
        if Arc::ptr_eq(&collecting, batch) {
            *collecting = Arc::default();
        }
        locked(&batch.values).clone()
    }
}

fn locked<V>(mutex: &Mutex<V>) -> MutexGuard<'_, V> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<T> Default for Batch<T> {
    fn default() -> Batch<T> {
        Batch { values: Mutex::default(), written: OnceCell::new() }
    }
}

impl<T> Default for SharedCommit<T> {
    fn default() -> SharedCommit<T> {
        SharedCommit { collecting: Arc::default(), turn: Arc::default() }
    }
}

impl<T> Clone for SharedCommit<T> {
    fn clone(&self) -> SharedCommit<T> {
        SharedCommit { collecting: self.collecting.clone(), turn: self.turn.clone() }
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use rocket::futures::FutureExt;
    use rocket::futures::future::{join, join_all};

    use super::*;

    /// What was written, in batches.
    type Log = Mutex<Vec<Vec<usize>>>;

    async fn note(log: &Log, values: Vec<usize>) -> sqlx::Result<()> {
        locked(log).push(values);
        Ok(())
    }

    #[rocket::async_test]
    async fn what_waits_while_another_batch_is_written_is_written_together() {
        let (log, commit) = (Log::default(), SharedCommit::default());
        let written = commit.turn.lock().await;
        let mut all =
            Box::pin(join_all((1..=3).map(|value| commit.share(value, |values| note(&log, values)))));
        assert!(all.as_mut().now_or_never().is_none() && locked(&log).is_empty());
        drop(written);
        assert!(all.await.iter().all(Result::is_ok));
        assert!(commit.share(4, |values| note(&log, values)).await.is_ok());
        assert_eq!(*locked(&log), [vec![1, 2, 3], vec![4]]);
    }

    #[rocket::async_test]
    async fn a_batch_has_no_more_values_than_a_statement_has_rows() {
        let (log, commit) = (Log::default(), SharedCommit::default());
        let written = commit.turn.lock().await;
        let all = (0..=ROWS_AT_ONCE).map(|value| commit.share(value, |values| note(&log, values)));
        let mut all = Box::pin(join_all(all));
        assert!(all.as_mut().now_or_never().is_none());
        drop(written);
        assert!(all.await.iter().all(Result::is_ok));
        let lengths: Vec<usize> = locked(&log).iter().map(Vec::len).collect();
        assert_eq!(lengths, [ROWS_AT_ONCE, 1]);
    }

    #[rocket::async_test]
    async fn all_of_a_batch_get_its_error_and_the_next_one_is_tried() {
        let (log, commit) = (Log::default(), SharedCommit::default());
        let written = commit.turn.lock().await;
        let fail = |_| async { Err(sqlx::Error::PoolTimedOut) };
        let mut both = Box::pin(join(commit.share(1, fail), commit.share(2, fail)));
        assert!(both.as_mut().now_or_never().is_none());
        drop(written);
        let (one, other) = both.await;
        assert!(one.is_err() && other.is_err());
        assert!(commit.share(3, |values| note(&log, values)).await.is_ok());
        assert_eq!(*locked(&log), [vec![3]]);
    }

    #[rocket::async_test]
    async fn what_a_dropped_request_was_writing_is_written_by_another_one() {
        let (log, commit) = (Log::default(), SharedCommit::default());
        let written = commit.turn.lock().await;
        let mut first = Box::pin(commit.share(1, |_| pending()));
        let mut other = Box::pin(commit.share(2, |values| note(&log, values)));
        assert!(first.as_mut().now_or_never().is_none() && other.as_mut().now_or_never().is_none());
        drop(written);
        assert!(first.as_mut().now_or_never().is_none(), "it is writing");
        drop(first);
        assert!(other.await.is_ok());
        assert_eq!(*locked(&log), [vec![1, 2]]);
    }
}
