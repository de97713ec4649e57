//! Writes when sessions were last used. A file flushes one commit after another to the disk, so the requests that wait
//! while one is being flushed share the next ones, of some hundred uses each: a group commit, which a server makes of its
//! own accord.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use rocket::futures::FutureExt;
use rocket::futures::future::{BoxFuture, Shared};
use rocket::tokio::spawn;
use rocket::tokio::sync::Mutex as AsyncMutex;
use rocket::tokio::time::timeout;

use super::life::SessionLife;
use super::store::{self, SessionId};
use crate::base::db::many::ROWS_AT_ONCE;
use crate::base::log::OnceAMinute;
use crate::base::{Site, Time};

/// The most sessions that wait, of some 100 bytes each: the use of another one is not written. And the most that are known as
/// tried.
const MOST: usize = 32_768;

/// The last uses that wait to be written. Copies share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastUses(Arc<State>);

#[derive(Debug, Default)]
struct State {
    waiting: Mutex<Waiting>,
    tried: Mutex<Tried>,
    /// Held while some are being written. The next ones wait meanwhile.
    writing: AsyncMutex<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    uses: HashMap<SessionId, Time>,
    /// Whether they were written, once that is known.
    written: Option<Written>,
}

type Written = Shared<BoxFuture<'static, bool>>;

/// When the use of a session was last tried to be written. Emptied when it is full.
#[derive(Debug, Default)]
struct Tried(HashMap<SessionId, Time>);

impl LastUses {
    /// How long a request waits until a use is written. Proxies wait some seconds for the response itself.
    pub(in crate::people) const TIMEOUT: Duration = Duration::from_secs(2);

    /// Writes that a session was used, and waits until that is on disk. `false` if that fails or takes long, or is tried by
    /// another request: the session is valid all the same, since a full disk, or another program that locks the database,
    /// must not log people out at once.
    pub(in crate::people) async fn record(
        &self,
        site: &Site,
        session: &SessionId,
        life: SessionLife,
        now: Time,
    ) -> bool {
        if !self.0.tried.lock().begins(session, now, life.retry_every(site)) {
            return false;
        }
        let written = if site.db.groups_commits() {
            let (site, used) = (site.clone(), [(session.clone(), now)]);
            in_a_task(async move { write(&site, &used).await })
        } else {
            let Some(written) = self.write_soon(site, session, now) else {
                log(site, 1, "too many wait");
                return false;
            };
            written
        };
        timeout(LastUses::TIMEOUT, written).await.unwrap_or(false)
    }

    /// Lets a use be written with others. `None` if too many wait.
    fn write_soon(&self, site: &Site, session: &SessionId, now: Time) -> Option<Written> {
        let mut waiting = self.0.waiting();
        let begin = || {
            let (state, site) = (self.0.clone(), site.clone());
            in_a_task(async move { state.write(&site).await })
        };
        waiting.add(session, now).then(|| waiting.written.get_or_insert_with(begin).clone())
    }
}

/// Does it in a task, which goes on when no request waits for it any more.
fn in_a_task(write: impl Future<Output = bool> + Send + 'static) -> Written {
    spawn(write).map(|written| written.unwrap_or(false)).boxed().shared()
}

/// Writes some uses. Returns whether all were written.
async fn write(site: &Site, uses: &[(SessionId, Time)]) -> bool {
    for (number, chunk) in uses.chunks(ROWS_AT_ONCE).enumerate() {
        if let Err(error) = store::touch(&site.db, chunk).await {
            log(site, uses.len() - number * ROWS_AT_ONCE, error);
            return false;
        }
    }
    true
}

/// Says in the log, once a minute, how many uses were not written since the last line.
fn log(site: &Site, count: usize, why: impl Display) {
    static MISSED: AtomicUsize = AtomicUsize::new(0);
    static TOLD: OnceAMinute = OnceAMinute::new();
    MISSED.fetch_add(count, Ordering::Relaxed);
    if TOLD.may_log(site.clock.now()) {
        let missed = MISSED.swap(0, Ordering::Relaxed);
        log::warn!(event = "sys_database"; "could not store when sessions were last used ({missed} times): {why}");
    }
}

impl State {
    /// Writes what waits, as soon as what is being written is done.
    async fn write(&self, site: &Site) -> bool {
        let _turn = self.writing.lock().await;
        let Waiting { uses, .. } = std::mem::take(&mut *self.waiting());
        write(site, &Vec::from_iter(uses)).await
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock()
    }
}

impl Waiting {
    /// Adds a use; of two of a session, the later one counts. `false` if too many wait.
    fn add(&mut self, session: &SessionId, now: Time) -> bool {
        if let Some(at) = self.uses.get_mut(session) {
            *at = now.max(*at);
            return true;
        }
        let has_room = self.uses.len() < MOST;
        if has_room {
            self.uses.insert(session.clone(), now);
        }
        has_room
    }
}

impl Tried {
    /// Whether a use is to be written: for one request in so many seconds.
    fn begins(&mut self, session: &SessionId, now: Time, retry_every: i64) -> bool {
        // If the clock was set back, a moment may be one to come.
        let is_recent = |tried: &Time| (0..retry_every).contains(&(now.unix() - tried.unix()));
        if self.0.get(session).is_some_and(is_recent) {
            return false;
        }
        if self.0.len() >= MOST {
            self.0.clear();
        }
        self.0.insert(session.clone(), now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(number: usize) -> SessionId {
        SessionId::of_text(&number.to_string())
    }

    #[test]
    fn of_two_uses_of_a_session_the_later_one_counts() {
        let mut waiting = Waiting::default();
        for seconds in [100, 120, 110] {
            assert!(waiting.add(&session(1), Time::from_unix(seconds)));
        }
        assert_eq!(Vec::from_iter(waiting.uses), [(session(1), Time::from_unix(120))]);
    }

    #[test]
    fn a_bounded_number_waits() {
        let (mut waiting, now) = (Waiting::default(), Time::from_unix(100));
        assert!((0..MOST).all(|number| waiting.add(&session(number), now)));
        assert!(!waiting.add(&session(MOST), now) && waiting.add(&session(0), now));
        assert_eq!(waiting.uses.len(), MOST);
    }

    #[test]
    fn a_use_is_tried_by_one_request_and_then_again_by_another() {
        let mut tried = Tried::default();
        let mut begins = |number, seconds| tried.begins(&session(number), Time::from_unix(seconds), 15);
        assert!(begins(1, 100) && !begins(1, 100) && !begins(1, 114) && begins(2, 114));
        assert!(begins(1, 115), "some seconds later");
        assert!(begins(1, 90), "the clock was set back");
        for number in 0..=MOST {
            tried.begins(&session(number), Time::from_unix(200), 15);
            assert!(tried.0.len() <= MOST);
        }
    }
}
