//! All settings by name, and the error for an unknown one: its name, and the one that was probably meant.

use std::iter;

use super::app_settings::AppSettings;
use super::database_url;
use super::server::SERVER;
use super::setting::{Owner, Setting};
use super::settings::OWN;
use crate::base::program::Program;
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
pub(super) const IN_DEFAULT: &str = " It belongs in the table [default].";
/// The hint for a misplaced setting of Vestibule.
pub(super) const IN_OWN: &str = " It belongs in the table [default.vestibule].";

/// The error for an unknown setting of Vestibule; `place` is where it is set.
pub(super) fn unknown_setting(key: &str, place: &str) -> Refusal {
    if is_server(key) {
        return Refusal::new(format!("`{key}` in {place} is a setting of the server.{IN_DEFAULT}"));
    }
    let written = as_in_a_file(key);
    let hint = no_setting(&written, |setting| setting.name.to_owned()).unwrap_or_else(|| {
        match nearest(&written, names(own().chain(server()))) {
            Some(meant) if is_server(&meant) => format!(" Did you mean `{meant}`?{IN_DEFAULT}"),
            Some(meant) => format!(" Did you mean `{meant}`?"),
            None => listed("settings", names(own())),
        }
    });
    Refusal::new(format!("Unknown setting `{key}` in {place}.{hint}"))
}

/// The error for an unknown parameter or a wrong `sslmode` in the URL of a database server, if there is one.
pub fn wrong_parameter(address: &str) -> Option<String> {
    if database_url::has_wrong_sslmode(address) {
        let modes = "disable, allow, prefer, require, verify-ca or verify-full";
        return Some(format!("has a wrong `sslmode`: sslmode must be {modes}."));
    }
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
    let written = as_in_a_file(key);
    let hint = no_setting(&written, |setting| setting.name.to_owned()).unwrap_or_else(|| {
        match nearest(&written, names(server().chain(own()))) {
            Some(meant) if is_own(&meant) => format!(" Did you mean `{meant}`?{IN_OWN}"),
            Some(meant) => format!(" Did you mean `{meant}`?"),
            None => listed("settings of the server", names(server())),
        }
    });
    Refusal::new(format!("Unknown setting `{key}` in {place}.{hint}"))
}

/// The error for an unknown table below that of a profile. Mostly it was meant for Vestibule's settings.
pub(super) fn unknown_table(profile: &str, key: &str, place: &str, program: &Program) -> Refusal {
    if is_own(key) || key == TLS {
        return unknown_server_setting(key, place);
    }
    let app = AppSettings::of_program(program).map(|_| program.name);
    let tables = ["vestibule", "limits", "shutdown"].into_iter().chain(app).map(str::to_owned);
    let meant = nearest(key, tables).unwrap_or_else(|| "vestibule".to_owned());
    Refusal::new(format!("Unknown table [{profile}.{key}] in {place}. Did you mean [{profile}.{meant}]?"))
}

/// A name as it stands in a file: in lower case, and without the beginning of a variable.
fn as_in_a_file(key: &str) -> String {
    let key = key.to_lowercase();
    let bare = key.strip_prefix("vestibule_").or_else(|| key.strip_prefix("rocket_"));
    bare.unwrap_or(&key).to_owned()
}

/// Rocket's setting for TLS, which this program is built without.
const TLS: &str = "tls";

/// Names that one may expect for what a file in the folder `brand` gives.
const BRAND: [&str; 8] =
    ["brand", "logo", "logo_file", "logo_url", "logo_dark", "icon", "favicon", "icon_file"];

/// Names that one may expect for the name of the site.
const NAME: [&str; 4] = ["app_name", "name", "site_title", "title"];

/// Names that one may expect for the colour of the site.
const COLOUR: [&str; 9] =
    ["color", "colour", "colors", "css", "custom_css", "primary_color", "stylesheet", "theme", "theme_color"];

/// The hint for a name that is no setting, but whose meaning is clear: TLS, what is set elsewhere, and a file of a
/// setting that is no secret.
/// `shown` is how the settings that name files are written.
fn no_setting(key: &str, shown: fn(Setting) -> String) -> Option<String> {
    if key == TLS {
        return Some(" Vestibule has no TLS: put a proxy in front (docs/proxy.md).".to_owned());
    }
    if BRAND.contains(&key) {
        return Some(
            " Logo and icon are files, such as brand/logo.svg in the data folder (docs/branding.md)."
                .to_owned(),
        );
    }
    if COLOUR.contains(&key) {
        return Some(format!(" Set `{}`, the colour of the site.", shown(find("accent")?)));
    }
    if NAME.contains(&key) {
        return Some(format!(" Did you mean `{}`?", shown(find("site_name")?)));
    }
    key.strip_suffix("_file").and_then(find)?;
    let files: Vec<String> = own().chain(server()).filter_map(Setting::file).map(shown).collect();
    Some(format!(" Only secrets can come from a file: {}.", files.join(", ")))
}

/// The variable that selects a profile. It is no setting, so no table lists it.
const PROFILE: &str = "ROCKET_PROFILE";

/// The error for an unknown variable whose name begins with one of our prefixes.
pub(super) fn unknown_variable(name: &str, program: &Program) -> Refusal {
    let key = name.split_once('_').map_or("", |(_, key)| key).to_lowercase();
    let profile = || iter::once(PROFILE.to_owned());
    let of_the_app = format!("{}{}", program.prefix(), key.to_uppercase());
    let app = AppSettings::of_program(program).map(|settings| settings.variables(program));
    // The right name with the wrong prefix is further away than any other name, yet it is what was meant.
    let hint = if let Some(meant) = find(&key) {
        format!(" Did you mean `{}`?", meant.variable())
    } else if app.is_some_and(|all| all.contains(&of_the_app)) {
        format!(" Did you mean `{of_the_app}`?")
    } else if key == "config" {
        " To name a settings file, use --config FILE.".to_owned()
    } else if matches!(&*key, "env" | "profile") {
        format!(" Did you mean `{PROFILE}`?")
    } else if let Some(hint) = no_setting(&key, Setting::variable) {
        hint
    } else if let Some(hint) = did_you_mean(name, variables(own().chain(server())).chain(profile())) {
        hint
    } else if name.starts_with("ROCKET_") {
        listed("variables of the server", variables(server()).chain(profile()))
    } else {
        listed("variables", variables(own()))
    };
    Refusal::new(format!("Unknown variable `{name}`.{hint}"))
}

/// The nearest name to what was typed, if it is near enough: one character in four may be inserted, deleted,
/// changed or swapped with the next, up to three.
pub fn did_you_mean(typed: &str, names: impl Iterator<Item = String>) -> Option<String> {
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

/// The hint that lists what there is.
pub(super) fn listed(what: &str, names: impl Iterator<Item = String>) -> String {
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
            ("SITE_NAME", "site_name"),
            ("vestibule_site_name", "site_name"),
            ("VESTIBULE_SITE_NAM", "site_name"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(name), "{typed}");
        }
        for (typed, told) in [
            ("logo", "brand/logo.svg"),
            ("favicon", "brand/logo.svg"),
            ("theme", "Set `accent`,"),
            ("title", "`site_name`?"),
        ] {
            let refusal = unknown_setting(typed, typed).to_string();
            assert!(refusal.contains(told), "{refusal}");
        }
        for typed in ["", "x", "colour", "the_name_of_the_site", &"x".repeat(100_000)] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }
}
