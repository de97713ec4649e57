//! The settings of an app: the struct that it declares, and its values once they are read.

use figment::Figment;
use figment::providers::Serialized;
use figment::value::Dict;
use serde::de::DeserializeOwned;

use super::app_fields::{Field, fields_of};
use crate::base::program::Program;

/// The struct that an app declares for its settings: the table with its name in a settings file, and variables that
/// begin with its name. Attached to the program: the layers and their refusals ask it which settings there are.
#[derive(Clone)]
pub struct AppSettings {
    fields: Option<Vec<Field>>,
    read: fn(&Figment, &Program) -> Result<Program, Box<figment::Error>>,
}

/// The values, attached to the program when they were read.
struct Values<S>(S);

impl AppSettings {
    /// The settings that a struct holds. It derives `Deserialize` with `#[serde(deny_unknown_fields)]`.
    pub fn of<S: DeserializeOwned + Send + Sync + Clone + 'static>() -> AppSettings {
        AppSettings { fields: fields_of::<S>(), read: read_as::<S> }
    }

    /// What the app declares, if it does.
    pub(super) fn of_program(program: &Program) -> Option<&AppSettings> {
        program.attached()
    }

    /// Whether it is known which settings there are.
    pub(super) fn has_fields(&self) -> bool {
        self.fields.is_some()
    }

    /// The settings.
    pub(super) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().flatten()
    }

    /// The setting with a name.
    pub(super) fn field(&self, name: &str) -> Option<&Field> {
        self.fields().find(|field| field.name == name)
    }

    /// The names of the settings.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.fields().map(|field| field.name.to_owned())
    }

    /// All variables of the program that set one: each setting has one, and a secret a second one for a file.
    pub(super) fn variables(&self, program: &Program) -> Vec<String> {
        let mut all = Vec::new();
        for field in self.fields() {
            let name = variable(program, field);
            let file = field.may_be_in_a_file().then(|| variable_of_file(program, field));
            all.push(name);
            all.extend(file);
        }
        all
    }

    /// Reads the values from the layers: the program with them.
    pub(super) fn read(&self, figment: &Figment, program: &Program) -> Result<Program, Box<figment::Error>> {
        (self.read)(figment, program)
    }
}

/// The variable that sets a setting of the app.
pub(super) fn variable(program: &Program, field: &Field) -> String {
    format!("{}{}", program.prefix(), field.in_capitals())
}

/// The variable that names the file with a secret of the app.
pub(super) fn variable_of_file(program: &Program, field: &Field) -> String {
    format!("{}_FILE", variable(program, field))
}

/// The path of a setting of the app among all settings.
pub(super) fn path(program: &Program, key: &str) -> String {
    format!("{}.{key}", program.name)
}

/// The values of a program's own settings, as they were read. `None` if the app declares no such struct.
pub fn own<S: Send + Sync + 'static>(program: &Program) -> Option<&S> {
    program.attached::<Values<S>>().map(|Values(values)| values)
}

fn read_as<S: DeserializeOwned + Send + Sync + 'static>(
    figment: &Figment,
    program: &Program,
) -> Result<Program, Box<figment::Error>> {
    // A struct that needs no setting needs no table either.
    let figment = figment.clone().join(Serialized::default(program.name, Dict::new()));
    let values: S = figment.extract_inner(program.name).map_err(Box::new)?;
    Ok(program.clone().with(Values(values)))
}
