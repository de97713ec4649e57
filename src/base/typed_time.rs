//! A length of time as people type it.

use std::time::Duration;

/// The length of time that was typed, such as `90s`, `15m`, `1h 30m` or `30d`. `None` for anything else, and for `M`: it
/// stands for months, and `5M` is a slip for five minutes.
pub fn parse(typed: &str) -> Option<Duration> {
    let typed = typed.trim();
    if typed.contains('M') { None } else { humantime::parse_duration(typed).ok() }
}

/// What was probably meant by a time that [`parse`] refuses.
pub fn meant_by(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if let Some(number) = typed.parse().ok().filter(|number: &u32| *number > 0) {
        return Some(format!(" Did you mean \"{number}s\" or \"{number}m\"?"));
    }
    let in_minutes = typed.replace('M', "m");
    let is_time = typed.contains('M') && parse(&in_minutes).is_some();
    is_time.then(|| format!(" `M` would be months. Did you mean \"{in_minutes}\"?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_unit_and_a_capital_m_is_none() {
        for (typed, seconds) in [
            ("90s", Some(90)),
            (" 15m ", Some(900)),
            ("15min", Some(900)),
            ("1h 30m", Some(5_400)),
            ("2w", Some(1_209_600)),
            ("5M", None),
            ("1h 30M", None),
            ("5", None),
            ("soon", None),
        ] {
            assert_eq!(parse(typed).map(|time| time.as_secs()), seconds, "{typed}");
        }
    }

    #[test]
    fn a_wrong_time_is_answered_with_what_was_probably_meant() {
        assert_eq!(meant_by("5").unwrap(), " Did you mean \"5s\" or \"5m\"?");
        assert_eq!(meant_by("5M").unwrap(), " `M` would be months. Did you mean \"5m\"?");
        assert_eq!(meant_by("1h 30M").unwrap(), " `M` would be months. Did you mean \"1h 30m\"?");
        for typed in ["0", "soon", "Monday", "5m"] {
            assert_eq!(meant_by(typed), None, "{typed}");
        }
    }
}
