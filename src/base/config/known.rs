//! All settings that exist, and the error for an unknown one: its name, and the one that was probably meant.

use super::database_url;
use super::settings::ALLOWED;
use crate::base::refusal::Refusal;

/// The allowed values of each setting of the server (Rocket's own), in the words of an error message. Also
/// the list of all of them.
pub const SERVER: &[(&str, &str)] = &[
    ("address", "an IP address, such as 127.0.0.1 or ::1"),
    ("port", "a number from 0 to 65535"),
    ("workers", "a number of at least 1"),
    ("max_blocking", "a number of at least 1"),
    ("ident", "false, or the text of the Server header"),
    ("ip_header", "false, or the name of a header"),
    ("limits", "sizes by kind of body, such as { form = \"16KiB\", json = \"16KiB\" }"),
    ("temp_dir", "a folder, such as /tmp"),
    ("keep_alive", "a number of seconds, or 0"),
    ("shutdown", "seconds, as { grace = 2, mercy = 2 }"),
    ("log_level", "off, critical, normal or debug"),
    ("cli_colors", "true or false"),
];

/// Secret settings: never shown. A variable or a setting whose name ends in `_file` may name a file that
/// holds the value.
pub(super) const SECRETS: [Secret; 3] = [
    Secret { variable: "ROCKET_SECRET_KEY", path: "secret_key" },
    Secret { variable: "VESTIBULE_DATABASE_URL", path: "vestibule.database_url" },
    Secret { variable: "VESTIBULE_SMTP_PASSWORD", path: "vestibule.smtp_password" },
];

/// A secret setting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Secret {
    pub(super) variable: &'static str,
    /// Its path among all settings.
    pub(super) path: &'static str,
}

impl Secret {
    /// Its name.
    pub(super) fn key(self) -> &'static str {
        self.path.rsplit('.').next().unwrap_or(self.path)
    }

    /// Whether it is in Vestibule's own table.
    pub(super) fn is_own(self) -> bool {
        self.path != self.key()
    }
}

/// Whether a key is one of Vestibule's own settings.
pub(super) fn is_own(key: &str) -> bool {
    !key.starts_with("secret_key") && ALLOWED.iter().any(|(name, _)| *name == key)
}

/// Whether a key is one of the server's settings.
pub(super) fn is_server(key: &str) -> bool {
    key == "secret_key" || key == "secret_key_file" || SERVER.iter().any(|(name, _)| *name == key)
}

/// The allowed values of a setting.
pub(super) fn allowed(key: &str) -> &'static str {
    let mut all = ALLOWED.iter().chain(SERVER);
    all.find(|(name, _)| *name == key).map_or("of another type", |(_, allowed)| allowed)
}

fn own_keys() -> impl Iterator<Item = &'static str> {
    ALLOWED.iter().map(|(name, _)| *name).filter(|name| is_own(name))
}

fn server_keys() -> impl Iterator<Item = &'static str> {
    ["secret_key", "secret_key_file"].into_iter().chain(SERVER.iter().map(|(name, _)| *name))
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
    let hint = match nearest(key, own_keys().chain(server_keys()).map(str::to_owned)) {
        Some(meant) if is_server(&meant) => format!(" Did you mean `{meant}`?{IN_DEFAULT}"),
        Some(meant) => format!(" Did you mean `{meant}`?"),
        None => listed("settings", own_keys().map(str::to_owned)),
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
    let hint = match nearest(key, server_keys().chain(own_keys()).map(str::to_owned)) {
        Some(meant) if is_own(&meant) => format!(" Did you mean `{meant}`?{IN_OWN}"),
        Some(meant) => format!(" Did you mean `{meant}`?"),
        None => listed("settings of the server", server_keys().map(str::to_owned)),
    };
    Refusal::new(format!("Unknown setting `{key}` in {place}.{hint}"))
}

/// The error for an unknown variable whose name begins with one of our prefixes.
pub(super) fn unknown_variable(name: &str) -> Refusal {
    let own = || own_keys().map(|key| format!("VESTIBULE_{}", key.to_uppercase()));
    let server = || server_keys().map(|key| format!("ROCKET_{}", key.to_uppercase()));
    let key = name.split_once('_').map_or("", |(_, key)| key).to_lowercase();
    // The right name with the wrong prefix is further away than any other name, yet it is what was meant.
    let hint = if is_own(&key) {
        format!(" Did you mean `VESTIBULE_{}`?", key.to_uppercase())
    } else if is_server(&key) {
        format!(" Did you mean `ROCKET_{}`?", key.to_uppercase())
    } else if key == "config" {
        " To name a settings file, use --config FILE.".to_owned()
    } else if let Some(hint) = did_you_mean(name, own().chain(server())) {
        hint
    } else if name.starts_with("ROCKET_") {
        listed("variables of the server", server())
    } else {
        listed("variables", own())
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
    use super::*;
    use figment::Provider;

    #[test]
    fn the_servers_settings_are_those_that_rocket_lists() {
        let rocket = rocket::Config::default().data().unwrap();
        for key in rocket.values().flat_map(|keys| keys.keys()) {
            assert!(is_server(key), "{key}");
        }
        for (key, _) in SERVER {
            assert!(rocket.values().any(|keys| keys.contains_key(*key)) || *key == "temp_dir", "{key}");
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
