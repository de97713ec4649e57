//! How many statements this program has sent to its database: each is a trip to a server, or to the thread of a
//! file. Beginning and committing a transaction are not among them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The number. Copies share it.
#[derive(Clone, Debug, Default)]
pub(super) struct StatementCount(Arc<AtomicU64>);

impl StatementCount {
    /// The number until now.
    pub(super) fn now(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    /// Counts one that is about to be sent.
    pub(super) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}
