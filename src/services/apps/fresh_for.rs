//! How recent a login must be.

use std::time::Duration;

use crate::base::typed_duration;

/// How long after a login an app stays open to a user: 1 minute to 30 days, or as long as the session lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreshFor(Option<i64>);

impl FreshFor {
    /// What can be typed, for the error about something else.
    pub const RULE: &'static str = "a time from 1m to 30d, or session";
    /// As long as they are logged in, as it is typed.
    const SESSION: &'static str = "session";
    /// The shortest, in seconds: a user who has just logged in must be able to do something.
    const SHORTEST: i64 = 60;
    /// The longest, in seconds.
    const LONGEST: i64 = 30 * 24 * 3_600;

    /// Parses what was typed: `15m`, or `session`.
    pub fn parse(typed: &str) -> Option<FreshFor> {
        let typed = typed.trim();
        if typed == FreshFor::SESSION {
            return Some(FreshFor(None));
        }
        let seconds = i64::try_from(typed_duration::parse(typed)?.as_secs()).ok()?;
        (FreshFor::SHORTEST..=FreshFor::LONGEST).contains(&seconds).then_some(FreshFor(Some(seconds)))
    }

    /// Its seconds, as an app has them. `None`: as long as they are logged in.
    pub fn seconds(self) -> Option<i64> {
        self.0
    }

    /// The seconds of an app as they are typed.
    pub fn typed(seconds: Option<i64>) -> String {
        let seconds = seconds.and_then(|seconds| u64::try_from(seconds).ok());
        seconds.map_or_else(
            || FreshFor::SESSION.to_owned(),
            |seconds| humantime::format_duration(Duration::from_secs(seconds)).to_string(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_and_bounds() {
        for (typed, seconds, shown) in [
            ("1m", Some(60), "1m"),
            (" 15min ", Some(900), "15m"),
            ("1h 30m", Some(5_400), "1h 30m"),
            ("30d", Some(2_592_000), "30days"),
            ("session", None, "session"),
        ] {
            let fresh_for = FreshFor::parse(typed).unwrap();
            assert_eq!(fresh_for.seconds(), seconds, "{typed}");
            assert_eq!(FreshFor::typed(seconds), shown);
            assert_eq!(FreshFor::parse(shown), Some(fresh_for), "{shown} can be typed again");
        }
        for typed in ["", "15", "59s", "31d", "never", "-1d", "99999999999999999999d"] {
            assert_eq!(FreshFor::parse(typed), None, "{typed}");
        }
    }
}
