//! A duration as people type it.

use std::time::Duration;

/// The duration that was typed, such as `90s`, `15m`, `1h 30m` or `30d`. `None` for anything else, and for `M`: it stands for
/// months, and those who type `5M` may mean five minutes.
pub fn parse(typed: &str) -> Option<Duration> {
    let typed = typed.trim();
    if typed.contains('M') { None } else { humantime::parse_duration(typed).ok() }
}

/// What to type instead of a duration that [`parse`] refuses.
pub fn meant_by(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if let Some(number) = typed.parse().ok().filter(|number: &u32| *number > 0) {
        return Some(format!(" Did you mean \"{number}s\" or \"{number}m\"?"));
    }
    let is_time = |typed: &str| parse(typed).is_some_and(|time| !time.is_zero());
    Some(of_capital_m(typed, is_time)).filter(|advice| !advice.is_empty())
}

/// What to type instead of a duration with `M`: each of the two meanings that is accepted. Empty for any other duration.
pub fn of_capital_m(typed: &str, accepts: impl Fn(&str) -> bool) -> String {
    let typed = typed.trim();
    if !typed.contains('M') || humantime::parse_duration(typed).is_err() {
        return String::new();
    }
    let meanings =
        ["m", "months"].map(|unit| (typed.replace('M', unit), if unit == "m" { "minutes" } else { unit }));
    let accepted = meanings.iter().filter(|(meant, _)| accepts(meant));
    let advice: Vec<_> = accepted.map(|(meant, unit)| format!("\"{meant}\" for {unit}")).collect();
    if advice.is_empty() { String::new() } else { format!(" Type {}.", advice.join(", ")) }
}

/// The error of the command line about a duration that breaks a rule.
pub fn error(rule: &str, typed: &str, accepts: impl Fn(&str) -> bool) -> String {
    let advice = of_capital_m(typed, accepts);
    if advice.is_empty() { format!("type {rule}") } else { format!("type {rule}.{advice}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_has_a_unit_and_a_capital_m_is_none() {
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
    fn a_wrong_duration_is_answered_with_what_to_type() {
        assert_eq!(meant_by("5").unwrap(), " Did you mean \"5s\" or \"5m\"?");
        assert_eq!(meant_by("5M").unwrap(), " Type \"5m\" for minutes, \"5months\" for months.");
        assert_eq!(meant_by("1h 30M").unwrap(), " Type \"1h 30m\" for minutes, \"1h 30months\" for months.");
        for typed in ["0", "soon", "Monday", "5Min", "5Months", "0M", "5m"] {
            assert_eq!(meant_by(typed), None, "{typed}");
        }
    }

    #[test]
    fn advice_about_a_capital_m_is_accepted() {
        let is_short = |typed: &str| parse(typed).is_some_and(|time| time.as_secs() <= 3_600);
        assert_eq!(error("a short time", "5M", is_short), "type a short time. Type \"5m\" for minutes.");
        assert_eq!(error("a short time", "90M", is_short), "type a short time");
        assert_eq!(error("a short time", "soon", is_short), "type a short time");
    }
}
