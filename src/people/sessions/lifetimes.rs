//! How long sessions and remembered devices last, turned into the moments a row is compared with.

use crate::base::{Site, Time};

/// A row older than these has ended, whatever its cookie says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Rows made at this moment or before have had their whole life.
    pub(super) created_after: Time,
    /// Rows last used at this moment or before have been idle too long.
    pub(super) used_after: Time,
}

/// For sessions, now.
pub(super) fn of_sessions(site: &Site) -> Limits {
    let now = site.clock.now();
    Limits {
        created_after: now.minus(site.settings.session_lifetime.seconds()),
        used_after: now.minus(site.settings.session_idle.seconds()),
    }
}

/// For remembered devices, now.
pub(super) fn of_remembered(site: &Site) -> Limits {
    let now = site.clock.now();
    Limits {
        created_after: now.minus(site.settings.remember_lifetime.seconds()),
        used_after: now.minus(site.settings.remember_idle.seconds()),
    }
}
