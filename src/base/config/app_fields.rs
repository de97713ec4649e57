//! The fields of the struct with an app's settings, and what each of them takes.

use figment::value::Value;
use serde::de::DeserializeOwned;

use super::app_privacy::{Privacy, privacy_of};
use super::app_probe::{Found, Takes, probe};

/// A field of the struct: a setting of the app.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in a settings file.
    pub(super) name: &'static str,
    /// What it takes, or each item of it.
    pub(super) takes: Takes,
    /// Whether it is a list of that.
    pub(super) is_list: bool,
    /// Whether it may be shown.
    pub(super) privacy: Privacy,
}

impl Field {
    /// The text of a variable as the value that the field takes. What does not fit stays a text: reading it refuses it.
    pub(super) fn value_of(&self, text: &str) -> Value {
        if !self.is_list {
            return self.takes.value_of(text);
        }
        let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
        Value::from(items.map(|item| self.takes.value_of(item)).collect::<Vec<_>>())
    }

    /// Whether a file can hold its value, a secret.
    pub(super) fn may_be_in_a_file(&self) -> bool {
        self.takes == Takes::Secret && !self.is_list
    }

    /// The end of its variable: `PAGE_SIZE` for `page_size`.
    pub(super) fn in_capitals(&self) -> String {
        self.name.to_uppercase().replace('-', "_")
    }
}

impl Takes {
    fn value_of(self, text: &str) -> Value {
        let typed = text.trim();
        let read = match self {
            Takes::Truth => typed.parse::<bool>().ok().map(Value::from),
            Takes::Whole => {
                typed.parse::<u64>().map(Value::from).or_else(|_| typed.parse::<i64>().map(Value::from)).ok()
            }
            Takes::Fraction => typed.parse::<f64>().ok().filter(|number| number.is_finite()).map(Value::from),
            Takes::Secret | Takes::Other => None,
        };
        read.unwrap_or_else(|| Value::from(text))
    }
}

/// The fields of a struct. `None` for a type that is none, or whose fields serde does not tell (`#[serde(flatten)]`).
pub(super) fn fields_of<S: DeserializeOwned>() -> Option<Vec<Field>> {
    let names = probe::<S>(&[]).fields?;
    let field = |(place, &name): (usize, &&'static str)| {
        let Found { takes, is_list, is_tuple, is_map, fields, .. } = probe::<S>(&[place]);
        let takes = if is_tuple { probe::<S>(&[place, 0]).takes } else { takes };
        // The text of a variable is no table, and no list of structs.
        let takes = if is_map { Takes::Other } else { takes };
        let is_list = is_list && fields.is_none();
        Field { name, takes, is_list, privacy: privacy_of::<S>(&[place]) }
    };
    Some(names.iter().enumerate().map(field).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Deserialize;

    use super::*;
    use crate::base::secret_text::Secret;

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only its fields are asked for")]
    struct Settings {
        page_size: u16,
        rate: Option<f32>,
        is_open: bool,
        greeting: String,
        key: Option<Secret>,
        ports: Vec<i64>,
        mode: Mode,
        mail: Mail,
        keys: HashMap<String, Secret>,
        more: Option<Box<Settings>>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "kebab-case")]
    #[allow(dead_code, reason = "only its fields are asked for")]
    struct Mail {
        from_name: String,
        passwords: Vec<Secret>,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    #[allow(dead_code, reason = "only asked for")]
    enum Mode {
        Fast,
    }

    #[test]
    fn each_field_is_found_with_what_it_takes() {
        let fields = fields_of::<Settings>().unwrap();
        let found: Vec<_> = fields.iter().map(|field| (field.name, field.takes, field.is_list)).collect();
        assert_eq!(
            found,
            [
                ("page_size", Takes::Whole, false),
                ("rate", Takes::Fraction, false),
                ("is_open", Takes::Truth, false),
                ("greeting", Takes::Other, false),
                ("key", Takes::Secret, false),
                ("ports", Takes::Whole, true),
                ("mode", Takes::Other, false),
                ("mail", Takes::Other, false),
                ("keys", Takes::Other, false),
                ("more", Takes::Other, false),
            ]
        );
        let is_secret = |field: &&Field| field.privacy == Privacy::Secret;
        let secret: Vec<_> = fields.iter().filter(is_secret).map(|field| field.name).collect();
        assert_eq!(secret, ["key", "mail", "keys", "more"]);
        assert_eq!(fields_of::<Mail>().unwrap()[0].in_capitals(), "FROM_NAME");
        assert!(fields_of::<String>().is_none() && fields_of::<HashMap<String, String>>().is_none());
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only its fields are asked for")]
    struct Tuples {
        pair: (u16, String),
        colours: [u8; 3],
        table: Mail,
    }

    #[test]
    fn a_tuple_is_a_list_of_what_comes_first_in_it() {
        let fields = fields_of::<Tuples>().unwrap();
        let found: Vec<_> = fields.iter().map(|field| (field.takes, field.is_list)).collect();
        assert_eq!(found, [(Takes::Whole, true), (Takes::Whole, true), (Takes::Other, false)]);
    }

    #[test]
    fn a_text_becomes_a_number_or_a_truth_only_where_the_field_takes_one() {
        let fields = fields_of::<Settings>().unwrap();
        let read = |name: &str, text: &str| {
            let field = fields.iter().find(|field| field.name == name).unwrap();
            let value = field.value_of(text);
            match &value {
                Value::String(_, text) => format!("text {text}"),
                Value::Num(..) => format!("number {}", value.deserialize::<f64>().unwrap()),
                Value::Bool(_, truth) => format!("truth {truth}"),
                Value::Array(_, items) => format!("{} items", items.len()),
                other => format!("{other:?}"),
            }
        };
        for (name, text, value) in [
            ("page_size", "20", "number 20"),
            ("page_size", " 20\n", "number 20"),
            ("page_size", "2.5", "text 2.5"),
            ("page_size", "many", "text many"),
            ("rate", "2.5", "number 2.5"),
            ("rate", "nan", "text nan"),
            ("is_open", "true", "truth true"),
            ("is_open", "yes", "text yes"),
            ("greeting", "123", "text 123"),
            ("greeting", "true", "text true"),
            ("greeting", "a, b", "text a, b"),
            ("greeting", " a ", "text  a "),
            ("key", "20260101", "text 20260101"),
            ("ports", "80, 443,", "2 items"),
        ] {
            assert_eq!(read(name, text), value, "{name} {text:?}");
        }
    }
}
