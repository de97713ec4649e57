//! Why a copy is incomplete.

use std::fmt;

use crate::web::Error;

/// Why a copy is incomplete.
#[derive(Debug)]
pub enum Incomplete {
    /// The account was deleted while its data was read: no fault.
    Deleted,
    /// The rest could not be read.
    Failed(Error),
}

impl fmt::Display for Incomplete {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Incomplete::Deleted => f.write_str("the account was deleted"),
            Incomplete::Failed(error) => error.fmt(f),
        }
    }
}

impl<E: Into<Error>> From<E> for Incomplete {
    fn from(error: E) -> Incomplete {
        Incomplete::Failed(error.into())
    }
}
