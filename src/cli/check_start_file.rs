//! The file of `apply_file`: whether the next start can apply it.

use super::apply::told;
use super::output;
use super::serve::site_of_command;
use crate::base::config::Config;
use crate::base::{Db, Refusal, Words};
use crate::features::state::{self, Read, Source};

/// Reads it, and prints what can be said without a database. `None` if the setting names no file.
pub(super) fn read(config: &Config, words: &Words) -> Result<Option<Source>, Refusal> {
    let settings = &config.settings;
    let Some(file) = &settings.apply_file else { return Ok(None) };
    let source = Source::open(file)?;
    let read = state::look_at(&source, words, settings.language);
    let Read { things, warnings } = read.map_err(|not_applied| told(&source, not_applied))?;
    for warning in warnings {
        output::line(format!("Warning: {warning}"));
    }
    let things = if things == 1 { "1 thing".to_owned() } else { format!("{things} things") };
    output::line(format!("The file of apply_file can be read. It declares {things}."));
    Ok(Some(source))
}

/// Does what the file says, and takes it back: a mistake would stop the start.
pub(super) async fn try_out(config: &Config, db: &Db, source: &Source) -> Result<String, Refusal> {
    let site = site_of_command(config, db.clone())?;
    let report = state::apply(&site, source, true).await;
    let report = report.map_err(|not_applied| told(source, not_applied))?;
    Ok(format!("The next start can apply {}: {}", source.name(), report.totals(true)))
}

/// The line where there is nothing yet in which it could be tried.
pub(super) fn only_its_form(config: &Config, source: &Source) -> String {
    let (name, program) = (source.name(), config.settings.program.name);
    format!(
        "Only the form of {name} was checked: the names of groups and the passwords in it are checked against a database \
         that is up to date. The next start does that, and so does {program} apply {name} --check after it."
    )
}
