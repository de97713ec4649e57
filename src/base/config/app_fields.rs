//! The fields of the struct with an app's settings, and what each of them takes.

use figment::value::Value;
use serde::de::DeserializeOwned;

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

/// Whether the value of a field may be shown, in the order of caution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Privacy {
    /// It is a text, a number or a truth, or lists and tables of these: there is no secret in its type.
    Open,
    /// Its type does not tell what is in it, so there may be a secret. It is not shown.
    Unknown,
    /// It is a secret or has one in it.
    Secret,
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

/// How deep structs in structs are searched for secrets. A type may contain itself.
const DEEPEST: usize = 4;

/// Whether a part of the settings may be shown, with all parts of it. `path` leads there, as in [`probe`].
fn privacy_of<S: DeserializeOwned>(path: &[usize]) -> Privacy {
    let found = probe::<S>(path);
    let here = match found.takes {
        Takes::Secret => Privacy::Secret,
        // A variant with data: the setting is not shown, so that no one has to know which variants are harmless.
        _ if found.has_data || !found.is_known => Privacy::Unknown,
        _ => Privacy::Open,
    };
    let below = |place: usize| privacy_of::<S>(&[path, &[place]].concat());
    match found.parts {
        0 => here,
        _ if path.len() >= DEEPEST => here.max(Privacy::Unknown),
        parts => (0..parts).map(below).fold(here, Privacy::max),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::time::Duration;

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
    struct Odd {
        text: String,
        letter: Option<char>,
        numbers: Vec<Vec<f64>>,
        table: HashMap<String, Vec<bool>>,
        mode: Vec<Mode>,
        pause: Duration,
        pair: (u16, String),
        colours: [u8; 3],
        place: Place,
        keyed_pair: (u16, Secret),
        keyed_variant: Keyed,
        keyed_deep: Option<Vec<(String, HashMap<String, Secret>)>>,
        variant: Source,
        untagged: Untagged,
        tagged: Tagged,
        apart: Apart,
        flat: Flat,
        by_number: HashMap<u16, Secret>,
        after_struct: (Place, Secret),
        deep: Deep<Deep<Deep<Deep<Secret>>>>,
        anything: serde_json::Value,
        nest: Nest,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Place {
        x: i32,
        name: Option<String>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    enum Keyed {
        Off,
        Pair(u8, Secret),
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    enum Source {
        Here,
        File(String),
        Site { url: String },
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    #[allow(dead_code, reason = "only asked for")]
    enum Untagged {
        Off(bool),
        Key(Secret),
    }

    #[derive(Deserialize)]
    #[serde(tag = "kind")]
    #[allow(dead_code, reason = "only asked for")]
    enum Tagged {
        Off,
        On { key: Secret },
    }

    #[derive(Deserialize)]
    #[serde(tag = "kind", content = "value")]
    #[allow(dead_code, reason = "only asked for")]
    enum Apart {
        Off,
        Key(Secret),
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Flat {
        host: String,
        #[serde(flatten)]
        login: Deep<Secret>,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Deep<T> {
        inside: T,
    }

    #[derive(Deserialize)]
    #[allow(dead_code, reason = "only asked for")]
    struct Nest(Vec<Nest>);

    #[test]
    fn a_value_may_be_shown_only_if_its_type_tells_that_no_secret_is_in_it() {
        let fields = fields_of::<Odd>().unwrap();
        let of = |privacy: Privacy| {
            let of = fields.iter().filter(|field| field.privacy == privacy);
            of.map(|field| field.name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(Privacy::Open), "text letter numbers table mode pause pair colours place");
        assert_eq!(of(Privacy::Secret), "keyed_pair keyed_variant keyed_deep");
        assert_eq!(
            of(Privacy::Unknown),
            "variant untagged tagged apart flat by_number after_struct deep anything nest"
        );
        let takes = |name: &str| fields.iter().find(|field| field.name == name).map(|field| field.takes);
        assert_eq!((takes("colours"), takes("pair")), (Some(Takes::Whole), Some(Takes::Whole)));
        assert_eq!((takes("place"), takes("variant")), (Some(Takes::Other), Some(Takes::Other)));
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
