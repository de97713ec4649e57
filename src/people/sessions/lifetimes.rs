//! Lifetimes and idle timeouts of sessions and remembered devices, as moments that a row is compared with.

use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Site, Time};

/// A row older than these has ended, whatever its cookie says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lifetimes {
    /// Rows created at this moment or before have reached their lifetime.
    pub(super) created_after: Time,
    /// Rows last used at this moment or before have reached the idle timeout.
    pub(super) used_after: Time,
    /// Rows created later than this have a time in the future: the clock was ahead and has been set back.
    /// They would last longer by as much as it was ahead.
    pub(super) created_by: Time,
}

/// The same for sessions. Those of administrators end sooner.
#[derive(Clone, Copy, Debug)]
pub(super) struct SessionLifetimes {
    /// For sessions of all accounts.
    pub(super) all: Lifetimes,
    /// For sessions of members of `admins`. No moment is earlier than for all.
    pub(super) admins: Lifetimes,
}

impl SessionLifetimes {
    /// For a session of an account that is in `admins`, or of one that is not.
    pub(super) fn of(self, is_admin: bool) -> Lifetimes {
        if is_admin { self.admins } else { self.all }
    }
}

/// Shortest time between two writes of the last-used time, in seconds: a page should not cost a write.
const TOUCH_EVERY: i64 = 60;

/// How old the written last use of a session must be before it is written again. If the idle timeout is
/// short, half of that, or sessions would end while in use.
pub(super) fn touch_every(site: &Site, is_admin: bool) -> i64 {
    let (idle, _) = site.settings.session_limits(is_admin);
    TOUCH_EVERY.min(idle / 2)
}

/// For sessions, at this moment.
pub(super) fn of_sessions(site: &Site) -> SessionLifetimes {
    let now = site.clock.now();
    let of = |is_admin| {
        let (idle, lifetime) = site.settings.session_limits(is_admin);
        Lifetimes {
            created_after: now.minus(lifetime),
            used_after: now.minus(idle),
            created_by: now.plus(CLOCKS_DIFFER),
        }
    };
    SessionLifetimes { all: of(false), admins: of(true) }
}

/// For remembered devices, at this moment.
pub(super) fn of_remember_me(site: &Site) -> Lifetimes {
    let now = site.clock.now();
    Lifetimes {
        created_after: now.minus(site.settings.remember_lifetime.seconds()),
        used_after: now.minus(site.settings.remember_idle.seconds()),
        created_by: now.plus(CLOCKS_DIFFER),
    }
}
