//! Secrets that more people can read than have to: in a file with wrong permissions, or inside the program.

use std::collections::BTreeSet;
use std::path::PathBuf;

use figment::{Figment, Metadata};

use super::database_url::DatabaseUrl;
use super::explain::place;
use super::secret_files::NAMED;
use super::setting::Setting;
use super::settings::Settings;
use super::settings_file::inside_of;
use super::{app_values, known, variables};
use crate::base::text_file;

/// Warns of them. This does not stop the start: secrets are often mounted like this in a container, which has no other
/// users. `is_key_given`: whether a setting gives the secret key, so that there is no file with it in the data folder.
pub(super) fn warnings(settings: &Settings, figment: &Figment, is_key_given: bool) -> Vec<String> {
    let mut told = readable_files(settings, figment, is_key_given);
    told.extend(inside(settings, figment));
    // It may hold hashes of passwords, too.
    let applied = settings.apply_file.as_ref();
    told.extend(applied.and_then(|file| text_file::accessible(file, "says who is an administrator")));
    told
}

/// The paths of the settings that hold a secret.
fn secrets(settings: &Settings) -> impl Iterator<Item = String> {
    let is_none = move |secret: &Setting| {
        let url = settings.database_url.as_ref();
        secret.name == "database_url" && !url.is_some_and(DatabaseUrl::holds_password)
    };
    let ours = known::secrets().filter(move |secret| !is_none(secret)).map(Setting::path);
    ours.chain(app_values::secrets(&settings.program))
}

/// Warns of secrets that other users of the machine can read.
fn readable_files(settings: &Settings, figment: &Figment, is_key_given: bool) -> Vec<String> {
    let made = (!is_key_given).then(|| settings.data_dir.join("secret.key"));
    let given = secrets(settings).filter_map(|path| file_of(figment.find_metadata(&path)?));
    // One file may hold several secrets.
    let files: BTreeSet<PathBuf> = made.into_iter().chain(given).collect();
    files.into_iter().filter_map(|file| text_file::accessible(&file, "holds a secret")).collect()
}

/// The file that holds a value: one named by a setting or a variable, or the settings file itself.
fn file_of(metadata: &Metadata) -> Option<PathBuf> {
    let named = metadata.name.strip_prefix(NAMED).map(PathBuf::from);
    let settings = || metadata.source.as_ref()?.file_path().map(PathBuf::from);
    named.or_else(|| variables::file_behind(&metadata.name)).or_else(settings)
}

/// Warns of a secret in the settings file inside the app.
fn inside(settings: &Settings, figment: &Figment) -> Option<String> {
    let name = settings.program.name;
    let inside = inside_of(&settings.program);
    let path = secrets(settings).find(|path| place(figment, path) == inside)?;
    let key = path.rsplit('.').next().unwrap_or(&path);
    Some(format!(
        "{key} is in the {inside}, so everyone who has the program can read it. Set another one where {name} runs."
    ))
}
