//! A sentence that gets its language when it is shown: its key, and the values of its variables.

use std::borrow::Cow;

use serde::Serialize;

/// A sentence that gets its language when it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    key: Cow<'static, str>,
    arguments: Vec<(Cow<'static, str>, Argument)>,
    /// Its text, if no language has the key.
    otherwise: Option<Cow<'static, str>>,
}

/// The value of a variable in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Text as it is: a name, an address, a code that the sentence chooses by.
    Text(String),
    /// A whole number. A language may have several forms of the word after it.
    Number(i64),
    /// Another sentence, in the same language.
    Sentence(Box<Sentence>),
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A duration as people say it: a number, and "second", "minute", "hour" or "day". Rounded up, so that those who
/// wait as long as it says have waited long enough. Days only from two on: "24 hours" is clearer than "1 day".
fn in_units(seconds: i64) -> (i64, &'static str) {
    let (unit, name) = match seconds {
        ..MINUTE => (1, "second"),
        MINUTE..HOUR => (MINUTE, "minute"),
        seconds if seconds < 2 * DAY => (HOUR, "hour"),
        _ => (DAY, "day"),
    };
    (seconds.div_euclid(unit) + i64::from(seconds.rem_euclid(unit) > 0), name)
}

/// A duration for a template: the variables `$count` and `$unit`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct DurationInWords {
    count: i64,
    unit: &'static str,
}

impl DurationInWords {
    /// A duration in seconds.
    pub fn of(seconds: i64) -> DurationInWords {
        let (count, unit) = in_units(seconds);
        DurationInWords { count, unit }
    }
}

impl Sentence {
    /// The sentence with this key, without variables.
    pub fn new(key: impl Into<Cow<'static, str>>) -> Sentence {
        Sentence { key: key.into(), arguments: Vec::new(), otherwise: None }
    }

    /// The same sentence with the value of one more variable.
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl Into<Argument>) -> Sentence {
        self.arguments.push((name.into(), value.into()));
        self
    }

    /// The same sentence about a duration: `$count` and `$unit`.
    pub fn lasting(self, seconds: i64) -> Sentence {
        let (count, unit) = in_units(seconds);
        self.with("count", count).with("unit", unit)
    }

    /// The same sentence with a text for the case that no language has its key: an app has it in its code.
    pub fn or(mut self, text: impl Into<Cow<'static, str>>) -> Sentence {
        self.otherwise = Some(text.into());
        self
    }

    /// Its text, if neither the language nor English has the key.
    pub(super) fn otherwise(&self) -> Option<&str> {
        self.otherwise.as_deref()
    }

    /// Its key.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The values of its variables.
    pub fn arguments(&self) -> &[(Cow<'static, str>, Argument)] {
        &self.arguments
    }
}

impl From<&'static str> for Sentence {
    fn from(key: &'static str) -> Sentence {
        Sentence::new(key)
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Argument {
        Argument::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Argument {
        Argument::Text(text)
    }
}

impl From<i64> for Argument {
    fn from(number: i64) -> Argument {
        Argument::Number(number)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Argument {
        Argument::Number(number.into())
    }
}

impl From<Sentence> for Argument {
    fn from(sentence: Sentence) -> Argument {
        Argument::Sentence(Box::new(sentence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_is_said_in_the_unit_that_fits_and_never_too_short() {
        for (seconds, said) in [
            (1, (1, "second")),
            (59, (59, "second")),
            (60, (1, "minute")),
            (61, (2, "minute")),
            (900, (15, "minute")),
            (3_540, (59, "minute")),
            (3_600, (1, "hour")),
            (3_601, (2, "hour")),
            (86_400, (24, "hour")),
            (2 * 86_400, (2, "day")),
            (7 * 86_400, (7, "day")),
            (7 * 86_400 + 1, (8, "day")),
        ] {
            assert_eq!(in_units(seconds), said, "{seconds}");
        }
    }
}
