//! A settings file: the tables of profiles, Rocket's keys in them, the table `vestibule`, and the table of the app.
//! Anything else in it stops the start.

use std::iter;
use std::path::{Path, PathBuf};

use figment::providers::{Format, Toml};
use figment::value::{Dict, Map, Value};
use figment::{Metadata, Profile, Provider};

use super::app_known;
use super::app_settings::AppSettings;
use super::known::{self, is_own, is_server};
use super::setting::Owner;
use super::variables;
use crate::base::absolute;
use crate::base::program::Program;
use crate::base::refusal::Refusal;
use crate::base::text_file;

/// The profiles that exist without being declared.
const PROFILES: [&str; 4] = ["default", "debug", "release", "global"];

/// A settings file that was read. A relative path of a setting that names a file starts at its folder, so that the
/// site and every command read the same file, wherever they are started.
pub(super) struct SettingsFile {
    /// Where it is. The app's, inside the program, is at no place: here is what it is called.
    pub(super) file: PathBuf,
    pub(super) tables: Map<Profile, Dict>,
}

impl SettingsFile {
    /// Reads a file.
    pub(super) fn read(file: &Path, program: &Program) -> Result<SettingsFile, Refusal> {
        let text = text_file::read(file).map_err(|error| {
            let whole = absolute::absolute(file).unwrap_or_else(|_| file.to_owned());
            Refusal::new(format!("The settings file {} cannot be read: {error}.", whole.display()))
        })?;
        SettingsFile::of(file, &text, program)
    }

    /// The app's own file, compiled in, if it has one. Relative paths in it start at the working folder.
    pub(super) fn inside(program: &Program) -> Result<Option<SettingsFile>, Refusal> {
        let text = program.files.settings;
        let called = inside_of(program);
        let is_there = !text.trim().is_empty();
        is_there.then(|| SettingsFile::of(Path::new(&called), text, program)).transpose()
    }

    fn of(file: &Path, text: &str, program: &Program) -> Result<SettingsFile, Refusal> {
        let place = file.display();
        let flat = Toml::string(text).data().map_err(|error| not_toml(file, &error))?;
        let loose = flat.values().flatten().find(|(_, value)| value.as_dict().is_none());
        if let Some((key, _)) = loose {
            if let Some(refusal) = app_known::misplaced(program, key, &place.to_string()) {
                return Err(refusal);
            }
            return Err(Refusal::new(format!(
                "`{key}` in {place} is in no table. Put it under [default.vestibule], or under [default] if it is a setting of the \
                 server."
            )));
        }
        let mut tables = Toml::string(text).nested().data().map_err(|error| not_toml(file, &error))?;
        for (profile, keys) in &tables {
            known_keys(profile, keys, &place.to_string(), program)?;
        }
        for keys in tables.values_mut() {
            begin_at_folder(keys, file)?;
        }
        Ok(SettingsFile { file: file.to_owned(), tables })
    }

    /// The same with what holds for the selected profile as the only table. A layer over it then overrides all of it: a
    /// `[release]` inside the program does not count more than a `[default]` of the operator.
    pub(super) fn of_the_profile(mut self) -> SettingsFile {
        let mut whole = Dict::new();
        for profile in [Profile::Default, variables::profile(), Profile::Global] {
            override_with(&mut whole, self.tables.remove(&profile).unwrap_or_default());
        }
        self.tables = Profile::Default.collect(whole);
        self
    }
}

/// What the app's own file is called.
pub(super) fn inside_of(program: &Program) -> String {
    format!("Rocket.toml of {}", program.name)
}

fn override_with(below: &mut Dict, above: Dict) {
    for (key, value) in above {
        if let Value::Dict(_, more) = &value
            && let Some(Value::Dict(_, table)) = below.get_mut(&key)
        {
            override_with(table, more.clone());
        } else {
            below.insert(key, value);
        }
    }
}

impl Provider for SettingsFile {
    fn metadata(&self) -> Metadata {
        Metadata::from("settings file", &*self.file)
    }

    fn data(&self) -> Result<Map<Profile, Dict>, figment::Error> {
        Ok(self.tables.clone())
    }
}

/// The parser quotes the line, which may contain a secret: report only its position and the reason.
fn not_toml(file: &Path, error: &figment::Error) -> Refusal {
    let told = error.kind.to_string();
    let told = told.lines().map(str::trim).filter(|line| !line.is_empty() && !line.contains('|'));
    let told: Vec<&str> = told.collect();
    // A value that begins like none of TOML.
    let hint = if told.contains(&"invalid string") { " Put texts in quotation marks." } else { "" };
    Refusal::new(format!(
        "The settings file {} is not valid TOML: {}.{hint}",
        file.display(),
        told.join(": ")
    ))
}

/// Refuses the table of an unknown profile, and unknown settings in a table.
fn known_keys(profile: &Profile, keys: &Dict, place: &str, program: &Program) -> Result<(), Refusal> {
    let is_known = PROFILES.iter().any(|name| profile == *name);
    if !is_known && *profile != variables::profile() {
        return Err(Refusal::new(format!(
            "Unknown table [{profile}] in {place}.{} The tables are {}, and the same for debug, release and global.",
            meant_table(profile, program),
            match AppSettings::of_program(program) {
                Some(_) => format!("[default], [default.vestibule] and [default.{}]", program.name),
                None => "[default] and [default.vestibule]".to_owned(),
            }
        )));
    }
    let app = Some(program.name).filter(|name| !program.is_alone() && !is_server(name));
    let is_other = |key: &str| key != "vestibule" && !is_server(key) && app != Some(key);
    if let Some((key, value)) = keys.iter().find(|(key, _)| is_other(key)) {
        return Err(match value {
            Value::Dict(..) => known::unknown_table(profile.as_str().as_str(), key, place, program),
            _ => app_known::misplaced(program, key, place)
                .unwrap_or_else(|| known::unknown_server_setting(key, place)),
        });
    }
    let not_a_table =
        |name: &str| Refusal::new(format!("{name} ({place}) must be the table [{profile}.{name}]."));
    match keys.get("vestibule") {
        None => {}
        Some(Value::Dict(_, own)) => known_own_keys(profile, own, place, program)?,
        Some(_) => return Err(not_a_table("vestibule")),
    }
    match app.and_then(|name| keys.get(name)) {
        None => Ok(()),
        Some(Value::Dict(_, app)) => known_app_keys(profile, app, place, program),
        Some(_) => Err(not_a_table(program.name)),
    }
}

/// Refuses unknown settings in the table of the app, and the table if the app has no settings.
fn known_app_keys(profile: &Profile, app: &Dict, place: &str, program: &Program) -> Result<(), Refusal> {
    let name = program.name;
    let Some(settings) = AppSettings::of_program(program) else {
        return Err(Refusal::new(format!(
            "Unknown table [{profile}.{name}] in {place}. {name} has no settings of its own: remove the table, or declare them with \
             App::settings."
        )));
    };
    match app.keys().find(|key| settings.field(key).is_none()) {
        Some(key) => Err(app_known::unknown_app_setting(program, settings, key, place)),
        None => Ok(()),
    }
}

/// Refuses unknown settings in a table of Vestibule's own, and tables below it.
fn known_own_keys(profile: &Profile, own: &Dict, place: &str, program: &Program) -> Result<(), Refusal> {
    let Some((key, value)) = own.iter().find(|(key, _)| !is_own(key)) else { return Ok(()) };
    if let Some(refusal) = app_known::misplaced(program, key, place) {
        return Err(refusal);
    }
    let Value::Dict(_, below) = value else { return Err(known::unknown_setting(key, place)) };
    if is_server(key) {
        return Err(known::unknown_setting(key, place));
    }
    let settings = match below.keys().next() {
        None => "its settings".to_owned(),
        Some(first) if below.len() == 1 => first.to_owned(),
        Some(first) => format!("{first} and the others"),
    };
    Err(Refusal::new(format!(
        "Unknown table [{profile}.vestibule.{key}] in {place}. [{profile}.vestibule] has no tables below it; write {settings} \
         directly into it."
    )))
}

/// Refuses a selected profile without settings, which would silently behave like the default.
pub(super) fn known_profile<'f>(mut files: impl Iterator<Item = &'f SettingsFile>) -> Result<(), Refusal> {
    let selected = variables::profile();
    let is_built_in = PROFILES.iter().any(|name| selected == *name);
    if is_built_in || files.any(|file| file.tables.contains_key(&selected)) {
        return Ok(());
    }
    Err(Refusal::new(format!(
        "ROCKET_PROFILE selects the profile {selected}, but there is no table [{selected}] or [{selected}.vestibule].{} \
         Add one to the settings file, or unset ROCKET_PROFILE.",
        meant(&selected)
    )))
}

fn meant(profile: &Profile) -> String {
    let names = PROFILES.map(str::to_owned).into_iter();
    known::did_you_mean(profile.as_str().as_str(), names).unwrap_or_default()
}

/// The same for a table in the place of a profile's: it may be Vestibule's own or the app's, without the profile.
fn meant_table(profile: &Profile, program: &Program) -> String {
    let app = AppSettings::of_program(program).map(|_| program.name);
    let mut own = iter::once("vestibule").chain(app);
    let typed = profile.as_str().as_str();
    match own.find(|name| known::did_you_mean(typed, iter::once((*name).to_owned())).is_some()) {
        Some(name) => format!(" Did you mean [default.{name}]?"),
        None => meant(profile),
    }
}

/// Lets the relative paths in a table begin at the folder of the file: of the settings that name a file.
fn begin_at_folder(keys: &mut Dict, file: &Path) -> Result<(), Refusal> {
    let folder = file.parent().unwrap_or(Path::new(""));
    for setting in known::all().filter(|setting| setting.names_file) {
        let table = match setting.owner {
            Owner::Rocket => Some(&mut *keys),
            Owner::Vestibule => keys.get_mut("vestibule").and_then(as_dict_mut),
        };
        let Some(Value::String(_, path)) = table.and_then(|table| table.get_mut(setting.name)) else {
            continue;
        };
        if !path.trim().is_empty() {
            *path = absolute::as_text(&folder.join(&*path))?;
        }
    }
    Ok(())
}

fn as_dict_mut(value: &mut Value) -> Option<&mut Dict> {
    match value {
        Value::Dict(_, dict) => Some(dict),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_quotation_marks_is_told_to_be_put_in_them() {
        let told = |line: &str| {
            let text = format!("[default.vestibule]\n{line}\n");
            let read = SettingsFile::of(Path::new("Rocket.toml"), &text, &Program::default());
            read.err().map(|refusal| refusal.to_string()).unwrap_or_default()
        };
        for line in ["accent = red", "site_name = The choir", "site_name = nice", "accent = #336699"] {
            let told = told(line);
            assert!(told.contains(" is not valid TOML: ") && told.contains("line 2, column "), "{told}");
            assert!(told.ends_with(". Put texts in quotation marks."), "{line}: {told}");
        }
        for line in ["port 8000", "site_name = \"The choir"] {
            let told = told(line);
            assert!(
                told.contains(" is not valid TOML: ") && !told.contains("quotation marks"),
                "{line}: {told}"
            );
        }
        assert_eq!(told("accent = \"#336699\""), "");
    }
}
