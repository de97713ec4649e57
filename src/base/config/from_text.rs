//! Reads settings as text, from any scalar in a file or a variable.

use std::fmt;
use std::str::FromStr;

use serde::de::{self, Deserializer, Visitor};

use crate::base::refusal::Refusal;

/// Makes paths absolute. Everything else stays as it is.
pub trait Absolute: Sized {
    /// The same value, with an absolute path.
    fn absolute(self) -> Result<Self, Refusal> {
        Ok(self)
    }
}

impl<T: Absolute> Absolute for Option<T> {
    fn absolute(self) -> Result<Option<T>, Refusal> {
        self.map(T::absolute).transpose()
    }
}

/// Reads any type that parses from text, from any scalar in a file whose text is kept: `site_name = 2026` is a name. A
/// number with a fraction is refused, since `1.10` would become `1.1`. So are lists.
pub(super) fn text<'de, D: Deserializer<'de>, T: FromStr>(deserializer: D) -> Result<T, D::Error> {
    parsed(deserializer.deserialize_any(Scalar { between: None })?)
}

/// The same for types that are lists: a list in a file is read as its items with this text between them.
pub(super) fn list<'de, D: Deserializer<'de>, T: FromStr>(
    deserializer: D,
    between: &'static str,
) -> Result<T, D::Error> {
    parsed(deserializer.deserialize_any(Scalar { between: Some(between) })?)
}

fn parsed<T: FromStr, E: de::Error>(text: String) -> Result<T, E> {
    text.parse().map_err(|_| E::custom("not allowed"))
}

/// Takes a scalar as its text, and a list if something may stand between its items.
struct Scalar {
    between: Option<&'static str>,
}

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
    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<String, A::Error> {
        let Some(between) = self.between else {
            return Err(de::Error::invalid_type(de::Unexpected::Seq, &self));
        };
        let mut all: Vec<String> = Vec::new();
        while let Some(item) = items.next_element()? {
            all.push(item);
        }
        Ok(all.join(between))
    }
}

/// Implements reading for settings of these types, which parse from text. `paths` are those that hold a path:
/// they say themselves how it becomes absolute. A `list` may be a list in a file, too.
macro_rules! read_as_text {
    (list with $between:literal: $type:ty) => {
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::base::config::from_text::list(deserializer, $between)
            }
        }
        impl $crate::base::config::from_text::Absolute for $type {}
    };
    (paths: $($type:ty),*) => {$(
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::base::config::from_text::text(deserializer)
            }
        }
    )*};
    ($($type:ty),*) => {
        $crate::base::config::from_text::read_as_text!(paths: $($type),*);
        $(impl $crate::base::config::from_text::Absolute for $type {})*
    };
}
pub(super) use read_as_text;
