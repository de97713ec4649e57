//! Reads settings from their layers and checks them.

use figment::Figment;
use figment::providers::Serialized;
use figment::value::{Dict, Value};
use rocket::data::ByteUnit;

use super::explain::{explain, named, place, plain, source, wrong};
use super::known::{is_own, unknown_setting};
use super::mail_values::SmtpUrl;
use super::secret_files::NAMED;
use super::settings::Settings;
use super::stack::{DEFAULT, Flags, stack};
use super::{agreement, app_values, exposed_secrets, known, variables};
use crate::base::program::Program;
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
    let mut config = read_for(&flags.program, stack(flags)?)?;
    config.warnings.extend(variables::kubernetes_warning(&flags.program));
    config.warnings.extend(unlikely_base_url(&config));
    let is_key_given = config.secret_key.is_some();
    config.warnings.extend(exposed_secrets::warnings(&config.settings, &config.figment, is_key_given));
    Ok(config)
}

/// Turns layers into checked settings of Vestibule alone.
pub fn read(layers: Figment) -> Result<Config, Refusal> {
    read_for(&Program::default(), layers)
}

/// Turns layers into checked settings of a program. It comes with them, with the values of its own settings.
pub fn read_for(program: &Program, layers: Figment) -> Result<Config, Refusal> {
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
    let settings = Settings { program: app_values::read(program, &figment)?, ..settings.absolute()? };
    let path = |key: &str| format!("vestibule.{key}");
    let typed = |key: &str| figment.find_value(&path(key)).map(|value| plain(&value)).unwrap_or_default();
    agreement::check(&settings, |key| named(&figment, &path(key)), typed)?;
    let wrong_key = || {
        let told = wrong(&figment, "secret_key", None).to_string();
        Refusal::new(told.replace("`vestibule key`", &format!("`{} key`", program.name)))
    };
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

    /// Every setting with its value (secrets hidden) and its source, for `check`. Those of the app come last, after its
    /// name: `notes.page_size`.
    pub fn shown(&self) -> Vec<(String, String, String)> {
        let shown = known::all().map(|setting| {
            let value = match self.figment.find_value(&setting.path()) {
                Ok(_) if setting.secret => "(secret)".to_owned(),
                Ok(value) => plain(&value),
                Err(_) => format!("({})", setting.unset.replace('`', "")),
            };
            (setting.name.to_owned(), value, place(&self.figment, &setting.path()))
        });
        shown.chain(app_values::shown(&self.settings.program, &self.figment)).collect()
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
