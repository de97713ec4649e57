//! Records when sessions are used: each one once a minute, and those of many requests in one commit.

use super::store::{self, SessionId};
use crate::base::db::{SharedCommit, SharedResult};
use crate::base::{Db, Time};

/// The last uses that are being written. Copies share them.
#[derive(Clone, Debug, Default)]
pub struct LastUses(SharedCommit<(SessionId, Time)>);

impl LastUses {
    /// Writes that a session was used, and waits for the commit.
    pub(in crate::people) async fn record(&self, db: &Db, session: &SessionId, now: Time) -> SharedResult {
        self.0.write(db, (session.clone(), now), |uses| store::touch(db, uses)).await
    }
}
