//! Times, and yes or no, as other programs write them.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::base::Time;

/// The first moment that is taken as a number of seconds, in 1973. A smaller number is no time of an account,
/// but perhaps a day written without hyphens.
const FIRST: f64 = 100_000_000.0;
/// The first number that is taken as milliseconds. In seconds it would be in the year 5138.
const FIRST_IN_MILLISECONDS: f64 = 100_000_000_000.0;
/// The first number that is no time any more.
const BEYOND: f64 = 100_000_000_000_000.0;

/// Yes or no: `true`, `yes`, `1` and their opposites, or their first letter. Nothing is no.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" => Some(true),
        "" | "false" | "f" | "no" | "n" | "0" => Some(false),
        _ => None,
    }
}

/// A time: RFC 3339, or as databases write it (`2024-05-01 12:00:00.123456+00`), in UTC if it has no offset;
/// a day; or a number of seconds or milliseconds since 1970.
pub(super) fn time(text: &str) -> Option<Time> {
    if let Ok(number) = text.parse::<f64>() {
        return since_1970(number);
    }
    let moment = text.parse::<Timestamp>().ok().or_else(|| in_utc(text))?;
    Some(Time::from_unix(moment.as_second()))
}

fn in_utc(text: &str) -> Option<Timestamp> {
    let written: DateTime = text.parse().ok()?;
    Some(written.to_zoned_datetime(TimeZone::UTC).ok()?.timestamp())
}

fn since_1970(number: f64) -> Option<Time> {
    if !(FIRST..BEYOND).contains(&number) {
        return None; // also what is no number
    }
    let seconds = if number < FIRST_IN_MILLISECONDS { number } else { number / 1_000.0 };
    Some(Time::from_unix(seconds as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2024-05-01 12:00 UTC.
    const NOON: i64 = 1_714_564_800;

    #[test]
    fn a_time_is_read_as_programs_write_it() {
        for text in [
            "2024-05-01T12:00:00Z",
            "2024-05-01T14:00:00+02:00",
            "2024-05-01 12:00:00",
            "2024-05-01T12:00:00",
            "2024-05-01 12:00:00.123456",
            "2024-05-01 12:00:00.123456+00",
            "2024-05-01 12:00:00+00:00",
            "1714564800",
            "1714564800.25",
            "1714564800123",
        ] {
            assert_eq!(time(text).map(Time::unix), Some(NOON), "{text}");
        }
        assert_eq!(time("2024-05-01").map(Time::unix), Some(NOON - 12 * 3_600));
        for text in
            ["", "yesterday", "20240501", "0", "1", "-1", "NaN", "inf", "1e300", "2024-13-01", "01.05.2024"]
        {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn yes_and_no_are_read_as_programs_write_them() {
        for text in ["true", "True", "t", "YES", "1"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["", "false", "F", "no", "0"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["2", "perhaps", "-"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
    }
}
