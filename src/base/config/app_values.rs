//! The settings of an app, read from the layers; and the error for a wrong one, a single line as for ours.

use figment::Figment;
use figment::error::{Actual, Kind};
use figment::value::{Dict, Value};

use super::app_fields::Field;
use super::app_known;
use super::app_privacy::Privacy;
use super::app_settings::{AppSettings, path, variable, variable_of_file};
use super::explain::{place, plain};
use super::known;
use super::variables::VARIABLE;
use crate::base::program::Program;
use crate::base::refusal::Refusal;

impl AppSettings {
    /// Refuses settings whose names or variables could not be told apart from others, and a type that has no names.
    pub fn check(&self, program: &Program) -> Result<(), Refusal> {
        let name = program.name;
        if !self.has_fields() {
            return Err(Refusal::new(format!(
                "The settings of {name} are no struct with named fields. Give App::settings one, without #[serde(flatten)]."
            )));
        }
        if known::is_server(name) {
            return Err(Refusal::new(format!(
                "The name {name} of the app is also that of a setting of the server, so its settings would have no table. Write \
                 another one under [package] in its Cargo.toml."
            )));
        }
        let all = self.variables(program);
        let is_ours = |variable: &String| known::all().any(|setting| setting.variable() == *variable);
        let is_twice = |variable: &String| all.iter().filter(|other| *other == variable).count() > 1;
        match all.iter().find(|variable| is_ours(variable) || is_twice(variable)) {
            None => Ok(()),
            Some(variable) => Err(Refusal::new(format!(
                "The variable {variable} would set two settings of {name}, or one of Vestibule. Give the field in the struct of \
                 its settings another name."
            ))),
        }
    }
}

/// The program with the values of its own settings. Without such a declaration it stays as it is.
pub(super) fn read(program: &Program, figment: &Figment) -> Result<Program, Refusal> {
    let Some(settings) = AppSettings::of_program(program) else { return Ok(program.clone()) };
    let table = figment.find_value(program.name).ok();
    let mut keys = table.as_ref().and_then(Value::as_dict).into_iter().flat_map(Dict::keys);
    if let Some(key) = keys.find(|key| settings.field(key).is_none()) {
        let place = place(figment, &path(program, key));
        return Err(app_known::unknown_app_setting(program, settings, key, &place));
    }
    settings.read(figment, program).map_err(|error| explain(program, settings, figment, *error))
}

/// The settings of the app with their values (without secrets, and without what may have one in it) and their sources.
pub(super) fn shown(program: &Program, figment: &Figment) -> Vec<(String, String, String)> {
    let row = |field: &Field| {
        let path = path(program, field.name);
        let value = match (figment.find_value(&path), field.privacy) {
            (Err(_), _) => "(not set)".to_owned(),
            (Ok(value), Privacy::Open) => plain(&value),
            (Ok(_), Privacy::Unknown) => "(not shown)".to_owned(),
            (Ok(_), Privacy::Secret) => "(secret)".to_owned(),
        };
        let place = place(figment, &path);
        (path, value, place)
    };
    AppSettings::of_program(program).into_iter().flat_map(AppSettings::fields).map(row).collect()
}

/// The paths of the app's secrets.
pub(super) fn secrets(program: &Program) -> impl Iterator<Item = String> {
    let fields = AppSettings::of_program(program).into_iter().flat_map(AppSettings::fields);
    fields.filter(|field| field.privacy == Privacy::Secret).map(move |field| path(program, field.name))
}

/// Turns figment's error into one line: the setting, where it came from, what is allowed.
fn explain(program: &Program, settings: &AppSettings, figment: &Figment, error: figment::Error) -> Refusal {
    let name = program.name;
    let first = error.into_iter().next();
    let Some(error) = first else { return Refusal::new(format!("The settings of {name} cannot be read.")) };
    // It ends with the path of the table.
    let keys = error.path.strip_suffix(&[name.to_owned()]).unwrap_or(&error.path);
    // An unknown key is the last part of its own path.
    let keys = match &error.kind {
        Kind::UnknownField(unknown, _) => keys.strip_suffix(std::slice::from_ref(unknown)).unwrap_or(keys),
        _ => keys,
    };
    let Some(key) = keys.first() else {
        return match &error.kind {
            Kind::MissingField(missing) => missing_field(program, settings, missing),
            other => Refusal::new(format!("The settings of {name} cannot be used: {other}.")),
        };
    };
    let place = place(figment, &path(program, key));
    let privacy = settings.field(key).map_or(Privacy::Unknown, |field| field.privacy);
    // Of a value that may be anything, the keys are not told either.
    let keys = if privacy == Privacy::Unknown { std::slice::from_ref(key) } else { keys };
    Refusal::new(format!("{} ({place}) {}", keys.join("."), what_is_wrong(&error.kind, &place, privacy)))
}

/// The error for a setting that must be set.
fn missing_field(program: &Program, settings: &AppSettings, missing: &str) -> Refusal {
    let name = program.name;
    let variables = settings.field(missing).map(|field| {
        let file = field.may_be_in_a_file().then(|| variable_of_file(program, field));
        let or_file = file.map(|file| format!(", or {file} to a file with it")).unwrap_or_default();
        format!(", or set the variable {}{or_file}", variable(program, field))
    });
    Refusal::new(format!(
        "{name} needs the setting {missing}. Write it into [default.{name}] of Rocket.toml{}.",
        variables.unwrap_or_default()
    ))
}

/// The end of the sentence about a wrong value. What was typed is not in it if it is a secret, or may be one.
fn what_is_wrong(kind: &Kind, place: &str, privacy: Privacy) -> String {
    let hidden = privacy != Privacy::Open;
    let not = |typed: Option<String>| {
        typed.filter(|_| !hidden).map(|typed| format!(", not \"{typed}\"")).unwrap_or_default()
    };
    match kind {
        Kind::InvalidType(actual, expected) | Kind::InvalidValue(actual, expected) => {
            let quotes = if place.starts_with(VARIABLE) { "" } else { quotation_marks(actual, expected) };
            format!("must be {}{}.{quotes}", in_words(expected), not(typed(actual)))
        }
        Kind::UnknownVariant(variant, allowed) => {
            format!("must be one of {}{}.", allowed.join(", "), not(Some(variant.clone())))
        }
        Kind::UnknownField(key, allowed) => {
            let names = || allowed.iter().map(|name| (*name).to_owned());
            let hint = known::did_you_mean(key, names()).unwrap_or_else(|| known::listed("keys", names()));
            match privacy {
                Privacy::Unknown => format!("has an unknown key.{hint}"),
                _ => format!("has the unknown key `{key}`.{hint}"),
            }
        }
        Kind::MissingField(key) => format!("lacks the key `{key}`."),
        _ if hidden => "cannot be used.".to_owned(),
        other => format!("cannot be used: {other}."),
    }
}

/// What was typed, if it is one value.
fn typed(actual: &Actual) -> Option<String> {
    match actual {
        Actual::Str(text) => Some(text.clone()),
        Actual::Bool(truth) => Some(truth.to_string()),
        Actual::Unsigned(number) => Some(number.to_string()),
        Actual::Signed(number) => Some(number.to_string()),
        Actual::Float(number) => Some(format!("{number:?}")),
        Actual::Char(character) => Some(character.to_string()),
        _ => None,
    }
}

/// The hint for a text that should be a number or a truth, or the other way round.
fn quotation_marks(actual: &Actual, expected: &str) -> &'static str {
    match actual {
        Actual::Str(text) if expected != "a string" => {
            let is_bare = text.parse::<f64>().is_ok() || text.parse::<bool>().is_ok();
            if is_bare { " Write it without quotation marks." } else { "" }
        }
        Actual::Bool(_) | Actual::Unsigned(_) | Actual::Signed(_) | Actual::Float(_)
            if expected == "a string" =>
        {
            " Put it in quotation marks."
        }
        _ => "",
    }
}

/// The whole numbers that a type of a few bits holds.
const WHOLE: [(&str, i64, i64); 6] = [
    ("u8", 0, u8::MAX as i64),
    ("u16", 0, u16::MAX as i64),
    ("u32", 0, u32::MAX as i64),
    ("i8", i8::MIN as i64, i8::MAX as i64),
    ("i16", i16::MIN as i64, i16::MAX as i64),
    ("i32", i32::MIN as i64, i32::MAX as i64),
];

/// What serde expects, in the words of an error message: "must be …".
fn in_words(expected: &str) -> String {
    if let Some((_, low, high)) = WHOLE.iter().find(|(name, ..)| *name == expected) {
        return format!("a whole number from {low} to {high}");
    }
    let words = match expected {
        "u64" | "usize" => "a whole number of at least 0",
        "i64" | "isize" => "a whole number",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a string" => "a text",
        "a sequence" => "a list",
        "a map" => "a table",
        other if other.starts_with("struct ") => "a table",
        other => other,
    };
    words.to_owned()
}
