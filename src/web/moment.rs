//! A time as a page shows it: in words, and for programs. In UTC, since a visitor's time zone is not known
//! without a script.

use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::StaticFormatDescription;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

use crate::base::Time;

const WORDS: StaticFormatDescription =
    format_description!("[day padding:none] [month repr:long] [year], [hour]:[minute] UTC");

/// Years 0 to 9999, the range of RFC 3339.
const FIRST: i64 = -62_167_219_200;
const LAST: i64 = 253_402_300_799;

/// A time for a template.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// "24 November 2026, 13:05 UTC".
    pub words: String,
    /// For the attribute `datetime`.
    pub machine: String,
}

impl From<Time> for Moment {
    fn from(time: Time) -> Moment {
        // Beyond the years with four digits, the nearest moment within: a clock may show anything.
        let moment = time.unix().clamp(FIRST, LAST);
        let moment = OffsetDateTime::from_unix_timestamp(moment).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Moment {
            words: moment.format(&WORDS).unwrap_or_default(),
            machine: moment.format(&Rfc3339).unwrap_or_default(),
        }
    }
}
