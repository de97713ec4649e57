//! Where settings come from: the `Rocket.toml` compiled in, a file, variables, files that variables name, flags. What is
//! unknown in any of them stops the start.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::{env, fs};

use figment::providers::{Env, Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::absolute::absolute;
use super::refusal::Refusal;
use super::settings::ALLOWED;

/// The compiled-in defaults, as text.
pub const DEFAULTS: &str = include_str!("../../Rocket.toml");

/// The name of the layer that is compiled in.
pub(super) const BUILT_IN: &str = "built in";
/// The name of the layer of `VESTIBULE_*` variables.
pub(super) const VARIABLE: &str = "variable";
/// The name of the layer of flags.
pub(super) const FLAG: &str = "command line";

/// What the command line says about settings.
#[derive(Clone, Debug, Default)]
pub struct Flags {
    /// A file to read in place of the working folder's `Rocket.toml`.
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

/// Puts the layers together. Later beats earlier: what is compiled in, the `Rocket.toml` of the working folder (or the file
/// `--config` names; parent folders are not searched), `ROCKET_*` and `VESTIBULE_*` variables, `…_FILE` variables for the
/// secret ones, flags.
pub(super) fn stack(flags: &Flags) -> Result<Figment, Refusal> {
    let mut layers = defaults();
    let file = flags.config.clone().unwrap_or_else(|| PathBuf::from("Rocket.toml"));
    if flags.config.is_some() || file.exists() {
        known_file_keys(&file)?;
        layers = layers.merge(Toml::file_exact(&file).nested());
    }
    let elsewhere = ["PROFILE", "CONFIG", "SECRET_KEY", "SECRET_KEY_FILE", "VESTIBULE"];
    Ok(layers
        .merge(Env::prefixed("ROCKET_").ignore(&elsewhere).global())
        .merge(own_variables()?)
        .merge(secret_variable("ROCKET_SECRET_KEY", "secret_key")?)
        .merge(secret_variable("VESTIBULE_DATABASE_URL", "vestibule.database_url")?)
        .merge(secret_variable("VESTIBULE_SMTP_PASSWORD", "vestibule.smtp_password")?)
        .merge(flags_layer(flags)?))
}

/// The compiled-in layer alone: what a test starts from.
pub fn defaults() -> Figment {
    // Rocket's own defaults hold a key of zeros, which must never be taken for one that was given.
    let rocket = rocket::Config::default().data().map(|mut profiles| {
        profiles.values_mut().for_each(|keys| drop(keys.remove("secret_key")));
        profiles
    });
    let built_in = Layer { name: BUILT_IN.to_owned(), data: Toml::string(DEFAULTS).nested().data() };
    Figment::from(Layer { name: "default".to_owned(), data: rocket }).merge(built_in)
}

/// A file may hold the profiles' tables, Rocket's keys in them, and the table `vestibule`.
fn known_file_keys(file: &Path) -> Result<(), Refusal> {
    let place = file.display();
    let text = fs::read_to_string(file)
        .map_err(|error| Refusal::new(format!("{place} cannot be read: {error}.")))?;
    let invalid = |error: figment::Error| {
        // The parser quotes the line, which may hold a secret: only its place and the reason are told.
        let told = error.kind.to_string();
        let told = told.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|'));
        Refusal::new(format!("{place} is not valid TOML: {}.", told.collect::<Vec<_>>().join(": ")))
    };
    let flat = Toml::string(&text).data().map_err(invalid)?;
    let loose = flat.values().flatten().find(|(_, value)| value.as_dict().is_none());
    if let Some((key, _)) = loose {
        return Err(Refusal::new(format!(
            "{key} ({place}) stands above all tables. Put it under [default], or under [default.vestibule] if it is one of \
             Vestibule's own."
        )));
    }
    let tables = Toml::string(&text).nested().data().map_err(invalid)?;
    let selected = Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE);
    for (profile, keys) in &tables {
        let known = ["default", "debug", "release", "global"].iter().any(|name| profile == name);
        if !known && *profile != selected {
            return Err(Refusal::new(format!(
                "{place}: [{profile}] is not a table of settings. There are [default] and [default.vestibule], and the same for \
                 [debug], [release] and [global]."
            )));
        }
        if let Some(key) = keys.keys().find(|key| *key != "vestibule" && !is_rocket(key)) {
            let hint = if is_own(key) { " It belongs into the table [default.vestibule]." } else { "" };
            return Err(Refusal::new(format!("{key} ({place}) is not a setting of the server.{hint}")));
        }
        let own = keys.get("vestibule").and_then(Value::as_dict);
        if let Some(key) = own.into_iter().flat_map(Dict::keys).find(|key| !is_own(key)) {
            return Err(unknown_setting(&format!("{key} ({place})")));
        }
    }
    Ok(())
}

/// Keys Rocket reads, as it lists them itself, and the one it does not list.
fn is_rocket(key: &str) -> bool {
    let own = rocket::Config::default().data().unwrap_or_default();
    key == "secret_key" || own.values().any(|dict| dict.contains_key(key))
}

/// Values under one name, for every profile.
struct Layer {
    name: String,
    data: Result<Map<Profile, Dict>, figment::Error>,
}

impl Layer {
    fn new(name: &str, values: Vec<(String, Value)>) -> Layer {
        let mut all = Dict::new();
        for (path, value) in values {
            match path.strip_prefix("vestibule.") {
                None => drop(all.insert(path, value)),
                Some(key) => {
                    let own = all.entry("vestibule".into()).or_insert_with(|| Value::from(Dict::new()));
                    if let Value::Dict(_, dict) = own {
                        dict.insert(key.to_owned(), value);
                    }
                }
            }
        }
        Layer { name: name.to_owned(), data: Ok(Profile::Global.collect(all)) }
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

/// Variables that hold a secret, or name a file that does.
const OWN_SECRETS: [&str; 2] = ["VESTIBULE_DATABASE_URL", "VESTIBULE_SMTP_PASSWORD"];

/// `VESTIBULE_*` variables, each a text exactly as it was typed. `VESTIBULE_TEST_*` belongs to the tests.
fn own_variables() -> Result<Layer, Refusal> {
    let mut values = Vec::new();
    for (name, value) in env::vars_os() {
        let Some(name) = name.to_str().filter(|name| name.starts_with("VESTIBULE_")) else { continue };
        if name.starts_with("VESTIBULE_TEST_")
            || OWN_SECRETS.contains(&name.strip_suffix("_FILE").unwrap_or(name))
        {
            continue;
        }
        let value = value.to_str().ok_or_else(|| not_text(name))?;
        let key = name["VESTIBULE_".len()..].to_lowercase();
        if !is_own(&key) {
            return Err(unknown_setting(&format!("The variable {name}")));
        }
        values.push((format!("vestibule.{key}"), Value::from(value)));
    }
    Ok(Layer::new(VARIABLE, values))
}

/// A secret setting from its variable, or from the file that the variable with `_FILE` names.
fn secret_variable(name: &str, path: &str) -> Result<Layer, Refusal> {
    let named_file = format!("{name}_FILE");
    let (from, value) = match (env::var_os(name), env::var_os(&named_file)) {
        (Some(_), Some(_)) => {
            return Err(Refusal::new(format!("{name} and {named_file} are both set; unset one of them.")));
        }
        (Some(value), None) => (name, value.into_string().map_err(|_| not_text(name))?),
        (None, Some(file)) => {
            let text = fs::read_to_string(&file).map_err(|error| {
                Refusal::new(format!("{named_file}: {} cannot be read: {error}.", Path::new(&file).display()))
            })?;
            (&*named_file, text.trim_end_matches(['\r', '\n']).to_owned())
        }
        (None, None) => return Ok(Layer::new(VARIABLE, Vec::new())),
    };
    Ok(Layer::new(&format!("{VARIABLE} {from}"), vec![(path.to_owned(), Value::from(value))]))
}

fn not_text(name: &str) -> Refusal {
    Refusal::new(format!("The variable {name} is not valid UTF-8."))
}

fn flags_layer(flags: &Flags) -> Result<Layer, Refusal> {
    // Read as a text, one that is none would name another folder. The line is that of every such path.
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

/// `ROCKET_*` variables that mean nothing.
pub(super) fn unknown_rocket_variables() -> Vec<String> {
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = names.filter(|name| {
        let key = name.strip_prefix("ROCKET_").map(str::to_lowercase);
        key.is_some_and(|key| !is_rocket(&key) && !matches!(&*key, "profile" | "secret_key_file"))
    });
    unknown
        .map(|name| format!("The variable {name} is not a setting of the server and has no effect."))
        .collect()
}

/// Whether a key is a setting of our own.
pub(super) fn is_own(key: &str) -> bool {
    key != "secret_key" && ALLOWED.iter().any(|(name, _)| *name == key)
}

/// What to say of a setting that does not exist.
pub(super) fn unknown_setting(named: &str) -> Refusal {
    let names: Vec<_> = ALLOWED.iter().map(|(name, _)| *name).filter(|name| is_own(name)).collect();
    Refusal::new(format!("{named} is not a setting. There are: {}.", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

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
