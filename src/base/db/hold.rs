//! By what a program knows that a database is still its own to write.

use sqlx::AnyConnection;

use super::facts;
use super::lease::Lease;

/// What keeps others from moving a database away under a program that writes to it.
#[derive(Debug)]
pub(super) enum Hold {
    /// The lock on a file, for as long as the program runs.
    Lock,
    /// A row in a server's database, renewed.
    Lease(Lease),
    /// Nothing: a command writes to a file beside a site, whose lock that is. The file says whether it was moved.
    Mark,
}

impl Hold {
    /// Refuses where the database cannot be this program's any more.
    pub(super) fn check(&self) -> sqlx::Result<()> {
        match self {
            Hold::Lock | Hold::Mark => Ok(()),
            Hold::Lease(lease) => lease.check(),
        }
    }

    /// Refuses where the database is not this program's any more, and keeps it so until a transaction has ended that is about to
    /// commit.
    pub(super) async fn fence(&self, transaction: &mut AnyConnection) -> sqlx::Result<()> {
        match self {
            Hold::Lock => Ok(()),
            Hold::Lease(lease) => lease.fence(transaction).await,
            Hold::Mark => facts::is_unmarked(transaction).await,
        }
    }
}
