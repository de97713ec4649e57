//! A cache of sessions that were just read, so that not every page for users costs a query. The end of a
//! session still takes effect: an entry is valid only until this process commits anything at all, and for a
//! second at most, so that an end by another process takes effect soon. The clock is read each time.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::store::SessionRow;
use crate::base::{Db, Time, TokenHash};

/// How long it takes at most until an end by the command line, or by another program on the same database,
/// takes effect.
const LONGEST: Duration = Duration::from_secs(1);
/// Most entries, a few megabytes. Beyond that the cache is emptied.
const MOST: usize = 10_000;

/// Sessions that were just read.
#[derive(Debug, Default)]
pub struct Live(Mutex<Kept<SessionRow>>);

/// The state of the database before a read: the age of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    version: u64,
    at: Instant,
}

impl Before {
    /// The current state. Call it before the query: what is committed in the meantime makes the answer stale.
    pub(super) fn reading(db: &Db) -> Before {
        Before { version: db.version(), at: Instant::now() }
    }
}

impl Live {
    /// The session of a token, if it was just read and nothing was committed since. The caller checks its
    /// lifetime.
    pub(super) fn find(&self, token: &TokenHash, before: Before) -> Option<SessionRow> {
        self.kept().find(token, before)
    }

    /// Adds a session that was read after `before`.
    pub(super) fn keep(&self, token: TokenHash, row: SessionRow, before: Before) {
        self.kept().keep(token, row, before);
    }

    /// Records that the use of a session was written.
    pub(super) fn touch(&self, token: &TokenHash, now: Time) {
        if let Some(entry) = self.kept().entries.get_mut(token) {
            entry.row.last_used_at = now.unix();
        }
    }

    /// Removes a session, so that it is read again.
    pub(super) fn forget(&self, token: &TokenHash) {
        self.kept().entries.remove(token);
    }

    fn kept(&self) -> MutexGuard<'_, Kept<SessionRow>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Kept<R> {
    /// The database's commit count when all entries were read.
    version: u64,
    entries: HashMap<TokenHash, Entry<R>>,
}

#[derive(Debug)]
struct Entry<R> {
    row: R,
    read_at: Instant,
}

impl<R> Default for Kept<R> {
    fn default() -> Kept<R> {
        Kept { version: 0, entries: HashMap::new() }
    }
}

impl<R: Clone> Kept<R> {
    fn find(&self, token: &TokenHash, before: Before) -> Option<R> {
        let entry = self.entries.get(token).filter(|_| self.version == before.version)?;
        (before.at.saturating_duration_since(entry.read_at) < LONGEST).then(|| entry.row.clone())
    }

    fn keep(&mut self, token: TokenHash, row: R, before: Before) {
        if self.version < before.version || self.entries.len() >= MOST {
            self.entries.clear();
        }
        self.version = self.version.max(before.version);
        if self.version == before.version {
            self.entries.insert(token, Entry { row, read_at: before.at });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;

    /// A state of the database, this many commits and milliseconds after the first.
    fn before(begun: Instant, version: u64, milliseconds: u64) -> Before {
        Before { version, at: begun + Duration::from_millis(milliseconds) }
    }

    #[test]
    fn a_row_is_good_for_a_second_from_before_it_was_read() {
        let (mut kept, token, begun) = (Kept::default(), Token::generate().hash(), Instant::now());
        kept.keep(token.clone(), "Ada", before(begun, 0, 0));
        assert_eq!(kept.find(&token, before(begun, 0, 999)), Some("Ada"));
        assert_eq!(kept.find(&token, before(begun, 0, 1_000)), None);
        assert_eq!(kept.find(&Token::generate().hash(), before(begun, 0, 0)), None);
    }

    #[test]
    fn a_row_is_good_until_something_is_committed() {
        let (mut kept, token, begun) = (Kept::default(), Token::generate().hash(), Instant::now());
        kept.keep(token.clone(), "Ada", before(begun, 6, 0));
        assert_eq!(kept.find(&token, before(begun, 6, 0)), Some("Ada"));
        assert_eq!(kept.find(&token, before(begun, 7, 0)), None);
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let (mut kept, begun) = (Kept::default(), Instant::now());
        let [ada, bob] = [Token::generate().hash(), Token::generate().hash()];
        kept.keep(bob, "Bob", before(begun, 7, 0));
        kept.keep(ada.clone(), "Ada", before(begun, 6, 0));
        assert_eq!(kept.find(&ada, before(begun, 7, 0)), None);
        assert_eq!(kept.find(&ada, before(begun, 6, 0)), None);
        assert_eq!(kept.entries.len(), 1);
    }

    #[test]
    fn there_are_never_more_rows_than_are_allowed() {
        let (mut kept, now) = (Kept::default(), before(Instant::now(), 0, 0));
        for _ in 0..=MOST {
            kept.keep(Token::generate().hash(), "somebody", now);
            assert!(kept.entries.len() <= MOST);
        }
    }
}
