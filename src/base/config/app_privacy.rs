//! Whether the value of an app's setting may be shown: only if its type tells that there is no secret in it.

use serde::de::DeserializeOwned;

use super::app_probe::{Takes, probe};

/// Whether the value of a field may be shown, the most private last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Privacy {
    /// It is a text, a number or a truth, or lists and tables of these: there is no secret in its type.
    Open,
    /// Its type does not tell what is in it, so there may be a secret. It is not shown.
    Unknown,
    /// It is a secret or has one in it.
    Secret,
}

/// How deep structs in structs are searched for secrets. A type may contain itself.
const DEEPEST: usize = 4;

/// Whether a part of the settings may be shown, with all parts of it. `path` leads there, as in [`probe`].
pub(super) fn privacy_of<S: DeserializeOwned>(path: &[usize]) -> Privacy {
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
    #[serde(rename_all = "lowercase")]
    #[allow(dead_code, reason = "only asked for")]
    enum Mode {
        Fast,
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
        let names = probe::<Odd>(&[]).fields.unwrap();
        let of = |privacy: Privacy| {
            let of = names.iter().enumerate().filter(|(place, _)| privacy_of::<Odd>(&[*place]) == privacy);
            of.map(|(_, name)| *name).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(of(Privacy::Open), "text letter numbers table mode pause pair colours place");
        assert_eq!(of(Privacy::Secret), "keyed_pair keyed_variant keyed_deep");
        assert_eq!(
            of(Privacy::Unknown),
            "variant untagged tagged apart flat by_number after_struct deep anything nest"
        );
    }
}
