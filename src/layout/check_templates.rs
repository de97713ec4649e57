//! Checks the templates of an app, as far as that is possible without showing them.

use super::globals::TemplateGlobals;
use crate::base::{Brand, Refusal, Settings, Words};
use crate::services::outbox;
use crate::web::templates;

/// Refuses a page or an email of the app that cannot be used, before anything else is done.
pub fn check_templates(settings: &Settings, words: &Words, brand: &Brand) -> Result<(), Refusal> {
    if settings.program.is_alone() {
        return Ok(()); // tests read all of ours
    }
    let fixed = TemplateGlobals::with_brand(settings, brand).fixed();
    templates::check(&settings.program, words, settings.language, fixed)?;
    outbox::check_templates(settings, words)
}
