//! All settings by name, and the error for an unknown one: its name, and the one that was probably meant.

use super::database_url;
use super::server::SERVER;
use super::setting::{Owner, Setting};
use super::settings::OWN;
use crate::base::refusal::Refusal;

/// All settings of the server (Rocket's own).
pub fn server() -> impl Iterator<Item = Setting> {
    with_files(SERVER)
}

/// All settings of Vestibule.
pub fn own() -> impl Iterator<Item = Setting> {
    with_files(OWN)
}

/// All settings.
pub fn all() -> impl Iterator<Item = Setting> {
    server().chain(own())
}

/// A table, and for each secret in it the setting that names its file.
fn with_files(table: &'static [Setting]) -> impl Iterator<Item = Setting> {
    table.iter().flat_map(|setting| [Some(*setting), setting.file()]).flatten()
}

/// The secret settings: never shown. A variable or a setting whose name ends in `_file` may name a file that
/// holds the value.
pub(super) fn secrets() -> impl Iterator<Item = Setting> {
    all().filter(|setting| setting.secret)
}

/// The setting with a name.
pub(super) fn find(name: &str) -> Option<Setting> {
    all().find(|setting| setting.name == name)
}

/// Whether a key is one of Vestibule's own settings.
pub(super) fn is_own(key: &str) -> bool {
    find(key).is_some_and(|setting| setting.owner == Owner::Vestibule)
}

/// Whether a key is one of the server's settings.
pub(super) fn is_server(key: &str) -> bool {
    find(key).is_some_and(|setting| setting.owner == Owner::Rocket)
}

/// The defaults, as a settings file.
pub(super) fn defaults() -> String {
    let tables = [("default", SERVER), ("default.vestibule", OWN)];
    let mut text = String::new();
    for (table, settings) in tables {
        text += &format!("[{table}]\n");
        for setting in settings {
            text +=
                &setting.default().map_or(String::new(), |default| format!("{} = {default}\n", setting.name));
        }
    }
    text
}

fn names(settings: impl Iterator<Item = Setting>) -> impl Iterator<Item = String> {
    settings.map(|setting| setting.name.to_owned())
}

fn variables(settings: impl Iterator<Item = Setting>) -> impl Iterator<Item = String> {
    settings.map(Setting::variable)
}

/// The hint for a misplaced setting of the server.
const IN_DEFAULT: &str = " It belongs in the table [default].";
/// The hint for a misplaced setting of Vestibule.
const IN_OWN: &str = " It belongs in the table [default.vestibule].";

/// The error for an unknown setting of Vestibule; `place` is where it is set.
pub(super) fn unknown_setting(key: &str, place: &str) -> Refusal {
    if is_server(key) {
        return Refusal::new(format!("`{key}` in {place} is a setting of the server.{IN_DEFAULT}"));
    }
    let hint = match nearest(key, names(own().chain(server()))) {
        Some(meant) if is_server(&meant) => format!(" Did you mean `{meant}`?{IN_DEFAULT}"),
        Some(meant) => format!(" Did you mean `{meant}`?"),
        None => listed("settings", names(own())),
    };
    Refusal::new(format!("Unknown setting `{key}` in {place}.{hint}"))
}

/// The error for an unknown parameter in the URL of a database server, if there is one.
pub fn unknown_parameter(address: &str) -> Option<String> {
    let unknown = database_url::unknown_parameter(address)?;
    let names = || database_url::PARAMETERS.into_iter().map(str::to_owned);
    let hint = did_you_mean(&unknown, names()).unwrap_or_else(|| listed("parameters", names()));
    Some(format!("has the unknown parameter `{unknown}`.{hint}"))
}

/// The error for an unknown setting of the server.
pub(super) fn unknown_server_setting(key: &str, place: &str) -> Refusal {
    if is_own(key) {
        return Refusal::new(format!("`{key}` in {place} is one of Vestibule's own settings.{IN_OWN}"));
    }
    let hint = match nearest(key, names(server().chain(own()))) {
        Some(meant) if is_own(&meant) => format!(" Did you mean `{meant}`?{IN_OWN}"),
        Some(meant) => format!(" Did you mean `{meant}`?"),
        None => listed("settings of the server", names(server())),
    };
    Refusal::new(format!("Unknown setting `{key}` in {place}.{hint}"))
}

/// The error for an unknown variable whose name begins with one of our prefixes.
pub(super) fn unknown_variable(name: &str) -> Refusal {
    let key = name.split_once('_').map_or("", |(_, key)| key).to_lowercase();
    // The right name with the wrong prefix is further away than any other name, yet it is what was meant.
    let hint = if let Some(meant) = find(&key) {
        format!(" Did you mean `{}`?", meant.variable())
    } else if key == "config" {
        " To name a settings file, use --config FILE.".to_owned()
    } else if let Some(hint) = did_you_mean(name, variables(own().chain(server()))) {
        hint
    } else if name.starts_with("ROCKET_") {
        listed("variables of the server", variables(server()))
    } else {
        listed("variables", variables(own()))
    };
    Refusal::new(format!("Unknown variable `{name}`.{hint}"))
}

/// The nearest name to what was typed, if it is near enough: one character in four may be inserted, deleted,
/// changed or swapped with the next, up to three.
pub(super) fn did_you_mean(typed: &str, names: impl Iterator<Item = String>) -> Option<String> {
    nearest(typed, names).map(|name| format!(" Did you mean `{name}`?"))
}

fn nearest(typed: &str, names: impl Iterator<Item = String>) -> Option<String> {
    let length = typed.chars().count();
    let most = (length / 4).clamp(1, 3);
    let near = names.filter(|name| name.chars().count().abs_diff(length) <= most);
    let near = near.map(|name| (strsim::osa_distance(typed, &name), name));
    let nearest = near.filter(|(distance, _)| *distance <= most).min();
    nearest.map(|(_, name)| name)
}

fn listed(what: &str, names: impl Iterator<Item = String>) -> String {
    format!(" The {what} are: {}.", names.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::setting::BLANK;
    use super::*;
    use figment::Provider;

    #[test]
    fn the_servers_settings_are_those_that_rocket_lists() {
        let rocket = rocket::Config::default().data().unwrap();
        for key in rocket.values().flat_map(|keys| keys.keys()) {
            assert!(is_server(key), "{key}");
        }
        for Setting { name, secret, .. } in SERVER {
            let is_listed = rocket.values().any(|keys| keys.contains_key(*name));
            assert!(is_listed || *secret || *name == "temp_dir", "{name}");
        }
    }

    #[test]
    fn no_setting_is_there_twice_or_has_two_defaults_or_takes_nothing() {
        let mut seen = BTreeSet::new();
        for setting in all() {
            let Setting { name, default, unset, allowed, .. } = setting;
            assert!(seen.insert(name), "{name} is there twice");
            assert!(default.is_none() || unset == BLANK.unset, "{name} has a default, so it is never unset");
            assert!(!allowed.is_empty(), "{name}");
        }
    }

    #[test]
    fn what_was_probably_meant_is_named_and_nothing_far_fetched() {
        let meant = |typed: &str| {
            let refusal = unknown_setting(typed, typed).to_string();
            refusal.split_once("Did you mean `").map(|(_, name)| name.trim_end_matches("`?").to_owned())
        };
        for (typed, name) in [
            ("sesion_idle", "session_idle"),
            ("site_nam", "site_name"),
            ("smpt_url", "smtp_url"),
            ("limit_form", "limit_forms"),
            ("database_url_fiel", "database_url_file"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(name), "{typed}");
        }
        for typed in ["", "x", "colour", "the_name_of_the_site", &"x".repeat(100_000)] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
