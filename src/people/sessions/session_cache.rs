//! A cache of sessions that were just read, so that not every page for users costs a query. The end of a
//! session still takes effect: an entry is valid only until this process commits something about its account,
//! and for at most a second after the last moment at which no other process is known to have committed. The
//! session's own lifetime is checked each time. Whether two-factor authentication is on is read with it, whether one of
//! the account's groups requires it, and whether it is an administrator's, which ends sooner: another process may change each,
//! and like a new name that shows within the same second.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::store::SessionRow;
use crate::base::{Db, LockKey, Time, TokenHash};

/// How long it takes at most until an end by the command line, or by another program on the same database,
/// takes effect.
const LONGEST: Duration = Duration::from_secs(1);
/// Most entries, of some 400 bytes each. Beyond that the cache is emptied.
const MOST: usize = 32_768;

/// Sessions that were just read.
#[derive(Debug, Default)]
pub struct SessionCache(Mutex<Kept<SessionRow>>);

/// The state of the database before a read: the age of an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    commits: u64,
    at: Instant,
}

impl Before {
    /// The current state. Call it before the query: what is committed in the meantime makes the answer stale.
    pub(super) fn reading(db: &Db) -> Before {
        Before { commits: db.commits(), at: Instant::now() }
    }
}

impl SessionCache {
    /// The session of a token, if it was just read and nothing about its account was committed since. The
    /// caller checks its lifetime.
    pub(super) fn find(&self, token: &TokenHash, db: &Db) -> Option<SessionRow> {
        let has_changed = |lock_key, commits| db.has_changed(lock_key, commits);
        self.kept().find(token, Instant::now(), has_changed, |read_at| db.untouched_until(read_at))
    }

    /// Adds a session that was read after `before`.
    pub(super) fn keep(&self, token: TokenHash, row: SessionRow, before: Before) {
        let lock_key = row.account_id.lock_key();
        self.kept().keep(token, row, lock_key, before);
    }

    /// Records that the use of a session was written.
    pub(super) fn touch(&self, token: &TokenHash, now: Time) {
        if let Some(entry) = self.kept().0.get_mut(token) {
            entry.row.last_used_at = now.unix();
        }
    }

    /// Removes a session, so that it is read again.
    pub(super) fn forget(&self, token: &TokenHash) {
        self.kept().0.remove(token);
    }

    fn kept(&self) -> MutexGuard<'_, Kept<SessionRow>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[derive(Debug)]
struct Kept<R>(HashMap<TokenHash, Entry<R>>);

#[derive(Debug)]
struct Entry<R> {
    row: R,
    lock_key: LockKey,
    before: Before,
}

impl<R> Default for Kept<R> {
    fn default() -> Kept<R> {
        Kept(HashMap::new())
    }
}

impl<R: Clone> Kept<R> {
    fn find(
        &self,
        token: &TokenHash,
        now: Instant,
        has_changed: impl FnOnce(LockKey, u64) -> bool,
        untouched_until: impl FnOnce(Instant) -> Instant,
    ) -> Option<R> {
        let Entry { row, lock_key, before } = self.0.get(token)?;
        let is_new = now.saturating_duration_since(untouched_until(before.at)) < LONGEST;
        (is_new && !has_changed(*lock_key, before.commits)).then(|| row.clone())
    }

    fn keep(&mut self, token: TokenHash, row: R, lock_key: LockKey, before: Before) {
        // Of two requests that read the same session, the one that began later knows more.
        if self.0.get(&token).is_some_and(|kept| kept.before.commits > before.commits) {
            return;
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(token, Entry { row, lock_key, before });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;

    /// A state of the database, this many commits and milliseconds after the first.
    fn before(begun: Instant, commits: u64, milliseconds: u64) -> Before {
        Before { commits, at: begun + Duration::from_millis(milliseconds) }
    }

    /// What is found at a moment after this many commits about the account.
    fn found(kept: &Kept<&'static str>, token: &TokenHash, now: Before) -> Option<&'static str> {
        kept.find(
            token,
            now.at,
            |lock_key, since| lock_key == hers() && now.commits > since,
            |read_at| read_at,
        )
    }

    fn hers() -> LockKey {
        LockKey::new("account", "ada")
    }

    #[test]
    fn a_row_is_good_for_a_second_from_before_it_was_read() {
        let (mut kept, token, begun) = (Kept::default(), Token::generate().hash(), Instant::now());
        kept.keep(token.clone(), "Ada", hers(), before(begun, 0, 0));
        assert_eq!(found(&kept, &token, before(begun, 0, 999)), Some("Ada"));
        assert_eq!(found(&kept, &token, before(begun, 0, 1_000)), None);
        assert_eq!(found(&kept, &Token::generate().hash(), before(begun, 0, 0)), None);
    }

    #[test]
    fn a_row_is_good_for_longer_if_no_other_process_has_committed() {
        let (mut kept, token, begun) = (Kept::default(), Token::generate().hash(), Instant::now());
        kept.keep(token.clone(), "Ada", hers(), before(begun, 0, 0));
        let found = |milliseconds, untouched| {
            let at = |milliseconds| before(begun, 0, milliseconds).at;
            kept.find(&token, at(milliseconds), |_, _| false, |_| at(untouched))
        };
        assert_eq!(found(5_999, 5_000), Some("Ada"));
        assert_eq!(found(6_000, 5_000), None);
    }

    #[test]
    fn a_row_is_good_until_something_about_its_account_is_committed() {
        let (mut kept, begun) = (Kept::default(), Instant::now());
        let [ada, bob] = [Token::generate().hash(), Token::generate().hash()];
        kept.keep(ada.clone(), "Ada", hers(), before(begun, 6, 0));
        kept.keep(bob.clone(), "Bob", LockKey::new("account", "bob"), before(begun, 6, 0));
        assert_eq!(found(&kept, &ada, before(begun, 6, 0)), Some("Ada"));
        assert_eq!(found(&kept, &ada, before(begun, 7, 0)), None);
        assert_eq!(found(&kept, &bob, before(begun, 7, 0)), Some("Bob"));
    }

    #[test]
    fn what_was_read_before_a_change_does_not_replace_what_was_read_after_it() {
        let (mut kept, ada, begun) = (Kept::default(), Token::generate().hash(), Instant::now());
        kept.keep(ada.clone(), "Ada Lovelace", hers(), before(begun, 7, 0));
        kept.keep(ada.clone(), "Ada", hers(), before(begun, 6, 1));
        assert_eq!(found(&kept, &ada, before(begun, 7, 2)), Some("Ada Lovelace"));
    }

    #[test]
    fn there_are_never_more_rows_than_are_allowed() {
        let (mut kept, now) = (Kept::default(), before(Instant::now(), 0, 0));
        for _ in 0..=MOST {
            kept.keep(Token::generate().hash(), "somebody", hers(), now);
            assert!(kept.0.len() <= MOST);
        }
    }
}
