//! A settings file: the tables of profiles, Rocket's keys in them, and the table `vestibule`. Anything else in
//! it stops the start.

use std::iter;
use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::known::{self, is_own, is_server};
use super::setting::Owner;
use super::variables;
use crate::base::absolute;
use crate::base::refusal::Refusal;
use crate::base::text_file;

/// The profiles that exist without being declared.
const PROFILES: [&str; 4] = ["default", "debug", "release", "global"];

/// A settings file that was read. A relative path of a setting that names a file starts at its folder, so that the
/// site and every command read the same file, wherever they are started.
pub(super) struct SettingsFile {
    pub(super) file: PathBuf,
    pub(super) tables: Map<Profile, Dict>,
}

impl SettingsFile {
    /// Reads a file.
    pub(super) fn read(file: &Path) -> Result<SettingsFile, Refusal> {
        let place = file.display();
        let text = text_file::read(file).map_err(|error| {
            let whole = absolute::absolute(file).unwrap_or_else(|_| file.to_owned());
            Refusal::new(format!("The settings file {} cannot be read: {error}.", whole.display()))
        })?;
        let flat = Toml::string(&text).data().map_err(|error| not_toml(file, &error))?;
        let loose = flat.values().flatten().find(|(_, value)| value.as_dict().is_none());
        if let Some((key, _)) = loose {
            return Err(Refusal::new(format!(
                "`{key}` in {place} is in no table. Put it under [default.vestibule], or under [default] if it is a setting of the \
                 server."
            )));
        }
        let mut tables = Toml::string(&text).nested().data().map_err(|error| not_toml(file, &error))?;
        for (profile, keys) in &tables {
            known_keys(profile, keys, &place.to_string())?;
        }
        known_profile(&tables)?;
        for keys in tables.values_mut() {
            begin_at_folder(keys, file)?;
        }
        Ok(SettingsFile { file: file.to_owned(), tables })
    }
}

impl Provider for SettingsFile {
    fn metadata(&self) -> Metadata {
        Metadata::from("settings file", &*self.file)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(self.tables.clone())
    }
}

/// The parser quotes the line, which may contain a secret: report only its position and the reason.
fn not_toml(file: &Path, error: &figment::Error) -> Refusal {
    let told = error.kind.to_string();
    let told = told.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|'));
    Refusal::new(format!(
        "The settings file {} is not valid TOML: {}.",
        file.display(),
        told.collect::<Vec<_>>().join(": ")
    ))
}

/// Refuses the table of an unknown profile, and unknown settings in a table.
fn known_keys(profile: &Profile, keys: &Dict, place: &str) -> Result<(), Refusal> {
    let is_known = PROFILES.iter().any(|name| profile == *name);
    if !is_known && *profile != variables::profile() {
        return Err(Refusal::new(format!(
            "Unknown table [{profile}] in {place}.{} The tables are [default] and [default.vestibule], and the same for \
             debug, release and global.",
            meant_table(profile)
        )));
    }
    if let Some((key, value)) = keys.iter().find(|(key, _)| *key != "vestibule" && !is_server(key)) {
        return Err(match value {
            Value::Dict(..) => known::unknown_table(profile.as_str().as_str(), key, place),
            _ => known::unknown_server_setting(key, place),
        });
    }
    match keys.get("vestibule") {
        None => Ok(()),
        Some(Value::Dict(_, own)) => known_own_keys(profile, own, place),
        Some(_) => Err(Refusal::new(format!("vestibule ({place}) must be the table [{profile}.vestibule]."))),
    }
}

/// Refuses unknown settings in a table of Vestibule's own, and tables below it.
fn known_own_keys(profile: &Profile, own: &Dict, place: &str) -> Result<(), Refusal> {
    let Some((key, value)) = own.iter().find(|(key, _)| !is_own(key)) else { return Ok(()) };
    let Value::Dict(_, below) = value else { return Err(known::unknown_setting(key, place)) };
    if is_server(key) {
        return Err(known::unknown_setting(key, place));
    }
    let settings = match below.keys().next() {
        None => "its settings".to_owned(),
        Some(first) if below.len() == 1 => first.to_owned(),
        Some(first) => format!("{first} and the others"),
    };
    Err(Refusal::new(format!(
        "Unknown table [{profile}.vestibule.{key}] in {place}. [{profile}.vestibule] has no tables below it; write {settings} \
         directly into it."
    )))
}

/// Refuses a selected profile without settings, which would silently behave like the default.
pub(super) fn known_profile(tables: &Map<Profile, Dict>) -> Result<(), Refusal> {
    let selected = variables::profile();
    if PROFILES.iter().any(|name| selected == *name) || tables.contains_key(&selected) {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "ROCKET_PROFILE selects the profile {selected}, but there is no table [{selected}] or [{selected}.vestibule].{} \
         Add one to the settings file, or unset ROCKET_PROFILE.",
        meant(&selected)
    )))
}

fn meant(profile: &Profile) -> String {
    let names = PROFILES.map(str::to_owned).into_iter();
    known::did_you_mean(profile.as_str().as_str(), names).unwrap_or_default()
}

/// The same for a table in the place of a profile's: it may be Vestibule's own, without the profile.
fn meant_table(profile: &Profile) -> String {
    let own = iter::once("vestibule".to_owned());
    match known::did_you_mean(profile.as_str().as_str(), own) {
        Some(_) => " Did you mean [default.vestibule]?".to_owned(),
        None => meant(profile),
    }
}

/// Lets the relative paths in a table begin at the folder of the file: of the settings that name a file.
fn begin_at_folder(keys: &mut Dict, file: &Path) -> Result<(), Refusal> {
    let folder = file.parent().unwrap_or(Path::new(""));
    for setting in known::all().filter(|setting| setting.names_file) {
        let table = match setting.owner {
            Owner::Rocket => Some(&mut *keys),
            Owner::Vestibule => keys.get_mut("vestibule").and_then(as_dict_mut),
        };
        let Some(Value::String(_, path)) = table.and_then(|table| table.get_mut(setting.name)) else {
            continue;
        };
        if !path.trim().is_empty() {
            *path = absolute::as_text(&folder.join(&*path))?;
        }
    }
    Ok(())
}

fn as_dict_mut(value: &mut Value) -> Option<&mut Dict> {
    match value {
        Value::Dict(_, dict) => Some(dict),
        _ => None,
    }
}
