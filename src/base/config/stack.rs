//! The layers of settings, one over the other: defaults, the app's file, a file, variables, files that variables name,
//! flags.

use std::net::IpAddr;
use std::path::PathBuf;

use figment::providers::{Format, Toml};
use figment::value::Value;
use figment::{Figment, Provider};

use super::layer::Layer;
use super::settings_file::{SettingsFile, known_profile};
use super::{app_variables, known, secret_files, variables};
use crate::base::absolute;
use crate::base::program::Program;
use crate::base::refusal::Refusal;

/// The name of the layer of defaults, ours and Rocket's.
pub(super) const DEFAULT: &str = "default";
/// The name of the layer of command-line flags.
pub(super) const FLAG: &str = "command line";

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
    /// The program that is started: no flag, but what all flags are read for.
    pub program: Program,
}

/// Puts the layers together. Later ones override earlier ones: the defaults; the `Rocket.toml` inside an app;
/// `Rocket.toml` of the working folder (or the file that `--config` names; parent folders are not searched) with the
/// files it names; `ROCKET_*` and `VESTIBULE_*` variables and those of the app; `…_FILE` variables for secrets; flags.
pub(super) fn stack(flags: &Flags) -> Result<Figment, Refusal> {
    let program = &flags.program;
    variables::known_variables(program)?;
    let inside = SettingsFile::inside(program)?;
    let file = flags.config.clone().unwrap_or_else(|| PathBuf::from("Rocket.toml"));
    let is_there = flags.config.is_some() || file.exists();
    let file = if is_there { Some(SettingsFile::read(&file, program)?) } else { None };
    known_profile(inside.iter().chain(&file))?;
    let mut layers = defaults();
    for settings in inside.map(SettingsFile::of_the_profile).into_iter().chain(file) {
        layers = with_file(layers, settings)?;
    }
    layers = layers.merge(variables::of_the_server(program)).merge(variables::of_our_own(program)?);
    for secret in known::secrets() {
        layers = layers.merge(variables::of_a_secret(secret)?);
    }
    layers = app_variables::of_the_app(program)?.into_iter().fold(layers, Figment::merge);
    Ok(layers.merge(flags_layer(flags)?))
}

/// Layers with a settings file over them, and over it the secrets from files that it names.
fn with_file(layers: Figment, settings: SettingsFile) -> Result<Figment, Refusal> {
    let secrets = secret_files::of(&settings)?;
    Ok(secrets.into_iter().fold(layers.merge(settings), Figment::merge))
}

/// The defaults alone: the starting point of tests.
pub fn defaults() -> Figment {
    // Rocket's own defaults contain a key of zeros, which must never be taken for a real one.
    let rocket = rocket::Config::default().data().map(|mut profiles| {
        profiles.values_mut().for_each(|keys| drop(keys.remove("secret_key")));
        profiles
    });
    let tables = Toml::string(&known::defaults()).nested().data();
    let layer = |data| Layer { name: DEFAULT.to_owned(), data };
    Figment::from(layer(rocket)).merge(layer(tables))
}

/// The defaults of a program, with what the `Rocket.toml` inside an app changes of them: the starting point of an app's
/// tests.
pub fn defaults_for(program: &Program) -> Result<Figment, Refusal> {
    match SettingsFile::inside(program)? {
        Some(settings) => with_file(defaults(), settings.of_the_profile()),
        None => Ok(defaults()),
    }
}

fn flags_layer(flags: &Flags) -> Result<Layer, Refusal> {
    let data_dir = flags.data_dir.as_deref().map(absolute::as_text).transpose()?;
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
                prop_assert!(told.contains("some.toml") && !told.contains('\n'), "{:?} says {:?}", told, text);
            }
        }
    }
}
