//! The layers of settings: the compiled-in `Rocket.toml`, a file, variables, files that variables name,
//! flags. Anything unknown in a layer stops the start.

use std::net::IpAddr;
use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Profile, Provider};

use super::known::{self, SECRETS, is_own, is_server};
use super::layer::Layer;
use super::{named_files, variables};
use crate::base::absolute::absolute;
use crate::base::refusal::Refusal;
use crate::base::text_file;

/// The compiled-in defaults, as text.
pub const DEFAULTS: &str = include_str!("../../../Rocket.toml");

/// The name of the compiled-in layer.
pub(super) const BUILT_IN: &str = "built in";
/// The name of the layer of command-line flags.
pub(super) const FLAG: &str = "command line";
/// The profiles that exist without being declared.
const PROFILES: [&str; 4] = ["default", "debug", "release", "global"];

/// The settings on the command line.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// A file to read instead of `Rocket.toml` in the working folder.
    pub config: Option<PathBuf>,
    /// Where to listen.
    pub address: Option<IpAddr>,
    /// The port to listen on.
    pub port: Option<u16>,
    /// The data folder.
    pub data_dir: Option<PathBuf>,
    /// How visitors reach this site.
    pub base_url: Option<String>,
}

/// Puts the layers together. Later ones override earlier ones: the compiled-in defaults; `Rocket.toml` of the
/// working folder (or the file that `--config` names; parent folders are not searched) with the files it
/// names; `ROCKET_*` and `VESTIBULE_*` variables; `…_FILE` variables for secrets; flags.
pub(super) fn stack(flags: &Flags) -> Result<Figment, Refusal> {
    variables::known_variables()?;
    let mut layers = defaults();
    let file = flags.config.clone().unwrap_or_else(|| PathBuf::from("Rocket.toml"));
    if flags.config.is_some() || file.exists() {
        let tables = read_file(&file)?;
        layers = layers.merge(Toml::file_exact(&file).nested());
        for layer in named_files::of(&file, &tables, &variables::profile())? {
            layers = layers.merge(layer);
        }
    } else {
        known_profile(&Map::new())?;
    }
    layers = layers.merge(variables::of_the_server()).merge(variables::of_our_own()?);
    for secret in SECRETS {
        layers = layers.merge(variables::of_a_secret(secret)?);
    }
    Ok(layers.merge(flags_layer(flags)?))
}

/// The compiled-in layer alone: the starting point of tests.
pub fn defaults() -> Figment {
    // Rocket's own defaults contain a key of zeros, which must never be taken for a real one.
    let rocket = rocket::Config::default().data().map(|mut profiles| {
        profiles.values_mut().for_each(|keys| drop(keys.remove("secret_key")));
        profiles
    });
    let built_in = Layer { name: BUILT_IN.to_owned(), data: Toml::string(DEFAULTS).nested().data() };
    Figment::from(Layer { name: "default".to_owned(), data: rocket }).merge(built_in)
}

/// Reads a settings file: the tables of profiles, Rocket's keys in them, and the table `vestibule`. Anything
/// else in it is refused.
fn read_file(file: &Path) -> Result<Map<Profile, Dict>, Refusal> {
    let place = file.display();
    let text = text_file::read(file)
        .map_err(|error| Refusal::new(format!("The settings file {place} cannot be read: {error}.")))?;
    let invalid = |error: figment::Error| {
        // The parser quotes the line, which may contain a secret: report only its position and the reason.
        let told = error.kind.to_string();
        let told = told.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|'));
        Refusal::new(format!(
            "The settings file {place} is not valid TOML: {}.",
            told.collect::<Vec<_>>().join(": ")
        ))
    };
    let flat = Toml::string(&text).data().map_err(invalid)?;
    let loose = flat.values().flatten().find(|(_, value)| value.as_dict().is_none());
    if let Some((key, _)) = loose {
        return Err(Refusal::new(format!(
            "`{key}` in {place} is in no table. Put it under [default.vestibule], or under [default] if it is a setting of the \
             server."
        )));
    }
    let tables = Toml::string(&text).nested().data().map_err(invalid)?;
    for (profile, keys) in &tables {
        let known = PROFILES.iter().any(|name| profile == *name);
        if !known && *profile != variables::profile() {
            let hint =
                known::did_you_mean(profile.as_str().as_str(), PROFILES.map(str::to_owned).into_iter());
            return Err(Refusal::new(format!(
                "Unknown table [{profile}] in {place}.{} The tables are [default] and [default.vestibule], and the same for \
                 debug, release and global.",
                hint.unwrap_or_default()
            )));
        }
        if let Some(key) = keys.keys().find(|key| *key != "vestibule" && !is_server(key)) {
            return Err(known::unknown_server_setting(key, &place.to_string()));
        }
        let own = keys.get("vestibule").and_then(Value::as_dict);
        if let Some(key) = own.into_iter().flat_map(Dict::keys).find(|key| !is_own(key)) {
            return Err(known::unknown_setting(key, &place.to_string()));
        }
    }
    known_profile(&tables)?;
    Ok(tables)
}

/// Refuses a profile without settings, which would silently behave like the default.
fn known_profile(tables: &Map<Profile, Dict>) -> Result<(), Refusal> {
    let selected = variables::profile();
    if PROFILES.iter().any(|name| selected == *name) || tables.contains_key(&selected) {
        return Ok(());
    }
    let hint = known::did_you_mean(selected.as_str().as_str(), PROFILES.map(str::to_owned).into_iter());
    Err(Refusal::new(format!(
        "ROCKET_PROFILE selects the profile {selected}, but there is no table [{selected}] or [{selected}.vestibule].{}",
        hint.unwrap_or_default()
    )))
}

fn flags_layer(flags: &Flags) -> Result<Layer, Refusal> {
    // A path that is not valid UTF-8 would name another folder if read as text. The error is the same as for
    // every such path.
    let data_dir = flags.data_dir.as_deref().map(|folder| match folder.to_str() {
        Some(text) => Ok(text.to_owned()),
        None => absolute(folder).map(|folder| folder.display().to_string()),
    });
    let data_dir = data_dir.transpose()?;
    let values = [
        ("address", flags.address.map(|address| Value::from(address.to_string()))),
        ("port", flags.port.map(Value::from)),
        ("vestibule.data_dir", data_dir.map(Value::from)),
        ("vestibule.base_url", flags.base_url.clone().map(Value::from)),
    ];
    let values = values.into_iter().filter_map(|(path, value)| Some((path.to_owned(), value?)));
    Ok(Layer::new(FLAG, values.collect()))
}
#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::fs;

    proptest! {
        #[test]
        fn whatever_stands_in_a_file_is_taken_or_refused_in_one_line(
            text in "(\\[(default|release|global|x)(\\.vestibule)?\\]\n)?(site_name|port|prot|secret_key|\\PC{0,5})? ?= ?(\"\\PC{0,9}\"|[0-9]{1,9}|.{0,9})\n?|.{0,60}"
        ) {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("some.toml");
            fs::write(&file, &text).unwrap();
            if let Err(refusal) = stack(&Flags { config: Some(file), ..Flags::default() }) {
                let told = refusal.to_string();
                prop_assert!(told.contains("some.toml") && !told.contains('\n'), "{:?} is told of {:?}", told, text);
            }
        }
    }
}
