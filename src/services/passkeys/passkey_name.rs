//! What its owner calls a passkey.

use std::fmt;

use crate::people::Name;
use crate::people::accounts::NameError;

/// The most characters (Unicode code points) of a name.
const MOST: usize = 60;

/// The name of a passkey, of 1 to 60 characters.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::Type)]
#[sqlx(transparent)]
pub struct PasskeyName(String);

impl PasskeyName {
    /// Reads a name that was typed, by the rules for names of people.
    pub fn parse(typed: &str) -> Result<PasskeyName, NameError> {
        let name = Name::parse(typed)?;
        match name.as_str().chars().count() {
            count if count > MOST => Err(NameError::TooLong),
            _ => Ok(PasskeyName(name.as_str().to_owned())),
        }
    }

    /// That of a well-known provider.
    pub(super) fn of_provider(name: &'static str) -> PasskeyName {
        PasskeyName(name.to_owned())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This name, or the first one with a number that is none of these.
    pub(super) fn other_than(self, taken: &[PasskeyName]) -> PasskeyName {
        if !taken.contains(&self) {
            return self;
        }
        // One of them is not taken: there are more of them than names.
        let mut numbered = (2..taken.len() + 2).map(|number| self.numbered(number));
        numbered.find(|name| !taken.contains(name)).unwrap_or(self)
    }

    fn numbered(&self, number: usize) -> PasskeyName {
        let number = format!(" {number}");
        let kept: String = self.0.chars().take(MOST.saturating_sub(number.len())).collect();
        PasskeyName(kept + &number)
    }
}

impl fmt::Display for PasskeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(typed: &str) -> PasskeyName {
        PasskeyName::parse(typed).unwrap()
    }

    #[test]
    fn a_name_has_up_to_60_characters_that_are_seen() {
        assert_eq!(name(" My phone ").as_str(), "My phone");
        assert_eq!(name(&"é".repeat(60)).as_str(), "é".repeat(60));
        assert_eq!(PasskeyName::parse(&"é".repeat(61)), Err(NameError::TooLong));
        assert_eq!(PasskeyName::parse(" "), Err(NameError::Empty));
        assert_eq!(PasskeyName::parse("a\0b"), Err(NameError::Unprintable));
    }

    #[test]
    fn a_second_one_of_a_name_has_a_number() {
        let phone = name("Phone");
        assert_eq!(phone.clone().other_than(&[name("Key")]), phone);
        assert_eq!(phone.clone().other_than(std::slice::from_ref(&phone)), name("Phone 2"));
        assert_eq!(phone.clone().other_than(&[name("Phone 2"), phone.clone()]), name("Phone 3"));
        assert_eq!(phone.clone().other_than(&[name("Phone 3"), phone.clone()]), name("Phone 2"));
        let long = name(&"é".repeat(60));
        let second = long.clone().other_than(std::slice::from_ref(&long));
        assert_eq!(second.as_str(), format!("{} 2", "é".repeat(58)));
    }
}
