//! A secret in the settings of an app, such as the key of another service.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A secret in an app's settings. It is in no log and in no output of `check`; only [`reveal`](Secret::reveal) gives
/// the text. It is overwritten in memory when it is dropped.
///
/// ```
/// use vestibule::Secret;
///
/// let key = Secret::new("sk-live-1234");
/// assert_eq!(format!("{key:?}"), "Secret(…)");
/// assert_eq!(key.reveal(), "sk-live-1234");
/// ```
///
/// As a field of the struct that `App::settings` reads, it may also come from a file that a variable names, such as
/// `NOTES_PAYMENT_KEY_FILE`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Secret(String);

impl Secret {
    /// A secret that an app has from elsewhere than its settings, such as one that it made.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    /// The text, for what needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
        deserializer.deserialize_newtype_struct(NEWTYPE, Text)
    }
}

/// The name under which serde is asked for a secret: it tells that the field of a struct is one.
pub(super) const NEWTYPE: &str = "vestibule::Secret";

/// Takes a text, or a whole number as its digits. Serde's own refusal of anything else would quote it.
struct Text;

impl<'de> Visitor<'de> for Text {
    type Value = Secret;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text in quotes")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Secret, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Secret, E> {
        Ok(Secret(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Secret, E> {
        Ok(Secret(text))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Secret, E> {
        Ok(Secret(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Secret, E> {
        Ok(Secret(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, _number: f64) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("a number with a fraction"), &self))
    }

    fn visit_bool<E: de::Error>(self, _truth: bool) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other("true or false"), &self))
    }
}

#[cfg(test)]
mod tests {
    use figment::Figment;
    use figment::providers::{Format, Toml};

    use super::*;

    #[derive(Debug, serde::Deserialize)]
    struct Settings {
        key: Secret,
    }

    fn read(toml: &str) -> Result<Settings, String> {
        Figment::from(Toml::string(toml)).extract().map_err(|error| error.to_string())
    }

    #[test]
    fn a_secret_is_read_and_never_shown() {
        let settings = read("key = \"hush hush\"").unwrap();
        assert_eq!(settings.key.reveal(), "hush hush");
        assert_eq!(format!("{settings:?}"), "Settings { key: Secret(…) }");
        assert_eq!(read("key = 20260101").unwrap().key.reveal(), "20260101");
    }

    #[test]
    fn what_is_no_secret_is_refused_without_its_words() {
        for wrong in ["key = 1234.5", "key = true", "key = [\"1234\"]", "key = { a = 1234 }"] {
            let error = read(wrong).unwrap_err();
            assert!(error.contains("a text in quotes"), "{error}");
            assert!(!error.contains("1234"), "{error}");
        }
        assert!(read("").unwrap_err().contains("key"));
    }
}
