//! How long to wait before the next attempt, and why.

use std::fmt;

/// The answer to an attempt that came too early, or that there is no room for now: how long to wait, and why.
/// The attempt was not processed.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryAfter {
    seconds: i64,
    why: &'static str,
    is_ours: bool,
}

impl RetryAfter {
    /// A wait of this many seconds, at least one. `why` is a sentence.
    pub fn new(seconds: i64, why: &'static str) -> RetryAfter {
        RetryAfter { seconds: seconds.max(1), why, is_ours: false }
    }

    /// A wait that the visitor did not cause: the site cannot do it now. `why` is the whole message.
    pub fn ours(seconds: i64, why: &'static str) -> RetryAfter {
        RetryAfter { is_ours: true, ..RetryAfter::new(seconds, why) }
    }

    /// Whether the visitor did not cause it.
    pub fn is_ours(&self) -> bool {
        self.is_ours
    }

    /// For the header `Retry-After`.
    pub fn seconds(&self) -> i64 {
        self.seconds
    }
}

impl fmt::Display for RetryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_ours {
            return f.write_str(self.why);
        }
        // Rounded up: those who wait as long as the message says get in.
        let (count, unit) = match self.seconds {
            seconds @ ..60 => (seconds, "second"),
            seconds @ 60..3_600 => (seconds.div_euclid(60) + i64::from(seconds % 60 > 0), "minute"),
            seconds => (seconds.div_euclid(3_600) + i64::from(seconds % 3_600 > 0), "hour"),
        };
        let plural = if count == 1 { "" } else { "s" };
        write!(f, "{} Wait {count} {unit}{plural}, then try again.", self.why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_unit_that_fits_and_never_too_short() {
        for (seconds, words) in [
            (-5, "1 second"),
            (0, "1 second"),
            (1, "1 second"),
            (59, "59 seconds"),
            (60, "1 minute"),
            (61, "2 minutes"),
            (900, "15 minutes"),
            (3_540, "59 minutes"),
            (3_600, "1 hour"),
            (3_601, "2 hours"),
            (86_400, "24 hours"),
        ] {
            let told = RetryAfter::new(seconds, "Too many.").to_string();
            assert_eq!(told, format!("Too many. Wait {words}, then try again."));
        }
    }
}
