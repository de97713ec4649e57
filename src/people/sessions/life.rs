//! How long a session lives, for what hangs on one: a pass, which is asked for with every request to an app.

use super::lifetimes;
use crate::base::{Site, Time};

/// What says how long a session lives, in addition to its last use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLife {
    /// When it began.
    pub created_at: i64,
    /// Whether its account is in the group of administrators, whose sessions end sooner.
    pub is_admin: bool,
}

impl SessionLife {
    /// Whether a session that was last used at a moment is within its lifetime and idle timeout.
    pub(in crate::people) fn is_within(self, site: &Site, last_used_at: i64) -> bool {
        let limits = lifetimes::of_sessions(site);
        let own = limits.of(self.is_admin);
        self.created_at <= limits.all.created_by.unix()
            && self.created_at > own.created_after.unix()
            && last_used_at > own.used_after.unix()
    }

    /// Whether its use has to be written now: not more than once a minute.
    pub(in crate::people) fn is_due(self, site: &Site, last_used_at: i64, now: Time) -> bool {
        now.minus(lifetimes::touch_every(site, self.is_admin)).unix() >= last_used_at
    }

    /// How soon it is tried again if it could not be written, in seconds: some times before the session ends for that.
    pub(super) fn retry_every(self, site: &Site) -> i64 {
        lifetimes::touch_every(site, self.is_admin) / 4
    }
}
