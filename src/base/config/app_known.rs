//! The errors for names that are no settings of the app, or not where they are, with what was probably meant.

use super::app_settings::{self, AppSettings};
use super::known::{IN_DEFAULT, IN_OWN, did_you_mean, find, is_own, is_server, listed};
use crate::base::program::Program;
use crate::base::refusal::Refusal;

/// The error for an unknown setting of the app; `place` is where it is set.
pub(super) fn unknown_app_setting(
    program: &Program,
    settings: &AppSettings,
    key: &str,
    place: &str,
) -> Refusal {
    if is_own(key) || is_server(key) {
        let (whose, belongs) = if is_own(key) {
            ("one of Vestibule's own settings", IN_OWN)
        } else {
            ("a setting of the server", IN_DEFAULT)
        };
        return Refusal::new(format!("`{key}` in {place} is {whose}.{belongs}"));
    }
    let (name, written) = (program.name, key.to_lowercase());
    let bare = written.strip_prefix(&program.prefix().to_lowercase()).unwrap_or(&written);
    let secret = bare.strip_suffix("_file").and_then(|secret| settings.field(secret));
    let hint = match secret.filter(|secret| secret.may_be_in_a_file()) {
        Some(secret) => {
            format!(" The variable `{}` names such a file.", app_settings::variable_of_file(program, secret))
        }
        None => did_you_mean(bare, settings.names()).unwrap_or_default(),
    };
    let there_are = listed(&format!("settings of {name}"), settings.names());
    Refusal::new(format!("Unknown setting `{key}` of {name} in {place}.{hint}{there_are}"))
}

/// The error for a setting of the app in another table than its own, if that is what it is.
pub(super) fn misplaced(program: &Program, key: &str, place: &str) -> Option<Refusal> {
    AppSettings::of_program(program)?.field(key)?;
    let name = program.name;
    Some(Refusal::new(format!(
        "`{key}` in {place} is a setting of {name}. It belongs in the table [default.{name}]."
    )))
}

/// The error for an unknown variable whose name begins with that of the app.
pub(super) fn unknown_app_variable(name: &str, program: &Program, settings: Option<&AppSettings>) -> Refusal {
    let (app, key) = (program.name, name.strip_prefix(&program.prefix()).unwrap_or(name).to_lowercase());
    let all = || settings.map(|settings| settings.variables(program)).unwrap_or_default().into_iter();
    let hint = find(&key).map(|meant| format!(" Did you mean `{}`?", meant.variable()));
    let hint = hint.or_else(|| did_you_mean(name, all())).unwrap_or_default();
    let there_are = match settings {
        Some(_) => listed(&format!("variables of {app}"), all()),
        None => {
            format!(
                " {app} has no settings of its own: unset the variable, or declare them with App::settings."
            )
        }
    };
    Refusal::new(format!("Unknown variable `{name}`.{hint}{there_are}"))
}
