//! The embedded templates. A debug build reads the templates from their folders, so an edit shows
//! at the next request. A release build contains them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};
use rocket::fairing::{AdHoc, Fairing};
use rocket_dyn_templates::tera;
use rocket_dyn_templates::{Engines, Template};
use serde_json::Value;

use super::template_compare::{FINDS_MISTAKES, MissingParts};
use super::template_fixed::chain;
use super::template_languages::{FixedValues, InLanguages, Origin};
use super::template_sources::{OF_APP, Source, TemplateFiles};
use super::template_watch::Watched;
use crate::base::{Language, Program, Refusal, Words};

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

impl Loaded {
    fn new(origin: Origin, missing: MissingParts) -> Loaded {
        let watched = Watched::new(TemplateFiles::of(&origin.program).place());
        let (current, broken) = (RwLock::default(), Mutex::default());
        Loaded(Arc::new(Shared { origin, current, broken, missing, watched }))
    }

    fn current(&self) -> Option<Arc<InLanguages>> {
        self.0.current.read().clone()
    }

    /// Loads all templates. With an error in those of the site's own language, those of before stay; the other languages
    /// have the same sources, and a test compiles all of ours.
    fn load(&self) -> Result<Arc<InLanguages>, String> {
        let loaded = self.load_all();
        *self.0.broken.lock() = loaded.as_ref().err().cloned();
        loaded
    }

    fn load_all(&self) -> Result<Arc<InLanguages>, String> {
        let all = Arc::new(self.0.origin.load()?);
        all.of(self.0.origin.language)?;
        *self.0.current.write() = Some(Arc::clone(&all));
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
        let broken = self.0.broken.lock().clone();
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
    use rocket_dyn_templates::tera::Tera;

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
