//! Reads what is kept and in use again, before it is too old to be true: then few requests wait for that. Only on a
//! server. For a file, one query shows whether anything was committed since.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rocket::tokio::spawn;
use rocket::tokio::sync::OwnedSemaphorePermit;

use super::pools::Db;
use super::read_at::ReadAt;
use super::refresh_turns::RefreshTurns;

/// Lets what is kept be read again once. What was read then is kept with a new one. Copies share it.
#[derive(Clone, Debug, Default)]
pub struct Refresh(Arc<AtomicBool>);

impl Refresh {
    /// Begins to read in the background, if it is time to, for the first caller. If that fails, the next request that needs it
    /// reads it, and says what is wrong.
    pub(crate) fn start<R>(&self, read_at: ReadAt, db: &Db, read: impl FnOnce() -> R)
    where
        R: Future<Output: Send> + Send + 'static,
    {
        if !read_at.is_due(db) {
            return;
        }
        if let Some(turn) = self.turn(db.refresh_turns()) {
            let read = read();
            spawn(async move {
                let _ = read.await;
                drop(turn);
            });
        }
    }

    /// A turn for the first caller that gets one.
    fn turn(&self, turns: &RefreshTurns) -> Option<OwnedSemaphorePermit> {
        if self.0.load(Ordering::SeqCst) {
            return None;
        }
        let turn = turns.take()?;
        (!self.0.swap(true, Ordering::SeqCst)).then_some(turn)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_again_once() {
        let (turns, one, other) = (RefreshTurns::among(100), Refresh::default(), Refresh::default());
        assert!(
            one.turn(&turns).is_some() && one.turn(&turns).is_none() && one.clone().turn(&turns).is_none()
        );
        assert!(other.turn(&turns).is_some());
    }

    #[test]
    fn what_gets_no_turn_may_try_again() {
        let (turns, one, other) = (RefreshTurns::among(2), Refresh::default(), Refresh::default());
        let taken = one.turn(&turns);
        assert!(taken.is_some() && other.turn(&turns).is_none());
        drop(taken);
        assert!(other.turn(&turns).is_some());
    }
}
