//! The embedded templates, in every language. A debug build reads the templates from their folders, so an edit shows
//! at the next request. A release build contains them.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};

use rocket::fairing::{AdHoc, Fairing};
use rocket_dyn_templates::tera::{self, Tera};
use rocket_dyn_templates::{Engines, Template};
use serde_json::{Map, Value};

use super::static_files::StaticFiles;
use super::template_cache::TemplateSet;
use super::template_compare::{self, FINDS_MISTAKES, MissingParts};
use super::template_fixed::{self, chain};
use super::template_sources::{MAIL, OF_APP, OF_OURS, Source, TemplateFiles, told};
use super::template_watch::Watched;
use super::template_words;
use crate::base::{Language, Program, Refusal, Words};

/// The templates that all others use: what an app changes in them concerns every page.
const FRAME: [&str; 3] = ["base.html", "macros.html", "notices.html"];

/// The templates as they were last loaded. Pages are rendered with them directly: `Template` would first copy all data of
/// a page into two other forms, which took longer than all other work for it except the rendering.
#[derive(Clone)]
pub(super) struct Loaded(Arc<Shared>);

struct Shared {
    origin: Origin,
    current: RwLock<Option<Arc<InLanguages>>>,
    /// Why the templates on disk are not the current ones.
    broken: Mutex<Option<String>>,
    missing: MissingParts,
    /// The folder of the app's.
    watched: Watched,
}

/// What fixed parts of templates show, by the index of the language.
pub type FixedValues = Vec<Map<String, Value>>;

/// What templates are made of.
#[derive(Clone)]
struct Origin {
    program: Program,
    words: Words,
    /// The site's own.
    language: Language,
    /// What is the same on every page, by language.
    fixed: Arc<FixedValues>,
    /// Templates next to those of the program, each a name and a text.
    more: Vec<(String, String)>,
}

/// The templates in each language. Those of a language are compiled at its first use.
struct InLanguages {
    origin: Origin,
    /// What `asset()` gives the addresses of.
    files: StaticFiles,
    sources: Vec<Source>,
    /// The names of ours that the app has, too.
    overridden: HashSet<String>,
    compiled: Vec<OnceLock<Result<Tera, String>>>,
    /// The same without an app, for comparing.
    plain: OnceLock<Result<Box<InLanguages>, String>>,
}

impl Origin {
    fn load(&self) -> Result<InLanguages, String> {
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
    fn of(&self, language: Language) -> Result<&Tera, String> {
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

    fn render(&self, language: Language, template: &str, context: &tera::Context) -> Result<String, String> {
        self.of(language)?.render(template, context).map_err(|error| told(&chain(&error), &self.sources))
    }

    /// The same without an app.
    fn plain(&self) -> Result<&InLanguages, String> {
        let load = || Origin { program: Program::default(), ..self.origin.clone() }.load().map(Box::new);
        self.plain.get_or_init(load).as_deref().map_err(Clone::clone)
    }

    /// Keeps what a page lacks since the app has replaced it, or what all pages stand in.
    fn compare(
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

impl Loaded {
    fn new(origin: Origin, missing: MissingParts) -> Loaded {
        let watched = Watched::new(TemplateFiles::of(&origin.program).place());
        let (current, broken) = (RwLock::default(), Mutex::default());
        Loaded(Arc::new(Shared { origin, current, broken, missing, watched }))
    }

    fn current(&self) -> Option<Arc<InLanguages>> {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Loads all templates. With an error in those of the site's own language, those of before stay; the other languages
    /// have the same sources, and a test compiles all of ours.
    fn load(&self) -> Result<Arc<InLanguages>, String> {
        let loaded = self.load_all();
        *self.0.broken.lock().unwrap_or_else(PoisonError::into_inner) = loaded.as_ref().err().cloned();
        loaded
    }

    fn load_all(&self) -> Result<Arc<InLanguages>, String> {
        let all = Arc::new(self.0.origin.load()?);
        all.of(self.0.origin.language)?;
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&all));
        Ok(all)
    }

    /// Loads them for Rocket. An error stops the start; later, it is logged.
    fn load_into(&self, engines: &mut Engines) -> Result<(), Box<dyn std::error::Error>> {
        match self.load() {
            Ok(all) => {
                engines.tera = all.of(self.0.origin.language)?.clone();
                Ok(())
            }
            Err(error) if self.current().is_some() => {
                self.log_broken(&error);
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Logs why the templates of before stay. A file that is new was not shown before.
    fn log_broken(&self, error: &str) {
        let is_of = |source: &Source| error.starts_with(&format!("{}: ", source.file));
        let is_new =
            error.starts_with(OF_APP) && !self.current().is_some_and(|all| all.sources.iter().any(is_of));
        match is_new {
            true => log::error!(event = "sys_template"; "{}", ended(error)),
            false => {
                log::error!(event = "sys_template"; "{} Pages are shown as they were before.", ended(error))
            }
        }
    }

    /// The error of a page; if a template on disk is the cause, what is wrong with that.
    fn told(&self, error: String) -> String {
        let broken = self.0.broken.lock().unwrap_or_else(PoisonError::into_inner).clone();
        broken.unwrap_or(error)
    }

    /// A page as HTML. An error is one of a template, with its place.
    pub(super) fn render(
        &self,
        language: Language,
        template: &str,
        context: Value,
    ) -> Result<String, String> {
        if cfg!(debug_assertions)
            && self.0.watched.has_changed()
            && let Err(error) = self.load()
        {
            self.log_broken(&error);
        }
        let all = self.current().ok_or("the templates are not loaded")?;
        let context = tera::Context::from_value(context).map_err(|error| chain(&error))?;
        let page = all.render(language, template, &context).map_err(|error| self.told(error))?;
        if FINDS_MISTAKES && !all.overridden.is_empty() {
            all.compare(&self.0.missing, language, template, &context, &page);
        }
        Ok(page)
    }
}

/// Attaches the templates of Vestibule alone. `language` is the site's own; `fixed` is the same on every page.
pub fn fairing(words: Words, language: Language, fixed: FixedValues) -> impl Fairing {
    fairing_with(words, language, fixed, Vec::new())
}

/// The same with additional templates, each a name ending in `.html` and a text.
pub fn fairing_with(
    words: Words,
    language: Language,
    fixed: FixedValues,
    more: Vec<(String, String)>,
) -> impl Fairing {
    attached(Origin { program: Program::default(), words, language, fixed: Arc::new(fixed), more })
}

/// Attaches the templates of a program to the server.
pub fn fairing_for(program: Program, words: Words, language: Language, fixed: FixedValues) -> impl Fairing {
    attached(Origin { program, words, language, fixed: Arc::new(fixed), more: Vec::new() })
}

fn attached(origin: Origin) -> impl Fairing {
    AdHoc::on_ignite("pages", move |rocket| {
        Box::pin(async move {
            let missing = MissingParts::default();
            let loaded = Loaded::new(origin, missing.clone());
            let load = {
                let loaded = loaded.clone();
                move |engines: &mut Engines| loaded.load_into(engines)
            };
            rocket.manage(loaded).manage(missing).attach(Template::try_custom(load))
        })
    })
}

/// Refuses templates of an app that cannot be used, before anything else is done.
pub fn check(
    program: &Program,
    words: &Words,
    language: Language,
    fixed: FixedValues,
) -> Result<(), Refusal> {
    if TemplateFiles::of(program).names_of_app().is_empty() {
        return Ok(()); // a test compiles all of ours
    }
    let (program, words) = (program.clone(), words.clone());
    let origin = Origin { program, words, language, fixed: Arc::new(fixed), more: Vec::new() };
    origin.load().and_then(|all| all.of(language).map(drop)).map_err(unusable)
}

/// The refusal of a template; the error begins with its file.
pub fn unusable(error: String) -> Refusal {
    Refusal::new(ended(error.strip_prefix("the template ").unwrap_or(&error)))
}

/// The same as a whole sentence. It may ask what was meant.
fn ended(error: &str) -> String {
    let error = error.trim_end_matches('.');
    if error.ends_with('?') { error.to_owned() } else { format!("{error}.") }
}

/// The folder of the templates on disk: in a debug build the sources, otherwise none. But Rocket requires an
/// existing path, and in a folder another template could replace ours. A file is accepted, too.
pub fn folder(data_dir: &Path) -> PathBuf {
    let sources = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"));
    if cfg!(debug_assertions) && sources.is_dir() {
        return sources.to_owned();
    }
    some_file("/dev/null".into(), data_dir)
}

/// An existing file: this one, otherwise the lock (which a site on a server's database does not have),
/// otherwise the program. If none exists, the first: Rocket refuses to start with it.
fn some_file(first: PathBuf, data_dir: &Path) -> PathBuf {
    let program = std::env::current_exe().ok();
    let files = [first.clone(), data_dir.join("lock")].into_iter().chain(program);
    let is_file = |file: &PathBuf| file.metadata().is_ok_and(|metadata| !metadata.is_dir());
    files.into_iter().find(is_file).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_template_is_named_with_its_place() {
        let mut tera = Tera::default();
        let wrong = tera.add_raw_template("shelf.html", "<p>\n{% if %}</p>").unwrap_err();
        let told = chain(&wrong);
        assert!(told.contains("shelf.html") && told.contains("2:7") && !told.contains('\n'), "{told}");
        tera.add_raw_template("box.html", "{{ size | wieght }}").unwrap();
        let wrong = tera.render("box.html", &tera::Context::new()).unwrap_err();
        let told = chain(&wrong);
        assert!(told.contains("box.html") && told.contains("size"), "{told}");
    }

    #[test]
    fn no_folder_on_disk_can_replace_a_template() {
        let folder = tempfile::tempdir().unwrap();
        let file = || some_file("/no/dev/null".into(), folder.path());
        assert_eq!(file(), std::env::current_exe().unwrap());
        std::fs::write(folder.path().join("lock"), "").unwrap();
        assert_eq!(file(), folder.path().join("lock"));
        assert_eq!(some_file("/dev/null".into(), folder.path()), PathBuf::from("/dev/null"));
    }
}
