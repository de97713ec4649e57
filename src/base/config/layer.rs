//! Settings with one name, which says where they came from.

use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

/// Values with one source name.
pub(super) struct Layer {
    pub(super) name: String,
    pub(super) data: Result<Map<Profile, Dict>, figment::Error>,
}

impl Layer {
    /// Values by path, for every profile.
    pub(super) fn new(name: &str, values: Vec<(String, Value)>) -> Layer {
        Layer::of(Profile::Global, name, values)
    }

    /// Values by path, for one profile.
    pub(super) fn of(profile: Profile, name: &str, values: Vec<(String, Value)>) -> Layer {
        let mut all = Dict::new();
        for (path, value) in values {
            match path.split_once('.') {
                None => drop(all.insert(path, value)),
                Some((table, key)) => {
                    let table = all.entry(table.to_owned()).or_insert_with(|| Value::from(Dict::new()));
                    if let Value::Dict(_, dict) = table {
                        dict.insert(key.to_owned(), value);
                    }
                }
            }
        }
        Layer { name: name.to_owned(), data: Ok(profile.collect(all)) }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name.clone())
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        self.data.clone()
    }
}
