//! A cache of passes that were just read, so that a proxy's question costs no query. The end of a pass still takes effect at
//! once: an entry is valid only until this process commits something about its account, one of its groups, or the apps;
//! and for at most a second after the last moment at which no other process is known to have committed. The lifetime of its
//! session is checked each time.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use parking_lot::{Mutex, MutexGuard};

use super::passed::Passed;
use crate::base::db::{ReadAt, Refresh};
use crate::base::{Db, LockKey, Site, Time, WebOrigin};
use crate::people::sessions::{LastUses, SessionId, SessionLife};

/// Most entries, of some 700 bytes each. Beyond that the cache is emptied.
const MOST: usize = 32_768;

/// Passes that were just read. Copies share them.
#[derive(Clone, Debug)]
pub struct PassCache {
    entries: Arc<Mutex<Entries>>,
    /// The lock of every transaction that changes an app.
    apps: LockKey,
    /// Writes when their sessions were last used.
    pub(super) last_uses: LastUses,
}

#[derive(Debug, Default)]
struct Entries {
    by_token: HashMap<[u8; 32], Arc<Entry>>,
    /// When each session was last used, as far as this process knows: once for all of its passes.
    used_at: HashMap<SessionId, Arc<AtomicI64>>,
}

/// A pass with all that decides whether it is still good.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its ID.
    pub(super) id: String,
    /// Who is there.
    pub(super) passed: Arc<Passed>,
    origin: WebOrigin,
    pub(super) life: SessionLife,
    last_used_at: Arc<AtomicI64>,
    is_unused: AtomicBool,
    keys: Box<[LockKey]>,
    read_at: ReadAt,
    refresh: Refresh,
}

/// A pass as it was read.
#[derive(Debug)]
pub(super) struct New {
    /// Its ID.
    pub(super) id: String,
    /// Who is there.
    pub(super) passed: Passed,
    /// How long its session lives.
    pub(super) life: SessionLife,
    /// When the session was last used.
    pub(super) last_used_at: i64,
    /// Whether its token was never shown.
    pub(super) is_unused: bool,
    /// The locks of the account and of its groups.
    pub(super) keys: Vec<LockKey>,
}

impl PassCache {
    /// An empty one. Every transaction that changes an app holds this lock.
    pub(crate) fn new(apps: LockKey, last_uses: LastUses) -> PassCache {
        PassCache { entries: Arc::default(), apps, last_uses }
    }

    /// The pass of a token, if it was just read, is of this origin, and nothing that it depends on was committed since. The
    /// caller checks whether its session lives.
    pub(super) fn find(&self, token: &[u8; 32], origin: &WebOrigin, db: &Db) -> Option<Arc<Entry>> {
        let entry = self.entries().by_token.get(token)?.clone();
        let is_valid = entry.origin == *origin && entry.read_at.is_current(db, entry.keys_with(self.apps));
        is_valid.then_some(entry)
    }

    /// Adds a pass that was read then.
    pub(super) fn keep(&self, token: [u8; 32], new: New, origin: &WebOrigin, read_at: ReadAt) -> Arc<Entry> {
        let New { id, passed, life, last_used_at, is_unused, keys } = new;
        let mut entries = self.entries();
        if entries.by_token.len() >= MOST {
            *entries = Entries::default();
        }
        let used_at = entries.used_at.entry(passed.session.clone()).or_default().clone();
        used_at.fetch_max(last_used_at, Ordering::SeqCst);
        let entry = Arc::new(Entry {
            id,
            passed: Arc::new(passed),
            origin: origin.clone(),
            life,
            last_used_at: used_at,
            is_unused: AtomicBool::new(is_unused),
            keys: keys.into_boxed_slice(),
            read_at,
            refresh: Refresh::default(),
        });
        if !entries.by_token.get(&token).is_some_and(|kept| kept.read_at.knows_more_than(read_at)) {
            entries.by_token.insert(token, entry.clone());
        }
        entry
    }

    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock()
    }
}

impl Entry {
    /// The locks of all that it depends on.
    fn keys_with(&self, apps: LockKey) -> impl Iterator<Item = LockKey> {
        self.keys.iter().copied().chain([apps])
    }

    /// Begins to read it again in the background, if it is time to.
    pub(super) fn refresh<R>(&self, db: &Db, read: impl FnOnce() -> R)
    where
        R: Future<Output: Send> + Send + 'static,
    {
        self.refresh.start(self.read_at, db, read);
    }

    /// Whether the session is within its lifetime and idle timeout.
    pub(super) fn is_alive(&self, site: &Site) -> bool {
        self.life.is_within(site, self.last_used_at.load(Ordering::SeqCst))
    }

    /// Whether the first use is to be written: for one caller.
    pub(super) fn takes_first_use(&self) -> bool {
        self.is_unused.load(Ordering::SeqCst) && self.is_unused.swap(false, Ordering::SeqCst)
    }

    /// Whether the use of the session is to be written.
    pub(super) fn is_due(&self, site: &Site, now: Time) -> bool {
        self.life.is_due(site, self.last_used_at.load(Ordering::SeqCst), now)
    }

    /// Records that it was written.
    pub(super) fn touch(&self, now: Time) {
        self.last_used_at.fetch_max(now.unix(), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Token;
    use crate::people::AccountId;
    use crate::people::groups::{self, GroupName};

    fn apps() -> LockKey {
        LockKey::new("apps", "")
    }

    fn choir() -> GroupName {
        GroupName::parse("choir").unwrap()
    }

    fn passed() -> Passed {
        Passed {
            account: AccountId::parse("01890a5d-ac96-774b-bcce-b302099a8057").unwrap(),
            session: SessionId::of_text("01890a5d-ac96-774b-bcce-b302099a8058"),
            app: "01890a5d-ac96-774b-bcce-b302099a8059".to_owned(),
            groups: vec![choir()],
            authenticated_at: None,
            handle: None,
            name_text: String::new(),
            email_text: String::new(),
            groups_text: String::new(),
        }
    }

    fn new(last_used_at: i64) -> New {
        let passed = passed();
        let keys = vec![passed.account.lock_key(), groups::lock_of(&choir())];
        let life = SessionLife { created_at: 0, is_admin: false };
        New { id: "its id".to_owned(), passed, life, last_used_at, is_unused: true, keys }
    }

    fn wiki() -> WebOrigin {
        WebOrigin::parse("https://wiki.example.org").unwrap()
    }

    fn kept(cache: &PassCache, last_used_at: i64) -> Arc<Entry> {
        cache.keep(Token::generate().digest(), new(last_used_at), &wiki(), ReadAt::after(0))
    }

    #[test]
    fn an_entry_depends_on_its_account_its_groups_and_the_apps() {
        let keys: Vec<LockKey> =
            kept(&PassCache::new(apps(), LastUses::default()), 0).keys_with(apps()).collect();
        assert_eq!(keys, [passed().account.lock_key(), groups::lock_of(&choir()), apps()]);
    }

    #[test]
    fn what_was_read_before_a_change_does_not_replace_what_was_read_after_it() {
        let (cache, token) = (PassCache::new(apps(), LastUses::default()), Token::generate().digest());
        let later = cache.keep(token, new(0), &wiki(), ReadAt::after(7));
        cache.keep(token, new(0), &wiki(), ReadAt::after(6));
        assert!(cache.entries().by_token.get(&token).is_some_and(|entry| Arc::ptr_eq(entry, &later)));
    }

    #[test]
    fn the_first_use_is_taken_once_and_the_passes_of_a_session_share_its_last_use() {
        let cache = PassCache::new(apps(), LastUses::default());
        let [one, other] = [10, 20].map(|used| kept(&cache, used));
        assert!(one.takes_first_use() && !one.takes_first_use() && other.takes_first_use());
        assert_eq!(one.last_used_at.load(Ordering::SeqCst), 20);
    }

    #[test]
    fn there_are_never_more_entries_than_are_allowed() {
        let cache = PassCache::new(apps(), LastUses::default());
        for _ in 0..=MOST {
            kept(&cache, 0);
        }
        assert!(cache.entries().by_token.len() <= MOST);
    }
}
