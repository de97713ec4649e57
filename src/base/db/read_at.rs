//! When rows that are kept were read, and whether they are still true. They are until this process commits something about
//! them, and for at most a second after the last moment at which no other process is known to have committed.

use std::time::{Duration, Instant};

use super::engine::Engine;
use super::lock_key::LockKey;
use super::pools::Db;

/// How long it takes at most until a change by the command line, or by another program on the same database, takes effect.
const LONGEST: Duration = Duration::from_secs(1);

/// The state of the database before a read: the age of what was read.
#[derive(Clone, Copy, Debug)]
pub struct ReadAt {
    commits: u64,
    at: Instant,
}

impl ReadAt {
    /// The current state. Call it before the query: what is committed in the meantime makes the answer stale.
    pub(crate) fn now(db: &Db) -> ReadAt {
        ReadAt { commits: db.commits(), at: Instant::now() }
    }

    /// Whether what was read is still true, if it depends on what has these locks.
    pub(crate) fn is_current(self, db: &Db, keys: impl IntoIterator<Item = LockKey>) -> bool {
        let has_changed = |key, since| db.has_changed(key, since);
        self.is_current_at(Instant::now(), keys, has_changed, |read_at| db.untouched_until(read_at))
    }

    /// Of what is current: whether it is time for a [`Refresh`](super::Refresh).
    pub(super) fn is_due(self, db: &Db) -> bool {
        db.engine() == Engine::Postgres && self.at.elapsed() >= LONGEST / 2
    }

    fn is_current_at(
        self,
        now: Instant,
        keys: impl IntoIterator<Item = LockKey>,
        has_changed: impl Fn(LockKey, u64) -> bool,
        untouched_until: impl FnOnce(Instant) -> Instant,
    ) -> bool {
        let is_new = now.saturating_duration_since(untouched_until(self.at)) < LONGEST;
        is_new && !keys.into_iter().any(|key| has_changed(key, self.commits))
    }

    /// Of two that read the same: whether this one may have seen more commits, of this process or of others.
    pub(crate) fn knows_more_than(self, other: ReadAt) -> bool {
        (self.commits, self.at) > (other.commits, other.at)
    }

    /// After this many commits.
    #[cfg(test)]
    pub(crate) fn after(commits: u64) -> ReadAt {
        ReadAt { commits, at: Instant::now() }
    }

    /// Whether it knows of this many commits.
    #[cfg(test)]
    pub(crate) fn knows(self, commits: u64) -> bool {
        self.commits >= commits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> [LockKey; 2] {
        ["ada", "choir"].map(|name| LockKey::new("thing", name))
    }

    #[test]
    fn what_was_read_is_good_for_a_second_or_while_no_other_process_commits() {
        let read = ReadAt::after(0);
        let is_current = |milliseconds, untouched| {
            let after = |milliseconds| read.at + Duration::from_millis(milliseconds);
            read.is_current_at(after(milliseconds), keys(), |_, _| false, |_| after(untouched))
        };
        assert!(is_current(999, 0) && !is_current(1_000, 0));
        assert!(is_current(5_999, 5_000) && !is_current(6_000, 5_000));
    }

    #[test]
    fn what_was_read_is_good_until_something_that_it_depends_on_is_committed() {
        let read = ReadAt::after(6);
        let is_current = |changed: LockKey, commits: u64| {
            let has_changed = |key, since| key == changed && commits > since;
            read.is_current_at(read.at, keys(), has_changed, |read_at| read_at)
        };
        for key in keys() {
            assert!(is_current(key, 6) && !is_current(key, 7));
        }
        assert!(is_current(LockKey::new("thing", "bob"), 7));
    }

    #[test]
    fn of_two_reads_the_one_after_more_commits_knows_more_and_else_the_later_one() {
        let [six, seven] = [6, 7].map(ReadAt::after);
        let later_six = ReadAt { at: seven.at + Duration::from_millis(1), ..six };
        let by_knowledge = [six, later_six, seven];
        for (place, read) in by_knowledge.iter().enumerate() {
            let known: Vec<_> = by_knowledge.iter().map(|other| read.knows_more_than(*other)).collect();
            assert_eq!(known, [place > 0, place > 1, false]);
        }
    }
}
