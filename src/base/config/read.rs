//! Reads settings from their layers and checks them. The error for a wrong one is a single line: its name,
//! where it came from, what is allowed.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use figment::providers::Serialized;
use figment::value::{Dict, Value};
use figment::{Figment, Metadata};

use super::agreement;
use super::database_url::DatabaseUrl;
use super::known::{self, SECRETS, SERVER, Secret, allowed, is_own, unknown_setting};
use super::layers::{self, BUILT_IN, FLAG};
use super::mail_values::SmtpUrl;
use super::named_files::NAMED;
use super::settings::{ALLOWED, Settings};
use super::variables::{self, VARIABLE};
use crate::base::refusal::Refusal;
use crate::base::secret::SecretKey;

pub use super::layers::{DEFAULTS, Flags, defaults};

/// Secrets that exist even if no setting gives them.
const IN_DATA_FOLDER: [&str; 2] = ["secret_key", "database_url"];

/// Optional settings.
const IS_OPTIONAL: &[&str] = &[
    "smtp_url",
    "smtp_user",
    "smtp_password",
    "smtp_password_file",
    "secret_key_file",
    "database_url_file",
    "smtp_ca_file",
    "smtp_hello",
    "mail_from",
    "unconfirmed_login",
];

/// All settings, read and checked.
#[derive(Clone)]
pub struct Config {
    /// Vestibule's own settings.
    pub settings: Settings,
    /// Rocket's settings: address, port, limits, shutdown.
    pub server: rocket::Config,
    /// The layers that both were read from. Rocket is built on it.
    pub figment: Figment,
    /// The secret key, if a setting gives one.
    pub secret_key: Option<SecretKey>,
    /// What looks wrong but does not stop the start.
    pub warnings: Vec<String>,
}

/// Reads every layer.
pub fn load(flags: &Flags) -> Result<Config, Refusal> {
    let mut config = read(layers::stack(flags)?)?;
    config.warnings.extend(variables::told_of_kubernetes());
    config.warnings.extend(unlikely_base_url(&config));
    config.warnings.extend(readable_secrets(&config));
    Ok(config)
}

/// Turns layers into checked settings.
pub fn read(layers: Figment) -> Result<Config, Refusal> {
    let figment = layers.select(variables::profile());
    known_parts(&figment)?;
    let whole = figment.clone().merge(("secret_key", vec![0u8; 32])); // Rocket requires one; its own copy is never used
    let server = rocket::Config::try_from(&whole).map_err(|error| explain(&figment, error))?;
    let is_reached_by_default = figment.find_value("vestibule.base_url").is_err();
    let base_url = format!("http://localhost:{}", server.port);
    let figment = figment.join(Serialized::default("vestibule.base_url", base_url));

    let own = figment.find_value("vestibule").map_err(|error| explain(&figment, error))?;
    let unknown = own.as_dict().into_iter().flat_map(Dict::keys).find(|key| !is_own(key));
    if let Some(key) = unknown {
        return Err(unknown_setting(key, &place(&figment, &format!("vestibule.{key}"))));
    }
    let settings: Settings = figment.extract_inner("vestibule").map_err(|error| explain(&figment, error))?;
    let settings = settings.with_absolute_paths()?;
    let path = |key: &str| format!("vestibule.{key}");
    let typed = |key: &str| figment.find_value(&path(key)).map(|value| plain(&value)).unwrap_or_default();
    agreement::check(&settings, |key| named(&figment, &path(key)), typed)?;
    let secret_key = match figment.extract_inner::<String>("secret_key") {
        Ok(text) => Some(SecretKey::parse(&text).ok_or_else(|| wrong(&figment, "secret_key", None))?),
        Err(error) if error.missing() => None,
        Err(_) => return Err(wrong(&figment, "secret_key", None)),
    };
    // Emails must not link to an address that only this machine can reach.
    if matches!(settings.smtp_url, Some(SmtpUrl::Server(_))) && is_reached_by_default {
        return Err(Refusal::new(
            "smtp_url is set, but base_url is not. Links in emails begin with base_url: set it to the address that visitors type.",
        ));
    }
    Ok(Config { settings, server, figment, secret_key, warnings: Vec::new() })
}

impl Config {
    /// The source of the database setting, for removing it: the name of a variable, or the key in a settings
    /// file.
    pub fn database_setting(&self) -> Option<String> {
        let metadata = self.figment.find_metadata("vestibule.database_url")?;
        let from = source(metadata, "vestibule.database_url");
        Some(match from.strip_prefix("variable ") {
            Some(variable) => variable.to_owned(),
            None if metadata.name.starts_with(NAMED) => "database_url_file".to_owned(),
            None => format!("database_url (in {from})"),
        })
    }

    /// Whether `base_url` is not set and therefore points to this machine.
    pub fn is_reached_by_default(&self) -> bool {
        let metadata = self.figment.find_metadata("vestibule.base_url");
        metadata.is_none_or(|metadata| source(metadata, "base_url") == "default")
    }

    /// Every setting with its value (secrets hidden) and its source, for `vestibule check`.
    pub fn shown(&self) -> Vec<(String, String, String)> {
        let server = SERVER.iter().map(|(key, _)| *key).chain(["secret_key", "secret_key_file"]);
        let own = ALLOWED.iter().filter(|(key, _)| is_own(key)).map(|(key, _)| format!("vestibule.{key}"));
        let paths = server.map(str::to_owned).chain(own);
        paths
            .filter_map(|path| {
                let key = last(&path);
                let value = self.figment.find_value(&path).ok();
                let shown = match value {
                    Some(_) if is_secret(key) => "(secret)".to_owned(),
                    Some(value) => plain(&value),
                    None if IN_DATA_FOLDER.contains(&key) => "(in the data folder)".to_owned(),
                    None if IS_OPTIONAL.contains(&key) => "(not set)".to_owned(),
                    None => return None,
                };
                let source = self.figment.find_metadata(&path).map_or("default".into(), |m| source(m, &path));
                Some((key.to_owned(), shown, source))
            })
            .collect()
    }
}

fn is_secret(key: &str) -> bool {
    SECRETS.iter().any(|secret| secret.key() == key)
}

/// Refuses unknown keys in `shutdown`. Rocket ignores them, so a typing error would go unnoticed.
fn known_parts(figment: &Figment) -> Result<(), Refusal> {
    let parts = ["ctrlc", "signals", "grace", "mercy", "force", "__non_exhaustive"];
    let set = figment.find_value("shutdown").ok();
    let mut keys = set.as_ref().and_then(Value::as_dict).into_iter().flat_map(Dict::keys);
    let Some(unknown) = keys.find(|key| !parts.contains(&key.as_str())) else { return Ok(()) };
    let hint = known::did_you_mean(unknown, parts.map(str::to_owned).into_iter()).unwrap_or_default();
    Err(Refusal::new(format!("{} has the unknown key `{unknown}`.{hint}", named(figment, "shutdown"))))
}

/// A value as an operator would type it.
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

/// Where a value came from, in words that help to find it.
fn source(metadata: &Metadata, path: &str) -> String {
    let key = last(path);
    let prefix = if path.starts_with("vestibule.") { "VESTIBULE_" } else { "ROCKET_" };
    match (&*metadata.name, metadata.source.as_ref().and_then(|source| source.file_path())) {
        (_, Some(file)) => file.display().to_string(),
        (FLAG, _) => format!("--{}", key.replace('_', "-")),
        (BUILT_IN, _) => BUILT_IN.to_owned(),
        (name, _) if name.starts_with(NAMED) => name[NAMED.len()..].to_owned(),
        (name, _) if name.starts_with("variable ") => name.to_owned(),
        (name, _) if name == VARIABLE || name.contains("environment") => {
            format!("variable {prefix}{}", key.to_uppercase())
        }
        _ => "default".to_owned(),
    }
}

/// The setting and its source: `site_name (variable VESTIBULE_SITE_NAME)`.
fn named(figment: &Figment, path: &str) -> String {
    format!("{} ({})", last(path), place(figment, path))
}

fn place(figment: &Figment, path: &str) -> String {
    figment.find_metadata(path).map_or("default".to_owned(), |metadata| source(metadata, path))
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn wrong(figment: &Figment, path: &str, value: Option<String>) -> Refusal {
    let key = last(path);
    let parameter = value.as_deref().filter(|_| key == "database_url").and_then(known::unknown_parameter);
    if let Some(what) = parameter {
        return Refusal::new(format!("{} {what}", named(figment, path)));
    }
    let unit = value.as_deref().and_then(|value| missing_unit(key, value)).unwrap_or_default();
    // A password inside a URL must not appear in a log.
    let is_secret = |value: &String| is_secret(key) || (key == "smtp_url" && value.contains('@'));
    let not =
        value.filter(|value| !is_secret(value)).map_or(String::new(), |value| format!(", not \"{value}\""));
    Refusal::new(format!("{} must be {}{not}.{unit}", named(figment, path), allowed(key)))
}

/// The hint for a duration that is a bare number.
fn missing_unit(key: &str, value: &str) -> Option<String> {
    let number: u32 = value.trim().parse().ok().filter(|number| *number > 0)?;
    let is_time = allowed(key).starts_with("a time");
    is_time.then(|| format!(" Did you mean \"{number}s\" or \"{number}m\"?"))
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
    // The path of an error may be in either order.
    if let Some(key) = error.path.iter().find(|key| is_own(key)) {
        let path = format!("vestibule.{key}");
        return wrong(figment, &path, figment.find_value(&path).ok().map(|value| plain(&value)));
    }
    if let Some(key) = error.path.iter().find(|key| SERVER.iter().any(|(name, _)| name == key)) {
        return wrong(figment, key, figment.find_value(key).ok().map(|value| plain(&value)));
    }
    Refusal::new(format!("{} cannot be used: {}.", named(figment, &path), error.kind))
}

/// Warns of secrets that other users of the machine can read. This does not stop the start: secrets are often
/// mounted like this in a container, which has no other users.
fn readable_secrets(config: &Config) -> Vec<String> {
    let made = config.secret_key.is_none().then(|| config.settings.data_dir.join("secret.key"));
    let is_none = |secret: &&Secret| {
        let url = config.settings.database_url.as_ref();
        secret.key() == "database_url" && !url.is_some_and(DatabaseUrl::holds_password)
    };
    let given = SECRETS.iter().filter(|secret| !is_none(secret));
    let given = given.filter_map(|secret| file_of(config.figment.find_metadata(secret.path)?));
    // One file may hold several secrets.
    let files: BTreeSet<PathBuf> = made.into_iter().chain(given).collect();
    let told = files.into_iter().filter_map(|file| {
        let mode = file.metadata().ok()?.permissions().mode() & 0o777;
        let file = file.display();
        let open = mode & 0o077 != 0;
        open.then(|| {
            format!(
                "Other users can access {file} (mode {mode:04o}), which holds a secret. Type chmod go= {file}"
            )
        })
    });
    told.collect()
}

/// The file that holds a value: one named by a setting or a variable, or the settings file itself.
fn file_of(metadata: &Metadata) -> Option<PathBuf> {
    let named = metadata.name.strip_prefix(NAMED).map(PathBuf::from);
    let settings = || metadata.source.as_ref()?.file_path().map(PathBuf::from);
    named.or_else(|| variables::file_behind(&metadata.name)).or_else(settings)
}

/// Warns of a `base_url` that visitors can hardly be using.
fn unlikely_base_url(config: &Config) -> Option<String> {
    let (url, address) = (&config.settings.base_url, config.server.address);
    if config.is_reached_by_default() && !address.is_loopback() {
        Some(format!(
            "base_url is not set, and other machines cannot reach {url}. Set base_url to the address that visitors type."
        ))
    } else if !url.is_https() && !url.is_loopback() {
        Some(format!(
            "base_url is {url}, so passwords travel unencrypted. Put a proxy with TLS in front, and set base_url to its https \
             address."
        ))
    } else {
        None
    }
}
