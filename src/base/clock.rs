//! What time it is. Every time in the database is in whole seconds since 1970, UTC; a test can set the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

/// A moment, in seconds since 1970-01-01 00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

impl Time {
    /// The moment so many seconds after 1970 began.
    pub fn from_unix(seconds: i64) -> Time {
        Time(seconds)
    }

    /// Seconds since 1970, as the database keeps them.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The moment so many seconds earlier.
    pub fn minus(self, seconds: i64) -> Time {
        Time(self.0.saturating_sub(seconds))
    }

    /// The moment so many seconds later.
    pub fn plus(self, seconds: i64) -> Time {
        Time(self.0.saturating_add(seconds))
    }
}

/// Tells the time: the system's, or one that a test sets.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Clock {
        Clock(None)
    }

    /// A clock that stands at the given moment until it is moved. Copies of it move together.
    pub fn standing_at(time: Time) -> Clock {
        Clock(Some(Arc::new(AtomicI64::new(time.0))))
    }

    /// Moves a standing clock. The system's clock does not move.
    pub fn advance(&self, seconds: i64) {
        if let Some(set) = &self.0 {
            set.fetch_add(seconds, Ordering::SeqCst);
        }
    }

    /// Now.
    pub fn now(&self) -> Time {
        match &self.0 {
            Some(set) => Time(set.load(Ordering::SeqCst)),
            // A clock before 1970 reads as 1970: nothing expires earlier than it should, nothing panics.
            None => {
                Time(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64))
            }
        }
    }
}
