//! How a program knows that the database is still its own to write.

use sqlx::AnyConnection;

use super::lease::Lease;
use super::meta;

/// What prevents a database from being moved while a program writes to it.
#[derive(Debug)]
pub(super) enum Hold {
    /// The lock on a file, held until the program ends.
    Lock,
    /// A row in a server's database, renewed regularly.
    Lease(Lease),
    /// Nothing: a command writes to a file next to a running site, which holds the lock. The file says
    /// whether it was moved.
    Mark,
}

impl Hold {
    /// Refuses if the database may no longer belong to this program.
    pub(super) fn check(&self) -> sqlx::Result<()> {
        match self {
            Hold::Lock | Hold::Mark => Ok(()),
            Hold::Lease(lease) => lease.check(),
        }
    }

    /// Whether [`fence`](Self::fence) sends a statement.
    pub(super) fn asks(&self) -> bool {
        !matches!(self, Hold::Lock)
    }

    /// Refuses if the database no longer belongs to this program. Otherwise it stays so until the given
    /// transaction, which is about to commit, has ended.
    pub(super) async fn fence(&self, transaction: &mut AnyConnection) -> sqlx::Result<()> {
        match self {
            Hold::Lock => Ok(()),
            Hold::Lease(lease) => lease.fence(transaction).await,
            Hold::Mark => meta::is_unmarked(transaction).await,
        }
    }
}
