//! Settings in words: a value, where it came from, and the error for a wrong one, a single line with its name,
//! where it came from, and what is allowed.

use figment::value::Value;
use figment::{Figment, Metadata};
use url::Url;

use super::accent::Accent;
use super::colour::Colour;
use super::group_list::SignupGroups;
use super::mail_values::SmtpUrl;
use super::passkey_values::PasskeyOrigins;
use super::secret_files::NAMED;
use super::setting::{BLANK, Owner, Setting};
use super::site_values::FooterLinks;
use super::stack::{DEFAULT, FLAG};
use super::variables::VARIABLE;
use super::{known, time_zone};
use crate::base::refusal::Refusal;
use crate::base::typed_duration;
use crate::base::words::Language;

/// The only key of the table that a date is for a reader of TOML.
const DATE: &str = "$__toml_private_datetime";

/// A value as an operator would type it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(_, text) => text.clone(),
        Value::Dict(_, dict) => match dict.get(DATE) {
            Some(date) => plain(date),
            None => {
                let pairs: Vec<_> =
                    dict.iter().map(|(key, value)| format!("{key} = {}", plain(value))).collect();
                format!("{{ {} }}", pairs.join(", "))
            }
        },
        Value::Array(_, items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
        Value::Bool(_, truth) => truth.to_string(),
        Value::Num(_, number) => {
            // 10.0 is not 10.
            let float = || format!("{:?}", number.to_f64().unwrap_or_default());
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

/// What a text without quotation marks was read as, if its digits are not kept then.
fn read_as(value: &Value) -> Option<&'static str> {
    match value {
        Value::Num(_, number) => number.to_f64().map(|_| "a number with a fraction"),
        Value::Dict(_, dict) => dict.get(DATE).map(|_| "a date or time"),
        _ => None,
    }
}

/// Where a value came from, in words that help to find it.
pub(super) fn source(metadata: &Metadata, path: &str) -> String {
    let key = last(path);
    match (&*metadata.name, metadata.source.as_ref().and_then(|source| source.file_path())) {
        (_, Some(file)) => file.display().to_string(),
        (FLAG, _) => format!("--{}", key.replace('_', "-")),
        (name, _) if name.starts_with(NAMED) => name[NAMED.len()..].to_owned(),
        (name, _) if name.starts_with("variable ") => name.to_owned(),
        (name, _) if name == VARIABLE || name.contains("environment") => {
            format!("variable {}", known::find(key).map(Setting::variable).unwrap_or_default())
        }
        _ => DEFAULT.to_owned(),
    }
}

/// The setting and its source: `site_name (variable VESTIBULE_SITE_NAME)`.
pub(super) fn named(figment: &Figment, path: &str) -> String {
    format!("{} ({})", last(path), place(figment, path))
}

/// The source of a setting.
pub(super) fn place(figment: &Figment, path: &str) -> String {
    figment.find_metadata(path).map_or(DEFAULT.to_owned(), |metadata| source(metadata, path))
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The settings that a file may give as a list.
const TAKE_LISTS: [&str; 5] =
    ["footer_links", "passkey_origins", "second_factor_for", "signup_groups", "trusted_proxies"];

/// The error for a wrong value, as it was read.
fn wrong_value(figment: &Figment, path: &str, value: Option<&Value>) -> Refusal {
    let shown = value.map(plain);
    let is_text = matches!(value, Some(Value::String(..) | Value::Num(..) | Value::Bool(..)));
    let hint = shown.as_deref().and_then(|shown| match last(path) {
        "footer_links" => FooterLinks::hint(shown, !is_text),
        "passkey_origins" => PasskeyOrigins::hint(shown),
        _ => None,
    });
    let is_ours = known::is_own(last(path)) && !TAKE_LISTS.contains(&last(path));
    let is_list = is_ours && matches!(value, Some(Value::Array(..)));
    let hint = hint.or_else(|| is_list.then(|| " Write one value without brackets.".to_owned()));
    let hint = hint.unwrap_or_default();
    Refusal::new(format!("{}{hint}", wrong(figment, path, shown)))
}

/// The error for a wrong value.
pub(super) fn wrong(figment: &Figment, path: &str, value: Option<String>) -> Refusal {
    let (name, named) = (last(path), named(figment, path));
    let Setting { allowed, secret, .. } = known::find(name).unwrap_or(BLANK);
    let part = value.as_deref().and_then(|value| match name {
        "database_url" => known::wrong_parameter(value),
        "smtp_url" => wrong_tls(value),
        "accent" => Accent::too_light(value),
        "signup_groups" => SignupGroups::with_admins(value),
        _ => None,
    });
    if let Some(what) = part {
        return Refusal::new(format!("{named} {what}"));
    }
    let hint = value.as_deref().and_then(|value| match name {
        "language" => Some(language(value)),
        "accent" => Colour::meant_by(value).map(|meant| format!(" Did you mean \"{meant}\"?")),
        "time_zone" => nearest_time_zone(value),
        _ if allowed.starts_with("a time") => typed_duration::meant_by(value),
        _ => None,
    });
    let hint = hint.unwrap_or_default();
    // A password inside a URL must not appear in a log.
    let is_secret = |value: &String| secret || (name == "smtp_url" && value.contains('@'));
    let not =
        value.filter(|value| !is_secret(value)).map_or(String::new(), |value| format!(", not \"{value}\""));
    Refusal::new(format!("{named} must be {allowed}{not}.{hint}"))
}

/// The error for an address of a mail server in which only `tls` is wrong.
fn wrong_tls(address: &str) -> Option<String> {
    let mut url = Url::parse(address.trim()).ok()?;
    let has_tls = url.scheme() == "smtp" && url.query()?.starts_with("tls=");
    let is_wrong = has_tls && address.parse::<SmtpUrl>().is_err();
    url.set_query(None);
    let is_right_without = url.as_str().parse::<SmtpUrl>().is_ok();
    let what = "has a wrong `tls`: tls must be opportunistic or none.";
    (is_wrong && is_right_without).then(|| what.to_owned())
}

/// The hint for a language: the one that was probably meant, or all that there are.
fn language(typed: &str) -> String {
    match Language::meant_by(typed) {
        Some(meant) => format!(" Did you mean \"{meant}\"?"),
        None => known::listed("languages", Language::all().map(|language| language.code().to_owned())),
    }
}

/// The hint for a time zone: the one that was probably meant.
fn nearest_time_zone(typed: &str) -> Option<String> {
    let of_city = time_zone::of_city(typed).map(|name| format!(" Did you mean `{name}`?"));
    of_city.or_else(|| known::did_you_mean(typed.trim(), time_zone::names()))
}

/// Turns figment's error into one line: the setting, where it came from, what is allowed.
pub(super) fn explain(figment: &Figment, error: figment::Error) -> Refusal {
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
    let find =
        |owner| error.path.iter().filter_map(|key| known::find(key)).find(|setting| setting.owner == owner);
    if let Some(setting) = find(Owner::Vestibule).or_else(|| find(Owner::Rocket)) {
        let path = setting.path();
        let value = figment.find_value(&path).ok();
        let is_text = setting.owner == Owner::Vestibule && !setting.allowed.starts_with("a number");
        return match value.as_ref().and_then(read_as).filter(|_| is_text) {
            Some(what) => Refusal::new(format!(
                "{} was read as {what}. Put it in quotation marks: {} = \"…\".",
                named(figment, &path),
                setting.name
            )),
            None => wrong_value(figment, &path, value.as_ref()),
        };
    }
    Refusal::new(format!("{} cannot be used: {}.", named(figment, &path), error.kind))
}
