//! How long to wait before the next attempt, and why.

use crate::base::words::Sentence;

/// The answer to an attempt that came too early, or that there is no room for now: how long to wait, and why.
/// The attempt was not processed.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryAfter {
    seconds: i64,
    why: &'static str,
    is_ours: bool,
}

impl RetryAfter {
    /// A wait of this many seconds, at least one. `why` is the key of the sentence that says why and how long.
    pub fn new(seconds: i64, why: &'static str) -> RetryAfter {
        RetryAfter { seconds: seconds.max(1), why, is_ours: false }
    }

    /// A wait that the visitor did not cause: the site cannot do it now. The sentence of `why` says no number.
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

    /// Why to wait, and how long. Rounded up: those who wait as long as it says get in.
    pub fn sentence(&self) -> Sentence {
        let why = Sentence::new(self.why);
        if self.is_ours { why } else { why.lasting(self.seconds) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_unit_that_fits_and_never_too_short() {
        for (seconds, count, unit) in [
            (-5, 1_i64, "second"),
            (0, 1, "second"),
            (1, 1, "second"),
            (59, 59, "second"),
            (60, 1, "minute"),
            (61, 2, "minute"),
            (900, 15, "minute"),
            (3_540, 59, "minute"),
            (3_600, 1, "hour"),
            (3_601, 2, "hour"),
            (86_400, 24, "hour"),
        ] {
            let told = RetryAfter::new(seconds, "limit-log-in").sentence();
            let expected = Sentence::new("limit-log-in").with("count", count).with("unit", unit);
            assert_eq!(told, expected, "{seconds}");
        }
    }

    #[test]
    fn a_wait_that_the_visitor_did_not_cause_says_no_number() {
        assert_eq!(RetryAfter::ours(180, "limit-no-room").sentence(), Sentence::new("limit-no-room"));
    }
}
