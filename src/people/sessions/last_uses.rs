//! Writes when sessions were last used. A file flushes one commit after another to the disk, so the requests that wait
//! while one is being flushed share the next one: a group commit, which a server makes of its own accord.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use rocket::futures::FutureExt;
use rocket::futures::future::{BoxFuture, Shared};
use rocket::tokio::spawn;
use rocket::tokio::sync::Mutex as AsyncMutex;
use rocket::tokio::time::timeout;

use super::store::{self, SessionId};
use crate::base::log::OnceAMinute;
use crate::base::{Site, Time};

/// How long a request waits for its commit. Proxies wait some seconds for the answer itself.
const LONGEST: Duration = Duration::from_secs(2);
/// The most sessions that wait, of some 100 bytes each. The use of another one is not written.
const MOST: usize = 32_768;
/// The most rows of one statement.
const ROWS: usize = 64;

/// The last uses that wait to be written. Copies share them.
#[derive(Clone, Debug, Default)]
pub(crate) struct LastUses(Arc<State>);

#[derive(Debug, Default)]
struct State {
    waiting: Mutex<Waiting>,
    /// Held while some are being written. The next ones wait meanwhile.
    writing: AsyncMutex<()>,
}

#[derive(Debug, Default)]
struct Waiting {
    uses: HashMap<SessionId, Time>,
    /// Whether they were written, once that is known.
    written: Option<Shared<BoxFuture<'static, bool>>>,
}

impl LastUses {
    /// Writes that a session was used, and waits for the commit. `false` if that fails or takes long: the session is valid
    /// all the same, since a full disk, or another program that locks the database, must not log people out.
    pub(in crate::people) async fn record(&self, site: &Site, session: &SessionId, now: Time) -> bool {
        let written = if site.db.groups_commits() {
            let (site, use_of_one) = (site.clone(), [(session.clone(), now)]);
            written_by(async move { write(&site, &use_of_one).await })
        } else {
            let mut waiting = self.0.waiting();
            if !waiting.add(session, now) {
                return false;
            }
            let begin = || {
                let (state, site) = (self.0.clone(), site.clone());
                written_by(async move { state.write(&site).await })
            };
            waiting.written.get_or_insert_with(begin).clone()
        };
        timeout(LONGEST, written).await.unwrap_or(false)
    }
}

/// The result of a task, which goes on when no one waits for it any more.
fn written_by(write: impl Future<Output = bool> + Send + 'static) -> Shared<BoxFuture<'static, bool>> {
    spawn(write).map(|written| written.unwrap_or(false)).boxed().shared()
}

/// Writes some uses. Returns whether all were written.
async fn write(site: &Site, uses: &[(SessionId, Time)]) -> bool {
    static TOLD: OnceAMinute = OnceAMinute::new();
    for some in uses.chunks(ROWS) {
        if let Err(error) = store::touch(&site.db, some).await {
            if TOLD.may_log(site.clock.now()) {
                log::warn!(event = "sys_database"; "could not store the last use of sessions: {error}");
            }
            return false;
        }
    }
    true
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
}
