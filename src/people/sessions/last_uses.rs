//! Writes when sessions were last used. A file flushes one commit after another to the disk, so the requests that wait
//! while one is being flushed share the next ones, of some hundred uses each: a group commit, which a server makes of its
//! own accord.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::{Mutex, MutexGuard};
use rocket::futures::FutureExt;
use rocket::futures::future::{BoxFuture, Shared};
use rocket::tokio::spawn;
use rocket::tokio::sync::Mutex as AsyncMutex;
use rocket::tokio::time::timeout;

use super::store::{self, SessionId};
use crate::base::db::many::ROWS_AT_ONCE;
use crate::base::log::OnceAMinute;
use crate::base::{Site, Time};

/// The most sessions that wait, of some 100 bytes each. The use of another one is not written.
const MOST: usize = 32_768;

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
    /// Ends when they were written, or could not be.
    written: Option<Written>,
}

type Written = Shared<BoxFuture<'static, ()>>;

impl LastUses {
    /// How long a request waits until a use is written. Proxies wait some seconds for the response itself.
    pub(in crate::people) const TIMEOUT: Duration = Duration::from_secs(2);

    /// Writes that a session was used, and waits until that is on disk. If that fails or takes long, the session is valid all
    /// the same: a full disk, or another program that locks the database, must not log people out at once.
    pub(in crate::people) async fn record(&self, site: &Site, session: &SessionId, now: Time) {
        let written = if site.db.groups_commits() {
            let (site, used) = (site.clone(), [(session.clone(), now)]);
            in_a_task(async move { write(&site, &used).await })
        } else {
            let mut waiting = self.0.waiting();
            if !waiting.add(session, now) {
                return log(site, 1, &"too many wait");
            }
            let begin = || {
                let (state, site) = (self.0.clone(), site.clone());
                in_a_task(async move { state.write(&site).await })
            };
            waiting.written.get_or_insert_with(begin).clone()
        };
        let _ = timeout(LastUses::TIMEOUT, written).await;
    }
}

/// Does it in a task, which goes on when no request waits for it any more.
fn in_a_task(write: impl Future<Output = ()> + Send + 'static) -> Written {
    spawn(write).map(drop).boxed().shared()
}

/// Writes some uses.
async fn write(site: &Site, uses: &[(SessionId, Time)]) {
    for (number, chunk) in uses.chunks(ROWS_AT_ONCE).enumerate() {
        if let Err(error) = store::touch(&site.db, chunk).await {
            return log(site, uses.len() - number * ROWS_AT_ONCE, &error);
        }
    }
}

/// Says in the log, once a minute, that uses were not written.
fn log(site: &Site, count: usize, why: &dyn Display) {
    static TOLD: OnceAMinute = OnceAMinute::new();
    if TOLD.may_log(site.clock.now()) {
        log::warn!(event = "sys_database"; "could not store when sessions were last used ({count} of them): {why}");
    }
}

impl State {
    /// Writes what waits, as soon as what is being written is done.
    async fn write(&self, site: &Site) {
        let _turn = self.writing.lock().await;
        let Waiting { uses, .. } = std::mem::take(&mut *self.waiting());
        write(site, &Vec::from_iter(uses)).await;
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
