//! Secrets in files that a settings file names: `database_url_file` and the like.

use std::path::Path;

use figment::Profile;
use figment::value::{Dict, Value};

use super::layer::Layer;
use super::setting::{Owner, SecretFile, Setting};
use super::settings_file::SettingsFile;
use super::{known, variables};
use crate::base::refusal::Refusal;
use crate::base::text_file;

/// The beginning of such a layer's name.
pub(super) const NAMED: &str = "file ";

/// Reads the secrets for which a settings file names files.
pub(super) fn of(settings: &SettingsFile) -> Result<Vec<Layer>, Refusal> {
    let (place, selected) = (settings.file.display(), variables::profile());
    let mut layers = Vec::new();
    for (profile, keys) in &settings.tables {
        // Files of other profiles need not exist here.
        if *profile != selected && *profile != Profile::Default && *profile != Profile::Global {
            continue;
        }
        for secret in known::secrets() {
            let SecretFile { name: file_name, .. } = secret.twin;
            let Some(table) = table_of(secret, keys) else { continue };
            let Some(named) = table.get(file_name) else { continue };
            if table.contains_key(secret.name) {
                let below = if secret.owner == Owner::Vestibule { ".vestibule" } else { "" };
                return Err(Refusal::new(format!(
                    "{} and {file_name} are both set in [{profile}{below}] of {place}. Keep only one of them.",
                    secret.name
                )));
            }
            layers.push(read(&settings.file, profile, secret, named)?);
        }
    }
    Ok(layers)
}

fn table_of(setting: Setting, keys: &Dict) -> Option<&Dict> {
    match setting.owner {
        Owner::Rocket => Some(keys),
        Owner::Vestibule => keys.get("vestibule").and_then(Value::as_dict),
    }
}

fn read(settings: &Path, profile: &Profile, secret: Setting, named: &Value) -> Result<Layer, Refusal> {
    let SecretFile { name, allowed, .. } = secret.twin;
    let must_be = format!("{name} ({}) must be {allowed}", settings.display());
    let Some(file) = named.as_str().filter(|file| !file.is_empty()) else {
        return Err(Refusal::new(format!("{must_be}.")));
    };
    let text = text_file::read_secret(Path::new(file))
        .map_err(|error| Refusal::new(format!("{must_be}; {error}.")))?;
    Ok(Layer::of(profile.clone(), &format!("{NAMED}{file}"), vec![(secret.path(), Value::from(text))]))
}
