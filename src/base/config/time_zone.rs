//! The time zone of the site, by its name in the IANA database, which is compiled in.

use std::fmt;
use std::str::FromStr;

use jiff::tz::{TimeZone, db};

use super::from_text::read_as_text;

/// The time zone in which times are shown.
#[derive(Clone, Debug)]
pub struct TimeZoneSetting(TimeZone);

impl TimeZoneSetting {
    /// The time zone itself.
    pub fn zone(&self) -> &TimeZone {
        &self.0
    }
}

impl FromStr for TimeZoneSetting {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let zone = TimeZone::get(text.trim()).map_err(|_| ())?;
        if zone.is_unknown() { Err(()) } else { Ok(TimeZoneSetting(zone)) }
    }
}

impl fmt::Display for TimeZoneSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.iana_name().unwrap_or("UTC"))
    }
}

/// The names of all time zones.
pub(super) fn names() -> impl Iterator<Item = String> {
    db().available().map(|name| name.as_str().to_owned())
}

/// The time zone of a city: `Europe/Berlin` for "Berlin".
pub(super) fn of_city(typed: &str) -> Option<String> {
    let typed = typed.trim().replace(' ', "_");
    let city =
        |name: &String| name.rsplit_once('/').is_some_and(|(_, city)| city.eq_ignore_ascii_case(&typed));
    names().find(city)
}

read_as_text!(TimeZoneSetting);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_zone_has_a_name_in_the_iana_database() {
        for name in ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires"] {
            assert_eq!(name.parse::<TimeZoneSetting>().unwrap().to_string(), name);
        }
        for text in ["", "Berlin", "CEST", "+02:00", "Etc/Unknown", "../Berlin"] {
            assert!(text.parse::<TimeZoneSetting>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_city_leads_to_its_time_zone() {
        assert_eq!(of_city("berlin").as_deref(), Some("Europe/Berlin"));
        assert_eq!(of_city("New York").as_deref(), Some("America/New_York"));
        assert_eq!(of_city("Atlantis"), None);
    }
}
