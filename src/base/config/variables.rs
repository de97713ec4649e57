//! Settings from variables. An empty variable counts as not set: this is how an env file of Compose or
//! systemd removes one. An unknown one stops the start, unless Kubernetes set it.

use std::env;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;

use figment::Profile;
use figment::providers::Env;
use figment::value::Value;

use super::known::{self, is_own, is_server};
use super::layer::Layer;
use super::setting::{SecretFile, Setting};
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
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// All variables with one of our prefixes.
fn prefixed() -> impl Iterator<Item = (String, OsString)> {
    let texts = env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value)));
    texts.filter(|(name, _)| name.starts_with("VESTIBULE_") || name.starts_with("ROCKET_"))
}

/// Those of them that have a value and are not set by Kubernetes.
fn ours() -> impl Iterator<Item = (String, OsString)> {
    prefixed().filter(|(name, value)| {
        !value.is_empty() && !is_of_kubernetes(name, value.to_str().unwrap_or_default())
    })
}

/// Refuses variables that are not settings.
pub(super) fn known_variables() -> Result<(), Refusal> {
    let unknown = ours().map(|(name, _)| name).find(|name| {
        let (own, key) = match name.strip_prefix("VESTIBULE_") {
            Some(key) => (true, key.to_lowercase()),
            None => (false, name["ROCKET_".len()..].to_lowercase()),
        };
        // `VESTIBULE_TEST_*` belongs to the tests, `ROCKET_CODEGEN_DEBUG` to the compiler.
        let spared = name.starts_with("VESTIBULE_TEST_") || name == "ROCKET_CODEGEN_DEBUG";
        let known = if own { is_own(&key) } else { is_server(&key) || key == "profile" };
        !known && !spared
    });
    unknown.map_or(Ok(()), |name| Err(known::unknown_variable(&name)))
}

/// `ROCKET_*` variables, parsed as Rocket does.
pub(super) fn of_the_server() -> Env {
    let mut ignored: Vec<String> = prefixed()
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
pub(super) fn of_our_own() -> Result<Layer, Refusal> {
    let mut values = Vec::new();
    for (name, value) in ours() {
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
    let (from, value) = match (variable(&name), variable(&named_file)) {
        (Some(_), Some(_)) => {
            return Err(Refusal::new(format!(
                "The variables {name} and {named_file} are both set. Unset one of them."
            )));
        }
        (Some(value), None) => (&name, value.into_string().map_err(|_| not_text(&name))?),
        (None, Some(file)) => {
            let file = PathBuf::from(file);
            let text = text_file::read_secret(&file).map_err(|error| {
                let SecretFile { name, allowed, .. } = secret.twin;
                Refusal::new(format!("{name} (variable {named_file}) must be {allowed}; {error}."))
            })?;
            (&named_file, text)
        }
        (None, None) => return Ok(Layer::new(VARIABLE, Vec::new())),
    };
    Ok(Layer::new(&format!("{VARIABLE} {from}"), vec![(secret.path(), Value::from(value))]))
}

/// The file that holds the secret of such a layer, if there is one.
pub(super) fn file_behind(layer: &str) -> Option<PathBuf> {
    let name = layer.strip_prefix(VARIABLE)?.trim_start();
    if name.ends_with("_FILE") { variable(name).map(PathBuf::from) } else { None }
}

fn not_text(name: &str) -> Refusal {
    Refusal::new(format!("The variable {name} is not valid UTF-8."))
}

/// The log line about variables that Kubernetes sets, if there are any.
pub(super) fn kubernetes_warning() -> Option<String> {
    let all = prefixed().filter_map(|(name, value)| {
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
fn is_of_kubernetes(name: &str, value: &str) -> bool {
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
