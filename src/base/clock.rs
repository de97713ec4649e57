//! The current time. Every time in the database is in whole seconds since 1970, UTC. A test can set the
//! clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use super::refusal::Refusal;

/// The clocks of instances may differ by this many seconds, and one clock may be corrected by as much: this
/// ends no session and delays no email. A time further in the future was written by a clock that was wrong.
pub const CLOCKS_DIFFER: i64 = 5 * 60;

/// The last second of the year 9999.
const LAST: i64 = 253_402_300_799;

/// A moment, in seconds since 1970-01-01 00:00 UTC. Now is `site.clock.now()`.
///
/// ```
/// use vestibule::Time;
///
/// let new_year = Time::from_unix(1_767_225_600);
/// assert_eq!(new_year.plus(60).unix(), 1_767_225_660);
/// assert!(new_year.minus(1) < new_year);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Time(i64);

impl Time {
    /// The moment this many seconds after 1970-01-01 00:00 UTC.
    pub fn from_unix(seconds: i64) -> Time {
        Time(seconds)
    }

    /// Seconds since 1970-01-01 00:00 UTC, as the database keeps them.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The moment as text for other programs, such as `2026-01-01T00:00:00Z` (RFC 3339). Outside of the years 0 to 9999,
    /// which have four digits there, it is the nearest moment within them: a clock may show anything.
    pub fn rfc3339(self) -> String {
        self.timestamp().to_string()
    }

    /// The moment for work with calendars, within the same years.
    pub(crate) fn timestamp(self) -> Timestamp {
        /// The first second of the year 0.
        const FIRST: i64 = -62_167_219_200;
        let last = Timestamp::MAX.as_second();
        Timestamp::from_second(self.0.clamp(FIRST, last)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The moment this many seconds earlier.
    pub fn minus(self, seconds: i64) -> Time {
        Time(self.0.saturating_sub(seconds))
    }

    /// The moment this many seconds later.
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
            None => Time(system().unwrap_or_else(|nearest| nearest)),
        }
    }
}

/// The system's clock in seconds since 1970. The error is the nearest moment that fits into a log, a header
/// and a database.
fn system() -> Result<i64, i64> {
    match SystemTime::now().duration_since(UNIX_EPOCH).map(|since| i64::try_from(since.as_secs())) {
        Ok(Ok(seconds)) if seconds <= LAST => Ok(seconds),
        Ok(_) => Err(LAST),
        Err(_) => Err(0),
    }
}

/// Refuses a system clock that shows a year before 1970 or after 9999. Dates in headers, cookies and logs
/// have four-digit years, and the code that writes them panics on others.
pub fn check_system() -> Result<(), Refusal> {
    system().map(|_| ()).map_err(|_| {
        Refusal::new(
            "The clock of this machine shows a year before 1970 or after 9999. Set it, then start again.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_programs_read_years_of_four_digits() {
        for (unix, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (1_767_225_600, "2026-01-01T00:00:00Z"),
            (i64::MIN, "0000-01-01T00:00:00Z"),
            (LAST, "9999-12-30T22:00:00Z"),
            (i64::MAX, "9999-12-30T22:00:00Z"),
        ] {
            assert_eq!(Time::from_unix(unix).rfc3339(), shown);
        }
    }
}
