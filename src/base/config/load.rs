//! Reads settings from their layers and checks them.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use figment::providers::Serialized;
use figment::value::{Dict, Value};
use figment::{Figment, Metadata};
use rocket::data::ByteUnit;

use super::database_url::DatabaseUrl;
use super::explain::{explain, named, place, plain, source, wrong};
use super::known::{is_own, unknown_setting};
use super::mail_values::SmtpUrl;
use super::secret_files::NAMED;
use super::setting::Setting;
use super::settings::Settings;
use super::stack::{DEFAULT, Flags, stack};
use super::{agreement, known, variables};
use crate::base::refusal::Refusal;
use crate::base::secret::SecretKey;

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
    let mut config = read(stack(flags)?)?;
    config.warnings.extend(variables::kubernetes_warning());
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
    can_work(&figment, &server)?;
    let is_reached_by_default = figment.find_value("vestibule.base_url").is_err();
    let base_url = format!("http://localhost:{}", server.port);
    let figment = figment.join(Serialized::default("vestibule.base_url", base_url));

    let own = figment.find_value("vestibule").map_err(|error| explain(&figment, error))?;
    let unknown = own.as_dict().into_iter().flat_map(Dict::keys).find(|key| !is_own(key));
    if let Some(key) = unknown {
        return Err(unknown_setting(key, &place(&figment, &format!("vestibule.{key}"))));
    }
    let settings: Settings = figment.extract_inner("vestibule").map_err(|error| explain(&figment, error))?;
    let settings = settings.absolute()?;
    let path = |key: &str| format!("vestibule.{key}");
    let typed = |key: &str| figment.find_value(&path(key)).map(|value| plain(&value)).unwrap_or_default();
    agreement::check(&settings, |key| named(&figment, &path(key)), typed)?;
    let wrong_key = || wrong(&figment, "secret_key", None);
    let secret_key = match figment.extract_inner::<String>("secret_key") {
        Ok(text) => Some(SecretKey::parse(&text).ok_or_else(wrong_key)?),
        Err(error) if error.missing() => None,
        Err(_) => return Err(wrong_key()),
    };
    // Emails must not link to an address that only this machine can reach.
    if matches!(settings.smtp_url, Some(SmtpUrl::Server(_))) && is_reached_by_default {
        return Err(Refusal::new(format!(
            "{} is set, but base_url is not. Links in emails begin with base_url: set it to the address that visitors type.",
            named(&figment, &path("smtp_url"))
        )));
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

    /// Where a setting was set, in words.
    pub fn source_of(&self, name: &str) -> String {
        known::find(name).map_or(DEFAULT.to_owned(), |setting| place(&self.figment, &setting.path()))
    }

    /// Whether `base_url` is not set and therefore points to this machine.
    pub fn is_reached_by_default(&self) -> bool {
        let metadata = self.figment.find_metadata("vestibule.base_url");
        metadata.is_none_or(|metadata| source(metadata, "base_url") == DEFAULT)
    }

    /// Every setting with its value (secrets hidden) and its source, for `vestibule check`.
    pub fn shown(&self) -> Vec<(String, String, String)> {
        let shown = known::all().map(|setting| {
            let value = match self.figment.find_value(&setting.path()) {
                Ok(_) if setting.secret => "(secret)".to_owned(),
                Ok(value) => plain(&value),
                Err(_) => format!("({})", setting.unset.replace('`', "")),
            };
            (setting.name.to_owned(), value, place(&self.figment, &setting.path()))
        });
        shown.collect()
    }
}

/// The keys of the settings that are tables.
const PARTS: [(&str, &[&str]); 2] = [
    ("limits", &["form", "data-form", "file", "string", "bytes", "json", "msgpack"]),
    ("shutdown", &["ctrlc", "signals", "grace", "mercy", "force", "__non_exhaustive"]),
];

/// Refuses unknown keys in `limits` and `shutdown`, and a wrong size. Rocket ignores such keys, so a typing error
/// would go unnoticed.
fn known_parts(figment: &Figment) -> Result<(), Refusal> {
    for (name, parts) in PARTS {
        let set = figment.find_value(name).ok();
        for (key, value) in set.as_ref().and_then(Value::as_dict).into_iter().flatten() {
            let metadata = figment.get_metadata(value.tag());
            let place = metadata.map_or(DEFAULT.to_owned(), |metadata| source(metadata, name));
            // The size of a file may depend on its kind: `file/png`.
            let is_kind_of_file = name == "limits" && key.starts_with("file/");
            if !is_kind_of_file && !parts.contains(&key.as_str()) {
                let names =
                    || parts.iter().filter(|part| !part.starts_with("__")).map(|part| (*part).to_owned());
                let hint = known::did_you_mean(key, names());
                let hint = hint.unwrap_or_else(|| known::listed("keys", names()));
                return Err(Refusal::new(format!("{name} ({place}) has the unknown key `{key}`.{hint}")));
            }
            if name == "limits" && value.deserialize::<ByteUnit>().is_err() {
                return Err(Refusal::new(format!(
                    "limits.{key} ({place}) must be a size such as \"16KiB\", not \"{}\".",
                    plain(value)
                )));
            }
        }
    }
    Ok(())
}

/// Refuses values that Rocket reads, but with which it cannot work.
fn can_work(figment: &Figment, server: &rocket::Config) -> Result<(), Refusal> {
    let threads = [("workers", server.workers), ("max_blocking", server.max_blocking)];
    if let Some((name, _)) = threads.into_iter().find(|(_, number)| *number == 0) {
        return Err(wrong(figment, name, Some("0".to_owned())));
    }
    // The system's folder need not exist: nothing is written there until an app does so.
    let temp_dir = server.temp_dir.relative();
    if place(figment, "temp_dir") != DEFAULT && !temp_dir.is_dir() {
        return Err(wrong(figment, "temp_dir", Some(temp_dir.display().to_string())));
    }
    Ok(())
}

/// Warns of secrets that other users of the machine can read. This does not stop the start: secrets are often
/// mounted like this in a container, which has no other users.
fn readable_secrets(config: &Config) -> Vec<String> {
    let made = config.secret_key.is_none().then(|| config.settings.data_dir.join("secret.key"));
    let is_none = |secret: &Setting| {
        let url = config.settings.database_url.as_ref();
        secret.name == "database_url" && !url.is_some_and(DatabaseUrl::holds_password)
    };
    let given = known::secrets().filter(|secret| !is_none(secret));
    let given = given.filter_map(|secret| file_of(config.figment.find_metadata(&secret.path())?));
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
