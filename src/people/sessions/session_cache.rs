//! A cache of sessions that were just read, so that not every page for users costs a query. The end of a
//! session still takes effect: an entry is valid only until this process commits something about its account,
//! and for at most a second after the last moment at which no other process is known to have committed. The
//! session's own lifetime is checked each time. Whether two-factor authentication is on is read with it, whether one of
//! the account's groups requires it, and whether it is an administrator's, which ends sooner: another process may change each,
//! and like a new name that shows within the same second.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::{Mutex, MutexGuard};

use super::last_uses::LastUses;
use super::store::SessionRow;
use crate::base::db::{ReadAt, Refresh};
use crate::base::{Db, LockKey, Time, TokenHash};

/// Most entries, of some 400 bytes each. Beyond that the cache is emptied.
const MOST: usize = 32_768;

/// Sessions that were just read. Copies share them.
#[derive(Clone, Debug)]
pub struct SessionCache {
    kept: Arc<Mutex<Kept<SessionRow>>>,
    /// Writes when they were last used.
    pub(super) last_uses: LastUses,
}

impl SessionCache {
    /// An empty one.
    pub(crate) fn new(last_uses: LastUses) -> SessionCache {
        SessionCache { kept: Arc::default(), last_uses }
    }

    /// The session of a token, if it was just read and nothing about its account was committed since. The
    /// caller checks its lifetime.
    pub(super) fn find(&self, token: &TokenHash, db: &Db) -> Option<Entry<SessionRow>> {
        self.kept().find(token, |read_at, lock_key| read_at.is_current(db, [lock_key])).cloned()
    }

    /// Adds a session that was read then.
    pub(super) fn keep(&self, token: TokenHash, row: SessionRow, read_at: ReadAt) -> Entry<SessionRow> {
        let entry = Entry::of(row, read_at);
        self.kept().keep(token, entry.clone());
        entry
    }

    /// The same for a session that no request waits for. One that was removed meanwhile stays removed.
    pub(super) fn replace(&self, token: &TokenHash, row: SessionRow, read_at: ReadAt) {
        self.kept().replace(token, Entry::of(row, read_at));
    }

    /// Records that the use of a session was written.
    pub(super) fn touch(&self, token: &TokenHash, now: Time) {
        if let Some(entry) = self.kept().0.get_mut(token) {
            entry.row.last_used_at = now.unix().max(entry.row.last_used_at);
        }
    }

    /// Removes a session, so that it is read again.
    pub(super) fn forget(&self, token: &TokenHash) {
        self.kept().0.remove(token);
    }

    fn kept(&self) -> MutexGuard<'_, Kept<SessionRow>> {
        self.kept.lock()
    }
}

#[derive(Debug)]
struct Kept<R>(HashMap<TokenHash, Entry<R>>);

/// A session that was read.
#[derive(Clone, Debug)]
pub(super) struct Entry<R> {
    pub(super) row: R,
    lock_key: LockKey,
    pub(super) read_at: ReadAt,
    pub(super) refresh: Refresh,
}

impl Entry<SessionRow> {
    fn of(row: SessionRow, read_at: ReadAt) -> Entry<SessionRow> {
        Entry { lock_key: row.account_id.lock_key(), row, read_at, refresh: Refresh::default() }
    }
}

impl<R> Default for Kept<R> {
    fn default() -> Kept<R> {
        Kept(HashMap::new())
    }
}

impl<R> Kept<R> {
    fn find(&self, token: &TokenHash, is_current: impl FnOnce(ReadAt, LockKey) -> bool) -> Option<&Entry<R>> {
        self.0.get(token).filter(|entry| is_current(entry.read_at, entry.lock_key))
    }

    fn keep(&mut self, token: TokenHash, entry: Entry<R>) {
        if self.0.get(&token).is_some_and(|kept| kept.read_at.knows_more_than(entry.read_at)) {
            return;
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(token, entry);
    }

    fn replace(&mut self, token: &TokenHash, entry: Entry<R>) {
        if let Some(kept) = self.0.get_mut(token).filter(|kept| !kept.read_at.knows_more_than(entry.read_at))
        {
            *kept = entry;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;

    /// What is found after this many commits about Ada.
    fn found(kept: &Kept<&'static str>, token: &TokenHash, commits: u64) -> Option<&'static str> {
        let entry = kept.find(token, |read_at, lock_key| lock_key != hers() || read_at.knows(commits));
        entry.map(|entry| entry.row)
    }

    fn hers() -> LockKey {
        LockKey::new("account", "ada")
    }

    fn entry(row: &'static str, lock_key: LockKey, commits: u64) -> Entry<&'static str> {
        Entry { row, lock_key, read_at: ReadAt::after(commits), refresh: Refresh::default() }
    }

    #[test]
    fn a_row_is_good_until_something_about_its_account_is_committed() {
        let mut kept = Kept::default();
        let [ada, bob] = [Token::generate().hash(), Token::generate().hash()];
        kept.keep(ada.clone(), entry("Ada", hers(), 6));
        kept.keep(bob.clone(), entry("Bob", LockKey::new("account", "bob"), 6));
        assert_eq!((found(&kept, &ada, 6), found(&kept, &ada, 7)), (Some("Ada"), None));
        assert_eq!(found(&kept, &bob, 7), Some("Bob"));
        assert_eq!(found(&kept, &Token::generate().hash(), 6), None);
    }

    #[test]
    fn what_was_read_before_a_change_does_not_replace_what_was_read_after_it() {
        let (mut kept, ada) = (Kept::default(), Token::generate().hash());
        kept.keep(ada.clone(), entry("Ada Lovelace", hers(), 7));
        kept.keep(ada.clone(), entry("Ada", hers(), 6));
        assert_eq!(found(&kept, &ada, 7), Some("Ada Lovelace"));
    }

    #[test]
    fn what_was_removed_while_it_was_read_again_stays_removed() {
        let (mut kept, ada) = (Kept::default(), Token::generate().hash());
        kept.replace(&ada, entry("Ada", hers(), 6));
        assert_eq!(found(&kept, &ada, 6), None);
        kept.keep(ada.clone(), entry("Ada", hers(), 6));
        kept.replace(&ada, entry("Ada Lovelace", hers(), 7));
        kept.replace(&ada, entry("Ada Byron", hers(), 6));
        assert_eq!(found(&kept, &ada, 7), Some("Ada Lovelace"));
    }

    #[test]
    fn there_are_never_more_rows_than_are_allowed() {
        let mut kept = Kept::default();
        for _ in 0..=MOST {
            kept.keep(Token::generate().hash(), entry("somebody", hers(), 0));
            assert!(kept.0.len() <= MOST);
        }
    }
}
