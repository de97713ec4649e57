//! A time as a page shows it: in words, in the time zone of the site, and for programs. A script turns it into
//! the visitor's own time zone, which is not known without one.

use jiff::ZonedDateTime;
use serde::Serialize;

use crate::base::{Language, Sentence, Site, Time};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;

/// A time for a template.
#[derive(Debug, Serialize)]
pub struct Moment {
    /// "24 November 2026, 13:05 UTC", or shorter words.
    pub words: String,
    /// The exact words, if the others are shorter.
    pub title: Option<String>,
    /// For the attribute `datetime`.
    pub machine: String,
}

impl Moment {
    /// A time in exact words.
    pub fn new(time: Time, site: &Site, language: Language) -> Moment {
        let words = site.words.text(language, &sentence("time-exact", time, site));
        Moment { words, title: None, machine: time.rfc3339() }
    }

    /// A time as people say it: "5 minutes ago", "yesterday, 13:05 UTC". An older one is exact.
    pub fn recent(time: Time, site: &Site, language: Language) -> Moment {
        let exact = Moment::new(time, site, language);
        match recent(time, site) {
            Some(recent) => exact.shorter(&recent, site, language),
            None => exact,
        }
    }

    /// The time of day only, for a list below a heading with the day.
    pub fn clock(time: Time, site: &Site, language: Language) -> Moment {
        Moment::new(time, site, language).shorter(&clock(time, site), site, language)
    }

    fn shorter(self, words: &Sentence, site: &Site, language: Language) -> Moment {
        Moment { words: site.words.text(language, words), title: Some(self.words), machine: self.machine }
    }
}

/// The day of a time inside a sentence: "24 November 2026".
pub fn date(time: Time, site: &Site) -> Sentence {
    sentence("time-date", time, site)
}

/// The time of day inside a sentence: "13:05 UTC".
pub fn clock(time: Time, site: &Site) -> Sentence {
    sentence("time-clock", time, site)
}

/// The heading of a day: "Today", "Tuesday, 24 November 2026".
pub fn heading(time: Time, site: &Site) -> Sentence {
    match days_ago(time, site) {
        Some(0) => "time-heading-today".into(),
        Some(1) => "time-heading-yesterday".into(),
        _ => sentence("time-heading-day", time, site),
    }
}

/// The day of a time in the time zone of the site, for programs: "2026-11-24".
pub fn day(time: Time, site: &Site) -> String {
    local(time, site).date().to_string()
}

fn recent(time: Time, site: &Site) -> Option<Sentence> {
    let passed = site.clock.now().unix().saturating_sub(time.unix());
    match (passed, days_ago(time, site)?) {
        (0..MINUTE, _) => Some("time-just-now".into()),
        (MINUTE..HOUR, _) => Some(Sentence::new("time-minutes-ago").with("count", passed / MINUTE)),
        (HOUR.., 0) => Some(sentence("time-today", time, site)),
        (HOUR.., 1) => Some(sentence("time-yesterday", time, site)),
        _ => None,
    }
}

/// How many days before today it was, if it was today or yesterday.
fn days_ago(time: Time, site: &Site) -> Option<u8> {
    let (day, today) = (local(time, site).date(), local(site.clock.now(), site).date());
    if day == today {
        return Some(0);
    }
    today.yesterday().is_ok_and(|yesterday| day == yesterday).then_some(1)
}

/// A sentence with the parts of a time as its variables.
fn sentence(key: &'static str, time: Time, site: &Site) -> Sentence {
    let moment = local(time, site);
    let zone = moment.time_zone().to_offset_info(moment.timestamp()).abbreviation().to_owned();
    Sentence::new(key)
        .with("weekday", i64::from(moment.weekday().to_monday_one_offset()))
        .with("day", i64::from(moment.day()))
        .with("month", i64::from(moment.month()))
        .with("year", format!("{:04}", moment.year()))
        .with("hour", format!("{:02}", moment.hour()))
        .with("minute", format!("{:02}", moment.minute()))
        .with("zone", zone)
}

fn local(time: Time, site: &Site) -> ZonedDateTime {
    time.timestamp().to_zoned_datetime(site.settings.time_zone.zone().clone())
}
