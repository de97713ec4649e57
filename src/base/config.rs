//! Where settings come from. Later beats earlier: the `Rocket.toml` compiled in, the one in the working folder (or the
//! one `--config` names; parent folders are not searched), `ROCKET_*` and `VESTIBULE_*` variables, `…_FILE` variables
//! for the secret ones, command-line flags. Anything unknown or ill-typed stops the start with one plain line.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::{env, fs};

use figment::providers::{Env, Format, Serialized, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Figment, Metadata, Profile, Provider};

use super::refusal::Refusal;
use super::secret::Key;
use super::settings::{ALLOWED, Settings};

/// The compiled-in defaults, as text.
pub const DEFAULTS: &str = include_str!("../../Rocket.toml");

const BUILT_IN: &str = "built in";
const VARIABLE: &str = "variable";
const FLAG: &str = "command line";

/// Secret settings: not shown by `check`, and readable from the file a `…_FILE` variable names.
const SECRET: [&str; 2] = ["secret_key", "database_url"];

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

/// Everything the program was told, read and checked.
#[derive(Clone, Debug)]
pub struct Config {
    /// Vestibule's own settings.
    pub settings: Settings,
    /// Rocket's settings: address, port, limits, shutdown.
    pub server: rocket::Config,
    /// The layers the two were read from; Rocket is built on it.
    pub figment: Figment,
    /// The secret key, where one was given.
    pub secret_key: Option<Key>,
    /// What is odd but does not stop the start.
    pub warnings: Vec<String>,
}

/// Reads every layer.
pub fn load(flags: &Flags) -> Result<Config, Refusal> {
    let mut layers = defaults();
    let file = flags.config.clone().unwrap_or_else(|| PathBuf::from("Rocket.toml"));
    if flags.config.is_some() || file.exists() {
        known_file_keys(&file)?;
        layers = layers.merge(Toml::file_exact(&file).nested());
    }
    let layers = layers
        .merge(
            Env::prefixed("ROCKET_").ignore(&["PROFILE", "CONFIG", "SECRET_KEY", "SECRET_KEY_FILE"]).global(),
        )
        .merge(own_variables()?)
        .merge(secret_variable("ROCKET_SECRET_KEY", "secret_key")?)
        .merge(secret_variable("VESTIBULE_DATABASE_URL", "vestibule.database_url")?)
        .merge(flags_layer(flags));
    let mut config = read(layers)?;
    config.warnings.extend(unknown_rocket_variables());
    config.warnings.extend(unlikely_base_url(&config));
    Ok(config)
}

/// The compiled-in layer alone: what a test starts from.
pub fn defaults() -> Figment {
    // Rocket's own defaults hold a key of zeros, which must never be taken for one that was given.
    let rocket = rocket::Config::default().data().map(|mut profiles| {
        profiles.values_mut().for_each(|keys| drop(keys.remove("secret_key")));
        profiles
    });
    let built_in = Layer { name: BUILT_IN, data: Toml::string(DEFAULTS).nested().data() };
    Figment::from(Layer { name: "default", data: rocket }).merge(built_in)
}

/// Turns layers into checked settings.
pub fn read(layers: Figment) -> Result<Config, Refusal> {
    let profile = Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE);
    let figment = layers.select(profile);
    let whole = figment.clone().join(("secret_key", vec![0u8; 32])); // Rocket wants one; its own copy is never used
    let server = rocket::Config::try_from(&whole).map_err(|error| explain(&figment, error))?;
    let base_url = format!("http://localhost:{}", server.port);
    let figment = figment.join(Serialized::default("vestibule.base_url", base_url));

    let own = figment.find_value("vestibule").map_err(|error| explain(&figment, error))?;
    let unknown = own.as_dict().into_iter().flat_map(Dict::keys).find(|key| !is_own(key));
    if let Some(key) = unknown {
        return Err(unknown_setting(&named(&figment, &format!("vestibule.{key}"))));
    }
    let settings: Settings = figment.extract_inner("vestibule").map_err(|error| explain(&figment, error))?;
    let secret_key = match figment.extract_inner::<String>("secret_key") {
        Ok(text) => Some(Key::parse(&text).ok_or_else(|| wrong(&figment, "secret_key", None))?),
        Err(error) if error.missing() => None,
        Err(_) => return Err(wrong(&figment, "secret_key", None)),
    };
    Ok(Config { settings, server, figment, secret_key, warnings: Vec::new() })
}

impl Config {
    /// Every setting with its value (secrets hidden) and where it came from, for `vestibule check`.
    pub fn shown(&self) -> Vec<(String, String, String)> {
        let server =
            ["address", "port", "workers", "keep_alive", "log_level", "limits", "shutdown", "secret_key"];
        let own = ALLOWED.iter().filter(|(key, _)| is_own(key)).map(|(key, _)| format!("vestibule.{key}"));
        let paths = server.iter().map(|key| key.to_string()).chain(own);
        paths
            .filter_map(|path| {
                let key = last(&path);
                let value = self.figment.find_value(&path).ok();
                let shown = match value {
                    Some(_) if SECRET.contains(&key) => "(secret)".to_owned(),
                    Some(value) => plain(&value),
                    None if SECRET.contains(&key) => "(in the data folder)".to_owned(),
                    None => return None,
                };
                let source = self.figment.find_metadata(&path).map_or("default".into(), |m| source(m, &path));
                Some((key.to_owned(), shown, source))
            })
            .collect()
    }
}

/// A value as one would type it.
fn plain(value: &Value) -> String {
    match value {
        Value::String(_, text) => text.clone(),
        Value::Dict(_, dict) => {
            let pairs: Vec<_> = dict.iter().map(|(key, value)| format!("{key} = {}", plain(value))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Array(_, items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Bool(_, truth) => truth.to_string(),
        Value::Num(_, number) => {
            let float = || number.to_f64().unwrap_or_default().to_string();
            number
                .to_u128()
                .map(|n| n.to_string())
                .or(number.to_i128().map(|n| n.to_string()))
                .unwrap_or_else(float)
        }
        Value::Char(_, c) => c.to_string(),
        Value::Empty(..) => String::new(),
    }
}

/// Where a value came from, in words that lead back to it.
fn source(metadata: &Metadata, path: &str) -> String {
    let key = last(path);
    let prefix = if path.starts_with("vestibule.") { "VESTIBULE_" } else { "ROCKET_" };
    match (&*metadata.name, metadata.source.as_ref().and_then(|source| source.file_path())) {
        (_, Some(file)) => file.display().to_string(),
        (FLAG, _) => format!("--{}", key.replace('_', "-")),
        (BUILT_IN, _) => BUILT_IN.to_owned(),
        (name, _) if name == VARIABLE || name.contains("environment") => {
            format!("variable {prefix}{}", key.to_uppercase())
        }
        _ => "default".to_owned(),
    }
}

/// The setting and its source: `site_name (variable VESTIBULE_SITE_NAME)`.
fn named(figment: &Figment, path: &str) -> String {
    let from = figment.find_metadata(path).map_or("default".to_owned(), |metadata| source(metadata, path));
    format!("{} ({from})", last(path))
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn is_own(key: &str) -> bool {
    key != "secret_key" && ALLOWED.iter().any(|(name, _)| *name == key)
}

fn unknown_setting(named: &str) -> Refusal {
    let names: Vec<_> = ALLOWED.iter().map(|(name, _)| *name).collect();
    Refusal::new(format!("{named} is not a setting. There are: {}.", names.join(", ")))
}

fn wrong(figment: &Figment, path: &str, value: Option<String>) -> Refusal {
    let key = last(path);
    let allowed =
        ALLOWED.iter().find(|(name, _)| *name == key).map_or("of another type", |(_, allowed)| allowed);
    let not =
        value.filter(|_| !SECRET.contains(&key)).map_or(String::new(), |value| format!(", not \"{value}\""));
    Refusal::new(format!("{} must be {allowed}{not}.", named(figment, path)))
}

/// Turns figment's error into one line: the setting, where it came from, what is allowed.
fn explain(figment: &Figment, error: figment::Error) -> Refusal {
    let first = error.into_iter().next();
    let Some(error) = first else { return Refusal::new("The settings cannot be read.".to_owned()) };
    let path = error.path.join(".");
    if path.is_empty() {
        let place =
            error.metadata.as_ref().and_then(|m| m.source.as_ref()).map(|source| format!("{source}: "));
        let text = error.kind.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        return Refusal::new(format!("{}{text}.", place.unwrap_or_default()));
    }
    let own = path.starts_with("vestibule.") || is_own(&path);
    if own {
        let path = format!("vestibule.{}", last(&path));
        return wrong(figment, &path, figment.find_value(&path).ok().map(|value| plain(&value)));
    }
    Refusal::new(format!("{} cannot be used: {}.", named(figment, &path), error.kind))
}

/// A file may hold the profiles' tables, Rocket's keys in them, and the table `vestibule`.
fn known_file_keys(file: &Path) -> Result<(), Refusal> {
    let place = file.display();
    let text = fs::read_to_string(file)
        .map_err(|error| Refusal::new(format!("{place} cannot be read: {error}.")))?;
    let tables = Toml::string(&text).nested().data().map_err(|error| {
        let line = error.kind.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
        Refusal::new(format!("{place} is not valid TOML: {line}."))
    })?;
    let selected = Profile::from_env_or("ROCKET_PROFILE", rocket::Config::DEFAULT_PROFILE);
    for (profile, keys) in &tables {
        let known = ["default", "debug", "release", "global"].iter().any(|name| profile == name);
        if !known && *profile != selected {
            return Err(Refusal::new(format!(
                "{place}: [{profile}] is not a table of settings. There are: [default], [default.vestibule]."
            )));
        }
        if let Some(key) = keys.keys().find(|key| *key != "vestibule" && !is_rocket(key)) {
            let hint = if is_own(key) { " It belongs into the table [default.vestibule]." } else { "" };
            return Err(Refusal::new(format!("{key} ({place}) is not a setting of the server.{hint}")));
        }
    }
    Ok(())
}

/// Keys Rocket reads, as it lists them itself, and the one it does not list.
fn is_rocket(key: &str) -> bool {
    let own = rocket::Config::default().data().unwrap_or_default();
    key == "secret_key" || own.values().any(|dict| dict.contains_key(key))
}

fn unknown_rocket_variables() -> Vec<String> {
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let unknown = names.filter(|name| {
        let key = name.strip_prefix("ROCKET_").map(str::to_lowercase);
        key.is_some_and(|key| !is_rocket(&key) && !matches!(&*key, "profile" | "config" | "secret_key_file"))
    });
    unknown
        .map(|name| format!("The variable {name} is not a setting of the server and has no effect."))
        .collect()
}

/// A `base_url` that cannot be how visitors come.
fn unlikely_base_url(config: &Config) -> Option<String> {
    let (url, address) = (&config.settings.base_url, config.server.address);
    let told = config
        .figment
        .find_metadata("vestibule.base_url")
        .is_some_and(|m| source(m, "base_url") != "default");
    if !told && !address.is_loopback() {
        Some(format!("Visitors from elsewhere cannot reach {url}. Set base_url to the address they type."))
    } else if !url.is_https() && !url.is_loopback() {
        Some(format!(
            "With {url} as base_url, passwords travel unencrypted. Put a proxy with TLS in front; set base_url to https."
        ))
    } else {
        None
    }
}

/// Values under one name, for every profile.
struct Layer {
    name: &'static str,
    data: Result<Map<Profile, Dict>, figment::Error>,
}

impl Layer {
    fn new(name: &'static str, values: Vec<(String, Value)>) -> Layer {
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
        Layer { name, data: Ok(Profile::Global.collect(all)) }
    }
}

impl Provider for Layer {
    fn metadata(&self) -> Metadata {
        Metadata::named(self.name)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        self.data.clone()
    }
}

/// `VESTIBULE_*` variables, each a text exactly as it was typed. `VESTIBULE_TEST_*` belongs to the tests.
fn own_variables() -> Result<Layer, Refusal> {
    let mut values = Vec::new();
    for (name, value) in env::vars_os() {
        let Some(name) = name.to_str().filter(|name| name.starts_with("VESTIBULE_")) else { continue };
        if name.starts_with("VESTIBULE_TEST_") || name.starts_with("VESTIBULE_DATABASE_URL") {
            continue;
        }
        let value =
            value.to_str().ok_or_else(|| Refusal::new(format!("The variable {name} is not valid UTF-8.")))?;
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
    let value = match (env::var(name).ok(), env::var_os(&named_file)) {
        (Some(_), Some(_)) => {
            return Err(Refusal::new(format!("{name} and {named_file} are both set; unset one of them.")));
        }
        (Some(value), None) => value,
        (None, Some(file)) => {
            let place = Path::new(&file).display();
            let text = fs::read_to_string(&file);
            let text = text
                .map_err(|error| Refusal::new(format!("{named_file}: {place} cannot be read: {error}.")))?;
            text.trim_end_matches(['\r', '\n']).to_owned()
        }
        (None, None) => return Ok(Layer::new(VARIABLE, Vec::new())),
    };
    Ok(Layer::new(VARIABLE, vec![(path.to_owned(), Value::from(value))]))
}

fn flags_layer(flags: &Flags) -> Layer {
    let text = |path: &Path| Value::from(path.to_string_lossy().into_owned());
    let values = [
        ("address", flags.address.map(|address| Value::from(address.to_string()))),
        ("port", flags.port.map(Value::from)),
        ("vestibule.data_dir", flags.data_dir.as_deref().map(text)),
        ("vestibule.base_url", flags.base_url.clone().map(Value::from)),
    ];
    Layer::new(FLAG, values.into_iter().filter_map(|(path, value)| Some((path.to_owned(), value?))).collect())
}
