//! Secrets in files that a settings file names: `database_url_file` and the like. A relative path is resolved
//! from the folder of the settings file, so that the site and every command read the same file wherever they
//! are started.

use std::path::Path;

use figment::Profile;
use figment::value::{Dict, Map, Value};

use super::known::{self, SECRETS, Secret};
use super::layer::Layer;
use crate::base::refusal::Refusal;
use crate::base::text_file;

/// The beginning of such a layer's name.
pub(super) const NAMED: &str = "file ";

/// Reads the secrets for which a settings file, already read, names files.
pub(super) fn of(
    settings: &Path,
    tables: &Map<Profile, Dict>,
    selected: &Profile,
) -> Result<Vec<Layer>, Refusal> {
    let mut layers = Vec::new();
    for (profile, keys) in tables {
        // Files of other profiles need not exist here.
        if profile != selected && *profile != Profile::Default && *profile != Profile::Global {
            continue;
        }
        let own = keys.get("vestibule").and_then(Value::as_dict);
        for secret in SECRETS {
            let table = if secret.is_own() { own } else { Some(keys) };
            let Some((table, named)) = table.and_then(|table| Some((table, table.get(&file_key(secret))?)))
            else {
                continue;
            };
            if table.contains_key(secret.key()) {
                return Err(Refusal::new(format!(
                    "{} and {} are both set in [{profile}] of {}. Keep only one of them.",
                    secret.key(),
                    file_key(secret),
                    settings.display()
                )));
            }
            layers.push(read(settings, profile, secret, named)?);
        }
    }
    Ok(layers)
}

fn read(settings: &Path, profile: &Profile, secret: Secret, named: &Value) -> Result<Layer, Refusal> {
    let key = file_key(secret);
    let must_be = format!("{key} ({}) must be {}", settings.display(), known::allowed(&key));
    let Some(name) = named.as_str().filter(|name| !name.is_empty()) else {
        return Err(Refusal::new(format!("{must_be}.")));
    };
    let file = settings.parent().unwrap_or(Path::new("")).join(name);
    let text = text_file::read_secret(&file).map_err(|error| Refusal::new(format!("{must_be}; {error}.")))?;
    let name = format!("{NAMED}{}", file.display());
    Ok(Layer::of(profile.clone(), &name, vec![(secret.path.to_owned(), Value::from(text))]))
}

fn file_key(secret: Secret) -> String {
    format!("{}_file", secret.key())
}
