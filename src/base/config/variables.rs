//! Settings from variables: ours and the server's. An empty variable counts as not set: this is how an env file of
//! Compose or systemd removes one. An unknown one stops the start, unless Kubernetes set it.

use std::env;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;

use figment::Profile;
use figment::providers::Env;
use figment::value::Value;

use super::app_known;
use super::app_settings::AppSettings;
use super::known::{self, is_own, is_server};
use super::layer::Layer;
use super::setting::{SecretFile, Setting};
use crate::base::program::Program;
use crate::base::refusal::Refusal;
use crate::base::text_file;

/// The name of the layer of `VESTIBULE_*` variables.
pub(super) const VARIABLE: &str = "variable";

/// The selected profile: the table `[debug]`, `[release]` or another.
pub(super) fn profile() -> Profile {
    let named = variable("ROCKET_PROFILE").and_then(|name| name.into_string().ok());
    named.map_or(rocket::Config::DEFAULT_PROFILE, |name| Profile::new(&name))
}

/// A variable with a value.
pub(super) fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// All variables with one of our prefixes or with that of the app.
fn prefixed(program: &Program) -> impl Iterator<Item = (String, OsString)> {
    let texts = env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    let of_app = program.prefix();
    texts.filter(move |(name, _)| {
        name.starts_with("VESTIBULE_") || name.starts_with("ROCKET_") || name.starts_with(&of_app)
    })
}

/// Those of them that have a value and are not set by Kubernetes.
fn ours(program: &Program) -> impl Iterator<Item = (String, OsString)> {
    prefixed(program).filter(|(name, value)| {
        !value.is_empty() && !is_of_kubernetes(name, value.to_str().unwrap_or_default())
    })
}

/// Refuses variables that are not settings.
pub(super) fn known_variables(program: &Program) -> Result<(), Refusal> {
    ours(program).try_for_each(|(name, _)| known_variable(&name, program))
}

/// Refuses a variable with one of the prefixes that is no setting.
pub(super) fn known_variable(name: &str, program: &Program) -> Result<(), Refusal> {
    // `VESTIBULE_TEST_*` belongs to the tests, `ROCKET_CODEGEN_DEBUG` to the compiler.
    let spared = name.starts_with("VESTIBULE_TEST_") || name == "ROCKET_CODEGEN_DEBUG";
    let own = name.strip_prefix("VESTIBULE_").map(str::to_lowercase);
    let server = name.strip_prefix("ROCKET_").map(str::to_lowercase);
    if spared
        || own.is_some_and(|key| is_own(&key))
        || server.is_some_and(|key| is_server(&key) || key == "profile")
    {
        return Ok(());
    }
    // After ours: an app may be called `vestibule-notes`.
    if program.is_alone() || !name.starts_with(&program.prefix()) {
        return Err(known::unknown_variable(name, program));
    }
    match AppSettings::of_program(program) {
        Some(settings) if settings.variables(program).iter().any(|variable| variable == name) => Ok(()),
        settings => Err(app_known::unknown_app_variable(name, program, settings)),
    }
}

/// `ROCKET_*` variables, parsed as Rocket does.
pub(super) fn of_the_server(program: &Program) -> Env {
    let mut ignored: Vec<String> = prefixed(program)
        .filter_map(|(name, value)| {
            let key = name.strip_prefix("ROCKET_")?.to_owned();
            let nothing = value.is_empty() || is_of_kubernetes(&name, value.to_str().unwrap_or_default());
            nothing.then_some(key)
        })
        .collect();
    ignored.extend(["PROFILE", "SECRET_KEY", "SECRET_KEY_FILE", "CODEGEN_DEBUG"].map(str::to_owned));
    let ignored: Vec<&str> = ignored.iter().map(String::as_str).collect();
    Env::prefixed("ROCKET_").ignore(&ignored).global()
}

/// `VESTIBULE_*` variables, each a text exactly as typed.
pub(super) fn of_our_own(program: &Program) -> Result<Layer, Refusal> {
    let mut values = Vec::new();
    for (name, value) in ours(program) {
        let Some(key) = name.strip_prefix("VESTIBULE_").map(str::to_lowercase) else { continue };
        let is_secrets = |secret: Setting| key == secret.name || key == secret.twin.name;
        if !is_own(&key) || known::secrets().any(is_secrets) {
            continue;
        }
        let value = value.into_string().map_err(|_| not_text(&name))?;
        values.push((format!("vestibule.{key}"), Value::from(value)));
    }
    Ok(Layer::new(VARIABLE, values))
}

/// A secret setting from its variable, or from the file that the variable with `_FILE` names.
pub(super) fn of_a_secret(secret: Setting) -> Result<Layer, Refusal> {
    let (name, named_file) = (secret.variable(), format!("{}_FILE", secret.variable()));
    let SecretFile { name: twin, allowed, .. } = secret.twin;
    Ok(match secret_text(name, named_file, (twin, allowed), variable)? {
        Some((from, value)) => layer(&from, secret.path(), Value::from(value)),
        None => Layer::new(VARIABLE, Vec::new()),
    })
}

/// The text of a secret, and the variable that it is from: its own, or the one that names its file. `twin` is that
/// file's setting, and what it may be; `value_of` gives the value of a variable.
pub(super) fn secret_text(
    name: String,
    named_file: String,
    (twin, allowed): (&str, &str),
    value_of: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<(String, String)>, Refusal> {
    match (value_of(&name), value_of(&named_file)) {
        (Some(_), Some(_)) => Err(Refusal::new(format!(
            "The variables {name} and {named_file} are both set. Unset one of them."
        ))),
        (Some(value), None) => {
            let value = value.into_string().map_err(|_| not_text(&name))?;
            Ok(Some((name, value)))
        }
        (None, Some(file)) => {
            let text = text_file::read_secret(&PathBuf::from(file)).map_err(|error| {
                Refusal::new(format!("{twin} (variable {named_file}) must be {allowed}; {error}."))
            })?;
            Ok(Some((named_file, text)))
        }
        (None, None) => Ok(None),
    }
}

/// The layer of one variable.
pub(super) fn layer(variable: &str, path: String, value: Value) -> Layer {
    Layer::new(&format!("{VARIABLE} {variable}"), vec![(path, value)])
}

/// The file that holds the secret of such a layer, if there is one.
pub(super) fn file_behind(layer: &str) -> Option<PathBuf> {
    let name = layer.strip_prefix(VARIABLE)?.trim_start();
    if name.ends_with("_FILE") { variable(name).map(PathBuf::from) } else { None }
}

pub(super) fn not_text(name: &str) -> Refusal {
    Refusal::new(format!("The variable {name} is not valid UTF-8."))
}

/// The log line about variables that Kubernetes sets, if there are any.
pub(super) fn kubernetes_warning(program: &Program) -> Option<String> {
    let all = prefixed(program).filter_map(|(name, value)| {
        let value = value.into_string().ok()?;
        is_of_kubernetes(&name, &value).then_some(name)
    });
    let mut names: Vec<String> = all.collect();
    names.sort();
    let (first, others) = names.split_first()?;
    let ignored = match others.len() {
        0 => format!("Ignored the variable {first}"),
        1 => format!("Ignored {first} and 1 more variable"),
        more => format!("Ignored {first} and {more} more variables"),
    };
    Some(format!(
        "{ignored}, which Kubernetes sets for a Service of that name. To avoid this, set enableServiceLinks: false in the Pod."
    ))
}

/// Whether Kubernetes sets such a variable for a Service, as `VESTIBULE_SERVICE_HOST` or
/// `ROCKET_PORT_80_TCP_ADDR`. The values are checked too: `ROCKET_PORT` is also one of ours.
pub(super) fn is_of_kubernetes(name: &str, value: &str) -> bool {
    let is_port = || value.parse::<u16>().is_ok();
    let is_address = || value.parse::<IpAddr>().is_ok();
    let is_protocol = |text: &str| matches!(text, "tcp" | "udp" | "sctp");
    let is_url = || value.split_once("://").is_some_and(|(protocol, _)| is_protocol(protocol));
    if name.ends_with("_SERVICE_HOST") {
        return is_address();
    }
    if name.ends_with("_SERVICE_PORT") || name.contains("_SERVICE_PORT_") {
        return is_port();
    }
    if name.ends_with("_PORT") && is_url() {
        return true;
    }
    // …_PORT_80_TCP, and after that _PROTO, _PORT, _ADDR or nothing.
    let Some((_, rest)) = name.rsplit_once("_PORT_").filter(|(_, rest)| !rest.is_empty()) else {
        return name.strip_suffix("_PORT").is_some_and(of_one_port) && is_port();
    };
    let mut parts = rest.split('_');
    let number = parts.next().is_some_and(|number| number.parse::<u16>().is_ok());
    let protocol = parts.next().is_some_and(|protocol| is_protocol(&protocol.to_lowercase()));
    let fits = match (parts.next(), parts.next()) {
        (None, None) => is_url(),
        (Some("PROTO"), None) => is_protocol(value),
        (Some("PORT"), None) => is_port(),
        (Some("ADDR"), None) => is_address(),
        _ => false,
    };
    number && protocol && fits
}

/// Whether a name ends like that of one port: `…_PORT_80_TCP`.
fn of_one_port(name: &str) -> bool {
    let Some((_, rest)) = name.rsplit_once("_PORT_") else { return false };
    rest.split_once('_').is_some_and(|(number, protocol)| {
        number.parse::<u16>().is_ok() && matches!(protocol, "TCP" | "UDP" | "SCTP")
    })
}

#[cfg(test)]
mod tests {
    use super::is_of_kubernetes;

    #[test]
    fn what_kubernetes_sets_for_a_service_is_known_by_name_and_value() {
        for (name, value) in [
            ("VESTIBULE_SERVICE_HOST", "10.96.0.7"),
            ("VESTIBULE_SERVICE_HOST", "fd00::7"),
            ("VESTIBULE_SERVICE_PORT", "80"),
            ("VESTIBULE_SERVICE_PORT_HTTP", "80"),
            ("VESTIBULE_PORT", "tcp://10.96.0.7:80"),
            ("ROCKET_PORT", "udp://[fd00::7]:80"),
            ("ROCKET_PORT_8000_TCP", "tcp://10.96.0.7:8000"),
            ("ROCKET_PORT_8000_TCP_PROTO", "tcp"),
            ("ROCKET_PORT_8000_TCP_PORT", "8000"),
            ("ROCKET_PORT_8000_UDP_ADDR", "10.96.0.7"),
            ("VESTIBULE_WEB_SERVICE_HOST", "10.96.0.7"),
            ("VESTIBULE_WEB_PORT", "tcp://10.96.0.7:80"),
        ] {
            assert!(is_of_kubernetes(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("ROCKET_PORT", "8000"),
            ("ROCKET_PORT", "many"),
            ("VESTIBULE_PORT", "8000"),
            ("VESTIBULE_SERVICE_HOST", "login.example.org"),
            ("VESTIBULE_SERVICE_PORT", "http"),
            ("ROCKET_PORT_8000_TCP_ADDRESS", "10.96.0.7"),
            ("ROCKET_PORT_", "8000"),
            ("VESTIBULE_SITE_NAM", "tcp://x"),
        ] {
            assert!(!is_of_kubernetes(name, value), "{name}={value}");
        }
    }
}
