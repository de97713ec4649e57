//! Settings of the app from variables: `NOTES_PAGE_SIZE`, and `NOTES_PAYMENT_KEY_FILE` for a secret in a file.

use std::ffi::OsString;

use super::app_fields::Field;
use super::app_settings::{self, AppSettings};
use super::layer::Layer;
use super::variables::{self, is_of_kubernetes, layer, not_text, secret_text};
use crate::base::program::Program;
use crate::base::refusal::Refusal;

/// The variables of the app's settings, each a layer of its own. A number or a truth is one where the field takes one;
/// everything else is a text exactly as typed.
pub(super) fn of_the_app(program: &Program) -> Result<Vec<Layer>, Refusal> {
    among(program, variables::variable)
}

/// The same among variables whose values `value_of` gives.
fn among(
    program: &Program,
    value_of: impl Fn(&str) -> Option<OsString> + Copy,
) -> Result<Vec<Layer>, Refusal> {
    let mut layers = Vec::new();
    for field in AppSettings::of_program(program).into_iter().flat_map(AppSettings::fields) {
        if let Some((from, text)) = text_of(program, field, value_of)? {
            layers.push(layer(&from, app_settings::path(program, field.name), field.value_of(&text)));
        }
    }
    Ok(layers)
}

/// The text for a setting, and the variable that it is from.
fn text_of(
    program: &Program,
    field: &Field,
    value_of: impl Fn(&str) -> Option<OsString> + Copy,
) -> Result<Option<(String, String)>, Refusal> {
    let name = app_settings::variable(program, field);
    if field.may_be_in_a_file() {
        let named_file = app_settings::variable_of_file(program, field);
        let (twin, allowed) =
            (format!("{}_file", field.name), format!("a file that holds the {}", field.name));
        return secret_text(name, named_file, (twin.as_str(), allowed.as_str()), value_of);
    }
    let Some(value) = value_of(&name) else { return Ok(None) };
    if is_of_kubernetes(&name, value.to_str().unwrap_or_default()) {
        return Ok(None);
    }
    let text = value.into_string().map_err(|_| not_text(&name))?;
    Ok(Some((name, text)))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use figment::Figment;
    use serde::Deserialize;

    use super::super::variables::known_variable;
    use super::*;
    use crate::base::program::AppFiles;
    use crate::base::secret_text::Secret;

    #[derive(Clone, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Settings {
        page_size: u16,
        #[serde(default)]
        greeting: String,
        is_open: Option<bool>,
        #[serde(default)]
        tags: Vec<String>,
        payment_key: Option<Secret>,
        port: Option<u16>,
    }

    fn app(name: &'static str) -> Program {
        Program::of_app(name, "1.0.0", AppFiles::default()).with(AppSettings::of::<Settings>())
    }

    fn read(set: &[(&str, &str)]) -> Result<(Settings, Figment), String> {
        let value_of = |name: &str| {
            let found = set.iter().find(|(variable, value)| *variable == name && !value.is_empty());
            found.map(|(_, value)| OsString::from(value))
        };
        let layers = among(&app("notes"), value_of).map_err(|refusal| refusal.to_string())?;
        let figment = layers.into_iter().fold(Figment::new(), Figment::merge);
        let read = figment.extract_inner("notes").map_err(|error| error.to_string());
        read.map(|settings| (settings, figment))
    }

    #[test]
    fn a_variable_is_read_as_its_field_takes_it() {
        let set = [
            ("NOTES_PAGE_SIZE", "20"),
            ("NOTES_GREETING", "2026"),
            ("NOTES_IS_OPEN", "true"),
            ("NOTES_TAGS", "a, 5"),
            ("NOTES_PAYMENT_KEY", "0123"),
            ("NOTES_PORT", "tcp://10.96.0.7:80"),
        ];
        let (settings, figment) = read(&set).unwrap();
        assert_eq!((settings.page_size, settings.greeting.as_str()), (20, "2026"));
        assert_eq!((settings.is_open, settings.port), (Some(true), None));
        assert_eq!(settings.tags, ["a", "5"]);
        assert_eq!(settings.payment_key.unwrap().reveal(), "0123");
        let from = |path| figment.find_metadata(path).unwrap().name.to_string();
        assert_eq!(from("notes.page_size"), "variable NOTES_PAGE_SIZE");
        let (settings, _) = read(&[("NOTES_PAGE_SIZE", "1"), ("NOTES_GREETING", "")]).unwrap();
        assert_eq!(settings.greeting, "");
    }

    #[test]
    fn a_secret_comes_from_the_file_that_a_variable_names() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("key");
        fs::write(&file, "hush\n").unwrap();
        let file = file.to_str().unwrap();
        let size = ("NOTES_PAGE_SIZE", "1");
        let (settings, figment) = read(&[size, ("NOTES_PAYMENT_KEY_FILE", file)]).unwrap();
        assert_eq!(settings.payment_key.unwrap().reveal(), "hush");
        assert_eq!(
            figment.find_metadata("notes.payment_key").unwrap().name,
            "variable NOTES_PAYMENT_KEY_FILE"
        );
        let refused = |set: &[(&str, &str)]| read(set).map(|_| ()).unwrap_err();
        assert_eq!(
            refused(&[("NOTES_PAYMENT_KEY", "hush"), ("NOTES_PAYMENT_KEY_FILE", file)]),
            "The variables NOTES_PAYMENT_KEY and NOTES_PAYMENT_KEY_FILE are both set. Unset one of them."
        );
        let missing = refused(&[("NOTES_PAYMENT_KEY_FILE", "/no/such/file")]);
        assert!(
            missing.starts_with(
                "payment_key_file (variable NOTES_PAYMENT_KEY_FILE) must be a file that holds the payment_key; "
            ),
            "{missing}"
        );
    }

    #[test]
    fn an_unknown_variable_is_refused_with_what_was_meant() {
        let told = |app_name, name| known_variable(name, &app(app_name)).unwrap_err().to_string();
        assert_eq!(
            told("notes", "NOTES_PAGE_SISE"),
            "Unknown variable `NOTES_PAGE_SISE`. Did you mean `NOTES_PAGE_SIZE`? The variables of notes are: \
             NOTES_PAGE_SIZE, NOTES_GREETING, NOTES_IS_OPEN, NOTES_TAGS, NOTES_PAYMENT_KEY, NOTES_PAYMENT_KEY_FILE, NOTES_PORT."
        );
        for (name, meant) in [
            ("NOTES_SITE_NAME", "VESTIBULE_SITE_NAME"),
            ("VESTIBULE_PAGE_SIZE", "NOTES_PAGE_SIZE"),
            ("ROCKET_PAGE_SIZE", "NOTES_PAGE_SIZE"),
            ("VESTIBULE_SITE_NAM", "VESTIBULE_SITE_NAME"),
        ] {
            let told = told("notes", name);
            assert!(told.contains(&format!("Did you mean `{meant}`?")), "{told}");
        }
        for (app_name, name) in [
            ("notes", "NOTES_PAGE_SIZE"),
            ("my-notes", "MY_NOTES_PAYMENT_KEY_FILE"),
            ("vestibule-notes", "VESTIBULE_NOTES_PAGE_SIZE"),
            ("vestibule-notes", "VESTIBULE_SITE_NAME"),
            ("notes", "ROCKET_PORT"),
        ] {
            assert_eq!(known_variable(name, &app(app_name)), Ok(()), "{name}");
        }
        assert!(known_variable("VESTIBULE_PAGE_SIZE", &Program::default()).is_err());
    }

    #[test]
    fn a_variable_of_an_app_without_settings_is_refused() {
        let none = Program::of_app("my-notes", "1.0.0", AppFiles::default());
        let told = |name| known_variable(name, &none).unwrap_err().to_string();
        let has_none =
            "my-notes has no settings of its own: unset the variable, or declare them with App::settings.";
        assert_eq!(told("MY_NOTES_MAX"), format!("Unknown variable `MY_NOTES_MAX`. {has_none}"));
        assert_eq!(
            told("MY_NOTES_SITE_NAME"),
            format!("Unknown variable `MY_NOTES_SITE_NAME`. Did you mean `VESTIBULE_SITE_NAME`? {has_none}")
        );
        assert_eq!(known_variable("VESTIBULE_SITE_NAME", &none), Ok(()));
    }
}
