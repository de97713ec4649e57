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

/// Shortest time between two writes of the last-used time, in seconds: a page should not cost a write.
const TOUCH_EVERY: i64 = 60;

/// How old the written last use of a session must be before it is written again. If the idle timeout is
/// short, half of that, or sessions would end while in use.
pub(super) fn touch_every(site: &Site) -> i64 {
    TOUCH_EVERY.min(site.settings.session_idle.seconds() / 2)
}

/// For sessions, at this moment.
pub(super) fn of_sessions(site: &Site) -> Lifetimes {
    let now = site.clock.now();
    Lifetimes {
        created_after: now.minus(site.settings.session_lifetime.seconds()),
        used_after: now.minus(site.settings.session_idle.seconds()),
        created_by: now.plus(CLOCKS_DIFFER),
    }
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
