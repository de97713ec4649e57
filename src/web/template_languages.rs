//! The embedded templates in each language: prepared, parsed and rendered.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use rocket_dyn_templates::tera::{self, Tera};
use serde_json::{Map, Value};

use super::static_files::StaticFiles;
use super::template_cache::TemplateSet;
use super::template_compare::{self, MissingParts};
use super::template_fixed::{self, chain};
use super::template_sources::{MAIL, OF_OURS, Source, TemplateFiles, told};
use super::template_words;
use crate::base::{Language, Program, Words};

/// The templates that all others use: what an app changes in them concerns every page.
const FRAME: [&str; 3] = ["base.html", "macros.html", "notices.html"];

/// What fixed parts of templates show, by the index of the language.
pub type FixedValues = Vec<Map<String, Value>>;

/// What templates are made of.
#[derive(Clone)]
pub(super) struct Origin {
    pub(super) program: Program,
    pub(super) words: Words,
    /// The site's own.
    pub(super) language: Language,
    /// What is the same on every page, by language.
    pub(super) fixed: Arc<FixedValues>,
    /// Templates next to those of the program, each a name and a text.
    pub(super) more: Vec<(String, String)>,
}

/// The templates in each language. Those of a language are compiled at its first use.
pub(super) struct InLanguages {
    origin: Origin,
    /// What `asset()` gives the addresses of.
    files: StaticFiles,
    pub(super) sources: Vec<Source>,
    /// The names of ours that the app has, too.
    pub(super) overridden: HashSet<String>,
    compiled: Vec<OnceLock<Result<Tera, String>>>,
    /// The same without an app, for comparing.
    plain: OnceLock<Result<Box<InLanguages>, String>>,
}

impl Origin {
    pub(super) fn load(&self) -> Result<InLanguages, String> {
        let files = TemplateFiles::of(&self.program);
        let mut sources = files.sources(|name| name.ends_with(".html") && !name.starts_with(MAIL))?;
        let more = self.more.iter().cloned();
        sources.extend(more.map(|(name, text)| Source { file: name.clone(), name, text }));
        let mut overridden: HashSet<_> = files.names_of_app().into_iter().collect();
        overridden.retain(|name| TemplateFiles::ours(name).is_some());
        let compiled = Language::all().map(|_| OnceLock::new()).collect();
        let files = StaticFiles::of(&self.program);
        Ok(InLanguages { origin: self.clone(), files, sources, overridden, compiled, plain: OnceLock::new() })
    }
}

impl InLanguages {
    /// The templates in a language. An error is one of a template, with its place.
    pub(super) fn of(&self, language: Language) -> Result<&Tera, String> {
        let slot = self.compiled.get(language.index()).ok_or("there is no such language")?;
        slot.get_or_init(|| self.compile(language)).as_ref().map_err(Clone::clone)
    }

    fn compile(&self, language: Language) -> Result<Tera, String> {
        let Origin { words, fixed, .. } = &self.origin;
        let none = Map::new();
        let fixed = fixed.get(language.index()).unwrap_or(&none);
        let mut functions = Tera::default();
        if cfg!(debug_assertions) {
            functions.register_function("asset", template_fixed::asset_later);
        } else {
            functions.register_function("asset", self.files.clone());
        }
        template_words::register(&mut functions, words, language);
        let set = TemplateSet { sources: &self.sources, words, language, fixed };
        let mut tera = set.parsed(|Source { text, file, .. }| {
            let text = template_words::prepare(words, language, file, text)?;
            template_fixed::prepare(&functions, fixed, &text).map_err(|error| format!("{file}: {error}"))
        })?;
        tera.register_function("asset", self.files.clone());
        template_words::register(&mut tera, words, language);
        Ok(tera)
    }

    pub(super) fn render(
        &self,
        language: Language,
        template: &str,
        context: &tera::Context,
    ) -> Result<String, String> {
        self.of(language)?.render(template, context).map_err(|error| told(&chain(&error), &self.sources))
    }

    /// The same without an app.
    fn plain(&self) -> Result<&InLanguages, String> {
        let load = || Origin { program: Program::default(), ..self.origin.clone() }.load().map(Box::new);
        self.plain.get_or_init(load).as_deref().map_err(Clone::clone)
    }

    /// Keeps what a page lacks since the app has replaced it, or what all pages stand in.
    pub(super) fn compare(
        &self,
        missing: &MissingParts,
        language: Language,
        template: &str,
        context: &tera::Context,
        page: &str,
    ) {
        let add = |templates: &[&str], page: &str, ours: &str| {
            for what in template_compare::lacking(page, ours) {
                missing.add(template_compare::told(self.origin.program.name, templates, &what));
            }
        };
        let is_overridden = |name: &str| self.overridden.contains(name);
        let mut ours_in_their_frame = None;
        if is_overridden(template)
            && let Ok(ours) = self.render(language, &format!("{OF_OURS}{template}"), context)
        {
            add(&[template], page, &ours);
            ours_in_their_frame = Some(ours);
        }
        let frame: Vec<_> = FRAME.into_iter().filter(|name| is_overridden(name)).collect();
        if !frame.is_empty()
            && let Ok(plain) = self.plain()
            && let Ok(ours) = plain.render(language, template, context)
        {
            add(&frame, ours_in_their_frame.as_deref().unwrap_or(page), &ours);
        }
    }
}
