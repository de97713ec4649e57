//! Sessions that were read a moment ago, so that a page that is open to users does not cost a look-up each time. What ends a
//! session is felt all the same: an entry is good only until this process commits anything at all, and for a second at
//! most, so that what another process ends is felt soon. The clock is asked each time.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::store::SessionRow;
use crate::base::{Db, Time, TokenHash};

/// What the command line ends, or another program on the same database, is felt after so long at the latest.
const LONGEST: Duration = Duration::from_secs(1);
/// So many are kept, a few megabytes. Beyond that it begins anew.
const MOST: usize = 10_000;

/// The sessions read a moment ago.
#[derive(Debug, Default)]
pub struct Live(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    /// The count of the database's changes that all entries were read at.
    version: u64,
    entries: HashMap<TokenHash, Entry>,
}

#[derive(Debug)]
struct Entry {
    row: SessionRow,
    read_at: Instant,
}

/// The state of the database before something was read: an entry is as old as this.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    version: u64,
    at: Instant,
}

impl Before {
    /// Now. Asked before the database is: what is committed while it answers makes the answer worth nothing.
    pub(super) fn reading(db: &Db) -> Before {
        Before { version: db.version(), at: Instant::now() }
    }
}

impl Live {
    /// The session of a token, where it was read a moment ago and nothing was committed since. Whether its time is over
    /// is for the caller to say.
    pub(super) fn find(&self, token: &TokenHash, before: Before) -> Option<SessionRow> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = kept.entries.get(token).filter(|_| kept.version == before.version)?;
        (before.at.saturating_duration_since(entry.read_at) < LONGEST).then(|| entry.row.clone())
    }

    /// Keeps a session that was read after `before`.
    pub(super) fn keep(&self, token: TokenHash, row: SessionRow, before: Before) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.version < before.version || kept.entries.len() >= MOST {
            kept.entries.clear();
        }
        kept.version = kept.version.max(before.version);
        if kept.version == before.version {
            kept.entries.insert(token, Entry { row, read_at: before.at });
        }
    }

    /// Notes that the use of a session was written down.
    pub(super) fn touch(&self, token: &TokenHash, now: Time) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = kept.entries.get_mut(token) {
            entry.row.last_used_at = now.unix();
        }
    }
}
