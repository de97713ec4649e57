//! Reads settings as text, from any scalar in a file or a variable.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use serde::de::{self, Deserializer, Visitor};

/// Reads the path of a folder, which must not be empty: that would be the working folder.
pub(super) fn folder<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    let name: String = text(deserializer)?;
    if name.trim().is_empty() { Err(de::Error::custom("empty")) } else { Ok(PathBuf::from(name)) }
}

/// Reads the path of a file, if there is one.
pub(super) fn file<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<PathBuf>, D::Error> {
    folder(deserializer).map(Some)
}

/// Reads any type that parses from text, from any scalar in a file: `site_name = 2026` is a name. A list is
/// read as its items separated by commas.
pub(super) fn text<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<T, D::Error> {
    struct Scalar;

    impl<'de> Visitor<'de> for Scalar {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: de::Error>(self, value: &str) -> Result<String, E> {
            Ok(value.to_owned())
        }
        fn visit_bool<E: de::Error>(self, value: bool) -> Result<String, E> {
            Ok(value.to_string())
        }
        fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
            Ok(value.to_string())
        }
        fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
            Ok(value.to_string())
        }
        fn visit_f64<E: de::Error>(self, value: f64) -> Result<String, E> {
            Ok(value.to_string())
        }
        fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<String, A::Error> {
            let mut all: Vec<String> = Vec::new();
            while let Some(item) = items.next_element()? {
                all.push(item);
            }
            Ok(all.join(","))
        }
    }

    let value = deserializer.deserialize_any(Scalar)?;
    value.parse().map_err(|_| de::Error::custom("not allowed"))
}

/// Implements reading for settings of these types, which parse from text.
macro_rules! read_as_text {
    ($($type:ty),*) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::base::config::reading::text(deserializer)
            }
        }
    )*};
}
pub(super) use read_as_text;
