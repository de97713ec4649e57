//! How often this process has committed, and what the last commits were about. What was read before a commit
//! about the same thing may be out of date, so a cache keeps the count with its data.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::lock_key::LockKey;

/// The number of subjects that are told apart, 4 KiB. Any two accounts share one with a probability of 1 in 512:
/// a commit about one then costs the other a query.
const SLOTS: usize = 512;

/// The number of commits. Copies share it.
#[derive(Clone, Debug)]
pub(super) struct CommitCount(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    all: AtomicU64,
    /// The last commit that may have been about anything.
    anything: AtomicU64,
    /// The last commit about each subject.
    subjects: [AtomicU64; SLOTS],
}

impl Default for CommitCount {
    fn default() -> CommitCount {
        let (all, anything) = (AtomicU64::default(), AtomicU64::default());
        CommitCount(Arc::new(Counts { all, anything, subjects: [const { AtomicU64::new(0) }; SLOTS] }))
    }
}

impl CommitCount {
    /// The number of commits so far. Ask before a query: what is committed in the meantime makes its answer
    /// stale.
    pub(super) fn now(&self) -> u64 {
        self.0.all.load(Ordering::SeqCst)
    }

    /// Whether anything about a subject was committed after a number of commits.
    pub(super) fn has_changed(&self, key: LockKey, since: u64) -> bool {
        let Counts { anything, subjects, .. } = &*self.0;
        [anything, &subjects[slot(key)]].iter().any(|last| last.load(Ordering::SeqCst) > since)
    }

    /// Counts a commit about some subjects; about anything, if there are none.
    pub(super) fn add(&self, keys: &[LockKey]) {
        let Counts { all, anything, subjects } = &*self.0;
        let this = all.fetch_add(1, Ordering::SeqCst) + 1;
        if keys.is_empty() {
            anything.fetch_max(this, Ordering::SeqCst);
        }
        for key in keys {
            subjects[slot(*key)].fetch_max(this, Ordering::SeqCst);
        }
    }
}

fn slot(key: LockKey) -> usize {
    usize::try_from(key.number().unsigned_abs() % SLOTS as u64).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commit_changes_what_it_is_about_and_nothing_else() {
        let (count, ada, bob) =
            (CommitCount::default(), LockKey::new("account", "ada"), LockKey::new("account", "bob"));
        assert_ne!(slot(ada), slot(bob));
        let before = count.now();
        count.add(&[ada]);
        assert!(count.has_changed(ada, before) && !count.has_changed(bob, before));
        assert!(!count.has_changed(ada, count.now()));
        count.add(&[ada, bob]);
        assert!(count.has_changed(bob, before));
    }

    #[test]
    fn a_commit_that_may_be_about_anything_changes_everything() {
        let (count, ada) = (CommitCount::default(), LockKey::new("account", "ada"));
        let copy = count.clone();
        count.add(&[ada]);
        let before = copy.now();
        copy.add(&[]);
        assert!(count.has_changed(ada, before) && count.has_changed(LockKey::new("account", "bob"), before));
        assert!(!count.has_changed(ada, count.now()));
    }
}
