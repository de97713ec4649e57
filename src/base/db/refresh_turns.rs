//! How much is read again at the same time before a request needs it.

use std::sync::Arc;

use rocket::tokio::sync::{OwnedSemaphorePermit, Semaphore};
use sqlx::AnyPool;

/// Most reads, if there are connections enough. What gets no turn is read by the next request that needs it.
const MOST: usize = 4;

/// The turns of a database. Copies share them.
#[derive(Clone, Debug)]
pub(super) struct RefreshTurns(Arc<Semaphore>);

impl RefreshTurns {
    /// The turns on a pool. At least half of its connections are left to requests.
    pub(super) fn of(pool: &AnyPool) -> RefreshTurns {
        RefreshTurns::among(pool.options().get_max_connections() as usize)
    }

    /// The turns on this many connections.
    pub(super) fn among(connections: usize) -> RefreshTurns {
        RefreshTurns(Arc::new(Semaphore::new((connections / 2).clamp(1, MOST))))
    }

    /// A turn, if one is free. It ends when it is dropped.
    pub(super) fn take(&self) -> Option<OwnedSemaphorePermit> {
        self.0.clone().try_acquire_owned().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_have_a_turn_and_leave_half_of_the_connections_to_requests() {
        for (connections, most) in [(1, 1), (2, 1), (6, 3), (10, MOST), (100, MOST)] {
            let turns = RefreshTurns::among(connections);
            let mut taken: Vec<_> = (0..most).filter_map(|_| turns.take()).collect();
            assert!(taken.len() == most && turns.take().is_none(), "{connections}");
            taken.pop();
            assert!(turns.take().is_some(), "{connections}");
        }
    }
}
