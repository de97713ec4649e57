//! Whether another process has committed to a file: the command line, next to a running site. As long as it has
//! not, what was read and kept is still true.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::{Mutex, MutexGuard};
use rocket::tokio::sync::Mutex as AsyncMutex;
use sqlx::AnyPool;

/// The shortest time between two questions.
const PAUSE: Duration = Duration::from_millis(500);

/// What is known about commits of other processes. Copies share it.
#[derive(Clone, Debug, Default)]
pub(super) struct ForeignCommits(Arc<State>);

#[derive(Debug, Default)]
struct State {
    /// How many connections have been the writing one: a version only compares with others of the same.
    writers: AtomicU64,
    asking: AsyncMutex<()>,
    seen: Mutex<Option<Seen>>,
}

/// The same version, seen from the first moment to the last.
#[derive(Clone, Copy, Debug)]
struct Seen {
    version: (u64, i64),
    first: Instant,
    last: Instant,
}

impl ForeignCommits {
    /// Records that there is a new writing connection.
    pub(super) fn record_writer(&self) {
        self.0.writers.fetch_add(1, Ordering::SeqCst);
    }

    /// The last moment for which what was read at `read_at` is known to be untouched by other processes.
    pub(super) fn untouched_until(&self, read_at: Instant) -> Instant {
        let seen = self.seen().filter(|seen| seen.first <= read_at);
        seen.map_or(read_at, |seen| seen.last.max(read_at))
    }

    /// Asks the writing connection, whose `data_version` changes with the commits of all connections but its own
    /// (<https://www.sqlite.org/pragma.html#pragma_data_version>). Returns whether it could be asked: not if it is
    /// busy, or was asked a moment ago. Nothing waits for this.
    pub(super) async fn ask(&self, writer: &AnyPool) -> bool {
        let Ok(_asking) = self.0.asking.try_lock() else { return false };
        if self.seen().is_some_and(|seen| seen.last.elapsed() < PAUSE) {
            return false;
        }
        let Some(mut connection) = writer.try_acquire() else { return false };
        let (writers, asked) = (self.0.writers.load(Ordering::SeqCst), Instant::now());
        let version = sqlx::query_scalar("pragma data_version").fetch_one(&mut *connection).await;
        let Ok(version) = version else { return false };
        self.see((writers, version), asked, Instant::now());
        true
    }

    fn see(&self, version: (u64, i64), asked: Instant, answered: Instant) {
        let mut seen = self.seen();
        *seen = Some(match *seen {
            Some(seen) if seen.version == version => Seen { last: asked, ..seen },
            // A commit before this answer may be missing in what was read before it, so only what is read from now
            // on counts.
            _ => Seen { version, first: answered, last: asked },
        });
    }

    fn seen(&self) -> MutexGuard<'_, Option<Seen>> {
        self.0.seen.lock()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_is_untouched_while_the_same_version_is_seen_by_the_same_connection() {
        let (foreign, begun) = (ForeignCommits::default(), Instant::now());
        let at = |milliseconds| begun + Duration::from_millis(milliseconds);
        assert_eq!(foreign.untouched_until(at(0)), at(0));
        foreign.see((1, 7), at(10), at(11));
        assert_eq!(foreign.untouched_until(at(5)), at(5), "read before the version was known");
        assert_eq!(foreign.untouched_until(at(20)), at(20));
        foreign.see((1, 7), at(600), at(601));
        assert_eq!(foreign.untouched_until(at(20)), at(600));
        assert_eq!(foreign.untouched_until(at(5)), at(5));
        foreign.see((1, 8), at(1200), at(1201));
        assert_eq!(foreign.untouched_until(at(20)), at(20), "another process has committed");
        foreign.see((1, 8), at(1800), at(1801));
        assert_eq!(foreign.untouched_until(at(1300)), at(1800));
        foreign.see((2, 8), at(2400), at(2401));
        assert_eq!(foreign.untouched_until(at(1300)), at(1300), "the version of another connection");
    }
}
