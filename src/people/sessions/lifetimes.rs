//! How long sessions and remembered devices last, turned into the moments a row is compared with.

use crate::base::clock::CLOCKS_DIFFER;
use crate::base::{Site, Time};

/// A row older than these has ended, whatever its cookie says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows made at this moment or before have had their whole life.
    pub(super) created_after: Time,
    /// Rows last used at this moment or before have been idle too long.
    pub(super) used_after: Time,
    /// Rows made later than this are from a time that has not come: the clock was ahead and has been set back. They would
    /// last as much longer as it was ahead.
    pub(super) created_by: Time,
}

/// The last-used time is written at most so often, in seconds: a page should not cost a write.
const TOUCH_EVERY: i64 = 60;

/// How long ago the last use of a session was written, when it is written anew: where sessions end soon, after half of that
/// time, or they would end in use.
pub(super) fn touch_every(site: &Site) -> i64 {
    TOUCH_EVERY.min(site.settings.session_idle.seconds() / 2)
}

/// For sessions, now.
pub(super) fn of_sessions(site: &Site) -> Limits {
    let now = site.clock.now();
    Limits {
        created_after: now.minus(site.settings.session_lifetime.seconds()),
        used_after: now.minus(site.settings.session_idle.seconds()),
        created_by: now.plus(CLOCKS_DIFFER),
    }
}

/// For remembered devices, now.
pub(super) fn of_remembered(site: &Site) -> Limits {
    let now = site.clock.now();
    Limits {
        created_after: now.minus(site.settings.remember_lifetime.seconds()),
        used_after: now.minus(site.settings.remember_idle.seconds()),
        created_by: now.plus(CLOCKS_DIFFER),
    }
}
