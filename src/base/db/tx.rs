//! A transaction that writes, and the count of those this process has committed. What was read before the count moved may
//! be out of date; whoever keeps something they read keeps the count beside it.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::{Any, Transaction};

/// How many transactions this process has committed. Copies count together.
#[derive(Clone, Debug, Default)]
pub(super) struct Version(Arc<AtomicU64>);

impl Version {
    pub(super) fn now(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Moves the count when it is dropped: also where somebody goes away while a commit is under way, which may hold.
struct Move<'v>(&'v Version);

impl Drop for Move<'_> {
    fn drop(&mut self) {
        self.0.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// A transaction that writes. Dropped without [`commit`](Self::commit), it changes nothing.
pub struct Tx {
    transaction: Transaction<'static, Any>,
    version: Version,
}

impl Tx {
    pub(super) fn new(transaction: Transaction<'static, Any>, version: Version) -> Tx {
        Tx { transaction, version }
    }

    /// Makes what was done hold. There is no other way, so none that would leave the count where it is.
    pub async fn commit(self) -> sqlx::Result<()> {
        let _move = Move(&self.version);
        self.transaction.commit().await
    }
}

impl Deref for Tx {
    type Target = Transaction<'static, Any>;

    fn deref(&self) -> &Self::Target {
        &self.transaction
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.transaction
    }
}
